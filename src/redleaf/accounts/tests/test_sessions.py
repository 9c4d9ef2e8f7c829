"""Sessions: one query to know who it is, seen now and then, revoked at once."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redleaf.accounts import services
from redleaf.accounts.devices import device_in_words
from redleaf.accounts.models import Session
from redleaf.accounts.tests.factories import make_account, sign_in
from redleaf.core import clock, database, ids

pytestmark = pytest.mark.django_db

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def test_knowing_who_it_is_costs_one_query(rf, monkeypatch) -> None:
    from redleaf.accounts.sessions import Authentication, SessionStore

    mei = make_account("mei")
    key = sign_in(mei).cookies["redleaf_session"].value
    asked = []
    values, execute = database.values, database.execute
    monkeypatch.setattr(database, "values", lambda *a: asked.append(a) or values(*a))
    monkeypatch.setattr(database, "execute", lambda *a: asked.append(a) or execute(*a))
    request = rf.get("/")
    request.session = SessionStore(key)
    Authentication(HttpResponse).process_request(request)
    with CaptureQueriesContext(
        connection,
    ) as others:
        assert request.user == mei
        assert request.user.interests == []
        assert request.session.get("_auth_user_id") == str(mei.id)
    assert len(asked) == 1 and len(others) == 0


def test_a_stranger_costs_no_query(rf, django_assert_num_queries, monkeypatch) -> None:
    from redleaf.accounts.sessions import Authentication, SessionStore

    monkeypatch.setattr(database, "values", lambda *_: pytest.fail("asked the database"))
    request = rf.get("/")
    request.session = SessionStore(None)
    Authentication(HttpResponse).process_request(request)
    with django_assert_num_queries(0):
        assert not request.user.is_authenticated


def test_a_request_writes_nothing_within_five_minutes() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    before = Session.objects.get(account=mei).seen_at
    with clock.travel(timedelta(minutes=4)):
        browser.get("/settings/")
    assert Session.objects.get(account=mei).seen_at == before


def test_being_here_is_noted_after_five_minutes() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    before = UserSession.objects.get(user=mei).last_seen_at
    with clock.travel(timedelta(minutes=6)):
        browser.get("/settings/")
    assert Session.objects.get(account=mei).seen_at > before
    assert UserSession.objects.get(user=mei).last_seen_at > before


def test_the_list_names_the_device_and_marks_this_one() -> None:
    mei = make_account("mei")
    sign_in(mei, user_agent=IPHONE)
    page = sign_in(mei).get("/account/sessions/").content.decode()
    assert "Safari on iPhone" in page
    assert "This device" in page


def test_a_revoked_session_is_dead_at_its_next_request() -> None:
    mei = make_account("mei")
    here, there = sign_in(mei), sign_in(mei, user_agent=IPHONE)
    number = ids.seal(UserSession.objects.get(user_agent=IPHONE).id)
    assert here.post("/account/sessions/", {"session": number}).status_code == 303
    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


def test_all_others_are_revoked_and_this_one_stays() -> None:
    mei = make_account("mei")
    here, *others = [sign_in(mei) for _ in range(3)]
    here.post("/account/sessions/")
    assert here.get("/settings/").status_code == 200
    assert all(other.get("/settings/").status_code == 302 for other in others)


def test_somebody_elses_session_cannot_be_revoked() -> None:
    mei, grace = make_account("mei"), make_account("grace")
    theirs = sign_in(grace)
    number = ids.seal(UserSession.objects.get(user=grace).id)
    sign_in(mei).post("/account/sessions/", {"session": number})
    assert theirs.get("/settings/").status_code == 200


@pytest.mark.parametrize("number", ["-1", "x", "9" * 40, "\x00", "1 OR 1=1"])
def test_a_broken_number_revokes_nothing(number: str) -> None:
    mei = make_account("mei")
    other = sign_in(mei)
    sign_in(mei).post("/account/sessions/", {"session": number})
    assert other.get("/settings/").status_code == 200


def test_a_closed_members_session_is_nobody() -> None:
    mei = make_account("mei")
    browser = Client()
    browser.force_login(mei)
    key = browser.session.session_key
    services.close_account(mei)
    Session.objects.create(
        session_key=key,
        session_data="{}",
        expire_date=clock.now() + timedelta(days=1),
        account=mei,
    )
    assert browser.get("/settings/").status_code == 302


def test_an_expired_session_is_nobody() -> None:
    browser = sign_in(make_account("mei"))
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert browser.get("/settings/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge on Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile Safari/537.36", "Chrome on Android"),
        ("", "An unknown device"),
        ("<script>alert(1)</script>", "An unknown device"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
