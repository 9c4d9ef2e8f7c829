"""One system run over a world: visits in order of time, what they saw and did, and the ring."""

import heapq
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

from redleaf.discovery.recommend import fair_start
from redleaf.ops.bench.exposure.population import (
    CHANNELS,
    DAY,
    READERS,
    RING_ACCOUNTS,
    Flags,
    Floats,
    Ints,
    World,
    click_rate,
    save_rate,
)

SAVE_WEIGHT = 3.0  # a save beside a click, in what a damped system learns from
TIRED = 0.85  # what each further note on one topic is worth in a visit, of the one before
SEEN_COST = 0.25  # what scrolling past a card seen before costs of a visit's depth
RING_MARKS = 0.1  # of the cards that its accounts look at they mark so many: they pose as readers
RING_POINTS = 1 + 3 + 4  # like, save and helpful
LONGEST = 60  # cards that a visit can reach


@dataclass(slots=True)
class State:
    """What a system may know, and (below) what only the measuring knows."""

    world: World
    now: float
    points: Floats  # of the plain formula, with the followers' and the ring's
    views: Ints  # qualified: on Explore, by members, at most one a member
    clicks: Ints
    saves: Ints
    counted_clicks: Floats  # with the ring's, as far as damping counts them
    counted_saves: Floats
    counted_views: Floats
    expected: Floats  # views weighed by how well they suited the reader, as far as was known
    owed: Ints
    seen: Flags  # readers x notes
    topic_views: Floats  # readers x topics
    topic_clicks: Floats
    in_time: Ints  # measuring: views within the fair start's window
    saves_of: dict[int, list[float]] = field(default_factory=dict)  # measuring: moments by author
    joy: list[tuple[float, float, float, int, int]] = field(default_factory=list)
    notes_so_far: int = 0

    def live(self) -> Ints:
        """Return the notes that are out by now."""
        return np.arange(self.notes_so_far)


class System(ABC):
    """A way to rank. `personal` systems are asked for each reader and leave out what was seen."""

    name = ""
    personal = False

    def begin(self, state: State) -> None:
        """Take the state that the run will keep up to date."""
        self.state = state

    @abstractmethod
    def page(self, reader: int, channel: int, number: int) -> list[int]:
        """Return the notes of page `number` (from 0), 20 at most."""


def run(world: World, system: System, *, ring: bool = True) -> State:
    """Let every visit of the world happen and return the state at the end.

    Without `ring` the ring's accounts mark nothing; its authors publish all the same.
    """
    count = len(world.notes.published)
    state = State(
        world=world,
        now=0.0,
        points=np.zeros(count),
        views=np.zeros(count, dtype=np.int64),
        clicks=np.zeros(count, dtype=np.int64),
        saves=np.zeros(count, dtype=np.int64),
        counted_clicks=np.zeros(count),
        counted_saves=np.zeros(count),
        counted_views=np.zeros(count),
        expected=np.zeros(count),
        owed=promises(world),
        seen=np.zeros((READERS, count), dtype=bool),
        topic_views=np.zeros((READERS, world.affinity.shape[1])),
        topic_clicks=np.zeros((READERS, world.affinity.shape[1])),
        in_time=np.zeros(count, dtype=np.int64),
    )
    system.begin(state)
    events = [event for event in _outside(world) if ring or event[2] >= 0]
    heapq.heapify(events)
    marks: dict[int, int] = {}
    plan = zip(
        world.visit_at.tolist(),
        world.visit_reader.tolist(),
        world.visit_channel.tolist(),
        world.visit_depth.tolist(),
        strict=True,
    )
    for at, reader, channel, depth in plan:
        state.now = at
        while events and events[0][0] <= at:
            _happen(state, heapq.heappop(events), marks)
        state.notes_so_far = int(np.searchsorted(world.notes.published, at, side="right"))
        _visit(state, reader, _looked_at(state, system, reader, channel, depth))
    return state


def promises(world: World) -> Ints:
    """Return what each note is owed: from the views planned and the notes of the day before.

    A channel's traffic is the views on its own page and its share, by new notes, of the main page.
    It depends on no ranking, so every system is held to the same promises.
    """
    notes = world.notes
    owed = np.zeros(len(notes.published), dtype=np.int64)
    views = world.visit_depth.astype(float).cumsum()
    by_channel = [
        np.where(world.visit_channel == which, world.visit_depth, 0).cumsum()
        for which in range(CHANNELS)
    ]
    by_main = views - np.sum(by_channel, axis=0)
    for note, moment in enumerate(notes.published):
        first, last = np.searchsorted(world.visit_at, [moment - DAY, moment])
        if moment < DAY or last == 0:
            continue
        start = int(np.searchsorted(notes.published, moment - DAY))
        channel = int(notes.channel[note])
        new = int((notes.channel[start : note + 1] == channel).sum())
        main = by_main[last - 1] - by_main[first]
        own = by_channel[channel][last - 1] - by_channel[channel][first]
        owed[note] = fair_start.promise(main * new / (note + 1 - start) + own, new)
    return owed


