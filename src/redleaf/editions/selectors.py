"""Reads of channels and places; both change rarely and are held for a minute."""

import time
from collections.abc import Callable
from typing import TypeVar

from redleaf.core import errors
from redleaf.editions.models import Channel, Place

T = TypeVar("T")
HOLD = 60.0  # seconds; an operator's change shows after at most this long

_held: dict[str, tuple[float, object]] = {}


def _hold(key: str, load: Callable[[], T]) -> T:
    found = _held.get(key)
    if found is not None and found[0] > time.monotonic():
        return found[1]  # type: ignore[return-value] # the key names the loader
    value = load()
    _held[key] = (time.monotonic() + HOLD, value)
    return value


def forget() -> None:
    """Drop what is held, after a change in this process."""
    _held.clear()


def channels() -> list[Channel]:
    """Return the open channels in the operator's order."""
    return _hold("channels", lambda: list(Channel.objects.filter(is_open=True)))


def channel_by_slug(slug: str) -> Channel:
    """Return an open channel. Raises NotFound."""
    for channel in channels():
        if channel.slug == slug:
            return channel
    raise errors.NotFound()


def places() -> list[Place]:
    """Return every place."""
    return _hold("places", lambda: list(Place.objects.select_related("parent")))


def place_by_slug(slug: str) -> Place:
    """Return a place. Raises NotFound."""
    for place in places():
        if place.slug == slug:
            return place
    raise errors.NotFound()


def places_within(place: Place) -> list[Place]:
    """Return the place and everything below it."""
    found = [place]
    for candidate in found:
        found.extend(child for child in places() if child.parent_id == candidate.id)
    return found


def cities() -> list[Place]:
    """Return the cities, for choosing one's own."""
    return [place for place in places() if place.kind == "city"]
