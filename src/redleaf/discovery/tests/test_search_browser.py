"""Journeys through search in a real browser: by keyboard, by its filters, without script."""

import contextlib
from typing import Any

import pytest
from django.db import connections

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import events
from redleaf.discovery.models import HotQuery
from redleaf.discovery.search import engine, hot, writing
from redleaf.discovery.tests.helpers import write, write_ago
from tests.browsing import PHONE, WIDE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def mei(transactional_db: None) -> Account:
    return make_account("mei", display_name="美美", language="en")


@pytest.fixture
def filled(mei: Account) -> Account:
    """A small site, indexed, on which two queries are hot."""
    write(mei, "Toronto in spring", "#toronto #coffee", place="toronto", channel="coffee")
    write(mei, "冬天护肤心得", "#护肤", language="zh-hans", channel="skincare")
    write_ago(mei, "Sunscreen for winter", days=20, channel="skincare")
    for place, text in enumerate(("火锅底料", "first apartment"), start=1):
        HotQuery.objects.create(
            query=text, shown_as=text, place=place, people=9, counted=7, usual=1, score=2
        )
    hot.forget()
    events.deliver_due(limit=10_000)
    with contextlib.closing(engine.writer(engine.current() or writing.rebuild())) as writer:
        while writing.write_due(writer):
            pass
    engine.forget_reader()
    return mei


def test_suggestions_by_keyboard(visit: Any, filled: Account) -> None:
    page = visit()
    page.goto("/")
    box = page.get_by_role("combobox")
    box.click()
    page.get_by_role("option", name="火锅底料").wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.fill("toron")
    page.get_by_role("group", name="Places").wait_for()
    assert_accessible(page)
    box.press("ArrowUp")  # the last, a note
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert "Toronto in spring" in active.inner_text()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "toron"
    box.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/topic/toronto/")
    connections.close_all()


def test_pinyin_finds_what_is_written_in_characters(visit: Any, filled: Account) -> None:
    page = visit(viewport=PHONE)
    page.goto("/search/")
    page.get_by_role("combobox").fill("huf")
    page.get_by_role("option", name="#护肤").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    connections.close_all()


@pytest.mark.parametrize("script", [True, False])
def test_own_searches_from_agreeing_to_switching_off(
    visit: Any, filled: Account, script: bool
) -> None:
    page = visit(filled, viewport=PHONE, java_script_enabled=script)
    page.goto("/search/")
    page.get_by_role("button", name="Remember my searches").click()
    for text in ("toronto", "sunscreen"):
        page.goto(f"/search/?q={text}")
    page.goto("/search/")
    own = page.get_by_role("region", name="Your searches")
    assert own.get_by_role("listitem").all_inner_texts() == ["sunscreen", "toronto"]
    own.get_by_role("button", name="Remove “toronto”").click()
    assert own.get_by_role("listitem").all_inner_texts() == ["sunscreen"]
    own.get_by_role("button", name="Stop remembering").click()
    assert page.get_by_role("button", name="Remember my searches").is_visible()
    page.goto("/search/?q=toronto")
    page.goto("/search/")
    assert own.get_by_role("listitem").count() == 0
    connections.close_all()


def test_filters_live_in_the_address_and_a_dead_end_leads_on(visit: Any, filled: Account) -> None:
    page = visit()
    page.goto("/search/?q=sunscren")
    page.get_by_text("Showing results for “sunscreen”").wait_for()
    page.goto("/search/?q=sunscreen")
    page.locator(".more-filters summary").click()
    page.get_by_role("link", name="Last week").click()
    assert "time=week" in page.url
    assert page.locator(".card").count() == 0
    page.get_by_role("link", name="Without “Last week”").click()
    assert page.locator(".card").count() == 1
    page.go_back()
    assert "time=week" in page.url
    page.get_by_role("link", name="Write the first note").wait_for()
    connections.close_all()


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (WIDE, "dark")])
def test_the_pages_of_search_are_accessible(
    visit: Any, filled: Account, size: dict[str, int], scheme: str
) -> None:
    page = visit(filled, viewport=size, color_scheme=scheme)
    for address in (
        *("/search/", "/search/hot/", "/search/suggest/?q=toron", "/search/?q=sunscren"),
        *("/search/?q=toronto&time=week&place=toronto&sort=saved", "/search/?q=zzz&with=video"),
    ):
        page.goto(address)
        assert_accessible(page)
    connections.close_all()
