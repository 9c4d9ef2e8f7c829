"""The pages of search: kinds, filters in the address, paging, suggestions, no dead ends."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.discovery.search.finding import PAGE
from redleaf.discovery.tests.helpers import (
    next_url,
    search,
    suggest,
    titles,
    whole,
    write,
    write_ago,
)

pytestmark = pytest.mark.django_db
Take = Callable[[], None]


def test_nothing_typed_shows_topics_and_channels(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "latte", "#espresso")
    take_in()
    page = client.get("/search/").content.decode()
    assert "/topic/espresso/" in page
    assert "/?channel=coffee" in page


def test_the_query_stays_in_the_box(client: Client, db: None, take_in: Take) -> None:
    take_in()
    assert (
        'value="a &#34;b&#34; &lt;c&gt;"'
        in client.get("/search/", {"q": 'a "b" <c>'}).content.decode()
    )


def test_all_groups_what_was_found(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "toronto", "#toronto")
    take_in()
    page = client.get("/search/?q=toronto").content.decode()
    for part in ('id="topics-found"', 'id="places-found"', 'id="notes-found"'):
        assert part in page
    only = client.get("/search/?q=toronto&kind=topics").content.decode()
    assert 'id="topics-found"' in only
    assert 'id="notes-found"' not in only
    assert 'id="places-found"' not in only


def test_filters_are_in_the_address_and_can_be_dropped(
    client: Client, mei: Any, take_in: Take
) -> None:
    write(mei, "sourdough one", channel="food", language="en")
    write(mei, "sourdough deux", channel="home", language="fr")
    take_in()
    assert search(client, "sourdough", channel="food") == ["sourdough one"]
    assert search(client, "sourdough", language="fr") == ["sourdough deux"]
    assert search(client, "sourdough", **{"with": "pictures"}) == []
    page = client.get("/search/?q=sourdough&with=pictures&language=fr").content.decode()
    assert "Search without filters" in page
    assert 'href="/search/?q=sourdough"' in page
    chip = client.get("/search/?q=sourdough&language=fr&channel=home").content.decode()
    assert 'href="/search/?q=sourdough&amp;channel=home"' in chip


def test_unknown_filters_are_as_none(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "sourdough")
    take_in()
    answer = client.get("/search/?q=sourdough&kind=x&sort=y&language=tlh&channel=z&with=smell")
    assert titles(answer) == ["sourdough"]


def test_new_sorts_by_time(client: Client, mei: Any, take_in: Take) -> None:
    write_ago(mei, "sourdough", days=9, body="sourdough sourdough")
    write_ago(mei, "a day", days=1, body="sourdough")
    take_in()
    assert search(client, "sourdough") == ["sourdough", "a day"]
    assert search(client, "sourdough", sort="new") == ["a day", "sourdough"]


def test_pages_follow_each_other_without_repeating(client: Client, mei: Any, take_in: Take) -> None:
    for number in range(60):
        write_ago(mei, f"sourdough {number}", days=number)
    take_in()
    seen = whole(client, "/search/?q=sourdough&kind=notes")
    assert sorted(seen) == sorted(f"sourdough {number}" for number in range(60))
    address = next_url(client.get("/search/?q=sourdough"))
    assert address is not None
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count('class="card"') == PAGE


def test_a_mistyped_word_is_answered_with_the_nearest(
    client: Client, mei: Any, take_in: Take
) -> None:
    write(mei, "sunscreen for winter")
    take_in()
    page = client.get("/search/?q=sunscren")
    assert titles(page) == ["sunscreen for winter"]
    shown = page.content.decode()
    assert "Showing results for “<a " in shown
    assert 'href="/search/?q=sunscren&amp;exact=1"' in shown


def test_nothing_found_still_leads_on(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "latte", "#espresso")
    take_in()
    page = client.get("/search/?q=xylophone").content.decode()
    assert "Nothing found for “xylophone”" in page
    assert "/topic/espresso/" in page


def test_suggestions_are_people_topics_and_titles_by_beginning(
    client: Client, cast: Any, take_in: Take
) -> None:
    write(cast.mei, "Montreal in spring", "#montrealfood")
    write(cast.mei, "護膚日記", language="zh-hant")
    take_in()
    page = suggest(client, "montrea")
    assert "Montreal in spring" in page
    assert "/topic/montrealfood/" in page
    assert page.count('role="option"') == 4  # the place and its university too
    assert "/@antoine" in suggest(client, "anto")
    assert "護膚日記" in suggest(client, "护")


def test_suggestions_for_nothing_are_empty(client: Client, db: None) -> None:
    assert "option" not in suggest(client, "")


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.one_of(
        st.text(max_size=200),
        st.text(alphabet="\"\\():^~*+-&|!{}[]/?<>'#@_ \u202e\u0301\ufeff咖啡", max_size=80),
    ),
    kind=st.sampled_from(["all", "notes", "people", "topics", "places"]),
)
def test_any_text_gets_an_answer(
    client: Client, mei: Any, take_in: Take, text: str, kind: str
) -> None:
    from redleaf.discovery.search import engine

    if engine.current() is None:
        write(mei, "sourdough", "#bread")
        take_in()
    encoded = quote(text.encode("utf-8", "surrogatepass"))
    answer = client.get(f"/search/?q={encoded}&kind={kind}")
    assert answer.status_code in {200, 400}
    assert client.get(f"/search/suggest/?q={encoded}").status_code in {200, 400}


@pytest.mark.parametrize(
    "query",
    [
        *("%00", "%ff%fe", "%ed%a0%80", "a" * 5000, "e" + "%CC%81" * 3000, "%F0%9F%8D%81" * 60),
        *(
            "AND",
            "title:x",
            '"',
            "(",
            "%E5%92%96" * 400,
            "a b c d e f g h i j k l m n o p q r s t u v w",
        ),
    ],
)
def test_hostile_queries_get_an_answer_or_a_clear_refusal(
    client: Client, mei: Any, take_in: Take, query: str
) -> None:
    write(mei, "sourdough")
    take_in()
    answer = client.get(f"/search/?q={query}")
    assert answer.status_code in {200, 400}
    assert 'id="main"' in answer.content.decode()


@pytest.mark.parametrize("after", ["x", "W10", "WzAsOTk5OTk5OTksIiJd", "Wy0xLDAsIiJd", "WzAsMCwx"])
def test_a_broken_cursor_gets_a_message(
    client: Client, mei: Any, take_in: Take, after: str
) -> None:
    write(mei, "sourdough")
    take_in()
    answer = client.get("/search/", {"q": "sourdough", "after": after})
    assert answer.status_code == 422


def test_search_costs_few_queries(
    client: Client, mei: Any, take_in: Take, django_assert_max_num_queries: Any
) -> None:
    write(mei, "mei in toronto", "#toronto")
    take_in()
    client.get("/search/?q=mei toronto")
    with django_assert_max_num_queries(4):
        client.get("/search/?q=mei toronto")
