"""Nearby: off until chosen, by the names of places, and of a position nothing stays."""

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from redleaf.core import database, logs
from redleaf.discovery import nearby
from redleaf.discovery.models import Steering
from redleaf.discovery.tests.helpers import count, next_url, titles, write, write_ago
from redleaf.editions.models import Place
from redleaf.graph import services as graph

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]
LANGUAGES = ("en", "fr", "zh-hans", "zh-hant")
CELL = "43.87,-79.26"  # north-east of Markham


def away(page: Any) -> list[str]:
    """Return where the notes of a page are, in words."""
    return re.findall(r'<p class="away">([^<]*)</p>', page.content.decode())


@pytest.fixture
def notes(mei: Any) -> None:
    write_ago(mei, "Cherry trees", days=3, place="high-park")
    write_ago(mei, "Bubble tea", days=2, place="markham")
    write_ago(mei, "Old port", days=1, place="montreal")
    write(mei, "Without a place")


def choose(browser: Client, slug: str) -> None:
    answer = browser.post("/nearby/", {"place": slug})
    assert (answer.status_code, answer.url) == (302, "/nearby/")


# --- Off and on --------------------------------------------------------------------------------
@pytest.mark.usefixtures("notes")
def test_it_is_off_until_somebody_chooses(client: Client, client_for: ClientFor, lin: Any) -> None:
    for browser in (client, client_for(lin)):  # who lives in Vancouver, which counts for nothing
        page = browser.get("/nearby/?lang=en")
        assert page.status_code == 200 and titles(page) == []
        assert "It is off until you choose one." in page.content.decode()
        assert "redleaf_nearby" not in browser.cookies
    assert not Steering.objects.exists()


@pytest.mark.usefixtures("notes")
def test_members_choice_is_kept_with_them_and_gone_in_one_act(
    client_for: ClientFor, lin: Any
) -> None:
    browser = client_for(lin)
    choose(browser, "toronto")
    assert Steering.objects.get(account=lin).nearby == "toronto"
    assert "redleaf_nearby" not in browser.cookies
    assert titles(client_for(lin).get("/nearby/")) == ["Bubble tea", "Cherry trees"]
    browser.post("/nearby/", {"act": "off"})
    assert Steering.objects.get(account=lin).nearby == ""
    assert titles(browser.get("/nearby/")) == []


