"""A population whose tastes and qualities are known, and the plan of what it will do.

Everything that does not depend on the ranking is drawn here once and shared by all systems: who
comes when and how far they scroll, who publishes what, and the chance numbers that decide whether a
given reader would click or save a given note. Systems then differ by their rankings alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAY = 86_400.0
TOPICS = 12
CHANNELS = 6  # two topics each
READERS = 1_000
ESTABLISHED = 300
NEWCOMERS = 30  # a day
RING_AUTHORS = 4
RING_ACCOUNTS = 12
DEPTH = 9.0  # cards that a visit looks at, on average
MAIN = -1  # the page of all channels
MAIN_SHARE = 0.6  # of visits; the others open a channel
HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 5, 5, 5, 6, 8, 7, 5, 5, 5, 6, 7, 9, 11, 11, 7, 3)


@dataclass(frozen=True, slots=True)
class Authors:
    """Authors by number: established, newcomers, the ring, and the ring's honest twins."""

    quality: Floats
    followers: Ints
    arrives: Floats  # moment of the first note
    newcomer: Flags
    ring: Flags
    twin: Flags


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes in order of publishing."""

    published: Floats
    author: Ints
    topic: Ints
    channel: Ints
    quality: Floats  # what a reader gains who cares for the topic, 0 to 1
    appeal: Floats  # how much the cover promises, whatever it keeps


@dataclass(frozen=True, slots=True)
class World:
    """All that is given before any ranking."""

    days: int
    authors: Authors
    notes: Notes
    affinity: Floats  # readers x topics, 1 for the best-loved
    visit_at: Floats
    visit_reader: Ints
    visit_channel: Ints  # MAIN or a channel
    visit_depth: Ints
    click_chance: NDArray[np.float32]  # readers x notes
    save_chance: NDArray[np.float32]

    def utility(self, reader: int, notes: Ints) -> Floats:
        """Return what the reader truly gains from each note."""
        gain: Floats = self.notes.quality[notes] * self.affinity[reader, self.notes.topic[notes]]
        return gain


def build(*, seed: int, days: int, visits: int) -> World:
    """Draw a world; the same seed, days and visits a day give the same one."""
    rng = np.random.default_rng(seed)
    authors = _authors(rng, days)
    notes = _notes(rng, days, authors)
    taste = rng.dirichlet(np.full(TOPICS, 0.3), READERS)
    affinity = taste / taste.max(axis=1, keepdims=True)
    count = visits * days
    activity = rng.lognormal(0.0, 1.0, READERS)
    reader = rng.choice(READERS, count, p=activity / activity.sum())
    weights = np.array(HOURS, dtype=float)
    hour = rng.choice(24, count, p=weights / weights.sum())
    at = np.sort(rng.integers(0, days, count) * DAY + (hour + rng.random(count)) * DAY / 24)
    wanted = (taste[reader].cumsum(axis=1) > rng.random((count, 1))).argmax(axis=1) // 2
    channel = np.where(rng.random(count) < MAIN_SHARE, MAIN, wanted)
    return World(
        days=days,
        authors=authors,
        notes=notes,
        affinity=affinity,
        visit_at=at,
        visit_reader=reader,
        visit_channel=channel,
        visit_depth=np.minimum(20, rng.geometric(1 / DEPTH, count)),
        click_chance=rng.random((READERS, len(notes.published)), dtype=np.float32),
        save_chance=rng.random((READERS, len(notes.published)), dtype=np.float32),
    )


def click_rate(match: Floats, quality: Floats, appeal: Floats) -> Floats:
    """Return the chance of a click: taste decides, and the cover as much as what is behind it."""
    return 0.02 + 0.3 * match * (0.5 * quality + 0.5 * appeal)


def save_rate(match: Floats, quality: Floats) -> Floats:
    """Return the chance that a clicked note is kept: here only what is behind the cover counts."""
    return 0.02 + 0.5 * match * quality


def _authors(rng: np.random.Generator, days: int) -> Authors:
    new = NEWCOMERS * days
    total = ESTABLISHED + new + 2 * RING_AUTHORS
    quality = rng.beta(2.0, 2.5, total)
    quality[-2 * RING_AUTHORS :] = 0.25
    followers = np.zeros(total, dtype=np.int64)
    followers[:ESTABLISHED] = np.minimum(2_000, 10 * (rng.pareto(1.0, ESTABLISHED) + 1))
    arrives = np.zeros(total)
    arrives[ESTABLISHED : ESTABLISHED + new] = np.sort(rng.random(new)) * days * DAY
    kind = np.arange(total)
    return Authors(
        quality=quality,
        followers=followers,
        arrives=arrives,
        newcomer=(kind >= ESTABLISHED) & (kind < ESTABLISHED + new),
        ring=(kind >= ESTABLISHED + new) & (kind < ESTABLISHED + new + RING_AUTHORS),
        twin=kind >= ESTABLISHED + new + RING_AUTHORS,
    )


def _notes(rng: np.random.Generator, days: int, authors: Authors) -> Notes:
    rows: list[tuple[float, int, int, float, float]] = []
    end = days * DAY
    for author in range(len(authors.quality)):
        if authors.twin[author]:
            continue
        home, second = rng.choice(TOPICS, 2, replace=False)
        if authors.ring[author]:
            moments = np.arange(days) * DAY + rng.random(days) * DAY
        elif authors.newcomer[author]:
            more = rng.exponential(DAY / 0.15, 4).cumsum()
            moments = authors.arrives[author] + np.concatenate([[0.0], more])
        else:
            moments = rng.exponential(DAY / (0.2 * rng.lognormal(0, 0.5)), 60).cumsum()
        for moment in moments[moments < end]:
            topic = int(home if rng.random() < 0.75 else second)
            quality = float(np.clip(authors.quality[author] + rng.normal(0, 0.1), 0.02, 1.0))
            appeal = float(rng.beta(2, 2))
            rows.append((float(moment), author, topic, quality, appeal))
            if authors.ring[author]:
                rows.append((float(moment), author + RING_AUTHORS, topic, quality, appeal))
    rows.sort()
    published, author_of, topic_of, quality_of, appeal_of = map(np.array, zip(*rows, strict=True))
    return Notes(
        published=published,
        author=author_of,
        topic=topic_of,
        channel=topic_of // 2,
        quality=quality_of,
        appeal=appeal_of,
    )
