"""Walking the product by its links: nothing leads nowhere, nothing is further than two taps."""

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.routes import small_site

pytestmark = pytest.mark.django_db

DOORS = ("/", "/search/", "/publish/", "/inbox/", "/me/")
TAPS = 2
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
PAGES_MAXIMUM = 600
# Files are looked at by the tests of media; the admin is Django's own.
NOT_WALKED = ("/static/", "/media/", "/avatar/", "/admin/")
# One page stands for all pages that differ only in these parts.
PARTS = (
    (re.compile(r"/[0-9a-hjkmnp-tv-z]{26}(?=/)"), "/REF"),
    (re.compile(r"([?&](?:channel|place|language|time))=[^&]*"), r"\1=ANY"),
    # Filters come in every combination: three at once stand for more of them.
    (re.compile(r"^/search/\?([^&]*&){3,}.*"), "/search/?MANY"),
    (re.compile(r"[?&](after|lang)=[^&]*"), ""),
)


def shape(path: str) -> str:
    """Return what kind of page an address is."""
    for pattern, stands_for in PARTS:
        path = pattern.sub(stands_for, path)
    return path


def links_in(answer: Any, path: str) -> set[str]:
    """Return the addresses of this site to which a page leads."""
    if not answer["Content-Type"].startswith("text/html"):
        return set()
    found = set()
    for href in LINK.findall(answer.content.decode()):
        target = urlsplit(urljoin(path, unescape(href)))
        if not target.netloc and target.path.startswith("/"):
            found.add(target.path + (f"?{target.query}" if target.query else ""))
    return {link for link in found if not link.startswith(NOT_WALKED)}


def walk(browser: Client) -> dict[str, int]:
    """Follow every link from the doors; return each address and its distance in taps.

    Fails at once on a link to an address that does not answer, and on a page without the doors.
    """
    distance = dict.fromkeys(DOORS, 0)
    shapes = {shape(door) for door in DOORS}
    waiting = deque(DOORS)
    while waiting:
        path = waiting.popleft()
        answer = browser.get(path, follow=True)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        for door in DOORS if answer["Content-Type"].startswith("text/html") else ():
            assert f'href="{door}"' in answer.content.decode(), f"no way from {path} to {door}"
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        for link in sorted(links_in(answer, here)):
            kind = shape(link)
            if kind in shapes:
                continue
            shapes.add(kind)
            distance[link] = distance[path] + 1
            waiting.append(link)
        assert len(distance) < PAGES_MAXIMUM, "links without an end"
    return distance


@pytest.fixture
def site(cast: SimpleNamespace, deliver_events: Callable[[], int]) -> dict[str, Any]:
    made = small_site(cast)
    deliver_events()
    return made


@pytest.mark.parametrize("reader", [None, "mei", "lin", "wei", "keeper"])
def test_no_page_links_to_an_address_that_does_not_answer(
    site: dict[str, Any], client_for: Callable[[Any], Client], reader: str | None
) -> None:
    account = getattr(site["accounts"], reader) if reader else None
    seen = walk(client_for(account) if account else Client())
    assert len(seen) > (25 if account else 12), "the walk saw the product"


def test_every_screen_of_a_member_is_within_two_taps_of_a_door(
    site: dict[str, Any], client_for: Callable[[Any], Client]
) -> None:
    """A door is on every page. What a screen itself opens, a version or a step, is no screen."""
    distance = walk(client_for(site["accounts"].mei))
    screens = [
        "/following/",
        "/channels/",
        "/settings/",
        "/settings/profile/",
        "/settings/appearance/",
        "/account/email/",
        "/account/sessions/",
        "/account/2fa/",
        "/account/2fa/webauthn/",
        "/settings/close/",
        "/me/saved/",
        "/me/lists/",
        "/me/blocked/",
        "/drafts/",
        "/boards/",
        "/@mei/followers/",
        "/@mei/following/",
    ]
    far = {screen: distance.get(screen, "no way there") for screen in screens}
    assert {screen: taps for screen, taps in far.items() if taps not in range(TAPS + 1)} == {}
    shapes = {shape(path): taps for path, taps in distance.items()}
    for kind in ("/note/REF/", "/board/REF/", "/topic/coffee/", "/place/toronto/"):
        assert shapes.get(kind, 99) <= TAPS, kind
