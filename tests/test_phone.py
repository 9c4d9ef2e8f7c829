"""The main pages on a phone: nothing is too wide, too small to touch, or hard to read."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from redleaf.core import events, ids
from tests.browsing import assert_accessible
from tests.routes import small_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

WIDTHS = (390, 320)
# Rows that are meant to be pushed sideways, and what only a screen reader gets, may reach out.
TOO_WIDE = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
  ...[...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility({visibilityProperty: true})
      && !e.closest('.scroller, .tabs, .track, .visually-hidden, .skip, [hidden]')
      && e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 120))]"""
# WCAG 2.5.8: 24 px, or so much room around that a circle of 24 px meets no other target; links
# within a line of text are free. What a label stands for is touched there. The thumb's own things
# are 44 px.
TOO_SMALL = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true})
    && !e.closest('.visually-hidden, .skip') && box(e).width > 0;
  const box = e => (e.closest('label') || e).getBoundingClientRect();
  const inText = e => e.matches('a') && getComputedStyle(e).display === 'inline';
  const centre = b => [b.x + b.width / 2, b.y + b.height / 2];
  const away = ([x, y], b) => Math.hypot(
    Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
  const small = e => box(e).height < 23.5 || box(e).width < 23.5;
  const all = [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => seen(e) && !e.closest('.doors') && e.tabIndex >= 0);
  const crowded = e => all.some(other => other !== e && !e.contains(other) && !other.contains(e)
    && away(centre(box(e)), box(other)) < 12);
  const thumbs = document.querySelectorAll(
    '.doors a, .tabs a, .chip, .button.main:not(.small), .searchbox, .mark-button,'
    + ' main form.form button[type=submit], main form.form .input');
  return [
    ...all.filter(e => !inText(e) && small(e) && crowded(e)),
    ...[...thumbs].filter(e => seen(e) && box(e).height < 43.5),
  ].map(e => `${Math.round(box(e).width)} x ${Math.round(box(e).height)}: `
    + e.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def site(cast: SimpleNamespace) -> dict[str, Any]:
    made = small_site(cast)
    events.deliver_due(limit=10_000)
    return made


def pages(site: dict[str, Any]) -> list[str]:
    return [
        "/",
        f"/note/{ids.encode(site['note_id'])}/",
        "/@mei",
        "/search/?q=latte",
        "/publish/",
        "/inbox/",
        "/settings/",
        "/boards/",
    ]


def further_pages(site: dict[str, Any]) -> list[str]:
    return [
        f"/board/{ids.encode(site['board_id'])}/",
        f"/note/{ids.encode(site['note_id'])}/save/",
        f"/publish/{ids.encode(site['draft_id'])}/",
        f"/comment/{ids.encode(site['comment_id'])}/reply/",
        *("/drafts/", "/following/", "/channels/", "/me/lists/", "/me/saved/"),
        *("/settings/profile/", "/account/email/", "/account/2fa/", "/topic/coffee/"),
        *("/place/toronto/", "/ranking/", "/nothing/"),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_is_too_wide_or_too_small_for_a_thumb(
    visit: Visit, site: dict[str, Any], language: str
) -> None:
    page = visit(site["accounts"].mei, viewport={"width": WIDTHS[0], "height": 800}, has_touch=True)
    found: dict[str, list[str]] = {}
    for path in (*pages(site), *further_pages(site)):
        glue = "&" if "?" in path else "?"
        page.goto(f"{path}{glue}lang={language}", wait_until="load")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            told = [*page.evaluate(TOO_WIDE), *page.evaluate(TOO_SMALL)]
            if told:
                found[f"{path} at {width}"] = told
    assert found == {}


def test_nothing_is_too_wide_or_too_small_on_the_way_in(visit: Visit, site: dict[str, Any]) -> None:
    page = visit(viewport={"width": 320, "height": 640}, has_touch=True, locale="fr-CA")
    for path in ("/", "/account/login/", "/account/signup/", "/account/password/reset/", "/@mei"):
        page.goto(path)
        assert [*page.evaluate(TOO_WIDE), *page.evaluate(TOO_SMALL)] == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, site: dict[str, Any], theme: str) -> None:
    page = visit(site["accounts"].mei, viewport={"width": 390, "height": 844}, color_scheme=theme)
    for path in pages(site):
        page.goto(path, wait_until="load")
        page.wait_for_timeout(200)  # a card comes in from nothing, and its colours are mixed then
        assert_accessible(page)


def test_two_enlarged_steps_of_text_still_fit(visit: Visit, site: dict[str, Any]) -> None:
    """WCAG 1.4.4 and 1.4.10: text at twice its size, in 320 px, without scrolling sideways."""
    page = visit(site["accounts"].mei, viewport={"width": 640, "height": 800})
    for path in pages(site):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
