"""The full rebuild: from members' lists and items' attributes to a row of neighbours for each item.

    R = W + decorrelated * B / s + alike * C,   the `keep` largest of each row, positive ones only

W are weighed transitions. B = (G + ridge)^-1 N are the same counts decorrelated: the least-squares
answer to "which item follows", where W answers "which followed", so what always comes together is
counted once (after SLIST, Choi et al., WWW'21, with a context that decays). It is solved for the
most used items only. s puts B on the scale of W by least squares. C is the cosine of attributes,
each weighed by its rarity: it serves items that few or nobody met.

Loads numpy and scipy: for the trainer's own process, and the bench.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy import linalg

from redleaf.discovery.recommend import damping, sequences
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key
from redleaf.discovery.recommend.sequences import Array, Sequences

LARGEST = 8000  # items that are decorrelated at most: 256 MB for each of four matrices
BASE, EVENTS_AN_ITEM = 2000, 150
BLOCK = 1024  # rows that are made at a time
TIE = 1e-3  # among items that are equally alike, those met more often come first
FLOOR = 1e-4  # keeps tiny numbers out of the solution, which processors are slow with
SCALED_BY = 400  # columns that s is taken from
NEGLIGIBLE = 3e-3  # of B/s


@dataclass
class Rows:
    """The rebuilt neighbours: items by items."""

    items: list[Key]
    matrix: sp.csr_matrix

    def __iter__(self) -> Iterator[tuple[Key, list[tuple[Key, float]]]]:
        """Give each item with its row, largest first; items without neighbours are left out."""
        for number, item in enumerate(self.items):
            row = [(self.items[other], weight) for other, weight in self.row(number)]
            if row:
                yield item, row

    def row(self, number: int) -> list[tuple[int, float]]:
        """Return the row of the item with this number as (number, weight), largest first."""
        span = slice(self.matrix.indptr[number], self.matrix.indptr[number + 1])
        values, others = self.matrix.data[span], self.matrix.indices[span]
        order = np.lexsort((others, -values))
        return list(zip(others[order].tolist(), values[order].tolist(), strict=True))


def rebuild(
    of: Sequences,
    recipe: Recipe,
    *,
    attributes: Mapping[Key, Sequence[str]] | None = None,
    swing: bool = False,
    largest: int = LARGEST,
) -> Rows:
    """Return the rows of every item. About 1 s for 200,000 events, 5 s with decorrelation.

    `attributes` are free strings for each item ("topic:tea", "channel:food", "word:kettle").
    `swing` damps what rests on members who do everything together (`damping.swung`);
    `largest` bounds the items that are decorrelated, and so the memory.
    """
    totals = sequences.count(of, recipe)
    if swing:
        totals = damping.swung(of, totals)
    base = sequences.weigh(totals, of.counts, recipe)
    if recipe.decorrelated > 0:
        more = decorrelated(of, base, recipe, swing=swing, largest=largest)
        base = (base + recipe.decorrelated * more).tocsr()
    vectors = sequences.attribute_vectors(of.items, attributes) if attributes else None
    return Rows(of.items, _largest(base, vectors, of.counts, recipe))


def decorrelated(
    of: Sequences,
    weighed: sp.csr_matrix,
    recipe: Recipe,
    *,
    swing: bool = False,
    largest: int = LARGEST,
) -> sp.csr_matrix:
    """Return B / s over the most used items, the rest empty."""
    size = min(largest, len(of.items), BASE + len(of.flat) // EVENTS_AN_ITEM)
    head = np.argsort(-of.counts, kind="stable")[:size]
    gram, following = sequences.contexts(of, recipe.decay)
    if swing:
        following = damping.swung(of, following)
    solved, scale = solve(
        _dense(gram, head), _dense(following, head), _dense(weighed, head), recipe
    )
    solved /= scale
    solved[np.abs(solved) < NEGLIGIBLE] = 0
    inner = sp.coo_matrix(solved)
    return sp.csr_matrix(
        (inner.data, (head[inner.row], head[inner.col])), shape=weighed.shape, dtype=np.float32
    )


def solve(gram: Array, following: Array, weighed: Array, recipe: Recipe) -> tuple[Array, float]:
    """Return B = (G + ridge)^-1 N and s, the size of W that fits N best (1 if nothing fits)."""
    some = slice(None, None, max(1, len(gram) // SCALED_BY))
    below = float(((gram @ weighed[:, some]) * weighed[:, some]).sum())
    fits = float((following[:, some] * weighed[:, some]).sum())
    scale = fits / below if below > 0 else 1.0
    raised = gram + np.float32(FLOOR)
    raised[np.diag_indices_from(raised)] += np.float32(max(recipe.ridge, 1.0))
    factor = linalg.cho_factor(raised, overwrite_a=True, check_finite=False)
    return linalg.cho_solve(factor, following, check_finite=False), scale if scale > 0 else 1.0


def _dense(matrix: sp.csr_matrix, head: Array) -> Array:
    made: Array = matrix[head][:, head].toarray().astype(np.float32)
    return made


def likeness(vectors: sp.csr_matrix, low: int, high: int) -> Array:
    """Return the cosines of some items to all, 0 to themselves."""
    made: Array = (vectors[low:high] @ vectors.T).toarray()
    made[np.arange(high - low), np.arange(low, high)] = 0
    return made


def tie_breaker(counts: Array) -> Array:
    """Return a little for each item that was met often: 0 to TIE."""
    logs = np.log1p(counts)
    made: Array = (TIE * logs / max(float(logs.max(initial=0.0)), 1e-9)).astype(np.float32)
    return made


def _largest(
    base: sp.csr_matrix, vectors: sp.csr_matrix | None, counts: Array, recipe: Recipe
) -> sp.csr_matrix:
    size = base.shape[0]
    if vectors is None or recipe.alike <= 0:
        return largest_of(base, recipe.keep)
    block = max(16, min(BLOCK, 16_000_000 // max(size, 1)))
    ties = tie_breaker(counts)
    parts = []
    for low in range(0, size, block):
        high = min(low + block, size)
        alike = likeness(vectors, low, high)
        alike += ties * (alike > 0)
        parts.append(_cut_dense(base[low:high].toarray() + recipe.alike * alike, recipe.keep))
    return sp.vstack(parts).tocsr()


def _cut_dense(block: Array, keep: int) -> sp.csr_matrix:
    keep = min(keep, block.shape[1])
    if keep == block.shape[1]:
        columns = np.tile(np.arange(keep), (len(block), 1))
    else:
        columns = np.argpartition(-block, keep - 1, axis=1)[:, :keep]
    values = np.maximum(np.take_along_axis(block, columns, axis=1), 0)
    rows = np.repeat(np.arange(len(block)), keep)
    made = sp.csr_matrix((values.ravel(), (rows, columns.ravel())), shape=block.shape)
    made.eliminate_zeros()
    return made


def largest_of(matrix: sp.csr_matrix, keep: int) -> sp.csr_matrix:
    """Return the `keep` largest of each row that are above 0."""
    matrix = matrix.tocsr(copy=True)
    matrix.data[matrix.data < 0] = 0
    for number in np.flatnonzero(np.diff(matrix.indptr) > keep):
        values = matrix.data[matrix.indptr[number] : matrix.indptr[number + 1]]
        values[np.argpartition(-values, keep - 1)[keep:]] = 0
    matrix.eliminate_zeros()
    return matrix
