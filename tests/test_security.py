"""What holds for every address: policy, cookies, forgery, sign-in, pauses, and no counter to read.

What one room promises by itself (sessions, codes, uploads) is tested there.
"""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import pytest
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import PASSWORD, sign_in, without_secrets
from redleaf.core import events, ids
from redleaf.media.models import Asset
from redleaf.notes.models import Comment, Note
from redleaf.notes.tests.factories import make_note, picture_file
from redleaf.ops.launch import environment
from tests.launching import REPOSITORY, surroundings
from tests.routes import all_routes, small_site
from tests.test_hostile import send

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


# --- The policy --------------------------------------------------------------------------------
class Page(HTMLParser):
    """What of a page our policy has an opinion about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.styles: list[dict[str, str | None]] = []
        self.links: list[tuple[str, str]] = []
        self.methods: list[tuple[str, str]] = []
        self.tokens = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "script":
            self.scripts.append(found)
        if tag == "style":
            self.styles.append(found)
        if tag == "form":
            self.methods.append(
                (str(found.get("method", "get")).lower(), found.get("action") or "")
            )
        if found.get("name") == "csrfmiddlewaretoken":
            self.tokens += 1
        self.handlers += [f"<{tag} {name}>" for name in found if name.startswith("on")]
        if found.get("name") in {"session", "id", "pk", "item"}:
            self.links.append((tag, f"?id={found.get('value')}"))
        for name in ("href", "src", "action", "poster", "formaction", "data", "srcset"):
            if found.get(name):
                self.links.append((tag, str(found[name])))


def breaches(answer: Any, *, ours: bool = True) -> list[str]:
    """Say where an answer breaks our policy or could not be read under it.

    Pages that are not ours have no nonce for their scripts; the policy takes files of this host.
    """
    policy = answer.headers.get("Content-Security-Policy", "")
    page = Page(answer.content.decode())
    nonce = re.search(r"script-src 'self' 'nonce-([\w-]{20,})'", policy)
    if nonce is None:
        return ["no policy with a nonce"]
    found = []
    for script in page.scripts:
        data = script.get("type") in {"application/json", "application/ld+json"}
        named = script.get("nonce") == nonce[1] if ours else True
        if not data and not (named and script.get("src")):
            found.append(f"script {script}")
    found += [f"style {style}" for style in page.styles if style.get("nonce") != nonce[1]]
    found += page.handlers
    for tag, link in page.links:
        parts = urlsplit(link)
        if parts.scheme not in {"", "http", "https", "mailto"} and not link.startswith(
            "data:image/"
        ):
            found.append(f"<{tag}> leads to {link[:60]}")
        if parts.netloc not in {"", "testserver", "127.0.0.1:8000"} and tag not in {"a"}:
            found.append(f"<{tag}> comes from {parts.netloc}")
    if page.tokens < sum(method == "post" for method, _action in page.methods):
        found.append("a form without its token")
    return found


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_every_page_keeps_to_the_policy(
    reader: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    found, pages = {}, 0
    for route in all_routes():
        for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
            path = route.path(site)
            answer = send(readers[reader], "GET", path, **headers)
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["X-Frame-Options"] == "DENY", path
            assert answer.headers["Referrer-Policy"] == "same-origin", path
            assert "camera=()" in answer.headers["Permissions-Policy"], path
            assert "Server" not in answer.headers and "X-Powered-By" not in answer.headers
            kind = answer.headers.get("Content-Type", "")
            if answer.streaming or not kind.startswith("text/html") or not answer.content:
                continue
            pages += 1
            if broken := breaches(answer):
                found[path] = broken
    assert found == {}
    assert pages > 20


def test_refusals_keep_to_the_policy(readers: dict[str, Client]) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = [
        browser.get("/nothing/"),
        browser.get("/%00"),
        browser.get("/search/?q=%ff"),
        browser.get("/", headers={"host": "evil.example"}),
        browser.post("/account/login/"),
        browser.get("/language/"),
        readers["member"].post("/publish/", {"act": "publish"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 400, 400, 400, 403, 405, 422]
    assert [breaches(answer) for answer in answers] == [[]] * len(answers)


def test_the_operators_pages_keep_to_the_policy(
    site: dict[str, Any], client_for: Callable[[Any], Client]
) -> None:
    browser = client_for(site["accounts"].keeper)
    found = {}
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        addresses = [reverse(f"{base}_changelist"), reverse(f"{base}_add")]
        if row is not None:
            addresses.append(reverse(f"{base}_change", args=[row.pk]))
        for address in addresses:
            answer = browser.get(address)
            if answer.status_code != 403 and (broken := breaches(answer, ours=False)):
                found[address] = broken
    assert found == {}


def test_media_runs_nothing(site: dict[str, Any]) -> None:
    for name in ("media:variant", "media:portrait"):
        route = next(item for item in all_routes() if item.name == name)
        answer = Client().get(route.path(site))
        assert answer.status_code == 200
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Type"].startswith("image/")


# --- Cookies -----------------------------------------------------------------------------------
TELL = """
import django, json
from django.conf import settings
django.setup()
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names
    if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "SECURE_", "ALLOWED_",
    "CSRF_TRUSTED", "REDLEAF_SECURE", "REDLEAF_PUBLIC_URL", "REDLEAF_PROXIES"))}))
