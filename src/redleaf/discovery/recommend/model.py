"""A small model that can be read: a sum of one curve for each signal.

    log-odds(click) = base + sum over signals of curve(value)

A curve is a straight line between knots, flat outside them. A signal that is not given adds 0; of
one that always was given in training, the parts have the mean 0. So each signal's part is a number
of its own, which a receipt shows, and the parts add up to the score exactly.

A model is text (JSON) with the figures of its training in it. Whatever is wrong with it, one error
says so, and the caller falls back to the plain formula. Plain Python, no numpy.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

FORMAT = 1
MOST_KNOTS = 256
MOST_SIGNALS = 200


class ModelBroken(Exception):
    """A model is missing, damaged, of another format, or for other signals; its text says which."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The part of one signal: `values` at rising `knots`."""

    knots: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the part at a value; one that is no number adds 0."""
        knots = self.knots
        if value <= knots[0]:
            return self.values[0]
        if value >= knots[-1]:
            return self.values[-1]
        if math.isnan(value):
            return 0.0
        place = bisect_right(knots, value) - 1
        return self.values[place] + self.slopes[place] * (value - knots[place])


@dataclass(frozen=True, slots=True)
class Model:
    """A scorer of one version. `figures` are those of its training and validation."""

    version: str
    base: float
    curves: Mapping[str, Curve]
    figures: Mapping[str, float]

    def score(self, signals: Mapping[str, float]) -> float:
        """Return the log-odds. Signals that the model does not know are not looked at."""
        total = self.base
        for name, curve in self.curves.items():
            value = signals.get(name)
            if value is not None:
                total += curve.at(value)
        return total

    def contributions(self, signals: Mapping[str, float]) -> dict[str, float]:
        """Return the part of each given signal; with `base` they add up to the score."""
        return {
            name: curve.at(signals[name])
            for name, curve in self.curves.items()
            if signals.get(name) is not None
        }

    def score_many(
        self, shared: Mapping[str, float], candidates: Sequence[Mapping[str, float]]
    ) -> list[float]:
        """Return the scores of candidates that share some signals (the member, hour, surface).

        The same as `score` of both together, but the shared ones are looked at once.
        """
        start = self.score(shared)
        curves = [(name, curve.at) for name, curve in self.curves.items() if name not in shared]
        made = []
        for candidate in candidates:
            total = start
            for name, at in curves:
                value = candidate.get(name)
                if value is not None:
                    total += at(value)
            made.append(total)
        return made


def curve(knots: Sequence[float], values: Sequence[float]) -> Curve:
    """Return the curve through these points. Raises ModelBroken if it is none."""
    if not 1 <= len(knots) == len(values) <= MOST_KNOTS:
        raise ModelBroken("a curve has as many values as knots, and at least one")
    numbers = [*knots, *values]
    if not all(isinstance(one, int | float) and math.isfinite(one) for one in numbers):
        raise ModelBroken("a curve has a knot or value that is no number")
    if any(right <= left for left, right in pairwise(knots)):
        raise ModelBroken("the knots of a curve do not rise")
    slopes = [
        (values[place + 1] - values[place]) / (knots[place + 1] - knots[place])
        for place in range(len(knots) - 1)
    ]
    return Curve(tuple(map(float, knots)), tuple(map(float, values)), tuple(slopes))


def chance(score: float) -> float:
    """Return the probability of log-odds: 0 to 1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))


def dump(model: Model) -> str:
    """Return the model as text that `load` reads."""
    return json.dumps(
        {
            "format": FORMAT,
            "version": model.version,
            "base": model.base,
            "curves": {
                name: {"knots": list(one.knots), "values": list(one.values)}
                for name, one in model.curves.items()
            },
            "figures": dict(model.figures),
        },
        sort_keys=True,
    )


def load(text: str | bytes | None, *, signals: Collection[str] = ()) -> Model:
    """Return the model that `dump` wrote.

    With `signals` given, a model that needs any other is refused, so that one trained for an older
    product is not used by a newer one. Raises ModelBroken for everything that is not right.
    """
    if not text:
        raise ModelBroken("there is no model")
    try:
        return _checked(json.loads(text), set(signals))
    except ModelBroken:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as why:
        raise ModelBroken(f"the model cannot be read: {why}"[:300]) from why


def read(path: Path, *, signals: Collection[str] = ()) -> Model:
    """Return the model in a file. Raises ModelBroken, also when there is no such file."""
    try:
        return load(path.read_bytes(), signals=signals)
    except OSError as why:
        raise ModelBroken(f"the model cannot be read: {why.strerror}") from why


def _checked(read: object, signals: set[str]) -> Model:
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise ModelBroken("the model is of another format")
    curves = read["curves"]
    if not 1 <= len(curves) <= MOST_SIGNALS:
        raise ModelBroken("the model has no signals, or too many")
    if signals and not set(curves) <= signals:
        others = ", ".join(sorted(set(curves) - signals)[:5])
        raise ModelBroken(f"the model needs signals that are not there: {others}")
    base = read["base"]
    if not isinstance(base, int | float) or not math.isfinite(base):
        raise ModelBroken("the base of the model is no number")
    figures = {str(name): float(value) for name, value in read["figures"].items()}
    return Model(
        str(read["version"]),
        float(base),
        {name: curve(one["knots"], one["values"]) for name, one in curves.items()},
        figures,
    )
