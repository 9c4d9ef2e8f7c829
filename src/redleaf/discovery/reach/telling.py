"""What an author is told of the views that new notes were promised, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from redleaf.accounts.people import viewer
from redleaf.core import clock, database, ids
from redleaf.discovery.recommend import fair_start
from redleaf.web import slots

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

DAYS = 60
LISTED = 200
NOTHING = "nothing"  # a state beside fair_start's: nothing was owed


@dataclass(frozen=True)
class Told:
    """A note's account as its author sees it.

    `given` are the views within the window, `views` all until now; `state` is NOTHING or one of
    fair_start's words.
    """

    note_id: UUID
    title: str
    language: str
    promised_at: datetime
    ends_at: datetime
    owed: int
    given: int
    views: int
    state: str

    @property
    def path(self) -> str:
        return f"/note/{ids.encode(self.note_id)}/"

    @property
    def part(self) -> int:
        """Return how much of the promise was given, in percent, at most 100."""
        return min(100, 100 * self.given // self.owed) if self.owed else 0

    @property
    def state_words(self) -> str:
        return {
            NOTHING: _("Nothing promised"),
            fair_start.RUNNING: _("Under way"),
            fair_start.PAID: _("Kept"),
        }.get(self.state, _("Not kept"))

    @property
    def words(self) -> str:
        return cause_words(self.state)


def cause_words(state: str) -> str:
    """Return a state of a promise as a sentence."""
    return {
        NOTHING: _(
            "There was too little traffic to promise views when this note appeared. It is shown"
            " like any other."
        ),
        fair_start.RUNNING: _("The time for it has not ended yet."),
        fair_start.PAID: _("It was seen as often as promised, in time."),
        fair_start.QUIET: _("Fewer people were reading than when the promise was made."),
        fair_start.CROWDED: _("More new notes came than were expected, and they share the places."),
        fair_start.CLOSED: _("The note was not open to everybody all the time."),
    }.get(state, _("Our ranking did not keep its word. That is our fault, not your note’s."))


def of_note(note_id: UUID) -> Told | None:
    """Return a note's account, None when no promise was made to it."""
    found = _read("r.note_id = %(note)s", {"note": note_id})
    return found[0] if found else None


def of_author(account: "Account") -> list[Told]:
    """Return the accounts of the notes of the last 60 days, the latest first, at most 200."""
    return _read(
        "r.author_id = %(author)s AND r.promised_at > %(since)s AND n.state = 'published'",
        {"author": account.id, "since": clock.now() - timedelta(days=DAYS)},
    )


def causes(note_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the settled cause of each of these notes' promises."""
    if not note_ids:
        return {}
    return dict(
        database.values(
            "SELECT note_id, cause FROM discovery_reach"
            " WHERE note_id = ANY(%s) AND settled_at IS NOT NULL",
            (list(note_ids),),
        )
    )


def install() -> None:
    """Fill the places on an author's own note and profile."""
    slots.register("under_own_note", "discovery/_promise.html", _under_note)
    slots.register("own_profile", "discovery/_reach_link.html", _link)


def _under_note(_request: HttpRequest, note_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    found = {note_id: of_note(note_id) for note_id in note_ids}
    return {note_id: {"promise": told} for note_id, told in found.items() if told is not None}


def _link(request: HttpRequest, page_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    return {} if viewer(request) is None else {key: {} for key in page_ids}


def _read(condition: str, values: dict[str, Any]) -> list[Told]:
    found = database.rows(
        "SELECT r.note_id, n.title, n.language, r.promised_at, r.window_seconds, r.owed, r.given,"
        " r.views, r.cause, r.paid_at, r.was_hidden, r.settled_at FROM discovery_reach r"
        f" JOIN notes_note n ON n.id = r.note_id WHERE {condition}"
        " ORDER BY r.promised_at DESC, r.note_id DESC LIMIT %(limit)s",
        {**values, "limit": LISTED},
    )
    return [_told(row) for row in found]


def _told(row: dict[str, Any]) -> Told:
    return Told(
        note_id=row["note_id"],
        title=row["title"],
        language=row["language"],
        promised_at=row["promised_at"],
        ends_at=row["promised_at"] + timedelta(seconds=row["window_seconds"]),
        owed=row["owed"],
        given=row["given"],
        views=row["views"],
        state=_state(row),
    )


def _state(row: dict[str, Any]) -> str:
    if not row["owed"]:
        return NOTHING
    if row["settled_at"] is not None:
        return str(row["cause"])
    if row["paid_at"] is not None:
        return fair_start.PAID
    return fair_start.CLOSED if row["was_hidden"] else fair_start.RUNNING
