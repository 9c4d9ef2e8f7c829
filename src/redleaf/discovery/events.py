"""What discovery announces."""

from dataclasses import dataclass
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class PromiseSettled(Event):
    """The account of a new note that was owed views is closed; `cause` is one of fair_start's."""

    note_id: UUID
    author_id: UUID
    owed: int
    given: int
    cause: str
