"""What holds for every address: policy, cookies, forged requests, and who has to sign in.

What one room promises by itself (sessions, codes, uploads) is tested there.
"""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from redleaf.accounts.tests.factories import PASSWORD, sign_in
from redleaf.core import events
from redleaf.media.models import Asset
from redleaf.notes.models import Comment, Note
from redleaf.notes.tests.factories import make_note
from redleaf.ops.launch import environment
from tests.hostile import send
from tests.launching import REPOSITORY, surroundings
from tests.policy import breaches
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


# --- The policy --------------------------------------------------------------------------------
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
    browser.force_login(mei)
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
    *("discovery:nearby", "discovery:reach", "discovery:reach_csv"),
    *("discovery:why", "discovery:ranking_key", "discovery:ranking_versions"),
    *(
        "discovery:hot",
        "discovery:suggest",
        "notes:note",
        "notes:history",
        "notes:comments",
        "notes:profile",
    ),
    *("notes:comment_address", "notes:comment_replies", "notes:board", "notes:topic"),
    *(
        "notes:place",
        "notes:cover",
        "graph:people",
        "media:variant",
        "media:portrait",
        "inbox:unread",
    ),
    *("web:offline", "web:style", "web:manifest", "web:service_worker", "web:favicon"),
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
            or (route.name == "discovery:seen" and answer.status_code in {204, 422})
        )
        assert fine, (route.name, answer.status_code, place)


def test_the_tests_of_this_file_see_the_whole_product() -> None:
    names = {route.name for route in all_routes()}
    assert OPEN | set(STEPS) <= names, (OPEN | set(STEPS)) - names
    assert os.environ.get("REDLEAF_RATE_LIMITS") is None
