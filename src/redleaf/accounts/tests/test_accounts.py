"""What the database guarantees about accounts, and the verbs that change them."""

import pytest
from django.db import DatabaseError, transaction

from redleaf.accounts import handles, selectors, services
from redleaf.accounts.models import Account, HandleHistory
from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock
from redleaf.core.errors import Conflict, Invalid, NotFound, TooMany
from redleaf.core.models import AuditEntry, OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "Mei@example.org"},
        {"handle": "Mei"},
        {"handle": "me"},
        {"handle": "m" * 21},
        {"handle": "mei li"},
        {"age_band": "10_13"},
        {"language": "de"},
        {"theme": "pink"},
        {"erased_at": clock.now()},
    ],
)
def test_the_database_refuses_what_cannot_be(fields: dict) -> None:
    account = make_account("mei")
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(id=account.id).update(**fields)


def test_an_address_is_stored_in_lower_case() -> None:
    assert make_account("mei", email="Mei@Example.ORG").email == "mei@example.org"


def test_two_accounts_cannot_share_a_handle() -> None:
    make_account("mei")
    with pytest.raises(Conflict, match="this name"):
        services.create_member(email="other@example.org", handle="mei")
    assert Account.objects.count() == 1


def test_two_accounts_cannot_share_an_address() -> None:
    make_account("mei", email="handle@example.org")
    with pytest.raises(Conflict, match="this address"):
        services.create_member(email="HANDLE@example.org", handle="handle")
    assert Account.objects.count() == 1


def test_the_operator_is_made_with_every_power_and_on_record() -> None:
    operator = services.create_operator("root@example.org", "a long enough one", "boss")
    assert operator.is_staff and operator.is_superuser and operator.is_confirmed
    assert operator.check_password("a long enough one")
    assert AuditEntry.objects.filter(action="operator_created", subject_id=operator.ref).exists()


@pytest.mark.parametrize(
    "typed", ["ab", "x" * 21, "mei li", "méi", "梅", "mei\x00", "", "admin", "gone_abc"]
)
def test_a_handle_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        handles.clean_handle(typed)


def test_a_handle_may_be_typed_with_at_and_capitals() -> None:
    assert handles.clean_handle(" @Mei_1 ") == "mei_1"


@pytest.mark.parametrize(
    ("name", "handle"), [("Grace Li", "grace_li"), ("Zoé", "zoe"), ("  Ann--Marie ", "ann_marie")]
)
def test_a_handle_is_proposed_from_the_name(name: str, handle: str) -> None:
    assert handles.propose_handle(name) == handle


def test_a_name_without_latin_letters_gets_a_friendly_handle() -> None:
    proposed = handles.propose_handle("美美")
    first, second, number = proposed.split("_")
    assert first in handles.FIRST and second in handles.SECOND and number.isdigit()


def test_a_taken_handle_is_proposed_with_a_number() -> None:
    make_account("grace")
    assert handles.propose_handle("Grace").startswith("grace_")


def test_a_changed_handle_leads_to_the_account() -> None:
    mei = make_account("mei")
    services.change_handle(mei, handle="meimei")
    assert selectors.account_by_handle("mei").handle == "meimei"
    assert selectors.account_by_handle("MeiMei") == mei


def test_an_old_handle_is_kept_from_others_for_90_days() -> None:
    mei, grace = make_account("mei"), make_account("grace")
    services.change_handle(mei, handle="meimei")
    with pytest.raises(Conflict):
        services.change_handle(grace, handle="mei")
    grace.refresh_from_db()
    assert grace.handle == "grace"


def test_an_old_handle_is_free_after_90_days() -> None:
    from datetime import timedelta

    mei, grace = make_account("mei"), make_account("grace")
    services.change_handle(mei, handle="meimei")
    with clock.travel(timedelta(days=91)):
        services.change_handle(grace, handle="mei")
        assert selectors.account_by_handle("mei") == grace


