"""The media store behind Django's storage interface: a local folder or a bucket."""

from typing import IO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages


def store() -> Storage:
    """Return the configured media store."""
    return storages["media"]


def write(path: str, content: bytes) -> None:
    """Store bytes under exactly this path, in place of what is there."""
    place = store()
    if place.exists(path):
        place.delete(path)
    place.save(path, ContentFile(content))


def write_file(path: str, file: IO[bytes]) -> None:
    """Store a file's content under exactly this path, without holding it in memory."""
    place = store()
    if place.exists(path):
        place.delete(path)
    place.save(path, File(file))


def read(path: str) -> bytes:
    """Return what is stored. Raises FileNotFoundError."""
    with store().open(path, "rb") as file:
        return cast(bytes, file.read())


def remove(paths: list[str]) -> None:
    """Delete files; those already gone do not matter."""
    place = store()
    for path in paths:
        place.delete(path)
