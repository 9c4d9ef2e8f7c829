"""What nobody finds out, and where nobody is led: addresses, counters, other hosts."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client

from redleaf.accounts.tests.factories import PASSWORD, sign_in, without_secrets
from redleaf.core import events, ids
from redleaf.notes.tests.factories import make_note
from tests.hostile import send
from tests.policy import Page
from tests.routes import all_routes, small_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def site(cast: SimpleNamespace, settings: Any) -> dict[str, Any]:
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    made = small_site(cast)
    events.deliver_due(limit=10_000)
    return made


@pytest.fixture
def readers(site: dict[str, Any]) -> dict[str, Client]:
    return {"visitor": Client(), "member": sign_in(site["accounts"].mei, fresh=True)}


# --- next --------------------------------------------------------------------------------------
AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\x00//evil.example",
    " //evil.example",
    "\u3000//evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example\\@testserver/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//[::1]/",
    "//[",
    "//localhost/",
    "http://127.0.0.1/",
    "/%09/evil.example",
    "/.//evil.example",
    "／／evil.example",
]


def lands(place: str) -> str:
    """Return the host where a browser goes: it drops tabs and lines and takes \\ for /."""
    plain = re.sub(r"[\t\r\n]", "", place.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return urlsplit(urljoin("http://testserver/here/", plain)).netloc


@pytest.mark.parametrize("target", AWAY)
def test_no_form_leads_to_another_host(
    target: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    note = f"/note/{ids.encode(site['note_id'])}"
    forms: list[tuple[str, str, dict[str, str]]] = [
        ("visitor", "/account/login/", {"login": "lin", "password": PASSWORD}),
        ("visitor", "/language/", {"language": "fr"}),
        ("visitor", "/theme/", {"theme": "dark"}),
        ("visitor", "/explore/welcomed/", {}),
        ("member", "/account/logout/", {}),
        ("member", "/account/reauthenticate/", {"password": PASSWORD}),
        ("member", "/welcome/", {}),
        ("member", f"{note}/mark/like/", {}),
        ("member", f"{note}/comment/", {"body": "Hello"}),
        ("member", "/@lin/do/follow/", {}),
        ("member", "/@lin/lists/", {}),
        ("member", "/media/avatar/", {"act": "remove"}),
        ("member", "/inbox/read/", {}),
    ]
    for reader, path, fields in forms:
        for query, body, headers in (
            ("", {**fields, "next": target}, {}),
            (f"next={quote(target)}", fields, {}),
            ("", fields, {"HTTP_REFERER": target.replace("\n", "").replace("\x00", "")}),
        ):
            answer = send(readers[reader], "POST", path, body, QUERY_STRING=query, **headers)
            assert answer.status_code < 500
            place = answer.headers.get("Location", "/")
            assert lands(place) == "testserver", (path, place)
    for path in ("/account/login/", "/account/reauthenticate/", "/welcome/", "/account/signup/"):
        answer = readers["member"].get(path, {"next": target})
        if answer.status_code in {302, 303}:
            assert lands(answer.headers["Location"]) == "testserver", path


# --- What nobody can find out ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/account/login/", "login", {"password": "not the password"}),
        ("/account/password/reset/", "email", {}),
        ("/account/login/code/", "email", {}),
        (
            "/account/signup/",
            "email",
            {
                "display_name": "Grace",
                "username": "",
                "password1": PASSWORD,
                "age_band": "18_plus",
                "language": "en",
            },
        ),
    ],
)
def test_a_known_address_is_answered_like_an_unknown_one(
    path: str, field: str, more: dict[str, str], cast: Any
) -> None:
    told = []
    for address in ("mei@example.org", "none@example.org"):
        browser = Client()
        answer = browser.post(path, {field: address, **more})
        pages = [answer]
        if answer.status_code == 302:
            pages.append(browser.get(answer.url))
        told.append(
            [
                (page.status_code, page.headers.get("Location"), sorted(page.cookies), words)
                for page in pages
                if (words := without_secrets(page.content).replace(address, "")) is not None
            ]
        )
    assert told[0] == told[1]


def test_links_in_mail_carry_our_name_whatever_the_request_says(
    cast: Any, run_jobs: Callable[[], int], settings: Any
) -> None:
    settings.REDLEAF_PUBLIC_URL = "https://leaf.example"
    forged = {"HTTP_HOST": "localhost:81", "HTTP_X_FORWARDED_HOST": "evil.example"}
    Client(**forged).post("/account/password/reset/", {"email": "mei@example.org"})
    run_jobs()
    letter = mail.outbox[-1].body
    assert "https://leaf.example/account/password/reset/key/" in letter
    assert "localhost" not in letter and "evil.example" not in letter


def test_a_host_that_is_not_ours_is_answered_by_no_address(site: dict[str, Any]) -> None:
    for route in all_routes():
        path = route.path(site)
        for host in ("evil.example", "testserver.evil.example", "evil.example:80", "a b", ""):
            answer = send(Client(raise_request_exception=False), "GET", path, HTTP_HOST=host)
            assert (
                answer.status_code in {400, 404}
                or "Location" in answer.headers
                or not host
                or ("evil" not in answer.content.decode("utf-8", "replace"))
            ), (path, host)
            assert "evil" not in answer.headers.get("Location", "")
        answer = send(Client(), "GET", path, HTTP_X_FORWARDED_HOST="evil.example")
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        assert "evil.example" not in text + answer.headers.get("Location", ""), path


# --- No counter --------------------------------------------------------------------------------
ID = re.compile(r"[0-7][0-9a-hjkmnp-tv-z]{25}")
NUMBER = re.compile(r"\d+")
PLAIN = {"overlay", "v", "kind", "show", "sort", "whole"}  # parameters whose values are not ids
FILES = re.compile(r"/static/|/media/[0-9a-z]{26}/[\w.-]+$|/manifest|/sitemap/")


def test_no_counter_is_readable_from_an_address(
    site: dict[str, Any], readers: dict[str, Client]
) -> None:
    """Every id in a link is an opaque one; a number stands only in a file's name or size."""
    from allauth.mfa.models import Authenticator

    mei = site["accounts"].mei
    sign_in(mei)  # a second session, to be ended from the list
    Authenticator.objects.create(user=mei, type="webauthn", data={"name": "Phone"})
    seen: set[str] = set()
    for client in readers.values():
        client.raise_request_exception = False  # a passkey of a test has no key to begin from
        for route in all_routes():
            answer = send(client, "GET", route.path(site))
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                page = Page(answer.content.decode())
                seen |= {link for _tag, link in page.links}
            if "Location" in answer.headers:
                seen.add(answer.headers["Location"])
    told = []
    for link in seen:
        parts = urlsplit(unquote(link))
        if FILES.search(parts.path) or parts.scheme in {"data", "mailto"}:
            continue
        names = [*parts.path.split("/"), parts.fragment.rpartition("-")[2]]
        names += [value for name, value in parse_qsl(parts.query) if name not in PLAIN]
        told += [link for name in names if NUMBER.fullmatch(name)]
        told += [
            link for name in names if len(name) > 20 and name.isalnum() and not ID.fullmatch(name)
        ]
    assert told == []
    assert sum(bool(ID.search(link)) for link in seen) > 20


def test_ids_do_not_tell_how_many_there_are(cast: Any) -> None:
    first, second = make_note(cast.mei), make_note(cast.mei, title="Second")
    assert first.ref < second.ref, "they sort"
    assert first.ref[16:] != second.ref[16:], "and the rest is chance"
    assert ID.fullmatch(first.ref)
