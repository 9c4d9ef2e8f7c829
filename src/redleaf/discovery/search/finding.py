"""Answering what was typed: notes, people, topics and places, by the index or without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from redleaf.accounts import selectors as accounts
from redleaf.core.errors import Invalid
from redleaf.core.paging import decode_cursor, encode_cursor
from redleaf.core.text import clean_line
from redleaf.discovery.search import asking, documents, engine, fallback
from redleaf.discovery.search.words import cut_query
from redleaf.editions import selectors as editions
from redleaf.editions.models import Place
from redleaf.graph.selectors import Viewer, hidden_accounts, quieted_accounts
from redleaf.notes.selectors import cards, texts

QUERY_LENGTH = 120
PAGE = 12  # the next dozen comes by itself when the reader gets there
DEEPEST = 2400  # a search is refined, not read to the end
SORTS = ("best", "new")
HAVING = ("pictures", "video")
PLAINLY = 2  # the mode of a page that was found without an index
NOTHING = cut_query("")
FALLBACKS: dict[str, Callable[[str, int], list[UUID]]] = {
    "person": fallback.people,
    "topic": fallback.topics,
    "place": fallback.places,
}


@dataclass(frozen=True)
class Asked:
    """What the reader wants to find, and where the page begins."""

    text: str
    sort: str = "best"
    language: str = ""
    channel: str = ""
    having: str = ""
    after: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.language or self.channel or self.having)


@dataclass
class Found:
    """A page of notes, and why it looks as it does."""

    ids: list[UUID] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    next_cursor: str | None = None
    corrected: str = ""  # what was searched instead, when nobody wrote what was typed
    instead: str = ""  # "did you mean": a likelier spelling, only offered
    is_loose: bool = False  # some notes hold only a part of what was asked
    is_plain: bool = False  # there is no index at the moment


def clean_query(text: str) -> str:
    """Return what was typed as one line of at most 120 characters. Raises Invalid."""
    return clean_line(text[: QUERY_LENGTH * 4])[:QUERY_LENGTH].strip()


def find_notes(viewer: Viewer, asked: Asked, *, language: str) -> Found:
    """Return a page of notes as cards for a reader of this language.

    Only notes that everybody may see are indexed, and each goes through the read policy all the
    same. Raises Invalid for a broken cursor.
    """
    found = find_note_ids(viewer, asked)
    found.cards = cards(viewer, found.ids, language)
    return found


def find_note_ids(viewer: Viewer, asked: Asked) -> Found:
    """Return a page of notes by their ids, which the caller brings through the read policy.

    Raises Invalid for a broken cursor.
    """
    place = _place_of(asked.after)
    if place.mode == PLAINLY:
        return _plainly(asked, place)
    without = tuple(documents.author_fact(account) for account in quieted_accounts(viewer))
    question = engine.Question(
        NOTHING,
        facts=engine.facts_of(language=asked.language, channel=asked.channel, having=asked.having),
        without=without,
        newest_first=asked.sort == "new",
    )
    try:
        found = asking.answer(engine.reader(), asked.text, question, place, PAGE)
    except engine.Unavailable:
        return _plainly(asked, asking.Place(PLAINLY))
    return Found(
        ids=found.ids,
        next_cursor=_cursor(found.following),
        corrected=found.corrected or place.corrected,
        instead=found.instead,
        is_loose=found.is_loose,
    )


def _place_of(after: str) -> asking.Place:
    if not after:
        return asking.Place()
    mode, offset, corrected = decode_cursor(after, (int, int, str))
    if mode not in {0, 1, PLAINLY} or not 0 <= offset <= DEEPEST:
        raise Invalid("bad_cursor", _("This link to the next page is broken. Start again."))
    return asking.Place(mode, offset, clean_query(corrected))


def _cursor(place: asking.Place | None) -> str | None:
    if place is None or place.offset >= DEEPEST:
        return None
    return encode_cursor(place.mode, place.offset, place.corrected)


def _plainly(asked: Asked, place: asking.Place) -> Found:
    ids = fallback.notes(asked.text, offset=place.offset, limit=PAGE + 1)
    more = asking.Place(PLAINLY, place.offset + PAGE) if len(ids) > PAGE else None
    return Found(ids=ids[:PAGE], next_cursor=_cursor(more), is_plain=True)


def find_named(viewer: Viewer, text: str, limits: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return what the page shows of each of these kinds, found by name in one search.

    Kinds are registered names ("person", "topic", "place"); at most so many of each. People are
    open accounts without those whom a block hides, topics are those that notes name, the most used
    first; other kinds come as ids, for the room that registered them to read.
    """
    ids = _named(text, {kind: limit * 2 for kind, limit in limits.items()})
    shown = {kind: _SHOWN[kind](viewer, text, ids[kind]) for kind in limits if kind in _SHOWN}
    return {kind: shown.get(kind, ids[kind])[: limits[kind]] for kind in limits}


