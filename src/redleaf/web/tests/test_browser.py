"""The shell in a real browser: contrast, width, thumbs, themes, offline, and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from redleaf.core import events
from redleaf.notes.services import comments, marks
from redleaf.notes.tests.factories import make_note
from tests.browsing import assert_accessible, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

THUMB = 44
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility()
    && !e.closest('.scroller, .tabs, .track, .visually-hidden, .skip')
    && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""
TOO_SMALL = """(least) => [...document.querySelectorAll(
    'button, .button, .chip, .doors a, .tabs a, summary, input:not([type=hidden]), select')]
  .filter(e => e.checkVisibility() && !e.closest('.card, .visually-hidden, .theme-sample'))
  .filter(e => { const box = (e.closest('label') || e).getBoundingClientRect();
    return box.height > 0 && box.height < least - .5; })
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def lived_in(cast: Any) -> Any:
    """A little life: notes, comments, likes, told to those whom they concern."""
    note = make_note(cast.lin, title="冬天护肤，零下三十度也不干", body="#护肤", language="zh-hans")
    make_note(cast.mei, title="Trois cafés où travailler le soir", language="fr")
    for who in (cast.mei, cast.antoine, cast.grace, cast.teen):
        marks.mark(who, note.id, kind="like")
    comments.post_comment(cast.mei, note.id, body="真的吗？" * 20)
    events.deliver_due(1000)
    cast.note = note
    return cast


PAGES = ("/", "/inbox/", "/@mei", "/me/lists/", "/me/blocked/", "/nothing/", "/offline/")


@pytest.mark.parametrize(
    ("theme", "paths"), [("light", PAGES), ("dark", ("/", "/inbox/", "/style/"))]
)
def test_axe_finds_nothing_serious_in_either_theme(
    visit: Visit, lived_in: Any, theme: str, paths: tuple[str, ...]
) -> None:
    page = visit(lived_in.lin, color_scheme=theme)
    for path in paths:
        page.goto(path)
        assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_is_wider_than_a_small_phone(visit: Visit, lived_in: Any, language: str) -> None:
    page = visit(lived_in.lin, viewport={"width": 320, "height": 640}, has_touch=True)
    for path in (*PAGES, "/@lin/followers/", "/style/"):
        page.goto(f"{path}?lang={language}")
        assert page.evaluate(TOO_WIDE) == [], path
        assert page.evaluate(TOO_SMALL, THUMB) == [], path


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_nothing_is_wider_than_a_wider_window(visit: Visit, lived_in: Any, width: int) -> None:
    page = visit(lived_in.lin, viewport={"width": width, "height": 900})
    for path in ("/", "/inbox/", "/style/"):
        page.goto(path)
        assert page.evaluate(TOO_WIDE) == [], path


@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_menu_is_wholly_on_the_screen_and_closes_by_escape(
    visit: Visit, lived_in: Any, width: int
) -> None:
    page = visit(lived_in.grace, viewport={"width": width, "height": 700})
    page.goto("/@mei")
    page.locator(".relation summary").click()
    sheet = page.locator(".relation .sheet")
    box = sheet.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= 0 and box["y"] + box["height"] <= 700
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".relation summary")).to_be_focused()


def style_of(page: Any, selector: str, name: str) -> str:
    return str(
        page.locator(selector).first.evaluate(
            "(element, name) => getComputedStyle(element).getPropertyValue(name)", name
        )
    )


