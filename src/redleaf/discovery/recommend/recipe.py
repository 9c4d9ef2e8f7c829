"""The numbers a counting recommender is built with. They are chosen per site, never guessed."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

FORMAT = 1
FAINTEST = 0.02  # what weighs less than this share of the newest item is not looked at
LONGEST = 50  # rows that are merged at most


@dataclass(frozen=True, slots=True)
class Recipe:
    """How transitions are counted, weighed and merged; docs/recommendation.md has the formulas.

    `near`, `back`, `window` shape a count; `by_item`, `by_other` are the powers of n_i and n_j it
    is divided by; `decay` is the weight of each older item of a history against the next newer one.
    `decorrelated` is the share of the decorrelated counts, `ridge` their shrinkage, `alike` the
    share of attribute likeness. `keep` is the length of a row.
    """

    near: float = 0.8
    back: float = 0.7
    window: int = 10
    by_item: float = 0.3
    by_other: float = 0.3
    decay: float = 0.65
    decorrelated: float = 0.5
    ridge: float = 100.0
    alike: float = 0.2
    keep: int = 200

    @property
    def reach(self) -> int:
        """How many of a member's newest items are worth merging: 1 to LONGEST."""
        if self.decay >= 1:
            return LONGEST
        return min(LONGEST, 1 + math.ceil(math.log(FAINTEST) / math.log(self.decay)))

    def to_json(self) -> str:
        """Return the recipe as text that `from_json` reads."""
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True)


def from_json(text: str) -> Recipe:
    """Return the recipe that `to_json` wrote. Raises ValueError for anything else."""
    read = json.loads(text)
    if not isinstance(read, Mapping) or read.get("format") != FORMAT:
        raise ValueError("this is no recipe, or one of another format")
    names = {field.name: field.type for field in fields(Recipe)}
    values = {name: value for name, value in read.items() if name != "format"}
    if set(values) != set(names) or not all(
        isinstance(value, int | float) and math.isfinite(value) for value in values.values()
    ):
        raise ValueError("a recipe has other numbers")
    made = Recipe(**values)
    if not (0 < made.decay <= 1 and 0 < made.near <= 1 and made.window >= 1 and made.keep >= 1):
        raise ValueError("a recipe has numbers out of their range")
    return made
