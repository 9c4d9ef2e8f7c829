"""The pages and buttons of relations, as a browser without script uses them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from redleaf.core import clock, ids
from redleaf.graph import selectors, services
from redleaf.graph.models import Block, Follow, Mute, PeopleList

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]


def act(browser: Client, handle: str, verb: str, **fields: str) -> Any:
    return browser.post(f"/@{handle}/do/{verb}/", fields)


def test_the_profile_has_the_button_and_pressing_it_follows(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    browser = client_for(lin)
    assert b"/@mei/do/follow/" in browser.get("/@mei").content
    answer = act(browser, "mei", "follow", next="/@mei")
    assert (answer.status_code, answer.url) == (303, "/@mei")
    page = browser.get("/@mei").content.decode()
    assert "/@mei/do/unfollow/" in page and "美美" in page


def test_htmx_gets_the_button_anew(mei: Any, lin: Any, client_for: ClientFor) -> None:
    answer = client_for(lin).post("/@mei/do/follow/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200 and text.count("<html") == 0
    assert 'hx-post="/@mei/do/unfollow/"' in text


def test_htmx_gets_a_rows_button_for_a_row(mei: Any, lin: Any, client_for: ClientFor) -> None:
    answer = client_for(lin).post(
        "/@mei/do/follow/", {"as": "row", "next": "/@bo/followers/"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert "row-follow" in text and 'value="/@bo/followers/"' in text and "details" not in text


def test_a_visitor_is_asked_to_sign_in_and_nothing_happens(mei: Any) -> None:
    answer = act(Client(), "mei", "follow")
    assert answer.status_code == 302 and answer.url.startswith("/account/login/")
    assert not Follow.objects.exists()


@pytest.mark.parametrize("verb", ["adore", "__class__", "recount", "create_list"])
def test_a_verb_that_is_none_is_not_there(
    mei: Any, lin: Any, client_for: ClientFor, verb: str
) -> None:
    assert act(client_for(lin), "mei", verb).status_code == 404


def test_a_get_changes_nothing(mei: Any, lin: Any, client_for: ClientFor) -> None:
    assert client_for(lin).get("/@mei/do/follow/").status_code == 405
    assert not Follow.objects.exists()


def test_it_never_leads_to_another_site(mei: Any, lin: Any, client_for: ClientFor) -> None:
    answer = act(client_for(lin), "mei", "follow", next="https://example.com/")
    assert answer.url == "/@mei"


@pytest.mark.parametrize(("days", "is_timed"), [("1", True), ("7", True), ("", False)])
def test_the_menu_mutes_for_a_time_or_for_good(
    grace: Any, bo: Any, client_for: ClientFor, days: str, is_timed: bool
) -> None:
    act(client_for(grace), bo.handle, "mute", days=days)
    assert (Mute.objects.get().until is not None) is is_timed


@pytest.mark.parametrize("days", ["0", "400", "x", "-1", "1e3"])
def test_a_time_that_is_none_is_refused(
    grace: Any, bo: Any, client_for: ClientFor, days: str
) -> None:
    assert act(client_for(grace), bo.handle, "mute", days=days).status_code == 422
    assert not Mute.objects.exists()


def test_whom_i_blocked_i_see_with_the_way_back_and_they_see_nothing(
    cast: Any, client_for: ClientFor
) -> None:
    own = client_for(cast.mei)
    assert b"/@wei/do/unblock/" in own.get("/@wei").content
    assert b"/@wei/do/unblock/" in own.get("/me/blocked/").content
    assert client_for(cast.wei).get("/@mei").status_code == 404
    assert client_for(cast.wei).get("/@mei/followers/").status_code == 404
    act(own, "wei", "unblock")
    assert not Block.objects.exists()


def test_the_page_of_the_quieted_names_the_end_of_a_mute(cast: Any, client_for: ClientFor) -> None:
    services.mute(cast.grace, cast.lin, days=7)
    page = client_for(cast.grace).get("/me/blocked/").content.decode()
    assert f"/@{cast.bo.handle}/do/unmute/" in page and "for good" in page
    assert "/@lin/do/unmute/" in page and "until " in page


def test_followers_are_paged_and_none_is_missing_or_twice(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "PEOPLE_PAGE", 2)
    with clock.frozen(clock.now()):  # the same moment for all: the id decides
        for who in (cast.lin, cast.teen, cast.wei, cast.grace):
            services.follow(who, cast.bo)
    seen: list[str] = []
    after = ""
    while True:
        page = selectors.people_of(cast.bo, cast.bo, which="followers", after=after)
        seen += [row["handle"] for row in page.items]
        if page.next_cursor is None:
            break
        after = page.next_cursor
    assert sorted(seen) == ["grace", "lin", "teen", "wei"]


def test_the_next_page_of_followers_is_a_fragment_for_htmx(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "PEOPLE_PAGE", 1)
    page = selectors.people_of(None, cast.mei, which="followers")
    more = Client().get(
        f"/@mei/followers/?after={page.next_cursor}", headers={"HX-Request": "true"}
    )
    assert b"<html" not in more.content and b"/@" in more.content


@pytest.mark.parametrize("after", ["x", "W10", "%00", "a" * 999])
def test_a_broken_way_to_the_next_page_is_told_in_words(mei: Any, after: str) -> None:
    answer = Client().get(f"/@mei/followers/?after={after}")
    assert answer.status_code in {400, 422} and b"web/tokens.css" in answer.content


def test_nobody_blocked_is_among_the_followers_i_see(cast: Any) -> None:
    services.follow(cast.grace, cast.lin)
    services.block(cast.mei, cast.grace)
    shown = selectors.people_of(cast.mei, cast.lin, which="followers").items
    assert "grace" not in [row["handle"] for row in shown]


def test_own_followers_can_be_removed_from_the_page(cast: Any, client_for: ClientFor) -> None:
    own = client_for(cast.mei)
    assert own.get("/me/followers/").url == "/@mei/followers/"
    assert b"/@antoine/do/remove_follower/" in own.get("/@mei/followers/").content
    assert b"remove_follower" not in client_for(cast.lin).get("/@mei/followers/").content


@pytest.mark.parametrize("path", ["/me/blocked/", "/me/lists/", "/me/followers/", "/@mei/lists/"])
def test_private_pages_ask_visitors_to_sign_in(mei: Any, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302 and answer.url.startswith("/account/login/")


def test_a_list_is_made_filled_renamed_and_deleted_by_forms(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    own = client_for(mei)
    address = own.post("/me/lists/", {"name": "朋友"}).url
    own.post(address, {"act": "add", "handle": " @lin "})
    assert "@lin" in own.get(address).content.decode()
    own.post(address, {"act": "rename", "name": "家人"})
    assert PeopleList.objects.get().name == "家人"
    own.post(address, {"act": "remove", "handle": "lin"})
    assert selectors.list_members(PeopleList.objects.get()) == []
    assert own.post(address, {"act": "delete"}).url == "/me/lists/"
    assert not PeopleList.objects.exists()


def test_what_was_typed_wrongly_is_still_there(mei: Any, client_for: ClientFor) -> None:
    own = client_for(mei)
    long = "名" * 30
    answer = own.post("/me/lists/", {"name": long})
    assert answer.status_code == 422 and long in answer.content.decode()
    address = own.post("/me/lists/", {"name": "A"}).url
    answer = own.post(address, {"act": "add", "handle": "no_such_one"})
    assert answer.status_code == 422 and "no_such_one" in answer.content.decode()
    answer = own.post(address, {"act": "rename", "name": long})
    page = answer.content.decode()
    assert answer.status_code == 422 and long in page and "<h1>A</h1>" in page


@pytest.mark.parametrize("handle", ["", "\x00", "a/b", "名", "mei'--", "x" * 300])
def test_a_handle_that_is_none_is_told_in_words(
    mei: Any, client_for: ClientFor, handle: str
) -> None:
    own = client_for(mei)
    address = own.post("/me/lists/", {"name": "A"}).url
    assert own.post(address, {"act": "add", "handle": handle}).status_code == 422


def test_lists_are_chosen_from_the_profile(mei: Any, lin: Any, client_for: ClientFor) -> None:
    own = client_for(mei)
    first = services.create_list(mei, name="A")
    answer = own.post("/@lin/lists/", {"list": [ids.encode(first.id), "zzz"], "name": "B"})
    assert answer.url == "/@lin"
    names = {row["name"] for row in selectors.lists_with_counts(mei) if row["count"] == 1}
    assert names == {"A", "B"}
    assert own.get("/@lin/lists/").content.count(b"checked") == 2


def test_another_members_list_has_no_page(mei: Any, lin: Any, client_for: ClientFor) -> None:
    theirs = services.create_list(lin, name="A")
    assert client_for(mei).get(f"/me/lists/{ids.encode(theirs.id)}/").status_code == 404


def test_an_old_handle_leads_to_the_new_page(mei: Any, client_for: ClientFor) -> None:
    from redleaf.accounts import services as accounts

    accounts.change_handle(mei, handle="mei_mei")
    answer = Client().get("/@mei/followers/")
    assert (answer.status_code, answer.url) == (302, "/@mei_mei/followers/")
