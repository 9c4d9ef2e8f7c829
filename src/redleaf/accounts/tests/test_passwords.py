"""Passwords: forgotten, changed, set."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from redleaf.accounts.tests.factories import PASSWORD, make_account, sign_in

pytestmark = pytest.mark.django_db

NEW = "eleven grey geese fly"


def ask_for_link(email: str, run_jobs: Callable[[], int]) -> str:
    Client().post("/account/password/reset/", {"email": email})
    run_jobs()
    found = re.search(r"https?://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def set_new(browser: Client, link: str, password: str = NEW):
    form = browser.get(link)
    assert form.status_code == 302
    return browser.post(form.url, {"password1": password})


def test_a_mailed_link_sets_a_new_password(run_jobs) -> None:
    mei = make_account("mei")
    set_new(Client(), ask_for_link(mei.email, run_jobs))
    mei.refresh_from_db()
    assert mei.check_password(NEW)


def test_the_link_works_once(run_jobs) -> None:
    mei = make_account("mei")
    link = ask_for_link(mei.email, run_jobs)
    set_new(Client(), link)
    again = Client().get(link)
    assert again.status_code == 200 and "used or is too old" in again.content.decode()
    mei.refresh_from_db()
    assert mei.check_password(NEW)


def test_the_link_ends_after_three_hours(run_jobs, monkeypatch) -> None:
    from datetime import datetime

    from allauth.account.forms import default_token_generator

    mei = make_account("mei")
    link = ask_for_link(mei.email, run_jobs)
    later = datetime.now() + timedelta(hours=3, minutes=1)
    monkeypatch.setattr(type(default_token_generator), "_now", lambda _: later)
    assert "used or is too old" in Client().get(link).content.decode()


def test_the_link_ends_when_the_password_changes(run_jobs) -> None:
    mei = make_account("mei")
    link = ask_for_link(mei.email, run_jobs)
    mei.set_password("something else entirely")
    mei.save(update_fields=["password"])
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("link", ["0-0", "zzzz-set-password", "1-abc-def", "9" * 60 + "-x-y"])
def test_an_invented_link_is_told_kindly(link: str) -> None:
    assert Client().get(f"/account/password/reset/key/{link}/").status_code == 200


def test_a_reset_signs_out_everywhere(run_jobs) -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    set_new(Client(), ask_for_link(mei.email, run_jobs))
    assert browser.get("/settings/").status_code == 302


def test_asking_tells_nothing_about_an_address(run_jobs) -> None:
    make_account("mei")
    answers = [
        Client().post("/account/password/reset/", {"email": email})
        for email in ("mei@example.org", "nobody@example.org")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/account/password/reset/done/")
    }
    run_jobs()
    assert len(mail.outbox) == 2


def test_asking_again_and_again_is_limited(settings, run_jobs) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    make_account("mei")
    for _ in range(9):
        Client().post("/account/password/reset/", {"email": "mei@example.org"})
    run_jobs()
    assert len(mail.outbox) <= 6


def test_changing_needs_the_present_password() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    answer = browser.post("/account/password/change/", {"oldpassword": "wrong", "password1": NEW})
    assert answer.status_code == 200
    mei.refresh_from_db()
    assert mei.check_password(PASSWORD)


def test_changing_keeps_this_session_and_ends_the_others() -> None:
    mei = make_account("mei")
    here, there = sign_in(mei), sign_in(mei)
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302


def test_a_changed_password_is_told_by_mail(run_jobs) -> None:
    browser = sign_in(make_account("mei"))
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    run_jobs()
    assert mail.outbox[-1].subject == "Your password has changed"


def test_a_common_password_is_not_taken() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "password123"})
    mei.refresh_from_db()
    assert mei.check_password(PASSWORD)


def test_an_account_without_a_password_can_set_one() -> None:
    mei = make_account("mei", password=None)
    browser = Client()
    browser.force_login(mei)
    browser.post("/account/password/set/", {"password1": NEW})
    mei.refresh_from_db()
    assert mei.check_password(NEW)
