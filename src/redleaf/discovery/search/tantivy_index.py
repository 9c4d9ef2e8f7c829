"""The engine: Tantivy, embedded. With schema.py and queries.py the only modules that know it.

How things are scored is in queries.py, and in words in docs/search.md.
"""

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import tantivy
from cachetools import LRUCache

from redleaf.discovery.search import pinyin, queries
from redleaf.discovery.search.engine import Entry, Question, guarded
from redleaf.discovery.search.schema import HALF, SCHEMA, document, kind_number
from redleaf.discovery.search.words import Cutting, stems

MEBIBYTE = 1024 * 1024
ANSWERS_HELD = 700  # pages of ids, about 3 kB each
MIXED = 4  # times as many hits as wanted are looked at for things of several kinds


class TantivyWriter:
    """One thread, a small heap: the worker is a small process."""

    def __init__(self, folder: Path, heap_mebibytes: int) -> None:
        self.folder = folder.name
        self._index = tantivy.Index(SCHEMA, path=str(folder), reuse=True)
        self._writer = self._index.writer(heap_mebibytes * MEBIBYTE, 1)

    def put(self, entries: Iterable[Entry]) -> None:
        with guarded():
            for entry in entries:
                self._writer.delete_documents_by_term("key", queries.key(entry.kind, entry.id))
                self._writer.add_document(document(entry))

    def add_new(self, entries: Iterable[Entry]) -> None:
        with guarded():
            for entry in entries:
                self._writer.add_document(document(entry))

    def remove(self, keys: Iterable[tuple[str, UUID]]) -> None:
        with guarded():
            for kind, id in keys:
                self._writer.delete_documents_by_term("key", queries.key(kind, id))

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
        self._count = max(1, self._searcher.num_docs)
        self._answers: LRUCache[Question, list[UUID]] = LRUCache(maxsize=ANSWERS_HELD)
        self._lock = threading.Lock()

    def texts(self, question: Question) -> list[UUID]:
        """As the port says; the same question between two commits is answered once."""
        if not question.cutting.units:
            return []
        with self._lock:
            known = self._answers.get(question)
        if known is None:
            with guarded():
                known = self._search(question)
            with self._lock:
                self._answers[question] = known
        return list(known)

    def _search(self, question: Question) -> list[UUID]:
        if question.by_sound:
            ways = _spellings(question.cutting)
            if not ways:
                return []
            query = queries.sounding(question, ways)
        else:
            query = queries.texts(question, self._frequency, self._count)
        newest = question.newest_first
        found = self._searcher.search(
            query,
            question.limit,
            count=False,
            offset=question.offset,
            order_by_field="published" if newest else None,
            weight_by_field=None if newest else "weight",
        )
        return self._ids([address for _score, address in found.hits])

    def named(
        self, cutting: Cutting, limits: Mapping[str, int], *, typed: bool = False
    ) -> dict[str, list[UUID]]:
        found: dict[str, list[UUID]] = {kind: [] for kind in limits}
        if not cutting.units or not limits:
            return found
        with guarded():
            ways = pinyin.spelt(cutting.plain, unfinished=typed)
            query = queries.named(tuple(limits), cutting, tuple(ways), typed=typed)
            many = sum(limits.values()) * (MIXED if len(limits) > 1 else 1)
            hits = self._searcher.search(query, many, count=False, weight_by_field="weight").hits
            addresses = [address for _score, address in hits]
            if not addresses:
                return found
            kinds = {kind_number(kind): kind for kind in limits}
            numbers: list[Any] = self._searcher.fast_field_values("kind", addresses)
            for number, id in zip(numbers, self._ids(addresses), strict=True):
                kind = kinds.get(number)
                if kind is not None and len(found[kind]) < limits[kind]:
                    found[kind].append(id)
        return found

    def beginning(self, cutting: Cutting, limit: int, kind: str = "note") -> list[UUID]:
        if not cutting.plain:
            return []
        with guarded():
            query = queries.beginning(kind, cutting, _spellings(cutting, unfinished=True))
            hits = self._searcher.search(query, limit, count=False, order_by_field="published").hits
            return self._ids([address for _score, address in hits])

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        with guarded():
            return list(self._searcher.terms_with_prefix("words", prefix))

    def holders(self, word: str) -> int:
        with guarded():
            found = self._frequency("words", word)
            if not found:
                fields = ("title_pairs", "topics", "body")
                found = max(self._frequency(f, stem) for f in fields for stem in stems(word))
            return found

    def keys(self, kind: str) -> set[UUID]:
        with guarded():
            found = self._searcher.terms_with_prefix(
                "key", f"{kind}-", filter_query=tantivy.Query.all_query()
            )
            return {UUID(term.partition("-")[2]) for term, _count in found}

    def _frequency(self, field: str, term: str) -> int:
        return int(self._searcher.doc_freq(field, term))

    def _ids(self, addresses: list[Any]) -> list[UUID]:
        if not addresses:
            return []
        high: list[Any] = self._searcher.fast_field_values("high", addresses)
        low: list[Any] = self._searcher.fast_field_values("low", addresses)
        return [UUID(int=upper * HALF + lower) for upper, lower in zip(high, low, strict=True)]


def _spellings(cutting: Cutting, *, unfinished: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read a query as syllables; one alone says too little in a title."""
    ways = pinyin.spelt(cutting.plain, unfinished=unfinished)
    return tuple(way for way in ways if len(way) > 1)
