"""Whatever is typed: the form again with a clear message, what was typed kept, never a crash."""

import pytest
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import PASSWORD, make_account, sign_in
from redleaf.accounts.tests.test_sign_up import FIELDS

pytestmark = pytest.mark.django_db

HOSTILE = {
    "null": "a\x00b",
    "marks": "e" + "\u0301" * 10_000,
    "right_to_left": "\u202egnp.exe",
    "emoji": "👩‍👩‍👧‍👦" * 30,
    "sql": "'; DROP TABLE accounts_account; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% debug %}",
    "long": "x" * 100_000,
    "newlines": "a\r\nBcc: everybody@example.org\r\n\r\nb",
    "spaces": " \t\u3000\u00a0 ",
    "control": "\x01\x02\x1b[31m\x7f",
    "surrogates": "\ud800",
    "percent": "%s%n%(x)s",
    "private": "\ue000\uffff\U0010ffff",
}


def encoded(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("field", list(FIELDS))
def test_sign_up_survives(field: str, kind: str) -> None:
    typed = encoded(HOSTILE[kind])
    answer = Client().post("/account/signup/", {**FIELDS, field: typed})
    assert answer.status_code in {200, 302}
    page = answer.content.decode()
    assert "<script>alert" not in page and "onerror=alert(1)>" not in page
    if field == "password1":
        assert "DROP TABLE" not in page and "alert(1)" not in page


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("field", ["login", "password", "next"])
def test_sign_in_survives(field: str, kind: str) -> None:
    make_account("mei")
    fields = {"login": "mei", "password": PASSWORD, "next": "", field: encoded(HOSTILE[kind])}
    answer = Client().post("/account/login/", fields)
    assert answer.status_code in {200, 302}
    if answer.status_code == 302:
        assert answer.url.startswith("/") and not answer.url.startswith("//")


PAGES = {
    "/account/password/reset/": ["email"],
    "/account/login/code/": ["email"],
    "/account/password/change/": ["oldpassword", "password1"],
    "/account/reauthenticate/": ["password"],
    "/account/email/": ["email"],
    "/settings/profile/": ["display_name", "bio", "city"],
    "/settings/handle/": ["handle"],
    "/settings/appearance/": ["language", "time_zone", "theme"],
    "/settings/close/": ["handle"],
    "/welcome/": ["interest", "next"],
    "/account/sessions/": ["session"],
    "/account/2fa/totp/activate/": ["code"],
    "/account/confirm-email/": ["code"],
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("address", PAGES)
def test_every_form_survives(address: str, kind: str) -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    for field in PAGES[address]:
        fields = {"display_name": "Mei", "language": "en", "theme": "auto", "action_add": "1"}
        answer = browser.post(address, {**fields, field: encoded(HOSTILE[kind])})
        assert answer.status_code in {200, 302, 303, 400, 422}, (address, field)
        assert "<script>alert" not in answer.content.decode()
    mei.refresh_from_db()
    assert mei.handle == "mei" and mei.deleted_at is None and mei.check_password(PASSWORD)


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_handle_check_survives(kind: str) -> None:
    answer = Client().get("/account/handle/", {"username": encoded(HOSTILE[kind])})
    assert answer.status_code in {200, 400}


def test_what_was_typed_stays_in_the_profile_form() -> None:
    browser = sign_in(make_account("mei"))
    page = browser.post(
        "/settings/profile/", {"display_name": "梅" * 30, "bio": "still here"}
    ).content.decode()
    assert "梅" * 30 in page and "still here" in page and "At most 20 characters" in page
    assert Account.objects.get().display_name == "Mei"


@pytest.mark.parametrize("charset", [b"\xff\xfe", b"\xc3\x28", b"%ff%fe"])
def test_broken_utf8_in_a_form_survives(charset: bytes) -> None:
    answer = Client().post(
        "/account/signup/",
        b"display_name=" + charset + b"&email=a@b.example&password1=long+enough+words",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200


def test_direction_marks_do_not_reach_a_name() -> None:
    mei = make_account("mei")
    sign_in(mei).post("/settings/profile/", {"display_name": "a\u202eb"})
    mei.refresh_from_db()
    assert mei.display_name == "ab"
