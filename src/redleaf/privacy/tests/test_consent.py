"""Consent: off until given, in these words, logged, and ended together with what it kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from redleaf.accounts.events import AccountErased
from redleaf.core import database
from redleaf.core.errors import Conflict, NotFound
from redleaf.core.events import announce
from redleaf.core.testing import at_once
from redleaf.privacy import forgetting, purposes, selectors, services
from redleaf.privacy.tests.conftest import KEY, Tea

pytestmark = pytest.mark.django_db


def test_nobody_agrees_to_anything_at_first(mei: Any, tea: Tea) -> None:
    assert selectors.consents(mei) == selectors.consents(None) == frozenset()
    assert not selectors.has_consent(mei.id, KEY)


def test_what_is_given_holds_until_it_is_taken_back(mei: Any, lin: Any, tea: Tea) -> None:
    assert services.grant(mei, KEY)
    assert selectors.consents(mei) == {KEY}
    assert selectors.has_consent(mei.id, KEY) and not selectors.has_consent(lin.id, KEY)
    assert services.withdraw(mei, KEY)
    assert selectors.consents(mei) == frozenset()


def test_the_log_says_what_happened_once_for_each_change(mei: Any, tea: Tea) -> None:
    assert [services.grant(mei, KEY), services.grant(mei, KEY)] == [True, False]
    assert [services.withdraw(mei, KEY), services.withdraw(mei, KEY)] == [True, False]
    log = [(row["purpose"], row["granted"], row["version"]) for row in selectors.history(mei)]
    assert log == [(KEY, True, 1), (KEY, False, 1)]


def test_a_purpose_that_nobody_registered_cannot_be_agreed_to(mei: Any) -> None:
    with pytest.raises(NotFound):
        services.grant(mei, "selling_it_all")
    assert selectors.history(mei) == []


def test_other_words_need_another_consent(mei: Any, tea: Tea) -> None:
    services.grant(mei, KEY)
    purposes.register(
        KEY, "Your tea", "We keep how you like your tea, and tell the shop.", version=2
    )
    assert not selectors.has_consent(mei.id, KEY)
    [choice] = [item for item in selectors.choices(mei) if item.purpose.key == KEY]
    assert choice.is_older and not choice.is_on
    services.grant(mei, KEY)
    assert selectors.has_consent(mei.id, KEY)
    assert [row["version"] for row in selectors.history(mei)] == [1, 2]


def test_withdrawing_forgets_what_was_kept_of_this_member_alone(
    mei: Any, lin: Any, tea: Tea
) -> None:
    tea.kept = {mei.id, lin.id}
    services.grant(mei, KEY)
    services.withdraw(mei, KEY)
    assert tea.kept == {lin.id}


def test_a_consent_does_not_end_while_what_it_kept_cannot_be_forgotten(mei: Any, tea: Tea) -> None:
    def stuck(_account_id: UUID) -> None:
        raise RuntimeError("the kettle is stuck")

    services.grant(mei, KEY)
    forgetting.register(KEY, stuck)
    with pytest.raises(RuntimeError):
        services.withdraw(mei, KEY)
    assert selectors.has_consent(mei.id, KEY)
    assert len(selectors.history(mei)) == 1


def test_the_past_is_read_only_when_asked_for(mei: Any, lin: Any, tea: Tea) -> None:
    services.grant(mei, KEY)
    assert tea.begun == []
    services.grant(lin, KEY, begin_with_past=True)
    assert tea.begun == [lin.id]


def test_the_past_is_not_read_without_consent(mei: Any, tea: Tea) -> None:
    with pytest.raises(Conflict):
        services.begin_with(mei, KEY)
    assert tea.begun == []


def test_an_erased_account_leaves_no_consent_no_log_and_nothing_kept(
    mei: Any, lin: Any, tea: Tea, deliver_events: Callable[[], int]
) -> None:
    tea.kept = {mei.id, lin.id}
    for person in (mei, lin):
        services.grant(person, KEY)
    with transaction.atomic():
        announce(AccountErased(mei.id))
    deliver_events()
    assert selectors.consents(mei) == frozenset() and selectors.history(mei) == []
    assert selectors.consents(lin) == {KEY} and tea.kept == {lin.id}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_writer_under_a_consent_and_its_withdrawal_leave_nothing_behind(
    mei: Any, tea: Tea
) -> None:
    def write() -> None:
        with transaction.atomic():
            if selectors.hold_consent(mei.id, KEY):
                database.execute("SELECT pg_sleep(0.02)")
                tea.kept.add(mei.id)

    for _ in range(5):
        services.grant(mei, KEY)
        at_once(write, lambda: services.withdraw(mei, KEY))
        assert tea.kept == set()


# --- The page ----------------------------------------------------------------------------------
def test_the_page_says_what_is_remembered_and_switches_it(
    mei: Any, tea: Tea, client_for: Callable[[Any], Client]
) -> None:
    browser = client_for(mei)
    browser.post("/language/", {"language": "en"})
    page = browser.get("/settings/privacy/").content.decode()
    assert "We keep how you like your tea." in page and "Begin with the tea I drank" in page
    assert 'name="begin_with_past" value="1">' in page, "and it is not ticked"
    answer = browser.post("/settings/privacy/", {"purpose": KEY, "act": "grant"})
    assert answer.status_code == 303 and selectors.has_consent(mei.id, KEY) and tea.begun == []
    assert 'value="withdraw"' in browser.get("/settings/privacy/").content.decode()
    browser.post("/settings/privacy/", {"purpose": KEY, "act": "withdraw"})
    assert not selectors.has_consent(mei.id, KEY)


def test_the_switch_leads_back_to_where_it_stood_and_nowhere_else(
    mei: Any, tea: Tea, client_for: Callable[[Any], Client]
) -> None:
    browser = client_for(mei)
    fields = {"purpose": KEY, "act": "grant", "begin_with_past": "1"}
    assert browser.post("/settings/privacy/", {**fields, "next": "/?channel=coffee"}).url == (
        "/?channel=coffee"
    )
    assert tea.begun == [mei.id]
    away = browser.post("/settings/privacy/", {**fields, "next": "https://evil.example/"})
    assert away.url == "/settings/privacy/"


@pytest.mark.parametrize(
    "fields",
    [{}, {"purpose": KEY}, {"purpose": KEY, "act": "\x00"}, {"purpose": "\x00", "act": "grant"}],
)
def test_what_makes_no_sense_changes_nothing(
    fields: dict[str, str], mei: Any, tea: Tea, client_for: Callable[[Any], Client]
) -> None:
    assert client_for(mei).post("/settings/privacy/", fields).status_code in {404, 422}
    assert selectors.history(mei) == []


def test_the_settings_lead_to_the_page(mei: Any, client_for: Callable[[Any], Client]) -> None:
    assert "/settings/privacy/" in client_for(mei).get("/settings/").content.decode()
