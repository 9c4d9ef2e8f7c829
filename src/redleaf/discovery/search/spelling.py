"""What a mistyped word may have been, from the words that the index holds."""

from collections.abc import Callable

Vocabulary = Callable[[str], list[tuple[str, int]]]

SHORTEST = 4  # letters; shorter words are too near to each other
SURE_BEFORE = 2  # letters at the beginning that are taken as typed
CANDIDATES = 20_000


def corrected(words: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, str]:
    """Return, for each word that the index does not hold, the nearest one that it does hold.

    At most one letter wrong, missing, doubled or swapped in words of four and five letters, two in
    longer ones; among equally near words the commoner. The first two letters are taken as typed.
    """
    found: dict[str, str] = {}
    for word in dict.fromkeys(words):
        if len(word) < SHORTEST or not word.isalpha() or not word.isascii():
            continue
        allowed = 1 if len(word) <= 5 else 2
        best: tuple[int, int, str] | None = None
        for known, count in vocabulary(word[:SURE_BEFORE])[:CANDIDATES]:
            if known == word:
                best = None
                break
            if abs(len(known) - len(word)) > allowed:
                continue
            apart = distance(word, known, allowed)
            if apart <= allowed and (best is None or (apart, -count, known) < best):
                best = (apart, -count, known)
        if best is not None:
            found[word] = best[2]
    return found


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
