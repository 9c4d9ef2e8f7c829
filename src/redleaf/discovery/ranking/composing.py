"""Composing a list: scores, diversity, rules, places for new notes and for trials.

Everything that decides is in Inputs, and nothing here looks elsewhere: the same inputs give the
same list, which is what makes a receipt worth something.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from redleaf.discovery.ranking.settings import SIGNALS, Settings
from redleaf.discovery.recommend import diversity, exploration, fair_start, mixing, rules

PAGE = 20  # places that rules and slots count in
NEW_RANKS = (3, 8, 15, 5, 11, 18, 9, 19)  # where new notes stand on a page, the first ones first
TRIAL_RANKS = (6, 13, 10, 17)

RANKED, NEW, TRIAL = "ranked", "new_voice", "trial"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that may be shown. `source` says how it came here; `reason` names what it came by."""

    key: str  # the note's id as addresses write it
    author: str
    channel: str = ""
    topics: tuple[str, ...] = ()
    place: str = ""
    source: str = "benefit"
    reason: str = ""
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a list is made from."""

    settings: Settings
    candidates: Sequence[Candidate]
    sliders: dict[str, int]
    seed: int
    is_personal: bool = False
    one_channel: bool = False
    debts: Sequence[fair_start.Debt] = ()
    arms: Sequence[exploration.Arm] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A note's place in the list. Ranks count from 1; `scored` is its rank by score alone.

    `slot` is why it has this place (ranked, new_voice, trial), `rule` the rule that moved it,
    `worth` what won it a slot: the boost of a debt or the draw of a trial.
    """

    key: str
    rank: int
    scored: int
    score: float
    slot: str = RANKED
    rule: str = ""
    worth: float = 0.0


def weights_of(inputs: Inputs) -> dict[str, float]:
    """Return the weights as the sliders change them.

    A slider multiplies its signal's weight by 2 to the power of its value. With profiling off a
    signal about the reader (friend, local) weighs only what its slider adds: nothing in the middle.
    """
    factors = mixing.multipliers(inputs.sliders)
    made: dict[str, float] = {}
    for name, (_default, slider, about_reader) in SIGNALS.items():
        weight = inputs.settings.weights[name]
        factor = factors[slider] if slider else 1.0
        if about_reader and slider and not inputs.is_personal:
            factor = max(0.0, factor - 1.0)
        made[name] = weight * factor
    return made


def contributions(candidate: Candidate, weights: dict[str, float]) -> dict[str, float]:
    """Return what each signal adds to the score: weight * value."""
    return {name: weights[name] * value for name, value in candidate.signals.items()}


def compose(inputs: Inputs) -> list[Placed]:
    """Return every candidate in its place.

    By score (equals by key); the first `settings.diverse` in an order in which neighbours differ;
    by the rules; then new notes that are owed views and trials take their places on each page.
    """
    settings = inputs.settings
    weights = weights_of(inputs)
    by_key = {item.key: item for item in inputs.candidates}
    scores = {
        key: sum([weights[name] * value for name, value in item.signals.items()])
        for key, item in by_key.items()
    }
    order = sorted(by_key, key=lambda key: (-scores[key], key))
    scored = {key: rank for rank, key in enumerate(order, 1)}
    placed = _ruled(_diverse(order, by_key, scores, settings), by_key, inputs)
    moved = {item.key: item.rule for item in placed}
    slots = _slots(inputs, by_key)
    listed = _with_slots([str(item.key) for item in placed], slots, inputs)
    return [
        Placed(
            key,
            rank,
            scored[key],
            round(scores[key], 6),
            *((slots[key][0], "", slots[key][1]) if key in slots else (RANKED, moved[key], 0.0)),
        )
        for rank, key in enumerate(listed, 1)
    ]


def _diverse(
    order: list[str], by_key: dict[str, Candidate], scores: dict[str, float], settings: Settings
) -> list[str]:
    count = min(settings.diverse, len(order))
    if count < 2:
        return order
    # Only what stands near the top competes: the rest could not be taken, and costs time.
    pool = order[: 2 * count]
    vectors = [
        diversity.attributes(
            author=item.author, channel=item.channel, place=item.place, topics=item.topics
        )
        for item in (by_key[key] for key in pool)
    ]
    taken: list[str] = []
    left = list(range(len(pool)))
    while left and len(taken) < count:  # page by page: a later page's spread of scores is its own
        chosen = diversity.mmr(
            [scores[pool[index]] for index in left],
            [vectors[index] for index in left],
            count=min(PAGE, count - len(taken)),
            balance=settings.balance,
        )
        picked = [left[index] for index in chosen]
        taken.extend(pool[index] for index in picked)
        gone = set(picked)
        left = [index for index in left if index not in gone]
    first = set(taken)
    return taken + [key for key in order if key not in first]


def _ruled(order: list[str], by_key: dict[str, Candidate], inputs: Inputs) -> list[rules.Placed]:
    settings = inputs.settings
    limits = rules.Limits(
        author_gap=settings.author_gap,
        author_cap=settings.author_cap,
        channel_run=0 if inputs.one_channel else settings.channel_run,
        subject_run=settings.subject_run,
    )
    left = order
    placed: list[rules.Placed] = []
    while left and len(placed) < settings.diverse:
        items = [_item(by_key[key]) for key in left[: PAGE + rules.REACH]]
        page = rules.arrange(items, count=PAGE, limits=limits)
        placed.extend(page)
        gone = {item.key for item in page}
        left = [key for key in left if key not in gone]
    rank = len(placed)
    return placed + [rules.Placed(key, rank, rank) for key in left]


