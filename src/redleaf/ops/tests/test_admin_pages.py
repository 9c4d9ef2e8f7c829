"""Django's admin: for staff alone, by the product's own sign-in, with reads on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.core import clock
from redleaf.core.models import AuditEntry, Heartbeat, OutboxEvent

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_the_products_own_sign_in(client: Client) -> None:
    answer = client.get("/admin/")
    assert answer.status_code == 302
    landed = client.get("/admin/", follow=True)
    assert "/account/login/" in landed.request["PATH_INFO"]


def test_a_member_without_staff_rights_does_not_get_in(
    client_for: Callable[[Any], Client], mei: Account
) -> None:
    answer = client_for(mei).get("/admin/", follow=True)
    assert b"site-name" not in answer.content or answer.status_code in {403, 404}
    assert client_for(mei).get("/admin/accounts/account/").status_code != 200


def test_every_table_has_a_list_that_opens(
    client_for: Callable[[Any], Client], keeper: Account
) -> None:
    Heartbeat.objects.create(process="worker", at=clock.now())
    OutboxEvent.objects.create(name="x.Y", payload={}, error="it failed", attempts=12)
    browser = client_for(keeper)
    assert browser.get("/admin/").status_code == 200
    for model in admin.site._registry:
        meta = model._meta
        address = f"/admin/{meta.app_label}/{meta.model_name}/"
        assert browser.get(address).status_code == 200, address


def test_waiting_events_and_the_audit_trail_are_for_reading_only(
    client_for: Callable[[Any], Client], keeper: Account
) -> None:
    event = OutboxEvent.objects.create(name="x.Y", payload={}, error="it failed", attempts=12)
    browser = client_for(keeper)
    address = f"/admin/core/outboxevent/{event.id}/change/"
    assert b"it failed" in browser.get(address).content
    assert browser.post(address, {"name": "z"}).status_code == 403
    assert browser.post(f"/admin/core/outboxevent/{event.id}/delete/").status_code == 403
    assert browser.get("/admin/core/auditentry/add/").status_code == 403
    event.refresh_from_db()
    assert event.name == "x.Y"


def test_reading_a_persons_account_stands_in_the_audit_trail(
    client_for: Callable[[Any], Client], keeper: Account, mei: Account
) -> None:
    client_for(keeper).get(f"/admin/accounts/account/{mei.id}/change/")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("account_read", keeper.id, mei.ref)


def test_second_steps_and_sessions_of_others_are_not_in_it(
    client_for: Callable[[Any], Client], keeper: Account
) -> None:
    browser = client_for(keeper)
    assert browser.get("/admin/mfa/authenticator/").status_code == 404
    assert browser.get("/admin/usersessions/usersession/").status_code == 404
