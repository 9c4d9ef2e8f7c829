"""Diversity: a page whose notes are good and also differ from each other (MMR).

Source: Carbonell and Goldstein, SIGIR 1998, with a sliding window as in Huang et al., KDD 2021
(arXiv 2107.05204). The latter's own method, SSD, was measured beside it and is in
`redleaf.ops.bench.exposure`; docs/exposure.md has the figures.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

Vector = Mapping[str, float]

BALANCE = 0.7  # lam: what the score weighs; the rest is what likeness costs
WINDOW = 10  # how many notes back likeness is looked for: about three screens of a phone
SPREAD = 3.0  # quartile distances of score that weigh as much as full likeness at lam = 1/2
KINDS = {"topic": 3.0, "author": 2.0, "channel": 1.0, "place": 1.0, "word": 0.5}
REACH = 8  # pages: only the best REACH * count candidates can be taken, which bounds the time
WORDS = 8  # of a title; more make every note a little like every other, and cost time


def attributes(
    *,
    author: object,
    channel: str = "",
    place: str = "",
    topics: Iterable[str] = (),
    words: Iterable[str] = (),
    rarity: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Return a note's attributes as a vector of length 1, to be kept with the note.

    Keys are "kind:value"; each weighs as its kind does (KINDS) times its rarity (1 if not given).
    """
    keys = [f"author:{author}"]
    keys += [f"channel:{channel}"] if channel else []
    keys += [f"place:{place}"] if place else []
    keys += [f"topic:{topic}" for topic in topics]
    keys += [f"word:{word}" for word in list(words)[:WORDS]]
    rare = rarity or {}
    made = {key: KINDS[key.partition(":")[0]] * rare.get(key, 1.0) for key in keys}
    length = sqrt(sum(weight * weight for weight in made.values())) or 1.0
    return {key: weight / length for key, weight in made.items()}


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1: 0 (nothing in common) to 1 (the same)."""
    # In the order of the first: the order of a set differs between processes, and so would the
    # last digit of the sum, and with it a list that has to be made again byte for byte.
    return sum([weight * other[key] for key, weight in one.items() if key in other])


def mmr(
    scores: Sequence[float],
    vectors: Sequence[Vector],
    *,
    count: int = 20,
    balance: float = BALANCE,
    window: int = WINDOW,
) -> list[int]:
    """Return the indexes of `count` candidates in their order on the page.

    Each step takes argmax_i of `balance * r_i - (1 - balance) * max_j likeness(i, j)` over the last
    `window` taken j, where r is the score in units of SPREAD times the distance between the
    quartiles of the best 3 * count scores, so that neither the unit of the model's score nor a few
    outliers matter. Of equals the earlier comes first. The result is that of trying all the best
    REACH * count: likeness is never negative, so a candidate's value is at most what its score and
    the likenesses already known allow, and in order of score the search stops as soon as that is
    below the best.

    Raises ValueError unless there is one vector for each score and 0 <= balance <= 1.
    """
    if len(scores) != len(vectors):
        raise ValueError("one vector for each score")
    if not 0 <= balance <= 1:
        raise ValueError("balance is from 0 to 1")
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    del order[REACH * count :]
    unit = SPREAD * _spread([scores[index] for index in order[: 3 * count]])
    left = [(balance * (scores[index] - scores[order[0]]) / unit, index) for index in order]
    cost = 1 - balance
    near: dict[int, list[float]] = {}  # likeness of a candidate to each taken note, as far as asked
    taken: list[int] = []
    while left and len(taken) < count:
        first = max(0, len(taken) - window)
        best, place = float("-inf"), 0
        for position, (bound, index) in enumerate(left):
            if bound <= best:
                break
            known = near.setdefault(index, [])
            if bound - cost * max(known[first:], default=0.0) <= best:
                continue
            mine = vectors[index]
            for other in taken[len(known) :]:
                known.append(likeness(mine, vectors[other]))
            value = bound - cost * max(known[first:], default=0.0)
            if value > best:
                best, place = value, position
        taken.append(left.pop(place)[1])
    return taken


def _spread(ordered: Sequence[float]) -> float:
    """Return the distance between the quartiles, or if that is 0 between the ends, or 1."""
    if not ordered:
        return 1.0
    quarter = len(ordered) // 4
    return (ordered[quarter] - ordered[-1 - quarter]) or (ordered[0] - ordered[-1]) or 1.0