def test_the_handle_changes_once_in_14_days() -> None:
    mei = make_account("mei")
    services.change_handle(mei, handle="meimei")
    with pytest.raises(TooMany, match="14 days"):
        services.change_handle(mei, handle="mei_again")
    mei.refresh_from_db()
    assert mei.handle == "meimei"


def test_one_may_take_ones_own_old_handle_back() -> None:
    from datetime import timedelta

    mei = make_account("mei")
    services.change_handle(mei, handle="meimei")
    with clock.travel(timedelta(days=15)):
        services.change_handle(mei, handle="mei")
        assert selectors.account_by_handle("meimei").handle == "mei"
    assert set(HandleHistory.objects.values_list("handle", flat=True)) == {"meimei"}


@pytest.mark.parametrize("handle", ["nobody", "", "x" * 500, "a\x00b", "'; drop table", "你好"])
def test_an_unknown_handle_is_not_found(handle: str) -> None:
    with pytest.raises(NotFound):
        selectors.account_by_handle(handle)


def test_a_name_is_counted_as_chinese_readers_count() -> None:
    mei = make_account("mei")
    services.change_profile(mei, display_name="梅" * 20)
    with pytest.raises(Invalid):
        services.change_profile(mei, display_name="梅" * 21)
    mei.refresh_from_db()
    assert mei.display_name == "梅" * 20


def test_ten_thousand_combining_marks_do_no_harm() -> None:
    mei = make_account("mei")
    services.change_profile(mei, display_name="e" + "\u0301" * 10_000)
    mei.refresh_from_db()
    assert len(mei.display_name) <= 5


def test_a_long_chain_of_joiners_is_refused() -> None:
    mei = make_account("mei")
    with pytest.raises(Invalid):
        services.change_profile(mei, display_name="\u200d".join("👩" * 500))


def test_a_city_has_to_be_a_place() -> None:
    mei = make_account("mei")
    with pytest.raises(Invalid, match="city"):
        services.change_profile(mei, display_name="Mei", city="atlantis")


def test_unknown_interests_are_dropped() -> None:
    from redleaf.editions import selectors as editions
    from redleaf.editions.models import Channel

    Channel.objects.get_or_create(slug="coffee", defaults={"names": {"en": "Coffee"}})
    editions.forget()
    mei = make_account("mei")
    services.set_interests(mei, interests=["coffee", "coffee", "../../etc", "\x00"])
    assert mei.interests == ["coffee"]
    editions.forget()


def test_an_avatar_is_an_asset_or_nothing() -> None:
    mei = make_account("mei")
    services.set_avatar(mei, avatar=mei.ref)
    with pytest.raises(Invalid):
        services.set_avatar(mei, avatar="../../etc/passwd")
    mei.refresh_from_db()
    assert mei.avatar == mei.ref


def test_the_summary_leaves_out_whoever_closed() -> None:
    mei, grace = make_account("mei"), make_account("grace")
    services.close_account(grace)
    found = selectors.summary([mei.id, grace.id])
    assert set(found) == {mei.id}
    assert found[mei.id]["name"] == "Mei" and found[mei.id]["path"] == "/@mei"


def test_the_summary_is_one_query(django_assert_num_queries) -> None:
    people = [make_account(f"member_{number}").id for number in range(5)]
    assert selectors.summary([]) == {}
    assert len(selectors.summary(people)) == 5


def test_a_member_is_announced_when_the_address_is_confirmed_and_once(monkeypatch) -> None:
    from redleaf.accounts import events
    from redleaf.core.events import subscribe

    heard = []

    def hear(event: events.AccountCreated) -> None:
        heard.append(event.account_id)

    subscribe(events.AccountCreated, hear)
    mei = make_account("mei", confirmed=False)
    services.confirm(mei)
    services.confirm(mei)
    assert OutboxEvent.objects.filter(payload__account_id=str(mei.id)).count() == 1
