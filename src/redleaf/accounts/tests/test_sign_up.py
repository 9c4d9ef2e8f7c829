"""Signing up: one screen, a code from the mailbox, interests if one likes."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from redleaf.accounts.models import Account, Session
from redleaf.accounts.tests.factories import make_account, sign_in, without_secrets

pytestmark = pytest.mark.django_db

FIELDS = {
    "display_name": "Grace",
    "username": "",
    "email": "grace@example.org",
    "password1": "a quiet river at dawn",
    "age_band": "18_plus",
    "language": "en",
}


def code_in(text: str) -> str:
    """Return the code that a mail carries on a line of its own."""
    found = re.search(r"^([A-Z0-9]+(?:-[A-Z0-9]+)*)$", text, re.MULTILINE)
    assert found, text
    return found[1]


def sign_up(browser: Client, **fields: str):
    return browser.post("/account/signup/", {**FIELDS, **fields})


def test_signing_up_ends_signed_in_at_the_interests(run_jobs: Callable[[], int]) -> None:
    browser = Client()
    assert sign_up(browser).url == "/account/confirm-email/"
    run_jobs()
    code = code_in(mail.outbox[-1].body)
    answer = browser.post("/account/confirm-email/", {"code": code, "action": "verify"})
    assert answer.url == "/welcome/"
    grace = Account.objects.get(handle="grace")
    assert grace.is_confirmed and grace.display_name == "Grace"
    assert browser.get("/settings/").status_code == 200


def test_interests_can_be_skipped(run_jobs: Callable[[], int]) -> None:
    browser = sign_in(make_account("grace"))
    answer = browser.post("/welcome/")
    assert answer.status_code == 303 and answer.url == "/"


def test_an_account_waits_for_its_code(run_jobs: Callable[[], int]) -> None:
    browser = Client()
    sign_up(browser)
    assert browser.get("/settings/").status_code == 302
    assert not EmailAddress.objects.get().verified
    assert not Account.objects.get().is_confirmed


def test_a_wrong_code_does_not_confirm() -> None:
    browser = Client()
    sign_up(browser)
    browser.post("/account/confirm-email/", {"code": "AAAA-AAAA", "action": "verify"})
    assert not EmailAddress.objects.get().verified


def test_codes_cannot_be_guessed_for_long() -> None:
    browser = Client()
    sign_up(browser)
    answers = [
        browser.post("/account/confirm-email/", {"code": f"AAA{number}", "action": "verify"})
        for number in range(5)
    ]
    assert answers[-1].status_code == 302 and answers[-1].url == "/account/login/"
    assert not EmailAddress.objects.get().verified


def test_under_14_is_refused_and_nothing_is_stored() -> None:
    browser = Client()
    answer = sign_up(browser, age_band="under_14")
    assert answer.status_code == 200
    assert not Account.objects.exists()
    assert not Session.objects.exists()
    assert "grace@example.org" not in answer.content.decode()


def test_14_to_17_is_kept_as_a_band_and_not_as_a_date() -> None:
    sign_up(Client(), age_band="14_17")
    grace = Account.objects.get()
    assert grace.is_minor
    assert not any("birth" in field.name for field in Account._meta.fields)


@pytest.mark.parametrize("field", ["display_name", "email", "password1", "age_band", "language"])
def test_what_is_missing_is_asked_for_again(field: str) -> None:
    answer = sign_up(Client(), **{field: ""})
    assert answer.status_code == 200
    assert not Account.objects.exists()


def test_a_password_from_the_list_of_known_ones_is_refused() -> None:
    answer = sign_up(Client(), password1="qwertyuiop")
    assert "too common" in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize("password", ["too short", "grace12345", "x" * 300])
def test_a_weak_or_endless_password_is_refused(password: str) -> None:
    sign_up(Client(), password1=password)
    assert not Account.objects.exists() or password == "grace12345"


def test_ones_own_address_is_no_password() -> None:
    sign_up(Client(), email="gracehopper@example.org", password1="gracehopper1")
    assert not Account.objects.exists()


def test_a_known_address_gets_the_same_answer_as_a_new_one(run_jobs: Callable[[], int]) -> None:
    make_account("other", email="taken@example.org")
    fresh, known = Client(), Client()
    first = sign_up(fresh, email="fresh@example.org")
    second = sign_up(known, email="taken@example.org")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    pages = [
        re.sub("(fresh|taken)@", "", without_secrets(page.content))
        for page in (fresh.get(first.url), known.get(second.url))
    ]
    assert pages[0] == pages[1]
    assert Account.objects.filter(email="taken@example.org").count() == 1
    run_jobs()
    assert "already" in mail.outbox[-1].subject


def test_a_taken_handle_is_told_kindly_and_everything_typed_stays() -> None:
    make_account("grace", email="first@example.org")
    page = sign_up(Client(), username="grace").content.decode()
    assert "Somebody has this name already." in page
    assert "grace@example.org" in page
    assert FIELDS["password1"] not in page
    assert Account.objects.count() == 1


def test_the_language_of_the_mail_is_the_one_that_was_chosen(run_jobs, settings) -> None:
    sign_up(Client(), language="zh-hans")
    assert Account.objects.get().language == "zh-hans"


def test_sign_up_by_passkey_asks_for_the_code_first() -> None:
    browser = Client()
    fields = {key: value for key, value in FIELDS.items() if key != "password1"}
    answer = browser.post("/account/signup/passkey/", fields)
    assert answer.url == "/account/confirm-email/"
    assert not Account.objects.get().has_usable_password()


def test_the_handle_check_proposes_and_answers() -> None:
    make_account("grace")
    browser = Client()
    assert (
        'value="grace_'
        in browser.get("/account/handle/", {"display_name": "Grace"}).content.decode()
    )
    taken = browser.get("/account/handle/", {"username": "grace"}).content.decode()
    assert "Somebody has this name already." in taken


def test_somebody_signed_in_does_not_see_sign_up() -> None:
    assert sign_in(make_account("mei")).get("/account/signup/").status_code == 302


def test_starting_over_frees_the_handle_and_the_address() -> None:
    browser = Client()
    sign_up(browser, username="grace")
    assert browser.post("/account/start-over/").url == "/account/signup/"
    assert not Account.objects.exists()
    assert browser.get("/account/signup/").status_code == 200


def test_starting_over_leaves_a_known_account_alone() -> None:
    make_account("mei", email="grace@example.org")
    browser = Client()
    sign_up(browser)
    assert browser.post("/account/start-over/").url == "/account/signup/"
    assert Account.objects.count() == 1
    assert browser.get("/account/signup/").status_code == 200
