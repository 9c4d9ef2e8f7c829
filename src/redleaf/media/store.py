"""The media store behind Django's storage interface: a local folder or a bucket.

Nothing here holds a whole file in memory. A bucket is read in ranges straight from its own client:
django-storages would fetch the whole object first.
"""

import contextlib
from collections.abc import Iterator
from typing import IO, Any, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

PIECE = 64 * 1024
OWN_DEPTH = 2  # slashes in the path of an asset's own folder: assets/7q/<ref>


def store() -> Storage:
    """Return the configured media store."""
    return storages["media"]


def write(path: str, content: bytes) -> None:
    """Store bytes under exactly this path, in place of what is there."""
    _put(path, ContentFile(content))


def write_file(path: str, file: IO[bytes]) -> None:
    """Store a file's content under exactly this path, without holding it in memory."""
    _put(path, File(file))


def read(path: str) -> bytes:
    """Return what is stored. Raises FileNotFoundError."""
    return b"".join(pieces(path))


def size(path: str) -> int:
    """Return the length in bytes. Raises FileNotFoundError."""
    with _missing(path):
        return store().size(path)


def pieces(path: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """Yield the bytes from `first` to `last`, both counted in, in pieces of up to 64 kB.

    The file is opened before this returns. Raises FileNotFoundError.
    """
    place = store()
    with _missing(path):
        if isinstance(place, FileSystemStorage):
            file: Any = place.open(path, "rb")
            file.seek(first)
        else:
            bucket: Any = place
            key = bucket._normalize_name(path)
            until = "" if last is None else str(last)
            whole = first == 0 and last is None
            asked = {} if whole else {"Range": f"bytes={first}-{until}"}
            file = bucket.bucket.Object(key).get(**asked)["Body"]
    return _read_on(file, None if last is None else last - first + 1)


def copy_to(path: str, target: IO[bytes]) -> None:
    """Write what is stored into an open file. Raises FileNotFoundError."""
    for piece in pieces(path):
        target.write(piece)


def remove(paths: list[str]) -> None:
    """Delete files, and the local folders that this leaves empty; those already gone do not
    matter."""
    place = store()
    for path in paths:
        place.delete(path)
    if isinstance(place, FileSystemStorage):
        folders = {path.rpartition("/")[0] for path in paths} - {""}
        for folder in sorted(folders, key=len, reverse=True):
            _remove_empty(place, folder)


def folders(path: str) -> list[str]:
    """Return the names of the folders under this path; none when there is no such path."""
    try:
        return sorted(store().listdir(path)[0])
    except FileNotFoundError:
        return []


def files(path: str) -> list[str]:
    """Return the paths of all files under this path, at any depth."""
    try:
        below, here = store().listdir(path)
    except FileNotFoundError:
        return []
    found = [f"{path}/{name}" for name in here if name]
    for name in below:
        found += files(f"{path}/{name}")
    return found


def _put(path: str, content: "File[Any]") -> None:
    place = store()
    if isinstance(place, FileSystemStorage):
        place.delete(path)  # it would look for another name; a bucket overwrites
    place.save(path, content)


def _read_on(file: Any, left: int | None) -> Iterator[bytes]:
    with contextlib.closing(file):
        while left is None or left > 0:
            piece = cast(bytes, file.read(PIECE if left is None else min(PIECE, left)))
            if not piece:
                return
            if left is not None:
                left -= len(piece)
            yield piece


def _remove_empty(place: FileSystemStorage, folder: str) -> None:
    """Delete an asset's folder when it is empty; those above stay, for the next writer."""
    while folder.count("/") >= OWN_DEPTH:
        try:
            place.delete(folder)
        except OSError:
            return  # something else is in it
        folder = folder.rpartition("/")[0]


@contextlib.contextmanager
def _missing(path: str) -> Iterator[None]:
    """Let a bucket's word for "no such file" be the same as a folder's."""
    try:
        yield
    except Exception as error:
        answer = getattr(error, "response", None)
        if isinstance(answer, dict) and answer.get("Error", {}).get("Code") in {"404", "NoSuchKey"}:
            raise FileNotFoundError(path) from error
        raise
