"""Journeys in a real browser: reading over the feed and back, searching in Chinese, no jumps."""

import contextlib
from typing import Any

import pytest
from django.db import connections

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import events
from redleaf.discovery.search import engine, writing
from redleaf.discovery.tests.helpers import write, write_ago
from tests.browsing import PHONE, WIDE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 600);
})"""


@pytest.fixture
def mei(transactional_db: None) -> Account:
    return make_account("mei", display_name="美美", language="zh-hans")


def fill(author: Any, number: int = 60) -> None:
    for place in range(number):
        pictures = 2 if place < 6 else 0
        write_ago(author, f"Note {place}", days=place / 3, pictures=pictures, channel="coffee")


def index() -> None:
    """Bring the index up to date as the worker would."""
    events.deliver_due(limit=10_000)
    with contextlib.closing(engine.writer(engine.current() or writing.rebuild())) as writer:
        while writing.write_due(writer):
            pass
    engine.forget_reader()


def test_a_note_opens_over_the_feed_and_back_keeps_the_place(visit: Any, mei: Account) -> None:
    fill(mei)
    page = visit()
    page.goto("/")
    page.locator(".card").nth(23).scroll_into_view_if_needed()
    page.locator(".card").nth(47).wait_for(state="attached")
    page.evaluate("window.scrollTo(0, 700)")
    card = page.locator(".card a.title").nth(9)
    title = card.inner_text()
    card.evaluate("link => link.click()")
    page.wait_for_selector("dialog.over[open]")
    assert "/note/" in page.url
    assert title in page.locator("dialog.over h1").inner_text()
    page.go_back()
    page.wait_for_selector("dialog.over", state="detached")
    assert page.url == page.evaluate("location.origin") + "/"
    assert page.evaluate("window.scrollY") == 700
    assert page.locator(".card").count() == 48


def test_back_from_a_note_keeps_the_place_on_a_phone(visit: Any, mei: Account) -> None:
    fill(mei, 20)
    page = visit(viewport=PHONE, has_touch=True)
    page.goto("/")
    page.evaluate("window.scrollTo(0, 500)")
    page.locator(".card a.title").nth(5).evaluate("link => link.click()")
    page.wait_for_url("**/note/**")
    page.go_back()
    page.wait_for_selector(".masonry")
    page.wait_for_timeout(300)
    assert page.evaluate("window.scrollY") == 500


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_nothing_jumps_on_explore(visit: Any, mei: Account, size: dict[str, int]) -> None:
    fill(mei, 30)
    page = visit(viewport=size)
    page.goto("/", wait_until="load")
    page.mouse.wheel(0, 900)
    assert page.evaluate(SHIFT) < 0.1


def test_explore_and_search_are_accessible(visit: Any, mei: Account) -> None:
    fill(mei, 6)
    write(mei, "Latte", "#espresso", place="toronto", channel="coffee")
    index()
    page = visit(viewport=PHONE)
    for address in (
        *("/", "/?channel=coffee&sort=new", "/following/", "/ranking/", "/search/"),
        *("/search/?q=latte", "/search/?q=toronto", "/search/?q=mei&kind=people"),
        "/search/?q=nothing+at+all&with=video",
    ):
        page.goto(address)
        assert_accessible(page)


def test_channels_scroll_sideways_on_a_phone_and_the_page_does_not(
    visit: Any, mei: Account
) -> None:
    fill(mei, 4)
    page = visit(viewport=PHONE)
    page.goto("/")
    row = page.locator(".channels .scroller")
    assert row.evaluate("row => row.scrollWidth > row.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_searching_in_chinese_by_keyboard(visit: Any, mei: Account) -> None:
    write(mei, "周末的咖啡", "今天的 #手冲咖啡", language="zh-hans")
    write(mei, "冬天护肤", language="zh-hans")
    index()
    page = visit(locale="zh-TW")
    page.goto("/")
    box = page.locator("form.searchbox input")
    box.fill("手沖")
    page.wait_for_selector("#suggestions [role=option]")
    assert "手冲咖啡" in page.locator("#suggestions").inner_text()
    box.fill("咖啡店")
    box.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator(".card a.title").all_inner_texts() == ["周末的咖啡"]
    box = page.locator("form.searchbox input")
    box.fill("周末")
    page.wait_for_selector("#suggestions [role=option]")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/note/**")
    connections.close_all()


def test_everything_reads_and_posts_without_script(visit: Any, mei: Account) -> None:
    fill(mei, 30)
    index()
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="Not now").click()
    assert page.locator(".welcome").count() == 0
    page.get_by_role("link", name="Show more").click()
    assert page.locator(".card").count() == 6
    page.locator("form.searchbox input").fill("note")
    page.locator("form.searchbox button").click()
    assert page.locator(".card").count() == 12
    page.locator(".more-filters summary").click()
    page.get_by_role("link", name="With pictures").click()
    assert page.locator(".card").count() == 6
    page.locator(".card a.title").first.click()
    assert "/note/" in page.url
