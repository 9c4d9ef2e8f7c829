"""Sliders and presets: bounded, reversible, and refusing what makes no sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.discovery.recommend.mixing import (
    SLIDERS,
    decode,
    encode,
    mixed,
    multipliers,
    new_places,
)

sliders = st.fixed_dictionaries({name: st.integers(-2, 2) for name in SLIDERS})


def test_neutral_changes_nothing() -> None:
    weights = {"age": 1.0, "follows": 2.0}
    assert set(multipliers({}).values()) == {1.0}
    assert mixed(weights, {}, {"age": "fresh"}) == weights
    assert new_places({}) == 3


@given(sliders)
def test_multipliers_are_bounded(values: dict[str, int]) -> None:
    assert all(0.25 <= factor <= 4 for factor in multipliers(values).values())
    assert 1 <= new_places(values) <= 8


@given(sliders)
def test_scores_keep_their_size(values: dict[str, int]) -> None:
    weights = {"age": 1.0, "follows": 2.0, "place": -0.5, "other": 3.0}
    made = mixed(weights, values, {"age": "fresh", "follows": "friends", "place": "local"})
    assert sum(map(abs, made.values())) == pytest.approx(6.5)


def test_a_slider_moves_its_own_signals_against_the_others() -> None:
    made = mixed({"age": 1.0, "follows": 1.0}, {"fresh": 2}, {"age": "fresh"})
    assert made["age"] == pytest.approx(4 * made["follows"])


@pytest.mark.parametrize("bad", [{"speed": 1}, {"fresh": 3}, {"fresh": -3}, {"fresh": 1.0}])
def test_bad_sliders_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"slider|whole number"):
        multipliers(bad)


@given(sliders)
def test_a_preset_comes_back_as_it_was(values: dict[str, int]) -> None:
    code = encode(values)
    assert decode(code) == values
    assert decode(f" {code.lower().replace('-', '')} ") == values


def test_a_preset_is_short_and_its_form_is_fixed() -> None:
    assert encode({"fresh": 2, "languages": -1}) == "RL1-ECCCCB-L"


@given(sliders, st.integers(0, 5), st.sampled_from("ABCDE"))
def test_one_wrong_letter_is_noticed(values: dict[str, int], place: int, letter: str) -> None:
    letters = list(encode(values))
    if letters[4 + place] != letter:
        letters[4 + place] = letter
        with pytest.raises(ValueError, match="typing mistake"):
            decode("".join(letters))


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "RL",
        "RL1",
        "RL1-",
        "RL2-CCCCCC-F",
        "RL1-CCCCC-F",
        "RL1-CCCCCX-F",
        "好",
        "\0",
        "RL1" * 99,
    ],
)
def test_what_is_no_preset_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="preset"):
        decode(bad)


@given(st.text(max_size=30))
def test_any_text_is_a_preset_or_refused(text: str) -> None:
    try:
        assert set(decode(text)) == set(SLIDERS)
    except ValueError as error:
        assert "preset" in str(error)
