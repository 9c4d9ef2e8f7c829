"""The file itself: members with checksums, a manifest at its end."""

import hashlib
import io
import json
import re
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from redleaf.ops.launch.environment import LaunchError

FORMAT = 1
PRODUCT = "redleaf"
MANIFEST = "manifest.json"
DUMP = "database.dump"
SECRET = "secrets/secret-key"  # noqa: S105 - the name of a member
RANKING_KEY = "secrets/ranking-key"
CONFIG = "redleaf.toml"
MEDIA = "media/"
PIECE = 256 * 1024
MANIFEST_MAXIMUM = 512 * 1024 * 1024
_MEDIA_NAME = re.compile(r"media/[^/\0\\]+(/[^/\0\\]+)*")


@dataclass
class Manifest:
    """What a backup holds: facts of its making, rows of each table, size and sum of each file."""

    facts: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def media(self) -> dict[str, dict[str, Any]]:
        """The files of the media store, by their path there."""
        return {
            name.removeprefix(MEDIA): facts
            for name, facts in self.files.items()
            if name.startswith(MEDIA)
        }

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    @property
    def media_bytes(self) -> int:
        return sum(int(facts["size"]) for facts in self.media.values())


class Summed:
    """A readable file that sums up what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()
        self.size = 0

    def read(self, length: int = -1) -> bytes:
        part = self._file.read(length)
        self.sum.update(part)
        self.size += len(part)
        return part


class Writer:
    """Adds members one after the other; `close` writes the manifest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest()
        self._file = path.open("xb")
        path.chmod(0o600)
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by close()

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Add a member of exactly this size. Raises LaunchError when the file is shorter."""
        summed = Summed(file)
        try:
            self._tar.addfile(_member(name, size), summed)
        except OSError as error:
            if summed.size < size and error.errno is None:
                raise LaunchError(f"{name} changed while it was read. Try again.") from error
            raise
        self.manifest.files[name] = {"size": size, "sha256": summed.sum.hexdigest()}

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, io.BytesIO(content), len(content))

    def close(self) -> None:
        """Write the manifest and the end of the file."""
        content = json.dumps(
            {
                "product": PRODUCT,
                "format": FORMAT,
                **self.manifest.facts,
                "tables": self.manifest.tables,
                "files": self.manifest.files,
            },
            ensure_ascii=False,
            indent=1,
        ).encode("utf-8")
        self._tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
        self._tar.close()
        self._file.close()

    def abandon(self) -> None:
        """Close and delete what was written so far."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def _member(name: str, size: int) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode, made.mtime = size, 0o600, int(time.time())
    return made


def verify(path: Path) -> Manifest:
    """Read the whole file and return its manifest. Raises LaunchError for anything amiss."""
    seen: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    for name, file, size in members(path):
        if manifest is not None:
            raise LaunchError(f"{path} cannot be used: something follows its manifest.")
        if name == MANIFEST:
            if size > MANIFEST_MAXIMUM:
                raise LaunchError(f"{path} cannot be used: its manifest is too large.")
            manifest = _manifest(path, file.read())
            continue
        if name in seen:
            raise LaunchError(f"{path} cannot be used: it holds {name} twice.")
        summed = Summed(file)
        while summed.read(PIECE):
            pass
        seen[name] = {"size": summed.size, "sha256": summed.sum.hexdigest()}
    if manifest is None:
        raise LaunchError(f"{path} is not complete: its manifest is missing. Was it cut off?")
    if DUMP not in manifest.files:
        raise LaunchError(f"{path} cannot be used: it holds no database.")
    _compare(path, manifest, seen)
    return manifest


def members(path: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    """Yield name, content and size of each member in order. Raises LaunchError in words."""
    with _told(path), tarfile.open(path, mode="r|") as tar:
        for member in tar:
            if not member.isreg() or member.issparse() or not is_ours(member.name):
                raise LaunchError(f"{path} is no backup of Redleaf: it holds {member.name[:80]!r}.")
            content = tar.extractfile(member)
            assert content is not None  # noqa: S101 - a regular file
            yield member.name, cast("IO[bytes]", _Told(path, content)), member.size


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what a reader of tar raises into words."""
    try:
        yield
    except FileNotFoundError as error:
        raise LaunchError(f"There is no file {path}.") from error
    except (tarfile.TarError, EOFError) as error:
        raise LaunchError(
            f"{path} cannot be read as a backup: it is cut off, damaged or something else"
            f" ({error})."
        ) from error
    except OSError as error:
        raise LaunchError(f"{path} cannot be read ({error.strerror or error}).") from error


class _Told:
    """A member's content, whose reader is told in words what is amiss."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file

    def read(self, length: int = -1) -> bytes:
        with _told(self._path):
            return self._file.read(length)


def is_ours(name: str) -> bool:
    """Return whether a member of this name belongs into a backup, and stays below its folder."""
    if name in {MANIFEST, DUMP, SECRET, RANKING_KEY, CONFIG}:
        return True
    parts = name.split("/")
    return bool(_MEDIA_NAME.fullmatch(name)) and ".." not in parts and "." not in parts


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        found = json.loads(content)
        product, form = found.pop("product"), found.pop("format")
        tables = {str(name): int(count) for name, count in found.pop("tables").items()}
        files = {
            str(name): {"size": int(facts["size"]), "sha256": str(facts["sha256"])}
            for name, facts in found.pop("files").items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LaunchError(f"{path} cannot be used: its manifest is damaged.") from error
    if product != PRODUCT:
        raise LaunchError(f"{path} is a backup of something else ({product}).")
    if form != FORMAT:
        raise LaunchError(
            f"{path} was made by another version of Redleaf (format {form}); this one reads "
            f"format {FORMAT}. Restore it with the version that made it."
        )
    return Manifest(found, tables, files)


def _compare(path: Path, manifest: Manifest, seen: dict[str, dict[str, Any]]) -> None:
    for name in sorted(set(manifest.files) | set(seen)):
        if name not in seen:
            raise LaunchError(f"{path} is not complete: {name} is missing.")
        if name not in manifest.files:
            raise LaunchError(f"{path} cannot be used: {name} is not in its manifest.")
        if seen[name] != manifest.files[name]:
            raise LaunchError(
                f"{path} is damaged: the checksum of {name} is not what it should be."
            )
