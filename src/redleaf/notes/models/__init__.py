"""The tables of notes, one file for each matter."""

from redleaf.notes.models.boards import Board, BoardItem, BoardMember, BoardVisibility
from redleaf.notes.models.comments import Comment, CommentLike, CommentPicture, CommentState
from redleaf.notes.models.filters import Filter
from redleaf.notes.models.marks import Mark, MarkKind
from redleaf.notes.models.notes import (
    CoverDesign,
    Draft,
    Note,
    NoteKind,
    NotePicture,
    NoteState,
    NoteTally,
    NoteVersion,
    ReplyPolicy,
)
from redleaf.notes.models.topics import NoteMention, NoteTopic, Topic, TopicAlias

__all__ = [
    "Board",
    "BoardItem",
    "BoardMember",
    "BoardVisibility",
    "Comment",
    "CommentLike",
    "CommentPicture",
    "CommentState",
    "CoverDesign",
    "Draft",
    "Filter",
    "Mark",
    "MarkKind",
    "Note",
    "NoteKind",
    "NoteMention",
    "NotePicture",
    "NoteState",
    "NoteTally",
    "NoteTopic",
    "NoteVersion",
    "ReplyPolicy",
    "Topic",
    "TopicAlias",
]
