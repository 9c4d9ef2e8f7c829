"""The second step, recovery codes, and passkeys as far as a test without a browser goes."""

import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from redleaf.accounts.tests.factories import PASSWORD, make_account, sign_in
from redleaf.core import ids

pytestmark = pytest.mark.django_db


def current_code(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return auth.format_hotp_value(
        auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())))
    )


def switch_on(browser: Client) -> str:
    """Set up an app through the pages; return its secret."""
    page = browser.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = browser.session["mfa.totp.secret"]
    answer = browser.post("/account/2fa/totp/activate/", {"code": current_code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def begin_sign_in(login: str = "mei") -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": login, "password": PASSWORD})
    return browser


def test_setting_up_an_app_asks_for_the_password_first() -> None:
    browser = Client()
    browser.force_login(make_account("mei"))
    answer = browser.get("/account/2fa/totp/activate/")
    assert answer.status_code == 302 and "/account/reauthenticate/" in answer.url


def test_the_qr_code_is_drawn_in_the_page() -> None:
    page = sign_in(make_account("mei"), fresh=True).get("/account/2fa/totp/activate/")
    assert "<svg" in page.content.decode() and "data:image" not in page.content.decode()


def test_with_an_app_the_password_alone_opens_nothing() -> None:
    mei = make_account("mei")
    switch_on(sign_in(mei, fresh=True))
    browser = begin_sign_in()
    assert browser.get("/settings/").status_code == 302
    step = browser.get("/account/2fa/authenticate/")
    assert step.status_code == 200
    assert b"data-passkey" not in step.content, "there is none to use"


def test_the_apps_code_opens() -> None:
    mei = make_account("mei")
    secret = switch_on(sign_in(mei, fresh=True))
    browser = begin_sign_in()
    from django.core.cache import cache

    cache.clear()  # a code counts once; the test does not wait half a minute for the next
    browser.post("/account/2fa/authenticate/", {"code": current_code(secret)})
    assert browser.get("/settings/").status_code == 200


def test_a_recovery_code_opens_once() -> None:
    mei = make_account("mei")
    switch_on(sign_in(mei, fresh=True))
    recovery = Authenticator.objects.get(user=mei, type="recovery_codes").wrap()
    code = recovery.get_unused_codes()[0]
    browser = begin_sign_in()
    browser.post("/account/2fa/authenticate/", {"code": code})
    assert browser.get("/settings/").status_code == 200
    again = begin_sign_in()
    again.post("/account/2fa/authenticate/", {"code": code})
    assert again.get("/settings/").status_code == 302


def test_the_second_step_cannot_be_guessed(settings) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    mei = make_account("mei")
    secret = switch_on(sign_in(mei, fresh=True))
    browser = begin_sign_in()
    from django.core.cache import cache

    for number in range(12):
        cache.clear()
        browser.post("/account/2fa/authenticate/", {"code": f"{number:06}"})
    cache.clear()
    browser.post("/account/2fa/authenticate/", {"code": current_code(secret)})
    assert browser.get("/settings/").status_code == 302


def test_the_secret_is_not_readable_in_the_database() -> None:
    mei = make_account("mei")
    secret = switch_on(sign_in(mei, fresh=True))
    stored = json.dumps(Authenticator.objects.get(user=mei, type="totp").data)
    assert secret not in stored


def test_switching_on_and_off_is_told_by_mail(
    run_jobs: Callable[[], int], django_capture_on_commit_callbacks
) -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    with django_capture_on_commit_callbacks(execute=True):
        switch_on(browser)
    browser.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=mei).exists()
    run_jobs()
    subjects = [message.subject for message in mail.outbox]
    assert "Sign-in in two steps is on" in subjects
    assert "Your authenticator app is off" in subjects


def test_recovery_codes_can_be_downloaded_and_made_anew() -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    switch_on(browser)
    first = browser.get("/account/2fa/recovery-codes/download/").content.decode().split()
    browser.post("/account/2fa/recovery-codes/generate/")
    second = browser.get("/account/2fa/recovery-codes/download/").content.decode().split()
    assert len(first) == len(second) == 10 and not set(first) & set(second)


NONSENSE = [
    "",
    "{",
    "null",
    "5",
    "[]",
    '"x"',
    "{}",
    '{"response": 5}',
    '{"id": null, "rawId": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    ' "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA",'
    ' "userHandle": "AA"}}',
]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_instead_of_a_passkey_signs_nobody_in(credential: str) -> None:
    browser = Client()
    browser.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = browser.post("/account/2fa/webauthn/login/", {"credential": credential})
    assert answer.status_code == 302 and answer.url == "/account/login/"


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_is_not_added_as_a_passkey(credential: str) -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    browser.get("/account/2fa/webauthn/add/")
    answer = browser.post("/account/2fa/webauthn/add/", {"credential": credential, "name": "x"})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_cannot_be_removed() -> None:
    mei, grace = make_account("mei"), make_account("grace")
    key = Authenticator.objects.create(
        user=mei, type="webauthn", data={"name": "x", "credential": {}}
    )
    browser = sign_in(grace, fresh=True)
    assert browser.post(f"/account/2fa/webauthn/{ids.seal(key.pk)}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
