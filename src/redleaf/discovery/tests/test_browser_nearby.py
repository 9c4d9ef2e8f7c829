"""Journeys in a real browser: around a position that stays vague, and an author's promise."""

from typing import Any

import pytest

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import events, ids
from redleaf.discovery.reach import weeks
from redleaf.discovery.tests.helpers import write, write_ago
from redleaf.discovery.tests.test_reach import busy, expose
from redleaf.discovery.tests.test_reach_weeks import authors
from tests.browsing import PHONE, WIDE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

EXACT = {"latitude": 43.870123, "longitude": -79.259876, "accuracy": 5}


@pytest.fixture
def grace(transactional_db: None) -> Account:
    return make_account("grace", language="en")


def test_around_a_position_once_and_then_a_chosen_place(visit: Any, grace: Account) -> None:
    write_ago(grace, "Bubble tea", days=1, place="markham", pictures=1)
    write_ago(grace, "Cherry trees", days=2, place="high-park")
    page = visit(viewport=PHONE, geolocation=EXACT, permissions=["geolocation"])
    sent: list[tuple[str, str]] = []
    page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    page.goto("/")
    page.get_by_role("link", name="Nearby").click()
    page.wait_for_url("**/nearby/")
    assert_accessible(page)
    page.get_by_role("button", name="Use my position once").click()
    page.wait_for_selector("#nearby-here .card")
    assert page.locator("#nearby-here .away").all_inner_texts() == [
        "Markham, about 6 km",
        "High Park, about 30 km",
    ]
    assert [body for url, body in sent if body and "/nearby/" in url] == ["cell=43.87%2C-79.26"]
    assert not any("43.87" in url or "79.2" in url for url, _body in sent)
    assert not any("870123" in body or "259876" in body for _url, body in sent)
    page.reload()
    assert page.locator(".card").count() == 0, "nothing of it is kept"
    page.get_by_label("City or campus").select_option("toronto")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_selector(".card")
    assert page.locator(".away").all_inner_texts() == ["Markham, about 23 km", "in High Park"]
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Turn off").click()
    page.get_by_text("It is off until you choose one.").wait_for()
    assert page.locator(".card").count() == 0


def test_a_browser_that_does_not_say_where_it_is_gets_a_next_step(
    visit: Any, grace: Account
) -> None:
    page = visit(viewport=PHONE)
    page.goto("/nearby/")
    page.get_by_role("button", name="Use my position once").click()
    page.get_by_text("Your browser did not say where you are.").wait_for()


def test_nearby_works_without_script(visit: Any, grace: Account) -> None:
    write(grace, "Bubble tea", place="markham")
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto("/nearby/")
    assert not page.get_by_role("button", name="Use my position once").is_visible()
    page.get_by_label("City or campus").select_option("markham")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator(".away").all_inner_texts() == ["in Markham"]


def test_an_author_finds_what_was_promised_and_what_was_given(visit: Any, grace: Account) -> None:
    busy(make_account("lin"), 500)
    note = write(grace, "My first winter", channel="coffee")
    events.deliver_due(limit=10_000)
    expose(note.id, 12)
    page = visit(grace, viewport=PHONE)
    page.goto(f"/note/{ids.encode(note.id)}/")
    promise = page.get_by_role("region", name="Fair start")
    assert "12 of 60 promised views" in promise.inner_text()
    assert_accessible(page)
    promise.get_by_role("link", name="All your notes").click()
    page.wait_for_url("**/me/reach/")
    assert "My first winter" in page.locator(".promises").inner_text()
    assert_accessible(page)
    page.goto("/@grace")
    page.get_by_role("link", name="Reach").click()
    page.wait_for_url("**/me/reach/")


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_the_public_weeks_are_accessible_in_both_themes(
    visit: Any, transactional_db: None, size: dict[str, int]
) -> None:
    for place, account in enumerate([*authors(6, 0, "small"), *authors(5, 2000, "large")]):
        expose(write(account, "x").id, 10 + place)
    weeks.fill()
    for scheme in ("light", "dark"):
        page = visit(viewport=size, color_scheme=scheme)
        page.goto("/ranking/reach/")
        assert page.locator(".chart .bar i").count() == 2
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
