"""What the page shows of people, topics, places and notes that were found by their ids."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext

from redleaf.accounts import selectors as accounts
from redleaf.discovery.search.registry import Hint
from redleaf.editions import selectors as editions
from redleaf.graph.selectors import Viewer, follows_among, hidden_accounts
from redleaf.notes.selectors import texts


def people(viewer: Viewer, text: str, ids: list[UUID]) -> list[Any]:
    """Return open accounts without those whom a block hides, one of exactly this name first."""
    hidden = hidden_accounts(viewer) if ids else frozenset()
    known = accounts.summary(item for item in ids if item not in hidden)
    found = [known[item] for item in ids if item in known]
    exact = text.lstrip("@").casefold()
    return sorted(found, key=lambda one: exact not in {one["handle"], one["name"].casefold()})


def followed(viewer: Viewer, found: list[Any]) -> dict[str, Any]:
    """Return whom of these people the viewer follows, for their buttons."""
    return {"follows": follows_among(viewer, [person["id"] for person in found])}


def person_hint(person: Any) -> Hint:
    return Hint(person["path"], person["name"], f"@{person['handle']}", person=person)


def topics(_viewer: Viewer, _text: str, ids: list[UUID]) -> list[Any]:
    """Return topics that notes name, the most used first."""
    return texts.topics_by_id(ids) if ids else []


def topic_hint(topic: Any) -> Hint:
    name = topic["names"].get(get_language()) or topic["name"]
    count = topic["note_count"]
    more = ngettext("%(num)d note", "%(num)d notes", count) % {"num": count}
    return Hint(reverse("notes:topic", args=[topic["key"]]), f"#{name}", more)


def places(_viewer: Viewer, _text: str, ids: list[UUID]) -> list[Any]:
    known = {place.id: place for place in editions.places()}
    return [known[item] for item in ids if item in known]


def place_hint(place: Any) -> Hint:
    return Hint(reverse("notes:place", args=[place.slug]), place.name, icon="place")


def titles(viewer: Viewer, _text: str, ids: list[UUID]) -> list[Any]:
    """Return id, title and language of the notes that the viewer may read."""
    return texts.titles_of(viewer, ids) if ids else []


def title_hint(note: Any) -> Hint:
    path = reverse("notes:note", args=[note["id"]])
    return Hint(path, note["title"], language=note["language"], icon="leaf")
