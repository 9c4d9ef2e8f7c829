"""Where things are, and the secrets made at first start. No Django here: the supervisor is small."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[4]
SERVER_HOME = Path("/var/lib/redleaf")  # where an unprivileged user may go when root starts us


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
    def database(self) -> Path:
        """The database's own folder: in the data folder, or where PostgreSQL's user may go."""
        if os.geteuid() == 0:
            name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
            return SERVER_HOME / name
        return self.data / "postgresql"

    @property
    def stamps(self) -> Path:
        return self.data / "stamps"


def prepare(data: Path) -> Place:
    """Make the data folder with its private parts. Raises LaunchError when it cannot be written."""
    place = Place(data.resolve())
    try:
        for folder, mode in (
            (place.data, 0o755),
            (place.secrets, 0o700),
            (place.logs, 0o750),
            (place.stamps, 0o755),
            (place.data / "media", 0o750),
        ):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(mode)
    except OSError as error:
        raise LaunchError(
            f"The data folder {place.data} cannot be written ({error.strerror}). "
            "Choose another with --data DIR."
        ) from error
    secret(place, "secret-key")
    return place


def secret(place: Place, name: str) -> str:
    """Return a secret, made at first use, in a file that only its owner may read."""
    path = place.secrets / name
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()
