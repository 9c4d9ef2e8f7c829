"""What narrows and orders a search: everything in the address, each with a way back."""

import html
from typing import Any

import pytest
from django.test import Client

from redleaf.discovery.tests.helpers import count, search, suggest, titles, whole, write, write_ago
from redleaf.graph import services as graph
from redleaf.notes.services import marks

pytestmark = pytest.mark.django_db


def test_most_saved_comes_first_and_pages_on(client: Client, mei: Any, take_in: Any) -> None:
    notes = [write_ago(mei, f"sourdough {number}", days=number) for number in range(30)]
    for number, note in enumerate(notes):
        count(note, save=number)
    take_in()
    found = whole(client, "/search/?q=sourdough&kind=notes&sort=saved")
    assert found == [f"sourdough {number}" for number in range(29, -1, -1)]


def test_a_place_holds_what_lies_in_it(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "sourdough uptown", place="scarborough")
    write(mei, "sourdough west", place="vancouver")
    take_in()
    assert search(client, "sourdough", place="toronto") == ["sourdough uptown"]
    assert search(client, "sourdough", place="ontario") == ["sourdough uptown"]
    assert search(client, "sourdough", place="scarborough") == ["sourdough uptown"]
    assert search(client, "sourdough", place="calgary") == []


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("day", ["sourdough 0"]),
        ("week", ["sourdough 0", "sourdough 3"]),
        ("month", ["sourdough 0", "sourdough 3", "sourdough 20"]),
        ("year", ["sourdough 0", "sourdough 3", "sourdough 20", "sourdough 200"]),
    ],
)
def test_time_reaches_back_so_far(
    client: Client, mei: Any, take_in: Any, time: str, expected: list[str]
) -> None:
    for days in (0, 3, 20, 200, 500):
        write_ago(mei, f"sourdough {days}", days=days)
    take_in()
    assert search(client, "sourdough", time=time, sort="new") == expected


def test_people_i_follow(client_for: Any, client: Client, cast: Any, take_in: Any) -> None:
    write(cast.mei, "sourdough of mei")
    write(cast.bo, "sourdough of bo")
    take_in()
    lin = client_for(cast.lin)
    assert search(lin, "sourdough", whose="followed") == ["sourdough of mei"]
    graph.unfollow(cast.lin, cast.mei)
    assert search(lin, "sourdough", whose="followed") == []
    both = {"sourdough of mei", "sourdough of bo"}
    assert set(search(client, "sourdough", whose="followed")) == both, "a visitor follows nobody"


def test_found_helpful(client: Client, mei: Any, lin: Any, take_in: Any) -> None:
    write(mei, "sourdough plain")
    note = write(mei, "sourdough good")
    marks.mark(lin, note.id, kind="helpful")
    take_in()
    assert search(client, "sourdough", helpful="1") == ["sourdough good"]
    marks.mark(lin, note.id, kind="helpful", on=False)
    take_in()
    assert search(client, "sourdough", helpful="1") == []


def test_each_filter_has_a_chip_that_takes_it_away_and_keeps_the_others(
    client: Client, mei: Any, take_in: Any
) -> None:
    write(mei, "sourdough", place="toronto", channel="food")
    take_in()
    address = "/search/?q=sourdough&time=week&place=toronto&channel=food"
    page = html.unescape(client.get(address).content.decode())
    assert 'is-on" href="/search/?q=sourdough&channel=food&time=week"' in page
    assert 'is-on" href="/search/?q=sourdough&channel=food&place=toronto"' in page
    assert 'is-on" href="/search/?q=sourdough&place=toronto&time=week"' in page


def test_no_results_name_the_one_filter_in_the_way(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "sourdough", place="toronto", channel="food")
    take_in()
    page = html.unescape(client.get("/search/?q=sourdough&time=week&with=video").content.decode())
    assert "Without “With a video”" in page
    assert "Without “Last week”" not in page, "that alone would show nothing either"


