"""The hot list: counted without knowing who, compared with the usual, damped against bursts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, database
from redleaf.discovery.models import QueryCount
from redleaf.discovery.search import counting, hot

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_waiting() -> Iterator[None]:
    counting.forget()
    hot.forget()
    yield
    counting.forget()
    hot.forget()


def people(count: int) -> list[Any]:
    with clock.frozen(clock.now() - timedelta(days=40)):
        return [make_account(f"person{number}") for number in range(count)]


def asked(query: str, *slots: int, hours_ago: float = 2, found: int = 3) -> None:
    """Have so many people ask in the first, second, … ten minutes of an hour."""
    row = [*slots, *([0] * (6 - len(slots)))]
    hour = (clock.now() - hours_ago * HOUR).replace(minute=0, second=0, microsecond=0)
    QueryCount.objects.create(
        hour=hour, query=query, shown_as=query, people=sum(row), slots=row, found=found
    )


def listed() -> list[str]:
    hot.refresh()
    return [line.shown_as for line in hot.hot_list()]


def test_one_person_counts_once_a_day_for_a_query() -> None:
    (one,) = people(1)
    for text in ("Hot Pot", "hot pot", "ＨＯＴ  pot"):
        counting.note(one, text, found=3)
    counting.flush()
    assert [(row.query, row.people) for row in QueryCount.objects.all()] == [("hot pot", 1)]
    with clock.travel(timedelta(days=1)):
        counting.note(one, "hot pot", found=3)
        counting.flush()
    assert sum(row.people for row in QueryCount.objects.all()) == 2


def test_nothing_that_is_kept_says_who_asked() -> None:
    (one,) = people(1)
    database.execute("DELETE FROM discovery_seen_digest")
    counting.note(one, "hot pot", found=3)
    counting.flush()
    digests = database.values("SELECT digest FROM discovery_seen_digest")
    assert len(digests) == 1
    assert one.id.bytes not in bytes(digests[0][0])
    salts = database.values("SELECT salt FROM discovery_salt")
    assert len(bytes(salts[0][0])) >= 16, "without the salt, which goes with the day, it is nobody"


def test_visitors_and_accounts_of_today_do_not_count() -> None:
    counting.note(None, "hot pot", found=3)
    counting.note(make_account("fresh"), "hot pot", found=3)
    assert counting.flush() == 0
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        *("mei@example.org", "@mei", "find ＠mei", "416 555 0199", "+1 (416) 555-0199"),
        *(
            "6222021234567890",
            "https://x.example/a",
            "see shop.com",
            "x",
            "!!!",
            "9" * 5,
            "長" * 41,
        ),
    ],
)
def test_what_may_name_somebody_is_never_counted(text: str) -> None:
    assert counting.key_of(text) == ""


@pytest.mark.parametrize("text", ["spf50", "火锅", "2026 tax", "Crème solaire", "M5V 2T6"])
def test_ordinary_words_are_counted(text: str) -> None:
    assert counting.key_of(text)


def test_words_on_the_operators_list_are_never_hot(settings: Any) -> None:
    settings.REDLEAF_NEVER_HOT = ["賭博"]
    assert counting.key_of("网上赌博") == ""
    asked("网上赌博", 5, 5, 5)
    assert listed() == []


def test_five_different_people_make_a_query_hot_and_four_do_not() -> None:
    asked("hot pot", 2, 1, 2)
    asked("ramen", 2, 2)
    assert listed() == ["hot pot"]


def test_what_is_usual_is_not_hot_however_many_ask() -> None:
    for day in range(1, 8):
        for hour in range(3):
            asked("weather", 3, 3, 3, 3, hours_ago=24 * day + 2 + hour)
    for hour in range(3):
        asked("weather", 3, 3, 3, 3, hours_ago=2 + hour)
    asked("eclipse", 2, 2, 2)
    assert listed() == ["eclipse"]


def test_a_burst_that_found_nothing_is_out_and_the_same_over_a_day_is_not() -> None:
    asked("buy from us", 9, 9, found=0)
    asked("strike", 3, found=0, hours_ago=9)
    asked("strike", 3, 3, found=0)
    assert listed() == ["strike"]


def test_a_rush_gains_little_against_interest_that_lasts() -> None:
    asked("arranged", 60)
    for hour in range(1, 11):
        asked("lasting", 1, hours_ago=hour)
    assert listed() == ["lasting", "arranged"]


def test_a_members_name_or_handle_is_not_listed() -> None:
    make_account("lin", display_name="Lin Wan")
    asked("lin", 2, 2, 2)
    asked("lin wan", 2, 2, 2)
    asked("lin wan soup", 2, 2, 2)
    assert listed() == ["lin wan soup"]


def test_a_search_page_counts_its_first_page_and_nothing_else(
    client_for: Any, take_in: Any
) -> None:
    take_in()
    (one,) = people(1)
    browser = client_for(one)
    browser.head("/search/?q=hot pot")
    browser.get("/search/?q=hot pot", headers={"Sec-Purpose": "prefetch"})
    browser.get("/search/suggest/?q=hot pot")
    counting.flush()
    assert not QueryCount.objects.exists()
    browser.get("/search/?q=hot pot")
    counting.flush()
    assert QueryCount.objects.get().people == 1


def test_the_list_stands_on_the_empty_page_and_its_rule_with_its_numbers(client: Client) -> None:
    asked("火锅 底料", 2, 2, 2)
    hot.refresh()
    page = client.get("/search/").content.decode()
    assert "火锅 底料" in page
    assert 'href="/search/hot/"' in page
    rule = client.get("/search/hot/").content.decode()
    assert "at least 5 different members" in rule
    assert "火锅 底料" in rule


def test_without_a_hot_query_the_page_has_no_list(client: Client) -> None:
    hot.refresh()
    assert 'id="hot"' not in client.get("/search/").content.decode()
    assert client.get("/search/hot/").status_code == 200


def test_old_counts_go() -> None:
    asked("old", 5, hours_ago=24 * 10)
    asked("young", 5)
    counting.drop_old()
    assert [row.query for row in QueryCount.objects.all()] == ["young"]


@pytest.mark.parametrize(
    ("typed", "found"), [("火", 1), ("huoguo", 1), ("huog", 1), ("hg", 1), ("guo", 0)]
)
def test_what_many_ask_is_suggested_in_its_script_and_by_pinyin(typed: str, found: int) -> None:
    asked("火锅", 2, 2, 2)
    hot.refresh()
    assert len(hot.beginning_with(typed, 3)) == found


def test_what_too_few_ask_is_never_suggested() -> None:
    asked("火锅", 2, 2)
    hot.refresh()
    assert hot.beginning_with("火", 3) == []
