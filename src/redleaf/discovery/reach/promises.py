"""The account of each new note: a promise, the views given, and the cause when it was not kept.

Exactness: recording writes discovery_exposure and calls `add` in one transaction. `add` holds a
shared lock on the note and `make_promise` an exclusive one, so that a view which comes while the
promise is made is counted by exactly one of the two.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database, ids
from redleaf.core.events import announce
from redleaf.discovery.events import PromiseSettled
from redleaf.discovery.models import Reach
from redleaf.discovery.recommend import exploration, fair_start

HOUR = timedelta(hours=1)


def make_promise(note_id: UUID, *, since: datetime | None = None) -> bool:
    """Promise a note views, if everybody may see it and it was not promised any before.

    Returns whether a promise was made; nothing may be owed where hardly anybody reads. The window
    begins at `since`, or now; one that is over already gets no promise (notes from an import).
    """
    from redleaf.discovery.ranking import versions

    _version, settings = versions.current()
    now = clock.now()
    window = timedelta(hours=settings.promise_hours)
    begins = min(since or now, now)
    if begins + window <= now:
        return False
    with transaction.atomic():
        database.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"reach {note_id}",)
        )
        found = database.row(
            "SELECT author_id, channel_id FROM notes_note_tally t WHERE note_id = %(note)s"
            " AND listed AND NOT EXISTS (SELECT 1 FROM discovery_reach r"
            "  WHERE r.note_id = t.note_id)",
            {"note": note_id},
        )
        if found is None:
            return False
        traffic, others = _bustle(found["channel_id"], note_id, begins - window, begins)
        views, opens = _recounted(note_id)
        owed = fair_start.promise(
            traffic,
            others + 1,
            target=settings.promise_views,
            share=settings.promise_share,
        )
        Reach.objects.create(
            note_id=note_id,
            author_id=found["author_id"],
            channel_id=found["channel_id"],
            promised_at=begins,
            window_seconds=int(window.total_seconds()),
            owed=owed,
            expected_traffic=traffic,
            expected_notes=others + 1,
            views=views,
            opens=opens,
            given=views,
            paid_at=now if owed and views >= owed else None,
        )
    return True


def add(note_id: UUID, views: int, opens: int) -> None:
    """Count qualified views and opens of one note, as `add_all` does."""
    add_all([note_id], views, opens)


def add_all(note_ids: Sequence[UUID], views: int, opens: int) -> None:
    """Count so many qualified views and opens of each of these notes, in the transaction that has
    just written them to discovery_exposure. Notes without a promise are left alone.

    Locks and rows are taken by id, so that two batches never wait for each other in a ring. Raises
    RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("add_all() needs the transaction of the exposure that it counts")
    ordered = sorted(set(note_ids))
    database.execute(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended(n.name, 0))"
        " FROM unnest(%s::text[]) WITH ORDINALITY AS n(name, place) ORDER BY n.place",
        ([f"reach {item}" for item in ordered],),
    )
    database.execute(
        "WITH held AS (SELECT note_id FROM discovery_reach WHERE note_id = ANY(%(notes)s)"
        " ORDER BY note_id FOR NO KEY UPDATE)"
        " UPDATE discovery_reach r SET views = r.views + %(views)s, opens = r.opens + %(opens)s,"
        f" given = CASE WHEN {_OPEN} THEN r.given + %(views)s ELSE r.given END,"
        f" paid_at = CASE WHEN {_OPEN} AND r.paid_at IS NULL AND r.owed > 0"
        "  AND r.given + %(views)s >= r.owed THEN %(now)s ELSE r.paid_at END"
        " FROM held WHERE r.note_id = held.note_id",
        {"notes": ordered, "views": views, "opens": opens, "now": clock.now()},
    )


_OPEN = "r.settled_at IS NULL AND %(now)s < r.promised_at + make_interval(secs => r.window_seconds)"


def hidden(note_id: UUID) -> None:
    """Keep in mind that a note was not open to everybody while it was owed views."""
    Reach.objects.filter(note_id=note_id, settled_at=None).update(was_hidden=True)


def hidden_all_of(author_id: UUID) -> None:
    """Keep the same in mind of all of an author's notes: the account was closed."""
    Reach.objects.filter(author_id=author_id, settled_at=None).update(was_hidden=True)


def debts(channel_id: UUID | None) -> list[fair_start.Debt]:
    """Return what is owed now to notes that everybody may see, of one channel or of all, those
    furthest behind their pace first. Keys are the notes' ids as addresses write them."""
    now = clock.now()
    found = database.values(
        "SELECT r.note_id, r.owed, r.given, r.promised_at, r.window_seconds"
        " FROM discovery_reach r JOIN notes_note_tally t ON t.note_id = r.note_id AND t.listed"
        f" WHERE r.owed > r.given AND {_OPEN}"
        + (" AND t.channel_id = %(channel)s" if channel_id is not None else ""),
        {"channel": channel_id, "now": now},
    )
    owed = [
        fair_start.Debt(
            ids.encode(note_id),
            owed,
            given,
            max(0.0, (now - promised_at).total_seconds()),
            float(window),
        )
        for note_id, owed, given, promised_at, window in found
    ]
    return sorted(
        owed,
        key=lambda debt: (
            -fair_start.boost(debt.shown, debt.owed, debt.age, debt.window),
            str(debt.key),
        ),
    )


