"""Leaving: closed at once, back within the grace, erased after it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from redleaf.accounts import jobs, selectors, services
from redleaf.accounts.models import Account, HandleHistory, Session
from redleaf.accounts.tests.factories import PASSWORD, make_account, sign_in
from redleaf.core import clock
from redleaf.core.errors import Conflict, NotFound

pytestmark = pytest.mark.django_db


def test_a_closed_account_is_gone_from_view_at_once() -> None:
    mei = make_account("mei")
    services.close_account(mei)
    with pytest.raises(NotFound):
        selectors.account_by_handle("mei")
    assert not selectors.active_accounts().exists()


def test_closing_ends_every_session() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    services.close_account(mei)
    assert not Session.objects.filter(account=mei).exists()
    assert browser.get("/settings/").status_code == 302


def test_closing_asks_for_the_password_again() -> None:
    mei = make_account("mei")
    browser = Client()
    browser.force_login(mei)
    answer = browser.post("/settings/close/", {"handle": "mei"})
    assert answer.status_code == 302 and "/account/reauthenticate/" in answer.url
    mei.refresh_from_db()
    assert mei.deleted_at is None


def test_closing_needs_the_handle_typed() -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    assert browser.post("/settings/close/", {"handle": "may"}).status_code == 422
    mei.refresh_from_db()
    assert mei.deleted_at is None


def test_closing_by_the_page_signs_out_and_mails(run_jobs) -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    answer = browser.post("/settings/close/", {"handle": "@Mei"})
    assert answer.status_code == 303
    mei.refresh_from_db()
    assert mei.deleted_at is not None
    run_jobs()
    assert "closed" in mail.outbox[-1].subject


def test_signing_in_within_the_grace_brings_everything_back() -> None:
    mei = make_account("mei")
    services.close_account(mei)
    browser = Client()
    answer = browser.post("/account/login/", {"login": "mei", "password": PASSWORD})
    assert answer.url == "/account/reopen/"
    assert browser.get("/settings/").status_code == 302, "not signed in before the answer"
    mei.refresh_from_db()
    assert mei.deleted_at is not None, "nothing happens before the answer"
    browser.post("/account/reopen/")
    mei.refresh_from_db()
    assert mei.deleted_at is None
    assert browser.get("/settings/").status_code == 200


def test_nothing_is_erased_within_the_grace() -> None:
    mei = make_account("mei")
    services.close_account(mei)
    with clock.travel(timedelta(days=13)):
        assert jobs.erase_closed_accounts() == 0
    mei.refresh_from_db()
    assert mei.email == "mei@example.org"


def test_after_the_grace_nothing_personal_is_left() -> None:
    mei = make_account("mei", display_name="梅", bio="likes tea", city="toronto")
    services.change_handle(mei, handle="meimei")
    services.close_account(mei)
    with clock.travel(timedelta(days=15)):
        assert jobs.erase_closed_accounts() == 1
        assert jobs.erase_closed_accounts() == 0
    gone = Account.objects.get(id=mei.id)
    stored = " ".join(str(getattr(gone, field.attname)) for field in Account._meta.concrete_fields)
    for trace in ("mei", "梅", "tea", "toronto"):
        assert trace not in stored
    assert not gone.is_active and not gone.has_usable_password()
    assert not EmailAddress.objects.filter(user=mei).exists()
    assert not HandleHistory.objects.exists()


def test_an_erased_account_cannot_come_back() -> None:
    mei = make_account("mei")
    services.close_account(mei)
    with clock.travel(timedelta(days=15)):
        jobs.erase_closed_accounts()
    with pytest.raises(Conflict):
        services.reopen_account(mei)


def test_an_erased_members_address_and_handle_are_free_again() -> None:
    mei = make_account("mei")
    services.close_account(mei)
    with clock.travel(timedelta(days=15)):
        jobs.erase_closed_accounts()
    assert make_account("mei").handle == "mei"


def test_a_sign_up_never_confirmed_is_forgotten_after_a_week() -> None:
    make_account("mei")
    make_account("ghost", confirmed=False)
    assert jobs.forget_unconfirmed() == 0
    with clock.travel(timedelta(days=8)):
        assert jobs.forget_unconfirmed() == 1
    assert set(Account.objects.values_list("handle", flat=True)) == {"mei"}


def test_the_nightly_sweep_shortens_old_addresses() -> None:
    from allauth.usersessions.models import UserSession

    mei = make_account("mei")
    sign_in(mei)
    UserSession.objects.update(ip="203.0.113.77", created_at=clock.now() - timedelta(days=8))
    jobs.sweep()
    assert UserSession.objects.get().ip == "203.0.113.0"


def test_a_suspended_account_is_gone_from_view_until_it_is_restored(
    mei: Account, keeper: Account, client_for: Any
) -> None:
    """As an operator does it, by the box in the admin; both acts stand in the audit trail."""
    from redleaf.core.models import AuditEntry, OutboxEvent

    browser, theirs = client_for(keeper), client_for(mei)
    address = f"/admin/accounts/account/{mei.id}/change/"
    form = {"display_name": mei.display_name, "age_band": mei.age_band}
    assert browser.post(address, form).status_code == 302
    mei.refresh_from_db()
    assert not mei.is_active
    assert theirs.get("/settings/").status_code == 302
    assert browser.get("/@mei").status_code == 404
    assert browser.post(address, {**form, "is_active": "on"}).status_code == 302
    assert browser.get("/@mei").status_code == 200
    told = OutboxEvent.objects.order_by("id").values_list("name", flat=True)
    assert [name.rpartition(".")[2] for name in told] == ["AccountClosed", "AccountReopened"]
    acts = AuditEntry.objects.filter(subject_id=mei.ref).values_list("action", flat=True)
    assert {"account_suspended", "account_restored"} <= set(acts)
