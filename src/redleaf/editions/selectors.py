"""Reads of channels and places; both change rarely and are held for a minute."""

import math
import time
from collections.abc import Callable
from typing import TypeVar

from redleaf.core import errors
from redleaf.editions.models import Channel, Place

T = TypeVar("T")
EARTH = 6371.0  # its mean radius in kilometres
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


def nearest(latitude: float, longitude: float, *, within: float) -> list[tuple[Place, float]]:
    """Return the places whose middle lies at most `within` kilometres away, with how far, the
    nearest first. A place whose middle is not known is near nothing."""
    found = [
        (place, distance(latitude, longitude, place.latitude, place.longitude))
        for place in places()
        if place.latitude is not None and place.longitude is not None
    ]
    return sorted(
        [(place, far) for place, far in found if far <= within],
        key=lambda item: (item[1], item[0].slug),
    )


def near(place: Place, *, within: float) -> list[tuple[Place, float]]:
    """Return the places around a place, as `nearest` does; not itself nor what lies within it."""
    if place.latitude is None or place.longitude is None:
        return []
    own = {item.id for item in places_within(place)}
    return [
        item
        for item in nearest(place.latitude, place.longitude, within=within)
        if item[0].id not in own
    ]


def distance(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Return the kilometres between two points in degrees, along a great circle (haversine)."""
    north, north_2 = math.radians(latitude), math.radians(latitude_2)
    half = (
        math.sin((north_2 - north) / 2) ** 2
        + math.cos(north)
        * math.cos(north_2)
        * math.sin(math.radians(longitude_2 - longitude) / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
