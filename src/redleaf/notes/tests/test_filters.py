"""Hiding words and topics: how they match, when they end, and what they leave alone."""

from datetime import timedelta
from typing import Any

import pytest

from redleaf.core import clock, database
from redleaf.core.errors import Invalid, NotFound
from redleaf.notes.models import Filter, Topic
from redleaf.notes.selectors import filters, lists, note_for
from redleaf.notes.services.filters import hide, show_again
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db


def is_hidden(reader: Any, author: Any, title: str, body: str = "") -> bool:
    note = make_note(author, title=title, body=body)
    filters.forget(reader)
    return note.id not in filters.kept_ids(reader, [note.id])


@pytest.mark.parametrize(
    ("word", "text", "hidden"),
    [
        ("coffee", "Good coffee here", True),
        ("coffee", "COFFEE!", True),
        ("coffee", "Ｃｏｆｆｅｅ", True),
        ("coffee", "coffeehouse", False),
        ("coffee", "我爱coffee店", True),
        ("Café", "un CAFÉ noir", True),
        ("caf", "un café noir", False),
        ("strasse", "Die Straße", True),
        ("护肤", "冬天護膚", True),
        ("護膚", "我的护肤品", True),
        ("头发", "頭髮護理", True),
        ("乾坤", "乾坤大挪移", True),
        ("pumpkin  spice", "a pumpkin\nspice latte", True),
        ("c++", "Learn C++ now", True),
        ("a.c", "abc", False),
        ("[x]\\d(", "what [x]\\d( is", True),
        ("^a|b$", "zzz b", False),
        ("100%", "100% wool", True),
    ],
)
def test_a_word_matches_in_every_script_whole_or_as_a_part(
    mei: Any, lin: Any, word: str, text: str, hidden: bool
) -> None:
    hide(lin, kind="word", text=word)
    assert is_hidden(lin, mei, "Title", text) is hidden
    assert is_hidden(lin, mei, text[:60].replace("\n", " ")) is hidden


def test_a_word_is_found_in_a_topic(mei: Any, lin: Any) -> None:
    hide(lin, kind="word", text="护肤")
    assert is_hidden(lin, mei, "Title", "On #護膚")


def test_a_topic_is_hidden_by_any_of_its_names(mei: Any, lin: Any) -> None:
    note = make_note(mei, title="Beans", body="On #coffee")
    canonical = Topic.objects.create(key="咖啡", name="咖啡")
    Topic.objects.filter(key="coffee").update(canonical=canonical)
    hide(lin, kind="topic", text="#咖啡")
    assert filters.kept_ids(lin, [note.id]) == set()


def test_a_topic_does_not_hide_its_word(mei: Any, lin: Any) -> None:
    hide(lin, kind="topic", text="coffee")
    assert not is_hidden(lin, mei, "Good coffee")


def test_a_filter_ends_at_its_moment(mei: Any, lin: Any) -> None:
    hide(lin, kind="word", text="leaves", days=7)
    assert is_hidden(lin, mei, "Red leaves")
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert not is_hidden(lin, mei, "Red leaves")
        assert filters.filters_listed(lin) == []


def test_taking_a_filter_back_shows_the_notes_again(mei: Any, lin: Any) -> None:
    made = hide(lin, kind="word", text="leaves")
    assert show_again(lin, made.id) == "leaves"
    assert not is_hidden(lin, mei, "Red leaves")


def test_nobody_takes_back_a_filter_of_somebody_else(mei: Any, lin: Any) -> None:
    made = hide(lin, kind="word", text="leaves")
    with pytest.raises(NotFound):
        show_again(mei, made.id)
    assert Filter.objects.filter(id=made.id).exists()


def test_hiding_the_same_word_in_another_spelling_keeps_one_with_the_new_end(lin: Any) -> None:
    hide(lin, kind="word", text="護膚")
    hide(lin, kind="word", text="护肤", days=1)
    found = Filter.objects.get(account=lin)
    assert found.shown == "护肤"
    assert found.until is not None


def test_ones_own_notes_and_a_note_by_its_address_stay(mei: Any, lin: Any) -> None:
    note = make_note(mei, title="Red leaves")
    for reader in (mei, lin):
        hide(reader, kind="word", text="leaves")
    assert [row.note_id for row in lists.notes_by(mei, mei.id).items] == [note.id]
    assert lists.notes_by(lin, mei.id).items == []
    assert note_for(lin, note.id) == note


@pytest.mark.parametrize("text", ["", "   ", "!?", "x" * 61, "\x00", "a\ud800"])
@pytest.mark.parametrize("kind", ["word", "topic"])
def test_what_is_no_word_is_refused(lin: Any, kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        hide(lin, kind=kind, text=text)
    assert not Filter.objects.exists()


def test_at_most_a_hundred_are_kept(lin: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("redleaf.notes.services.filters.MOST", 2)
    for text in ("one", "two", "two"):
        hide(lin, kind="word", text=text)
    with pytest.raises(Invalid):
        hide(lin, kind="word", text="three")
    assert Filter.objects.count() == 2


def test_somebody_without_filters_costs_one_read_and_a_visitor_none(
    mei: Any, lin: Any, django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    asked: list[str] = []
    read = database.values
    monkeypatch.setattr(
        database, "values", lambda sql, *rest: asked.append(sql) or read(sql, *rest)
    )
    for _time in range(3):
        assert filters.shown_sql(lin) == ("", {})
    assert len(asked) == 1
    assert filters.shown_sql(None) == ("", {})
    assert len(asked) == 1
