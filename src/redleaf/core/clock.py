"""The one source of the time, so that a test can hold it still or move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_frozen: ContextVar[datetime | None] = ContextVar("redleaf_clock_frozen", default=None)
_shift: ContextVar[timedelta | None] = ContextVar("redleaf_clock_shift", default=None)


def now() -> datetime:
    """Return the present moment, in UTC and aware of it."""
    held = _frozen.get()
    if held is not None:
        return held
    shift = _shift.get()
    moment = datetime.now(UTC)
    return moment if shift is None else moment + shift


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at one aware moment, for tests and for the demo's history."""
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def travel(by: timedelta) -> Iterator[None]:
    """Let the clock run, but shifted by this much, for tests."""
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)
