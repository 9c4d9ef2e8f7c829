"""Explore: one formula, the same for everybody but for blocks and mutes."""

import math
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.core import database
from redleaf.discovery.tests.helpers import count, next_url, titles, whole, write, write_ago
from redleaf.graph import services as graph
from redleaf.notes.selectors import lists
from redleaf.notes.services import publish

pytestmark = pytest.mark.django_db


def test_explore_orders_by_the_published_formula(client: Client, mei: Any) -> None:
    fresh = write_ago(mei, "fresh", days=0)
    old = write_ago(mei, "old and helpful", days=1)
    older = write_ago(mei, "older and ignored", days=2)
    count(old, helpful=1)  # 56,000 × ln 5 is a little more than a day
    assert 56_000 * math.log(5) > 86_400
    assert titles(client.get("/")) == [old.title, fresh.title, older.title]


def test_new_is_by_time_alone(client: Client, mei: Any) -> None:
    write_ago(mei, "first", days=2)
    loved = write_ago(mei, "second", days=1)
    write(mei, "third")
    count(loved, like=1000)
    assert titles(client.get("/?sort=new")) == ["third", "second", "first"]
    assert titles(client.get("/"))[0] == "second"


def test_two_members_of_different_tastes_see_the_same_list(
    cast: Any, client_for: Any, client: Client
) -> None:
    for number in range(5):
        note = write(cast.mei, f"note {number}")
        count(note, save=number)
    for note in lists.listed_notes(None).items[:2]:
        database.execute(
            "INSERT INTO notes_mark (account_id, note_id, kind, created_at)"
            " VALUES (%s, %s, 'like', now())",
            (cast.antoine.id, note.note_id),
        )
    shown = titles(client_for(cast.antoine).get("/?lang=en"))
    assert shown == titles(client_for(cast.lin).get("/?lang=en")) == titles(client.get("/?lang=en"))
    assert len(shown) == 5


def test_blocked_and_muted_authors_are_absent_for_that_reader_only(
    cast: Any, client_for: Any, client: Client
) -> None:
    write(cast.mei, "by mei")
    write(cast.bo, "by bo")
    write(cast.wei, "by wei")
    assert "by wei" not in titles(client_for(cast.mei).get("/"))
    assert "by mei" not in titles(client_for(cast.wei).get("/"))
    assert "by bo" not in titles(client_for(cast.grace).get("/"))
    assert set(titles(client.get("/"))) == {"by mei", "by bo", "by wei"}


@pytest.mark.parametrize("audience", ["followers", "mutuals", "only_me"])
def test_a_restricted_note_is_in_nobodys_explore(
    audience: str, cast: Any, client_for: Any, client: Client
) -> None:
    write(cast.mei, "kept", audience=audience)
    for reader in (client, *(client_for(person) for person in vars(cast).values())):
        assert titles(reader.get("/")) == []


def test_a_withdrawn_note_leaves_explore_at_once(client: Client, mei: Any) -> None:
    note = write(mei, "gone")
    publish.withdraw_note(mei, note)
    assert titles(client.get("/")) == []


def test_a_channel_shows_its_notes_only(client: Client, mei: Any) -> None:
    write(mei, "latte", channel="coffee")
    write(mei, "sofa", channel="home")
    write(mei, "neither")
    assert titles(client.get("/?channel=coffee")) == ["latte"]
    assert titles(client.get("/?channel=coffee&sort=new")) == ["latte"]
    page = client.get("/?channel=coffee").content.decode()
    assert re.search(r'href="/\?channel=coffee"\s+aria-current', page)


def test_an_unknown_channel_is_not_found(client: Client, db: None) -> None:
    assert client.get("/?channel=no-such").status_code == 404


def test_an_empty_channel_invites_to_write(client: Client, db: None) -> None:
    page = client.get("/?channel=coffee")
    assert "No notes here yet" in page.content.decode()
    assert "/publish/?channel=coffee" in page.content.decode()


def test_htmx_asks_for_more_and_gets_only_cards(client: Client, mei: Any) -> None:
    for number in range(30):
        write_ago(mei, f"note {number}", days=number)
    address = next_url(client.get("/"))
    assert address is not None
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count('<article class="card"') == 6
    full = client.get(address).content.decode()
    assert "<html" in full


def test_a_broken_cursor_gets_a_message(client: Client, db: None) -> None:
    page = client.get("/?after=nonsense")
    assert page.status_code == 422
    assert "next page is broken" in page.content.decode()


@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rises=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 400)), max_size=6))
def test_paging_shows_nothing_twice_and_misses_nothing_that_stays(
    mei: Any, rises: list[tuple[int, int]]
) -> None:
    if lists.listed_notes(None).next_cursor is None:
        for number in range(60):
            write_ago(mei, f"{number}", days=number / 4)
    database.execute("UPDATE notes_note_tally SET like_count = 0")
    order = [
        row[0]
        for row in database.values(
            "SELECT note_id FROM notes_note_tally WHERE listed ORDER BY rank DESC, note_id DESC"
        )
    ]
    first = lists.listed_notes(None)
    assert [row.note_id for row in first.items] == order[:24]
    for place, likes in rises:  # notes rise while the reader reads
        database.execute(
            "UPDATE notes_note_tally SET like_count = %s WHERE note_id = %s", (likes, order[place])
        )
    seen = [row.note_id for row in first.items]
    cursor = first.next_cursor
    while cursor:
        page = lists.listed_notes(None, after=cursor)
        seen.extend(row.note_id for row in page.items)
        cursor = page.next_cursor
    assert len(seen) == len(set(seen))
    moved = {order[place] for place, _likes in rises}
    assert [item for item in order if item not in moved] == [
        item for item in seen if item not in moved
    ]


def test_pages_by_link_are_the_whole_list(client: Client, mei: Any) -> None:
    for number in range(55):
        write_ago(mei, f"note {number}", days=number)
    assert whole(client, "/?sort=new") == [f"note {number}" for number in range(55)]


def test_a_visitor_is_welcomed_until_they_put_it_away(client: Client, db: None) -> None:
    assert 'class="welcome"' in client.get("/").content.decode()
    answer = client.post("/explore/welcomed/")
    assert answer.status_code == 302
    assert 'class="welcome"' not in client.get("/").content.decode()


def test_a_member_sees_no_welcome(client_for: Any, mei: Any) -> None:
    assert 'class="welcome"' not in client_for(mei).get("/").content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "zh-hant"])
def test_the_page_about_ranking_has_the_numbers_in_use(
    client: Client, db: None, language: str
) -> None:
    page = client.get("/ranking/", {"lang": language})
    text = page.content.decode()
    assert page.status_code == 200
    assert "<td>-1.543</td>" in text
    assert "ln(1 +" in text


def test_explore_costs_few_queries(
    client: Client, client_for: Any, mei: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        write(mei, f"note {number}")
    client.get("/")
    with django_assert_max_num_queries(3):
        client.get("/")
    member = client_for(mei)
    member.get("/")
    with django_assert_max_num_queries(7):
        member.get("/")


def test_a_follow_changes_nothing_in_explore(cast: Any, client_for: Any) -> None:
    for number in range(3):
        write(cast.antoine, f"a {number}")
        write(cast.bo, f"b {number}")
    reader = client_for(cast.lin)
    before = titles(reader.get("/"))
    graph.follow(cast.lin, cast.bo)
    assert titles(reader.get("/")) == before
