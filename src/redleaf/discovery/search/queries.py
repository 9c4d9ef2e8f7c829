"""What is asked of Tantivy: the weights, and the queries made of a cutting.

Every unit of a query (a pair of characters, or a word by its stem) counts where it counts most: the
best of title, topics, body and the rest, and a tenth of the others. Chinese titles also count by
their single characters, which say more than pairs in short texts.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import tantivy

from redleaf.discovery.search.engine import Question
from redleaf.discovery.search.schema import BY_TEXT, SCHEMA
from redleaf.discovery.search.words import Cutting, Unit, stems

TITLE, TOPICS, BODY, ABOUT = 1.0, 0.7, 1.0, 0.4  # of a word, by its stem
PAIR_IN_TITLE, PAIR = 0.3, 0.7  # of a pair of characters: in the title, and elsewhere
CHARACTER = 0.6  # of a single character in the title
OTHERS = 0.1  # what the fields that are not the best one add
JOINED = 0.25  # "headset" for "head set", at most as rare as the words asked for
HEAD = 0.35  # the last word names what the title is about
PHRASE, SLOP = 0.15, 2
PHRASE_MOST = 5000  # bodies that hold the rarest word; beyond, nearness is looked at in titles
SOUND = 0.5  # a title that only sounds so
COMMON = 0.1  # a character in more of the titles than this share finds nothing by itself
NAME, PAIR_IN_NAME, BEGINNING = 2.0, 1.0, 0.5

Query = tantivy.Query
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Frequency = Callable[[str, str], int]  # field, term: how many things hold it


def texts(question: Question, frequency: Frequency, count: int) -> Any:
    """Return the query for things by their text; `count` is how many things there are."""
    cutting = question.cutting
    units = [_unit(unit, others) for unit, others in _joined(cutting, frequency)]
    characters = [
        character
        for character in dict.fromkeys(cutting.plain)
        if not character.isascii() and len(character) == 1
    ]
    extras = [_term("title", character, CHARACTER) for character in characters]
    clauses: list[tuple[Any, Any]]
    if question.partly:
        rare = [c for c in characters if frequency("title", c) <= COMMON * count]
        candidates = [*units, *(_term("title", character, CHARACTER) for character in rare)]
        candidates.extend(_term("title", part) for unit in cutting.units for part in unit.parts)
        extras = [_term("title", c, CHARACTER) for c in characters if c not in rare]
        clauses = [(Must, _any(candidates))]
        clauses.append((MustNot, Query.boolean_query([(Must, unit) for unit in units])))
    else:
        clauses = [(Must, _best_named(units, cutting))]
        clauses.extend((Should, phrase) for phrase in _phrases(cutting, frequency))
    clauses.extend((Should, query) for query in extras)
    alone = frequency("facts", BY_TEXT) == frequency("facts", f"kind:{question.kind}")
    return _filtered(question, clauses, alone=alone)


def sounding(question: Question, spellings: Sequence[tuple[str, ...]]) -> Any:
    """Return the query for things whose title or topics read like one of these rows."""
    ways = [Query.phrase_query(SCHEMA, "sounds", list(way)) for way in spellings]
    return _filtered(question, [(Must, _any(ways))])


def named(
    kinds: Sequence[str], cutting: Cutting, spellings: Sequence[tuple[str, ...]], *, typed: bool
) -> Any:
    """Return the query for things by name, by its sound, or by its initials.

    With `typed` the last syllable may be unfinished, as the last word always may. For several kinds
    there may be things of others among the answers: to filter costs more than to pass over them.
    """
    units = [(Must, _name_unit(unit, cutting)) for unit in cutting.units]
    ways = [Query.boolean_query(units)]
    if len(cutting.plain) > 1:
        near = Query.phrase_query(SCHEMA, "name", list(cutting.plain), SLOP)
        ways[0] = Query.boolean_query([*units, (Should, near)])
    ways.extend(_sound(way, typed=typed) for way in spellings)
    if len(cutting.plain) == 1 and cutting.plain[0].isascii():
        ways.append(_term("initials", cutting.plain[0], SOUND))
    clauses = [(Must, _any(ways))]
    if len(kinds) == 1:
        clauses.append((Must, _fact(f"kind:{kinds[0]}")))
    elif spellings:  # what is by text sounds too, and has no name
        clauses.append((MustNot, _fact(BY_TEXT)))
    return Query.boolean_query(clauses)


def beginning(kind: str, cutting: Cutting, spellings: Sequence[tuple[str, ...]]) -> Any:
    """Return the query for titles of a kind in which these words, or syllables, follow each other,
    the last one perhaps unfinished."""
    words: list[str | tuple[int, str]] = list(cutting.plain)
    if cutting.last:
        query = Query.phrase_prefix_query(SCHEMA, "title", words)
    elif len(words) > 1:
        query = Query.phrase_query(SCHEMA, "title", words)
    else:
        query = Query.term_query(SCHEMA, "title", words[0])
    ways = _any([query, *(_sound(way, typed=True) for way in spellings)])
    return Query.boolean_query([(Must, ways), (Must, _fact(f"kind:{kind}"))])


def _filtered(question: Question, clauses: list[tuple[Any, Any]], *, alone: bool = False) -> Any:
    """Return the query within the question's filters; a kind that is alone in its fields needs no
    filter by kind."""
    if not alone:
        clauses = [*clauses, (Must, _fact(f"kind:{question.kind}"))]
    clauses.extend((Must, _fact(fact)) for fact in question.facts)
    if question.among:
        among = Query.term_set_query(SCHEMA, "facts", list(question.among))
        clauses.append((Must, Query.const_score_query(among, 0.0)))
    if question.since:
        integer = tantivy.FieldType.Integer
        later = Query.range_query(SCHEMA, "published", integer, lower_bound=question.since)
        clauses.append((Must, Query.const_score_query(later, 0.0)))
    if question.without:
        clauses.append((MustNot, Query.term_set_query(SCHEMA, "facts", list(question.without))))
    return Query.boolean_query(clauses)


def _joined(cutting: Cutting, frequency: Frequency) -> list[tuple[Unit, list[tuple[str, float]]]]:
    """Return each unit with the words, and their weights, that two neighbours make together."""
    units = cutting.units
    others: list[list[tuple[str, float]]] = [[] for _ in units]
    for at in range(len(units) - 1):
        first, second = units[at], units[at + 1]
        if not first.words or not second.words or not (first.pairs and second.pairs):
            continue
        made = first.words[0] + second.words[0]
        holders = frequency("words", made)
        if not holders:
            continue
        for place, unit in ((at, first), (at + 1, second)):
            common = frequency("words", unit.words[0])
            weight = JOINED * min(1.0, _rarity(common) / _rarity(holders))
            others[place].extend((stem, weight) for stem in stems(made))
    return list(zip(units, others, strict=True))


def _rarity(holders: int) -> float:
    """Return how much rarer than in a million things; only relations of it are used."""
    return 20.0 - (holders + 1).bit_length()


def _unit(unit: Unit, others: list[tuple[str, float]]) -> Any:
    """Return the query for things that say a unit somewhere, scored where it counts most."""
    ways: list[Any] = []
    if not unit.pairs:
        character = unit.words[0]
        ways = [_term("title", character), _term("topics", character, TOPICS)]
        ways.append(_term("words", character, PAIR))
    elif not unit.words:
        for pair in unit.pairs:
            ways.append(_term("title_pairs", pair, PAIR_IN_TITLE))
            ways.extend(_term(field, pair, PAIR) for field in ("topics", "body", "about"))
    for stem, weight in (*((stem, 1.0) for stem in unit.pairs if unit.words), *others):
        ways.append(_term("title_pairs", stem, TITLE * weight))
        ways.append(_term("topics", stem, TOPICS * weight))
        ways.append(_term("body", stem, BODY * weight))
        ways.append(_term("about", stem, ABOUT * weight))
    if unit.parts:
        parts: list[str | tuple[int, str]] = [stems(part)[0] for part in unit.parts]
        ways.extend(Query.phrase_query(SCHEMA, field, parts) for field in ("title_pairs", "body"))
    return Query.disjunction_max_query(ways, OTHERS)


def _best_named(units: list[Any], cutting: Cutting) -> Any:
    """Return the query for things that hold every unit, higher where the last word of the query
    names what the thing is about."""
    everything = [(Must, unit) for unit in units]
    last = cutting.units[-1]
    if not (last.words and last.pairs):
        return Query.boolean_query(everything)
    named = Query.term_set_query(SCHEMA, "heads", list(last.pairs))
    about = [*everything, (Must, Query.const_score_query(named, 0.0))]
    return Query.disjunction_max_query(
        [
            Query.boolean_query(everything),
            Query.boost_query(Query.boolean_query(about), 1.0 + HEAD),
        ]
    )


def _phrases(cutting: Cutting, frequency: Frequency) -> list[Any]:
    """Return the queries for the words near each other: in titles, and in bodies where one of the
    words is rare enough for that to cost little."""
    made: list[Any] = []
    for near in cutting.near:
        fields = ["title_pairs"]
        if min(frequency("body", term) for term in near) <= PHRASE_MOST:
            fields.append("body")
        made.extend(Query.phrase_query(SCHEMA, field, list(near), SLOP) for field in fields)
    return [Query.boost_query(phrase, PHRASE) for phrase in made]


def _name_unit(unit: Unit, cutting: Cutting) -> Any:
    ways = [_term("name", word, NAME) for word in unit.words]
    ways.extend(_term("name_pairs", pair, PAIR_IN_NAME) for pair in unit.pairs)
    if cutting.last and cutting.last in unit.words:
        prefix = Query.phrase_prefix_query(SCHEMA, "name", [cutting.last])
        ways.append(Query.boost_query(prefix, BEGINNING))
    return _any(ways)


def _sound(way: tuple[str, ...], *, typed: bool) -> Any:
    if typed:
        query = Query.phrase_prefix_query(SCHEMA, "sounds", list(way))
    elif len(way) > 1:
        query = Query.phrase_query(SCHEMA, "sounds", list(way))
    else:
        query = Query.term_query(SCHEMA, "sounds", way[0])
    return Query.boost_query(query, SOUND)


def _term(field: str, value: str, weight: float = 1.0) -> Any:
    query = Query.term_query(SCHEMA, field, value, "freq")
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _any(queries: list[Any]) -> Any:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Should, q) for q in queries])


def _fact(fact: str) -> Any:
    return Query.const_score_query(Query.term_query(SCHEMA, "facts", fact, "basic"), 0.0)


def key(kind: str, id: UUID) -> str:
    """Return the term that names one thing."""
    return f"{kind}-{id.hex}"
