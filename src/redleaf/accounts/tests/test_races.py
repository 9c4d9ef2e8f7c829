"""Two at once, on two real connections: one succeeds, the other is told kindly."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from redleaf.accounts import services
from redleaf.accounts.forms import SignUpForm
from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.accounts.tests.test_sign_up import FIELDS
from redleaf.core.errors import Conflict, TooMany
from redleaf.core.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold both sign-ups after their checks until the other has been checked as well."""
    meeting = threading.Barrier(2, timeout=10)
    original = SignUpForm.try_save

    def try_save(self: SignUpForm, request: Any) -> Any:
        meeting.wait()
        return original(self, request)

    monkeypatch.setattr(SignUpForm, "try_save", try_save)


def sign_up(**fields: str) -> Any:
    return Client().post("/account/signup/", {**FIELDS, **fields})


def test_two_sign_ups_with_one_handle(checked_at_once: None) -> None:
    answers = at_once(
        lambda: sign_up(username="grace", email="a@example.org"),
        lambda: sign_up(username="grace", email="b@example.org"),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    loser = next(answer for answer in answers if answer.status_code == 200)
    assert "Somebody has this name already." in loser.content.decode()
    assert Account.objects.filter(handle="grace").count() == 1


def test_two_sign_ups_with_one_address_get_one_answer(checked_at_once: None, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False  # one code in ten seconds for one address
    answers = at_once(
        lambda: sign_up(username="grace_a", email="same@example.org"),
        lambda: sign_up(username="grace_b", email="same@example.org"),
    )
    assert {answer.url for answer in answers} == {"/account/confirm-email/"}
    assert Account.objects.filter(email="same@example.org").count() == 1


def test_two_sign_ups_whose_handles_we_choose_both_succeed(checked_at_once: None) -> None:
    answers = at_once(
        lambda: sign_up(email="a@example.org"),
        lambda: sign_up(email="b@example.org"),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Account.objects.count() == 2


def test_two_members_want_one_handle() -> None:
    mei, grace = make_account("mei"), make_account("grace")
    results = at_once(
        lambda: services.change_handle(mei, handle="fox"),
        lambda: services.change_handle(grace, handle="fox"),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Account.objects.filter(handle="fox").count() == 1


def test_one_member_in_two_tabs_changes_the_handle_once() -> None:
    mei = make_account("mei")
    again = Account.objects.get(id=mei.id)
    results = at_once(
        lambda: services.change_handle(mei, handle="fox"),
        lambda: services.change_handle(again, handle="owl"),
    )
    assert sum(isinstance(result, TooMany) for result in results) == 1


def test_closing_twice_at_once_is_once() -> None:
    mei = make_account("mei")
    at_once(lambda: services.close_account(mei), lambda: services.close_account(mei))
    assert Account.objects.get().deleted_at is not None
    assert connection.vendor == "postgresql"
