"""What the operator decides about Explore, in one value that is published as a whole.

score = sum of weight * signal. The signals, and what each is measured in, stand in SIGNALS; the
weights say what one unit is worth. docs/ranking.md explains them to people.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

# signal: (default weight, the member's slider that multiplies it, is it about the reader)
SIGNALS: dict[str, tuple[float, str, bool]] = {
    "benefit": (1.0, "", False),  # ln(1 + like + 2 comment + 3 save + 3 share + 4 helpful)
    "age": (-1.543, "fresh", False),  # days since publishing; 1.543 = 86,400 / 56,000
    "depth": (0.6, "depth", False),  # 0 to 1: length, pictures, share of helpful and saves
    "language": (0.8, "languages", False),  # 1 if written in the language of the page
    "new_voice": (0.4, "new_voices", False),  # 1 for an author nobody follows, 0 from 1,000 on
    "friend": (1.5, "friends", True),  # 1 if the reader follows the author
    "local": (1.0, "local", True),  # 1 if about the reader's chosen city or within it
    "affinity": (3.0, "", True),  # 0 to 1: people who liked what the reader liked went on to this
    "subject": (1.5, "", True),  # 0 to 1: how much it is about what the reader reads
    "predicted": (2.0, "", True),  # 0 to 1: the trained model's guess that it is opened
    "less": (-4.0, "", True),  # 1 for a topic or author that the reader wants less of
}
# Signals that need what a member did; with profiling off they are not even looked up.
LEARNT = frozenset({"affinity", "subject", "predicted"})
LARGEST_WEIGHT = 100.0


@dataclass(frozen=True)
class Settings:
    """Every number that decides what Explore shows."""

    weights: Mapping[str, float] = field(
        default_factory=lambda: {name: weight for name, (weight, _s, _p) in SIGNALS.items()}
    )
    candidates: int = 500  # looked at for a list
    diverse: int = 100  # of them, put in an order that avoids likeness
    balance: float = 0.7  # diversity: what the score weighs against likeness
    author_gap: int = 4
    author_cap: int = 3
    channel_run: int = 3
    subject_run: int = 2
    new_places: int = 3  # of 20, for new notes that are owed views
    trial_places: int = 2  # of 20, for notes that may be better than is known
    caution: float = 20.0  # trials: about one over the usual rate of opening
    promise_views: int = 100
    promise_hours: int = 24
    promise_share: float = 0.12  # of a channel's traffic that may be promised
    longest_epoch: int = 60  # seconds for which a list holds

    def with_diverse(self, count: int) -> "Settings":
        """Return the settings with another number of notes kept apart from each other."""
        return replace(self, diverse=count)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON carries them."""
        return {**asdict(self), "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Settings":
        """Return what `to_json` wrote. A setting that is not given has its default.

        Raises ValueError, with a sentence, for a name that is not known or a number out of bounds.
        """
        known = {item.name for item in fields(cls)}
        unknown = set(value) - known
        if unknown:
            raise ValueError(f"There is no setting called {min(unknown)}.")
        weights = {name: weight for name, (weight, _s, _p) in SIGNALS.items()}
        given = value.get("weights", {})
        if not isinstance(given, Mapping) or set(given) - set(weights):
            raise ValueError("Weights are numbers by signal: " + ", ".join(weights) + ".")
        for name, weight in given.items():
            weights[name] = _number(name, weight, -LARGEST_WEIGHT, LARGEST_WEIGHT)
        made: dict[str, Any] = {"weights": weights}
        for name, (low, high, kind) in BOUNDS.items():
            if name in value:
                made[name] = kind(_number(name, value[name], low, high))
        return cls(**made)


BOUNDS: dict[str, tuple[float, float, type]] = {
    "candidates": (24, 500, int),
    "diverse": (0, 240, int),
    "balance": (0, 1, float),
    "author_gap": (0, 20, int),
    "author_cap": (0, 20, int),
    "channel_run": (0, 20, int),
    "subject_run": (0, 20, int),
    "new_places": (1, 8, int),
    "trial_places": (0, 4, int),
    "caution": (1, 1000, float),
    "promise_views": (1, 100_000, int),
    "promise_hours": (1, 168, int),
    "promise_share": (0, 0.5, float),
    "longest_epoch": (5, 600, int),
}
DEFAULTS = Settings()


def _number(name: str, value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} has to be a number.")
    if not low <= value <= high:
        raise ValueError(f"{name} has to be from {low:g} to {high:g}.")
    return float(value)
