"""Transitions: counted event by event or at once, merged, and what a rebuild makes of them."""

import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.discovery.recommend import learning, recipe, sequences, transitions
from redleaf.discovery.recommend.rebuild import rebuild
from redleaf.discovery.recommend.recipe import Recipe

PLAIN = Recipe(decorrelated=0.0, alike=0.0)
lists_of = st.lists(
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from([0.5, 1.0, 3.0])), max_size=14),
    max_size=6,
)


def counted(lists: list[list[tuple[int, float]]], by: Recipe) -> dict[tuple[int, int], float]:
    table: dict[tuple[int, int], float] = defaultdict(float)
    for one in lists:
        recent: list[tuple[int, float]] = []
        for event in one:
            for add in transitions.increments(recent, event, by):
                table[add.item, add.other] += add.delta
            if event[0] not in [item for item, _ in recent]:
                recent.insert(0, event)
    return {pair: total for pair, total in table.items() if total}


def tea_and_coffee(members: int = 120) -> list[list[str]]:
    """Members who go through tea in order, or through coffee; each begins somewhere."""
    chance = random.Random(5)
    lists = []
    for number in range(members):
        kind = "tea" if number % 2 else "coffee"
        start = chance.randrange(12)
        lists.append([f"{kind}{(start + step) % 15}" for step in range(6)])
    return lists


@given(lists_of)
def test_event_by_event_from_nothing_equals_the_full_count(
    lists: list[list[tuple[int, float]]],
) -> None:
    of = sequences.events(lists)
    matrix = sequences.count(of, PLAIN).tocoo()
    full = {
        (of.items[row], of.items[column]): value
        for row, column, value in zip(matrix.row, matrix.col, matrix.data, strict=True)
    }
    table = counted(lists, PLAIN)
    assert table.keys() == full.keys()
    assert all(table[pair] == pytest.approx(full[pair]) for pair in table)


def test_a_step_counts_less_the_further_and_less_the_other_way() -> None:
    made = transitions.increments([("b", 1.0), ("a", 1.0)], ("c", 2.0), PLAIN)
    assert [(add.item, add.other, round(add.delta, 6)) for add in made] == [
        ("b", "c", 2.0),
        ("c", "b", 1.4),
        ("a", "c", 1.6),
        ("c", "a", 1.12),
    ]


def test_what_a_member_did_before_adds_nothing() -> None:
    assert transitions.increments([("b", 1.0), ("a", 1.0)], ("a", 1.0), PLAIN) == []


def test_a_weight_is_the_total_by_powers_of_both_counts() -> None:
    by = Recipe(by_item=0.5, by_other=0.25)
    assert transitions.weight(8.0, 4.0, 16.0, by) == pytest.approx(8 / (2 * 2))
    assert transitions.weight(8.0, 0.0, 0.0, by) == 8.0


def test_a_merge_adds_decayed_rows_and_names_the_strongest_reason() -> None:
    rows = {"new": [("x", 0.5), ("y", 0.4)], "old": [("y", 1.0), ("new", 9.0)]}
    x_and_y = transitions.merge(["new", "old"], rows, decay=0.5)
    assert [(one.item, round(one.score, 6), one.because) for one in x_and_y] == [
        ("y", 0.9, "old"),
        ("x", 0.5, "new"),
    ]
    assert x_and_y[0].share == pytest.approx(0.5 / 0.9)


def test_a_merge_leaves_out_what_is_excluded_and_keeps_to_its_limit() -> None:
    rows = {"a": [(f"n{number:03}", 1 + number / 1000) for number in range(200)]}
    found = transitions.merge(["a"], rows, decay=0.9, exclude={"n199"}, limit=3)
    assert [one.item for one in found] == ["n198", "n197", "n196"]


def test_equals_come_in_one_order() -> None:
    rows = {"a": [("z", 1.0), ("b", 1.0), ("m", 1.0)]}
    found = transitions.merge(["a"], rows, decay=0.9)
    assert [one.item for one in found] == ["b", "m", "z"]


def test_nothing_known_finds_nothing() -> None:
    assert transitions.merge(["a"], {}, decay=0.9) == []
    assert transitions.normalised([]) == {}


def test_normalised_scores_end_at_one() -> None:
    found = transitions.merge(["a"], {"a": [("b", 4.0), ("c", 1.0)]}, decay=0.9)
    assert transitions.normalised(found) == {"b": 1.0, "c": 0.25}


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_rebuild_foretells_what_follows(share: float) -> None:
    made = dict(rebuild(sequences.sequences(tea_and_coffee()), Recipe(decorrelated=share)))
    found = transitions.merge(["tea7", "tea6"], made, decay=0.65)
    assert found[0].item == "tea8"
    assert not any(str(one.item).startswith("coffee") for one in found)


def test_a_row_is_no_longer_than_asked_and_falls() -> None:
    made = dict(rebuild(sequences.sequences(tea_and_coffee()), Recipe(keep=4)))
    assert {len(row) for row in made.values()} == {4}
    assert all(row == sorted(row, key=lambda pair: -pair[1]) for row in made.values())


def test_an_item_nobody_met_has_neighbours_by_what_it_is_about() -> None:
    lists = tea_and_coffee()
    items = sorted({item for one in lists for item in one})
    about = {item: [f"topic:{item.rstrip('0123456789')}"] for item in items} | {
        "new": ["topic:tea"]
    }
    of = sequences.sequences(lists, items=[*items, "new"])
    made = dict(rebuild(of, Recipe(alike=0.2), attributes=about))
    assert {str(other)[:3] for other, _ in made["new"]} == {"tea"}
    assert "new" in dict(made["tea3"])
    assert "new" not in dict(made["coffee3"])


@pytest.mark.parametrize("decay", [0.3, 0.9, 1.0])
def test_contexts_are_counted_in_closed_form(decay: float) -> None:
    lists = [*tea_and_coffee(6), [f"tea{number}" for number in range(70)]]
    of = sequences.sequences(lists)
    reach = Recipe(decay=decay).reach
    rows, answers = [], []
    for one in lists:
        numbers = [of.items.index(item) for item in one]
        for place in range(1, len(numbers)):
            context = np.zeros(len(of.items))
            for back, number in enumerate(reversed(numbers[max(0, place - reach) : place])):
                context[number] += decay**back
            rows.append(context)
            answers.append(np.eye(len(of.items))[numbers[place]])
    gram, following = (part.toarray() for part in sequences.contexts(of, decay))
    assert np.allclose(gram, np.array(rows).T @ np.array(rows))
    assert np.allclose(following, np.array(rows).T @ np.array(answers))


def test_a_recipe_is_chosen_that_foretells_better_than_none() -> None:
    of = sequences.sequences(tea_and_coffee())
    chosen, worth = learning.choose(of)
    again, _ = learning.choose(of)
    assert worth > 0.9
    assert chosen == again


def test_with_few_members_the_recipe_is_the_usual_one() -> None:
    assert learning.choose(sequences.sequences(tea_and_coffee(20))) == (Recipe(), 0.0)


def test_a_recipe_is_kept_as_text() -> None:
    made = Recipe(near=0.9, window=15, decorrelated=2.0)
    assert recipe.from_json(made.to_json()) == made


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 9}', Recipe().to_json().replace("0.65", "7"), "{" * 2000],
)
def test_what_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        recipe.from_json(text)


def test_nobody_and_nothing_can_be_rebuilt_too() -> None:
    assert list(rebuild(sequences.sequences([]), Recipe())) == []
    assert list(rebuild(sequences.sequences([["a"], []]), Recipe())) == []
