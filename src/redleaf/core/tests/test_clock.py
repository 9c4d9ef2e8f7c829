"""The clock can be held and moved, and goes on afterwards."""

from datetime import UTC, datetime, timedelta, timezone

from redleaf.core import clock


def test_it_is_now_in_utc() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_a_frozen_clock_stands_still_and_runs_again() -> None:
    moment = datetime(2026, 1, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    with clock.frozen(moment):
        assert clock.now() == clock.now() == moment
        assert clock.now().tzinfo is UTC
    assert clock.now() != moment


def test_a_moved_clock_runs() -> None:
    with clock.travel(timedelta(days=1)):
        ahead = clock.now() - datetime.now(UTC)
        assert timedelta(hours=23, minutes=59) < ahead < timedelta(days=1, minutes=1)
        assert clock.now() <= clock.now()


def test_a_frozen_clock_within_a_moved_one_wins_and_gives_way() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.travel(timedelta(days=1)):
        with clock.frozen(moment):
            assert clock.now() == moment
        assert clock.now() > moment
