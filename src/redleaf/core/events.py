"""Events: announced in a transaction, stored with it, delivered after it, at least once.

`announce` writes one row to the outbox; the worker's dispatcher (`deliver_due`) hands it to every
subscriber, each in a transaction of its own. A handler that fails is tried again with a growing
pause, the others are not repeated. A handler therefore has to be idempotent.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import structlog
from django.db import connection, transaction

from redleaf.core import clock, database

log = structlog.get_logger(__name__)

CHANNEL = "redleaf_outbox"
BATCH = 100
PATIENCE = 12  # attempts, after which an event waits for the operator

E = TypeVar("E", bound="Event")
Handler = Callable[[Any], None]


@dataclasses.dataclass(frozen=True)
class Event:
    """Base of every event. Fields: UUID, str, int, bool, None, datetime, or a list of str."""

    registry: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Event.registry[f"{cls.__module__}.{cls.__qualname__}"] = cls

    @classmethod
    def name(cls) -> str:
        return f"{cls.__module__}.{cls.__qualname__}"


_subscribers: dict[str, dict[str, Handler]] = {}


def subscribe(event: type[E], handler: Callable[[E], None]) -> None:
    """Let `handler` hear every `event`; called from an AppConfig's ready(), twice is once."""
    name = f"{handler.__module__}.{handler.__qualname__}"
    _subscribers.setdefault(event.name(), {})[name] = handler


def subscriptions() -> dict[str, list[str]]:
    """Return who hears what: event name to handler names."""
    return {name: sorted(_subscribers.get(name, {})) for name in sorted(set(Event.registry))}


def announce(event: Event) -> None:
    """Store the event in the caller's transaction; it is delivered after commit, or never.

    Raises RuntimeError outside a transaction. An event that nobody hears is not stored.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() needs the transaction of the change that it announces")
    if not _subscribers.get(event.name()):
        return
    payload = {
        field.name: _to_plain(getattr(event, field.name)) for field in dataclasses.fields(event)
    }
    database.execute(
        "WITH stored AS (INSERT INTO core_outbox"
        " (name, payload, announced_at, done, attempts, next_attempt_at, error)"
        " VALUES (%s, %s::jsonb, %s, '[]'::jsonb, 0, %s, '') RETURNING 1)"
        " SELECT pg_notify('redleaf_outbox', '') FROM stored",
        (event.name(), json.dumps(payload), clock.now(), clock.now()),
    )


def deliver_due(limit: int = BATCH) -> int:
    """Hand up to `limit` due events to their handlers, oldest first; return how many were taken.

    Several workers may call this at once: each event is locked by the one that took it.
    """
    taken = 0
    while taken < limit:
        with transaction.atomic():
            found = database.row(
                "SELECT id, name, payload, done, attempts FROM core_outbox"
                " WHERE next_attempt_at <= %s ORDER BY next_attempt_at, id"
                " LIMIT 1 FOR UPDATE SKIP LOCKED",
                (clock.now(),),
            )
            if found is None:
                return taken
            _deliver(found)
        taken += 1
    return taken


def _deliver(stored: dict[str, Any]) -> None:
    kind = Event.registry.get(stored["name"])
    handlers = _subscribers.get(stored["name"], {})
    done = set(stored["done"])
    error = ""
    if kind is not None:
        event = _from_plain(kind, stored["payload"])
        for name, handler in handlers.items():
            if name in done:
                continue
            try:
                with transaction.atomic():
                    handler(event)
                done.add(name)
            except Exception as failure:
                error = f"{name}: {failure!r}"
                log.exception("event_handler_failed", announced=stored["name"], handler=name)
    if not error:
        database.execute("DELETE FROM core_outbox WHERE id = %s", (stored["id"],))
        return
    attempts = stored["attempts"] + 1
    pause = timedelta(days=3650) if attempts >= PATIENCE else timedelta(seconds=2**attempts)
    database.execute(
        "UPDATE core_outbox SET done = %s::jsonb, attempts = %s, next_attempt_at = %s, error = %s"
        " WHERE id = %s",
        (json.dumps(sorted(done)), attempts, clock.now() + pause, error[:2000], stored["id"]),
    )


def _to_plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _from_plain(kind: type[Event], payload: dict[str, Any]) -> Event:
    hints = typing.get_type_hints(kind)
    known = {field.name for field in dataclasses.fields(kind)}
    return kind(
        **{name: _restore(hints[name], value) for name, value in payload.items() if name in known}
    )


def _restore(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if UUID in options:
        return UUID(value)
    if datetime in options:
        return datetime.fromisoformat(value)
    return value
