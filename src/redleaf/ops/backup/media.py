"""The media store's part: a local folder, or a bucket through Django's storage."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from redleaf.ops.backup import bucket
from redleaf.ops.backup.archive import PIECE, Summed


def is_local() -> bool:
    """Return whether the media store is a folder of this machine."""
    from django.core.files.storage import FileSystemStorage, storages

    return isinstance(storages["media"], FileSystemStorage)


def folder() -> Path:
    """Return the folder of a local store."""
    from django.core.files.storage import storages

    store: Any = storages["media"]
    return Path(store.location)


def files() -> Iterator[tuple[str, int]]:
    """Yield path and size of everything in the store, in order."""
    if not is_local():
        yield from bucket.files()
        return
    base = folder()
    for path in sorted(base.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(base).as_posix(), path.stat().st_size


def is_empty() -> bool:
    """Return whether there is nothing in the store."""
    return next(files(), None) is None


def open_file(path: str) -> IO[bytes] | None:
    """Open what is stored; None for what has gone meanwhile."""
    if not is_local():
        return bucket.open_file(path)
    try:
        return (folder() / path).open("rb")
    except FileNotFoundError:
        return None


def replacement() -> "FolderReplacement | bucket.Replacement":
    """Return what gathers files beside the store until they take its place."""
    return FolderReplacement(folder()) if is_local() else bucket.Replacement()


class FolderReplacement:
    """Files gathered beside a local store, which take its place when told to."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.draft = base.with_name(f"{base.name}-restoring")
        self.old = base.with_name(f"{base.name}-replaced")

    def begin(self) -> None:
        """Make room."""
        shutil.rmtree(self.draft, ignore_errors=True)
        self.draft.mkdir(parents=True)
        if self.base.exists():
            facts = self.base.stat()
            self.draft.chmod(facts.st_mode & 0o777)
            os.chown(self.draft, facts.st_uid, facts.st_gid)

    def add(self, path: str, file: IO[bytes]) -> str:
        """Store a file and return the checksum of what was stored."""
        place = self.draft / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as out:
            while part := file.read(PIECE):
                out.write(part)
        return _sum_of(place)

    def take_place(self) -> None:
        """Put the files in the store's place, and what was there beside it."""
        shutil.rmtree(self.old, ignore_errors=True)
        if self.base.exists():
            self.base.rename(self.old)
        self.draft.rename(self.base)

    def put_back(self) -> None:
        """Undo `take_place`."""
        if self.old.exists():
            self.base.rename(self.draft)
            self.old.rename(self.base)

    def forget(self) -> None:
        """Delete whatever is not in place."""
        shutil.rmtree(self.draft, ignore_errors=True)
        shutil.rmtree(self.old, ignore_errors=True)


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        summed = Summed(file)
        while summed.read(PIECE):
            pass
    return summed.sum.hexdigest()
