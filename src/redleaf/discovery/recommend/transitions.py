"""Two-way, distance-weighted transitions: counted event by event, merged in plain Python.

For a member's list s in time order, each item once, and positions a < b with b - a <= window:

    T[s_a, s_b] += near^(b-a-1) * strength_a * strength_b
    T[s_b, s_a] += back * near^(b-a-1) * strength_a * strength_b
    W[i, j] = T[i, j] / (n_i^by_item * n_j^by_other)

n_i is the sum of the strengths of i's events. A row of an item is its largest weights. No number
here depends on the order in which members' events arrive, only on each member's own order, so a
table that is updated event by event holds what a full count holds.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key

MOST = 500  # candidates

Row = Sequence[tuple[Key, float]]
Event = tuple[Key, float]  # an item and the strength of what was done with it


@dataclass(frozen=True, slots=True)
class Increment:
    """To be added to T[item, other]."""

    item: Key
    other: Key
    delta: float


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate, its score, and the item of the history that speaks most for it."""

    item: Key
    score: float
    because: Key
    share: float  # of the score, by `because`


def increments(recent: Sequence[Event], event: Event, recipe: Recipe) -> list[Increment]:
    """Return what one new event adds to T; add the event's strength to the item's count as well.

    `recent` are the member's earlier events, newest first, each item once; only the newest
    `recipe.window` matter. An item that is among them already adds nothing (nor to its count): the
    caller passes enough of the history, or asks its own table, to know. Taking an event back is
    adding the same increments with the sign turned, with the history as it was then.
    """
    item, strength = event
    if any(earlier == item for earlier, _ in recent):
        return []
    made = []
    weight = 1.0
    for earlier, before in islice(recent, recipe.window):
        delta = weight * strength * before
        made.append(Increment(earlier, item, delta))
        made.append(Increment(item, earlier, recipe.back * delta))
        weight *= recipe.near
    return made


def weight(total: float, n_item: float, n_other: float, recipe: Recipe) -> float:
    """Return W of T and the two counts. Counts below 1 count as 1."""
    divisor: float = max(n_item, 1.0) ** recipe.by_item * max(n_other, 1.0) ** recipe.by_other
    return total / divisor


def merge(
    history: Sequence[Key],
    rows: Mapping[Key, Row],
    *,
    decay: float,
    exclude: Collection[Key] = (),
    limit: int = MOST,
) -> list[Found]:
    """Return the best candidates for a history (newest first), best first, equals by key.

        score(j) = sum over k of decay^k * W[history[k], j]

    Items of the history and of `exclude` are left out; pass sets for speed. Takes about 20 µs for
    each row of 200. Scores are not between 0 and 1; `normalised` makes them so.
    """
    scores: dict[Key, float] = {}
    get = scores.get
    for factor, _item, row in _weighted(history, rows, decay):
        for other, value in row:
            scores[other] = get(other, 0.0) + factor * value
    for known in history:
        scores.pop(known, None)
    for known in exclude:
        scores.pop(known, None)
    if len(scores) > limit:
        best = nlargest(limit, scores.items(), key=_score)
        # equals at the edge are as good as one another; within the list order is by key
        scores = dict(best)
    reasons = _reasons(scores, history, rows, decay)
    found = [Found(item, score, *reasons[item]) for item, score in scores.items() if score > 0]
    found.sort(key=lambda one: (-one.score, str(one.item)))
    return found


def normalised(found: Sequence[Found]) -> dict[Key, float]:
    """Return the scores divided by the largest: 0 to 1, as a signal among others."""
    most = max((one.score for one in found), default=0.0)
    return {one.item: one.score / most for one in found} if most > 0 else {}


def _score(entry: tuple[Key, float]) -> float:
    return entry[1]


def _weighted(
    history: Sequence[Key], rows: Mapping[Key, Row], decay: float
) -> Iterator[tuple[float, Key, Row]]:
    factor = 1.0
    for item in history:
        row = rows.get(item)
        if row:
            yield factor, item, row
        factor *= decay


def _reasons(
    scores: Mapping[Key, float], history: Sequence[Key], rows: Mapping[Key, Row], decay: float
) -> dict[Key, tuple[Key, float]]:
    strongest: dict[Key, tuple[Key, float]] = {}
    most: dict[Key, float] = dict.fromkeys(scores, 0.0)
    for factor, item, row in _weighted(history, rows, decay):
        for other, value in row:
            if other in most and factor * value > most[other]:
                most[other] = factor * value
                strongest[other] = (item, factor * value)
    return {
        other: (item, value / scores[other])
        for other, (item, value) in strongest.items()
        if scores[other] > 0
    }
