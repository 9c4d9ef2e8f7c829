"""The ways to rank that are compared: three plain ones, and Redleaf's steps as they are served."""

from abc import abstractmethod

import numpy as np

from redleaf.discovery.recommend import diversity, exploration, fair_start, rules
from redleaf.ops.bench.exposure.population import MAIN, Floats, Ints
from redleaf.ops.bench.exposure.running import SAVE_WEIGHT, State, System

POOL = 150  # candidates that go to diversity
HALF_LIFE = 2.5 * 86_400  # of a note's score, seconds
YOUNG = 7 * 86_400.0  # a note older than this takes no exploring place
ENOUGH = 150  # views after which a note's rate is known
ARMS = 40
BY_AUTHOR, BY_NOTE = 150.0, 40.0  # views that what is known of all, of the author counts as


class Plain(System):
    """One list for all, by one number."""

    def begin(self, state: State) -> None:
        """Take the state."""
        super().begin(state)
        self._kept: dict[int, tuple[int, list[int]]] = {}

    @abstractmethod
    def value(self) -> Floats:
        """Return the number of each note that is out."""

    def page(self, reader: int, channel: int, number: int) -> list[int]:  # noqa: ARG002 - the same for all
        """Return a part of the list, made anew each minute."""
        minute = int(self.state.now // 60)
        kept = self._kept.get(channel)
        if kept is None or kept[0] != minute:
            notes = in_channel(self.state, channel)
            order = notes[np.argsort(-self.value()[notes], kind="stable")]
            kept = self._kept[channel] = (minute, order[:60].tolist())
        return kept[1][20 * number : 20 * number + 20]


class Popularity(Plain):
    """Most points first."""

    name = "popularity"

    def value(self) -> Floats:
        """Return the points."""
        return self.state.points


class Chronological(Plain):
    """Newest first."""

    name = "chronological"

    def value(self) -> Floats:
        """Return the moment of publishing."""
        return self.state.world.notes.published


class Formula(Plain):
    """The plain formula of docs/ranking.md."""

    name = "formula"

    def value(self) -> Floats:
        """Return the rank."""
        rank: Floats = self.state.world.notes.published + 56_000 * np.log1p(self.state.points)
        return rank


def in_channel(state: State, channel: int) -> Ints:
    """Return the notes that are out on a page."""
    notes = state.live()
    return notes if channel == MAIN else notes[state.world.notes.channel[notes] == channel]


class Redleaf(System):
    """Estimate, diversity, fair start, exploration, rules: the pure steps that serve pages."""

    def __init__(
        self,
        name: str,
        *,
        personal: bool,
        fair_places: tuple[int, ...] = fair_start.PLACES,
        explore_places: tuple[int, ...] = exploration.PLACES,
        balance: float = diversity.BALANCE,
        caution: float = exploration.CAUTION,
    ) -> None:
        self.name = name
        self.personal = personal
        self.fair_places = fair_places
        self.explore_places = explore_places
        self.balance = balance
        self.caution = caution

    def begin(self, state: State) -> None:
        """Take the state and make each note's vector once."""
        super().begin(state)
        notes = state.world.notes
        self.vectors = [
            diversity.attributes(author=author, channel=f"{channel}", topics=[f"{topic}"])
            for author, channel, topic in zip(
                notes.author.tolist(), notes.channel.tolist(), notes.topic.tolist(), strict=True
            )
        ]
        self._items = [
            rules.Item(note, author, f"{channel}", frozenset({f"{topic}"}))
            for note, (author, channel, topic) in enumerate(
                zip(
                    notes.author.tolist(), notes.channel.tolist(), notes.topic.tolist(), strict=True
                )
            )
        ]
        self._lists: dict[int, tuple[int, list[list[int]]]] = {}

    def page(self, reader: int, channel: int, number: int) -> list[int]:
        """Return a page: for this reader, or of the list that all have in this epoch."""
        epoch = exploration.epoch_at(self.state.now, exploration.EPOCHS[-1])
        if self.personal:
            seed = exploration.seed_of("sim", channel, "en", epoch, reader)
            return self._compose(channel, seed, [], reader)
        kept = self._lists.get(channel)
        if kept is None or kept[0] != epoch:
            kept = self._lists[channel] = (epoch, [])
        pages = kept[1]
        while len(pages) <= number:
            seed = exploration.seed_of("sim", channel, "en", epoch, len(pages))
            before = [note for page in pages for note in page]
            pages.append(self._compose(channel, seed, before, None))
        return pages[number]

    def scores(self, notes: Ints, reader: int | None) -> Floats:
        """Return estimates learnt from what was seen: smoothed benefit, taste, and age.

        A note's benefit falls back on its author's and the author's on everybody's.
        """
        state = self.state
        seen = state.expected if self.personal else state.counted_views
        gain = state.counted_clicks + SAVE_WEIGHT * state.counted_saves
        count = len(state.world.authors.quality)
        author = state.world.notes.author
        usual = (gain.sum() + 2.0) / (seen.sum() + 10.0)
        author_gain = np.bincount(author, gain, count)
        author_seen = np.bincount(author, seen, count)
        author_rate = (author_gain + BY_AUTHOR * usual) / (author_seen + BY_AUTHOR)
        prior = BY_NOTE * author_rate[author[notes]]
        rate = (gain[notes] + prior) / (seen[notes] + BY_NOTE)
        age = state.now - state.world.notes.published[notes]
        value = np.log(rate / usual) - np.log(2) * age / HALF_LIFE
        if reader is not None:
            value += np.log(self.taste(reader, notes))
        made: Floats = value
        return made

    def taste(self, reader: int, notes: Ints) -> Floats:
        """Return how much more than usual the reader clicks on the notes' topics, as known."""
        topics = self.state.world.notes.topic[notes]
        clicks, views = self.state.topic_clicks[reader], self.state.topic_views[reader]
        made: Floats = (clicks[topics] + 1) / (views[topics] * 0.1 + 1)
        return made

    def _compose(self, channel: int, seed: int, before: list[int], reader: int | None) -> list[int]:
        notes = in_channel(self.state, channel)
        if reader is not None:
            notes = notes[~self.state.seen[reader, notes]]
        elif before:
            notes = notes[~np.isin(notes, before)]
        score = self.scores(notes, reader)
        order = np.argsort(-score, kind="stable")[:POOL]
        notes_here, best = notes[order].tolist(), score[order].tolist()
        picked = diversity.mmr(
            best, [self.vectors[note] for note in notes_here], balance=self.balance
        )
        fair = self._owed(notes, seed, reader)
        exploring = self._unsure(notes[np.argsort(-score, kind="stable")], seed, set(fair))
        taken = {*fair, *exploring}
        page = [notes_here[index] for index in picked if notes_here[index] not in taken]
        placed = list(zip(self.fair_places, fair, strict=False))
        placed += zip(self.explore_places, exploring, strict=False)
        placed.sort()
        page = exploration.insert(page, [note for _, note in placed], [rank for rank, _ in placed])
        run = rules.Limits() if channel == MAIN else rules.Limits(channel_run=0, subject_run=0)
        return [int(item.key) for item in rules.arrange([self._items[n] for n in page], limits=run)]

    def _owed(self, notes: Ints, seed: int, reader: int | None) -> list[int]:
        state = self.state
        published = state.world.notes.published[notes]
        young = notes[published > state.now - fair_start.WINDOW]
        young = young[state.in_time[young] < state.owed[young]]
        if not len(young) or not self.fair_places:
            return []
        ages = (state.now - state.world.notes.published[young]).tolist()
        debts = [
            fair_start.Debt(note, owed, shown, age)
            for note, owed, shown, age in zip(
                young.tolist(),
                state.owed[young].tolist(),
                state.in_time[young].tolist(),
                ages,
                strict=True,
            )
        ]
        suits: dict[rules.Key, float] | None = None
        if reader is not None:
            taste = np.minimum(1.0, self.taste(reader, young) / 2)
            suits = dict(zip(young.tolist(), taste.tolist(), strict=True))
        chosen = fair_start.choose(debts, places=len(self.fair_places), seed=seed, relevance=suits)
        return [int(key) for key, _boost in chosen]

    def _unsure(self, best_first: Ints, seed: int, without: set[int]) -> list[int]:
        state = self.state
        if not self.explore_places:
            return []
        fresh = state.world.notes.published[best_first] > state.now - YOUNG
        unsure = best_first[fresh & (state.counted_views[best_first] < ENOUGH)][:ARMS]
        arms = [
            exploration.Arm(note, int(state.counted_clicks[note]), int(state.counted_views[note]))
            for note in unsure.tolist()
            if note not in without
        ]
        places = len(self.explore_places)
        drawn = exploration.thompson(arms, places=places, seed=seed, caution=self.caution)
        return [int(draw.key) for draw in drawn]
