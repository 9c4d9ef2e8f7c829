"""What discovery hears of members' acts: recorded for those who agreed to it (recording.py), never
on a note of their own."""

from redleaf.core.events import subscribe
from redleaf.discovery import recording
from redleaf.discovery.ranking import worth
from redleaf.notes.events import CommentPosted, CommentWithdrawn, NoteMarked


def subscribe_all() -> None:
    """Hear what members mark and say."""
    subscribe(NoteMarked, on_note_marked)
    subscribe(CommentPosted, on_comment_posted)
    subscribe(CommentWithdrawn, on_comment_withdrawn)


def on_note_marked(event: NoteMarked) -> None:
    worth.due(event.author_id)
    if event.account_id != event.author_id:
        recording.follow_mark(event.account_id, event.note_id, event.kind)


def on_comment_posted(event: CommentPosted) -> None:
    worth.due(event.note_author_id)
    if event.author_id != event.note_author_id:
        recording.interaction(
            event.author_id, event.note_id, "comment", at=recording.moment_of(event.comment_id)
        )


def on_comment_withdrawn(event: CommentWithdrawn) -> None:
    recording.take_back(
        event.author_id, event.note_id, "comment", at=recording.moment_of(event.comment_id)
    )
