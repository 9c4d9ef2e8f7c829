"""Lists of what members did, as arrays, and the counts over them. Loads numpy and scipy.

Only the trainer and the bench import this: web processes and workers stay small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp

from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key
from redleaf.discovery.recommend.transitions import Event

Array = np.ndarray[Any, Any]
SLICE = 4_000_000  # entries that are summed at a time: bounds the memory of counting


@dataclass
class Sequences:
    """Members' items as numbers from 0, member after member, each in time order and each once."""

    items: list[Key]
    flat: Array  # item numbers
    lengths: Array  # a number for each member
    strengths: Array | None = None  # of each event; None means 1

    @cached_property
    def member(self) -> Array:
        """The member's number of each event."""
        made: Array = np.repeat(np.arange(len(self.lengths)), self.lengths)
        return made

    @cached_property
    def position(self) -> Array:
        """The place of each event in its member's list, from 0."""
        starts = np.cumsum(self.lengths) - self.lengths
        made: Array = np.arange(len(self.flat)) - np.repeat(starts, self.lengths)
        return made

    @cached_property
    def counts(self) -> Array:
        """n_i: the sum of the strengths of each item's events."""
        summed = np.bincount(self.flat, weights=self.strengths, minlength=len(self.items))
        made: Array = summed.astype(np.float64)
        return made

    def without_last(self, number: int = 1) -> "Sequences":
        """Return the same with so many of the newest events of every member left out."""
        stay = self.position < np.repeat(self.lengths, self.lengths) - number
        return Sequences(
            self.items,
            self.flat[stay],
            np.maximum(self.lengths - number, 0),
            None if self.strengths is None else self.strengths[stay],
        )

    def last(self) -> Array:
        """Return the item number of each member's newest event, -1 for an empty list."""
        ends = np.cumsum(self.lengths) - 1
        if not len(self.flat):
            return np.full(len(self.lengths), -1)
        made: Array = np.where(self.lengths > 0, self.flat[np.maximum(ends, 0)], -1)
        return made


def sequences(lists: Sequence[Sequence[Key]], *, items: Sequence[Key] = ()) -> Sequences:
    """Return lists of keys as arrays; an item met again in one list counts the first time only.

    `items` gives numbers to items that nobody met yet (new ones), or fixes the numbering.
    """
    return events([[(item, 1.0) for item in one] for one in lists], items=items, plain=True)


def events(
    lists: Sequence[Sequence[Event]], *, items: Sequence[Key] = (), plain: bool = False
) -> Sequences:
    """Return lists of (item, strength) as arrays, as `sequences` does."""
    numbers: dict[Key, int] = {}
    for item in items:
        numbers.setdefault(item, len(numbers))
    flat: list[int] = []
    strengths: list[float] = []
    lengths = []
    for one in lists:
        before = len(flat)
        met: set[Key] = set()
        for item, strength in one:
            if item not in met:
                met.add(item)
                flat.append(numbers.setdefault(item, len(numbers)))
                strengths.append(strength)
        lengths.append(len(flat) - before)
    return Sequences(
        list(numbers),
        np.array(flat, dtype=np.int64),
        np.array(lengths, dtype=np.int64),
        None if plain else np.array(strengths, dtype=np.float64),
    )


def count(of: Sequences, recipe: Recipe) -> sp.csr_matrix:
    """Return T, items by items: the same numbers as adding up `transitions.increments`."""
    summed = _Sum(len(of.items))
    for distance, first, second, strength in _pairs(of, recipe.window):
        values = strength * recipe.near ** (distance - 1)
        summed.add(first, second, values)
        summed.add(second, first, recipe.back * values)
    return summed.result()


def weigh(totals: sp.csr_matrix, counts: Array, recipe: Recipe) -> sp.csr_matrix:
    """Return W of T and the counts."""
    safe = np.maximum(counts, 1.0)
    left = sp.diags(safe**-recipe.by_item)
    right = sp.diags(safe**-recipe.by_other)
    return (left @ totals @ right).tocsr().astype(np.float32)


