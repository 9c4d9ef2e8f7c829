"""The engine: Tantivy, embedded. The only module that knows it.

Notes are scored as docs/search.md says: each thing asked for (OR), all of them (20 × AND), and the
words near each other (2 × phrase within 2), over title 5, topics 2 and the whole text 1; a note a
year newer counts five in a hundred more.
"""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import tantivy
from cachetools import LRUCache

from redleaf.discovery.search.engine import Entry, Question, guarded
from redleaf.discovery.search.words import Cutting, Unit, cut

MEBIBYTE = 1024 * 1024
TITLE, TOPICS, TEXT = 5.0, 2.0, 1.0
ALL_UNITS, PHRASE, SLOP = 20.0, 2.0, 2
YEARLY = 1.05
YEAR = 31_557_600
FIRST = 1_577_836_800  # 2020-01-01: weights stay near 1
HALF = 1 << 64
ANSWERS_HELD = 600  # pages of ids, about 3 kB each

Query = tantivy.Query
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    build.add_text_field("key", tokenizer_name="raw", index_option="basic")
    build.add_text_field("facts", tokenizer_name="whitespace", index_option="basic")
    build.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("title_pairs", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("topics", tokenizer_name="whitespace", index_option="freq")
    build.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    build.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("name", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("name_pairs", tokenizer_name="whitespace", index_option="freq")
    build.add_unsigned_field("high", fast=True)
    build.add_unsigned_field("low", fast=True)
    build.add_integer_field("published", fast=True)
    build.add_float_field("weight", fast=True)
    return build.build()


SCHEMA = _schema()


class TantivyWriter:
    """One thread, a small heap: the worker is a small process."""

    def __init__(self, folder: Path, heap_mebibytes: int) -> None:
        self.folder = folder.name
        self._index = tantivy.Index(SCHEMA, path=str(folder), reuse=True)
        self._writer = self._index.writer(heap_mebibytes * MEBIBYTE, 1)

    def put(self, entries: Iterable[Entry]) -> None:
        with guarded():
            for entry in entries:
                self._writer.delete_documents_by_term("key", _key(entry.kind, entry.id))
                self._writer.add_document(_document(entry))

    def add_new(self, entries: Iterable[Entry]) -> None:
        with guarded():
            for entry in entries:
                self._writer.add_document(_document(entry))

    def remove(self, keys: Iterable[tuple[str, UUID]]) -> None:
        with guarded():
            for kind, id in keys:
                self._writer.delete_documents_by_term("key", _key(kind, id))

    def commit(self) -> None:
        with guarded():
            self._writer.commit()

    def close(self) -> None:
        with guarded():
            self._writer.rollback()
            self._writer.wait_merging_threads()


class TantivyReader:
    """A searcher over one commit; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual", 0)
        index.reload()
        self._searcher = index.searcher()
        self._answers: LRUCache[Question, list[UUID]] = LRUCache(maxsize=ANSWERS_HELD)
        self._lock = threading.Lock()

    def notes(self, question: Question) -> list[UUID]:
        """As the port says; the same question between two commits is answered once."""
        if not question.cutting.units:
            return []
        with self._lock:
            known = self._answers.get(question)
        if known is None:
            known = self._search_notes(question)
            with self._lock:
                self._answers[question] = known
        return list(known)

    def _search_notes(self, question: Question) -> list[UUID]:
        with guarded():
            query = _notes_query(question)
            if question.newest_first:
                found = self._searcher.search(
                    query,
                    question.limit,
                    count=False,
                    offset=question.offset,
                    order_by_field="published",
                )
            else:
                found = self._searcher.search(
                    query,
                    question.limit,
                    count=False,
                    offset=question.offset,
                    weight_by_field="weight",
                )
            return self._ids(found)

    def named(self, kind: str, cutting: Cutting, limit: int) -> list[UUID]:
        if not cutting.units:
            return []
        with guarded():
            return self._ids(self._searcher.search(_named_query(kind, cutting), limit, count=False))

    def beginning(self, cutting: Cutting, limit: int) -> list[UUID]:
        if not cutting.plain:
            return []
        with guarded():
            if cutting.last:
                query = Query.phrase_prefix_query(SCHEMA, "title", list(cutting.plain))
            elif len(cutting.plain) > 1:
                query = Query.phrase_query(SCHEMA, "title", list(cutting.plain))
            else:
                query = Query.term_query(SCHEMA, "title", cutting.plain[0])
            return self._ids(
                self._searcher.search(query, limit, count=False, order_by_field="published")
            )

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        with guarded():
            return list(self._searcher.terms_with_prefix("words", prefix))

    def keys(self, kind: str) -> set[UUID]:
        with guarded():
            found = self._searcher.terms_with_prefix(
                "key", f"{kind}-", filter_query=Query.all_query()
            )
            return {UUID(term.partition("-")[2]) for term, _count in found}

    def _ids(self, found: Any) -> list[UUID]:
        addresses = [address for _score, address in found.hits]
        if not addresses:
            return []
        high: list[Any] = self._searcher.fast_field_values("high", addresses)
        low: list[Any] = self._searcher.fast_field_values("low", addresses)
        return [UUID(int=upper * HALF + lower) for upper, lower in zip(high, low, strict=True)]


def _key(kind: str, id: UUID) -> str:
    return f"{kind}-{id.hex}"


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_text("key", _key(entry.kind, entry.id))
    document.add_text("facts", " ".join((f"kind:{entry.kind}", *entry.facts)))
    document.add_unsigned("high", entry.id.int // HALF)
    document.add_unsigned("low", entry.id.int % HALF)
    document.add_integer("published", entry.published)
    document.add_float("weight", YEARLY ** ((entry.published - FIRST) / YEAR))
    title = cut(entry.title, entry.language)
    if entry.kind != "note":
        more = cut(entry.about, entry.language)
        document.add_text("name", title.words)
        document.add_text("name_pairs", f"{title.pairs} {more.words} {more.pairs}")
        return document
    topics = cut(entry.topics)
    rest = cut(f"{entry.body}\n{entry.about}", entry.language)
    document.add_text("title", title.words)
    document.add_text("title_pairs", title.pairs)
    document.add_text("topics", f"{topics.words} {topics.pairs}")
    document.add_text("words", f"{title.words} {topics.words} {rest.words}")
    document.add_text("pairs", f"{title.pairs} {topics.pairs} {rest.pairs}")
    return document


def _term(field: str, value: str, weight: float = 1.0) -> Any:
    query = Query.term_query(SCHEMA, field, value, "freq")
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _any(queries: list[Any]) -> Any:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Should, q) for q in queries])


def _said(unit: Unit) -> Any:
    """Return the query for texts that say the unit."""
    if unit.pairs:
        return _any([_term("pairs", pair) for pair in unit.pairs])
    return _any([_term("words", word) for word in unit.words])


def _extras(cutting: Cutting) -> list[Any]:
    """Return what raises a note that is found anyway: title, topics, the exact words, a phrase."""
    extras: list[Any] = []
    for unit in cutting.units:
        for pair in unit.pairs:
            extras.append(_term("title_pairs", pair, TITLE - TEXT))
            extras.append(_term("topics", pair, TOPICS - TEXT))
        for word in unit.words:
            extras.append(_term("title", word, TITLE - TEXT))
            extras.append(_term("words", word))
    for near in cutting.near:
        for field, weight in (("title_pairs", TITLE), ("pairs", TEXT)):
            phrase = Query.phrase_query(SCHEMA, field, list(near), SLOP)
            extras.append(Query.boost_query(phrase, PHRASE * weight))
    return extras


def _notes_query(question: Question) -> Any:
    cutting = question.cutting
    said = [_said(unit) for unit in cutting.units]
    clauses: list[tuple[Any, Any]]
    if question.any_unit:
        loose = [_term("title", word) for word in cutting.plain]
        clauses = [(Must, _any([*said, *loose]))]
        if len(said) > 1:
            everything = Query.boolean_query([(Must, query) for query in said])
            clauses.append((Should, Query.boost_query(everything, ALL_UNITS)))
    else:
        clauses = [(Must, query) for query in said]
    clauses.extend((Should, query) for query in _extras(cutting))
    clauses.extend((Must, _fact(fact)) for fact in question.facts)
    if question.without:
        clauses.append((MustNot, Query.term_set_query(SCHEMA, "facts", list(question.without))))
    return Query.boolean_query(clauses)


def _fact(fact: str) -> Any:
    return Query.const_score_query(Query.term_query(SCHEMA, "facts", fact, "basic"), 0.0)


def _named_query(kind: str, cutting: Cutting) -> Any:
    units: list[Any] = []
    for unit in cutting.units:
        ways = [_term("name", word, 2.0) for word in unit.words]
        ways.extend(_term("name_pairs", pair) for pair in unit.pairs)
        if cutting.last in unit.words:
            ways.append(Query.phrase_prefix_query(SCHEMA, "name", [cutting.last]))
        units.append(_any(ways))
    clauses = [(Must, _fact(f"kind:{kind}")), *((Must, unit) for unit in units)]
    if len(cutting.plain) > 1:
        clauses.append((Should, Query.phrase_query(SCHEMA, "name", list(cutting.plain), SLOP)))
    return Query.boolean_query(clauses)
