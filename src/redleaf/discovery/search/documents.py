"""What is indexed of each kind of thing, read from the rooms that own it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from redleaf.accounts import selectors as accounts
from redleaf.discovery.search import showing
from redleaf.discovery.search.engine import Entry, facts_of
from redleaf.discovery.search.registry import KINDS, Kind, register
from redleaf.editions import selectors as editions
from redleaf.editions.models import Place
from redleaf.notes.selectors import texts

NO_ID = UUID(int=0)
PRIOR = {"topic": 4.0, "place": 4.0}  # there are few of them, and they should not drown in people


def entries_of(kind: str, ids: Sequence[UUID]) -> list[Entry]:
    """Return the entries of those of these things that a search may find."""
    return KINDS[kind].entries(ids) if kind in KINDS else []


def all_entries() -> Iterator[Entry]:
    """Yield every entry there is, a thousand rows at a time."""
    for kind in KINDS.values():
        yield from kind.every()


def present_ids() -> dict[str, set[UUID]]:
    """Return the ids of everything that belongs into the index, by kind."""
    return {name: kind.present() for name, kind in KINDS.items()}


def topic_ids() -> set[UUID]:
    return {row["id"] for row in texts.topic_texts()}


def place_ids() -> set[UUID]:
    return {place.id for place in editions.places()}


def install() -> None:
    """Register the kinds that this room knows from the rooms below it."""
    register(
        Kind(
            "note",
            entries=lambda ids: [note_entry(row) for row in texts.listed_texts(ids)],
            every=lambda: map(note_entry, _walk(texts.listed_texts_after)),
            present=texts.listed_ids,
            draw="notes",
            by_text=True,
            label=_("Notes"),
            show=showing.titles,
            hint=showing.title_hint,
            hints=5,
        )
    )
    register(
        Kind(
            "person",
            entries=lambda ids: [person_entry(row) for row in accounts.texts_of(ids)],
            every=lambda: map(person_entry, _walk(accounts.texts_after)),
            present=accounts.open_ids,
            draw="people",
            label=_("People"),
            show=showing.people,
            template="discovery/kinds/_people.html",
            context=showing.followed,
            hint=showing.person_hint,
        )
    )
    register(
        Kind(
            "topic",
            entries=lambda ids: [topic_entry(row) for row in texts.topic_texts(ids)],
            every=lambda: map(topic_entry, texts.topic_texts()),
            present=topic_ids,
            draw="topics",
            label=_("Topics"),
            show=showing.topics,
            template="discovery/kinds/_topics.html",
            few=8,
            hint=showing.topic_hint,
        )
    )
    register(
        Kind(
            "place",
            entries=lambda ids: [place_entry(one) for one in editions.places() if one.id in ids],
            every=lambda: map(place_entry, editions.places()),
            present=place_ids,
            draw="places",
            label=_("Places"),
            show=showing.places,
            template="discovery/kinds/_places.html",
            hint=showing.place_hint,
            hints=2,
        )
    )


def _walk(after: Callable[[UUID], list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    last = NO_ID
    while rows := after(last):
        yield from rows
        last = rows[-1]["id"]


def author_fact(author_id: UUID) -> str:
    """Return the mark by which the notes of an author are left out."""
    return f"author:{author_id.hex}"


def note_entry(row: dict[str, Any]) -> Entry:
    """Return the entry of a row of notes.selectors.texts."""
    place = _names(row["place_names"])
    having = [
        name
        for name, has in (("pictures", row["has_pictures"]), ("video", row["has_video"]))
        if has
    ]
    return Entry(
        kind="note",
        id=row["id"],
        title=row["title"],
        topics=row["topics"] or "",
        body=row["body"],
        about=f"{row['display_name']} {row['handle']} {place} {row['place_detail']}",
        language=row["language"],
        facts=(
            author_fact(row["author_id"]),
            *facts_of(
                language=row["language"],
                channel=row["channel"] or "",
                having=having,
                place=_within(row["place_id"]),
                helped="yes" if row["is_helpful"] else "",
            ),
        ),
        published=int(row["published_at"].timestamp()),
        by_text=True,
    )


def _within(place_id: UUID | None) -> list[str]:
    """Return the slugs of a place and of those that it lies in."""
    if place_id is None:
        return []
    known = {place.id: place for place in editions.places()}
    found: list[str] = []
    place = known.get(place_id)
    while place is not None and place.slug not in found:
        found.append(place.slug)
        place = known.get(place.parent_id) if place.parent_id else None
    return found


def person_entry(row: dict[str, Any]) -> Entry:
    handle = row["handle"]
    return Entry(
        kind="person",
        id=row["id"],
        title=f"{row['display_name']} {handle} {handle.replace('_', '')}",
        about=row["bio"],
        language=row["language"],
    )


def topic_entry(row: dict[str, Any]) -> Entry:
    names = f"{row['name']} {_names(row['names'])} {row['also'] or ''}"
    return Entry(kind="topic", id=row["id"], title=names, prior=PRIOR["topic"])


def place_entry(place: Place) -> Entry:
    names = _names(place.names)
    return Entry(kind="place", id=place.id, title=names, about=place.slug, prior=PRIOR["place"])


def _names(names: dict[str, str] | None) -> str:
    values: Iterable[str] = (names or {}).values()
    return " ".join(dict.fromkeys(values))
