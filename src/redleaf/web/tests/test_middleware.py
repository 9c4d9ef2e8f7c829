"""The reader's language, the headers that protect, and addresses that are broken."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from redleaf.web.middleware import ReaderLanguage, Refusals

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]

PAGE = "/offline/"
LANGUAGE = django_settings.LANGUAGE_COOKIE_NAME


def language_of(browser: Client, *, query: str = "", cookie: str = "", accepted: str = "") -> str:
    """Return the language in which a page comes."""
    if cookie:
        browser.cookies[LANGUAGE] = cookie
    headers = {"Accept-Language": accepted} if accepted else {}
    answer = browser.get(PAGE + query, headers=headers)
    lang = re.search(rb'<html lang="([^"]+)"', answer.content)
    assert lang is not None and lang[1].decode().lower() == answer["Content-Language"]
    return str(answer["Content-Language"])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,en;q=0.8", "fr"),
        ("de,fr;q=0.5", "fr"),
        ("de-DE,de", "en"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-Hans-HK", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-MO,en", "zh-hant"),
        ("zh-Hant-CN", "zh-hant"),
        ("en;q=0.1,zh-TW;q=0.9", "zh-hant"),
        ("*", "en"),
        (";;;q=,,", "en"),
        ("x" * 5000, "en"),
        ("护肤", "en"),
    ],
)
def test_the_browsers_language_is_understood(accepted: str, language: str) -> None:
    accepted = accepted.encode("utf-8").decode("latin-1")
    assert language_of(Client(), accepted=accepted) == language


def test_the_cookie_wins_over_the_browser() -> None:
    assert language_of(Client(), cookie="zh-hant", accepted="fr") == "zh-hant"


def test_the_account_wins_over_the_cookie(
    antoine: Any, client_for: Callable[[Any], Client]
) -> None:
    assert language_of(client_for(antoine), cookie="zh-hant", accepted="en") == "fr"


def test_the_address_wins_over_the_account(
    antoine: Any, client_for: Callable[[Any], Client]
) -> None:
    assert language_of(client_for(antoine), query="?lang=zh-Hans") == "zh-hans"


@pytest.mark.parametrize("broken", ["tlh", "../en", "zh", "EN ", "'"])
def test_a_language_that_is_none_is_passed_over(broken: str) -> None:
    assert language_of(Client(), query=f"?lang={broken}", accepted="fr") == "fr"
    assert language_of(Client(), cookie=broken, accepted="fr") == "fr"


def test_a_language_that_this_edition_has_not_is_never_chosen(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English")]
    chosen = ReaderLanguage(lambda _request: None)  # type: ignore[arg-type,return-value] # asked only
    request = RequestFactory().get("/?lang=fr", headers={"Accept-Language": "fr,zh"})
    assert chosen._chosen(request) == "en"


# --- Headers -----------------------------------------------------------------------------------
def test_every_page_has_a_policy_with_a_nonce_of_its_own() -> None:
    first, second = Client().get(PAGE), Client().get(PAGE)
    nonces = [
        re.search(r"script-src 'self' 'nonce-([\w-]{20,})'", answer["Content-Security-Policy"])
        for answer in (first, second)
    ]
    assert all(nonces) and nonces[0][1] != nonces[1][1]  # type: ignore[index] # all are found
    for answer, nonce in zip((first, second), nonces, strict=True):
        scripts = re.findall(r"<script[^>]*>", answer.content.decode())
        assert scripts and all(f'nonce="{nonce[1]}"' in script for script in scripts)  # type: ignore[index] # all are found


@pytest.mark.parametrize("directive", ["unsafe-eval", "script-src 'unsafe-inline'", "http:", "*"])
def test_the_policy_allows_nothing_that_it_should_not(directive: str) -> None:
    policy = Client().get(PAGE)["Content-Security-Policy"]
    assert directive not in policy
    for needed in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert needed in policy


@pytest.mark.parametrize("path", [PAGE, "/nothing/", "/manifest.webmanifest", "/static/none.css"])
def test_every_answer_has_the_headers_that_protect(path: str) -> None:
    answer = Client().get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Content-Security-Policy" in answer


def test_no_template_has_a_script_or_a_handler_in_its_lines() -> None:
    from redleaf.config.settings import SOURCE

    for path in SOURCE.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"\son[a-z]+=", text), path
        assert "javascript:" not in text and "<style" not in text, path


def test_answers_vary_by_what_they_follow() -> None:
    varied = {part.strip() for part in Client().get(PAGE)["Vary"].split(",")}
    assert {"Accept-Language", "Cookie", "HX-Request"} <= varied


def test_a_visitor_gets_no_cookie_but_the_forms_token() -> None:
    browser = Client()
    for path in (PAGE, "/", "/search/", "/nothing/", "/account/login/"):
        browser.get(path)
    assert set(browser.cookies) <= {django_settings.CSRF_COOKIE_NAME}


# --- Broken addresses --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/@mei%00/",
        "/search/?q=%00",
        "/search/?q=%ff",
        "/search/?%c3%28=1",
        "/?after=%e6%8a",
    ],
)
def test_a_broken_address_is_told_as_a_page(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 400
    assert b"web/tokens.css" in answer.content


@pytest.mark.parametrize("path", ["/%ff%fe/", "/topic/%c3%28/", "/%ed%a0%80/"])
def test_bytes_that_are_no_text_lead_to_no_page(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404 and b"web/tokens.css" in answer.content


def test_addresses_in_any_script_are_no_mistake() -> None:
    assert Client().get("/topic/护肤/").status_code == 404, "no such topic, but no broken address"
    assert Client().get("/search/?q=%E6%8A%A4%E8%82%A4").status_code == 200


def test_plain_characters_in_a_query_are_no_mistake() -> None:
    request = RequestFactory().get("/search/")
    request.META["QUERY_STRING"] = "q=护肤".encode().decode("latin-1")
    assert Refusals(lambda _request: HttpResponse("passed"))(request).content == b"passed"


def test_a_host_that_is_not_ours_is_refused(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["redleaf.example"]
    answer = Client(headers={"host": "evil.example"}).get(PAGE)
    assert answer.status_code == 400 and b"evil.example" not in answer.content


def test_too_much_in_a_form_is_told_in_words(settings: Any, mei: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = Client().post("/language/", {str(number): "x" for number in range(9)})
    assert answer.status_code in {400, 413} and b"web/tokens.css" in answer.content
