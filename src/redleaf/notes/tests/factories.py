"""Notes and pictures for the tests of every room."""

import io
from functools import lru_cache
from typing import Any
from uuid import uuid4

from PIL import Image

from redleaf.media import services as media
from redleaf.media.models import Asset
from redleaf.notes.models import Note
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content, PictureChoice


def make_note(
    author: Any,
    *,
    title: str = "Red leaves",
    body: str = "",
    kind: str = "words",
    audience: str = "public",
    channel: str = "",
    place: str = "",
    pictures: int = 0,
    language: str = "en",
    **fields: Any,
) -> Note:
    """Publish a note as its author would, with so many small pictures of the author's own.

    `fields` are those of `Content`; asking for pictures makes words into a picture note.
    """
    chosen = tuple(
        PictureChoice(make_picture_asset(author, number=number).id, f"Picture {number + 1}")
        for number in range(pictures)
    )
    content = Content(
        kind="picture" if pictures and kind == "words" else kind,
        title=title,
        body=body,
        audience=audience,
        channel=channel,
        place=place,
        language=language,
        **{"pictures": chosen, **fields},
    )
    return publish.publish_note(author, content=content)


def make_picture_asset(owner: Any, *, number: int = 0, name: str = "leaf.jpg") -> Asset:
    """Upload a small picture as its owner."""
    return media.receive_picture(owner, file=picture_file(number), name=name, key=uuid4())


def picture_file(number: int = 0, name: str = "leaf.jpg") -> io.BytesIO:
    """Return a small JPEG as a file of a form; another number is another picture."""
    file = io.BytesIO(_jpeg(number))
    file.name = name
    return file


@lru_cache(maxsize=32)
def _jpeg(number: int) -> bytes:
    file = io.BytesIO()
    colour = ((184 + number * 23) % 256, (21 + number * 61) % 256, (43 + number * 97) % 256)
    Image.new("RGB", (66, 88), colour).save(file, "JPEG")
    return file.getvalue()
