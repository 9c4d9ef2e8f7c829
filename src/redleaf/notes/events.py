"""What notes announces."""

from dataclasses import dataclass
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class NotePublished(Event):
    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class NoteEdited(Event):
    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class NoteWithdrawn(Event):
    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class NoteVisibilityChanged(Event):
    """The audience changed: whoever keeps a copy for everybody looks again."""

    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class NoteMentioned(Event):
    """A published note names an account for the first time."""

    note_id: UUID
    author_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class NoteMarked(Event):
    """A member liked, saved or found a note helpful (`on`), or took it back."""

    note_id: UUID
    author_id: UUID
    account_id: UUID
    kind: str
    on: bool


@dataclass(frozen=True)
class CommentPosted(Event):
    comment_id: UUID
    note_id: UUID
    note_author_id: UUID
    author_id: UUID
    parent_author_id: UUID | None


@dataclass(frozen=True)
class CommentMentioned(Event):
    comment_id: UUID
    note_id: UUID
    author_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class CommentLiked(Event):
    comment_id: UUID
    note_id: UUID
    author_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class CommentHidden(Event):
    comment_id: UUID
    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    comment_id: UUID
    note_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class BoardInvited(Event):
    board_id: UUID
    owner_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class TopicCurated(Event):
    """A curator gave a topic names, rules or aliases, joined it to another or took it apart."""

    topic_id: UUID
