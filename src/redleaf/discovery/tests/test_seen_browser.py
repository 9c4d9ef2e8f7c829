"""In a real browser: what was half in view for a second counts, what was scrolled past does not."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import database, ids
from redleaf.discovery.ranking import receipts, serving
from redleaf.discovery.tests.helpers import write_ago
from redleaf.notes.models import Note
from redleaf.privacy import services as privacy
from tests.browsing import PHONE, WIDE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

IN_VIEW = """() => [...document.querySelectorAll(".card[data-note]")].filter((card) => {
  const box = card.getBoundingClientRect();
  const shown = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
  return shown / box.height > 0.6;
}).map((card) => card.dataset.note)"""


@pytest.fixture(autouse=True)
def _no_held_lists() -> Iterator[None]:
    serving.forget()
    receipts.forget()
    yield
    serving.forget()
    receipts.forget()


@pytest.fixture
def mei(transactional_db: None) -> Account:
    return make_account("mei", display_name="美美")


def counted(column: str, least: int) -> set[UUID]:
    """Wait until so many notes have a count, and return which have."""
    until = time.monotonic() + 8
    while True:
        found = database.values(
            f"SELECT note_id, {column} FROM discovery_exposure WHERE {column} > 0"
        )
        assert all(number == 1 for _note, number in found)
        if len(found) >= least or time.monotonic() > until:
            return {row[0] for row in found}
        time.sleep(0.1)


def acts_of(account: Account, least: int) -> list[tuple[Any, ...]]:
    """Wait until so many acts of a member are recorded, and return them: a report that was cut off
    by leaving the page is told again by the next one."""
    until = time.monotonic() + 8
    while True:
        acts = database.values(
            "SELECT kind, note_id, value FROM discovery_interaction WHERE account_id = %s",
            (account.id,),
        )
        if len(acts) >= least or time.monotonic() > until:
            return acts
        time.sleep(0.1)


def in_view(page: Any) -> set[UUID]:
    return {ids.decode(ref) for ref in page.evaluate(IN_VIEW)}


def fill(author: Account, number: int = 18) -> list[Note]:
    return [write_ago(author, f"Note {place}", days=place / 9) for place in range(number)]


def test_a_card_in_view_for_a_second_counts_and_one_scrolled_past_does_not(
    visit: Any, mei: Account
) -> None:
    fill(mei)
    page = visit(viewport=PHONE)
    page.goto("/")
    page.wait_for_timeout(1300)
    first = in_view(page)
    passed: set[UUID] = set()
    for _ in range(3):  # a quick hand: each stop shorter than a second
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(150)
        passed |= in_view(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(1400)
    last = in_view(page)
    page.goto("/search/")
    found = counted("views", len(first | last))
    assert first and last and passed - first - last
    assert first | last <= found
    assert not found & (passed - first - last)


def test_reading_a_note_is_an_open_and_a_glance_is_none(visit: Any, mei: Account) -> None:
    glance, read, over = fill(mei, 3)
    lin = make_account("lin")
    privacy.grant(lin, "profiling")
    page = visit(lin, viewport=WIDE)
    page.goto(f"/note/{glance.ref}/")
    page.goto(f"/note/{read.ref}/")
    page.wait_for_timeout(1300)
    page.goto("/")
    page.locator(f'.card[data-note="{over.ref}"] a.title').click()
    page.wait_for_selector("dialog.over[open]")
    page.wait_for_timeout(1300)
    page.go_back()
    assert counted("opens", 2) == {read.id, over.id}
    acts = acts_of(lin, 4)
    assert {(kind, note_id) for kind, note_id, _value in acts} == {
        (kind, note.id) for kind in ("open", "dwell") for note in (read, over)
    }
    assert all(1 <= value < 8 for kind, _note, value in acts if kind == "dwell")


def test_the_privacy_page_is_switched_without_a_mouse_and_reads_well(
    visit: Any, mei: Account
) -> None:
    for options in ({"viewport": PHONE}, {"viewport": WIDE, "color_scheme": "dark"}):
        page = visit(mei, **options)
        page.goto("/settings/privacy/")
        assert_accessible(page)
        button = page.locator("form:has(input[value=profiling]) button.main")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("form:has(input[value=profiling]) button[value=withdraw]")
        assert_accessible(page)
        page.locator("form:has(input[value=profiling]) button[value=withdraw]").click()
        page.wait_for_selector("form:has(input[value=profiling]) button.main")
