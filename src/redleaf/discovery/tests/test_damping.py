"""Damping: one person weighs little, and a ring that saves its own notes gains nothing."""

import random
from itertools import permutations

import pytest

from redleaf.discovery.recommend import damping, sequences, transitions
from redleaf.discovery.recommend.rebuild import rebuild
from redleaf.discovery.recommend.recipe import Recipe

RECIPE = Recipe(decorrelated=0.5, ridge=20.0, alike=0.0)
RING = 12  # accounts, three notes each


def honest() -> list[list[str]]:
    """Three hundred members with two tastes of 60 notes each, who save about ten."""
    chance = random.Random(11)
    lists = []
    for number in range(300):
        taste = "ab"[number % 2]
        lists.append([f"{taste}{int(60 * chance.random() ** 2)}" for _ in range(10)])
    return lists


def ring_notes() -> list[str]:
    return [f"ring{number}" for number in range(3 * RING)]


def sparse_saves() -> list[list[str]]:
    """What honest members do with the ring's notes: three saves each, in the run of their own."""
    chance = random.Random(12)
    lists = honest()
    for note in ring_notes():
        for one in chance.sample(lists, 3):
            one.insert(chance.randrange(len(one)), note)
    return lists


def ring() -> list[list[str]]:
    """Each account saves a well-known note, then one of the ring's, and so on, all the same way."""
    known = [f"{taste}{number}" for number in range(18) for taste in "ab"]
    one = [note for pair in zip(known, ring_notes(), strict=True) for note in pair]
    return [list(one) for _ in range(RING)]


def shown(lists: list[list[str]], *, swing: bool) -> int:
    """Return how many places of the first twenty the ring's notes have, over honest members."""
    rows = dict(rebuild(sequences.sequences(lists), RECIPE, swing=swing))
    places = 0
    for one in honest():
        history = list(dict.fromkeys(reversed(one)))
        found = transitions.merge(history, rows, decay=RECIPE.decay, limit=20)
        places += sum(str(each.item).startswith("ring") for each in found)
    return places


def test_a_ring_gains_nothing_by_saving_its_own_notes() -> None:
    before = shown(sparse_saves(), swing=True)
    after = shown(sparse_saves() + ring(), swing=True)
    assert before > 0
    assert after <= before


def test_without_swing_the_same_ring_would_gain() -> None:
    assert shown(sparse_saves() + ring(), swing=False) > 2 * shown(sparse_saves(), swing=False)


def test_those_with_much_in_common_are_believed_less() -> None:
    met = {"u": {"i", "j", "a"}, "v": {"i", "j", "b"}}
    assert damping.factor("uv", "uv", met) == 1.0
    ring = {number: set(range(20)) for number in range(5)}
    assert damping.factor(range(5), range(5), ring) == pytest.approx(3 / (3 + 18))
    larger = {number: set(range(40)) for number in range(5)}
    assert damping.factor(range(5), range(5), larger) < damping.factor(range(5), range(5), ring)


def test_two_who_met_much_are_no_ring_for_having_some_of_it_in_common() -> None:
    much = {who: {f"{who}{number}" for number in range(90)} | set(range(10)) for who in "uv"}
    little = {who: set(range(10)) for who in "uv"}
    assert damping.factor("uv", "uv", much) > 2 * damping.factor("uv", "uv", little)


def test_one_member_in_common_is_no_ring() -> None:
    assert damping.factor("u", "u", {"u": {"i", "j"}}) == 1.0


def test_the_trainers_swing_is_the_plain_one() -> None:
    lists = [list(dict.fromkeys(one)) for one in honest()[:30]]
    of = sequences.sequences(lists)
    totals = sequences.count(of, RECIPE)
    swung = damping.swung(of, totals, supporters=1000)
    met = dict(enumerate(lists))
    met_by = {item: [who for who, one in met.items() if item in one] for item in of.items}
    for row, column in list(zip(*totals.nonzero(), strict=True))[:200]:
        first, second = of.items[row], of.items[column]
        expected = totals[row, column] * damping.factor(met_by[first], met_by[second], met)
        assert swung[row, column] == pytest.approx(expected, rel=1e-5)


def test_one_person_on_one_author_counts_for_no_more_than_the_cap() -> None:
    total = 0.0
    for number in range(10_000):
        total += damping.capped(3.0, 3.0 * number)
    assert total == pytest.approx(damping.effective(30_000.0))
    assert total < damping.CAP


def test_the_first_act_counts_almost_fully_and_each_further_one_less() -> None:
    parts = [damping.capped(1.0, float(number)) for number in range(6)]
    assert parts[0] > 0.85
    assert parts == sorted(parts, reverse=True)


def test_the_order_of_acts_does_not_matter() -> None:
    sums = set()
    for acts in permutations([1.0, 3.0, 5.0]):
        before, total = 0.0, 0.0
        for strength in acts:
            total += damping.capped(strength, before)
            before += strength
        sums.add(round(total, 9))
    assert len(sums) == 1


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError):
        damping.effective(-1.0)
