"""What discovery hears: everything that changes what a search may find, or how it reads.

A handler only leaves marks, in the transaction of its delivery; the loop in the worker does the
work (search/writing.py). So each may come twice, and a worker that dies loses nothing.
"""

from uuid import UUID

from redleaf.accounts.events import (
    AccountChanged,
    AccountClosed,
    AccountCreated,
    AccountErased,
    AccountReopened,
)
from redleaf.core.events import subscribe
from redleaf.discovery.ranking import items
from redleaf.discovery.search.writing import mark
from redleaf.notes.events import (
    NoteEdited,
    NoteMarked,
    NotePublished,
    NoteVisibilityChanged,
    NoteWithdrawn,
    TopicCurated,
)
from redleaf.notes.selectors import texts


def subscribe_all() -> None:
    """Hear what is published, changed and taken away."""
    subscribe(NotePublished, on_note_published)
    subscribe(NoteEdited, on_note_edited)
    subscribe(NoteWithdrawn, on_note_withdrawn)
    subscribe(NoteVisibilityChanged, on_note_visibility_changed)
    subscribe(NoteMarked, on_note_marked)
    subscribe(TopicCurated, on_topic_curated)
    subscribe(AccountCreated, on_account_created)
    subscribe(AccountChanged, on_account_changed)
    subscribe(AccountClosed, on_account_closed)
    subscribe(AccountReopened, on_account_reopened)
    subscribe(AccountErased, on_account_erased)


def on_note_published(event: NotePublished) -> None:
    mark("note", [event.note_id])
    mark("topic", texts.topic_ids_of(event.note_id))


def on_note_edited(event: NoteEdited) -> None:
    items.out_of_date([event.note_id])
    mark("note", [event.note_id])
    mark("topic", texts.topic_ids_of(event.note_id))


def on_note_withdrawn(event: NoteWithdrawn) -> None:
    items.out_of_date([event.note_id])
    mark("note", [event.note_id])


def on_note_visibility_changed(event: NoteVisibilityChanged) -> None:
    items.out_of_date([event.note_id])
    mark("note", [event.note_id])


def on_note_marked(event: NoteMarked) -> None:
    """Take in the note when it may have got its first helpful mark, or lost its last."""
    if event.kind == "helpful":
        mark("note", [event.note_id])


def on_topic_curated(event: TopicCurated) -> None:
    """Take in the topic and, because its names are part of them, the notes that name it."""
    mark("topic", texts.topics_with(event.topic_id))
    mark("note", texts.note_ids_on(event.topic_id))


def on_account_created(event: AccountCreated) -> None:
    mark("person", [event.account_id])


def on_account_changed(event: AccountChanged) -> None:
    """Take in the person and, because their name is part of them, the notes."""
    _person_and_notes(event.account_id)


def on_account_closed(event: AccountClosed) -> None:
    _person_and_notes(event.account_id)


def on_account_reopened(event: AccountReopened) -> None:
    _person_and_notes(event.account_id)


def on_account_erased(event: AccountErased) -> None:
    _person_and_notes(event.account_id)


def _person_and_notes(account_id: UUID) -> None:
    mark("person", [account_id])
    mark("note", texts.note_ids_by(account_id))
