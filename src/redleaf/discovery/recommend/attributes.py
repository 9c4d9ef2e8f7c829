"""Look-alikes: neighbours for what nobody met yet, from what it is about.

An attribute is a free string with a kind: "topic:tea", "channel:food", "place:lyon",
"word:kettle". Its rarity is ln(items / items that have it); two items are as alike as the cosine
of their rarities,

    cos(i, j) = sum over shared a of rarity(a)^2 / (|i| |j|),   |i|^2 = sum over a in i of rarity^2

so sharing a rare topic says much and sharing the channel little. Plain Python.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest

from redleaf.discovery.recommend.rules import Key
from redleaf.discovery.recommend.transitions import Row

KEEP = 200
LOOKED_AT = 2000  # items of one attribute; with more, the newest so many
WORDS = 12  # of a note at most


def rarities(spread: Mapping[str, int], items: int) -> dict[str, float]:
    """Return ln(items / spread) of each attribute, from how many items have it; never below 0."""
    return {
        name: max(0.0, math.log(max(items, 1) / max(number, 1))) for name, number in spread.items()
    }


def look_alikes(
    attributes: Collection[str],
    having: Mapping[str, Sequence[Key]],
    described: Mapping[Key, Collection[str]],
    rarity: Mapping[str, float],
    *,
    share: float = 1.0,
    keep: int = KEEP,
) -> list[tuple[Key, float]]:
    """Return a row of neighbours for an item with these attributes: (item, share * cosine).

    `having` lists the items of each attribute, newest first, `described` the attributes of items.
    An attribute that nobody else has, or everybody, adds nothing. A new note gets its row this way
    the moment it is published, and is put into the rows of its neighbours with the same weights.
    """
    common: dict[Key, float] = {}
    for name in sorted(set(attributes)):
        square = rarity.get(name, 0.0) ** 2
        if square > 0:
            for item in having.get(name, ())[:LOOKED_AT]:
                common[item] = common.get(item, 0.0) + square
    own = _length(attributes, rarity)
    alike = [
        (item, share * value / (own * _length(described.get(item, ()), rarity)))
        for item, value in common.items()
        if own > 0 and _length(described.get(item, ()), rarity) > 0
    ]
    return nlargest(keep, alike, key=lambda pair: pair[1])


def start(
    interests: Collection[str],
    having: Mapping[str, Sequence[Key]],
    described: Mapping[Key, Collection[str]],
    rarity: Mapping[str, float],
    worth: Mapping[Key, float],
    *,
    keep: int = KEEP,
) -> list[tuple[Key, float]]:
    """Return what to show a new member who chose interests (attributes): best first, 0 to 1.

    Likeness to the interests times (1/2 + worth / 2), where `worth` (0 to 1) is how useful others
    found the item; items of unknown worth count as 0. Nothing but the choice is used.
    """
    alike = look_alikes(interests, having, described, rarity, keep=4 * keep)
    found = [(item, value * (1 + worth.get(item, 0.0)) / 2) for item, value in alike]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))[:keep]


def joined(
    row: Row, more: Iterable[tuple[Key, float]], *, keep: int = KEEP
) -> list[tuple[Key, float]]:
    """Return a row with more neighbours added to it, the `keep` largest, largest first."""
    weights: dict[Key, float] = dict(row)
    for item, value in more:
        weights[item] = weights.get(item, 0.0) + value
    best = nlargest(keep, weights.items(), key=lambda pair: pair[1])
    return [pair for pair in best if pair[1] > 0]


def words(text: Iterable[str], rarity: Mapping[str, float], *, most: int = WORDS) -> list[str]:
    """Return the rarest known words of a text as attributes ("word:…"); `text` is cut already.

    Words that no other item has are left out: they connect nothing.
    """
    known = {f"word:{word}" for word in text} & rarity.keys()
    return sorted(known, key=lambda name: (-rarity[name], name))[:most]


def _length(attributes: Collection[str], rarity: Mapping[str, float]) -> float:
    return math.sqrt(sum(rarity.get(name, 0.0) ** 2 for name in set(attributes)))
