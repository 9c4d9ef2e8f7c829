"""The fields of the index, and how an entry becomes a document. Raise engine.SCHEMA with them."""

import zlib
from typing import Any

import tantivy

from redleaf.discovery.search import pinyin
from redleaf.discovery.search.engine import Entry
from redleaf.discovery.search.words import LEAD, cut, heads, runs

YEARLY = 1.05
YEAR = 31_557_600
FIRST = 1_577_836_800  # 2020-01-01: weights stay near 1
HALF = 1 << 64
BY_TEXT = "by:text"  # a fact
GAP = 4  # places between two runs of characters, which are never read as one


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    for name, option in (
        ("key", "basic"),
        ("facts", "basic"),
        ("title", "position"),  # characters and words
        ("title_pairs", "position"),  # pairs and stems, here and in the next three
        ("topics", "freq"),
        ("body", "position"),
        ("about", "freq"),
        ("words", "basic"),  # every character and word: single characters, and the vocabulary
        ("heads", "basic"),
        ("sounds", "position"),
        ("initials", "basic"),
        ("name", "position"),
        ("name_pairs", "freq"),
    ):
        tokenizer = "raw" if name == "key" else "whitespace"
        build.add_text_field(name, tokenizer_name=tokenizer, index_option=option)
    for name in ("high", "low", "kind"):
        build.add_unsigned_field(name, fast=True)
    build.add_integer_field("published", fast=True)
    build.add_float_field("weight", fast=True)
    return build.build()


SCHEMA = _schema()


def kind_number(kind: str) -> int:
    """Return the number by which a hit says its kind."""
    return zlib.crc32(kind.encode())


def document(entry: Entry) -> Any:
    """Return the document of an entry: by text, or of a thing that is found by name."""
    made = tantivy.Document()
    made.add_text("key", f"{entry.kind}-{entry.id.hex}")
    text = (BY_TEXT,) if entry.by_text else ()
    made.add_text("facts", " ".join((f"kind:{entry.kind}", *text, *entry.facts)))
    made.add_unsigned("high", entry.id.int // HALF)
    made.add_unsigned("low", entry.id.int % HALF)
    made.add_unsigned("kind", kind_number(entry.kind))
    made.add_integer("published", entry.published)
    age = YEARLY ** ((entry.published - FIRST) / YEAR) if entry.published else 1.0
    made.add_float("weight", entry.prior * age)
    _by_text(made, entry) if entry.by_text else _by_name(made, entry)
    return made


def _by_text(made: Any, entry: Entry) -> None:
    title = cut(entry.title, entry.language)
    topics = cut(entry.topics)
    body = cut(entry.body, entry.language)
    about = cut(entry.about, entry.language)
    made.add_text("title", title.words)
    made.add_text("title_pairs", title.pairs)
    made.add_text("topics", f"{topics.words} {topics.pairs}")
    made.add_text("body", body.pairs)
    made.add_text("about", about.pairs)
    made.add_text("words", f"{title.words} {topics.words} {body.words} {about.words}")
    lead = entry.body[:LEAD].partition("\n")[0]
    made.add_text("heads", f"{heads(entry.title, entry.language)} {heads(lead, entry.language)}")
    _add_sounds(made, f"{entry.title} {entry.topics}")


def _by_name(made: Any, entry: Entry) -> None:
    title = cut(entry.title, entry.language)
    more = cut(entry.about, entry.language)
    made.add_text("name", title.words)
    made.add_text("name_pairs", f"{title.pairs} {more.words} {more.pairs}")
    _add_sounds(made, entry.title)
    short = (name for run in runs(entry.title) for name in pinyin.initials(run))
    made.add_text("initials", " ".join(dict.fromkeys(short)))


def _add_sounds(made: Any, text: str) -> None:
    """Add every reading of each character at the character's place."""
    tokens: list[Any] = []
    place = 0
    for run in runs(text):
        for character in run:
            tokens.extend(
                tantivy.Token(reading, place, 0, 0) for reading in pinyin.readings(character)
            )
            place += 1
        place += GAP
    if tokens:
        made.add_pre_tokenized_text("sounds", tantivy.PreTokenizedString("", tokens))
