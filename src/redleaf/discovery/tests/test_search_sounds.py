"""Chinese found by its sound, and suggestions in both scripts."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.discovery.search import asking, pinyin
from redleaf.discovery.search.engine import Entry, Question
from redleaf.discovery.search.tantivy_index import TantivyReader, TantivyWriter
from redleaf.discovery.search.words import cut_query

HOTPOT, CHONGQING, MEI, TORONTO = (UUID(int=number) for number in (1, 2, 3, 4))
LIMITS = {"topic": 5, "person": 5, "place": 5}


@pytest.fixture
def reader(tmp_path: Path) -> TantivyReader:
    return _index(
        tmp_path,
        Entry(kind="note", id=HOTPOT, title="吃了八包火锅底料", by_text=True),
        Entry(kind="topic", id=CHONGQING, title="重庆火锅"),
        Entry(kind="person", id=MEI, title="梅子 mei_toronto meitoronto"),
        Entry(kind="place", id=TORONTO, title="Toronto 多伦多 多倫多"),
    )


def _index(folder: Path, *entries: Entry) -> TantivyReader:
    writer = TantivyWriter(folder, 15)
    writer.add_new(entries)
    writer.commit()
    writer.close()
    return TantivyReader(folder)


def _found(reader: TantivyReader, text: str) -> list[UUID]:
    return asking.answer(reader, text, Question(cut_query("")), asking.Place(), 12).ids


@pytest.mark.parametrize("text", ["huoguo", "huo guo", "HuoGuo diliao", "huoguodiliao"])
def test_a_title_is_found_by_pinyin_however_it_is_spaced(reader: TantivyReader, text: str) -> None:
    assert _found(reader, text) == [HOTPOT]


@pytest.mark.parametrize("text", ["huo", "guohuo", "huo diliao"])
def test_one_syllable_or_another_order_finds_no_title(reader: TantivyReader, text: str) -> None:
    assert _found(reader, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("chongqing", "topic", CHONGQING),
        ("chong qing huo guo", "topic", CHONGQING),
        ("cqhg", "topic", CHONGQING),
        ("meizi", "person", MEI),
        ("mz", "person", MEI),
        ("duolunduo", "place", TORONTO),
        ("dld", "place", TORONTO),
        ("多倫", "place", TORONTO),
        ("toron", "place", TORONTO),
    ],
)
def test_names_are_found_by_pinyin_initials_and_beginnings(
    reader: TantivyReader, text: str, kind: str, id: UUID
) -> None:
    assert reader.named(cut_query(text), LIMITS)[kind] == [id]


@pytest.mark.parametrize("text", ["chongq", "chongqingh", "重", "重庆火", "重慶", "cq huog"])
def test_a_topic_is_suggested_while_it_is_typed(reader: TantivyReader, text: str) -> None:
    found = asking.suggest(reader, text, LIMITS, 5)
    assert (CHONGQING in found["topic"]) is (text != "cq huog")


@pytest.mark.parametrize("text", ["火锅", "火鍋底", "huog", "huoguod", "huo gu"])
def test_a_title_is_suggested_in_both_scripts_and_by_pinyin(
    reader: TantivyReader, text: str
) -> None:
    assert asking.suggest(reader, text, LIMITS, 5)["note"] == [HOTPOT]


def test_a_literal_name_comes_before_one_that_only_sounds_so(tmp_path: Path) -> None:
    sounding, literal = UUID(int=7), UUID(int=8)
    reader = _index(
        tmp_path,
        Entry(kind="topic", id=sounding, title="火锅"),
        Entry(kind="topic", id=literal, title="huoguo"),
    )
    assert reader.named(cut_query("huoguo"), {"topic": 5})["topic"] == [literal, sounding]


def test_every_reading_of_a_character_counts() -> None:
    assert pinyin.readings("重")[:2] == ("zhong", "chong")
    assert pinyin.readings("女")[0] == "nv"
    assert pinyin.readings("略") == ("lue",)
    assert pinyin.readings("x") == ()


def test_letters_are_divided_in_every_sensible_way() -> None:
    assert pinyin.spellings("xian") == (("xian",), ("xi", "an"))
    assert pinyin.spellings("coffee") == ()
    assert pinyin.spellings("huog") == ()
    assert pinyin.spellings("huog", unfinished=True)[0] == ("huo", "g")


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aeioungzhsl", max_size=60))
def test_any_run_of_letters_is_divided_quickly_and_whole(letters: str) -> None:
    for way in pinyin.spellings(letters):
        assert "".join(way) == letters
        assert set(way) <= pinyin.SYLLABLES


def test_queries_do_not_load_the_dictionary(run_apart: Callable[[str], str]) -> None:
    code = (
        "import sys; from redleaf.discovery.search import pinyin;"
        "print(pinyin.spellings('huoguo')[0], 'pypinyin' in sys.modules)"
    )
    assert run_apart(code) == "('huo', 'guo') False"


@pytest.fixture
def run_apart() -> Callable[[str], str]:
    """Run a line of Python in a process of its own and return what it prints."""
    import subprocess
    import sys

    def run(code: str) -> str:
        made = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return made.stdout.strip()

    return run
