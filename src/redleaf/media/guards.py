"""Who may fetch an asset: the room that it belongs to says it."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

Guard = Callable[[Any, Iterable[UUID]], set[UUID]]

_guards: dict[str, Guard] = {}


def register(kind: str, guard: Guard) -> None:
    """Let `guard(viewer, ids)` answer which things of this kind the viewer may see."""
    _guards[kind] = guard


def may_see(viewer: Any, kind: str, attached_id: UUID) -> bool:
    """Return whether the viewer may see the thing; without a guard nobody but the owner may."""
    guard = _guards.get(kind)
    return guard is not None and attached_id in guard(viewer, [attached_id])
