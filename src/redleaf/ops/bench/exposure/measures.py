"""What is read from a finished run."""

import numpy as np

from redleaf.ops.bench.exposure.population import DAY, Floats, Ints, World
from redleaf.ops.bench.exposure.running import State

WARM = 2 * DAY  # what was published or seen before is not measured
FOUND = 5  # saves by readers on Explore
HORIZON = 72.0  # hours; an author not found by then counts as this
GOOD = 0.7  # quantile of quality from which a newcomer counts as good


def figures(state: State) -> dict[str, float]:
    """Return the figures of a run, by name."""
    world = state.world
    notes = world.notes
    end = world.days * DAY
    measured = (notes.published >= WARM) & (notes.published < end - DAY)
    owed = measured & (state.owed > 0)
    paid = state.in_time[owed] >= state.owed[owed]
    ring = world.authors.ring[notes.author] & measured
    twin = world.authors.twin[notes.author] & measured
    quality, views = notes.quality[measured & ~ring], state.views[measured & ~ring]
    hours, found = _found(state, world)
    joy = np.array([row[1:] for row in state.joy if row[0] >= WARM])
    seen = joy[:, 2].sum()
    return {
        "promise_share": float(paid.mean()),
        "promise_filled": float(np.minimum(1.0, state.in_time[owed] / state.owed[owed]).mean()),
        "owed": float(state.owed[owed].mean()),
        "gini": gini(views),
        "gini_by_quality": gini_by_quality(quality, views),
        "best_to_worst": _best_to_worst(quality, views),
        "hours_to_find": hours,
        "found_share": found,
        "reader_utility": float(joy[:, 0].sum() / seen),
        "varied_utility": float(joy[:, 1].sum() / seen),
        "topics_a_visit": float(joy[:, 3].mean()),
        "views": float(seen),
        "ring_gain": float((state.views[ring] + 1).sum() / (state.views[twin] + 1).sum()),
    }


def gini(values: Floats | Ints) -> float:
    """Return the Gini coefficient: 0 when all have the same, near 1 when one has all."""
    if not len(values) or values.sum() == 0:
        return 0.0
    ordered = np.sort(values).astype(float)
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum()))


def gini_by_quality(quality: Floats, views: Ints) -> float:
    """Return the mean Gini of views within deciles of quality: luck that no merit explains."""
    parts = np.array_split(np.argsort(quality, kind="stable"), 10)
    return float(np.mean([gini(views[part]) for part in parts]))


def _best_to_worst(quality: Floats, views: Ints) -> float:
    parts = np.array_split(np.argsort(quality, kind="stable"), 10)
    return float(views[parts[-1]].mean() / max(0.1, float(views[parts[0]].mean())))


def _found(state: State, world: World) -> tuple[float, float]:
    """Return mean hours until a good newcomer has FOUND saves, and the share found in HORIZON."""
    authors = world.authors
    good = np.quantile(authors.quality[authors.newcomer], GOOD)
    latest = world.days * DAY - HORIZON * 3600
    hours = []
    for author in np.flatnonzero(authors.newcomer & (authors.quality >= good)).tolist():
        begins = float(authors.arrives[author])
        if WARM <= begins <= latest:
            moments = state.saves_of.get(author, [])
            passed = (moments[FOUND - 1] - begins) / 3600 if len(moments) >= FOUND else HORIZON
            hours.append(min(HORIZON, passed))
    if not hours:
        return HORIZON, 0.0
    return float(np.mean(hours)), float(np.mean(np.array(hours) < HORIZON))