@pytest.mark.usefixtures("notes")
def test_a_visitors_choice_is_kept_in_their_browser_alone(client: Client) -> None:
    choose(client, "montreal")
    assert not Steering.objects.exists()
    cookie = client.cookies["redleaf_nearby"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("montreal", True, "Lax")
    assert titles(client.get("/nearby/")) == ["Old port"]
    client.post("/nearby/", {"act": "off"})
    assert client.cookies["redleaf_nearby"].value == ""
    assert titles(client.get("/nearby/")) == []


@pytest.mark.parametrize("slug", ["", "atlantis", "ontario", "high-park", "a\x00b", "多伦多" * 90])
def test_only_what_is_offered_can_be_chosen(client_for: ClientFor, lin: Any, slug: str) -> None:
    answer = client_for(lin).post("/nearby/", {"place": slug})
    assert answer.status_code in {400, 422}
    assert not Steering.objects.exists()


@pytest.mark.parametrize("cookie", ["atlantis", "<script>", "a b", "x" * 3000])
def test_a_cookie_written_by_hand_is_a_choice_of_nothing(client: Client, cookie: str) -> None:
    client.cookies["redleaf_nearby"] = cookie
    page = client.get("/nearby/")
    assert page.status_code == 200 and "<script>" not in page.content.decode().split("<body")[0]
    assert "It is off until you choose one." in page.content.decode()


def test_an_act_that_is_not_known_is_refused(client: Client) -> None:
    assert client.post("/nearby/", {"act": "dance"}).status_code == 422


# --- The list ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("notes")
def test_each_note_says_where_it_is(client: Client) -> None:
    choose(client, "toronto")
    assert away(client.get("/nearby/")) == ["Markham, about 23 km", "in High Park"]


def test_it_goes_by_rank_or_by_time(client: Client, mei: Any) -> None:
    best = write_ago(mei, "Best", days=2, place="toronto")
    write_ago(mei, "Newest", days=1, place="toronto")
    count(best, save=90)
    choose(client, "toronto")
    assert titles(client.get("/nearby/")) == ["Best", "Newest"]
    assert titles(client.get("/nearby/?sort=new")) == ["Newest", "Best"]


def test_blocks_and_mutes_hold_and_so_do_audiences(
    client_for: ClientFor, mei: Any, lin: Any, grace: Any, antoine: Any
) -> None:
    for author, title in ((mei, "Blocked"), (grace, "Muted"), (antoine, "Shown")):
        write(author, title, place="toronto")
    write(antoine, "For followers", place="toronto", audience="followers")
    graph.block(mei, lin)
    graph.mute(lin, grace)
    browser = client_for(lin)
    choose(browser, "toronto")
    assert titles(browser.get("/nearby/")) == ["Shown"]
    assert titles(browser.post("/nearby/", {"cell": "43.65,-79.38"})) == ["Shown"]


def test_further_pages_go_on_in_the_same_order(client: Client, mei: Any) -> None:
    for place in range(30):
        write_ago(mei, f"Note {place:02}", days=place / 10, place="toronto")
    choose(client, "toronto")
    first = client.get("/nearby/?sort=new")
    address = next_url(first)
    assert address is not None and "sort=new" in address
    second = client.get(address, headers={"HX-Request": "true"})
    assert titles(first) + titles(second) == [f"Note {place:02}" for place in range(30)]
    assert "<html" not in second.content.decode()
    assert client.get("/nearby/?after=broken").status_code == 422


def test_where_nothing_is_written_yet_the_page_says_what_to_do(client: Client) -> None:
    choose(client, "halifax")
    page = client.get("/nearby/").content.decode()
    assert "No notes from around here yet" in page and "/publish/?place=halifax" in page


def test_a_page_costs_no_more_queries_for_more_notes(client: Client, mei: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    choose(client, "toronto")
    write(mei, "One", place="toronto")
    costs = []
    for _ in range(2):
        client.get("/nearby/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/nearby/")
        costs.append(len(queries))
        for place in range(5):
            write(mei, f"More {place}", place="markham")
    assert costs[0] == costs[1]


# --- A position --------------------------------------------------------------------------------
@pytest.mark.usefixtures("notes")
def test_a_cell_is_looked_around_once(client: Client) -> None:
    page = client.post("/nearby/", {"cell": CELL})
    assert titles(page) == ["Bubble tea", "Cherry trees"]
    assert away(page) == ["Markham, about 6 km", "High Park, about 30 km"]
    assert "<html" in page.content.decode()
    part = client.post("/nearby/", {"cell": CELL}, headers={"HX-Request": "true"})
    assert titles(part) == titles(page) and "<html" not in part.content.decode()
    assert "no-store" in part["Cache-Control"]


def test_far_from_everything_the_page_says_so(client: Client) -> None:
    page = client.post("/nearby/", {"cell": "-54.80,-68.30"}).content.decode()
    assert "Nothing within 30 km" in page


@pytest.mark.parametrize(
    "cell",
    [
        *("", "x", "43.65", "43.65,", "91,0", "0,181", "nan,nan", "1e3,0", "43.65,-79.38,1"),
        *("４３,７９", "\x00", "43.65,-79.38\n", "1" * 5000),
    ],
)
def test_what_is_no_cell_is_refused_without_being_repeated(client: Client, cell: str) -> None:
    answer = client.post("/nearby/", {"cell": cell})
    assert answer.status_code in {400, 422}
    assert len(cell) < 5 or cell not in answer.content.decode()


def test_more_exact_numbers_are_rounded_before_they_are_used(monkeypatch: Any) -> None:
    asked: list[tuple[float, float]] = []
    monkeypatch.setattr(
        "redleaf.editions.selectors.nearest",
        lambda latitude, longitude, **_: asked.append((latitude, longitude)) or [],
    )
    nearby.around_cell("43.651234,-79.378765")
    assert asked == [(43.65, -79.38)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What all logs of the product say, every request among it."""
    import structlog

    from redleaf.ops import middleware

    out = io.StringIO()
    monkeypatch.setenv("REDLEAF_LOG_REQUESTS", "1")
    before = structlog.get_config()
    logs.configure("json", out)
    monkeypatch.setattr(middleware, "log", structlog.get_logger("redleaf.request"))
    yield out
    structlog.configure(**before)


@pytest.mark.usefixtures("notes")
def test_no_log_no_table_no_cookie_and_no_address_has_the_cell(
    client_for: ClientFor, lin: Any, written: io.StringIO
) -> None:
    browser = client_for(lin)
    page = browser.post("/nearby/", {"cell": CELL})
    browser.post("/nearby/", {"cell": CELL + "99,broken"})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {"discovery:nearby"} == {line["route"] for line in lines if line["event"] == "request"}
    kept = "\n".join(
        str(row[0])
        for table in connection.introspection.table_names()
        for row in database.values(f'SELECT t::text FROM "{table}" t')
    )
    for part in (CELL, CELL.partition(",")[2]):
        for place in (written.getvalue(), str(browser.cookies), page.content.decode(), kept):
            assert part not in place
    assert not Steering.objects.exists()


# --- Words -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_answers_in_every_language(client: Client, language: str) -> None:
    assert client.get(f"/nearby/?lang={language}").status_code == 200
    assert client.post(f"/nearby/?lang={language}", {"cell": CELL}).status_code == 200
    choose(client, "toronto")
    assert len(away(client.get(f"/nearby/?lang={language}"))) == 2


def test_a_place_that_the_operator_takes_away_turns_it_off(client_for: ClientFor, lin: Any) -> None:
    Steering.objects.create(account=lin, nearby="gone")
    assert "It is off until" in client_for(lin).get("/nearby/?lang=en").content.decode()


def test_every_city_and_campus_is_offered_under_its_province(client: Client) -> None:
    page = client.get("/nearby/").content.decode()
    assert '<optgroup label="Quebec">' in page
    for place in Place.objects.filter(kind__in=["city", "campus"]):
        assert f'value="{place.slug}"' in page
