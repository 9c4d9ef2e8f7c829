"""Mistyped words: what is corrected by itself, and what is only offered."""

from pathlib import Path
from uuid import UUID

import pytest

from redleaf.discovery.search import asking
from redleaf.discovery.search.engine import Entry, Question
from redleaf.discovery.search.tantivy_index import TantivyReader, TantivyWriter
from redleaf.discovery.search.words import cut_query, heads, without_asking


@pytest.fixture
def reader(tmp_path: Path) -> TantivyReader:
    titles = ["crème solaire", "patinoire", "winter sunscreen", "smart watch", "running shoes"]
    titles += ["montreal diary"] * 25 + ["montréel"]
    writer = TantivyWriter(tmp_path, 15)
    writer.add_new(
        Entry(kind="note", id=UUID(int=number), title=title, by_text=True, language="en")
        for number, title in enumerate(titles, 1)
    )
    writer.commit()
    writer.close()
    return TantivyReader(tmp_path)


def _asked(reader: TantivyReader, text: str, **fields: str) -> asking.Answer:
    facts = tuple(f"{name}:{value}" for name, value in fields.items())
    return asking.answer(reader, text, Question(cut_query(""), facts=facts), asking.Place(), 12)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("sunscren", "sunscreen"),
        ("sunscreeen", "sunscreen"),
        ("snuscreen", "sunscreen"),
        ("winter sunsrceen", "winter sunscreen"),
        ("crème solarie", "crème solaire"),
        ("crmèe", "creme"),
        ("Crème Slaire", "Crème solaire"),
        ("atinoire", "patinoire"),
        ("oatinoire", "patinoire"),
        ("apatinoire", "patinoire"),
        ("smartwatch", "smart watch"),
    ],
)
def test_a_word_that_nobody_wrote_is_corrected(
    reader: TantivyReader, typed: str, searched: str
) -> None:
    answer = _asked(reader, typed)
    assert answer.corrected == searched
    assert answer.ids


@pytest.mark.parametrize("typed", ["run shoe", "montreal", "xylophone", "sun", "咖啡"])
def test_known_forms_short_words_and_strangers_are_left_alone(
    reader: TantivyReader, typed: str
) -> None:
    assert _asked(reader, typed).corrected == ""


def test_a_first_letter_is_not_doubted_while_other_words_are_known(reader: TantivyReader) -> None:
    assert _asked(reader, "qatch winter").corrected == ""


def test_a_rare_spelling_is_found_and_a_likelier_one_offered(reader: TantivyReader) -> None:
    answer = _asked(reader, "montréel")
    assert [id.int for id in answer.ids] == [31]
    assert (answer.corrected, answer.instead) == ("", "montreal")
    assert _asked(reader, "montreal").instead == ""


def test_nothing_is_corrected_within_a_filter(reader: TantivyReader) -> None:
    assert _asked(reader, "sunscren", language="fr") == asking.Answer([], None)


def test_what_has_some_of_it_follows_what_has_all_and_nothing_comes_twice(
    reader: TantivyReader,
) -> None:
    question = Question(cut_query(""))
    seen: list[UUID] = []
    place: asking.Place | None = asking.Place()
    while place is not None:
        page = asking.answer(reader, "winter montreal sunscreen", question, place, 4)
        seen.extend(page.ids)
        place = page.following
    assert seen[0].int == 3
    assert len(seen) == len(set(seen)) == 26


def test_a_question_is_asked_without_its_question_words() -> None:
    assert without_asking("徒步遇到熊怎么办").split() == ["徒步遇到熊"]
    assert without_asking("how do you cook rice").split() == ["cook", "rice"]
    assert without_asking("the boys") == "the boys"
    assert without_asking("什么") == "什么"


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Leather Case for Laptop, brown", "case brown"),
        ("Wireless mouse", "mous"),
        ("Gel Mouse Pad", "pad"),
        ("Batteries (4 pack)", "batteri pack"),
    ],
)
def test_a_title_says_what_it_is_about(title: str, about: str) -> None:
    assert heads(title) == about
