"""The media store's part where that is a bucket.

A bucket cannot be exchanged as a folder can. What is restored is gathered under DRAFT, copied to
its place by the bucket itself, and what it replaces is kept under OLD until all else is in place.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Self

from redleaf.ops.backup.archive import PIECE, Summed
from redleaf.ops.launch.environment import LaunchError

DRAFT = "restoring"
OLD = "replaced"


def files() -> Iterator[tuple[str, int]]:
    """Yield path and size of everything in the store, in order. Raises LaunchError."""
    with _told():
        for path, found in _all():
            if not path.startswith((f"{DRAFT}/", f"{OLD}/")):
                yield path, int(found.size)


def open_file(path: str) -> IO[bytes] | None:
    """Open what is stored; None for what has gone meanwhile. Raises LaunchError."""
    from botocore.exceptions import ClientError

    with _told():
        try:
            return _Body(_object(path).get()["Body"])  # type: ignore[return-value] # what a reader needs of it
        except ClientError as error:
            if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
                return None
            raise


class Replacement:
    """Files gathered in the bucket, which take their place when told to."""

    def __init__(self) -> None:
        self.kept: set[str] = set()
        self.present: set[str] = set()
        self.in_place = False

    def begin(self) -> None:
        """Make room, and remember what is there. Raises LaunchError."""
        _remove(DRAFT, OLD)
        self.present = {path for path, _size in files()}

    def add(self, path: str, file: IO[bytes]) -> str:
        """Store a file and return the checksum of what was stored. Raises LaunchError."""
        draft = f"{DRAFT}/{path}"
        self.kept.add(path)
        with _told(), tempfile.TemporaryFile() as spool:
            while part := file.read(PIECE):
                spool.write(part)
            spool.seek(0)
            _object(draft).upload_fileobj(spool)
        stored = open_file(draft)
        if stored is None:
            raise LaunchError(f"The media store has lost {path}. Nothing was changed.")
        summed = Summed(stored)
        while summed.read(PIECE):
            pass
        return summed.sum.hexdigest()

    def take_place(self) -> None:
        """Put the files in place; what was there under their names is kept until `forget`."""
        try:
            for path in sorted(self.kept & self.present):
                _copy(path, f"{OLD}/{path}")
            for path in sorted(self.kept):
                _copy(f"{DRAFT}/{path}", path)
        except BaseException:
            self.put_back()
            raise
        self.in_place = True

    def put_back(self) -> None:
        """Undo `take_place`."""
        self.in_place = False
        with _told():
            for path in sorted(self.kept - self.present):
                _object(path).delete()
            for path, _found in list(_all(f"{OLD}/")):
                _copy(path, path.removeprefix(f"{OLD}/"))

    def forget(self) -> None:
        """Delete whatever is not in place."""
        with _told():
            if self.in_place:
                for path in sorted(self.present - self.kept):
                    _object(path).delete()
        _remove(DRAFT, OLD)


class _Body:
    """What is read of an object: as much as is asked for, and told in words when that fails."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, length: int = -1) -> bytes:
        with _told():
            return bytes(self._body.read(None if length < 0 else length))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._body.close()


def _all(below: str = "") -> Iterator[tuple[str, Any]]:
    store = _store()
    base = _base(store)
    for found in store.bucket.objects.filter(Prefix=base + below):
        if not found.key.endswith("/"):
            yield found.key.removeprefix(base), found


def _object(path: str) -> Any:
    store = _store()
    return store.bucket.Object(_base(store) + path)


def _copy(source: str, target: str) -> None:
    with _told():
        found = _object(source)
        _object(target).copy({"Bucket": found.bucket_name, "Key": found.key})


def _remove(*folders: str) -> None:
    with _told():
        for folder in folders:
            for path, _found in list(_all(f"{folder}/")):
                _object(path).delete()


def _base(store: Any) -> str:
    return f"{store.location.strip('/')}/" if store.location.strip("/") else ""


def _store() -> Any:
    from django.core.files.storage import storages

    return storages["media"]


@contextmanager
def _told() -> Iterator[None]:
    """Turn what a bucket's client raises into words."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise LaunchError(f"The media store does not do what it was asked: {error}") from error
