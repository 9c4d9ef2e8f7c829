"""Whoever does too much is told when to come back, and finds what was typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import PASSWORD
from redleaf.media.models import Asset
from redleaf.notes.models import Comment, Note
from redleaf.notes.tests.factories import make_note, picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
