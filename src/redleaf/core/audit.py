"""The audit trail: each entry carries the hash of the one before it, so that none can vanish."""

import hashlib
import json
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database
from redleaf.core.models import AuditEntry

GENESIS = "0" * 64
LOCK = 0x5EA1  # advisory lock of the chain's end; docs/map.md names every lock


class Actor(Protocol):
    """Whoever acts: an account."""

    @property
    def id(self) -> UUID: ...


def record(
    actor: Actor | None,
    action: str,
    *,
    subject_kind: str,
    subject_id: str,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry in the caller's transaction; `actor` None is the system itself."""
    with transaction.atomic():
        database.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        last = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first()
        entry = AuditEntry(
            at=clock.now(),
            actor_id=None if actor is None else actor.id,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            detail=detail or {},
            previous_hash=last or GENESIS,
        )
        entry.hash = _digest(entry.previous_hash, _content(entry))
        entry.save(force_insert=True)
        return entry


def verify() -> int | None:
    """Recompute the chain; return the id of the first entry that does not fit, or None."""
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("id").iterator():
        if entry.previous_hash != previous or entry.hash != _digest(previous, _content(entry)):
            return entry.id
        previous = entry.hash
    return None


def _content(entry: AuditEntry) -> str:
    actor = str(entry.actor_id)
    parts = [entry.at.isoformat(), actor, entry.action, entry.subject_kind, entry.subject_id]
    return json.dumps([*parts, entry.detail], sort_keys=True, ensure_ascii=False)


def _digest(previous: str, content: str) -> str:
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()
