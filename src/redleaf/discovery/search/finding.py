"""Answering what was typed: notes, people, topics and places, by the index or without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from redleaf.core import clock
from redleaf.core.errors import Invalid
from redleaf.core.paging import decode_cursor, encode_cursor
from redleaf.core.text import clean_line
from redleaf.discovery.search import asking, documents, engine, fallback
from redleaf.discovery.search.registry import KINDS
from redleaf.discovery.search.words import cut_query, without_asking
from redleaf.graph.selectors import Viewer, followed_ids, hidden_accounts, quieted_accounts
from redleaf.notes.selectors import cards_of, filters, texts
from redleaf.notes.selectors.candidates import listed_rows

QUERY_LENGTH = 120
PAGE = 12  # the next dozen comes by itself when the reader gets there
DEEPEST = 2400  # a search is refined, not read to the end
SORTS = ("best", "new", "saved")
HAVING = ("pictures", "video")
TIMES = {"day": 1, "week": 7, "month": 31, "year": 366}  # days
WHOSE = ("followed",)
HOUR, DAY = 3600, 86_400  # seconds
SAVED_AMONG = 480  # of so many notes that fit best, the most saved come first
RELATED_PIECES = 6
PLAINLY = 2  # the mode of a page that was found without an index
BY_SAVES = 3  # the mode of a page of the most saved
NOTHING = cut_query("")
FALLBACKS: dict[str, Callable[[str, int], list[UUID]]] = {
    "person": fallback.people,
    "topic": fallback.topics,
    "place": fallback.places,
}


@dataclass(frozen=True)
class Asked:
    """What the reader wants to find, and where the page begins.

    With `exact`, what was typed is not respelt.
    """

    text: str
    sort: str = "best"
    language: str = ""
    channel: str = ""
    place: str = ""
    time: str = ""
    whose: str = ""
    having: str = ""
    helpful: bool = False
    exact: bool = False
    after: str = ""

    @property
    def filters(self) -> list[str]:
        """Return the names of the filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters)

    @staticmethod
    def empty(name: str) -> "str | bool":
        """Return what a filter is when it is not set."""
        return False if name == "helpful" else ""


FILTERS = ("having", "helpful", "time", "whose", "language", "place", "channel")


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

    Only notes that everybody may see are indexed, and each is held against the lists of those all
    the same, as on Explore: what was hidden a moment ago, or is by somebody whom a block hides from
    the viewer, is not shown. Raises Invalid for a broken cursor.
    """
    found = find_note_ids(viewer, asked)
    hidden = hidden_accounts(viewer)
    rows = [row for row, author in listed_rows(found.ids) if author not in hidden]
    found.cards = cards_of(viewer, rows, language)
    return found


def find_note_ids(viewer: Viewer, asked: Asked) -> Found:
    """Return a page of notes by their ids, which the caller brings through the read policy.

    Raises Invalid for a broken cursor.
    """
    place = _place_of(asked.after)
    if place.mode == PLAINLY:
        return _plainly(viewer, asked, place)
    question = _question(viewer, asked)
    if question is None:
        return Found()
    try:
        reader = engine.reader()
        if asked.sort == "saved":
            return _most_saved(viewer, asked, question, place)
        found = asking.answer(reader, asked.text, question, _begin(asked, place), PAGE)
    except engine.Unavailable:
        return _plainly(viewer, asked, asking.Place(PLAINLY))
    return Found(
        ids=_kept(viewer, found.ids),
        next_cursor=_cursor(found.following),
        corrected="" if asked.exact else found.corrected or place.corrected,
        instead=found.instead,
        is_loose=found.is_loose,
    )


def _question(viewer: Viewer, asked: Asked) -> engine.Question | None:
    """Return the question with every filter but the words; None where nobody's notes are asked."""
    among: tuple[str, ...] = ()
    if asked.whose == "followed":
        among = tuple(documents.author_fact(account) for account in followed_ids(viewer))
        if not among:
            return None
    since = 0
    if asked.time:  # to the hour, so that the same question is answered once
        since = (int(clock.now().timestamp()) - TIMES[asked.time] * DAY) // HOUR * HOUR
    return engine.Question(
        NOTHING,
        facts=engine.facts_of(
            language=asked.language,
            channel=asked.channel,
            having=asked.having,
            place=asked.place,
            helped="yes" if asked.helpful else "",
        ),
        among=among,
        without=tuple(documents.author_fact(account) for account in quieted_accounts(viewer)),
        since=since,
        newest_first=asked.sort == "new",
    )


