"""Notes, comments and pictures for the tests of talk and boards."""

import io
from typing import Any
from uuid import uuid4

from PIL import Image

from redleaf.media import services as media
from redleaf.notes.models import Comment, Note
from redleaf.notes.services import comments, publish
from redleaf.notes.services.content import Content, PictureChoice


def make_note(author: Any, **fields: Any) -> Note:
    """Publish a note of words."""
    fields = {"kind": "words", "title": "红叶", "language": "en", **fields}
    return publish.publish_note(author, content=Content(**fields))


def say(account: Any, note: Note, body: str = "Good to know", **fields: Any) -> Comment:
    """Comment on a note."""
    return comments.post_comment(account, note.id, body=body, **fields)


def answer(account: Any, parent: Comment, body: str = "Thank you") -> Comment:
    """Answer a comment."""
    return comments.post_comment(account, parent.note_id, body=body, parent_id=parent.id)


def picture_file(colour: str = "#b8152b") -> io.BytesIO:
    """Return a small JPEG as a file of a form."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(file, "JPEG")
    file.seek(0)
    file.name = "leaf.jpg"
    return file


def picture(account: Any, alt: str = "") -> PictureChoice:
    """Upload a picture."""
    asset = media.receive_picture(account, file=picture_file(), name="leaf.jpg", key=uuid4())
    return PictureChoice(asset.id, alt)


def tally(note: Note) -> int:
    """Return the note's counted comments."""
    note.tally.refresh_from_db()
    return int(note.tally.comment_count)
