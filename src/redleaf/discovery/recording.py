"""What is recorded of reading: of everybody together, and of members who agreed to it.

For everybody: a view and an open of a note count at most once a person a day, for notes open to
everybody, never the author's own. Who that was cannot be read back: a digest keyed with the day's
salt stands for person and note, and both are deleted with the day. For members with consent to
"profiling": what they saw, opened, liked, saved, … Without consent no row bears their id.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database
from redleaf.core.errors import NotFound
from redleaf.discovery import reach
from redleaf.discovery.ranking import profiles, receipts
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors.open_notes import latest_marks, mark_moment, open_authors
from redleaf.privacy import selectors as privacy

PURPOSE = "profiling"
LEAST_MS = 1_000  # in view for this long makes a view, and an open
MOST_MS = 3_600_000  # nobody looks at one thing for longer; a forgotten window does
PAST = 2_000  # marks that a member who asks for it begins with
KINDS = ("open", "dwell", "like", "save", "helpful", "share", "comment", "hide")


@dataclass(frozen=True, slots=True)
class Seen:
    """One card of a list that was in view: its place in the list, and for how long."""

    note_id: UUID
    position: int
    dwell_ms: int


def seen(
    viewer: Viewer, visitor_key: str, receipt_id: UUID, items: Sequence[Seen], *, report: str = ""
) -> int:
    """Record which cards of a list were seen; return how many views were counted.

    `report` names what a browser tells: told again, it records nothing more.

    Nothing is recorded for a receipt that is not kept, that is another member's, or that does not
    hold the note; nor for a card in view for less than a second.
    """
    try:
        listing = receipts.listing(receipt_id)
    except (NotFound, ValueError, OverflowError):  # a made-up id may hold a moment out of all time
        return 0
    own = viewer_id(viewer)
    if listing.account_id not in {None, own}:
        return 0
    shown = {item.note_id: item for item in items if item.dwell_ms >= LEAST_MS}
    authors = open_authors(viewer, [note_id for note_id in shown if listing.holds(note_id)])
    counted = [note_id for note_id, author_id in authors.items() if author_id != own]
    if not counted:
        return 0
    with transaction.atomic():
        if own is not None and _may_keep(own, report):
            _keep_impressions(own, receipt_id, [shown[note_id] for note_id in counted])
        return _count("views", _person(own, visitor_key), counted)


def opened(
    viewer: Viewer,
    visitor_key: str,
    note_id: UUID,
    dwell_ms: int,
    *,
    again: bool = False,
    report: str = "",
) -> bool:
    """Record that a note's page was read for so long; return whether an open was counted.

    `again` says that it is more time on a page whose opening was recorded before; a `report` that
    is told again records nothing more.
    """
    own = viewer_id(viewer)
    if dwell_ms < LEAST_MS or open_authors(viewer, [note_id]).get(note_id, own) == own:
        return False
    with transaction.atomic():
        if own is not None and _may_keep(own, report):
            if not again:
                _keep(own, note_id, "open", clock.now(), 1.0)
            _keep(own, note_id, "dwell", clock.now(), min(dwell_ms, MOST_MS) / 1000)
        return bool(_count("opens", _person(own, visitor_key), [note_id]))


def interaction(
    account_id: UUID, note_id: UUID, kind: str, value: float = 1.0, *, at: datetime | None = None
) -> bool:
    """Record an act of a member with consent to profiling; return whether it was recorded.

    `at` is when it happened, now if it is not given: an act from before the consent is not
    recorded, the same act of the same moment once. Raises ValueError for a kind that is not one of
    KINDS.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of interaction: {kind}")
    with transaction.atomic():
        since = privacy.hold_consent(account_id, PURPOSE)
        if since is None or (at is not None and at < since):
            return False
        return _keep(account_id, note_id, kind, at or clock.now(), value)


def take_back(account_id: UUID, note_id: UUID, kind: str, *, at: datetime | None = None) -> int:
    """Delete the acts of this kind on this note, or that of one moment; return how many."""
    moment = "" if at is None else " AND at = %(at)s"
    return database.execute(
        "DELETE FROM discovery_interaction WHERE account_id = %(account)s AND note_id = %(note)s"
        f" AND kind = %(kind)s{moment}",
        {"account": account_id, "note": note_id, "kind": kind, "at": at},
    )


def follow_mark(account_id: UUID, note_id: UUID, kind: str) -> None:
    """Bring what is recorded of a mark in step with the mark as it stands now.

    So it does not matter how often or in which order events of setting it and taking it back
    arrive: one member's are looked at one after the other.
    """
    with transaction.atomic():
        since = privacy.hold_consent(account_id, PURPOSE, alone=True)
        if since is None:
            return
        moment = mark_moment(account_id, note_id, kind)
        if moment is None:
            take_back(account_id, note_id, kind)
        elif moment >= since:
            _keep(account_id, note_id, kind, moment, 1.0)


def take_in_marks(account_id: UUID) -> None:
    """Record what the member already liked, saved, found helpful and shared; twice is once."""
    for note_id, kind, at in latest_marks(account_id, PAST):
        with transaction.atomic():
            if privacy.hold_consent(account_id, PURPOSE, alone=True) is None:
                return
            if mark_moment(account_id, note_id, kind) == at:  # not taken back in the meantime
                _keep(account_id, note_id, kind, at, 1.0)


