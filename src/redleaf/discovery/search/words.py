"""Cutting text for the index and for queries, the same way for both.

Chinese, Japanese and Korean text becomes single characters and pairs of neighbours (the best of the
measured ways, and no dictionary to fall behind); other text becomes words and, in English and
French, their stems. A word of letters and digits is indexed whole and in its parts, so that "spf50"
and "SPF 50" find each other. Case, width, accents and Traditional against Simplified make no
difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from redleaf.core.fold import to_simplified

QUERY_UNITS = 16  # what is typed beyond that adds cost and no sense
WORD_LENGTH = 40
QUESTION_WORDS = 4  # in shorter texts "the" and "how" may be part of a name

_CJK = (  # radicals, marks, kana, bopomofo, ideographs, Hangul, compatibility, the upper planes
    "\u2e80-\u2fdf\u3005\u3007\u3041-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(f"([{_CJK}]+)|((?:(?![{_CJK}])[^\\W_])+)")
_PART = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9]+")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_HAN = range(0x4E00, 0xA000)
_RELATING = frozenset(  # what follows is what the thing is for, not the thing
    [
        *("for", "with", "to", "of", "and", "from", "by", "on", "in", "without", "w", "f"),
        *("de", "du", "des", "d", "pour", "avec", "sans", "en", "au", "aux", "et", "par"),
    ]
)
_BINDING = "-’'/"  # marks that do not end a phrase
_RELATED_WITHIN = 3  # words after such a word
LEAD = 300  # characters at the beginning of a text that say what it is about
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_ASKING = re.compile(  # words that make a question, folded; no text has to hold them
    "什么|甚么|怎么样|怎么办|怎么|怎样|如何|为何|哪里|哪儿|哪种|哪个|哪款|多少|有没有|能不能|可以吗|好吗|吗|呢|"
    "点样|点解|点算|边度|边个|乜嘢|有咩|咩|乜"
)
_ASKING_WORDS = re.compile(
    r"\b(?:what|how|where|which|when|why|who|do|does|can|should|is|are|the|a|an|to|i|you|my|your|"
    r"que|quoi|quel|quelle|quels|quelles|comment|où|ou|quand|pourquoi|faut-il|est-ce|qu|le|la|les|"
    r"un|une|des|du|de|à|au|aux|l|d|s|en|pour)\b"
)
_MARKS = str.maketrans(dict.fromkeys("™®©℠", " "))

Stemmer = Any


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as two streams of terms, each in the text's order: `words` (characters and words) and
    `pairs` (pairs of neighbouring characters, and stems)."""

    words: str
    pairs: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a query asks for: any of `pairs` (or of `words`) says it, or all of `parts` in
    a row."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cutting:
    """A query, cut: its units, and its plain terms in order (for phrases and loose matches)."""

    units: tuple[Unit, ...]
    plain: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]  # the pairs and stems in order, once for each language
    last: str  # what may be the beginning of a longer word; empty after a character or a space


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Return the Traditional characters that have a Simplified form, one by one.

    A table by character, taken from core's converter once, gives a text and any piece of it the
    same form, which a converter that looks at phrases does not; and it is many times faster.
    """
    characters = [chr(point) for point in _HAN]
    converted = to_simplified("\n".join(characters)).split("\n")
    return {
        ord(before): after
        for before, after in zip(characters, converted, strict=True)
        if before != after
    }


def fold(text: str) -> str:
    """Return the text in the one form in which it is compared."""
    if text.isascii():
        return text.lower()
    text = text.translate(_MARKS)  # NFKC would make letters of them: "core™" is no "coretm"
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_simplified())
    return folded.translate(_LIGATURES)


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Yield (is it CJK, piece) for each run of characters or word of a text."""
    for match in _PIECE.finditer(fold(text)):
        run = match[1]
        if run:
            yield True, run
        else:
            yield False, _plain(match[2])[:WORD_LENGTH]


def _plain(word: str) -> str:
    """Return a word without accents."""
    if word.isascii():
        return word
    spread = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in spread if not unicodedata.combining(letter)) or word


