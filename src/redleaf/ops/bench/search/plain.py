"""The baseline: the same words and characters, one field, any of them, and no more thought."""

import tantivy

from redleaf.discovery.search.words import cut, cut_query
from redleaf.ops.bench.search.sets import LabelledSet


class Plain:
    """An index in memory, ranked by BM25 over single characters and words."""

    def __init__(self, labelled: LabelledSet) -> None:
        build = tantivy.SchemaBuilder()
        build.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        build.add_unsigned_field("place", fast=True)
        self._schema = build.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(60_000_000, 1)
        for place, entry in enumerate(labelled.documents):
            document = tantivy.Document()
            whole = f"{entry.title}\n{entry.topics}\n{entry.body}\n{entry.about}"
            document.add_text("words", cut(whole).words)
            document.add_unsigned("place", place)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def ranked(self, text: str) -> list[int]:
        """Return the places of the best hundred documents."""
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "words", word, "freq"))
            for word in dict.fromkeys(cut_query(text).plain)
        ]
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), 100, count=False)
        addresses = [address for _score, address in found.hits]
        if not addresses:
            return []
        return [int(place or 0) for place in self._searcher.fast_field_values("place", addresses)]
