"""Tables by time: there before they are needed, gone when they are to be, and sums that stay."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Cast
from typing import Any
from uuid import UUID

import pytest

from redleaf.core import clock, database, ids
from redleaf.discovery import jobs, partitions, reach
from redleaf.discovery.models import Reach
from redleaf.discovery.tests.helpers import write

pytestmark = pytest.mark.django_db

NOON = datetime(2031, 5, 30, 12, tzinfo=UTC)
ME = UUID(int=7)


def names(table: str) -> list[str]:
    found = database.values(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
        (table,),
    )
    return sorted(row[0] for row in found if "_p2031" in row[0])


def act(at: datetime) -> None:
    database.execute(
        "INSERT INTO discovery_interaction (account_id, at, note_id, kind)"
        " VALUES (%s, %s, %s, 'open')",
        (ME, at, ids.new_id()),
    )


def acts() -> list[tuple[datetime, str]]:
    return database.values(
        "SELECT at, tableoid::regclass::text FROM discovery_interaction WHERE account_id = %s"
        " ORDER BY at",
        (ME,),
    )


def test_the_days_ahead_are_ready_and_making_them_twice_changes_nothing() -> None:
    with clock.frozen(NOON):
        assert partitions.make_ahead() == 4 + 2 + 4
        assert partitions.make_ahead() == 0
    assert names("discovery_receipt") == [
        f"discovery_receipt_p2031{day}" for day in ("0530", "0531", "0601", "0602")
    ]
    assert names("discovery_interaction") == [
        "discovery_interaction_p203105",
        "discovery_interaction_p203106",
    ]


def test_what_came_before_its_partition_moves_into_it() -> None:
    act(NOON)
    assert acts() == [(NOON, "discovery_interaction_rest")]
    with clock.frozen(NOON):
        partitions.make_ahead()
    act(NOON + timedelta(minutes=1))
    assert [name for _at, name in acts()] == ["discovery_interaction_p203105"] * 2


def test_nothing_is_kept_for_longer_than_was_promised() -> None:
    with clock.frozen(NOON):
        partitions.make_ahead()
        act(NOON)
        act(NOON - timedelta(days=700))
    with clock.frozen(NOON + timedelta(days=399)):
        partitions.drop_old()
        assert len(acts()) == 1
        assert names("discovery_receipt") == names("discovery_impression") == []
        assert len(names("discovery_interaction")) == 2
    with clock.frozen(NOON + timedelta(days=400, minutes=1)):
        partitions.drop_old()
        assert acts() == [], "to the hour, though its month is not over"
    with clock.frozen(NOON + timedelta(days=402)):
        partitions.drop_old()
        assert names("discovery_interaction") == ["discovery_interaction_p203106"]


def test_yesterdays_salt_and_digests_are_thrown_away() -> None:
    today = NOON.date()
    for back in range(3):
        day = today - timedelta(days=back)
        database.execute("INSERT INTO discovery_salt VALUES (%s, 'salt')", (day,))
        database.execute("INSERT INTO discovery_seen_digest VALUES (%s, 'digest')", (day,))
    with clock.frozen(NOON):
        jobs.forget_yesterday()
    for table in ("discovery_salt", "discovery_seen_digest"):
        assert database.values(f"SELECT day FROM {table}") == [(today,)]


def expose(note_id: UUID, hour: datetime, views: int, opens: int = 0) -> None:
    database.execute(
        "INSERT INTO discovery_exposure VALUES (%s, %s, %s, %s)", (note_id, hour, views, opens)
    )


def test_old_exposure_is_folded_into_days_and_its_sums_stay() -> None:
    note_id, day = ids.new_id(), datetime(2031, 1, 2, tzinfo=UTC)
    for hour, views in ((0, 1), (5, 2), (23, 4), (24, 8)):
        expose(note_id, day + timedelta(hours=hour), views, 1)
    expose(note_id, NOON.replace(minute=0), 16)
    with clock.frozen(NOON):
        for _ in range(2):
            partitions.fold_exposure()
    found = database.values("SELECT hour, views, opens FROM discovery_exposure ORDER BY hour")
    assert found == [
        (day, 7, 3),
        (day + timedelta(days=1), 8, 1),
        (NOON, 16, 0),
    ]


def test_the_nightly_recount_makes_reach_the_sum_of_exposure(cast: Cast, settings: Any) -> None:
    note = write(cast.mei, "Red leaves")
    Reach.objects.filter(note=note).delete()
    Reach.objects.create(
        note=note,
        author_id=cast.mei.id,
        window_seconds=60,
        owed=1,
        expected_traffic=1,
        expected_notes=1,
        views=99,
    )
    expose(note.id, NOON, 3, 1)
    expose(note.id, NOON + timedelta(hours=1), 4)
    jobs.recount_reach()
    found = Reach.objects.get(note=note)
    assert (found.views, found.opens) == (7, 1)
    assert reach.recount() == 0
