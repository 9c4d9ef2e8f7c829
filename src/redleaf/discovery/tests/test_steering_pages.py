"""Adjusting Explore over HTTP, without JavaScript and with htmx."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from redleaf.core import ids
from redleaf.discovery import steering
from redleaf.discovery.recommend import mixing
from redleaf.discovery.tests.helpers import titles, write
from redleaf.notes.models import Topic

pytestmark = pytest.mark.django_db
STEER = "/explore/steer/"
MIDDLE = dict.fromkeys(mixing.SLIDERS, 0)


@pytest.fixture
def browser(grace: Any, client_for: Callable[[Any], Client]) -> Client:
    return client_for(grace)


def test_a_visitor_is_asked_to_sign_in() -> None:
    for answer in (Client().get(STEER), Client().post("/explore/more-new-voices/")):
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_the_page_has_six_sliders_with_words_and_what_the_list_begins_with(
    browser: Client, mei: Any
) -> None:
    write(mei, "Red leaves")
    answer = browser.get(STEER)
    text = answer.content.decode()
    assert text.count('type="range"') == 6
    for words in ("What is new", "People I follow", "New authors", "My language"):
        assert words in text
    assert titles(answer) == ["Red leaves"]


def test_keeping_sets_the_sliders_and_the_city(browser: Client, grace: Any) -> None:
    answer = browser.post(
        STEER, {"act": "keep", "fresh": "2", "local": "1", "nearby": "toronto"}, follow=True
    )
    assert "Your Explore is set." in answer.content.decode()
    wish = steering.steering_of(grace)
    assert wish.sliders == {"fresh": 2, "local": 1}
    assert wish.nearby == "toronto"


def test_trying_keeps_nothing_but_shows_the_sliders(browser: Client, grace: Any) -> None:
    answer = browser.post(STEER, {"act": "try", "depth": "2"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert mixing.encode({"depth": 2}) in text
    assert steering.sliders_of(grace) == MIDDLE


def test_back_to_the_middle(browser: Client, grace: Any) -> None:
    steering.set_sliders(grace, {"fresh": 2})
    browser.post(STEER, {"act": "reset", "fresh": "2"})
    assert steering.sliders_of(grace) == MIDDLE


@pytest.mark.parametrize("value", ["", "9", "-3", "x", "1.5", "\x00", "１", "9" * 5000])
def test_a_slider_that_is_no_number_stands_in_the_middle(
    browser: Client, grace: Any, value: str
) -> None:
    answer = browser.post(STEER, {"act": "keep", "fresh": value, "depth": "1"})
    assert answer.status_code == 302
    assert steering.steering_of(grace).sliders == {"depth": 1}


def test_an_act_or_city_that_there_is_not_changes_nothing(browser: Client, grace: Any) -> None:
    for data in ({"act": "explode"}, {"act": "keep", "nearby": "atlantis"}):
        assert browser.post(STEER, data).status_code == 404
    assert steering.steering_of(grace).nearby == ""


def test_a_preset_is_taken(browser: Client, grace: Any) -> None:
    code = mixing.encode({"fresh": -2, "languages": 2})
    browser.post(STEER, {"act": "preset", "code": f"  {code.lower()} "})
    assert steering.steering_of(grace).sliders == {"fresh": -2, "languages": 2}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "This is no preset."),
        ("hello", "This is no preset."),
        ("RL9-CCCCCC-F", "another version"),
        ("RL1-CC-F", "missing"),
        ("RL1-ECCCCC-C", "typing mistake"),
        ("\x00" + "红" * 300, "This is no preset."),
    ],
)
def test_a_bad_preset_is_told_and_what_was_typed_stays(
    browser: Client, grace: Any, code: str, words: str
) -> None:
    steering.set_sliders(grace, {"fresh": 1})
    answer = browser.post(STEER, {"act": "preset", "code": code})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert f'value="{code}"' in text or not code.isascii()
    assert steering.steering_of(grace).sliders == {"fresh": 1}


def test_the_preview_is_a_fragment_and_keeps_nothing(browser: Client, grace: Any, mei: Any) -> None:
    write(mei, "Red leaves")
    answer = browser.post(f"{STEER}preview/", {"fresh": "2"}, headers={"HX-Request": "true"})
    assert titles(answer) == ["Red leaves"]
    assert "<html" not in answer.content.decode()
    assert mixing.encode({"fresh": 2}) in answer.content.decode()
    assert steering.sliders_of(grace) == MIDDLE


def test_what_one_is_not_interested_in_leaves_explore_at_once_and_comes_back(
    browser: Client, mei: Any
) -> None:
    note = write(mei, "Red leaves")
    write(mei, "Green tea")
    assert set(titles(browser.get("/"))) == {"Red leaves", "Green tea"}
    answer = browser.post(f"/explore/not-interested/{note.ref}/", follow=True)
    text = answer.content.decode()
    assert "You will not be shown this note again." in text
    assert f'action="/explore/not-interested/{note.ref}/undo/"' in text
    assert titles(browser.get("/")) == ["Green tea"]
    assert titles(browser.get("/?sort=new")) == ["Green tea"]
    assert "Red leaves" in browser.get(STEER).content.decode()
    browser.post(f"/explore/not-interested/{note.ref}/undo/")
    assert set(titles(browser.get("/"))) == {"Red leaves", "Green tea"}


def test_less_is_said_listed_and_taken_back(browser: Client, grace: Any, mei: Any) -> None:
    write(mei, "Beans", body="On #coffee")
    topic = Topic.objects.get(key="coffee")
    for kind, ref in (("topic", topic.ref), ("author", ids.encode(mei.id))):
        address = f"/explore/less/{kind}/{ref}/"
        answer = browser.post(address, {"next": STEER}, follow=True)
        assert answer.redirect_chain[0][0] == STEER
        assert f'action="{address}undo/"' in answer.content.decode()
    browser.post(f"/explore/less/topic/{topic.ref}/undo/")
    wish = steering.steering_of(grace)
    assert (wish.less_topics, wish.less_authors) == (frozenset(), {mei.id})


def test_htmx_gets_the_words_with_the_way_back(browser: Client, mei: Any) -> None:
    note = write(mei, "Red leaves")
    answer = browser.post(f"/explore/not-interested/{note.ref}/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert f'hx-post="/explore/not-interested/{note.ref}/undo/"' in text


def test_more_from_small_accounts_moves_the_slider_and_back(browser: Client, grace: Any) -> None:
    browser.post("/explore/more-new-voices/")
    assert steering.steering_of(grace).sliders == {"new_voices": 1}
    browser.post("/explore/fewer-new-voices/")
    assert steering.steering_of(grace).sliders == {}


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "-1", "a\x00b", "x"])
def test_one_is_led_nowhere_else(browser: Client, wanted: str) -> None:
    answer = browser.post("/explore/more-new-voices/", {"next": wanted})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


@pytest.mark.parametrize("kind", ["place", "note", "x" * 300])
def test_less_of_something_else_is_not_found(browser: Client, mei: Any, kind: str) -> None:
    for end in ("", "undo/"):
        answer = browser.post(f"/explore/less/{kind}/{ids.encode(mei.id)}/{end}")
        assert answer.status_code == 404
