"""Following: complete, strictly by time, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from redleaf.discovery.tests.helpers import count, titles, whole, write, write_ago
from redleaf.graph import services as graph

pytestmark = pytest.mark.django_db


def test_following_is_complete_and_by_time(cast: Any, client_for: Any) -> None:
    wanted = []
    for number in range(40):
        author = cast.mei if number % 3 else cast.lin
        if author is cast.lin:
            write_ago(cast.bo, f"by a stranger {number}", days=number)
        note = write_ago(author, f"note {number}", days=number)
        count(note, like=number * 50)
        wanted.append(f"note {number}")
    graph.follow(cast.antoine, cast.lin)
    assert whole(client_for(cast.antoine), "/following/") == wanted


def test_following_shows_what_its_audience_may_see(cast: Any, client_for: Any) -> None:
    write(cast.mei, "for followers", audience="followers")
    write(cast.mei, "for mutuals", audience="mutuals")
    write(cast.mei, "for herself", audience="only_me")
    assert set(titles(client_for(cast.lin).get("/following/"))) == {"for followers", "for mutuals"}
    assert titles(client_for(cast.antoine).get("/following/")) == ["for followers"]


def test_a_muted_author_stays_out_while_muted(cast: Any, client_for: Any) -> None:
    write(cast.mei, "a note")
    graph.mute(cast.antoine, cast.mei, days=7)
    assert titles(client_for(cast.antoine).get("/following/")) == []
    graph.unmute(cast.antoine, cast.mei)
    assert titles(client_for(cast.antoine).get("/following/")) == ["a note"]


def test_a_visitor_is_told_and_offered_to_sign_in(client: Client, db: None) -> None:
    page = client.get("/following/").content.decode()
    assert "/account/login/?next=/following/" in page
    assert "newest first" in page


def test_who_follows_nobody_gets_people_of_their_language_and_interests_first(
    cast: Any, client_for: Any
) -> None:
    cast.grace.interests = ["coffee"]
    cast.grace.save(update_fields=["interests"])
    count(write(cast.mei, "小红薯的冬天", language="zh-hans"), save=900)
    count(write(cast.antoine, "latte", channel="coffee", language="en"), save=1)
    count(write(cast.wei, "sofa", channel="home", language="en"), save=50)
    count(write(cast.bo, "muted", channel="coffee", language="en"), save=99)
    page = client_for(cast.grace).get("/following/").content.decode()
    places = [page.find(f'href="/@{handle}"') for handle in ("antoine", "wei", "mei")]
    assert -1 not in places
    assert places == sorted(places)
    assert 'href="/@bo"' not in page
    assert "/@antoine/do/follow/" in page


def test_following_from_the_suggestion_works_without_script(cast: Any, client_for: Any) -> None:
    write(cast.mei, "hello")
    browser = client_for(cast.grace)
    browser.post("/@mei/do/follow/", {"next": "/following/"})
    assert titles(browser.get("/following/")) == ["hello"]
