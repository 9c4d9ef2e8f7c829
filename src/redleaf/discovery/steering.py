"""What a member says about Explore: the sliders, what to leave out, what to show less of.

All of it was chosen and nothing of it guessed, so it counts with profiling off as well. One query
reads the whole of it for a page.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from redleaf.accounts import selectors as accounts
from redleaf.core import database
from redleaf.core.errors import Invalid, NotFound
from redleaf.discovery import recording
from redleaf.discovery.models import LessOf, NotInterested
from redleaf.discovery.models import Steering as SteeringRow
from redleaf.discovery.recommend import mixing
from redleaf.editions import selectors as editions
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors import note_for, topics
from redleaf.notes.selectors.texts import titles_of

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

KINDS = ("topic", "author")
LISTED = 200  # of what was left out, the page shows the latest ones


@dataclass(frozen=True)
class Steering:
    """A member's choices; `less_topics` are keys of topics with those joined to them, `nearby` is
    the slug of a place or empty."""

    sliders: dict[str, int] = field(default_factory=dict)
    not_interested: frozenset[UUID] = frozenset()
    less_topics: frozenset[str] = frozenset()
    less_authors: frozenset[UUID] = frozenset()
    nearby: str = ""


NOTHING = Steering()


def steering_of(viewer: Viewer) -> Steering:
    """Return what the viewer chose; nothing for somebody who is not signed in. One query, and a
    second one for those who want less of a topic."""
    own = viewer_id(viewer)
    if own is None:
        return NOTHING
    sliders, nearby, unwanted, authors, subjects = database.values(
        "SELECT s.sliders, s.nearby,"
        " (SELECT array_agg(note_id) FROM discovery_not_interested WHERE account_id = m.id),"
        " (SELECT array_agg(object_id) FROM discovery_less_of"
        "  WHERE account_id = m.id AND kind = 'author'),"
        " (SELECT array_agg(object_id) FROM discovery_less_of"
        "  WHERE account_id = m.id AND kind = 'topic')"
        " FROM (SELECT %(me)s::uuid AS id) m"
        " LEFT JOIN discovery_steering s ON s.account_id = m.id",
        {"me": own},
    )[0]
    return Steering(
        sliders=_known(sliders or {}),
        not_interested=frozenset(unwanted or ()),
        less_topics=topics.keys_of(subjects) if subjects else frozenset(),
        less_authors=frozenset(authors or ()),
        nearby=nearby or "",
    )


def sliders_of(viewer: Viewer) -> dict[str, int]:
    """Return every slider of the viewer; 0 is the middle."""
    return dict.fromkeys(mixing.SLIDERS, 0) | steering_of(viewer).sliders


def places_of(wish: Steering) -> frozenset[str]:
    """Return the slugs of the chosen city and of the places within it; none without a city."""
    if not wish.nearby:
        return frozenset()
    try:
        return frozenset(
            place.slug for place in editions.places_within(editions.place_by_slug(wish.nearby))
        )
    except NotFound:  # the operator closed the place
        return frozenset()


def set_sliders(account: "Account", sliders: dict[str, int]) -> None:
    """Keep the sliders; those that are not given are in the middle. Raises Invalid."""
    try:
        mixing.multipliers(sliders)
    except ValueError:
        raise Invalid(
            "bad_slider", _("A slider stands on a whole number from -2 to 2."), field="sliders"
        ) from None
    chosen = {name: value for name, value in sliders.items() if value}
    SteeringRow.objects.update_or_create(account=account, defaults={"sliders": chosen})


def more_new_voices(account: "Account") -> int:
    """Move the slider of new voices up by one, at most to its end; return where it stands."""
    with transaction.atomic():
        SteeringRow.objects.get_or_create(account=account)
        row = SteeringRow.objects.select_for_update().get(account=account)
        value = min(mixing.HIGHEST, _known(row.sliders).get("new_voices", 0) + 1)
        row.sliders = {name: number for name, number in row.sliders.items() if number}
        row.sliders["new_voices"] = value
        row.save(update_fields=["sliders"])
    return value


def set_nearby(account: "Account", slug: str) -> None:
    """Choose a city for Nearby, or none with an empty slug. Raises NotFound for no such place."""
    if slug:
        editions.place_by_slug(slug)
    SteeringRow.objects.update_or_create(account=account, defaults={"nearby": slug})


def not_interested(account: "Account", note_id: UUID) -> None:
    """Leave a note out of what is chosen for the member, from the next page on. Raises NotFound.

    With the member's consent to profiling it also counts as a sign of taste.
    """
    note_for(account, note_id)
    with transaction.atomic():
        _row, is_new = NotInterested.objects.get_or_create(account_id=account.id, note_id=note_id)
        if is_new:
            recording.interaction(account.id, note_id, "hide")


def undo_not_interested(account: "Account", note_id: UUID) -> None:
    """Take that back; a note that was not left out stays as it is."""
    with transaction.atomic():
        NotInterested.objects.filter(account_id=account.id, note_id=note_id).delete()
        recording.take_back(account.id, note_id, "hide")


def less_of(account: "Account", kind: str, object_id: UUID) -> None:
    """Show less of a "topic" or of an "author" on Explore: less, not nothing.

    Raises NotFound for another kind and for what is not there; Invalid for oneself.
    """
    if kind == "author" and object_id == account.id:
        raise Invalid("own_notes", _("These are your own notes."))
    if object_id not in names_of(kind, [object_id]):
        raise NotFound()
    LessOf.objects.get_or_create(account_id=account.id, kind=kind, object_id=object_id)


def more_of(account: "Account", kind: str, object_id: UUID) -> None:
    """Take that back; what was not lessened stays as it is."""
    LessOf.objects.filter(account_id=account.id, kind=kind, object_id=object_id).delete()


def left_out(account: "Account") -> dict[str, list[dict[str, Any]]]:
    """Return what the member left out or wants less of, the latest first: `notes` with id and
    title, `topics` and `authors` with id and name. At most 200 of each."""
    notes = NotInterested.objects.filter(account_id=account.id).order_by("-created_at")
    note_ids = list(notes.values_list("note_id", flat=True)[:LISTED])
    shown: dict[str, list[dict[str, Any]]] = {"notes": [], "topics": [], "authors": []}
    titled = {row["id"]: row for row in titles_of(account, note_ids, unfiltered=True)}
    for note_id in note_ids:
        found = titled.get(note_id, {"title": "", "language": ""})
        shown["notes"].append({**found, "id": note_id})
    rows = LessOf.objects.filter(account_id=account.id).order_by("-created_at")[:LISTED]
    for kind in KINDS:
        found_ids = [row.object_id for row in rows if row.kind == kind]
        names = names_of(kind, found_ids)
        shown[f"{kind}s"] = [{"id": item, "name": names.get(item, "")} for item in found_ids]
    return shown


def names_of(kind: str, object_ids: list[UUID]) -> dict[UUID, str]:
    """Return how these topics or authors are called. Raises NotFound for another kind."""
    if kind == "topic":
        return topics.names_of(object_ids)
    if kind == "author":
        return {item: row["name"] for item, row in accounts.summary(object_ids).items()}
    raise NotFound()


def _known(sliders: dict[str, Any]) -> dict[str, int]:
    """Return what this version of the sliders understands of what is kept."""
    return {
        name: value
        for name, value in sliders.items()
        if name in mixing.SLIDERS and type(value) is int and value and abs(value) <= mixing.HIGHEST
    }
