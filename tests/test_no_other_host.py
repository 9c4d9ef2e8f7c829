"""In a real browser: nothing asks another host, nothing complains, and little is loaded."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from redleaf.core import events, ids
from tests.browsing import WIDE
from tests.routes import small_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

WEIGHT = """() => performance.getEntriesByType('resource')
  .filter(e => ['script', 'link', 'css', 'other'].includes(e.initiatorType)
    && /\\.(js|css|woff2?)$/.test(new URL(e.name).pathname))
  .reduce((sum, e) => sum + e.decodedBodySize, 0)"""
HOSTS = """() => performance.getEntriesByType('resource').map(e => e.name)
  .filter(name => new URL(name).host !== location.host)"""
MOST = 160_000  # bytes of scripts, styles and fonts together, before compression


@pytest.fixture
def site(cast: SimpleNamespace) -> dict[str, Any]:
    made = small_site(cast)
    events.deliver_due(limit=10_000)
    return made


def pages(site: dict[str, Any], *, member: bool) -> list[str]:
    """Return the main pages, as they are linked."""
    shared = [
        "/",
        "/?channel=coffee&sort=new",
        f"/note/{ids.encode(site['note_id'])}/",
        "/@mei",
        "/@mei?show=boards",
        f"/board/{ids.encode(site['board_id'])}/",
        "/topic/coffee/",
        "/place/toronto/",
        "/search/?q=latte",
        "/style/",
        "/nothing/",
    ]
    if member:
        return [
            *shared,
            *("/publish/", f"/publish/{ids.encode(site['draft_id'])}/", "/drafts/", "/inbox/"),
            *("/boards/", "/settings/", "/settings/profile/", "/following/", "/me/saved/"),
        ]
    return [*shared, "/account/login/", "/account/signup/", "/account/password/reset/"]


@pytest.mark.parametrize("member", [False, True], ids=["visitor", "member"])
def test_the_main_pages_ask_nobody_else_and_complain_of_nothing(
    visit: Visit, site: dict[str, Any], member: bool
) -> None:
    """The fixture fails on a script's error, a broken policy, and a request to another host."""
    page = visit(site["accounts"].mei if member else None, viewport=WIDE)
    said: list[str] = []
    page.on(
        "console",
        lambda message: (
            said.append(f"{page.url}: {message.text} {message.location['url']}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on(
        "requestfailed",
        # Going on to the next page ends what this one was still loading; that is no failure.
        lambda request: (
            None
            if request.failure == "net::ERR_ABORTED"
            else said.append(f"{request.url}: {request.failure}")
        ),
    )
    weights: dict[str, int] = {}
    for path in pages(site, member=member):
        page.goto(path, wait_until="load")
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(150)
        assert page.evaluate(HOSTS) == [], path
        weights[path] = page.evaluate(WEIGHT)
    # A page that is not there says so, and the badge's stream lives outside of a test's server.
    said = [line for line in said if "/nothing/" not in line and "/live/badge" not in line]
    assert said == []
    assert min(weights.values()) > 10_000, "what is loaded is seen"
    assert {path: weight for path, weight in weights.items() if weight >= MOST} == {}


def test_a_note_over_the_feed_asks_nobody_else(visit: Visit, site: dict[str, Any]) -> None:
    page = visit(viewport=WIDE)
    page.goto("/")
    page.locator(".card a.title").first.click()
    page.wait_for_selector("dialog.over[open] h1")
    assert page.evaluate(HOSTS) == []
    assert page.evaluate(WEIGHT) < MOST