"""


def settings_for(url: str) -> dict[str, Any]:
    """Return the settings of a site with this public address."""
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        env=surroundings(
            REDLEAF_PUBLIC_URL=url,
            REDLEAF_CONFIG="none.toml",
            DJANGO_SETTINGS_MODULE="redleaf.config.settings",
        ),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("url", "secure"), [("https://leaf.example", True), ("http://leaf.example", False)]
)
def test_cookies_are_for_us_alone(url: str, secure: bool, cast: Any, settings: Any) -> None:
    told = settings_for(url)
    for name, value in told.items():
        setattr(
            settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" and value else value
        )
    assert told["REDLEAF_SECURE"] is secure
    assert ("*" in told["ALLOWED_HOSTS"]) is False
    headers = {"host": "leaf.example", "X-Forwarded-Proto": "https" if secure else "http"}
    browser = Client(headers=headers)
    page = browser.get("/account/login/")
    assert ("Strict-Transport-Security" in page.headers) is secure
    browser.post("/language/", {"language": "fr"})
    browser.post("/theme/", {"theme": "dark"})
    browser.post("/explore/welcomed/")
    browser.post("/account/login/", {"login": "mei", "password": PASSWORD, "remember": "on"})
    note = make_note(cast.mei)
    browser.post(f"/note/{note.ref}/withdraw/")  # leaves a message in a cookie
    given = {name: morsel for name, morsel in browser.cookies.items() if morsel.value}
    assert set(given) == {
        "redleaf_csrf",
        "redleaf_language",
        "redleaf_session",
        "redleaf_theme",
        "redleaf_welcomed",
        "messages",
    }
    for name, morsel in given.items():
        assert bool(morsel["secure"]) is secure, name
        assert morsel["samesite"] == "Lax", name
        assert morsel["path"] == "/" and morsel["domain"] == "", name
        assert morsel["httponly"] or name == "redleaf_language", name


def test_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    place = environment.prepare(tmp_path / "data")
    kept = [path for path in place.secrets.rglob("*") if path.is_file()]
    assert kept, "the first start makes its secrets"
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert len(path.read_text()) >= 40
    assert stat.S_IMODE(place.secrets.stat().st_mode) == 0o700
    before = {path.name: path.read_bytes() for path in kept}
    environment.prepare(tmp_path / "data")
    assert {path.name: path.read_bytes() for path in kept} == before
    other = environment.prepare(tmp_path / "other")
    assert all((other.secrets / name).read_bytes() != told for name, told in before.items())


# --- Forged requests ---------------------------------------------------------------------------
def test_every_address_that_takes_a_form_wants_its_token(site: dict[str, Any]) -> None:
    mei = site["accounts"].mei
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(mei, backend="django.contrib.auth.backends.ModelBackend")
    before = (Note.objects.count(), Comment.objects.count(), Asset.objects.count())
    taken, token = [], browser.get("/settings/profile/").cookies["redleaf_csrf"].value
    for route in all_routes():
        path = route.path(site)
        answer = browser.post(path, {"act": "publish", "title": "Forged", "body": "Forged"})
        assert answer.status_code in {403, 404, 405}, path
        if answer.status_code == 403:
            taken.append(route.name)
            for more in (
                {"HTTP_ORIGIN": "https://evil.example", "HTTP_X_CSRFTOKEN": token},
                {"HTTP_ORIGIN": "null", "HTTP_X_CSRFTOKEN": token},
                {"HTTP_X_CSRFTOKEN": "x" * 32},
            ):
                assert browser.post(path, **more).status_code == 403, (path, more)
    assert len(taken) > 40
    assert (Note.objects.count(), Comment.objects.count(), Asset.objects.count()) == before
    mei.refresh_from_db()
    assert mei.is_open


# --- Who has to sign in ------------------------------------------------------------------------
# What a visitor may open. Everything else, also what is added later, leads to sign-in.
OPEN = {
    *("discovery:explore", "discovery:following", "discovery:ranking", "discovery:search"),
    *("discovery:suggest", "notes:note", "notes:history", "notes:comments", "notes:profile"),
    *("notes:comment_address", "notes:comment_replies", "notes:board", "notes:topic"),
    *("notes:place", "graph:people", "media:variant", "media:portrait", "inbox:unread"),
    *("web:offline", "web:style", "web:manifest", "web:service_worker"),
    *("outbox", "outbox_mail"),  # a page of the demo
    *("account_signup", "account_signup_by_passkey", "account_login", "account_inactive"),
    *("account_reset_password", "account_reset_password_done", "account_handle"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_request_login_code", "mfa_login_webauthn", "account_nothing"),
    *("api:openapi", "api:notes", "api:note", "api:comments", "api:person", "api:notes_of"),
    *("api:notes_on", "api:search", "api:following", "api:nothing", "api:topic_feed"),
    *("api:person_feed", "api:sitemap", "api:sitemap_part", "api:robots"),
    *("ops:health", "ops:live", "ops:ready", "ops:metrics"),
}
# Steps on the way in: without their beginning they lead to it, and `next` would lead nowhere.
STEPS = {
    "account_logout": "/",
    "account_reopen": "/account/login/",
    "account_email_verification_sent": "/account/login/",
    "account_confirm_login_code": "/account/login/code/",
    "mfa_authenticate": "/account/login/",
    "mfa_signup_webauthn": "/account/signup/",
}


def test_everything_else_leads_to_sign_in_and_back(site: dict[str, Any]) -> None:
    visitor, guarded = Client(), []
    for route in all_routes():
        path = f"{route.path(site)}?kept=a%26b"
        answer = visitor.get(path)
        if route.name in OPEN or answer.status_code == 405:
            continue
        place = answer.headers.get("Location", "")
        assert answer.status_code in {302, 303}, (route.name, answer.status_code)
        if route.name in STEPS:
            assert urlsplit(place).path == STEPS[route.name], (route.name, place)
            continue
        parts = urlsplit(place)
        assert parts.path == "/account/login/", (route.name, place)
        wanted = dict(parse_qsl(parts.query))["next"]
        assert urlsplit(wanted).path in path, (route.name, wanted)
        guarded.append((route.name, wanted))
    assert len(guarded) > 25
    for name, wanted in guarded[::6]:
        browser = Client()
        page = browser.get(f"/account/login/?next={quote(wanted)}").content.decode()
        assert wanted.replace("&", "&amp;") in page, "the form keeps it"
        fields = {"login": "mei", "password": PASSWORD, "next": wanted}
        assert browser.post("/account/login/", fields).url == wanted, name


def test_a_visitor_changes_nothing(site: dict[str, Any]) -> None:
    """A POST without a session leads to sign-in, is refused, or is a form for visitors."""
    visitor = Client()
    for route in all_routes():
        answer = send(visitor, "POST", route.path(site), {"act": "publish", "body": "x"})
        place = answer.headers.get("Location", "")
        fine = (
            answer.status_code in {403, 404, 405}
            or "/account/" in place
            or route.name in {*OPEN, *STEPS}
            or route.name in {"web:set_language", "web:set_theme", "discovery:welcomed"}
        )
        assert fine, (route.name, answer.status_code, place)


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


# --- Pauses ------------------------------------------------------------------------------------
@pytest.fixture
def limits_on(settings: Any) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    cache.clear()


def until_paused(post: Callable[[int], Any], most: int) -> Any:
    """Send a form until it is refused for the time being; return that answer."""
    for number in range(most):
        answer = post(number)
        if answer.status_code == 429:
            assert number > 3, "a person may try a few times"
            assert 0 < int(answer.headers["Retry-After"]) <= 86_400
            text = answer.content.decode()
            assert re.search(r"try again in \d+ (?:second|minute)", text), text[:400]
            return answer
    raise AssertionError("there is no limit")


def test_guessing_passwords_is_paused(limits_on: None, cast: Any) -> None:
    def guess(number: int) -> Any:
        cache.clear()
        return Client().post("/account/login/", {"login": "mei", "password": f"guess {number}"})

    page = until_paused(guess, 12).content.decode()
    assert 'value="mei"' in page and "guess" not in page


def test_guessing_names_is_paused(limits_on: None, cast: Any) -> None:
    def guess(number: int) -> Any:
        fields = {"login": f"member{number}", "password": "guess"}
        return Client().post("/account/login/", fields, REMOTE_ADDR="203.0.113.9")

    page = until_paused(guess, 62).content.decode()
    assert 'value="member' in page
    other = Client().post(
        "/account/login/", {"login": "mei", "password": PASSWORD}, REMOTE_ADDR="203.0.113.10"
    )
    assert other.status_code == 302, "another network goes on"


def test_signing_up_over_and_over_is_paused(limits_on: None, db: None) -> None:
    def sign_up(number: int) -> Any:
        cache.clear()  # allauth's own limit lives in one process and for a minute
        fields = {
            "display_name": f"Grace {number}",
            "username": "",
            "email": f"grace{number}@example.net",
            "password1": PASSWORD,
            "age_band": "18_plus",
            "language": "en",
        }
        return Client().post("/account/signup/", fields)

    page = until_paused(sign_up, 32).content.decode()
    made = Account.objects.count()
    assert made == 30
    assert 'value="Grace 30"' in page and "grace30@example.net" in page


def test_asking_for_mail_over_and_over_is_paused(limits_on: None, cast: Any) -> None:
    def ask(number: int) -> Any:
        cache.clear()
        return Client().post("/account/password/reset/", {"email": "mei@example.org"})

    assert "mei@example.org" in until_paused(ask, 8).content.decode()


def test_publishing_over_and_over_is_paused_and_what_is_written_stays(
    limits_on: None, cast: Any, client_for: Callable[[Any], Client]
) -> None:
    browser = client_for(cast.grace)

    def publish(number: int) -> Any:
        fields = {
            "kind": "words",
            "title": f"Note {number}",
            "body": "红叶 and more",
            "audience": "public",
            "language": "en",
            "reply_policy": "everyone",
            "act": "publish",
        }
        return browser.post("/publish/", fields)

    page = until_paused(publish, 32).content.decode()
    assert "Note 30" in page and "红叶 and more" in page
    assert Note.objects.count() == 30


def test_commenting_over_and_over_is_paused_and_what_is_written_stays(
    limits_on: None, cast: Any, client_for: Callable[[Any], Client]
) -> None:
    note, browser = make_note(cast.mei), client_for(cast.lin)

    def say(number: int) -> Any:
        return browser.post(f"/note/{note.ref}/comment/", {"body": f"Word {number} 红叶"})

    browser.post("/language/", {"language": "en"})
    page = until_paused(say, 12).content.decode()
    assert "Word 10 红叶" in page
    assert Comment.objects.count() == 10


def test_uploading_over_and_over_is_paused(
    limits_on: None,
    cast: Any,
    client_for: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redleaf.media.services.UPLOAD_RATE", "6/h")
    browser = client_for(cast.grace)

    def upload(number: int) -> Any:
        return browser.post("/media/upload/", {"file": picture_file(number)})

    until_paused(upload, 8)
    assert Asset.objects.count() == 6
    assert browser.post("/media/avatar/", {"file": picture_file(1)}).status_code == 429
    form = {"kind": "picture", "title": "Kept", "act": "save", "new_pictures": picture_file(2)}
    page = browser.post("/publish/", form)
    assert page.status_code == 429 and "Kept" in page.content.decode()
    assert int(page.headers["Retry-After"]) > 0


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


def test_the_tests_of_this_file_see_the_whole_product() -> None:
    names = {route.name for route in all_routes()}
    assert OPEN | set(STEPS) <= names, (OPEN | set(STEPS)) - names
    assert os.environ.get("REDLEAF_RATE_LIMITS") is None
