"""What reach hears: notes that become open to everybody, and those that stop being so.

Each handler looks at how things are now, so it may come twice and late.
"""

from redleaf.accounts.events import AccountClosed, AccountErased
from redleaf.core.events import subscribe
from redleaf.discovery.reach import promises
from redleaf.notes.events import NotePublished, NoteVisibilityChanged, NoteWithdrawn
from redleaf.notes.selectors import candidates


def subscribe_all() -> None:
    """Hear what opens and closes notes to everybody."""
    subscribe(NotePublished, on_note_published)
    subscribe(NoteVisibilityChanged, on_note_visibility_changed)
    subscribe(NoteWithdrawn, on_note_withdrawn)
    subscribe(AccountClosed, on_account_closed)
    subscribe(AccountErased, on_account_erased)


def on_note_published(event: NotePublished) -> None:
    """Promise views from the moment of publishing on, however late this comes."""
    for facts in candidates.candidates_among([event.note_id]):
        promises.make_promise(facts.id, since=facts.published_at)


def on_note_visibility_changed(event: NoteVisibilityChanged) -> None:
    """Promise views to a note that is open to everybody for the first time; else keep in mind
    that it was not."""
    if candidates.listed_rows([event.note_id]):
        promises.make_promise(event.note_id)
    else:
        promises.hidden(event.note_id)


def on_note_withdrawn(event: NoteWithdrawn) -> None:
    promises.hidden(event.note_id)


def on_account_closed(event: AccountClosed) -> None:
    promises.hidden_all_of(event.account_id)


def on_account_erased(event: AccountErased) -> None:
    promises.hidden_all_of(event.account_id)
