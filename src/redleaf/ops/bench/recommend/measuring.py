"""Next-item figures of a set: leave one out, full ranking, what was seen removed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from redleaf.discovery.recommend import learning, rebuild, sequences, transitions
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key
from redleaf.discovery.recommend.sequences import Array, Sequences
from redleaf.discovery.recommend.transitions import Row
from redleaf.ops.bench.recommend.sets import InteractionSet

CELLS = 20_000_000
REQUESTS = 400
UNSEEN = np.float32(-1e9)


@dataclass(frozen=True)
class Quality:
    """NDCG and recall among the first ten."""

    ndcg: float
    recall: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one set; `refitted` counts the validation items too."""

    recipe: Recipe
    quality: Quality
    refitted: Quality
    popularity: Quality
    item_knn: Quality
    choose_s: float
    train_s: float
    train_cpu_s: float
    request_us: float


def measure(given: InteractionSet) -> Measured:
    """Return the figures of a set.

    The recipe is chosen on the last item but one of each member, from those before it. Everything
    is then counted from all but the last two items (as published figures are), the history given
    at the request goes up to the last but one, and the last is to be foretold.
    """
    everything = sequences.sequences(given.lists)
    asked = everything.without_last()
    train = everything.without_last(2)
    began = time.perf_counter()
    recipe, _ = learning.choose(asked, attributes=given.attributes)
    chosen = time.perf_counter()
    cpu = time.process_time()
    rows = rebuild.rebuild(train, recipe, attributes=given.attributes)
    trained, cpu = time.perf_counter(), time.process_time() - cpu
    targets = everything.last()
    again = rebuild.rebuild(asked, recipe, attributes=given.attributes)
    return Measured(
        recipe=recipe,
        quality=foretold(rows.matrix, asked, targets, recipe),
        refitted=foretold(again.matrix, asked, targets, recipe),
        popularity=_popularity(train, asked, targets),
        item_knn=foretold(item_knn(train), asked, targets, Recipe(decay=1.0)),
        choose_s=chosen - began,
        train_s=trained - chosen,
        train_cpu_s=cpu,
        request_us=request_us(rows, asked, recipe),
    )


def foretold(rows: sp.csr_matrix, asked: Sequences, targets: Array, recipe: Recipe) -> Quality:
    """Return how well rows foretell the targets from the histories asked with."""
    history = sequences.histories(asked, recipe)

    def scores(low: int, high: int) -> Array:
        made: Array = (history[low:high] @ rows).toarray().astype(np.float32)
        return made

    return _ranked(scores, asked, targets)


def item_knn(train: Sequences) -> sp.csr_matrix:
    """Return the baseline's rows: cosines of who met both, the 200 largest."""
    ones = np.ones(len(train.flat), np.float32)
    shape = (len(train.lengths), len(train.items))
    met = sp.csr_matrix((ones, (train.member, train.flat)), shape=shape)
    both = (met.T @ met).tocsr()
    both.setdiag(0)
    scale = sp.diags(1 / np.sqrt(np.maximum(train.counts, 1)))
    return rebuild.largest_of((scale @ both @ scale).tocsr(), 200)


def request_us(rows: rebuild.Rows, asked: Sequences, recipe: Recipe) -> float:
    """Return the median microseconds of `transitions.merge` to 500 candidates, rows in memory."""
    members = np.linspace(0, len(asked.lengths) - 1, REQUESTS).astype(int)
    ends = np.cumsum(asked.lengths)
    took = []
    for member in members:
        items = asked.flat[ends[member] - asked.lengths[member] : ends[member]]
        newest: list[Key] = [int(item) for item in items[::-1][: recipe.reach]]
        read: dict[Key, Row] = {item: rows.row(int(item)) for item in newest}
        seen = {int(item) for item in items}
        began = time.perf_counter_ns()
        transitions.merge(newest, read, decay=recipe.decay, exclude=seen)
        took.append(time.perf_counter_ns() - began)
    return statistics.median(took) / 1000


def _popularity(train: Sequences, asked: Sequences, targets: Array) -> Quality:
    counts = train.counts.astype(np.float32)
    return _ranked(lambda low, high: np.tile(counts, (high - low, 1)), asked, targets)


def _ranked(scores: Callable[[int, int], Array], asked: Sequences, targets: Array) -> Quality:
    block = max(1, CELLS // max(1, len(asked.items)))
    ends = np.cumsum(asked.lengths)
    found = []
    for low in range(0, len(targets), block):
        high = min(low + block, len(targets))
        part = scores(low, high)
        span = slice(ends[low] - asked.lengths[low], ends[high - 1])
        part[asked.member[span] - low, asked.flat[span]] = UNSEEN
        found.append(learning.ranks(part, targets[low:high]))
    every = np.concatenate(found)
    return Quality(learning.ndcg(every), learning.recall(every))
