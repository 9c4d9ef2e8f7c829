"""Foretelling clicks in a feed's log (KuaiRand): the signals, and a model of the site's kind.

Signals come from what happened before an impression and from what the item is; nothing of the
impression's own outcome, and no totals that were taken over the time that is foretold (the set has
such in its item features, they are not read). In training each impression sees those before it.
In the test no outcome of the test is ever seen, unless `online`, where those before it are, as on
a site that counts event by event.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from redleaf.discovery.recommend import fitting
from redleaf.discovery.recommend.model import Model
from redleaf.discovery.recommend.sequences import Array

COLUMNS = ("user_id", "video_id", "is_click", "long_view", "tab", "hourmin", "date", "time_ms")
LISTED = 50  # the lists of the set are cut there
SHARED = (
    "member_rate", "member_shown", "member_long_rate", "member_surface_rate", "surface_rate",
    "surface", "hour", "history", "history_long", "history_long_rate", "minutes_since",
    "last_clicked", "shown_today",
)  # fmt: skip
OF_ITEM = (
    "item_rate", "item_shown", "item_long_view_rate", "author_rate", "topic_rate",
    "member_topic_rate", "member_topic_shown", "member_author_rate", "member_author_shown",
    "duration", "item_watched", "item_long_rate", "item_like_rate", "topic_watched",
    "topic_long_rate", "topic_share",
)  # fmt: skip
SIGNALS = SHARED + OF_ITEM
CANDIDATES = 500
TIMES = 20


@dataclass(frozen=True)
class Clicks:
    """The figures: AUC with nothing of the test seen, and with what came before."""

    auc: float
    auc_online: float
    fit_s: float
    score_500_ms: float


@dataclass
class _Tally:
    """Clicks and impressions of something, and its rate drawn towards an expected one."""

    clicked: float = 0.0
    shown: float = 0.0
    long: float = 0.0

    def rate(self, expected: float, firmness: float) -> float:
        return (self.clicked + firmness * expected) / (self.shown + firmness)


class Log:
    """What has happened so far; `signals` reads it, `add` writes to it."""

    def __init__(self, folder: Path) -> None:
        self.author, self.topic, self.duration = _items(folder)
        self.tallies: defaultdict[tuple[Any, ...], _Tally] = defaultdict(_Tally)
        self.watched: defaultdict[tuple[Any, ...], float] = defaultdict(float)
        self.last: dict[int, tuple[float, float]] = {}
        for one in _rows(folder / "user_sequences.parquet"):
            self._history(one)

    def _history(self, one: Mapping[str, Any]) -> None:
        user = one["user_id"]
        self.watched["history", user] = one["history_len"]
        self.watched["long", user] = len(one["long_watch_seq"])
        for kind in ("watch_seq", "long_watch_seq", "like_seq"):
            for item in one[kind]:
                self.watched[kind, "item", item] += 1
                self.watched[kind, user, self.topic.get(item)] += 1

    def signals(self, shown: Sequence[Any]) -> list[float]:
        """Return the signals of an impression, in the order of SIGNALS."""
        return self._shared(shown) + self._of_item(shown)

    def _expected(self) -> float:
        return self.tallies["all",].rate(0.5, 2)

    def _shared(self, shown: Sequence[Any]) -> list[float]:
        user, _item, _clicked, _long, surface, hour, day, moment = shown
        look, seen = self._look, self.watched.get
        all_rate = self._expected()
        member = look("member", user)
        member_rate, surface_rate = member.rate(all_rate, 4), look("tab", surface).rate(all_rate, 5)
        last, last_clicked = self.last.get(user, (0.0, -1.0))
        history, long = seen(("history", user), 0.0), seen(("long", user), 0.0)
        return [
            member_rate,
            member.shown,
            (member.long + 1) / (member.shown + 3),
            look("member_tab", user, surface).rate(member_rate * surface_rate / all_rate, 3),
            surface_rate,
            surface,
            hour // 100,
            history,
            long,
            (long + 1.5) / (min(history, LISTED) + 3),
            (moment - last) / 60_000 if last else -1.0,
            last_clicked,
            look("day", user, day).shown,
        ]

    def _of_item(self, shown: Sequence[Any]) -> list[float]:
        user, item = shown[0], shown[1]
        look, seen = self._look, self.watched.get
        author, topic = self.author.get(item), self.topic.get(item)
        all_rate = self._expected()
        member_rate = look("member", user).rate(all_rate, 4)
        met, own, by = look("item", item), look("mt", user, topic), look("ma", user, author)
        watched, of_topic = (
            seen(("watch_seq", "item", item), 0.0),
            seen(("watch_seq", user, topic), 0.0),
        )
        return [
            met.rate(all_rate, 6),
            met.shown,
            (met.long + 3) / (met.shown + 9),
            look("author", author).rate(all_rate, 6),
            look("topic", topic).rate(all_rate, 20),
            own.rate(member_rate, 3),
            own.shown,
            by.rate(member_rate, 2),
            by.shown,
            self.duration.get(item, float("nan")),
            watched,
            (seen(("long_watch_seq", "item", item), 0.0) + 3) / (watched + 6),
            (seen(("like_seq", "item", item), 0.0) + 0.3) / (watched + 10),
            of_topic,
            (seen(("long_watch_seq", user, topic), 0.0) + 1) / (of_topic + 2),
            of_topic / max(1.0, min(seen(("history", user), 0.0), LISTED)),
        ]

    def _look(self, *key: Any) -> _Tally:
        return self.tallies.get(key, NOTHING)

    def add(self, shown: Sequence[Any]) -> None:
        """Count an impression with its outcome."""
        user, item, clicked, long, surface, _hour, day, moment = shown
        author, topic = self.author.get(item), self.topic.get(item)
        for key in (
            ("all",), ("member", user), ("item", item), ("author", author), ("topic", topic),
            ("tab", surface), ("mt", user, topic), ("ma", user, author),
            ("member_tab", user, surface), ("day", user, day),
        ):  # fmt: skip
            tally = self.tallies[key]
            tally.clicked += clicked
            tally.shown += 1
            tally.long += long
        self.last[user] = (moment, clicked)


NOTHING = _Tally()


def measure(folder: Path) -> Clicks:
    """Return the figures of a folder with val.parquet (learnt from) and test.parquet."""
    log = Log(folder)
    train, test = _impressions(folder / "val.parquet"), _impressions(folder / "test.parquet")
    values, clicked = _values(log, train, counting=True)
    began = time.perf_counter()
    model = fitting.fit(SIGNALS, values, clicked, version="bench")
    fit_s = time.perf_counter() - began
    frozen, outcome = _values(log, test, counting=False)
    online, _ = _values(log, test, counting=True)
    return Clicks(
        auc=fitting.auc(outcome, fitting.scores(model, SIGNALS, frozen)),
        auc_online=fitting.auc(outcome, fitting.scores(model, SIGNALS, online)),
        fit_s=fit_s,
        score_500_ms=score_ms(model, frozen[:CANDIDATES]),
    )


def score_ms(model: Model, values: Array) -> float:
    """Return the milliseconds that the site's own scoring of so many candidates takes (median)."""
    given = [dict(zip(SIGNALS, row, strict=True)) for row in values.tolist()]
    shared = {name: given[0][name] for name in SHARED}
    candidates = [{name: one[name] for name in OF_ITEM} for one in given]
    took = []
    for _ in range(TIMES):
        began = time.perf_counter_ns()
        model.score_many(shared, candidates)
        took.append(time.perf_counter_ns() - began)
    return sorted(took)[TIMES // 2] / 1e6


def _values(log: Log, shown: Iterable[Sequence[Any]], *, counting: bool) -> tuple[Array, Array]:
    rows, clicked = [], []
    for one in shown:
        rows.append(log.signals(one))
        clicked.append(one[2])
        if counting:
            log.add(one)
    return np.array(rows, dtype=np.float64), np.array(clicked)


def _rows(path: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    made: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return made


def _impressions(path: Path) -> list[tuple[Any, ...]]:
    from pyarrow import parquet

    table = parquet.read_table(path, columns=list(COLUMNS))
    rows = zip(*(table[name].to_pylist() for name in COLUMNS), strict=True)
    return sorted(rows, key=lambda row: row[-1])


def _items(folder: Path) -> tuple[dict[int, int], dict[int, str], dict[int, float]]:
    from pyarrow import parquet

    names = ["video_id", "author_id", "tag", "video_duration"]
    table = parquet.read_table(folder / "item_features.parquet", columns=names)
    items, authors, topics, durations = (table[name].to_pylist() for name in names)
    return (
        dict(zip(items, authors, strict=True)),
        dict(zip(items, topics, strict=True)),
        {
            item: float(np.log1p(length))
            for item, length in zip(items, durations, strict=True)
            if length is not None and length >= 0
        },
    )
