"""What people hold to be the same text is one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.core.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("護膚", "护肤"),
        ("Café", "café"),
        ("ＡＢＣ１２", "abc12"),
        ("STRASSE", "straße"),
        ("ﬁn", "fin"),
        ("頭髮", "头发"),
    ],
)
def test_they_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("护肤", "护手"), ("a b", "ab")])
def test_they_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_plain_letters_only_lose_their_case(text: str) -> None:
    assert fold(text) == text.lower()
