"""Answering what was typed: notes, people, topics and places, by the index or without it."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from redleaf.accounts import selectors as accounts
from redleaf.core.errors import Invalid
from redleaf.core.paging import decode_cursor, encode_cursor
from redleaf.core.text import clean_line
from redleaf.discovery.search import documents, engine, fallback, spelling
from redleaf.discovery.search.words import Cutting, cut_query, fold
from redleaf.editions import selectors as editions
from redleaf.editions.models import Place
from redleaf.graph.selectors import Viewer, hidden_accounts, quieted_accounts
from redleaf.notes.selectors import cards, texts

T = TypeVar("T")
QUERY_LENGTH = 120
PAGE = 12  # the next dozen comes by itself when the reader gets there
ENOUGH = 12  # notes that hold all of a query; with fewer, notes that hold some of it follow
DEEPEST = 2400  # a search is refined, not read to the end
SORTS = ("best", "new")
HAVING = ("pictures", "video")


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
    is_loose: bool = False  # some notes hold only a part of what was asked
    is_plain: bool = False  # there is no index at the moment


def clean_query(text: str) -> str:
    """Return what was typed as one line of at most 120 characters. Raises Invalid."""
    return clean_line(text[: QUERY_LENGTH * 4])[:QUERY_LENGTH].strip()


@dataclass(frozen=True)
class _Place:
    """Where a page begins: strict (0), loose (1) or without an index (2), and after how many."""

    mode: int = 0
    offset: int = 0
    corrected: str = ""


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
    found = Found(corrected=place.corrected)
    if place.mode == 2:
        ids, place = _plainly(asked, place, found)
    else:
        try:
            ids, place = _by_index(viewer, asked, place, found)
        except engine.Unavailable:
            ids, place = _plainly(asked, _Place(2), found)
    found.ids = ids[:PAGE]
    offset = place.offset + PAGE
    if len(ids) > PAGE and offset < DEEPEST:
        found.next_cursor = encode_cursor(place.mode, offset, place.corrected)
    return found


def _place_of(after: str) -> _Place:
    if not after:
        return _Place()
    mode, offset, corrected = decode_cursor(after, (int, int, str))
    if mode not in {0, 1, 2} or not 0 <= offset <= DEEPEST:
        raise Invalid("bad_cursor", _("This link to the next page is broken. Start again."))
    return _Place(mode, offset, clean_query(corrected))


def _by_index(
    viewer: Viewer, asked: Asked, place: _Place, found: Found
) -> tuple[list[UUID], _Place]:
    reader = engine.reader()
    without = tuple(documents.author_fact(account) for account in quieted_accounts(viewer))
    question = engine.Question(
        cut_query(place.corrected or asked.text),
        facts=engine.facts_of(language=asked.language, channel=asked.channel, having=asked.having),
        without=without,
        newest_first=asked.sort == "new",
        offset=place.offset,
        limit=PAGE + 1,
    )
    if asked.after:
        found.is_loose = place.mode == 1
        return reader.notes(replace(question, any_unit=place.mode == 1)), place
    ids = reader.notes(question)
    if not ids and not asked.is_filtered:
        better = _respelt(question.cutting, asked.text, reader)
        if better:
            corrected = reader.notes(replace(question, cutting=cut_query(better)))
            if corrected:
                found.corrected = better
                return corrected, _Place(0, 0, better)
    if len(ids) >= ENOUGH:
        return ids, place
    loose = reader.notes(replace(question, any_unit=True))
    if len(loose) > len(ids):
        found.is_loose = True
        return loose, _Place(1)
    return ids, place


def _respelt(cutting: Cutting, text: str, reader: engine.Reader) -> str:
    """Return the query with its unknown words respelt, or nothing."""
    words = tuple(word for unit in cutting.units for word in unit.words)
    better = spelling.corrected(words, reader.vocabulary)
    if not better:
        return ""
    parts = [better.get(fold(part), part) for part in text.split()]
    return " ".join(parts) if parts != text.split() else ""


def _plainly(asked: Asked, place: _Place, found: Found) -> tuple[list[UUID], _Place]:
    found.is_plain = True
    return fallback.notes(asked.text, offset=place.offset, limit=PAGE + 1), place


def find_people(viewer: Viewer, text: str, limit: int) -> list[dict[str, Any]]:
    """Return open accounts by name or handle, without those whom a block hides."""
    ids = _named("person", text, limit, fallback.people)
    hidden = hidden_accounts(viewer) if ids else frozenset()
    known = accounts.summary(item for item in ids if item not in hidden)
    people = [known[item] for item in ids if item in known]
    exact = text.lstrip("@").casefold()
    return sorted(people, key=lambda one: exact not in {one["handle"], one["name"].casefold()})


def find_topics(text: str, limit: int) -> list[dict[str, Any]]:
    """Return topics that notes name, by any of their spellings, the most used first."""
    ids = _named("topic", text, limit * 2, fallback.topics)
    return texts.topics_by_id(ids)[:limit] if ids else []


def find_places(text: str, limit: int) -> list[Place]:
    """Return places by their name in any language."""
    known = {place.id: place for place in editions.places()}
    ids = _named("place", text, limit, fallback.places)
    return [known[item] for item in ids if item in known]


def suggestions(viewer: Viewer, text: str) -> dict[str, list[Any]]:
    """Return a few people, topics and note titles that what is being typed may become."""
    titles: list[dict[str, Any]] = []
    if not text.startswith(("@", "#")):
        with contextlib.suppress(engine.Unavailable):
            titles = texts.titles_of(viewer, engine.reader().beginning(cut_query(text), 5))
    return {
        "topics": [] if text.startswith("@") else find_topics(text, 3),
        "people": [] if text.startswith("#") else find_people(viewer, text, 3),
        "titles": titles,
    }


def _named(
    kind: str, text: str, limit: int, otherwise: Callable[[str, int], list[UUID]]
) -> list[UUID]:
    try:
        return engine.reader().named(kind, cut_query(text), limit)
    except engine.Unavailable:
        return otherwise(text, limit)