def _outside(world: World) -> list[tuple[float, int, int, int]]:
    """Return what happens outside Explore: (moment, note, likes, saves), the ring's with -1."""
    rng = np.random.default_rng(7)
    events = []
    for note, moment in enumerate(world.notes.published.tolist()):
        author = int(world.notes.author[note])
        followers = int(world.authors.followers[author])
        one = np.array([note])
        quality, match = world.notes.quality[one], np.array([0.8])  # who follows likes the topics
        rate = float(click_rate(match, quality, world.notes.appeal[one])[0])
        keeping = float(save_rate(match, quality)[0])
        for hours, share in ((1.0, 0.08), (8.0, 0.07)):  # the feed of those who follow
            clicks = rng.binomial(int(followers * share), rate)
            saves = rng.binomial(clicks, keeping)
            if clicks:
                events.append((moment + hours * 3600, note, int(clicks), int(saves)))
        if world.authors.ring[author]:
            events.append((moment + 600, note, -1, RING_ACCOUNTS))
    return events


def _happen(state: State, event: tuple[float, int, int, int], marks: dict[int, int]) -> None:
    """Let followers or the ring mark a note.

    The ring's accounts mark every note of theirs. Systems that only add up points count all of it.
    Redleaf counts accounts whose marks coincide as one, the less the more notes they marked
    together (Swing: 1 / (1 + common)), the less the more they marked this author before, and
    against the cards that they look at without marking.
    """
    _at, note, likes, saves = event
    if likes >= 0:
        state.points[note] += 0.3 * likes + 3 * saves
        return
    state.points[note] += RING_POINTS * saves  # `saves` is the number of accounts
    author = int(state.world.notes.author[note])
    earlier, together = marks.get(author, 0), sum(marks.values())
    marks[author] = earlier + 1  # of each account
    weight = 1 / (1 + together) / (1 + earlier)  # of all accounts together
    views = weight / RING_MARKS
    state.counted_views[note] += views
    state.expected[note] += views
    state.counted_clicks[note] += weight
    state.counted_saves[note] += weight


def _looked_at(state: State, system: System, reader: int, channel: int, depth: int) -> Ints:
    """Return the cards that the visit looks at and has not seen before."""
    found: list[int] = []
    left = float(depth)
    for number in range(1 if system.personal else LONGEST // 20):
        page = system.page(reader, channel, number)
        for note in page:
            if state.seen[reader, note]:
                left -= SEEN_COST
            elif left >= 1:
                left -= 1
                found.append(note)
            if left < 1:
                return np.array(found, dtype=np.int64)
        if len(page) < 20:
            break
    return np.array(found, dtype=np.int64)


def _visit(state: State, reader: int, notes: Ints) -> None:
    if not len(notes):
        return
    world = state.world
    topics = world.notes.topic[notes]
    match = world.affinity[reader, topics]
    quality = world.notes.quality[notes]
    clicked = world.click_chance[reader, notes] < click_rate(
        match, quality, world.notes.appeal[notes]
    )
    saved = clicked & (world.save_chance[reader, notes] < save_rate(match, quality))
    known = (state.topic_clicks[reader, topics] + 1) / (state.topic_views[reader, topics] * 0.1 + 1)
    state.seen[reader, notes] = True
    state.views[notes] += 1
    state.counted_views[notes] += 1
    state.expected[notes] += known
    state.clicks[notes] += clicked
    state.counted_clicks[notes] += clicked
    state.saves[notes] += saved
    state.counted_saves[notes] += saved
    state.points[notes] += 0.3 * clicked + 3 * saved
    np.add.at(state.topic_views[reader], topics, 1)
    np.add.at(state.topic_clicks[reader], topics, clicked)
    state.in_time[notes] += state.now - world.notes.published[notes] < fair_start.WINDOW
    for note in notes[saved].tolist():
        state.saves_of.setdefault(int(world.notes.author[note]), []).append(state.now)
    met: dict[int, int] = {}
    gains = quality * match
    varied = 0.0
    for topic, gain in zip(topics.tolist(), gains.tolist(), strict=True):
        varied += gain * TIRED ** met.get(topic, 0)
        met[topic] = met.get(topic, 0) + 1
    state.joy.append((state.now, float(gains.sum()), varied, len(notes), len(met)))
