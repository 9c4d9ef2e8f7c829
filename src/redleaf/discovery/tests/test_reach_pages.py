"""What an author sees of a promise, and what everybody sees of all of them."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redleaf.core import clock, ids
from redleaf.discovery import reach
from redleaf.discovery.models import PromiseWeek, Reach
from redleaf.discovery.reach import weeks
from redleaf.discovery.tests.helpers import write
from redleaf.discovery.tests.test_reach import busy, expose
from redleaf.discovery.tests.test_reach_weeks import authors
from redleaf.notes.models import Note

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]
LANGUAGES = ("en", "fr", "zh-hans", "zh-hant")


@pytest.fixture
def note(mei: Any, lin: Any, deliver_events: Callable[[], int]) -> Note:
    """A note of mei's that is owed 60 views and got 12."""
    busy(lin, 500)
    made = write(mei, "My first", channel="coffee")
    deliver_events()
    expose(made.id, 12)
    return made


def page_of(client: Client, note: Note) -> str:
    answer = client.get(f"/note/{ids.encode(note.id)}/?lang=en")
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- The author's own --------------------------------------------------------------------------
def test_authors_see_promised_against_given_under_their_note(
    client_for: ClientFor, mei: Any, note: Note
) -> None:
    page = page_of(client_for(mei), note)
    assert "12 of 60 promised views" in page
    assert "Seen by 12 people so far." in page and 'href="/me/reach/"' in page


def test_nobody_else_sees_it_and_for_nobody_else_is_it_looked_up(
    client: Client, client_for: ClientFor, lin: Any, note: Note
) -> None:
    for reader in (client, client_for(lin)):
        with CaptureQueriesContext(connection) as queries:
            assert "promised views" not in page_of(reader, note)
        assert not [query for query in queries if "discovery_reach" in query["sql"]]


def test_where_nothing_was_promised_the_page_says_so(
    client_for: ClientFor, mei: Any, deliver_events: Callable[[], int]
) -> None:
    note = write(mei, "Alone here")
    deliver_events()
    browser = client_for(mei)
    for page in (page_of(browser, note), browser.get("/me/reach/?lang=en").content.decode()):
        assert "There was too little traffic to promise views" in page
        assert "promised views</span>" not in page


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("paid", "It was seen as often as promised, in time."),
        ("quiet", "Fewer people were reading than when the promise was made."),
        ("crowded", "More new notes came than were expected"),
        ("closed", "The note was not open to everybody all the time."),
        ("missed", "Our ranking did not keep its word."),
    ],
)
def test_each_cause_is_said_in_plain_words(
    client_for: ClientFor, mei: Any, note: Note, cause: str, words: str
) -> None:
    Reach.objects.update(cause=cause, settled_at=clock.now())
    assert words in client_for(mei).get("/me/reach/?lang=en").content.decode()


def test_the_own_page_lists_sixty_days_and_only_ones_own(
    client_for: ClientFor, mei: Any, lin: Any, note: Note
) -> None:
    assert "My first" not in client_for(lin).get("/me/reach/?lang=en").content.decode()
    assert "My first" in client_for(mei).get("/me/reach/?lang=en").content.decode()
    Reach.objects.update(promised_at=clock.now() - timedelta(days=61))
    page = client_for(mei).get("/me/reach/?lang=en").content.decode()
    assert "My first" not in page and "No promises in the last 60 days" in page


def test_the_own_page_asks_visitors_to_sign_in_and_is_linked_from_the_own_profile_only(
    client: Client, client_for: ClientFor, mei: Any, lin: Any
) -> None:
    assert client.get("/me/reach/").url == "/account/login/?next=/me/reach/"
    assert 'href="/me/reach/"' in client_for(mei).get("/@mei").content.decode()
    for reader in (client, client_for(lin)):
        assert 'href="/me/reach/"' not in reader.get("/@mei").content.decode()


# --- For everybody -----------------------------------------------------------------------------
@pytest.fixture
def counted() -> None:
    """A week of six small authors and five large ones, nine of whose promises were kept."""
    for account in [*authors(6, 0, "small"), *authors(5, 2000, "large")]:
        expose(write(account, "x").id, 10)
    weeks.fill()
    PromiseWeek.objects.create(
        week=weeks.monday_of(clock.now()), promised=10, kept=9, authors=8, median_seconds=5 * 3600
    )


def test_the_chart_shows_shares_and_promises(client: Client, counted: None) -> None:
    page = client.get("/ranking/reach/").content.decode()
    for words in ("54.5 %", "45.5 %", "0.0 %", "90.0 %", "5 hours", "so far"):
        assert words in page, words


def test_the_chart_of_few_says_that_they_are_too_few(client: Client) -> None:
    page = client.get("/ranking/reach/").content.decode()
    assert "Nothing to show yet" in page
    for account in authors(4, 0, "small"):
        expose(write(account, "x").id, 10)
    weeks.fill()
    assert "Nothing to show yet" in client.get("/ranking/reach/").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/ranking/reach.csv").content.decode())))
    assert {row["share_of_views"] + row["authors"] for row in rows} == {""}


def test_the_download_says_the_same(client: Client, counted: None) -> None:
    answer = client.get("/ranking/reach.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    now = [row for row in rows if row["is_running"] == "1"]
    assert [
        (row["followers_from"], row["followers_to"], row["share_of_views"], row["authors"])
        for row in now
    ] == [
        ("0", "9", "0.5455", "6"),
        ("10", "99", "0.0", "0"),
        ("100", "999", "0.0", "0"),
        ("1000", "", "0.4545", "5"),
    ]
    assert {(row["promises"], row["promises_kept"], row["median_hours"]) for row in now} == {
        ("10", "0.9", "5.0")
    }
    assert len({row["week_from"] for row in rows}) == 12


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_answer_in_every_language(
    client_for: ClientFor, mei: Any, note: Note, language: str
) -> None:
    assert Client().get(f"/ranking/reach/?lang={language}").status_code == 200
    assert client_for(mei).get(f"/me/reach/?lang={language}").status_code == 200
    assert client_for(mei).get(f"/note/{ids.encode(note.id)}/?lang={language}").status_code == 200


def test_an_overpaid_promise_shows_no_more_than_the_whole(
    client_for: ClientFor, mei: Any, note: Note
) -> None:
    expose(note.id, 88)
    reach.settle_due()
    page = client_for(mei).get("/me/reach/?lang=en").content.decode()
    assert "100 of 60 promised views" in page and 'max="60" value="60"' in page
