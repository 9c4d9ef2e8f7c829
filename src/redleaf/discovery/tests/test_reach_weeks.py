"""The public chart: counted by week, and nobody to be recognised in it."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, database
from redleaf.discovery.models import PromiseWeek, Reach, ReachWeek
from redleaf.discovery.reach import weeks
from redleaf.discovery.tests.helpers import write
from redleaf.discovery.tests.test_reach import expose
from redleaf.graph.models import Standing

CELLS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 30)), min_size=4, max_size=4).map(
    lambda found: [(tier, *cell) for tier, cell in enumerate(found)]
)


# --- The rule about few ------------------------------------------------------------------------
@given(CELLS)
def test_no_group_is_of_a_few_and_all_groups_cover_everything(
    cells: list[tuple[int, int, int]],
) -> None:
    groups = weeks.grouped(cells)
    assert all(group.authors == 0 or group.authors >= weeks.FEWEST for group in groups)
    if groups:
        assert sum(group.authors for group in groups) == sum(cell[2] for cell in cells)
        assert sum(group.share for group in groups) == pytest.approx(1)
        edges = [(group.first, group.last) for group in groups]
        assert edges[0][0] == 0 and edges[-1][1] == 3
        assert all(left[1] + 1 == right[0] for left, right in pairwise(edges))
    else:
        assert sum(cell[1] for cell in cells) == 0 or sum(cell[2] for cell in cells) < 5


def test_few_are_put_with_the_next_smaller_and_the_smallest_with_the_next_larger() -> None:
    def edges(*authors: int) -> list[str]:
        return [group.words for group in weeks.grouped([(n, 10, a) for n, a in enumerate(authors)])]

    assert edges(9, 9, 9, 9) == ["0–9", "10–99", "100–999", "1,000+"]
    assert edges(9, 9, 9, 2) == ["0–9", "10–99", "100+"]
    assert edges(3, 9, 9, 9) == ["0–99", "100–999", "1,000+"]
    assert edges(9, 0, 0, 2) == ["0+"]
    assert edges(9, 9, 0, 2) == ["0–9", "10+"]
    assert edges(1, 1, 1, 1) == []
    assert edges(9, 0, 9, 9) == ["0–9", "10–99", "100–999", "1,000+"]


# --- Counting ----------------------------------------------------------------------------------
def authors(number: int, followers: int, name: str) -> list[Any]:
    found = [make_account(f"{name}{place}") for place in range(number)]
    for account in found:
        Standing.objects.update_or_create(account=account, defaults={"follower_count": followers})
    return found


@pytest.mark.django_db
def test_a_week_holds_views_by_followers_and_is_the_same_after_a_rebuild() -> None:
    for account in authors(5, 0, "small"):
        expose(write(account, "x").id, 3)
    for account in authors(6, 99, "middle"):
        expose(write(account, "x").id, 10)
    (large,) = authors(1, 1000, "large")
    expose(write(large, "x").id, 25)
    weeks.fill()
    before = list(ReachWeek.objects.order_by("tier").values_list("tier", "views", "authors"))
    assert before == [(0, 15, 5), (1, 60, 6), (3, 25, 1)]
    call_command("reach", "rebuild")
    weeks.fill()
    assert (
        list(ReachWeek.objects.order_by("tier").values_list("tier", "views", "authors")) == before
    )
    shown = weeks.shown()
    assert len(shown) == 12 and shown[-1].is_running and not shown[0].groups
    assert [(group.words, round(group.share, 2)) for group in shown[-1].groups] == [
        ("0–9", 0.15),
        ("10+", 0.85),
    ]


@pytest.mark.django_db
def test_a_week_without_exposure_any_more_stays_as_it_was_counted() -> None:
    for account in authors(5, 0, "small"):
        expose(write(account, "x").id, 3)
    weeks.fill()
    before = list(ReachWeek.objects.values_list("week", "tier", "views"))
    database.execute("DELETE FROM discovery_exposure")
    weeks.rebuild()
    assert list(ReachWeek.objects.values_list("week", "tier", "views")) == before


@pytest.mark.django_db
def test_promises_of_a_week_are_the_settled_ones_of_notes_that_stayed_open() -> None:
    now = clock.now()
    for place, account in enumerate(authors(8, 0, "new")):
        Reach.objects.create(
            note=write(account, "x"),
            author_id=account.id,
            window_seconds=86_400,
            owed=0 if place == 7 else 10,
            expected_traffic=1,
            expected_notes=1,
            promised_at=now,
            settled_at=None if place == 6 else now,
            cause=["paid", "paid", "paid", "paid", "missed", "closed", "", "paid"][place],
            paid_at=now + timedelta(hours=place + 1) if place < 4 else None,
        )
    weeks.fill()
    assert PromiseWeek.objects.values().get() == {
        "week": weeks.monday_of(now),
        "promised": 5,
        "kept": 4,
        "authors": 5,
        "median_seconds": 9000,
    }
    (week,) = weeks.shown(1)
    assert (week.promised, week.kept, week.median) == (5, 0.8, None)


@pytest.mark.django_db
def test_promises_to_few_people_are_not_shown() -> None:
    PromiseWeek.objects.create(
        week=weeks.monday_of(clock.now()), promised=9, kept=9, authors=4, median_seconds=60
    )
    (week,) = weeks.shown(1)
    assert (week.promised, week.kept, week.median) == (None, None, None)