def cut(text: str, language: str = "") -> Cut:
    """Return a document's text as terms; words are stemmed by its language, else as English."""
    words: list[str] = []
    pairs: list[str] = []
    places: list[int] = []  # of the words among the pairs, where their stems go
    for cjk, piece in pieces(text):
        if cjk:
            words.extend(piece)
            pairs.extend(piece[at : at + 2] for at in range(len(piece) - 1))
            continue
        for part in (piece, *parts(piece)):
            words.append(part)
            places.append(len(pairs))
            pairs.append(part)
    if places:
        stem = stemmer("fr" if language == "fr" else "en").analyze
        stemmed = stem(" ".join([pairs[place] for place in places]))
        for place, made in zip(places, stemmed, strict=True):
            pairs[place] = made
    return Cut(" ".join(words), " ".join(pairs))


def parts(word: str) -> tuple[str, ...]:
    """Return the runs of letters and of digits of a word that has both."""
    if word.isalpha() or word.isdecimal():
        return ()
    found = tuple(_PART.findall(word))
    return found if len(found) > 1 else ()


def runs(text: str) -> Iterator[str]:
    """Yield the runs of Chinese characters of a text, in Simplified ones."""
    return (piece for cjk, piece in pieces(text) if cjk)


def heads(text: str, language: str = "") -> str:
    """Return the stems of the words that name what a title is about, between spaces.

    In "Leather Case for Laptop, brown" that is "case" and not "leather" or "laptop": a word that is
    followed by another one describes it, and what comes after "for" is something else.
    """
    found: list[str] = []
    related = 0
    tokens = _TOKEN.findall(fold(text[:LEAD]))
    for piece, after in pairwise([*tokens, ""]):
        word = _plain(piece)
        if not word.isalnum():
            related = related if piece in _BINDING else 0
            continue
        if word in _RELATING:
            related = _RELATED_WITHIN
            continue
        last = not after[:1].isalpha() or after in _RELATING
        if last and not related and word.isascii() and not word.isdecimal():
            found.append(word)
        related = max(0, related - 1)
    stem = stemmer("fr" if language == "fr" else "en").analyze
    return " ".join(dict.fromkeys(stem(" ".join(found)))) if found else ""


def without_asking(text: str) -> str:
    """Return a question without the words that only ask; as it is where nothing else is left.

    Little words of English and French count as such in texts of four words and more: "the boys" is
    a name, "how do you cook rice" is not.
    """
    folded = fold(text)
    rest = _ASKING.sub(" ", folded)
    if len(folded.split()) >= QUESTION_WORDS:
        rest = _ASKING_WORDS.sub(" ", rest)
    return rest if rest != folded and _PIECE.search(rest) else text


def cut_query(text: str) -> Cutting:
    """Return what a query asks for; a word counts in its English and its French stem."""
    units: list[Unit] = []
    plain: list[str] = []
    near: list[tuple[str, ...]] = []
    last, count = "", 0
    for cjk, piece in pieces(text):
        last, count = "" if cjk else piece, count + 1
        if not cjk:
            plain.append(piece)
            units.append(Unit((piece,), stems(piece), parts(piece)))
            near.append(stems(piece))
            continue
        plain.extend(piece)
        if len(piece) == 1:
            units.append(Unit((piece,), ()))
        neighbours = [(piece[at : at + 2],) for at in range(len(piece) - 1)]
        units.extend(Unit((), pair) for pair in neighbours)
        near.extend(neighbours)
    if text[-1:].isspace():
        last = ""
    kept = tuple(dict.fromkeys(units))[:QUERY_UNITS]
    ways: dict[tuple[str, ...], None] = {}
    if count > 1 and len(near) > 1:  # the pairs of a single run are its phrase already
        ways[tuple(term[0] for term in near[:QUERY_UNITS])] = None
        ways[tuple(term[-1] for term in near[:QUERY_UNITS])] = None
    return Cutting(kept, tuple(plain[: QUERY_UNITS * 2]), tuple(ways), last)


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word, English and French."""
    found = (*stemmer("en").analyze(word), *stemmer("fr").analyze(word))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4)
def stemmer(language: str) -> Stemmer:
    """Return the Snowball stemmer of a language ("en", "fr"), over words between spaces."""
    import tantivy

    name = {"en": "english", "fr": "french"}[language]
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.stemmer(name))
        .build()
    )
