"""Like, helpful, save and share: idempotent, and counted without drift."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database
from redleaf.core.errors import NotFound
from redleaf.core.events import announce
from redleaf.graph.selectors import audience_sql
from redleaf.notes import events
from redleaf.notes.models import MarkKind, Note, NoteTally
from redleaf.notes.services.comment_counts import ON_NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from redleaf.accounts.models import Account

_READABLE = (
    "SELECT n.id, n.author_id FROM notes_note n JOIN accounts_account a ON a.id = n.author_id"
    " WHERE n.id = %(note)s AND n.state = 'published' AND a.is_active AND a.deleted_at IS NULL"
    f" AND {audience_sql('n')}"
)
_COLUMNS = {kind: f"{kind}_count" for kind in MarkKind.values}
_ADD = {
    kind: (
        f"WITH readable AS ({_READABLE}), added AS ("
        "INSERT INTO notes_mark (account_id, note_id, kind, created_at)"
        f" SELECT %(viewer)s::uuid, id, '{kind}', %(now)s FROM readable"
        " ON CONFLICT DO NOTHING RETURNING note_id), counted AS ("
        f"UPDATE notes_note_tally t SET {column} = {column} + 1 FROM added"
        f" WHERE t.note_id = added.note_id RETURNING {column} AS count)"
        " SELECT r.author_id, (SELECT count FROM counted) AS count FROM readable r"
    )
    for kind, column in _COLUMNS.items()
}
_REMOVE = {
    kind: (
        f"WITH readable AS ({_READABLE}), removed AS ("
        "DELETE FROM notes_mark m USING readable r WHERE m.account_id = %(viewer)s::uuid"
        f" AND m.note_id = r.id AND m.kind = '{kind}' RETURNING m.note_id), counted AS ("
        f"UPDATE notes_note_tally t SET {column} = {column} - 1 FROM removed"
        f" WHERE t.note_id = removed.note_id RETURNING {column} AS count)"
        " SELECT r.author_id, (SELECT count FROM counted) AS count FROM readable r"
    )
    for kind, column in _COLUMNS.items()
}


def mark(account: "Account", note_id: UUID, *, kind: str, on: bool = True) -> int:
    """Set or take back the member's mark; return how many members have it on the note now.

    Repeating changes nothing. Raises NotFound for a note that the member may not see.
    """
    statement = (_ADD if on else _REMOVE)[MarkKind(kind).value]
    with transaction.atomic():
        found = database.row(statement, {"viewer": account.id, "note": note_id, "now": clock.now()})
        if found is None:
            raise NotFound()
        if found["count"] is not None:
            announce(events.NoteMarked(note_id, found["author_id"], account.id, kind, on))
            return int(found["count"])
    present = NoteTally.objects.values_list(_COLUMNS[kind], flat=True).get(note_id=note_id)
    return int(present)


def unsave_everywhere(account: "Account", note: Note) -> int:
    """Take the note off every own board and take back the save; return the count."""
    with transaction.atomic():
        note.board_items.filter(board__owner=account).delete()
        return mark(account, note.id, kind=MarkKind.SAVE, on=False)


def store_past(rows: "Iterable[tuple[UUID, UUID, str, datetime]]") -> int:
    """Store marks of the past (account, public note, kind, moment) without telling anybody.

    For bringing a community over; counters follow by `recount`. Return how many were new.
    """
    columns = list(zip(*rows, strict=True))
    if not columns:
        return 0
    return database.execute(
        "INSERT INTO notes_mark (account_id, note_id, kind, created_at)"
        " SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[])"
        " ON CONFLICT DO NOTHING",
        tuple(list(column) for column in columns),
    )


def recount() -> int:
    """Set every counter of every tally to what the tables say; return how many were wrong."""
    truth = ", ".join(
        f"(SELECT count(*) FROM notes_mark m WHERE m.note_id = t.note_id AND m.kind = '{kind}')"
        f" AS {column}"
        for kind, column in _COLUMNS.items()
    )
    columns = [*_COLUMNS.values(), "comment_count"]
    differs = " OR ".join(f"t.{column} <> truth.{column}" for column in columns)
    assign = ", ".join(f"{column} = truth.{column}" for column in columns)
    return database.execute(
        f"WITH truth AS (SELECT t.note_id, {truth}, {ON_NOTE} AS comment_count"
        f" FROM notes_note_tally t) UPDATE notes_note_tally t SET {assign} FROM truth"
        f" WHERE t.note_id = truth.note_id AND ({differs})"
    )


__all__ = ["mark", "recount", "store_past", "unsave_everywhere"]
