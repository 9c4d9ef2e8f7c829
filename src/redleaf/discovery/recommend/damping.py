"""What one person, or a few who always act together, can do to the rest: little.

Two dampers. `capped` bounds a person's total effect on one author. `factor` believes a likeness of
two items more when those who met both have little else in common, as Swing does (Yang et al., arXiv
2010.05525: the sum over u < v of 1 / (a + |I_u and I_v|)), here as a factor of counted transitions:

    f(i, j) = mean over u < v in U_i and U_j of a / (a + (c - 2) * c / sqrt(|I_u| |I_v|))

U_i are those who met i, I_u what u met, c = |I_u and I_v|. The share of all that two met tells a
ring from two who simply met much: the plain form cost dense sets 13 % of NDCG@10, this one 1 %.
Members of a ring who save one another's notes have all of them in common, so f falls as the ring
grows; of strangers who have just these two items in common it is 1.
"""

import math
from collections.abc import Collection, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import scipy.sparse as sp

    from redleaf.discovery.recommend.sequences import Sequences

CAP = 6.0  # strengths: two helpful saves with a comment; more of the same adds ever less
APART = 3.0  # a
SUPPORTERS = 40  # members an item's likeness is judged from, drawn evenly from all
FEWEST = 2


def effective(total: float, cap: float = CAP) -> float:
    """Return what a person's strengths on one author count for: `cap * total / (cap + total)`.

    Almost all of it while it is small, never more than `cap`. Raises ValueError if negative.
    """
    if total < 0 or cap <= 0:
        raise ValueError("strengths are not negative, and a cap is more than nothing")
    return cap * total / (cap + total)


def capped(strength: float, before: float, cap: float = CAP) -> float:
    """Return what one more act counts for, after acts of `before` in all on the same author.

    The parts add up to `effective` of the sum, in whatever order they came. `before` is kept for
    each person and author over the window of the counts (a year), by the caller.
    """
    return effective(before + strength, cap) - effective(before, cap)


def factor(
    first: Collection[object],
    second: Collection[object],
    met: Mapping[object, Collection[object]],
    *,
    apart: float = APART,
) -> float:
    """Return f(i, j) of those who met i, those who met j, and what each of them met.

    Above 0, at most 1; 1 if fewer than two members met both. The plain form, quadratic in the
    members both have; `swung` is the trainer's.
    """
    both = sorted(set(first) & set(second), key=str)
    if len(both) < FEWEST:
        return 1.0
    believed = []
    for one, other in combinations(both, 2):
        common = len(set(met[one]) & set(met[other]))
        share = common / math.sqrt(len(set(met[one])) * len(set(met[other])))
        believed.append(apart / (apart + max(0, common - 2) * share))
    return sum(believed) / len(believed)


def swung(
    of: "Sequences", totals: "sp.csr_matrix", *, apart: float = APART, supporters: int = SUPPORTERS
) -> "sp.csr_matrix":
    """Return T with every entry times its f(i, j), judged from at most `supporters` of item i.

    Costs `supporters`^2 for each entry of T and as many looks into members' lists for each item.
    """
    import numpy as np
    import scipy.sparse as sp

    size = len(of.items)
    ones = np.ones(len(of.flat), np.float32)
    lists = sp.csr_matrix((ones, (of.member, of.flat)), shape=(len(of.lengths), size))
    met_by = lists.T.tocsr()
    made = totals.tocsr(copy=True)
    for item in range(size):
        start, end = made.indptr[item], made.indptr[item + 1]
        members = met_by.indices[met_by.indptr[item] : met_by.indptr[item + 1]]
        if end == start or len(members) < FEWEST:
            continue
        if len(members) > supporters:
            members = members[np.linspace(0, len(members) - 1, supporters).astype(int)]
        mine = lists[members]
        common = (mine @ mine.T).toarray()
        lengths = np.sqrt(common.diagonal())
        share = common / np.outer(lengths, lengths)
        believed = apart / (apart + np.maximum(common - 2, 0) * share)
        np.fill_diagonal(believed, 0)
        others = made.indices[start:end]
        has = mine[:, others].toarray()
        both = has.sum(0)
        pairs = both * (both - 1)
        worth = (has * (believed @ has)).sum(0)
        made.data[start:end] *= np.where(pairs > 0, worth / np.maximum(pairs, 1), 1.0)
    return made
