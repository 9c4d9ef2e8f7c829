"""Fair start: what is owed, how the boost moves, whose turn it is, and why a debt stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.discovery.recommend import fair_start
from redleaf.discovery.recommend.exploration import seed_of
from redleaf.discovery.recommend.fair_start import Debt, boost, cause, choose, promise

HOUR = 3600.0


def test_no_more_is_promised_than_there_is_to_share() -> None:
    assert promise(1_000_000, 50) == 100
    assert promise(10_000, 60, share=0.12) == 20
    assert promise(0, 5) == 0
    assert promise(10, 0, share=0.5) == 5


@given(st.floats(0, 1e7), st.integers(1, 10_000))
def test_all_promises_together_fit_the_share(traffic: float, notes: int) -> None:
    assert promise(traffic, notes) * notes <= fair_start.SHARE * traffic + 1e-6


@pytest.mark.parametrize("numbers", [(-1, 5), (5, -1)])
def test_negative_numbers_are_refused(numbers: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        promise(*numbers)


def test_a_new_note_is_on_pace() -> None:
    assert boost(0, 100, 0) == 1


shown = st.integers(0, 120)
age = st.floats(0, 30 * HOUR)


@given(shown, age, st.floats(0, HOUR))
def test_the_boost_grows_with_age(views: int, old: float, later: float) -> None:
    if old + later < fair_start.WINDOW:
        assert boost(views, 100, old) <= boost(views, 100, old + later)


@given(shown, age)
def test_the_boost_shrinks_with_each_view_and_is_bounded(views: int, old: float) -> None:
    assert 0 <= boost(views + 1, 100, old) <= boost(views, 100, old) <= fair_start.LARGEST


def test_nothing_is_boosted_that_is_paid_not_owed_or_too_late() -> None:
    assert boost(100, 100, 5 * HOUR) == 0
    assert boost(0, 0, 5 * HOUR) == 0
    assert boost(0, 100, 24 * HOUR) == 0
    assert boost(0, 100, -1) == 0
    assert boost(99, 100, 23 * HOUR) == fair_start.LARGEST


def test_the_furthest_behind_comes_first() -> None:
    debts = [Debt("new", 50, 0, 0), Debt("old", 50, 0, 12 * HOUR), Debt("seen", 50, 30, 12 * HOUR)]
    assert [key for key, _boost in choose(debts, places=5, seed=1)] == ["old", "new"]


def test_no_more_places_are_taken_than_allowed() -> None:
    debts = [Debt(number, 50, 0, HOUR) for number in range(40)]
    assert len(choose(debts, places=3, seed=1)) == 3
    assert choose(debts, places=0, seed=1) == []


def test_notes_that_are_level_take_turns_by_epoch_and_not_by_reader() -> None:
    debts = [Debt(number, 50, 0, HOUR) for number in range(6)]
    firsts = [
        choose(debts, places=1, seed=seed_of("ca", "food", "en", epoch))[0][0]
        for epoch in range(600)
    ]
    assert all(firsts.count(number) > 60 for number in range(6))
    seed = seed_of("ca", "food", "en", 1)
    assert choose(debts, places=3, seed=seed) == choose(debts[::-1], places=3, seed=seed)


def test_a_debt_is_paid_before_readers_it_suits() -> None:
    debts = [Debt("tea", 50, 0, HOUR), Debt("bread", 50, 0, HOUR)]
    for liked in ("tea", "bread"):
        first = choose(debts, places=1, seed=1, relevance={liked: 1.0})
        assert first[0][0] == liked


def test_a_late_debt_outweighs_what_suits() -> None:
    debts = [Debt("late", 50, 0, 20 * HOUR), Debt("suits", 50, 0, 0)]
    assert choose(debts, places=1, seed=1, relevance={"suits": 1.0})[0][0] == "late"


def test_even_traffic_pays_every_note_in_time_and_none_much_more_than_another() -> None:
    """Ten notes owed 50, three places, a reader every two minutes: 720 pages for 500 views."""
    given_to = dict.fromkeys(range(10), 0)
    for page in range(720):
        debts = [Debt(key, 50, views, page * 120.0) for key, views in given_to.items()]
        for key, _boost in choose(debts, places=3, seed=page):
            given_to[key] += 1
    assert set(given_to.values()) == {50}


KEPT = {"traffic": 1000, "expected_traffic": 1000, "new_notes": 10, "expected_notes": 10}


@pytest.mark.parametrize(
    ("debt", "told", "word"),
    [
        (Debt(1, 50, 50, 5 * HOUR), {}, fair_start.PAID),
        (Debt(1, 0, 0, 5 * HOUR), {}, fair_start.PAID),
        (Debt(1, 50, 10, 5 * HOUR), {}, fair_start.RUNNING),
        (Debt(1, 50, 10, 25 * HOUR), {"traffic": 800}, fair_start.QUIET),
        (Debt(1, 50, 10, 25 * HOUR), {"new_notes": 15}, fair_start.CROWDED),
        (Debt(1, 50, 10, 25 * HOUR), {"always_open": False}, fair_start.CLOSED),
        (Debt(1, 50, 10, 25 * HOUR), {"traffic": 950}, fair_start.MISSED),
    ],
)
def test_an_open_debt_has_a_stated_cause(debt: Debt, told: dict[str, float], word: str) -> None:
    assert cause(debt, **{**KEPT, **told}) == word
