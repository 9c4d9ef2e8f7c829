"""Cutting text: scripts, accents, case, stems."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.discovery.search.spelling import corrected, distance
from redleaf.discovery.search.words import cut, cut_query, fold


def test_chinese_becomes_characters_and_pairs() -> None:
    made = cut("咖啡店好")
    assert made.words == "咖 啡 店 好"
    assert made.pairs == "咖啡 啡店 店好"


def test_pairs_do_not_cross_punctuation() -> None:
    assert cut("咖啡,店").pairs == "咖啡"


def test_mixed_scripts_are_parted() -> None:
    assert cut("SPF50防晒霜 review").words == "spf50 spf 50 防 晒 霜 review"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("護膚", "护肤"),
        ("CAFÉ", "cafe"),
        ("ＳＰＦ５０", "spf50"),
        ("œuvre", "oeuvre"),
        ("crème brûlée", "creme brulee"),
        ("Straße", "strasse"),
        ("温哥华の", "溫哥華の"),
    ],
)
def test_what_people_hold_to_be_the_same_is_cut_the_same(one: str, other: str) -> None:
    assert cut(one) == cut(other)


def test_a_piece_of_a_text_is_folded_as_within_it() -> None:
    whole = "頭髮乾燥,後來發現乾麵"
    assert all(fold(character) in fold(whole) for character in whole)


def test_words_have_their_stems_by_language() -> None:
    assert cut("running shoes", "en").pairs == "run shoe"
    assert cut("crèmes hydratantes", "fr").pairs == "crem hydrat"


def test_stems_and_pairs_stand_in_the_order_of_the_text() -> None:
    assert cut("running 咖啡店 shoes", "en").pairs == "run 咖啡 啡店 shoe"


def test_words_of_a_query_are_looked_for_near_each_other_but_one_run_is_not() -> None:
    assert cut_query("防晒 露营").near == (("防晒", "露营"),)
    assert cut_query("咖啡店").near == ()
    assert cut_query("running shoes").near[0] == ("run", "shoe")


def test_a_query_word_counts_in_both_languages() -> None:
    (unit,) = cut_query("hydratantes").units
    assert unit.words == ("hydratantes",)
    assert "hydrat" in unit.pairs


def test_only_an_unfinished_word_may_go_on() -> None:
    assert cut_query("winter coa").last == "coa"
    assert cut_query("winter coat ").last == ""
    assert cut_query("咖啡").last == ""


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    made = cut_query(text)
    assert len(made.units) <= 16
    assert all(word and not word.isspace() for word in made.plain)
    cut(text, "fr")


def test_a_mistyped_word_finds_the_nearest_known_one() -> None:
    known = {"sunscreen": 40, "sunset": 90, "suncream": 2}

    def vocabulary(prefix: str) -> list[tuple[str, int]]:
        return [(word, count) for word, count in known.items() if word.startswith(prefix)]

    assert corrected(("sunscren",), vocabulary) == {"sunscren": "sunscreen"}
    assert corrected(("sunscreen", "sun"), vocabulary) == {}
    assert corrected(("sunburned",), vocabulary) == {}


def test_a_swap_is_one_edit() -> None:
    assert distance("coffee", "cofefe", 2) == 1
    assert distance("coffee", "tea", 2) == 3