def test_no_results_lead_to_topics_and_to_writing(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "latte", "#espresso")
    take_in()
    page = html.unescape(client.get("/search/?q=espresso xylophone&kind=people").content.decode())
    assert "Topics near by" in page
    assert "/topic/espresso/" in page
    assert "/publish/?title=espresso%20xylophone" in page
    assert "/publish/?kind=words&title=Who%20knows%20about" in page


def test_the_composer_begins_with_the_title_that_was_asked_for(client_for: Any, mei: Any) -> None:
    page = client_for(mei).get("/publish/", {"title": "Where is <b>good</b> tofu?"})
    assert "Where is &lt;b&gt;good&lt;/b&gt; tofu?" in page.content.decode()


def test_what_was_typed_can_be_searched_as_it_is(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "sunscreen for winter")
    take_in()
    assert search(client, "sunscren") == ["sunscreen for winter"]
    assert search(client, "sunscren", language="en") == ["sunscreen for winter"]
    assert search(client, "sunscren", exact="1") == []
    page = client.get("/search/?q=sunscren&exact=1").content.decode()
    assert "Showing results for" not in page
    better = client.get("/search/?q=sunscren").content.decode()
    assert 'href="/search/?q=sunscreen"' in better


def test_filters_and_sorts_go_together(client: Client, mei: Any, take_in: Any) -> None:
    for number in range(3):
        count(write(mei, f"sourdough {number}", channel="food", language="fr"), save=number)
    write(mei, "sourdough elsewhere", channel="home", language="fr")
    take_in()
    found = search(client, "sourdough", sort="saved", channel="food", language="fr", time="day")
    assert found == ["sourdough 2", "sourdough 1", "sourdough 0"]


def test_nobody_whom_a_block_hides_is_suggested(client_for: Any, cast: Any, take_in: Any) -> None:
    write(cast.mei, "Montreal in spring")
    take_in()
    wei, lin = client_for(cast.wei), client_for(cast.lin)
    assert "Montreal in spring" in suggest(lin, "montr")
    assert "Montreal in spring" not in suggest(wei, "montr")
    assert "/@mei" in suggest(lin, "mei")
    assert "/@mei" not in suggest(wei, "mei")


def test_suggestions_are_found_in_both_scripts_and_by_pinyin(
    client: Client, mei: Any, take_in: Any
) -> None:
    write(mei, "冬天护肤心得", "#护肤", language="zh-hans")
    take_in()
    for typed in ("护肤", "護膚", "hufu", "huf"):
        page = suggest(client, typed)
        assert "护肤" in page, typed
    assert "冬天护肤心得" in suggest(client, "dongtianhu")


def test_suggestions_are_a_page_without_script(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "Montreal in spring", "#montrealfood")
    take_in()
    page = client.get("/search/suggest/?q=montr").content.decode()
    assert 'id="main"' in page
    assert "Montreal in spring" in page
    assert 'href="/search/?q=montr"' in page


def test_suggestions_are_grouped_and_named(client: Client, mei: Any, take_in: Any) -> None:
    write(mei, "Toronto in spring", "#toronto")
    take_in()
    page = suggest(client, "toron")
    for label in ("Topics", "Places", "Notes"):
        assert f'role="group" aria-label="{label}"' in page
    assert page.index('aria-label="Topics"') < page.index('aria-label="Notes"')


@pytest.mark.parametrize(
    "text",
    ["@", "#", "!!! ???", "　", "咖" * 10_000, "\u202e\u0301", "a\u0000b", "%", "' OR 1=1 --"],
)
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_any_text_is_answered_everywhere(
    client_for: Any, mei: Any, take_in: Any, text: str, path: str
) -> None:
    write(mei, "sourdough")
    take_in()
    browser = client_for(mei)
    browser.post("/search/own/", {"act": "on"})
    for more in ({}, {"sort": "saved"}, {"kind": "people"}, {"time": "day", "whose": "followed"}):
        answer = browser.get(path, {"q": text, **more})
        assert answer.status_code in {200, 400}, more
    assert titles(browser.get("/search/?q=sourdough")) == ["sourdough"]
