"""What a mistyped word may have been, from the words that the index holds."""

import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase

from redleaf.discovery.search.engine import Reader
from redleaf.discovery.search.words import pieces

Vocabulary = Callable[[str], list[tuple[str, int]]]

SHORTEST = 4  # letters; shorter words are too near to each other
SURE_BEFORE = 2  # letters at the beginning that are taken as typed
CANDIDATES = 20_000
PART = 3  # letters of a part, when a word is taken apart
RARE, MUCH_COMMONER = 2, 20  # a word in so few texts, and how much commoner the likelier one is


def respelt(text: str, reader: Reader) -> str:
    """Return the text with each word that no text holds respelt, or nothing where that fails.

    Tried in turn: a near word with the same two first letters; one that differs in the second or,
    where nothing else of the text is known, in the first; and two words written as one.
    """
    words = _words(text)
    unknown = [word for word in words if not reader.holders(word)]
    if not unknown:
        return ""
    better = corrected(tuple(unknown), reader.vocabulary)
    for word in unknown:
        other = better.get(word, "")
        if not other:
            alone = len(unknown) == len(words)
            other = _otherwise_begun(word, reader, first=alone) or _parted(word, reader)
        if other:
            better[word] = other
    return _replaced(text, better)


def likelier(text: str, reader: Reader) -> str:
    """Return the text with its very rare words as a near and much commoner one, or nothing."""
    better: dict[str, str] = {}
    for word in _words(text):
        held = reader.holders(word)
        if not 0 < held <= RARE or len(word) <= SHORTEST:
            continue
        near = [
            (-count, known)
            for known, count in reader.vocabulary(word[:SURE_BEFORE])[:CANDIDATES]
            if count >= held * MUCH_COMMONER and distance(word, known, 1) == 1
        ]
        if near:
            better[word] = min(near)[1]
    return _replaced(text, better)


def _words(text: str) -> list[str]:
    """Return the words of a text that can be mistyped: of letters, and not too short."""
    return [
        piece
        for cjk, piece in pieces(text)
        if not cjk and len(piece) >= SHORTEST and piece.isascii() and piece.isalpha()
    ]


def _replaced(text: str, better: dict[str, str]) -> str:
    """Return the text with these words, however they are written in it, replaced."""
    if not better:
        return ""

    def other(match: re.Match[str]) -> str:
        found = [piece for _cjk, piece in pieces(match[0])]
        return better.get(found[0], match[0]) if len(found) == 1 else match[0]

    changed = re.sub(r"[^\W_]+", other, text)
    return changed if changed != text else ""


def _otherwise_begun(word: str, reader: Reader, *, first: bool) -> str:
    """Return the commonest known word with one edit at the second letter, or at the first too."""
    known = {(reader.holders(other), other) for other in _other_beginnings(word, first=first)}
    held, best = max(known, default=(0, ""))
    return best if held else ""


def _other_beginnings(word: str, *, first: bool) -> Iterator[str]:
    for at in (0, 1) if first else (1,):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        yield word[:at] + word[at + 1 :]
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]


def _parted(word: str, reader: Reader) -> str:
    """Return the word as two known ones, the rarer of them as common as can be."""
    ways = [
        (min(reader.holders(word[:at]), reader.holders(word[at:])), f"{word[:at]} {word[at:]}")
        for at in range(PART, len(word) - PART + 1)
    ]
    held, best = max(ways, default=(0, ""))
    return best if held else ""


def corrected(words: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, str]:
    """Return, for each word that the index does not hold, the nearest one that it does hold.

    At most one letter wrong, missing, doubled or swapped in words of four and five letters, two in
    longer ones; among equally near words the much commoner, then the one that begins alike for
    longest. The first two letters are taken as typed.
    """
    found: dict[str, str] = {}
    for word in dict.fromkeys(words):
        if len(word) < SHORTEST or not word.isalpha() or not word.isascii():
            continue
        allowed = 1 if len(word) <= 5 else 2
        best: tuple[int, int, int, str] | None = None
        for known, count in vocabulary(word[:SURE_BEFORE])[:CANDIDATES]:
            if known == word:
                best = None
                break
            if abs(len(known) - len(word)) > allowed:
                continue
            apart = distance(word, known, allowed)
            if apart > allowed:
                continue
            alike = len(_common_beginning(word, known))
            one = (apart, -count.bit_length(), -alike, known)
            best = one if best is None else min(best, one)
        if best is not None:
            found[word] = best[-1]
    return found


def _common_beginning(one: str, other: str) -> str:
    end = 0
    while one[end : end + 1] == other[end : end + 1] != "":
        end += 1
    return one[:end]


def distance(one: str, other: str, allowed: int) -> int:
    """Return the edits between two words (optimal string alignment), or allowed + 1 for more."""
    if one == other:
        return 0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row, above = row, [i], before
        for j, right in enumerate(other, 1):
            step = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                step = min(step, above[j - 2] + 1)
            row.append(step)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
