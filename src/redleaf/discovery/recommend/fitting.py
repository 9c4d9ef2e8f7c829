"""Fitting the curves of a model to what was shown and what was clicked. Loads numpy and scipy."""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from scipy.stats import rankdata

from redleaf.discovery.recommend.model import Model, curve
from redleaf.discovery.recommend.sequences import Array

KNOTS = 10
STIFFNESS = 10.0  # what a bend between two neighbouring knots costs
PULL = 1.0  # what being away from 0 costs
ROUNDS = 8
STILL = 1e-4  # a step smaller than this is the last
FARTHEST = 20.0  # log-odds


def fit(
    names: Sequence[str],
    values: Array,
    clicked: Array,
    *,
    version: str,
    figures: Mapping[str, float] | None = None,
    knots: int = KNOTS,
) -> Model:
    """Return the model that explains the clicks best: penalised logistic regression, by Newton.

    `values` is shown by signals, with NaN for what is not known (it adds 0), `clicked` is 0 or 1.
    Knots stand at quantiles. About 10 s for 100,000 shown and 30 signals in one thread. Raises
    ValueError if there is nothing to learn from (no rows, or all clicked, or none).
    """
    share = float(np.mean(clicked)) if len(clicked) else 0.0
    if not 0 < share < 1:
        raise ValueError("there is nothing to learn: all were clicked, or none")
    places = [_knots(values[:, number], knots) for number in range(len(names))]
    matrix = _matrix(values, places)
    weights, base = _newton(matrix, clicked.astype(np.float64), places)
    means = np.asarray(matrix.mean(0)).ravel() * weights
    curves, start = {}, 0
    for number, (name, knots_of) in enumerate(zip(names, places, strict=True)):
        end = start + len(knots_of)
        always = not np.isnan(values[:, number]).any()
        mean = float(means[start:end].sum()) if always else 0.0
        curves[name] = curve(knots_of.tolist(), (weights[start:end] - mean).tolist())
        base += mean
        start = end
    known = {"rows": float(len(clicked)), "clicked": share, **(figures or {})}
    return Model(version, base, curves, known)


def scores(model: Model, names: Sequence[str], values: Array) -> Array:
    """Return the scores of many rows at once: the same as `model.score` of each."""
    total = np.full(len(values), model.base)
    for number, name in enumerate(names):
        one = model.curves.get(name)
        if one is not None:
            column = values[:, number]
            parts = np.interp(column, one.knots, one.values)
            total += np.where(np.isnan(column), 0.0, parts)
    return total


def auc(clicked: Array, score: Array) -> float:
    """Return the chance that a clicked one scores above one that was not; ties count half."""
    ones = int(clicked.sum())
    others = len(clicked) - ones
    if not ones or not others:
        return 0.5
    ranked = rankdata(score)
    return float((ranked[clicked == 1].sum() - ones * (ones + 1) / 2) / (ones * others))


def _knots(values: Array, number: int) -> Array:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(1)
    return np.unique(np.quantile(known, np.linspace(0, 1, number)))


def _matrix(values: Array, places: Sequence[Array]) -> sp.csr_matrix:
    rows, columns, parts, start = [], [], [], 0
    lines = np.arange(len(values))
    for number, knots in enumerate(places):
        known = ~np.isnan(values[:, number])
        column = np.clip(values[known, number], knots[0], knots[-1])
        if len(knots) == 1:
            rows.append(lines[known])
            columns.append(np.full(int(known.sum()), start))
            parts.append(np.ones(int(known.sum())))
        else:
            left = np.clip(np.searchsorted(knots, column, side="right") - 1, 0, len(knots) - 2)
            right = (column - knots[left]) / (knots[left + 1] - knots[left])
            rows += [lines[known]] * 2
            columns += [start + left, start + left + 1]
            parts += [1 - right, right]
        start += len(knots)
    entries = (np.concatenate(parts), (np.concatenate(rows), np.concatenate(columns)))
    return sp.csr_matrix(entries, shape=(len(values), start))


def _penalty(places: Sequence[Array]) -> Array:
    size = sum(len(knots) for knots in places)
    made = np.eye(size) * PULL
    start = 0
    for knots in places:
        steps = np.diff(np.eye(len(knots)), axis=0)
        end = start + len(knots)
        made[start:end, start:end] += STIFFNESS * steps.T @ steps
        start = end
    return made


def _newton(matrix: sp.csr_matrix, clicked: Array, places: Sequence[Array]) -> tuple[Array, float]:
    size = matrix.shape[1]
    penalty = np.zeros((size + 1, size + 1))
    penalty[:size, :size] = _penalty(places)
    wide = sp.hstack([matrix, np.ones((matrix.shape[0], 1))]).tocsr()
    found: Array = np.zeros(size + 1)
    share = clicked.mean()
    found[-1] = np.log(share / (1 - share))
    for _ in range(ROUNDS):
        expected = 1 / (1 + np.exp(-np.clip(wide @ found, -FARTHEST, FARTHEST)))
        sure = expected * (1 - expected)
        bend = (wide.T @ wide.multiply(sure[:, None]).tocsr()).toarray() + penalty
        step = np.linalg.solve(bend, wide.T @ (clicked - expected) - penalty @ found)
        found += step
        if np.abs(step).max() < STILL:
            break
    return found[:-1], float(found[-1])
