"""Lists of people: a member's own, never shown to those on them."""

from typing import Any

import pytest

from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.graph import selectors, services
from redleaf.graph.models import PeopleList, PeopleListMember

pytestmark = pytest.mark.django_db


def handles(people_list: PeopleList) -> list[str]:
    return sorted(row["handle"] for row in selectors.list_members(people_list))


def test_a_list_holds_who_was_put_on_it(mei: Any, lin: Any, bo: Any) -> None:
    friends = services.create_list(mei, name="  Hiking   friends ")
    services.add_to_list(mei, friends, lin)
    services.add_to_list(mei, friends, lin)
    services.add_to_list(mei, friends, bo)
    services.remove_from_list(mei, friends, bo)
    assert friends.name == "Hiking friends" and handles(friends) == ["lin"]
    assert selectors.lists_with_counts(mei)[0]["count"] == 1


@pytest.mark.parametrize("name", ["", "   ", "\x00", "名" * 21, "a" * 41, "\u202e"])
def test_a_name_that_is_none_is_refused(mei: Any, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        services.create_list(mei, name=name)
    assert refusal.value.field == "name" and not PeopleList.objects.exists()


def test_two_lists_of_one_name_are_refused(mei: Any, lin: Any) -> None:
    first = services.create_list(mei, name="Friends")
    services.create_list(lin, name="Friends")
    with pytest.raises(Conflict):
        services.create_list(mei, name="Friends")
    second = services.create_list(mei, name="Family")
    with pytest.raises(Conflict):
        services.rename_list(mei, second, name="Friends")
    assert sorted(selectors.people_lists(mei).values_list("name", flat=True)) == [
        "Family",
        "Friends",
    ]
    assert first.owner_id == mei.id


def test_past_the_most_lists_another_is_refused(mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LISTS_MAXIMUM", 1)
    services.create_list(mei, name="Friends")
    with pytest.raises(Conflict):
        services.create_list(mei, name="Family")
    assert PeopleList.objects.count() == 1


def test_a_full_list_takes_nobody_else(
    mei: Any, lin: Any, bo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LIST_MEMBERS_MAXIMUM", 1)
    friends = services.create_list(mei, name="Friends")
    services.add_to_list(mei, friends, lin)
    with pytest.raises(Conflict):
        services.add_to_list(mei, friends, bo)
    assert handles(friends) == ["lin"]


def test_another_members_list_is_not_there(mei: Any, lin: Any, bo: Any) -> None:
    friends = services.create_list(mei, name="Friends")
    with pytest.raises(NotFound):
        selectors.people_list(lin, friends.id)
    for act in (
        lambda: services.rename_list(lin, friends, name="Mine"),
        lambda: services.delete_list(lin, friends),
        lambda: services.add_to_list(lin, friends, bo),
        lambda: services.remove_from_list(lin, friends, bo),
    ):
        with pytest.raises(NotFound):
            act()
    friends.refresh_from_db()
    assert friends.name == "Friends" and handles(friends) == []


def test_nobody_across_a_block_and_not_oneself_goes_on_a_list(cast: Any) -> None:
    friends = services.create_list(cast.mei, name="Friends")
    with pytest.raises(NotFound):
        services.add_to_list(cast.mei, friends, cast.wei)
    with pytest.raises(Invalid):
        services.add_to_list(cast.mei, friends, cast.mei)
    assert handles(friends) == []


def test_one_page_puts_somebody_on_exactly_these_lists_and_a_new_one(mei: Any, lin: Any) -> None:
    first, second, third = (services.create_list(mei, name=name) for name in ("A", "B", "C"))
    services.add_to_list(mei, first, lin)
    services.add_to_list(mei, second, lin)
    services.put_on_lists(mei, lin, list_ids={second.id, third.id}, new_name="D")
    fourth = PeopleList.objects.get(name="D")
    assert selectors.lists_holding(mei, lin) == {second.id, third.id, fourth.id}


def test_a_refused_name_leaves_every_list_as_it_was(mei: Any, lin: Any) -> None:
    first = services.create_list(mei, name="A")
    services.add_to_list(mei, first, lin)
    with pytest.raises(Conflict):
        services.put_on_lists(mei, lin, list_ids=set(), new_name="A")
    assert selectors.lists_holding(mei, lin) == {first.id}


def test_somebody_elses_list_cannot_be_chosen(mei: Any, lin: Any, bo: Any) -> None:
    theirs = services.create_list(bo, name="A")
    services.put_on_lists(mei, lin, list_ids={theirs.id})
    assert not PeopleListMember.objects.exists()
