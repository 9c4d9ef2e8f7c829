"""Comments and their pictures for the tests of talk and boards."""

from typing import Any

from redleaf.notes.models import Comment, Note
from redleaf.notes.services import comments
from redleaf.notes.services.content import PictureChoice
from redleaf.notes.tests.factories import make_picture_asset


def say(account: Any, note: Note, body: str = "Good to know", **fields: Any) -> Comment:
    """Comment on a note."""
    return comments.post_comment(account, note.id, body=body, **fields)


def answer(account: Any, parent: Comment, body: str = "Thank you") -> Comment:
    """Answer a comment."""
    return comments.post_comment(account, parent.note_id, body=body, parent_id=parent.id)


def picture(account: Any, alt: str = "") -> PictureChoice:
    """Upload a picture."""
    return PictureChoice(make_picture_asset(account).id, alt)


def tally(note: Note) -> int:
    """Return the note's counted comments."""
    note.tally.refresh_from_db()
    return int(note.tally.comment_count)
