"""Nobody reads what is not for them, on any path; and on every path everybody reads what is.

Every address of tests/reading_paths.py is fetched as every member of the cast and as a visitor, in
a site with a note for each audience, and those of a withdrawn, a waiting, a blocked, a muted and a
closed one.
"""

import contextlib
import html
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from redleaf.core import events
from redleaf.core.ids import encode, new_id
from redleaf.discovery.ranking import serving
from redleaf.discovery.search import engine, writing
from redleaf.notes.selectors.cards import forget as forget_cards
from redleaf.notes.services.filters import hide
from tests.reading_paths import DIRECT, EXEMPT, EXEMPT_BEGINNINGS, LISTINGS, POST, Direct, Listing
from tests.reading_site import READERS, VISITOR, Shared, Site, build
from tests.routes import all_routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(cast: SimpleNamespace, settings: Any, tmp_path: Path) -> Any:
    """The site, with the search index up to date and no event waiting."""
    settings.REDLEAF_DATA_DIR = tmp_path
    engine.forget_reader()
    forget_cards()
    serving.forget()
    made = build(cast)
    events.deliver_due(limit=10_000)
    with contextlib.closing(engine.writer(engine.current() or writing.rebuild())) as writer:
        while writing.write_due(writer):
            pass
    engine.forget_reader()
    yield made
    engine.forget_reader()


def test_every_route_is_a_read_path_or_exempt_with_a_reason() -> None:
    known = {path.route for path in (*DIRECT, *LISTINGS)} | set(EXEMPT)
    routes = {route.name for route in all_routes()}
    missing = {name for name in routes - known if not name.startswith(EXEMPT_BEGINNINGS)}
    assert not missing, f"put these into tests/reading_paths.py: {sorted(missing)}"
    assert not known - routes, "these routes are gone"
    assert not {path.route for path in (*DIRECT, *LISTINGS)} & set(EXEMPT)


@pytest.mark.parametrize("name", sorted(name for name, why in EXEMPT.items() if why == POST))
def test_what_is_exempt_because_it_only_takes_posts_does_so(
    name: str, mei: Any, client_for: Callable[[Any], Client]
) -> None:
    route = next(route for route in all_routes() if route.name == name)
    some = {part: encode(new_id()) if part.endswith("_id") else "mei" for part in route.parts}
    assert client_for(mei).get(reverse(name, kwargs=some)).status_code == 405


def test_every_reader_sees_what_is_for_them_and_nothing_else(
    site: Site, client_for: Callable[[Any], Client]
) -> None:
    wrong: list[str] = []
    for reader in READERS:
        browser = Client() if reader == VISITOR else client_for(site.people[reader])
        walk = _Walk(browser, site, reader)
        for path in LISTINGS:
            walk.listing(path)
        for item in site.shared:
            for one in DIRECT:
                walk.direct(one, item)
        wrong += walk.wrong
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(sorted(wrong)[:60])


SAME_FOR_ALL = {"api:sitemap_part"}  # for machines that nobody is signed in on


def test_what_a_member_hides_is_in_no_list_but_under_its_address(
    site: Site, client_for: Callable[[Any], Client]
) -> None:
    reader = "lin"
    hide(site.people[reader], kind="word", text=site.named("muted").mark.upper())
    hide(site.people[reader], kind="topic", text="#topicpublic")
    hidden = {"muted", "public"}
    walk = _Walk(client_for(site.people[reader]), site, reader)
    for path in LISTINGS:
        if path.route in SAME_FOR_ALL:
            continue
        for address, headers in path.addresses(site):
            text, _status = walk.fetch(address, headers, {})
            shown = {item.name for item in site.shared if item.words()[path.shows] in text}
            if shown & hidden:
                walk.note(address, f"shows {sorted(shown & hidden)}")
            elif path.is_exact and shown != path.expected(site, reader) - hidden:
                walk.note(address, f"shows {sorted(shown)}")
    for name in hidden:
        for address in (f"/note/{site.named(name).ref}/", f"/api/v1/notes/{site.named(name).ref}/"):
            if site.named(name).mark not in walk.fetch(address, {}, {})[0]:
                walk.note(address, "does not show the note itself")
    assert not walk.wrong, "\n".join(walk.wrong)


def _not_for(site: Site, reader: str) -> dict[str, str]:
    """Return every word of the notes that the reader may not read, by what it is.

    A topic is no secret once a note for everybody names it.
    """
    return {
        f"{item.name}'s {kind}": word
        for item in site.shared
        if reader not in item.seen_by
        for kind, word in item.words().items()
        if kind != "topic" or VISITOR not in item.seen_by
    }


class _Walk:
    """One reader going through every path, noting what is wrong."""

    def __init__(self, browser: Client, site: Site, reader: str) -> None:
        self.browser, self.site, self.reader = browser, site, reader
        self.wrong: list[str] = []
        self.secret = _not_for(site, reader)
        self.secret_to_all = _not_for(site, VISITOR)

    def listing(self, path: Listing) -> None:
        expected = path.expected(self.site, self.reader)
        for address, headers in path.addresses(self.site):
            secret = self.secret_to_all if path.is_for_all else self.secret
            text, _status = self.fetch(address, headers, secret)
            shown = {item.name for item in self.site.shared if item.words()[path.shows] in text}
            if path.is_exact and shown != expected:
                self.note(address, f"shows {sorted(shown)} and should show {sorted(expected)}")
            elif not path.is_exact and not shown <= self.site.readable(self.reader, out=False):
                self.note(address, f"shows {sorted(shown)}")
            elif not path.is_exact and path.route == "inbox:inbox" and not expected <= shown:
                self.note(address, f"does not tell of {sorted(expected - shown)}")

    def direct(self, path: Direct, item: Shared) -> None:
        allowed = self.reader == item.author if path.own else self.reader in item.seen_by
        allowed = allowed and self.reader in item.seen_by
        allowed = allowed and not (path.members and self.reader == VISITOR)
        needle = item.words()[path.shows] if path.shows else ""
        for address in path.addresses(item):
            text, status = self.fetch(address, dict(path.headers), self.secret, own=item)
            if allowed and (item.is_out or path.waiting):
                if status != 200 or needle not in text:
                    self.note(address, f"answers {status} without “{needle}”")
            elif not allowed and status == 200 and needle and needle in text:
                self.note(address, f"shows “{needle}”")
            elif not allowed and status not in {302, 403, 404}:
                self.note(address, f"answers {status}")

    def fetch(
        self,
        address: str,
        headers: dict[str, str],
        secret: dict[str, str],
        own: Shared | None = None,
    ) -> tuple[str, int]:
        """Return what is shown in the end, and its status; 302 for an invitation to sign in.

        Notes every word that is not for the reader, but the address that they asked for.
        """
        answer: Any = self.browser.get(address, headers=headers, follow=True)
        parts = answer.streaming_content if answer.streaming else [answer.content]
        text = html.unescape(b"".join(parts).decode("utf-8", "replace"))
        asked = {own.ref, *(asset.ref for asset in own.assets.values())} if own else set()
        for what, word in secret.items():
            if word in text and word not in asked:
                self.note(address, f"shows {what}")
        is_sign_in = answer.redirect_chain and "/account/" in answer.redirect_chain[-1][0]
        return text, 302 if is_sign_in else answer.status_code

    def note(self, address: str, what: str) -> None:
        self.wrong.append(f"{self.reader} at {address}: {what}")