def contexts(of: Sequences, decay: float) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Return G and N, the two counts from which transitions are decorrelated.

    Let x_t be the decayed sum of the `reach` items before position t of a member's list. G is the
    sum of x_t x_t' and N the sum of x_t e_t' over all t, e_t the item at t. In closed form they are
    counts of pairs, like T:

        G[i, j] += decay^(b-a) * (1 - decay^(2r)) / (1 - decay^2)   for i = s_a, j = s_b, a <= b
        N[i, j] += decay^(b-a-1)                                    for a < b <= a + reach

    r is the number of positions t whose context holds both: those after b, up to a + reach. G is
    symmetric and, being a sum of squares, positive semidefinite.
    """
    reach = Recipe(decay=decay).reach
    after = np.repeat(of.lengths, of.lengths) - 1 - of.position
    gram, following = _Sum(len(of.items)), _Sum(len(of.items))
    own = np.ones(len(of.flat)) if of.strengths is None else of.strengths**2
    gram.add(of.flat, of.flat, own * _series(np.minimum(after, reach), decay))
    for distance, first, second, strength in _pairs(of, reach):
        both = np.minimum(after[of.position >= distance], reach - distance)
        values = strength * decay**distance * _series(both, decay)
        gram.add(first, second, values)
        gram.add(second, first, values)
        following.add(first, second, strength * decay ** (distance - 1))
    return gram.result(), following.result()


def histories(of: Sequences, recipe: Recipe) -> sp.csr_matrix:
    """Return members by items: decay^k for the k-th newest of the newest `recipe.reach` items."""
    age = np.repeat(of.lengths, of.lengths) - 1 - of.position
    near = age < recipe.reach
    return sp.csr_matrix(
        (
            (recipe.decay ** age[near]).astype(np.float32),
            (of.member[near], of.flat[near]),
        ),
        shape=(len(of.lengths), len(of.items)),
    )


def attribute_vectors(
    items: Sequence[Key], attributes: Mapping[Key, Sequence[str]]
) -> sp.csr_matrix:
    """Return items by attributes: ln(items / items that have it), each row of length 1."""
    names: dict[str, int] = {}
    rows, columns = [], []
    for number, item in enumerate(items):
        for name in set(attributes.get(item, ())):
            rows.append(number)
            columns.append(names.setdefault(name, len(names)))
    shape = (len(items), len(names))
    has = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    spread = np.maximum(np.asarray(has.sum(0)).ravel(), 1)
    described = max(len(set(rows)), 1)
    vectors = has @ sp.diags(np.log(described / spread) + 1e-6)
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(1)).ravel())
    lengths[lengths == 0] = 1
    return (sp.diags(1 / lengths) @ vectors).tocsr().astype(np.float32)


def _pairs(of: Sequences, window: int) -> Any:
    for distance in range(1, min(window, int(of.lengths.max(initial=0)) - 1) + 1):
        second = np.flatnonzero(of.position >= distance)
        first = second - distance
        strength = (
            np.ones(len(second))
            if of.strengths is None
            else of.strengths[first] * of.strengths[second]
        )
        yield distance, of.flat[first], of.flat[second], strength


def _series(number: Array, decay: float) -> Array:
    """Return 1 + decay^2 + decay^4 … of so many terms."""
    if decay >= 1:
        made: Array = number.astype(np.float64)
        return made
    return np.asarray((1 - decay ** (2.0 * number)) / (1 - decay**2))


class _Sum:
    """Adds up entries of a sparse matrix a slice at a time."""

    def __init__(self, size: int) -> None:
        self.matrix = sp.csr_matrix((size, size), dtype=np.float64)
        self.waiting: list[tuple[Array, Array, Array]] = []
        self.number = 0

    def add(self, rows: Array, columns: Array, values: Array) -> None:
        self.waiting.append((rows, columns, values))
        self.number += len(values)
        if self.number > SLICE:
            self._sum()

    def _sum(self) -> None:
        if self.waiting:
            rows, columns, values = (
                np.concatenate(part) for part in zip(*self.waiting, strict=True)
            )
            self.matrix = self.matrix + sp.csr_matrix(
                (values, (rows, columns)), shape=self.matrix.shape
            )
        self.waiting, self.number = [], 0

    def result(self) -> sp.csr_matrix:
        self._sum()
        return self.matrix.tocsr()
