"""Signing in and out."""

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.test import Client

from redleaf.accounts.models import Session
from redleaf.accounts.tests.factories import (
    PASSWORD,
    make_account,
    sign_in,
    without_secrets,
)
from redleaf.accounts.tests.test_sign_up import code_in

pytestmark = pytest.mark.django_db


def post(browser: Client, login: str, password: str = PASSWORD, **more: str):
    return browser.post("/account/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["mei", "@mei", "MEI", "mei@example.org", " Mei@Example.org "])
def test_handle_or_address_both_sign_in(login: str) -> None:
    make_account("mei")
    browser = Client()
    assert post(browser, login).status_code == 302
    assert browser.get("/settings/").status_code == 200


def test_a_wrong_password_shows_the_form_again_without_it() -> None:
    make_account("mei")
    page = post(Client(), "mei", "not the password").content.decode()
    assert "do not go together" in page
    assert 'value="mei"' in page
    assert "not the password" not in page


def test_the_answer_does_not_tell_whether_an_address_is_known() -> None:
    make_account("mei")
    pages = [
        without_secrets(post(Client(), login, "x" * 12).content)
        for login in ("mei@example.org", "nobody@example.org", "mei", "nobody")
    ]
    assert len(set(pages)) == 1


@pytest.mark.slow
def test_a_wrong_password_is_hashed_once_whoever_is_named(settings, monkeypatch) -> None:
    """What takes the time at sign-in is the hash: it tells nobody which addresses are known."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    make_account("mei")
    make_account("lin", password=None)
    hashed = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self, *arguments, **named):
        hashed.append(arguments)
        return encode(self, *arguments, **named)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)

    def rounds(login: str) -> int:
        hashed.clear()
        post(Client(), login, "wrong password")
        return len(hashed)

    named = ["mei@example.org", "mei", "@mei", "lin@example.org", "nobody@example.org", "nobody"]
    assert {login: rounds(login) for login in named} == dict.fromkeys(named, 1)


def test_guessing_one_members_password_is_stopped(settings) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    make_account("mei")
    for number in range(12):
        post(Client(), "mei", f"guess number {number}")
    answer = post(Client(), "mei")
    assert answer.status_code == 429, "even the right password has to wait"
    assert "_auth_user_id" not in answer.wsgi_request.session


def test_the_limit_holds_across_processes(settings) -> None:
    """allauth counts in one process's memory; ours in the database."""
    from django.core.cache import cache

    settings.REDLEAF_RATE_LIMITS = True
    make_account("mei")
    for number in range(12):
        cache.clear()
        post(Client(), "mei", f"guess number {number}")
    cache.clear()
    browser = Client()
    post(browser, "mei")
    assert browser.get("/settings/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "http:///evil.example/",
        "javascript:alert(1)",
        "https://testserver.evil.example/",
        "https:evil.example",
        "\t//evil.example",
    ],
)
def test_next_never_leads_away(target: str) -> None:
    make_account("mei")
    answer = post(Client(), "mei", next=target)
    assert answer.status_code == 302 and answer.url == "/"


def test_next_leads_back() -> None:
    make_account("mei")
    assert post(Client(), "mei", next="/publish/?a=1").url == "/publish/?a=1"


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example"])
def test_the_last_step_of_sign_up_never_leads_away(target: str) -> None:
    assert sign_in(make_account("mei")).post("/welcome/", {"next": target}).url == "/"


def test_a_session_is_new_after_signing_in() -> None:
    """A session id planted before sign-in is worth nothing after it."""
    make_account("mei")
    browser = Client()
    browser.post("/account/login/code/", {"email": "mei@example.org"})
    planted = browser.cookies["redleaf_session"].value
    browser.post("/account/logout/")
    post(browser, "mei")
    assert browser.cookies["redleaf_session"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_an_invented_session_id_is_not_adopted() -> None:
    make_account("mei")
    browser = Client()
    browser.cookies["redleaf_session"] = "a" * 32
    post(browser, "mei")
    assert browser.cookies["redleaf_session"].value != "a" * 32


@pytest.mark.parametrize("key", ["", "x", "\x00" * 32, "a" * 5000, "../../etc/passwd", "é" * 32])
def test_a_broken_session_id_is_nobody(key: str) -> None:
    browser = Client()
    browser.cookies["redleaf_session"] = key
    assert browser.get("/account/login/").status_code == 200


def test_without_remember_the_session_ends_with_the_browser() -> None:
    make_account("mei")
    browser = Client()
    post(browser, "mei")
    assert browser.cookies["redleaf_session"]["max-age"] == ""
    other = Client()
    post(other, "mei", remember="on")
    assert int(other.cookies["redleaf_session"]["max-age"]) > 86_400 * 30


def test_signing_out_kills_the_session_itself() -> None:
    browser = sign_in(make_account("mei"))
    stolen = browser.cookies["redleaf_session"].value
    browser.post("/account/logout/")
    thief = Client()
    thief.cookies["redleaf_session"] = stolen
    assert thief.get("/settings/").status_code == 302


def test_signing_out_takes_a_post() -> None:
    browser = sign_in(make_account("mei"))
    assert browser.get("/account/logout/").status_code == 200
    assert browser.get("/settings/").status_code == 200


def test_a_mailed_code_signs_in(run_jobs: Callable[[], int]) -> None:
    make_account("mei")
    browser = Client()
    browser.post("/account/login/code/", {"email": "mei@example.org"})
    run_jobs()
    browser.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1].body)})
    assert browser.get("/settings/").status_code == 200


def test_asking_for_a_code_tells_nothing_about_an_address(run_jobs: Callable[[], int]) -> None:
    make_account("mei")
    answers = [
        Client().post("/account/login/code/", {"email": email})
        for email in ("mei@example.org", "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].url == answers[1].url
    run_jobs()
    assert [message.to[0] for message in mail.outbox] == ["mei@example.org", "nobody@example.org"]


def test_a_suspended_member_cannot_sign_in() -> None:
    make_account("mei", is_active=False)
    browser = Client()
    post(browser, "mei")
    assert browser.get("/settings/").status_code == 302


def test_suspending_ends_a_running_session_at_the_next_request() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    mei.is_active = False
    mei.save(update_fields=["is_active"])
    assert browser.get("/settings/").status_code == 302


def test_the_admins_own_sign_in_is_ours() -> None:
    answer = Client().get("/admin/login/?next=/admin/")
    assert answer.status_code == 302 and answer.url.startswith("/account/login/")
