"""From what was typed to a page of ids: first what has all of it, then what has some.

Knows the port and nothing of people or databases; pages and `redleaf bench search` both ask here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from redleaf.discovery.search import spelling
from redleaf.discovery.search.engine import Question, Reader
from redleaf.discovery.search.words import cut_query, without_asking

ENOUGH = 12  # things that hold all of a query; with fewer, its sound and its spelling are tried
FEW = 3  # with at most so many, a likelier spelling is offered


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: at an offset among what has all of the query (mode 0), or some (1)."""

    mode: int = 0
    offset: int = 0
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of a page, where the next one begins (None at the end), and how it was found.

    `corrected` was searched instead of what was typed, because nothing holds that; `instead` is
    only offered, because much more holds it.
    """

    ids: list[UUID]
    following: Place | None
    corrected: str = ""
    instead: str = ""
    is_loose: bool = False


def answer(reader: Reader, text: str, question: Question, place: Place, size: int) -> Answer:
    """Return the page of `size` ids that begins at a place. Raises Unavailable.

    The question says kind, filters and order; its cutting, offset and limit are set here.
    """
    wanted = place.corrected or text
    asked = replace(question, cutting=cut_query(without_asking(wanted)))
    if place != Place():
        return _page(reader, asked, place, size)
    whole = reader.texts(replace(asked, offset=0, limit=max(size, ENOUGH) + 1))
    if len(whole) < ENOUGH:
        sounding = reader.texts(replace(asked, by_sound=True, offset=0, limit=size + 1))
        if len(sounding) > len(whole):
            return Answer(list(dict.fromkeys([*whole, *sounding]))[:size], None)
    if not whole:
        better = spelling.respelt(text, reader)
        if better:
            mended = replace(asked, cutting=cut_query(without_asking(better)))
            found = _page(reader, mended, Place(corrected=better), size)
            if found.ids:
                return replace(found, corrected=better)
    found = _page(reader, asked, Place(), size)
    if len(whole) > FEW or question.is_filtered:
        return found
    return replace(found, instead=spelling.likelier(text, reader))


def suggest(
    reader: Reader, text: str, limits: Mapping[str, int], titles: int
) -> dict[str, list[UUID]]:
    """Return ids of named things of these kinds, and of notes by title under "note", that begin
    with what is being typed: in its script, or as pinyin that may be unfinished.

    Raises Unavailable.
    """
    cutting = cut_query(text)
    found = reader.named(cutting, limits, typed=True)
    return {**found, "note": reader.beginning(cutting, titles) if titles else []}


def _page(reader: Reader, question: Question, place: Place, size: int) -> Answer:
    """Read on in what has everything, and where that ends in what has something."""
    ids: list[UUID] = []
    mode, offset = place.mode, place.offset
    if mode == 0:
        found = reader.texts(replace(question, offset=offset, limit=size + 1))
        if len(found) > size:
            return Answer(found[:size], Place(0, offset + size, place.corrected))
        if question.newest_first and (found or offset):
            return Answer(found, None)
        ids, offset = found, 0
    room = size - len(ids)
    some = reader.texts(replace(question, partly=True, offset=offset, limit=room + 1))
    following = Place(1, offset + room, place.corrected) if len(some) > room else None
    return Answer([*ids, *some[:room]], following, is_loose=bool(some) or mode == 1)
