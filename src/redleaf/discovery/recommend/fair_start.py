"""Fair start: every rule-abiding new note is owed qualified views, and the debt is paid in time.

A view is qualified when a member other than the author had half of the card in view for a second,
on Explore or on the note's channel; at most one a member counts. The debt is fixed when the note
appears, from the traffic there is (`promise`). Until it is paid, the note's boost says how far it
is behind an even pace (`boost`), and the notes furthest behind get a few places of a page, never
more than the caller allows (`choose`). When a debt was not paid the reason is stated (`cause`).

docs/exposure.md has the reasons and docs/decisions/0009-fair-start.md what was decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from redleaf.discovery.recommend.rules import Key

TARGET = 100  # N, qualified views
WINDOW = 24 * 3600.0  # seconds in which they are owed
SHARE = 0.12  # of the traffic that may be promised
PLACES = (3, 8, 15)  # ranks on the page, from 1; at most these three of 20
AIM = 0.85  # the debt shall be paid when this part of the window has gone
LARGEST = 4.0  # boost never exceeds this
STEP = 0.25  # boosts are compared in steps, so that equals take turns

PAID, RUNNING, QUIET, CROWDED, CLOSED, MISSED = (
    "paid",  # all of it, in time
    "running",  # the window is still open
    "quiet",  # fewer people read than were expected when the promise was made
    "crowded",  # more new notes came than were expected
    "closed",  # the note was not open to everybody all the time
    "missed",  # none of these: the ranking did not keep its word
)


@dataclass(frozen=True, slots=True)
class Debt:
    """A new note's account: views owed and given, seconds since it appeared."""

    key: Key
    owed: int
    shown: int
    age: float
    window: float = WINDOW


def promise(traffic: float, new_notes: float, *, target: int = TARGET, share: float = SHARE) -> int:
    """Return the views owed to a note: `target`, or what there is to share if that is less.

    `owed = min(target, floor(share * traffic / new_notes))`: `traffic` is the qualified views and
    `new_notes` the rule-abiding new notes (this one among them) of its channel in the window
    before. Where nobody reads nothing is owed. Raises ValueError for negative numbers.
    """
    if traffic < 0 or new_notes < 0 or target < 0 or not 0 <= share <= 1:
        raise ValueError("traffic, notes and target are not negative, share is from 0 to 1")
    return min(target, int(share * traffic / max(1.0, new_notes)))


def boost(shown: int, owed: int, age: float, window: float = WINDOW) -> float:
    """Return how fast the rest has to be paid, against an even pace: 0 to LARGEST.

        boost = ((owed - shown) / owed) / (1 - age / (AIM * window))

    1 means on pace (so does a note that has just appeared), more behind it, less ahead of it. It
    grows with age, shrinks with each view, is 0 when all is paid, when nothing is owed and after
    the window, and LARGEST when the time aimed at has passed and something is still owed.
    """
    if owed <= 0 or shown >= owed or not 0 <= age < window:
        return 0.0
    rest = (owed - max(0, shown)) / owed
    left = 1 - age / (AIM * window)
    return min(LARGEST, rest / left) if left > 0 else LARGEST


def choose(
    debts: Iterable[Debt],
    *,
    places: int,
    seed: int,
    relevance: Mapping[Any, float] | None = None,  # by key
) -> list[tuple[Key, float]]:
    """Return at most `places` notes that are not ahead of their pace, with their boosts.

    The largest deficit comes first: boost, with profiling on times (1/2 + relevance), where
    relevance (0 to 1) says how well the note suits this reader, so that debts are paid before the
    readers they suit. Values are compared in steps of STEP; notes that are level take turns by a
    hash of seed and key, so the order is deterministic, the same for all who share a seed, and
    another in the next epoch. If no note is behind its pace, no place is taken.
    """
    if places <= 0:
        return []
    queue = []
    for debt in debts:
        value = boost(debt.shown, debt.owed, debt.age, debt.window)
        if value < 1:
            continue
        weight = value * (0.5 + relevance.get(debt.key, 0.0)) if relevance is not None else value
        queue.append((-int(weight / STEP), _turn(seed, debt.key), debt.key, value))
    queue.sort(key=lambda entry: entry[:2])
    return [(key, value) for _weight, _turn, key, value in queue[:places]]


def cause(
    debt: Debt,
    *,
    traffic: float,
    expected_traffic: float,
    new_notes: float,
    expected_notes: float,
    always_open: bool = True,
) -> str:
    """Return how a promise stands or why it was not kept: one of the words at the top.

    Traffic and new notes are those of the note's channel in its window, and those that the promise
    was made from. A tenth less traffic or more notes is no excuse: promises leave room for it.
    """
    if debt.shown >= debt.owed:
        return PAID
    if not always_open:
        return CLOSED
    if debt.age < debt.window:
        return RUNNING
    if traffic < 0.9 * expected_traffic:
        return QUIET
    if new_notes > 1.1 * expected_notes:
        return CROWDED
    return MISSED


def _turn(seed: int, key: Key) -> bytes:
    return blake2b(f"{seed}\x1f{key}".encode("utf-8", "replace"), digest_size=8).digest()
