"""A note's neighbours, packed: read by the dozen for one page, changed by one event at a time.

At most KEPT pairs, the strongest first: all numbers as unsigned 32-bit integers, then all weights
as 32-bit floats, little-endian. `array` reads them without making an object for each.
"""

import sys
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

KEPT = 200
MERGED = 12  # of the newest things a member did; further back DECAY leaves nothing
LOOKED_AT = 100  # of each row: what is weaker is outdone by the other rows
DECAY = 0.65  # what each step back in time keeps of the weight
PAIR = 8  # bytes


@dataclass(frozen=True, slots=True)
class Near:
    """A note that is near what somebody did, with the thing done that brought most of it."""

    number: int
    score: float
    reason: int


def pack(pairs: Iterable[tuple[int, float]]) -> bytes:
    """Return the strongest KEPT pairs as bytes; of equals the smaller number comes first."""
    best = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:KEPT]
    numbers = array("I", [number for number, _weight in best])
    weights = array("f", [weight for _number, weight in best])
    if sys.byteorder == "big":
        numbers.byteswap()
        weights.byteswap()
    return numbers.tobytes() + weights.tobytes()


def unpack(packed: bytes) -> tuple[Sequence[int], Sequence[float]]:
    """Return (numbers, weights) of what `pack` wrote. Raises ValueError for anything else."""
    if len(packed) % PAIR or len(packed) > PAIR * KEPT:
        raise ValueError("these are not neighbours")
    half = len(packed) // 2
    numbers, weights = array("I"), array("f")
    numbers.frombytes(packed[:half])
    weights.frombytes(packed[half:])
    if sys.byteorder == "big":
        numbers.byteswap()
        weights.byteswap()
    return numbers, weights


def raised(packed: bytes, more: Iterable[tuple[int, float]]) -> bytes:
    """Return the neighbours with weights added; what is then too weak to be kept falls out.
    Bytes that are no neighbours count as none."""
    try:
        known = dict(zip(*unpack(packed), strict=True))
    except ValueError:
        known = {}  # broken: begin anew, until the next rebuild
    for number, weight in more:
        known[number] = known.get(number, 0.0) + weight
    return pack(known.items())


def merge(
    rows: Sequence[tuple[int, bytes, float]],
    *,
    without: Collection[int] = (),
    limit: int = 200,
    decay: float = DECAY,
) -> list[Near]:
    """Return what is near to a member's newest acts, the nearest first, scores from 0 to 1.

    `rows` are (item done, its neighbours, strength of the act), the newest first:
    score(j) = sum over k of decay^k * strength_k * W[i_k, j], divided by the largest.
    """
    scores: dict[int, float] = {}
    reasons: dict[int, tuple[float, int]] = {}
    factor = 1.0
    for done, packed, strength in rows[:MERGED]:
        scale = factor * strength
        try:
            near = unpack(packed)
        except ValueError:
            near = ((), ())  # broken, until the next rebuild
        for number, weight in zip(near[0][:LOOKED_AT], near[1], strict=False):
            part = scale * weight
            scores[number] = scores.get(number, 0.0) + part
            if part > reasons.get(number, (0.0, 0))[0]:
                reasons[number] = (part, done)
        factor *= decay
    for number in without:
        scores.pop(number, None)
    best = nlargest(limit, scores.items(), key=itemgetter(1))
    best.sort(key=lambda pair: (-pair[1], pair[0]))
    largest = best[0][1] if best else 1.0
    return [
        Near(number, round(score / largest, 4), reasons.get(number, (0.0, 0))[1])
        for number, score in best
        if score > 0
    ]
