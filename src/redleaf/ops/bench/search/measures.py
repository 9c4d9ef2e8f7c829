"""NDCG and recall, as they are usually defined."""

import math
from collections.abc import Iterable, Mapping, Sequence


def ndcg(ranked: Sequence[int], grades: Mapping[int, int], depth: int = 10) -> float:
    """Return the discounted gain (2^grade - 1, over log2 of the place) against the best possible.

    What nobody judged counts as not relevant. 0 where nothing is relevant.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain(grades.get(item, 0) for item in ranked[:depth]) / best if best else 0.0


def recall(ranked: Sequence[int], grades: Mapping[int, int], depth: int = 100) -> float:
    """Return the share of what is relevant that is among the first."""
    relevant = {item for item, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def _gain(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
