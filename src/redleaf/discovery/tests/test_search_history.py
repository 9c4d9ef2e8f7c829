"""Own searches: kept under consent and no longer, removed and cleared in one act."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from redleaf.core import clock
from redleaf.discovery.models import SearchHistory
from redleaf.discovery.search import history
from redleaf.discovery.tests.helpers import suggest
from redleaf.privacy import services as consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(mei: Any, client_for: Any, take_in: Any) -> Client:
    """mei's browser, after she let searches be remembered."""
    take_in()
    made: Client = client_for(mei)
    assert made.post("/search/own/", {"act": "on"}).url == "/search/"
    return made


def kept(account: Any) -> list[str]:
    return list(
        SearchHistory.objects.filter(account=account)
        .order_by("-at")
        .values_list("query", flat=True)
    )


def test_nothing_is_stored_until_a_member_agrees(mei: Any, client_for: Any, take_in: Any) -> None:
    take_in()
    client_for(mei).get("/search/?q=latte")
    Client().get("/search/?q=latte")
    assert not SearchHistory.objects.exists()


def test_searches_stand_on_the_page_the_latest_first(browser: Client, mei: Any) -> None:
    for text in ("latte", "火锅", "latte"):
        browser.get("/search/", {"q": text})
    assert kept(mei) == ["latte", "火锅"]
    page = browser.get("/search/").content.decode()
    assert page.index(">latte<") < page.index(">火锅<")


def test_further_pages_and_browsers_ahead_of_their_reader_are_not_kept(
    browser: Client, mei: Any
) -> None:
    browser.get("/search/?q=latte", headers={"Sec-Purpose": "prefetch"})
    browser.head("/search/?q=latte")
    browser.get("/search/suggest/?q=latte")
    assert kept(mei) == []


def test_one_is_removed_and_all_are_cleared_in_one_act(browser: Client, mei: Any) -> None:
    for text in ("one", "two", "three"):
        browser.get("/search/", {"q": text})
    browser.post("/search/own/", {"act": "remove", "q": "two"})
    assert kept(mei) == ["three", "one"]
    browser.post("/search/own/", {"act": "clear"})
    assert kept(mei) == []
    browser.get("/search/?q=four")
    assert kept(mei) == ["four"], "clearing does not switch it off"


def test_switching_off_deletes_everything_and_stores_nothing_more(
    browser: Client, mei: Any
) -> None:
    browser.get("/search/?q=latte")
    browser.post("/search/own/", {"act": "off"})
    assert kept(mei) == []
    browser.get("/search/?q=latte")
    assert kept(mei) == []
    assert 'name="act" value="on"' in browser.get("/search/").content.decode()


def test_taking_consent_back_elsewhere_deletes_them_too(browser: Client, mei: Any) -> None:
    browser.get("/search/?q=latte")
    consents.withdraw(mei, history.PURPOSE)
    assert kept(mei) == []


def test_fifty_are_kept_and_ninety_days(browser: Client, mei: Any) -> None:
    start = clock.now()
    with clock.frozen(start - timedelta(days=91)):
        history.keep(mei, "ancient")
    for number in range(55):
        with clock.frozen(start + timedelta(seconds=number)):
            history.keep(mei, f"query {number}")
    assert kept(mei) == [f"query {number}" for number in range(54, 4, -1)]
    with clock.travel(timedelta(days=91)):
        history.drop_old()
    assert kept(mei) == []


def test_nobody_sees_or_changes_anothers(
    browser: Client, mei: Any, lin: Any, client_for: Any
) -> None:
    browser.get("/search/?q=latte")
    other = client_for(lin)
    assert "latte" not in other.get("/search/").content.decode()
    assert "latte" not in suggest(other, "lat")
    other.post("/search/own/", {"act": "clear"})
    other.post("/search/own/", {"act": "remove", "q": "latte"})
    assert kept(mei) == ["latte"]


def test_an_erased_account_leaves_none(browser: Client, mei: Any) -> None:
    browser.get("/search/?q=latte")
    consents.erase(mei.id)
    assert kept(mei) == []


def test_own_searches_come_first_among_suggestions(browser: Client) -> None:
    browser.get("/search/?q=latte art")
    page = suggest(browser, "lat")
    assert 'href="/search/?q=latte%20art"' in page
    assert 'href="/search/?q=latte%20art"' in suggest(browser, "")


@pytest.mark.parametrize("act", ["", "burn", "remove"])
def test_a_strange_act_changes_nothing(browser: Client, mei: Any, act: str) -> None:
    browser.get("/search/?q=latte")
    answer = browser.post("/search/own/", {"act": act, "q": "\x00 nothing"})
    assert answer.status_code in {302, 400, 422}
    assert kept(mei) == ["latte"]


def test_a_visitor_signs_in_first() -> None:
    assert "/account/login/" in Client().post("/search/own/", {"act": "on"}).url
