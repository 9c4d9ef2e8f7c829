"""Text is counted as Chinese readers count and cleaned without losing meaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.core.errors import Invalid
from redleaf.core.fold import fold
from redleaf.core.text import clean_line, clean_text, units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("护肤", 2),
        ("abcd", 2),
        ("卡尔加里 -30°C", 7),
        ("🍁", 1),
        ("👩‍👩‍👧", 1),
        ("👍🏽", 1),
        ("café", 2),
        ("cafe\u0301", 2),
        ("नमस्ते", 2),
        ("ＡＢ", 2),
    ],
)
def test_units(text: str, expected: float) -> None:
    assert units(text) == expected


def test_null_and_control_characters_go() -> None:
    assert clean_text("a\x00b\x07c\x7f") == "abc"


def test_direction_overrides_go_and_arabic_stays() -> None:
    assert clean_line("\u202eevil\u202c مرحبا") == "evil مرحبا"


def test_ten_thousand_marks_become_four() -> None:
    cleaned = clean_text("a" + "\u0301" * 10_000)
    assert sum(1 for character in cleaned if unicodedata.combining(character)) <= 4


def test_lines_keep_one_blank_between_them() -> None:
    assert clean_text("a\r\n\r\n\r\n\n b  \n") == "a\n\n b"


def test_a_line_has_single_spaces() -> None:
    assert clean_line("  a \n\t b ") == "a b"


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(Invalid):
        clean_text("a\ud800b")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text(max_size=200))
def test_units_never_exceed_the_characters(text: str) -> None:
    assert 0 <= units(text) <= len(text)


def test_traditional_and_simplified_fold_to_one() -> None:
    assert fold("護膚") == fold("护肤")
    assert fold("ＣＡＦÉ") == fold("café")