def find_people(viewer: Viewer, text: str, limit: int) -> list[dict[str, Any]]:
    """Return open accounts by name or handle, without those whom a block hides."""
    return find_named(viewer, text, {"person": limit})["person"]


def find_topics(text: str, limit: int) -> list[dict[str, Any]]:
    """Return topics that notes name, by any of their spellings, the most used first."""
    return find_named(None, text, {"topic": limit})["topic"]


def find_places(text: str, limit: int) -> list[Place]:
    """Return places by their name in any language."""
    return find_named(None, text, {"place": limit})["place"]


def _people(viewer: Viewer, text: str, ids: list[UUID]) -> list[Any]:
    hidden = hidden_accounts(viewer) if ids else frozenset()
    known = accounts.summary(item for item in ids if item not in hidden)
    people = [known[item] for item in ids if item in known]
    exact = text.lstrip("@").casefold()
    return sorted(people, key=lambda one: exact not in {one["handle"], one["name"].casefold()})


def _topics(_viewer: Viewer, _text: str, ids: list[UUID]) -> list[Any]:
    return texts.topics_by_id(ids) if ids else []


def _places(_viewer: Viewer, _text: str, ids: list[UUID]) -> list[Any]:
    known = {place.id: place for place in editions.places()}
    return [known[item] for item in ids if item in known]


_SHOWN: dict[str, Callable[[Viewer, str, list[UUID]], list[Any]]] = {
    "person": _people,
    "topic": _topics,
    "place": _places,
}


def suggestions(viewer: Viewer, text: str) -> dict[str, list[Any]]:
    """Return a few topics, people, places and note titles that what is being typed may become.

    In any script: names and titles are found by their beginning and, Chinese ones, by pinyin.
    """
    limits = {"topic": 3, "person": 3, "place": 2}
    if text.startswith("@"):
        limits = {"person": 5}
    elif text.startswith("#"):
        limits = {"topic": 5}
    titles = 0 if text.startswith(("@", "#")) else 5
    try:
        ids = asking.suggest(engine.reader(), text, limits, titles)
    except engine.Unavailable:
        ids = {kind: FALLBACKS[kind](text, limit) for kind, limit in limits.items()}
    shown = {kind: _SHOWN[kind](viewer, text, ids[kind]) for kind in limits}
    return {
        "topics": shown.get("topic", []),
        "people": shown.get("person", []),
        "places": shown.get("place", []),
        "titles": texts.titles_of(viewer, ids["note"]) if ids.get("note") else [],
    }


def _named(text: str, limits: Mapping[str, int]) -> dict[str, list[UUID]]:
    try:
        return engine.reader().named(cut_query(text), limits)
    except engine.Unavailable:
        return {
            kind: FALLBACKS[kind](text, limit) if kind in FALLBACKS else []
            for kind, limit in limits.items()
        }