def _begin(asked: Asked, place: asking.Place) -> asking.Place:
    """Return where to begin: with `exact` at a place whose spelling is settled as typed."""
    if asked.exact and not place.corrected:
        return replace(place, corrected=asked.text)
    return place


def _most_saved(
    viewer: Viewer, asked: Asked, question: engine.Question, place: asking.Place
) -> Found:
    """Return a page of the notes that fit best, by how often they were saved."""
    reader, begin = engine.reader(), _begin(asked, asking.Place())
    whole = replace(question, cutting=cut_query(without_asking(asked.text)), limit=SAVED_AMONG)
    found = asking.Answer(reader.texts(whole), None)
    if not found.ids:
        found = asking.answer(reader, asked.text, question, begin, SAVED_AMONG)
    ids = texts.most_saved_first(found.ids)
    end = place.offset + PAGE
    return Found(
        ids=_kept(viewer, ids[place.offset : end]),
        next_cursor=_cursor(asking.Place(BY_SAVES, end) if len(ids) > end else None),
        corrected="" if asked.exact else found.corrected,
        instead=found.instead,
        is_loose=found.is_loose,
    )


def _place_of(after: str) -> asking.Place:
    if not after:
        return asking.Place()
    mode, offset, corrected = decode_cursor(after, (int, int, str))
    if mode not in {0, 1, PLAINLY, BY_SAVES} or not 0 <= offset <= DEEPEST:
        raise Invalid("bad_cursor", _("This link to the next page is broken. Start again."))
    return asking.Place(mode, offset, clean_query(corrected))


def _cursor(place: asking.Place | None) -> str | None:
    if place is None or place.offset >= DEEPEST:
        return None
    return encode_cursor(place.mode, place.offset, place.corrected)


def _kept(viewer: Viewer, note_ids: list[UUID]) -> list[UUID]:
    shown = filters.kept_ids(viewer, note_ids)
    return [note_id for note_id in note_ids if note_id in shown]


def _plainly(viewer: Viewer, asked: Asked, place: asking.Place) -> Found:
    ids = fallback.notes(asked.text, offset=place.offset, limit=PAGE + 1)
    more = asking.Place(PLAINLY, place.offset + PAGE) if len(ids) > PAGE else None
    return Found(ids=_kept(viewer, ids[:PAGE]), next_cursor=_cursor(more), is_plain=True)


def find_named(viewer: Viewer, text: str, limits: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return what the page shows of each of these kinds: at most so many of each.

    Kinds are registered names ("person", "topic", "place", …). Those by name are found in one
    search. A kind that does not say how it is shown comes as ids.
    """
    ids = _ids_of(text, {kind: limit * 2 for kind, limit in limits.items()})
    found: dict[str, list[Any]] = {}
    for kind, limit in limits.items():
        show = KINDS[kind].show
        found[kind] = (show(viewer, text, ids[kind]) if show else ids[kind])[:limit]
    return found


def _ids_of(text: str, limits: Mapping[str, int]) -> dict[str, list[UUID]]:
    """Return ids of these kinds by name, or of one by text as the notes are found."""
    named = {kind: limit for kind, limit in limits.items() if not KINDS[kind].by_text}
    try:
        reader = engine.reader()
        found = reader.named(cut_query(text), named) if named else {}
        for kind in limits.keys() - named.keys():
            question = engine.Question(NOTHING, kind=kind)
            found[kind] = asking.answer(reader, text, question, asking.Place(), limits[kind]).ids
        return found
    except engine.Unavailable:
        return {
            kind: FALLBACKS[kind](text, limit) if kind in FALLBACKS else []
            for kind, limit in limits.items()
        }


def related_topics(viewer: Viewer, text: str, limit: int = 8) -> list[Any]:
    """Return topics that share a word, or two neighbouring characters, with what found nothing."""
    pieces = [unit.words[0] if unit.words else unit.pairs[0] for unit in cut_query(text).units]
    found: dict[UUID, None] = {}
    for piece in pieces[:RELATED_PIECES]:
        found.update(dict.fromkeys(_ids_of(piece, {"topic": 4})["topic"]))
    show = KINDS["topic"].show
    return show(viewer, text, list(found))[:limit] if show and found else []


def loosened(viewer: Viewer, asked: Asked) -> list[str]:
    """Return the filters, by their names in Asked, without which alone something is found."""
    found: list[str] = []
    for name in asked.filters:
        without: dict[str, Any] = {name: Asked.empty(name)}
        if find_note_ids(viewer, replace(asked, after="", **without)).ids:
            found.append(name)
    return found