def test_a_chosen_theme_wins_over_the_devices(visit: Visit, db: None) -> None:
    page = visit(color_scheme="light")
    page.goto("/offline/")
    light = style_of(page, "html", "background-color")
    page.locator(".foot button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert style_of(page, "html", "background-color") != light


def test_each_language_has_its_own_characters(visit: Visit, db: None) -> None:
    page = visit()
    page.goto("/style/")
    for tag, face in (("zh-Hans", "PingFang SC"), ("zh-Hant", "PingFang TC")):
        assert face in style_of(page, f".tongues [lang={tag}]", "font-family")
    assert "PingFang" not in style_of(page, ".tongues [lang=fr]", "font-family")


def test_who_wants_less_motion_gets_none(visit: Visit, db: None) -> None:
    page = visit(reduced_motion="reduce")
    page.goto("/style/")
    assert set(style_of(page, "main .button", "transition-duration").split(", ")) == {"0s"}
    assert style_of(page, ".themes .masonry .card .cover", "animation-name") == "none"


def test_the_first_tab_stop_skips_to_the_content(visit: Visit, db: None) -> None:
    page = visit()
    page.goto("/offline/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_first_screen_weighs_less_than_150_kilobytes(visit: Visit, lived_in: Any) -> None:
    page = visit()
    weights: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        if answer.request.resource_type in {"script", "stylesheet", "font"}:
            weights[answer.url] = len(answer.body())

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert len(weights) > 8 and sum(weights.values()) < 150_000, weights


def test_without_script_one_follows_blocks_and_chooses_a_language(
    visit: Visit, lived_in: Any
) -> None:
    page = visit(lived_in.grace, java_script_enabled=False)
    page.goto("/@mei")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    page.locator(".relation summary").click()
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_role("button", name="Unblock")).to_be_visible()
    page.locator(".foot button[value=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_with_script_the_button_changes_in_its_place_and_keeps_the_focus(
    visit: Visit, lived_in: Any
) -> None:
    page = visit(lived_in.grace)
    page.goto("/@mei")
    page.locator("#follow-mei").click()
    expect(page.locator("#follow-mei")).to_contain_text("Following")
    expect(page.locator("#follow-mei")).to_be_focused()
    assert page.url.endswith("/@mei")


def test_a_failed_request_is_told_in_a_toast(visit: Visit, lived_in: Any) -> None:
    page = visit(lived_in.grace)
    page.goto("/@mei")
    page.context.set_offline(True)
    page.locator("#follow-mei").click()
    expect(page.locator(".toast")).to_contain_text("Check the connection")


def test_the_operators_pages_work_under_our_policy(visit: Visit, lived_in: Any) -> None:
    page = visit(lived_in.keeper)
    for path in ("/admin/", "/admin/editions/channel/", "/admin/editions/place/add/"):
        assert page.goto(path, wait_until="networkidle").status == 200
    page.goto("/admin/editions/place/add/")
    page.locator(".select2-selection").first.click()
    expect(page.locator(".select2-results")).to_be_visible()


# --- Without a connection ----------------------------------------------------------------------
READY = (
    "async () => !!((await navigator.serviceWorker.ready) && navigator.serviceWorker.controller)"
)
KEPT = """async () => (await (await caches.open('redleaf-notes')).keys())
  .map(request => new URL(request.url).pathname)"""
SHELLS = "async () => (await caches.keys()).filter(n => n.startsWith('redleaf-shell-')).length"


def with_worker(page: Any) -> None:
    """Wait until the service worker looks after this page."""
    page.goto("/offline/")
    for _try in range(20):
        if page.evaluate(READY):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the service worker does not look after the page")


def keep_note(page: Any, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    for _try in range(20):
        if path in page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the note was not kept")


PICTURES_KEPT = "async () => (await (await caches.open('redleaf-pictures')).keys()).length"


def test_a_note_read_before_is_there_without_a_connection(visit: Visit, lived_in: Any) -> None:
    path = f"/note/{lived_in.note.ref}/"
    page = visit(lived_in.grace)
    with_worker(page)
    keep_note(page, path)
    assert page.evaluate(SHELLS) == 1
    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator(".note h1")).to_contain_text("冬天护肤")
    assert style_of(page, ".note", "border-radius") != "0px", "with its style"
    page.goto("/search/")
    expect(page.locator("main")).to_contain_text("You are offline")
    expect(page.locator("[data-offline-notes] a")).to_have_attribute(
        "href", f"{page.url.rpartition('/search')[0]}{path}"
    )
    page.context.set_offline(False)
    page.goto("/search/")
    assert page.locator("main .empty .offline").count() == 0


def test_a_note_read_over_a_feed_is_there_without_a_connection(visit: Visit, cast: Any) -> None:
    note = make_note(cast.lin, title="Seen from the feed", pictures=1)
    events.deliver_due(1000)
    path = f"/note/{note.ref}/"
    page = visit(cast.grace, viewport={"width": 1280, "height": 800})
    with_worker(page)
    page.goto("/?sort=new", wait_until="networkidle")
    page.locator(f'a[data-over][href="{path}"]').first.click()
    expect(page.locator("dialog.over h1")).to_have_text("Seen from the feed")
    for _try in range(50):
        if path in page.evaluate(KEPT) and page.evaluate(PICTURES_KEPT):
            break
        page.wait_for_timeout(100)
    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator("main .note h1")).to_have_text("Seen from the feed")
    assert page.locator(".note-pictures img").first.evaluate(
        "async (i) => (await i.decode(), i.naturalWidth)"
    )


def test_who_signs_out_and_who_comes_next_leaves_and_finds_no_notes(
    visit: Visit, lived_in: Any
) -> None:
    page = visit(lived_in.grace)
    with_worker(page)
    keep_note(page, f"/note/{lived_in.note.ref}/")
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == []
    keep_note(page, f"/note/{lived_in.note.ref}/")
    sign_in(page, lived_in.lin)
    page.goto("/search/", wait_until="networkidle")
    assert page.evaluate(KEPT) == []


def test_a_members_private_pages_are_not_kept(visit: Visit, lived_in: Any) -> None:
    page = visit(lived_in.lin)
    with_worker(page)
    for path in ("/inbox/", "/settings/", "/me/lists/"):
        page.goto(path, wait_until="networkidle")
    assert page.evaluate(KEPT) == []
    page.context.set_offline(True)
    page.goto("/inbox/")
    expect(page.locator("main")).to_contain_text("You are offline")
    assert "Lin" not in page.locator("body").inner_text()
