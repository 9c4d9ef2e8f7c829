"""What a search finds: scripts, languages, names, and nothing that is not for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from redleaf.accounts import services as accounts
from redleaf.core import clock
from redleaf.discovery.tests.helpers import search, write, write_ago
from redleaf.graph import services as graph
from redleaf.notes.models import Topic, TopicAlias
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content

pytestmark = pytest.mark.django_db
Take = Callable[[], None]


def test_a_longer_word_finds_the_shorter(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "周末的咖啡", language="zh-hans")
    write(mei, "火锅底料", language="zh-hans")
    take_in()
    assert search(client, "咖啡店") == ["周末的咖啡"]


def test_traditional_finds_simplified_and_the_reverse(
    client: Client, mei: Any, take_in: Take
) -> None:
    write(mei, "冬天护肤心得", language="zh-hans")
    write(mei, "溫哥華的護膚店", language="zh-hant")
    take_in()
    assert (
        set(search(client, "護膚"))
        == set(search(client, "护肤"))
        == {
            "冬天护肤心得",
            "溫哥華的護膚店",
        }
    )


def test_english_words_are_found_in_any_form(client: Client, grace: Any, take_in: Take) -> None:
    write(grace, "Hiking boots", language="en")
    take_in()
    assert search(client, "hike boot") == ["Hiking boots"]


def test_french_words_are_found_in_any_form(client: Client, antoine: Any, take_in: Take) -> None:
    write(antoine, "Des crèmes hydratantes", language="fr")
    take_in()
    assert search(client, "crème hydratante") == ["Des crèmes hydratantes"]


def test_accents_and_case_make_no_difference(client: Client, antoine: Any, take_in: Take) -> None:
    write(antoine, "Café à Montréal", language="fr")
    take_in()
    assert search(client, "CAFE montreal") == ["Café à Montréal"]


def test_a_query_may_mix_scripts(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "SPF50防晒霜测评", language="zh-hans")
    write(mei, "SPF50 for skiing", language="en")
    take_in()
    assert search(client, "spf50 防曬")[0] == "SPF50防晒霜测评"


def test_words_beside_each_other_come_before_scattered_ones(
    client: Client, grace: Any, take_in: Take
) -> None:
    write(grace, "Notes A", "A winter so cold that my new coat was not enough for it.")
    write(grace, "Notes B", "My winter coat, and how it was so new and not cold enough.")
    take_in()
    assert search(client, "winter coat") == ["Notes B", "Notes A"]


def test_a_title_counts_more_than_a_body(client: Client, grace: Any, take_in: Take) -> None:
    write(grace, "A long day", "in which I also had a latte")
    write(grace, "Latte", "and nothing else today or tomorrow")
    take_in()
    assert search(client, "latte") == ["Latte", "A long day"]


def test_all_words_come_before_some_words(client: Client, grace: Any, take_in: Take) -> None:
    write(grace, "Sofa sofa sofa", "sofa")
    write(grace, "A day", "We bought a sofa from a bookshop.")
    take_in()
    assert search(client, "sofa bookshop") == ["A day", "Sofa sofa sofa"]


def test_of_equals_the_newer_comes_first(client: Client, grace: Any, take_in: Take) -> None:
    middle = write_ago(grace, "Skating rink", days=500)
    newest = write_ago(grace, "Skating rink", days=1)
    oldest = write_ago(grace, "Skating rink", days=900)
    take_in()
    page = client.get("/search/?q=skating+rink").content.decode()
    places = [page.index(f'data-note="{note.ref}"') for note in (newest, middle, oldest)]
    assert places == sorted(places)


def test_people_are_found_by_handle_or_name(client: Client, cast: Any, take_in: Take) -> None:
    take_in()
    for text in ("mei", "@mei", "美美", "me"):
        page = client.get("/search/", {"q": text, "kind": "people"}).content.decode()
        assert 'href="/@mei"' in page, text
        assert 'href="/@antoine"' not in page


def test_whom_a_block_hides_is_not_found(cast: Any, client_for: Any, take_in: Take) -> None:
    write(cast.mei, "sourdough")
    take_in()
    wei = client_for(cast.wei)
    assert 'href="/@mei"' not in wei.get("/search/?q=mei&kind=people").content.decode()
    assert search(wei, "sourdough") == []
    assert search(client_for(cast.lin), "sourdough") == ["sourdough"]


def test_a_muted_authors_notes_stay_out_of_the_search(
    cast: Any, client_for: Any, take_in: Take
) -> None:
    write(cast.bo, "sourdough")
    take_in()
    assert search(client_for(cast.grace), "sourdough") == []
    graph.unmute(cast.grace, cast.bo)
    assert search(client_for(cast.grace), "sourdough") == ["sourdough"]


def test_a_topic_is_found_by_its_other_spelling(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "拿铁", "今天的 #咖啡", language="zh-hans")
    TopicAlias.objects.create(key="coffee", topic=Topic.objects.get(key="咖啡"))
    take_in()
    page = client.get("/search/?q=coffee&kind=topics").content.decode()
    assert "#咖啡" in page
    assert search(client, "coffee") == ["拿铁"]


def test_places_are_found_in_any_language(client: Client, db: None, take_in: Take) -> None:
    take_in()
    for text in ("Montréal", "montreal", "蒙特利尔", "滿地可"):
        assert "/place/montreal/" in client.get("/search/", {"q": text}).content.decode(), text


def test_a_place_is_part_of_what_a_note_says(client: Client, mei: Any, take_in: Take) -> None:
    write(mei, "火锅 one", place="toronto", language="zh-hans")
    write(mei, "火锅 two", place="montreal", language="zh-hans")
    take_in()
    assert search(client, "多伦多 火锅")[0] == "火锅 one"
    assert search(client, "montreal 火鍋")[0] == "火锅 two"


@pytest.mark.parametrize("audience", ["followers", "mutuals", "only_me"])
def test_a_restricted_note_is_found_by_nobody(
    audience: str, cast: Any, client: Client, client_for: Any, take_in: Take
) -> None:
    write(cast.mei, "quokka", "quokka #quokka", audience=audience)
    take_in()
    for reader in (client, *(client_for(person) for person in vars(cast).values())):
        page = reader.get("/search/?q=quokka").content.decode()
        assert 'class="card"' not in page
        assert "quokka" not in reader.get("/search/suggest/?q=quok").content.decode()


def test_a_withdrawn_note_vanishes(client: Client, mei: Any, take_in: Take) -> None:
    note = write(mei, "quokka")
    take_in()
    assert search(client, "quokka") == ["quokka"]
    publish.withdraw_note(mei, note)
    assert search(client, "quokka") == []  # by the read policy, before the index knows
    take_in()
    assert search(client, "quokka") == []


def test_a_note_made_private_vanishes_and_comes_back(
    client: Client, mei: Any, take_in: Take
) -> None:
    note = write(mei, "quokka")
    take_in()
    publish.edit_note(
        mei, note, content=Content(kind="words", title="quokka", audience="only_me"), number=1
    )
    take_in()
    assert search(client, "quokka") == []
    note.refresh_from_db()
    publish.edit_note(mei, note, content=Content(kind="words", title="quokka"), number=note.number)
    take_in()
    assert search(client, "quokka") == ["quokka"]


def test_an_edited_note_is_found_by_its_new_words_only(
    client: Client, mei: Any, take_in: Take
) -> None:
    note = write(mei, "quokka")
    take_in()
    publish.edit_note(mei, note, content=Content(kind="words", title="wombat"), number=1)
    take_in()
    assert search(client, "wombat") == ["wombat"]
    assert "quokka" not in search(client, "quokka")


def test_a_scheduled_note_is_not_found_before_its_time(
    client: Client, mei: Any, take_in: Take
) -> None:
    from datetime import timedelta

    note = write(mei, "quokka", scheduled_at=clock.now() + timedelta(days=1))
    take_in()
    assert search(client, "quokka") == []
    publish.publish_now(mei, note)
    take_in()
    assert search(client, "quokka") == ["quokka"]


def test_a_closed_account_takes_its_notes_out_and_brings_them_back(
    client: Client, mei: Any, take_in: Take
) -> None:
    write(mei, "quokka")
    take_in()
    accounts.close_account(mei)
    take_in()
    assert search(client, "quokka") == []
    assert 'href="/@mei"' not in client.get("/search/?q=mei&kind=people").content.decode()
    mei.refresh_from_db()
    accounts.reopen_account(mei)
    take_in()
    assert search(client, "quokka") == ["quokka"]