def _item(candidate: Candidate) -> rules.Item:
    return rules.Item(
        candidate.key, candidate.author, candidate.channel, frozenset(candidate.topics)
    )


def _slots(inputs: Inputs, by_key: dict[str, Candidate]) -> dict[str, tuple[str, float]]:
    """Return which notes get a place of their own, why, and what won it; the first ones first."""
    pages = max(1, min(len(by_key), inputs.settings.diverse) // PAGE)
    relevance = None
    if inputs.is_personal:
        relevance = {
            key: item.signals.get("subject", 0.0) or item.signals.get("affinity", 0.0)
            for key, item in by_key.items()
        }
    new_ranks = set(NEW_RANKS[: _new_places(inputs)])
    trial_ranks = set(TRIAL_RANKS[: inputs.settings.trial_places])
    known = [debt for debt in inputs.debts if debt.key in by_key]
    slots: dict[str, tuple[str, float]] = {
        str(key): (NEW, round(value, 6))
        for key, value in fair_start.choose(
            known,
            places=_reached(new_ranks, pages, len(by_key)),
            seed=inputs.seed,
            relevance=relevance,
        )
    }
    trials = exploration.thompson(
        [arm for arm in inputs.arms if arm.key in by_key and arm.key not in slots],
        places=_reached(trial_ranks, pages, len(by_key)),
        seed=inputs.seed,
        caution=inputs.settings.caution,
    )
    slots |= {str(draw.key): (TRIAL, round(draw.value, 6)) for draw in trials}
    return slots


def _reached(ranks: set[int], pages: int, count: int) -> int:
    """Return how many places of these ranks a list of so many notes has on its first pages."""
    return sum(rank % PAGE + 1 in ranks for rank in range(min(count, pages * PAGE)))


def _new_places(inputs: Inputs) -> int:
    value = inputs.sliders.get("new_voices", 0)
    wanted = inputs.settings.new_places + mixing.NEW_VOICES[value] - mixing.NEW_VOICES[0]
    return max(1, min(len(NEW_RANKS), wanted))


def _with_slots(order: list[str], slots: dict[str, tuple[str, float]], inputs: Inputs) -> list[str]:
    rest = iter([key for key in order if key not in slots])
    new = iter([key for key, (slot, _worth) in slots.items() if slot == NEW])
    trial = iter([key for key, (slot, _worth) in slots.items() if slot == TRIAL])
    new_ranks = set(NEW_RANKS[: _new_places(inputs)])
    trial_ranks = set(TRIAL_RANKS[: inputs.settings.trial_places])
    made: list[str] = []
    while len(made) < len(order):
        rank = len(made) % PAGE + 1
        key = None
        if rank in new_ranks:
            key = next(new, None)
        elif rank in trial_ranks:
            key = next(trial, None)
        key = key or next(rest, None) or next(new, None) or next(trial, None)
        if key is None:
            break
        made.append(key)
    return made


def benefit(likes: int, comments: int, saves: int, shares: int, helpful: int) -> float:
    """Return ln(1 + like + 2 comment + 3 save + 3 share + 4 helpful)."""
    return log(1.0 + likes + 2 * comments + 3 * saves + 3 * shares + 4 * helpful)


def as_json(inputs: Inputs) -> dict[str, Any]:
    """Return the inputs as a receipt keeps them."""
    names = list(SIGNALS)
    authors: dict[str, int] = {}
    topics: dict[str, int] = {}  # for the rules only sameness counts: small numbers keep it small
    return {
        "settings": inputs.settings.to_json(),
        "sliders": inputs.sliders,
        "seed": inputs.seed,
        "is_personal": inputs.is_personal,
        "one_channel": inputs.one_channel,
        "signals": names,
        "candidates": [
            [
                item.key,
                authors.setdefault(item.author, len(authors)),
                item.channel,
                [topics.setdefault(topic, len(topics)) for topic in item.topics],
                item.place,
                item.source,
                item.reason,
                [item.signals.get(name) for name in names],
            ]
            for item in inputs.candidates
        ],
        "debts": [
            [debt.key, debt.owed, debt.shown, debt.age, debt.window] for debt in inputs.debts
        ],
        "arms": [[arm.key, arm.clicks, arm.impressions] for arm in inputs.arms],
    }


def from_json(value: dict[str, Any]) -> Inputs:
    """Return the inputs that `as_json` wrote."""
    names = value["signals"]
    return Inputs(
        settings=Settings.from_json(value["settings"]),
        candidates=[
            Candidate(
                key,
                str(author),
                channel,
                tuple(map(str, topics)),
                place,
                source,
                reason,
                {
                    name: number
                    for name, number in zip(names, numbers, strict=True)
                    if number is not None
                },
            )
            for key, author, channel, topics, place, source, reason, numbers in value["candidates"]
        ],
        sliders=value["sliders"],
        seed=value["seed"],
        is_personal=value["is_personal"],
        one_channel=value["one_channel"],
        debts=[fair_start.Debt(*item) for item in value["debts"]],
        arms=[exploration.Arm(*item) for item in value["arms"]],
    )
