"""The hot list: what unusually many people ask for. /search/hot/ says the rule in plain words.

A job computes it every five minutes; pages read the answer. Nothing sponsored is ever mixed in:
the only way into the table is through this file.
"""

import math
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from redleaf.accounts import selectors as accounts
from redleaf.core import clock, database
from redleaf.discovery.search import counting, pinyin
from redleaf.discovery.search.words import fold, pieces

DAY_HOURS = 24
WEEK_DAYS = 7
FULL = 3  # people of the same ten minutes that count in full
BURST = 2  # with people in at most so many times ten minutes, finding nothing puts a query out
SHOWN = 10
SUGGESTED = 300  # queries of the last week that may be suggested
HELD_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Hot:
    """A line of the list. `counted` and `usual` are damped people of a day."""

    query: str
    shown_as: str
    place: int | None
    people: int
    counted: float
    usual: float
    score: float


@dataclass
class Asked:
    """What is known of one query: people by ten minutes, in the last day and in the week before."""

    shown_as: str = ""
    people: int = 0
    found: int = 0
    slots: list[int] = field(default_factory=list)
    before: float = 0.0
    week_people: int = 0
    latest: datetime | None = None


def least_people() -> int:
    """Return how many different people it takes (K): `[search] hot_people`, never below three."""
    return max(3, int(settings.REDLEAF_HOT_PEOPLE))


def damped(people: int) -> float:
    """Return what the people of the same ten minutes count: three in full, thirty as six."""
    return float(people) if people <= FULL else FULL * (1 + math.log10(people / FULL))


def score(counted: float, usual: float) -> float:
    """Return how unusual a day is: people beyond the usual, against the spread of such counts."""
    return (counted - usual) / math.sqrt(usual + least_people())


def is_out(asked: Asked) -> bool:
    """Return whether a query cannot be hot: too few people, or one burst that found nothing."""
    if asked.people < least_people():
        return True
    return not asked.found and sum(map(bool, asked.slots)) <= BURST


def refresh() -> int:
    """Compute the list anew and put it in place of the old one; return how many lines are hot."""
    moment = clock.now()
    known = _asked(moment)
    names = accounts.called([*known, *(one.shown_as.casefold() for one in known.values())])
    lines = {
        query: (asked, sum(map(damped, asked.slots)), asked.before / WEEK_DAYS)
        for query, asked in known.items()
        if names.isdisjoint({query, asked.shown_as.casefold()})
        and counting.key_of(asked.shown_as) == query
    }
    hot = [
        (score(counted, usual), query)
        for query, (asked, counted, usual) in lines.items()
        if not is_out(asked) and counted > usual
    ]
    places = {query: place for place, (_score, query) in enumerate(_best(hot)[:SHOWN], start=1)}
    kept = sorted(lines, key=lambda query: (query not in places, -lines[query][0].week_people))
    with transaction.atomic():
        database.execute("SELECT pg_advisory_xact_lock(hashtext('discovery_hot_query'))")
        database.execute("DELETE FROM discovery_hot_query")
        for query in kept[:SUGGESTED]:
            asked, counted, usual = lines[query]
            database.execute(
                "INSERT INTO discovery_hot_query"
                " (query, shown_as, place, people, counted, usual, score, at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    *(query, asked.shown_as, places.get(query), asked.people),
                    *(counted, usual, score(counted, usual), moment),
                ),
            )
    forget()
    return len(places)


def _best(scored: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


def _asked(moment: datetime) -> dict[str, Asked]:
    """Return what at least K people asked for in the last eight days."""
    day = moment - timedelta(hours=DAY_HOURS)
    rows = database.rows(
        "SELECT query, shown_as, hour, people, found, slots FROM discovery_query_count"
        " WHERE hour >= %(since)s AND query IN (SELECT query FROM discovery_query_count"
        "  WHERE hour >= %(since)s GROUP BY query HAVING sum(people) >= %(least)s) ORDER BY hour",
        {"since": day - timedelta(days=WEEK_DAYS), "least": least_people()},
    )
    known: dict[str, Asked] = defaultdict(Asked)
    for row in rows:
        one = known[row["query"]]
        one.shown_as, one.latest = row["shown_as"], row["hour"]
        one.week_people += row["people"]
        if row["hour"] >= day:
            one.people += row["people"]
            one.found = row["found"]
            one.slots.extend(row["slots"])
        else:
            one.before += sum(map(damped, row["slots"]))
    return known


_held: tuple[float, list[Hot]] | None = None


def everything() -> list[Hot]:
    """Return every query that may be shown, the hot ones first and in order; held half a minute."""
    global _held  # noqa: PLW0603 - the process holds one list
    if _held is not None and _held[0] > time.monotonic():
        return _held[1]
    rows = database.rows(
        "SELECT query, shown_as, place, people, counted, usual, score FROM discovery_hot_query"
        " ORDER BY place NULLS LAST, people DESC, query"
    )
    lines = [Hot(**row) for row in rows]
    _held = (time.monotonic() + HELD_SECONDS, lines)
    return lines


def hot_list() -> list[Hot]:
    """Return the hot list in order; empty while nothing is unusual."""
    return [line for line in everything() if line.place is not None]


def beginning_with(text: str, limit: int) -> list[str]:
    """Return queries of others, as they wrote them, that begin so in their script or by pinyin."""
    wanted = fold(text).strip()
    if not wanted:
        return []
    letters = (
        wanted.replace(" ", "") if wanted.isascii() and wanted.replace(" ", "").isalpha() else ""
    )
    found = [
        line.shown_as
        for line in everything()
        if line.query.startswith(wanted) or (letters and _sounds(line.query, letters))
    ]
    return found[:limit]


def _sounds(query: str, letters: str) -> bool:
    """Return whether a query's usual reading, or its first letters, begin with these letters."""
    syllables: list[str] = []
    for cjk, piece in pieces(query):
        if not cjk:
            return False
        syllables.extend((pinyin.readings(one) or ("",))[0] for one in piece)
    initials = "".join(syllable[:1] for syllable in syllables)
    return "".join(syllables).startswith(letters) or (len(letters) > 1 and initials == letters)


def forget() -> None:
    """Drop the held list, for tests and after a refresh in this process."""
    global _held  # noqa: PLW0603 - the process holds one list
    _held = None
