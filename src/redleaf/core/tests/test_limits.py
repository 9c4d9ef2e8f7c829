"""Rate limits: counted without a gap, refused in words, forgotten in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from redleaf.core import clock, limits, testing
from redleaf.core.errors import TooMany
from redleaf.core.models import RateCounter

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _limits_on(settings: Any) -> None:
    settings.REDLEAF_RATE_LIMITS = True


def hits(count: int, key: str = "mei", rate: str = "3/m") -> None:
    for _number in range(count):
        limits.hit("knock", key, rate=rate)


def test_as_many_as_the_rate_says_pass_and_the_next_is_refused() -> None:
    with clock.frozen(NOON):
        hits(3)
        with pytest.raises(TooMany) as refusal:
            hits(1)
    assert refusal.value.status == 429 and refusal.value.retry_after == 60
    assert "60 seconds" in str(refusal.value.message)


def test_a_refused_try_is_not_counted() -> None:
    with clock.frozen(NOON):
        hits(3)
        for _number in range(5):
            with pytest.raises(TooMany):
                hits(1)
    assert RateCounter.objects.get().count == 3


def test_everybody_has_a_counter_of_their_own() -> None:
    with clock.frozen(NOON):
        hits(3)
        hits(3, key="lin")


def test_the_window_slides() -> None:
    with clock.frozen(NOON):
        hits(3)
    with clock.frozen(NOON + timedelta(seconds=61)), pytest.raises(TooMany):
        hits(1)
    with clock.frozen(NOON + timedelta(seconds=100)):
        hits(1)


def test_after_two_windows_nothing_is_left() -> None:
    with clock.frozen(NOON):
        hits(3)
    with clock.frozen(NOON + timedelta(minutes=2)):
        hits(3)


def test_expired_counters_are_deleted() -> None:
    with clock.frozen(NOON):
        hits(1)
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert limits.forget_expired() == 0
    with clock.frozen(NOON + timedelta(minutes=3)):
        assert limits.forget_expired() == 1


def test_no_limits_when_they_are_switched_off(settings: Any) -> None:
    settings.REDLEAF_RATE_LIMITS = False
    hits(50)
    assert not RateCounter.objects.exists()


@pytest.mark.parametrize(
    ("text", "count", "seconds"), [("20/h", 20, 3600), ("5/10m", 5, 600), ("1/d", 1, 86400)]
)
def test_a_rate_is_read(text: str, count: int, seconds: int) -> None:
    assert limits.Rate.parse(text) == limits.Rate(count, seconds)


@pytest.mark.parametrize("text", ["", "h", "5", "5/x", "x/h"])
def test_a_rate_that_is_none_is_an_error_of_the_programmer(text: str) -> None:
    with pytest.raises((ValueError, KeyError, IndexError)):
        limits.Rate.parse(text)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("nonsense", "unknown"),
    ],
)
def test_a_household_is_one_client(address: str, key: str) -> None:
    assert limits.client_key(RequestFactory().get("/", REMOTE_ADDR=address)) == key


@pytest.mark.parametrize(
    ("proxies", "forwarded", "key"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "nonsense", "unknown"),
    ],
)
def test_a_client_behind_a_proxy_is_known_by_what_the_proxy_saw(
    settings: Any, proxies: int, forwarded: str, key: str
) -> None:
    settings.REDLEAF_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers=headers)
    assert limits.client_key(request) == key


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_one_by_one() -> None:
    results = testing.at_once(*[lambda: limits.hit("knock", "mei", rate="5/h")] * 8)
    assert sum(isinstance(result, TooMany) for result in results) == 3
    assert sum(result is None for result in results) == 5
