"""What is indexed of each kind of thing, read from the rooms that own it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from redleaf.accounts import selectors as accounts
from redleaf.discovery.search.engine import Entry, facts_of
from redleaf.editions import selectors as editions
from redleaf.editions.models import Place
from redleaf.notes.selectors import texts

NO_ID = UUID(int=0)


def entries_of(kind: str, ids: Sequence[UUID]) -> list[Entry]:
    """Return the entries of those of these things that a search may find."""
    if kind == "note":
        return [_note(row) for row in texts.listed_texts(ids)]
    if kind == "person":
        return [_person(row) for row in accounts.texts_of(ids)]
    if kind == "topic":
        return [_topic(row) for row in texts.topic_texts(ids)]
    wanted = set(ids)
    return [_place(place) for place in editions.places() if place.id in wanted]


def all_entries() -> Iterator[Entry]:
    """Yield every entry there is, a thousand rows at a time."""
    last = NO_ID
    while rows := texts.listed_texts_after(last):
        yield from map(_note, rows)
        last = rows[-1]["id"]
    last = NO_ID
    while rows := accounts.texts_after(last):
        yield from map(_person, rows)
        last = rows[-1]["id"]
    yield from map(_topic, texts.topic_texts())
    yield from map(_place, editions.places())


def present_ids() -> dict[str, set[UUID]]:
    """Return the ids of everything that belongs into the index, by kind."""
    return {
        "note": texts.listed_ids(),
        "person": accounts.open_ids(),
        "topic": topic_ids(),
        "place": place_ids(),
    }


def topic_ids() -> set[UUID]:
    return {row["id"] for row in texts.topic_texts()}


def place_ids() -> set[UUID]:
    return {place.id for place in editions.places()}


def author_fact(author_id: UUID) -> str:
    """Return the mark by which the notes of an author are left out."""
    return f"author:{author_id.hex}"


def _note(row: dict[str, Any]) -> Entry:
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
            *facts_of(language=row["language"], channel=row["channel"] or "", having=having),
        ),
        published=int(row["published_at"].timestamp()),
    )


def _person(row: dict[str, Any]) -> Entry:
    handle = row["handle"]
    return Entry(
        kind="person",
        id=row["id"],
        title=f"{row['display_name']} {handle} {handle.replace('_', '')}",
        about=row["bio"],
        language=row["language"],
    )


def _topic(row: dict[str, Any]) -> Entry:
    names = f"{row['name']} {_names(row['names'])} {row['also'] or ''}"
    return Entry(kind="topic", id=row["id"], title=names)


def _place(place: Place) -> Entry:
    return Entry(kind="place", id=place.id, title=_names(place.names), about=place.slug)


def _names(names: dict[str, str] | None) -> str:
    values: Iterable[str] = (names or {}).values()
    return " ".join(dict.fromkeys(values))
