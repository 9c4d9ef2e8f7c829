"""Nearby: notes around a place that a reader chose, or once around where the reader is.

Off until somebody chooses. Of a choice the place's name is kept; of a position nothing. A browser
sends it rounded to a cell of 0.01 degree (about a kilometre), in the body of a POST, which no log
of requests holds, and what is asked about it is forgotten with the answer.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from markupsafe import escape

from redleaf.core import ids
from redleaf.core.errors import Invalid, NotFound
from redleaf.core.paging import Page
from redleaf.discovery import steering
from redleaf.editions import selectors as editions
from redleaf.editions.models import Place
from redleaf.graph.selectors import Viewer
from redleaf.notes.selectors import cards_of, lists
from redleaf.notes.selectors.cards import CardRow

WITHIN = 30.0  # kilometres
HERE = 1.5  # kilometres; less than this is "in"
_CELL = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)")
_REF = re.compile(r'data-note="([0-9a-z]{26})"')
_BY = '<div class="by">'


@dataclass(frozen=True)
class Spot:
    """A place with its distance in kilometres; None when it is the chosen one or within it."""

    place: Place
    far: float | None = None

    @property
    def words(self) -> str:
        """Return "in Toronto" or "Markham, about 23 km"."""
        if self.far is None or self.far < HERE:
            return _("in %(place)s") % {"place": self.place.name}
        return _("%(place)s, about %(distance)s km") % {
            "place": self.place.name,
            "distance": round(self.far),
        }


def chosen_place(viewer: Viewer, cookie: str) -> Place | None:
    """Return the place that a member, or a visitor by their cookie, chose; None while it is off."""
    slug = cookie if viewer is None else steering.steering_of(viewer).nearby
    if not slug:
        return None
    try:
        return editions.place_by_slug(slug)
    except NotFound:  # the operator took it away, or somebody wrote the cookie by hand
        return None


def choices() -> list[tuple[str, list[Place]]]:
    """Return the cities and campuses to choose from, by province."""
    groups: dict[str, list[Place]] = {}
    for place in editions.places():
        if place.kind in {"city", "campus"}:
            groups.setdefault(_top(place).name, []).append(place)
    return sorted(
        (name, sorted(found, key=lambda place: place.name)) for name, found in groups.items()
    )


def checked(slug: str) -> Place:
    """Return the place of a choice. Raises Invalid for one that is not offered."""
    for _name, places in choices():
        for place in places:
            if place.slug == slug:
                return place
    raise Invalid("no_such_place", _("Choose one of the places in the list."), field="place")


def around(place: Place) -> list[Spot]:
    """Return the place with all within it, and the places at most 30 km from its middle."""
    return [
        *(Spot(item) for item in editions.places_within(place)),
        *(Spot(item, far) for item, far in editions.near(place, within=WITHIN)),
    ]


def around_cell(text: str) -> list[Spot]:
    """Return the places at most 30 km from a cell, written as "43.65,-79.38", the nearest first.

    More exact numbers are rounded to the cell first. Raises Invalid for anything else, without
    repeating it.
    """
    found = _CELL.fullmatch(text)
    if found is not None:
        latitude, longitude = round(float(found[1]), 2), round(float(found[2]), 2)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return [
                Spot(place, far)
                for place, far in editions.nearest(latitude, longitude, within=WITHIN)
            ]
    raise Invalid("bad_cell", _("That is not a place on the map."), field="cell")


def notes_of(
    viewer: Viewer, spots: list[Spot], *, newest: bool = False, after: str = ""
) -> Page[CardRow]:
    """Return the notes about these places that everybody may see, by rank or newest first."""
    return lists.listed_notes(
        viewer,
        place_ids=[spot.place.id for spot in spots],
        by="published_at" if newest else "rank",
        after=after,
    )


def cards(viewer: Viewer, spots: list[Spot], rows: list[CardRow], language: str) -> list[str]:
    """Return the cards of these notes, each with where it is in words."""
    where: dict[UUID, Spot] = {spot.place.id: spot for spot in spots}
    places = lists.places_of([row.note_id for row in rows])
    made = []
    for card in cards_of(viewer, rows, language):
        found = _REF.search(card)
        spot = where.get(places[ids.decode(found[1])]) if found is not None else None
        words = f'<p class="away">{escape(spot.words)}</p>' if spot is not None else ""
        made.append(card.replace(_BY, f"{words}{_BY}", 1))
    return made


def _top(place: Place) -> Place:
    by_id = {item.id: item for item in editions.places()}
    while place.parent_id is not None:
        place = by_id[place.parent_id]
    return place
