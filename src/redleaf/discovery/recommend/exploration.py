"""Exploration: a place or two of a page for notes that may be better than is known yet.

Thompson sampling: each candidate draws from Beta(1 + clicks, k + impressions - clicks), what its
click rate may be after what was seen, and the largest draws get the places (Thompson 1933; Chapelle
and Li, NeurIPS 2011).

The seed is part of the receipt. `random.Random(seed).betavariate` is deterministic, the candidates
draw in the order of their keys, and nothing else is random, so a replay with the same counts gives
the same order byte for byte. (Python promises the same `random()` in every version; that the draws
made from it stay the same too is held by a test with known values.)
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from redleaf.discovery.recommend.rules import Key

T = TypeVar("T")

PLACES = (6,)  # ranks on the page, from 1; a second place was measured and found nobody sooner
CAUTION = 20.0  # k: about one over the usual click rate; larger explores less
EPOCHS = (1, 2, 5, 10, 15, 30, 60)  # seconds; each day holds a whole number of each
VIEWS_A_LIST = 10  # a list is made anew after about so many readings


@dataclass(frozen=True, slots=True)
class Arm:
    """A candidate with its clicks and qualified views, each at most one a member."""

    key: Key
    clicks: int
    impressions: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What a candidate drew; the receipt shows it."""

    key: Key
    value: float


def epoch_seconds(pages_a_second: float) -> int:
    """Return how long a list holds: the longest of EPOCHS with about VIEWS_A_LIST readings in it.

    Long where few read, so that a list is worth making; short where many do, so that one list does
    not spend at once what many new notes are owed.
    """
    if pages_a_second <= 0:
        return EPOCHS[-1]
    fitting = [length for length in EPOCHS if length * pages_a_second <= VIEWS_A_LIST]
    return fitting[-1] if fitting else EPOCHS[0]


def epoch_at(moment: float, length: int) -> int:
    """Return the number of the epoch at a moment (Unix seconds). Within an epoch lists hold."""
    return int(moment // length)


def seed_of(*parts: object) -> int:
    """Return a seed of 63 bits from what a list depends on, the same on every machine.

    With profiling off the parts are edition, channel, language and epoch, never the person; with
    profiling on the member's id is one more part.
    """
    words = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def thompson(
    arms: Iterable[Arm], *, places: int, seed: int, caution: float = CAUTION
) -> list[Draw]:
    """Return the `places` candidates with the largest draws, largest first.

    Raises ValueError for counts that cannot be (negative, or more clicks than impressions).
    """
    chance = random.Random(seed)  # noqa: S311 - has to be replayable, guards nothing
    draws = []
    for arm in sorted(arms, key=lambda arm: (str(type(arm.key)), arm.key)):
        if not 0 <= arm.clicks <= arm.impressions:
            raise ValueError(f"{arm.clicks} clicks of {arm.impressions} impressions")
        value = chance.betavariate(1 + arm.clicks, caution + arm.impressions - arm.clicks)
        draws.append(Draw(arm.key, value))
    draws.sort(key=lambda draw: -draw.value)
    return draws[:places]


def insert(page: Sequence[T], extra: Sequence[T], ranks: Sequence[int]) -> list[T]:
    """Return the page with each of `extra` put at its rank (from 1), the others moving down.

    A rank behind the end means the end. Ranks are those of the finished page and rise.
    """
    made = list(page)
    for thing, rank in zip(extra, ranks, strict=False):
        made.insert(rank - 1, thing)
    return made
