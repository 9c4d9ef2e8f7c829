"""Where things are, and the secrets of the first start. No Django here: the supervisor is small."""

import contextlib
import fcntl
import json
import os
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).resolve().parents[4]
SERVER_HOME = Path("/var/lib/redleaf")  # where an unprivileged user may go when root starts us
DEFAULT_CONFIG = REPOSITORY / "redleaf.toml"


class LaunchError(Exception):
    """Something stands in the way; the message says what, and what to do."""


@dataclass(frozen=True)
class Place:
    """The data folder and what lies in it."""

    data: Path

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def media(self) -> Path:
        return self.data / "media"

    @property
    def stamps(self) -> Path:
        return self.data / "stamps"

    @property
    def database(self) -> Path:
        """The database's own folder: in the data folder, or where PostgreSQL's user may go."""
        name = self._outside
        if name.exists():
            return SERVER_HOME / name.read_text(encoding="ascii").strip()
        return self.data / "postgresql"

    @property
    def _outside(self) -> Path:
        """Names the folder under SERVER_HOME, when the database cannot be in the data folder.

        It goes with the data folder: one that is moved keeps its database, one that is made anew
        begins with an empty one.
        """
        return self.data / "database-folder"

    @property
    def running(self) -> Path:
        return self.data / "running.json"


def prepare(data: Path) -> Place:
    """Make the data folder with its private parts. Raises LaunchError when it cannot be written."""
    place = Place(data.resolve())
    try:
        for folder, mode in (
            (place.data, 0o755),
            (place.secrets, 0o700),
            (place.logs, 0o750),
            (place.stamps, 0o755),
            (place.media, 0o750),
        ):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(mode)
        secret(place, "secret-key")
        known = place._outside.exists() or place.database.exists()
        if os.geteuid() == 0 and not known and not everyone_may_enter(place.data):
            place._outside.write_text(uuid.uuid4().hex[:12], encoding="ascii")
        probe = place.stamps / f"probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise LaunchError(
            f"The data folder {place.data} cannot be written ({error.strerror}). "
            "Choose another with --data DIR."
        ) from error
    return place


def everyone_may_enter(path: Path) -> bool:
    """Return whether every user may go into this folder, and into each one above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def secret(place: Place, name: str) -> str:
    """Return a secret, made at first use, in a file that only its owner may read."""
    path = place.secrets / name
    if not path.exists():
        # Written whole under another name first: nobody ever reads half a secret.
        draft = place.secrets / f".{name}-{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()


def config_file() -> Path:
    """Return where redleaf.toml is looked for."""
    return Path(os.environ.get("REDLEAF_CONFIG") or DEFAULT_CONFIG)


def check_config() -> None:
    """Raise LaunchError, in words, for a redleaf.toml that says what cannot be."""
    from redleaf.editions.file import EditionFileError, read_file

    path = config_file()
    if os.environ.get("REDLEAF_CONFIG") and not path.exists():
        raise LaunchError(f"REDLEAF_CONFIG names {path}, and there is no such file.")
    try:
        read_file(path)
    except EditionFileError as error:
        raise LaunchError(f"redleaf.toml cannot be used. {error}") from error
    except (OSError, TypeError, ValueError, AttributeError) as error:
        raise LaunchError(f"redleaf.toml ({path}) cannot be used: {error}") from error


def hold(place: Place) -> IO[str]:
    """Hold the data folder for as long as the file returned is open. Raises LaunchError."""
    file = (place.data / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        base = str(running_now(place).get("base", ""))
        raise LaunchError(
            f"Redleaf is already running on the data folder {place.data}"
            + (f", at {base}/" if base else "")
            + ". Stop the other one first, or choose another folder with --data DIR."
        ) from None
    return file


def is_held(place: Place) -> bool:
    """Return whether a supervisor runs on this data folder."""
    return is_locked(place.data / "lock")


def is_locked(path: Path) -> bool:
    """Return whether a living process holds this lock file."""
    if not path.exists():
        return False
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def running_now(place: Place) -> dict[str, Any]:
    """Return what the last supervisor wrote of itself: pid, base address. Empty when it ended."""
    try:
        found = json.loads(place.running.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
