"""Events: stored with the change, delivered at least once to each who hears them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from redleaf.core import clock, events, testing
from redleaf.core.models import OutboxEvent, RateCounter

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class LeafFell(events.Event):
    leaf_id: UUID
    colour: str
    day: int
    is_red: bool
    at: datetime
    tree_id: UUID | None
    names: list[str]


FALL = LeafFell(uuid4(), "红", 3, True, datetime(2026, 10, 3, 8, tzinfo=UTC), None, ["maple", "叶"])
heard: list[tuple[str, Any]] = []
failing: set[str] = set()


def first(event: LeafFell) -> None:
    """Write a row, then fail when a test wants it."""
    RateCounter.objects.create(key="first", window_start=1, count=1, expires_at=clock.now())
    if "first" in failing:
        raise RuntimeError("not now")
    heard.append(("first", event))


def second(event: LeafFell) -> None:
    heard.append(("second", event))


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    heard.clear()
    failing.clear()
    monkeypatch.setattr(events, "_subscribers", {})
    yield


@pytest.fixture
def _both_hear() -> None:
    events.subscribe(LeafFell, first)
    events.subscribe(LeafFell, second)


def announce() -> None:
    with transaction.atomic():
        events.announce(FALL)


@pytest.mark.usefixtures("_both_hear")
def test_everybody_who_subscribed_hears_the_event_as_it_was_announced() -> None:
    announce()
    assert events.deliver_due() == 1
    assert heard == [("first", FALL), ("second", FALL)]


@pytest.mark.usefixtures("_both_hear")
def test_a_delivered_event_is_gone() -> None:
    announce()
    events.deliver_due()
    assert not OutboxEvent.objects.exists()
    assert events.deliver_due() == 0 and len(heard) == 2


@pytest.mark.usefixtures("_both_hear")
def test_subscribing_twice_is_hearing_once() -> None:
    events.subscribe(LeafFell, second)
    announce()
    events.deliver_due()
    assert [name for name, _event in heard] == ["first", "second"]


def test_an_event_that_nobody_hears_is_not_stored() -> None:
    announce()
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_both_hear")
def test_announcing_outside_a_transaction_raises_and_stores_nothing() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        events.announce(FALL)
    assert not OutboxEvent.objects.exists()


@pytest.mark.usefixtures("_both_hear")
def test_an_event_of_a_change_that_is_rolled_back_is_never_delivered() -> None:
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        events.announce(FALL)
        raise ValueError("no")
    assert events.deliver_due() == 0 and heard == []


@pytest.mark.usefixtures("_both_hear")
def test_one_handlers_failure_neither_stops_nor_repeats_the_others() -> None:
    failing.add("first")
    announce()
    events.deliver_due()
    assert [name for name, _event in heard] == ["second"]
    failing.clear()
    with clock.travel(timedelta(minutes=1)):
        events.deliver_due()
    assert [name for name, _event in heard] == ["second", "first"]
    assert not OutboxEvent.objects.exists()


@pytest.mark.usefixtures("_both_hear")
def test_what_a_failing_handler_wrote_is_undone() -> None:
    failing.add("first")
    announce()
    events.deliver_due()
    assert not RateCounter.objects.exists()


@pytest.mark.usefixtures("_both_hear")
def test_a_failed_event_waits_longer_each_time_and_says_why() -> None:
    failing.add("first")
    announce()
    moment = clock.now() + timedelta(seconds=1)
    for attempts in range(1, 5):
        with clock.frozen(moment):
            assert events.deliver_due() == 1
            assert events.deliver_due() == 0, "not again at once"
        row = OutboxEvent.objects.get()
        assert row.attempts == attempts
        assert row.next_attempt_at - moment == timedelta(seconds=2**attempts)
        assert "not now" in row.error
        moment = row.next_attempt_at


@pytest.mark.usefixtures("_both_hear")
def test_after_twelve_attempts_it_waits_for_the_operator() -> None:
    failing.add("first")
    announce()
    OutboxEvent.objects.update(attempts=events.PATIENCE - 1)
    events.deliver_due()
    with clock.travel(timedelta(days=365)):
        assert events.deliver_due() == 0
    assert OutboxEvent.objects.count() == 1


def slowly(event: LeafFell) -> None:
    import time

    time.sleep(0.2)
    heard.append(("slowly", event))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_deliver_the_same_event_at_the_same_time() -> None:
    events.subscribe(LeafFell, slowly)
    announce()
    taken = testing.at_once(events.deliver_due, events.deliver_due)
    assert sorted(taken) == [0, 1] and len(heard) == 1