def arms(note_ids: Sequence[UUID]) -> list[exploration.Arm]:
    """Return how often each of these notes was seen and opened, for trials; 0 if never."""
    wanted = list(note_ids)
    known = {
        row[0]: row[1:]
        for row in database.values(
            "SELECT w.id, coalesce(r.views, e.views, 0), coalesce(r.opens, e.opens, 0)"
            " FROM unnest(%s::uuid[]) AS w(id)"
            " LEFT JOIN discovery_reach r ON r.note_id = w.id"
            " LEFT JOIN LATERAL (SELECT sum(views)::int AS views, sum(opens)::int AS opens"
            "  FROM discovery_exposure x WHERE x.note_id = w.id AND r.note_id IS NULL) e ON true",
            (wanted,),
        )
    }
    return [
        # Somebody can open a note by its address, without having seen its card.
        exploration.Arm(ids.encode(item), min(known[item][1], known[item][0]), known[item][0])
        for item in dict.fromkeys(wanted)
    ]


def settle_due(limit: int = 500) -> int:
    """Close the accounts that are paid and those whose window has ended; return how many.

    Each in a transaction of its own, announced with it; several workers may do this at once.
    """
    done = 0
    while done < limit:
        with transaction.atomic():
            if not _settle_one():
                return done
        done += 1
    return done


def recount() -> int:
    """Bring views and opens of every note to what discovery_exposure says; return how many were
    wrong. They are kept exact as they are counted: this is for after a repair by hand."""
    with transaction.atomic():
        database.execute("LOCK TABLE discovery_reach IN EXCLUSIVE MODE")
        return database.execute(
            "UPDATE discovery_reach r SET views = s.views, opens = s.opens FROM ("
            " SELECT r.note_id, coalesce(sum(e.views), 0)::int AS views,"
            "  coalesce(sum(e.opens), 0)::int AS opens FROM discovery_reach r"
            "  LEFT JOIN discovery_exposure e ON e.note_id = r.note_id GROUP BY r.note_id) s"
            " WHERE s.note_id = r.note_id AND (s.views, s.opens) <> (r.views, r.opens)"
        )


def _settle_one() -> bool:
    now = clock.now()
    row = database.row(
        "SELECT r.*, coalesce(t.listed, false) AS listed FROM discovery_reach r"
        " LEFT JOIN notes_note_tally t ON t.note_id = r.note_id"
        " WHERE r.settled_at IS NULL AND (r.paid_at IS NOT NULL"
        "  OR r.promised_at + make_interval(secs => r.window_seconds) <= %(now)s)"
        " ORDER BY r.promised_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED",
        {"now": now},
    )
    if row is None:
        return False
    cause = _cause(row, now)
    Reach.objects.filter(note_id=row["note_id"]).update(cause=cause, settled_at=now)
    if row["owed"]:
        announce(PromiseSettled(row["note_id"], row["author_id"], row["owed"], row["given"], cause))
    return True


def _cause(row: dict[str, Any], now: datetime) -> str:
    begins = row["promised_at"]
    window = timedelta(seconds=row["window_seconds"])
    traffic, others = 0.0, 0
    if row["given"] < row["owed"]:
        traffic, others = _bustle(row["channel_id"], row["note_id"], begins, begins + window)
    return fair_start.cause(
        fair_start.Debt(
            ids.encode(row["note_id"]),
            row["owed"],
            row["given"],
            (now - begins).total_seconds(),
            window.total_seconds(),
        ),
        traffic=traffic,
        expected_traffic=row["expected_traffic"],
        new_notes=others + 1,
        expected_notes=row["expected_notes"],
        always_open=not row["was_hidden"] and row["listed"],
    )


def _bustle(
    channel_id: UUID | None, note_id: UUID, begins: datetime, ends: datetime
) -> tuple[float, int]:
    """Return the qualified views of a channel's notes in the hours of a span, and how many other
    notes that everybody may see appeared in it."""
    values = {
        "channel": channel_id,
        "note": note_id,
        "hour": begins.replace(minute=0, second=0, microsecond=0),
        "begins": begins,
        "ends": ends,
    }
    traffic = database.values(
        "SELECT coalesce(sum(e.views), 0)::float8 FROM discovery_exposure e"
        " JOIN notes_note_tally t ON t.note_id = e.note_id"
        " AND t.channel_id IS NOT DISTINCT FROM %(channel)s"
        " WHERE e.hour >= %(hour)s AND e.hour < %(ends)s",
        values,
    )[0][0]
    others = database.values(
        "SELECT count(*) FROM notes_note_tally WHERE listed"
        " AND channel_id IS NOT DISTINCT FROM %(channel)s AND note_id <> %(note)s"
        " AND published_at >= %(begins)s AND published_at < %(ends)s",
        values,
    )[0][0]
    return float(traffic), int(others)


def _recounted(note_id: UUID) -> tuple[int, int]:
    found = database.values(
        "SELECT coalesce(sum(views), 0)::int, coalesce(sum(opens), 0)::int"
        " FROM discovery_exposure WHERE note_id = %s",
        (note_id,),
    )
    return int(found[0][0]), int(found[0][1])
