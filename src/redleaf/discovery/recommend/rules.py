"""Rules: what a page never does, whatever the scores say, and a record of what they moved."""

from collections.abc import Sequence
from dataclasses import dataclass

Key = int | str

AUTHOR_CAP = "author_cap"
AUTHOR_GAP = "author_gap"
CHANNEL_RUN = "channel_run"
SUBJECT_RUN = "subject_run"
MOVED_UP = "moved_up"
# What breaking a rule costs when every candidate in reach breaks one: the least cost goes first.
# Powers of two, so that no number of smaller rules outweighs a greater one.
COSTS = {AUTHOR_CAP: 8, AUTHOR_GAP: 4, CHANNEL_RUN: 2, SUBJECT_RUN: 1}
REACH = 40  # how far down a note is looked for that breaks no rule


@dataclass(frozen=True, slots=True)
class Item:
    """What the rules look at; `subjects` are the products shown and the topics named."""

    key: Key
    author: Key
    channel: str = ""
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a page; 0 switches a rule off (a channel's own page has no channel run)."""

    author_gap: int = 4  # so many others stand between two notes of one author
    author_cap: int = 3  # so many notes of one author on a page
    channel_run: int = 3  # so many of one channel in a row
    subject_run: int = 2  # so many that share a product or topic in a row


@dataclass(frozen=True, slots=True)
class Placed:
    """An item on the page. Ranks count from 1; `before` is its rank among those given.

    `rule` is the rule that first held it back, MOVED_UP if it took the place of one held back, ""
    if it stands where it stood. `broken` are the rules that it breaks all the same, because
    nothing in reach broke less.
    """

    key: Key
    before: int
    after: int
    rule: str = ""
    broken: tuple[str, ...] = ()


DEFAULTS = Limits()


def arrange(items: Sequence[Item], *, count: int = 20, limits: Limits = DEFAULTS) -> list[Placed]:
    """Return the first `count` of the items in an order that keeps the limits.

    Each place takes the first item left that breaks no rule; if the next REACH all break one, the
    first of those that break least (COSTS), so a page is never shorter than it has to be. The same
    items and limits give the same answer.
    """
    left = list(enumerate(items, 1))
    page: list[Item] = []
    placed: list[Placed] = []
    held: dict[int, str] = {}
    while left and len(page) < count:
        choice, least, broken = 0, 16, ()  # type: int, int, tuple[str, ...]
        for position, (rank, item) in enumerate(left[:REACH]):
            against = breaks(item, page, limits)
            cost = sum(COSTS[name] for name in against)
            if cost < least:
                choice, least, broken = position, cost, against
            if not against:
                break
            held.setdefault(rank, against[0])
        before, item = left.pop(choice)
        page.append(item)
        after = len(page)
        rule = held.get(before, "") if after > before else MOVED_UP if after < before else ""
        placed.append(Placed(item.key, before, after, rule, broken))
    return placed


def breaks(item: Item, page: Sequence[Item], limits: Limits = DEFAULTS) -> tuple[str, ...]:
    """Return the rules, gravest first, that the item would break as the next on the page."""
    found = []
    if limits.author_cap or limits.author_gap:
        places = [place for place, other in enumerate(page) if other.author == item.author]
        if limits.author_cap and len(places) >= limits.author_cap:
            found.append(AUTHOR_CAP)
        if places and len(page) - places[-1] <= limits.author_gap:
            found.append(AUTHOR_GAP)
    run = limits.channel_run
    if 0 < run <= len(page) and {item.channel} == {other.channel for other in page[-run:]} != {""}:
        found.append(CHANNEL_RUN)
    run = limits.subject_run
    shared = item.subjects
    if 0 < run <= len(page) and shared.intersection(*(other.subjects for other in page[-run:])):
        found.append(SUBJECT_RUN)
    return tuple(found)
