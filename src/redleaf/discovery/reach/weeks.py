"""Reach by week and size of account, as everybody may see it.

A group of fewer than FEWEST authors is never shown by itself: what it says could be one person's.
It is put together with the next smaller group, the smallest with the next larger; a week with fewer
authors than that says nothing at all, and neither do the promises made to so few.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from redleaf.core import clock, database
from redleaf.discovery.models import PromiseWeek, ReachWeek
from redleaf.discovery.recommend.fair_start import CLOSED, PAID

TIERS = (0, 10, 100, 1000)  # a tier begins at so many followers
WEEKS = 12
FEWEST = 5  # authors


@dataclass(frozen=True)
class Group:
    """Tiers `first` to `last` together: their share of the week's qualified views, 0 to 1."""

    first: int
    last: int
    share: float
    authors: int

    @property
    def words(self) -> str:
        """Return the followers that these authors have: "0–9", "100–9,999", "1,000+"."""
        begins = f"{TIERS[self.first]:,}"
        if self.last == len(TIERS) - 1:
            return f"{begins}+"
        return f"{begins}–{TIERS[self.last + 1] - 1:,}"


@dataclass(frozen=True)
class Week:
    """A week as it is shown; what would speak of too few people is empty or None.

    `kept` is the part of the promises that was kept, 0 to 1; `median` how long that took.
    """

    begins: date
    is_running: bool
    groups: list[Group]
    promised: int | None
    kept: float | None
    median: timedelta | None


def shown(number: int = WEEKS) -> list[Week]:
    """Return the last weeks, the running one last."""
    running = monday_of(clock.now())
    begins = [running - timedelta(weeks=back) for back in range(number - 1, -1, -1)]
    counted: dict[date, list[tuple[int, int, int]]] = {}
    for row in ReachWeek.objects.filter(week__in=begins).order_by("tier"):
        counted.setdefault(row.week, []).append((row.tier, row.views, row.authors))
    promises = {row.week: row for row in PromiseWeek.objects.filter(week__in=begins)}
    return [
        _week(week, week == running, counted.get(week, []), promises.get(week)) for week in begins
    ]


def grouped(cells: list[tuple[int, int, int]]) -> list[Group]:
    """Return tiers (number, views, authors) as groups of at least FEWEST authors or of none."""
    by_tier = {tier: (views, authors) for tier, views, authors in cells}
    whole = sum(views for views, _authors in by_tier.values())
    if not whole or sum(authors for _views, authors in by_tier.values()) < FEWEST:
        return []
    groups = [(tier, tier, *by_tier.get(tier, (0, 0))) for tier in range(len(TIERS))]
    for place in range(len(groups) - 1, 0, -1):
        if 0 < groups[place][3] < FEWEST:
            groups[place - 1 : place + 1] = [_together(groups[place - 1], groups[place])]
    while 0 < groups[0][3] < FEWEST:
        groups[:2] = [_together(groups[0], groups[1])]
    return [Group(first, last, views / whole, authors) for first, last, views, authors in groups]


def fill(number: int = 2) -> None:
    """Count the last `number` weeks again. A week of which no exposure is kept any more stays as
    it was counted while there was."""
    running = monday_of(clock.now())
    for back in range(number):
        _fill_week(running - timedelta(weeks=back))


def rebuild() -> None:
    """Count every week that the page shows again."""
    fill(WEEKS)


def monday_of(moment: datetime) -> date:
    """Return the Monday of a moment's week, by the edition's clock."""
    day = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def _together(lower: tuple[int, ...], upper: tuple[int, ...]) -> tuple[int, int, int, int]:
    return (lower[0], upper[1], lower[2] + upper[2], lower[3] + upper[3])


def _week(
    begins: date, running: bool, cells: list[tuple[int, int, int]], promises: PromiseWeek | None
) -> Week:
    promised = kept = median = None
    if promises is not None and promises.authors >= FEWEST:
        promised = promises.promised
        kept = promises.kept / promises.promised
        # A median of few is nearly one person's.
        if promises.median_seconds is not None and promises.kept >= FEWEST:
            median = timedelta(seconds=promises.median_seconds)
    return Week(begins, running, grouped(cells), promised, kept, median)


_VIEWS = """
WITH seen AS (
  SELECT t.author_id, sum(e.views)::bigint AS views FROM discovery_exposure e
  JOIN notes_note_tally t ON t.note_id = e.note_id
  WHERE e.hour >= %(begins)s AND e.hour < %(ends)s GROUP BY t.author_id)
INSERT INTO discovery_reach_week (week, tier, views, authors)
SELECT %(week)s, width_bucket(coalesce(s.follower_count, 0), %(steps)s::int[]), sum(seen.views),
  count(*)
FROM seen LEFT JOIN graph_standing s ON s.account_id = seen.author_id
WHERE seen.views > 0 GROUP BY 2
"""
_PROMISES = """
INSERT INTO discovery_promise_week (week, promised, kept, authors, median_seconds)
SELECT %(week)s, count(*), count(*) FILTER (WHERE cause = %(paid)s), count(DISTINCT author_id),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM paid_at - promised_at)::float8)
    FILTER (WHERE cause = %(paid)s)
FROM discovery_reach
WHERE promised_at >= %(begins)s AND promised_at < %(ends)s AND owed > 0
  AND settled_at IS NOT NULL AND cause <> %(closed)s
HAVING count(*) > 0
"""


def _fill_week(week: date) -> None:
    zone = timezone.get_default_timezone()
    values = {
        "week": week,
        "begins": datetime.combine(week, time(), zone),
        "ends": datetime.combine(week + timedelta(weeks=1), time(), zone),
        "steps": list(TIERS[1:]),
        "paid": PAID,
        "closed": CLOSED,
    }
    with transaction.atomic():
        database.execute("SELECT pg_advisory_xact_lock(hashtextextended('reach weeks', 0))")
        if database.row(
            "SELECT 1 AS one FROM discovery_exposure WHERE hour >= %(begins)s AND hour < %(ends)s"
            " LIMIT 1",
            values,
        ):
            ReachWeek.objects.filter(week=week).delete()
            database.execute(_VIEWS, values)
        PromiseWeek.objects.filter(week=week).delete()
        database.execute(_PROMISES, values)
