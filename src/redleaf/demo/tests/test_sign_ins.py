"""One tap signs in as one of the demo's people, where there is a demo and nowhere else."""

from typing import Any

import pytest
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import audit
from redleaf.demo.loading import demo, people

pytestmark = pytest.mark.django_db

ADDRESS = "/demo/sign-in/"
WORDS = "One tap signs you in"


@pytest.fixture
def persons(settings: Any) -> list[Account]:
    """The people of a demo that was loaded and is on."""
    settings.REDLEAF_DEMO = True
    made = [_person(handle) for handle in people.SIGN_INS]
    keeper = _person(people.KEEPER, is_staff=True, is_superuser=True)
    audit.record(keeper, demo.LOADED, subject_kind="demo", subject_id="1")
    return [*made, keeper]


def _person(handle: str, **fields: Any) -> Account:
    email = f"{handle}@{people.DOMAIN}"
    return make_account(handle, password=people.PASSWORD, email=email, **fields)


def page(browser: Client, **more: Any) -> str:
    return browser.get("/account/login/?lang=en", **more).content.decode()


def is_signed_in(browser: Client) -> bool:
    return browser.get("/settings/").status_code == 200


def test_the_sign_in_page_offers_the_people_that_up_prints(persons: list[Account]) -> None:
    shown = page(Client(SERVER_NAME="localhost"))
    assert WORDS in shown
    for person in persons:
        assert f'value="{person.handle}"' in shown


def test_one_tap_signs_in_and_leads_on(persons: list[Account]) -> None:
    browser = Client()
    answer = browser.post(ADDRESS, {"who": "mei_toronto", "next": "/publish/?kind=words"})
    assert answer.headers["Location"] == "/publish/?kind=words" and is_signed_in(browser)
    assert browser.get("/account/sessions/").status_code == 200


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "javascript:1"])
def test_it_never_leads_away(persons: list[Account], target: str) -> None:
    answer = Client().post(ADDRESS, {"who": "mei_toronto", "next": target})
    assert answer.headers["Location"] == "/"


def test_it_wants_the_forms_token(persons: list[Account]) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(ADDRESS, {"who": "mei_toronto"}).status_code == 403
    assert not is_signed_in(browser)


@pytest.mark.parametrize("missing", ["switch", "content"])
def test_without_a_demo_there_is_nothing_of_it(settings: Any, missing: str) -> None:
    settings.REDLEAF_DEMO = missing == "content"
    person = _person("mei_toronto")
    if missing == "switch":
        audit.record(person, demo.LOADED, subject_kind="demo", subject_id="1")
    browser = Client(SERVER_NAME="localhost")
    assert WORDS not in page(browser) and "mei_toronto" not in page(browser)
    assert browser.post(ADDRESS, {"who": "mei_toronto"}).status_code == 404
    assert not is_signed_in(browser)


@pytest.mark.parametrize("who", ["boris", "", "\x00", "mei_toronto' OR 1=1"])
def test_nobody_but_the_demos_people_can_be_chosen(persons: list[Account], who: str) -> None:
    make_account("boris", password=people.PASSWORD)
    browser = Client()
    assert browser.post(ADDRESS, {"who": who}).status_code == 404
    assert not is_signed_in(browser)


def test_a_member_who_took_a_demo_persons_name_is_not_offered(settings: Any) -> None:
    settings.REDLEAF_DEMO = True
    audit.record(None, demo.LOADED, subject_kind="demo", subject_id="1")
    make_account("mei_toronto", password=people.PASSWORD)
    browser = Client()
    assert "mei_toronto" not in page(browser)
    assert browser.post(ADDRESS, {"who": "mei_toronto"}).status_code == 404


@pytest.mark.parametrize(
    "far",
    [
        {"REMOTE_ADDR": "203.0.113.9", "SERVER_NAME": "localhost"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "SERVER_NAME": "localhost"},
        {"SERVER_NAME": "testserver"},
    ],
)
def test_the_operator_is_offered_only_on_the_machine_itself(
    persons: list[Account], far: dict[str, str]
) -> None:
    browser = Client(**far)
    assert 'value="keeper"' not in page(browser) and 'value="mei_toronto"' in page(browser)
    assert browser.post(ADDRESS, {"who": "keeper"}).status_code == 404
    assert not is_signed_in(browser)


def test_a_person_with_a_password_of_their_own_is_theirs(persons: list[Account]) -> None:
    persons[2].set_password("nobody else knows this")
    persons[2].save(update_fields=["password"])
    browser = Client()
    answer = browser.post(ADDRESS, {"who": persons[2].handle}, follow=True)
    assert "a password of their own" in answer.content.decode()
    assert not is_signed_in(browser)


def test_the_second_step_is_still_asked_for(persons: list[Account]) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(persons[0], generate_totp_secret())
    browser = Client()
    answer = browser.post(ADDRESS, {"who": persons[0].handle})
    assert "/2fa/authenticate/" in answer.headers["Location"] and not is_signed_in(browser)
