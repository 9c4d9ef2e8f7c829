"""Which notes are open to everybody: what may be counted and learned from without telling."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors.policy import READABLE


def open_authors(viewer: Viewer, note_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return note and author of those of these notes that are open to everybody and that this
    viewer may read too (no block stands between)."""
    found: Any = database.values(
        "SELECT n.id, n.author_id FROM notes_note n WHERE n.id = ANY(%(ids)s)"
        f" AND n.state = 'published' AND n.audience = 'public' AND {READABLE}",
        {"ids": list(note_ids), "viewer": viewer_id(viewer)},
    )
    return dict(found)


def mark_moment(account_id: UUID, note_id: UUID, kind: str) -> datetime | None:
    """Return when the member set this mark, None if it does not stand."""
    found = database.values(
        "SELECT created_at FROM notes_mark WHERE account_id = %s AND note_id = %s AND kind = %s",
        (account_id, note_id, kind),
    )
    return found[0][0] if found else None


def latest_marks(account_id: UUID, limit: int) -> list[tuple[UUID, str, datetime]]:
    """Return (note, kind, moment) of the member's latest marks on notes of others that they may
    still read, the oldest first."""
    found = database.values(
        "SELECT m.note_id, m.kind, m.created_at FROM notes_mark m JOIN notes_note n"
        " ON n.id = m.note_id WHERE m.account_id = %(viewer)s AND n.author_id <> %(viewer)s"
        f" AND n.state = 'published' AND {READABLE}"
        " ORDER BY m.created_at DESC, m.note_id LIMIT %(limit)s",
        {"viewer": account_id, "limit": limit},
    )
    return [(note_id, kind, at) for note_id, kind, at in reversed(found)]
