"""Choosing a recipe for a site by what it would have foretold. Loads numpy and scipy.

The newest item of every member is held out, the recipe is chosen that ranks it highest (NDCG@10
over all items, those of the history removed), and only then everything is counted. No figure that
a recipe is praised for may come from what it was chosen by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from redleaf.discovery.recommend import rebuild, sequences
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key
from redleaf.discovery.recommend.sequences import Array, Sequences

TOP = 10
MEMBERS = 4000  # whose last items are foretold
CELLS = 24_000_000  # scores that are held at a time: 100 MB for each of three parts
SOLVED = 2500  # items that are decorrelated while choosing
DECAYS = (0.5, 0.65, 0.8, 0.9, 0.95, 1.0)
POWERS = (0.1, 0.3, 0.5, 0.7)
NEARS = ((0.6, 10), (0.8, 10), (0.9, 15), (0.95, 30), (1.0, 50))
BACKS = (0.4, 0.7, 1.0)
RIDGES = (30.0, 100.0, 300.0, 1000.0)
SHARES = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0)
ALIKES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
NEVER = np.float32(-1e9)
TURNS = 3
FEWEST = 50  # members; with fewer nothing can be chosen and the defaults stand


class _Trial:
    """What is foretold, and from which members' histories."""

    def __init__(self, of: Sequences) -> None:
        self.known = of.without_last()
        asked = np.flatnonzero(of.lengths >= 2)
        most = int(min(MEMBERS, max(FEWEST, CELLS // max(1, len(of.items)))))
        if len(asked) > most:
            asked = asked[np.linspace(0, len(asked) - 1, most).astype(int)]
        self.members = asked
        self.targets = of.last()[asked]
        place = np.full(len(of.lengths), -1)
        place[asked] = np.arange(len(asked))
        rows = place[self.known.member]
        self.seen = rows[rows >= 0], self.known.flat[rows >= 0]

    def scores(self, rows: sp.csr_matrix, recipe: Recipe) -> Array:
        """Return members by items, what is known already far below zero."""
        history = sequences.histories(self.known, recipe)[self.members]
        made: Array = (history @ rows).toarray().astype(np.float32)
        made[self.seen] = NEVER
        return made

    def alike(self, vectors: sp.csr_matrix | None, recipe: Recipe) -> Array | None:
        """Return the likeness to the history, members by items; None without attributes."""
        if vectors is None:
            return None
        history = sequences.histories(self.known, recipe)[self.members]
        made: Array = ((history @ vectors) @ vectors.T).toarray().astype(np.float32)
        made += rebuild.tie_breaker(self.known.counts) * (made > 0)
        return made

    def worth(self, scores: Array) -> float:
        """Return NDCG@10 of the held-out items."""
        return ndcg(ranks(scores, self.targets))


def choose(
    of: Sequences, *, attributes: Mapping[Key, Sequence[str]] | None = None
) -> tuple[Recipe, float]:
    """Return the recipe that foretells each member's newest item best, and its NDCG@10 there.

    A search by coordinates over a few values each: 10 to 60 s for 200,000 to 1,000,000 events. The
    same input gives the same recipe. With fewer than 50 members the defaults come back.
    """
    if int((of.lengths >= 2).sum()) < FEWEST:
        return Recipe(), 0.0
    trial = _Trial(of)
    recipe = replace(Recipe(), decorrelated=0.0, alike=0.0)
    recipe, worth = _counted(trial, recipe)
    return _mixed(trial, recipe, worth, attributes)


def _counted(trial: _Trial, recipe: Recipe) -> tuple[Recipe, float]:
    """Shape the plain counts: decay, powers, nearness and way back, then decay once more."""
    totals: dict[tuple[float, float, int], sp.csr_matrix] = {}

    def worth(of: Recipe) -> float:
        shape = (of.near, of.back, of.window)
        if shape not in totals:
            totals[shape] = sequences.count(trial.known, of)
        weighed = sequences.weigh(totals[shape], trial.known.counts, of)
        return trial.worth(trial.scores(weighed, of))

    best = (worth(recipe), recipe)

    def better(tried: Iterable[Recipe]) -> None:
        nonlocal best
        for one in tried:
            if one != best[1]:
                best = max(best, (worth(one), one), key=lambda entry: entry[0])

    better([replace(best[1], decay=decay) for decay in DECAYS])
    better([replace(best[1], by_item=i, by_other=o) for i in POWERS for o in POWERS])
    better([replace(best[1], near=near, window=window) for near, window in NEARS])
    better([replace(best[1], back=back) for back in BACKS])
    better([replace(best[1], decay=decay) for decay in DECAYS])
    return best[1], best[0]


def _mixed(
    trial: _Trial,
    recipe: Recipe,
    worth: float,
    attributes: Mapping[Key, Sequence[str]] | None,
) -> tuple[Recipe, float]:
    """Choose the shares of the decorrelated counts and of likeness, and the decay with them."""
    totals = sequences.count(trial.known, recipe)
    weighed = sequences.weigh(totals, trial.known.counts, recipe)
    vectors = sequences.attribute_vectors(trial.known.items, attributes) if attributes else None
    best = (worth, recipe)
    for decay in (one for one in DECAYS if one >= recipe.decay):
        plain = replace(best[1], decay=decay)
        before = best[0]
        counted = trial.scores(weighed, plain)
        alike = trial.alike(vectors, plain)
        for ridge in RIDGES:
            one = replace(plain, ridge=ridge)
            rows = rebuild.decorrelated(trial.known, weighed, one, largest=SOLVED)
            here = _shares(trial, one, (counted, trial.scores(rows, one), alike))
            best = max(best, here, key=lambda entry: entry[0])
        if best[0] <= before:
            break  # a longer memory does not help, nor will one longer still
    return best[1], best[0]


def _shares(
    trial: _Trial, recipe: Recipe, parts: tuple[Array, Array, Array | None]
) -> tuple[float, Recipe]:
    """Return the best shares found by turns, from those of the recipe: decorrelated, then alike."""
    counted, more, alike = parts
    best = (-1.0, recipe)
    for _ in range(TURNS if alike is not None else 1):
        likeness = best[1].alike if alike is not None else 0.0
        base = counted + np.float32(likeness) * alike if alike is not None else counted
        tried = [(trial.worth(base + np.float32(share) * more), share) for share in SHARES]
        here = max(tried)
        best = max(
            best,
            (here[0], replace(recipe, decorrelated=here[1], alike=likeness)),
            key=lambda entry: entry[0],
        )
        if alike is None:
            break
        base = counted + np.float32(here[1]) * more
        there = max((trial.worth(base + np.float32(value) * alike), value) for value in ALIKES)
        if there[0] <= best[0]:
            break
        best = (there[0], replace(recipe, decorrelated=here[1], alike=there[1]))
    return best


def ranks(scores: Array, targets: Array) -> Array:
    """Return the rank of each target among the scores of its line, from 0.

    Equals share their places evenly. A target with no score above zero ranks last. What is not to
    be found (items seen already) is far below zero in `scores`.
    """
    wanted = scores[np.arange(len(targets)), targets][:, None]
    above = (scores > wanted).sum(1)
    equal = (scores == wanted).sum(1) - 1
    made: Array = np.where(wanted[:, 0] > 0, above + equal / 2, scores.shape[1])
    return made


def ndcg(of: Array, top: int = TOP) -> float:
    """Return the mean of 1/log2(rank + 2) over those ranked among the first `top`, 0 for others."""
    return float(np.where(of < top, 1 / np.log2(of + 2), 0).mean()) if len(of) else 0.0


def recall(of: Array, top: int = TOP) -> float:
    """Return the share that is ranked among the first `top`."""
    return float((of < top).mean()) if len(of) else 0.0
