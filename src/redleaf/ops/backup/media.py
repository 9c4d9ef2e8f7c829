"""The media store's part: a local folder, or a bucket through Django's storage."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

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
    if is_local():
        base = folder()
        for path in sorted(base.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(base).as_posix(), path.stat().st_size
        return
    from django.core.files.storage import storages

    bucket: Any = storages["media"]
    prefix = bucket.location
    for found in bucket.bucket.objects.filter(Prefix=prefix):
        if not found.key.endswith("/"):
            yield found.key.removeprefix(prefix).lstrip("/"), int(found.size)


def is_empty() -> bool:
    """Return whether there is nothing in the store."""
    return next(files(), None) is None


def open_file(path: str) -> IO[bytes] | None:
    """Open what is stored; None for what has gone meanwhile."""
    from django.core.files.storage import storages

    try:
        if is_local():
            return (folder() / path).open("rb")
        bucket: Any = storages["media"]
        body: IO[bytes] = bucket.bucket.Object(bucket._normalize_name(path)).get()["Body"]
        return body
    except FileNotFoundError:
        return None
    except Exception as error:
        if "NoSuchKey" in type(error).__name__ or "404" in str(error):
            return None
        raise


class Replacement:
    """Files gathered beside the store, which take its place when told to."""

    def __init__(self) -> None:
        self.local = is_local()
        self.base = folder() if self.local else Path()
        self.draft = self.base.with_name(f"{self.base.name}-restoring")
        self.old = self.base.with_name(f"{self.base.name}-replaced")
        self.kept: set[str] = set()

    def begin(self) -> None:
        """Make room. A bucket is written to in place: its files have names of their own."""
        if self.local:
            shutil.rmtree(self.draft, ignore_errors=True)
            self.draft.mkdir(parents=True)
            if self.base.exists():
                facts = self.base.stat()
                self.draft.chmod(facts.st_mode & 0o777)
                os.chown(self.draft, facts.st_uid, facts.st_gid)

    def add(self, path: str, file: IO[bytes]) -> str:
        """Store a file and return the checksum of what was stored."""
        self.kept.add(path)
        if not self.local:
            return _to_bucket(path, file)
        place = self.draft / path
        place.parent.mkdir(parents=True, exist_ok=True)
        summed = Summed(file)
        with place.open("wb") as out:
            while part := summed.read(PIECE):
                out.write(part)
        return _sum_of(place)

    def take_place(self) -> None:
        """Put the files in the store's place, and remove what was there."""
        if self.local:
            shutil.rmtree(self.old, ignore_errors=True)
            if self.base.exists():
                self.base.rename(self.old)
            self.draft.rename(self.base)
            return
        from django.core.files.storage import storages

        for path, _size in list(files()):
            if path not in self.kept:
                storages["media"].delete(path)

    def put_back(self) -> None:
        """Undo `take_place` for a local store."""
        if self.local and self.old.exists():
            self.base.rename(self.draft)
            self.old.rename(self.base)

    def forget(self) -> None:
        """Delete whatever is not in place."""
        if self.local:
            shutil.rmtree(self.draft, ignore_errors=True)
            shutil.rmtree(self.old, ignore_errors=True)


def _to_bucket(path: str, file: IO[bytes]) -> str:
    import tempfile

    from django.core.files.base import File
    from django.core.files.storage import storages

    with tempfile.TemporaryFile() as spool:
        summed = Summed(file)
        while part := summed.read(PIECE):
            spool.write(part)
        spool.seek(0)
        storages["media"].save(path, File(spool))
    return summed.sum.hexdigest()


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        summed = Summed(file)
        while summed.read(PIECE):
            pass
    return summed.sum.hexdigest()
