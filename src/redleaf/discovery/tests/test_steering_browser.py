"""Journeys in a real browser: sliders with their preview, and a note not to be shown again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.discovery import steering
from redleaf.discovery.ranking import serving
from redleaf.discovery.recommend import mixing
from redleaf.discovery.tests.helpers import count, write_ago
from redleaf.notes.models import Note
from tests.browsing import PHONE, WIDE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def grace(transactional_db: None) -> Account:
    return make_account("grace", display_name="Grace", language="en")


@pytest.fixture
def notes(transactional_db: None) -> list[Note]:
    """An old note that helped many, and a new one that nobody knows."""
    serving.forget()
    author = make_account("mei", display_name="美美", language="en")
    old = write_ago(author, "An old favourite", days=3)
    count(old, save=60, helpful=200)
    return [old, write_ago(author, "Just written", days=0.01)]


def test_a_slider_changes_the_preview_at_once_and_is_kept(
    visit: Any, grace: Account, notes: list[Note]
) -> None:
    page = visit(grace)
    page.goto("/explore/steer/")
    fresh = page.get_by_role("slider", name="Fresh")
    expect(page.locator(".preset code")).to_have_text(mixing.encode({}))
    fresh.focus()
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".preset code")).to_have_text(mixing.encode({"fresh": 2}))
    expect(page.locator("#preview .card")).to_have_count(2)
    assert steering.steering_of(grace).sliders == {}, "a preview keeps nothing"
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".toast")).to_contain_text("Your Explore is set.")
    assert steering.steering_of(grace).sliders == {"fresh": 2}
    assert_accessible(page)


def test_what_is_not_for_me_goes_and_comes_back_by_undo(
    visit: Any, grace: Account, notes: list[Note]
) -> None:
    steering.not_interested(grace, notes[0].id)
    page = visit(grace)
    page.goto("/")
    expect(page.locator(".card .title")).to_have_text(["Just written"])
    page.goto("/explore/steer/")
    page.get_by_role("button", name="Take back An old favourite").click()
    page.goto("/explore/steer/")
    expect(page.locator("#preview .card")).to_have_count(2)
    page.goto("/")
    page.locator(".card .why, .card a[href^='/why/']").first.evaluate("link => link.click()")
    page.get_by_role("button", name="Not interested").click()
    expect(page.locator(".toast, .notice-bar").first).to_contain_text("not be shown this note")
    page.get_by_role("button", name="Undo").click()
    page.goto("/")
    expect(page.locator(".card .title")).to_have_count(2)


@pytest.mark.parametrize("size", [PHONE, WIDE])
@pytest.mark.parametrize("address", ["/explore/steer/", "/ranking/", "/settings/filters/"])
def test_the_pages_fit_and_are_accessible(
    visit: Any, grace: Account, notes: list[Note], size: Any, address: str
) -> None:
    page = visit(grace, viewport=size)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