def forget(account_id: UUID) -> None:
    """Delete every row that bears the member's id, and the personal lists they were given."""
    for table in ("discovery_impression", "discovery_interaction", "discovery_receipt"):
        database.execute(f"DELETE FROM {table} WHERE account_id = %s", (account_id,))
    profiles.forget(account_id)
    receipts.forget_those_of(account_id)


def visitor_key(network: str, user_agent: str) -> str:
    """Return what stands for somebody who is not signed in: network and kind of browser.

    A network counts for at most eight people: whoever sends made-up browsers gains no more than a
    household would. It is never stored, only its digest, for a day.
    """
    return f"{network}|{hashlib.sha256(user_agent.encode('utf-8', 'replace')).digest()[0] % 8}"


def _person(own: UUID | None, key: str) -> bytes:
    return own.bytes if own is not None else key.encode("utf-8", "replace")


def _may_keep(own: UUID, report: str) -> bool:
    """Return whether the member agrees, and what they tell is new.

    Whoever withdraws the consent waits from here on, and then forgets these rows as well.
    """
    if privacy.hold_consent(own, PURPOSE) is None:
        return False
    day = clock.now().date()
    digest = _digest(_salt_of(day), "report", own.bytes, report.encode("utf-8", "replace"))
    return not report or bool(
        database.execute(
            "INSERT INTO discovery_seen_digest (day, digest) VALUES (%s, %s)"
            " ON CONFLICT DO NOTHING",
            (day, digest),
        )
    )


def _keep_impressions(own: UUID, receipt_id: UUID, items: list[Seen]) -> None:
    database.execute(
        "INSERT INTO discovery_impression"
        " (account_id, at, note_id, receipt_id, surface, position, dwell_ms)"
        " SELECT %(own)s, %(at)s, item.note, %(receipt)s, coalesce((SELECT surface"
        "  FROM discovery_receipt WHERE id = %(receipt)s AND at = %(made)s), ''),"
        "  item.place, item.dwell"
        " FROM unnest(%(notes)s::uuid[], %(places)s::int[], %(dwells)s::int[])"
        "  AS item(note, place, dwell) ON CONFLICT DO NOTHING",
        {
            "own": own,
            "at": clock.now(),
            "receipt": receipt_id,
            "made": moment_of(receipt_id),
            "notes": [item.note_id for item in items],
            "places": [max(0, min(item.position, 32_767)) for item in items],
            "dwells": [min(item.dwell_ms, MOST_MS) for item in items],
        },
    )


def _keep(account_id: UUID, note_id: UUID, kind: str, at: datetime, value: float) -> bool:
    is_new = bool(
        database.execute(
            "INSERT INTO discovery_interaction (account_id, at, note_id, kind, value)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (account_id, at, note_id, kind, value),
        )
    )
    if is_new:
        profiles.learn(account_id, note_id, kind)
    return is_new


def _count(column: str, person: bytes, note_ids: list[UUID]) -> int:
    """Count one view or open of each note, unless this person's was counted today.

    Rows are taken in one order everywhere, so that two batches wait for each other but never in a
    ring: digests, then exposure by note, then reach by note.
    """
    moment = clock.now()
    day = moment.date()
    salt = _salt_of(day)
    digests = {_digest(salt, column, person, one.bytes): one for one in note_ids}
    ordered = sorted(digests)
    found = database.values(
        "INSERT INTO discovery_seen_digest (day, digest)"
        " SELECT %s, d.digest FROM unnest(%s::bytea[]) WITH ORDINALITY AS d(digest, place)"
        " ORDER BY d.place ON CONFLICT DO NOTHING RETURNING digest",
        (day, ordered),
    )
    new = sorted(digests[bytes(row[0])] for row in found)
    if not new:
        return 0
    database.execute(
        f"INSERT INTO discovery_exposure AS e (note_id, hour, {column})"
        " SELECT n.id, %s, 1 FROM unnest(%s::uuid[]) WITH ORDINALITY AS n(id, place)"
        " ORDER BY n.place ON CONFLICT (note_id, hour)"
        f" DO UPDATE SET {column} = e.{column} + 1",
        (moment.replace(minute=0, second=0, microsecond=0), new),
    )
    reach.add_all(new, int(column == "views"), int(column == "opens"))
    return len(new)


def _salt_of(day: date) -> bytes:
    """Return the day's salt, making it when this is the first who asks."""
    for _try in range(2):
        found = database.values("SELECT salt FROM discovery_salt WHERE day = %s", (day,))
        if found:
            return bytes(found[0][0])
        database.execute(
            "INSERT INTO discovery_salt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (day, os.urandom(32)),
        )
    return bytes(database.values("SELECT salt FROM discovery_salt WHERE day = %s", (day,))[0][0])


def _digest(salt: bytes, act: str, person: bytes, thing: bytes) -> bytes:
    text = b"\x00".join((act.encode(), thing, person))
    return hmac.digest(salt, text, "sha256")[:16]


def moment_of(made_id: UUID) -> datetime:
    """Return the moment in an id of version 7."""
    return datetime.fromtimestamp((made_id.int >> 80) / 1000, UTC)
