"""Rules of a page: what never stands next to what, and the record of what was moved."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.discovery.recommend import rules
from redleaf.discovery.recommend.rules import Item, Limits, arrange

items_of = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from("abc"), st.frozensets(st.sampled_from("xyz"))),
    max_size=60,
).map(lambda rows: [Item(number, *row) for number, row in enumerate(rows)])


def keys(placed: list[rules.Placed]) -> list[rules.Key]:
    return [place.key for place in placed]


def test_what_breaks_no_rule_stays_where_it_was() -> None:
    placed = arrange([Item(number, number) for number in range(5)])
    assert [(place.before, place.after, place.rule) for place in placed] == [
        (rank, rank, "") for rank in range(1, 6)
    ]


def test_two_notes_of_one_author_stand_apart_and_the_receipt_says_why() -> None:
    items = [Item("a1", "a"), Item("a2", "a"), *(Item(f"o{n}", n) for n in range(4))]
    placed = arrange(items)
    assert keys(placed) == ["a1", "o0", "o1", "o2", "o3", "a2"]
    assert (placed[5].before, placed[5].after, placed[5].rule) == (2, 6, rules.AUTHOR_GAP)
    assert (placed[1].before, placed[1].after, placed[1].rule) == (3, 2, rules.MOVED_UP)


def test_an_author_has_only_so_many_places_of_a_page() -> None:
    items = [Item(f"a{n}", "a") for n in range(10)] + [Item(n, n) for n in range(30)]
    page = arrange(items, limits=Limits(author_gap=1, author_cap=3))
    assert sum(str(key).startswith("a") for key in keys(page)) == 3


def test_a_run_of_one_channel_ends() -> None:
    items = [Item(n, n, "food") for n in range(5)] + [Item(9, 9, "travel")]
    placed = arrange(items)
    assert keys(placed) == [0, 1, 2, 9, 3, 4]
    assert placed[4].rule == rules.CHANNEL_RUN


def test_a_run_of_one_product_ends_whatever_else_the_notes_share() -> None:
    tea = frozenset({"product:tea"})
    items = [
        Item(1, 1, "", tea | {"x"}),
        Item(2, 2, "", tea),
        Item(3, 3, "", tea | {"y"}),
        Item(4, 4),
    ]
    placed = arrange(items)
    assert keys(placed) == [1, 2, 4, 3]
    assert placed[3].rule == rules.SUBJECT_RUN


def test_0_switches_a_rule_off() -> None:
    items = [Item(n, 1, "food", frozenset({"tea"})) for n in range(30)]
    off = Limits(author_gap=0, author_cap=0, channel_run=0, subject_run=0)
    assert keys(arrange(items, limits=off)) == list(range(20))


def test_a_page_of_one_author_is_full_and_says_what_it_breaks() -> None:
    placed = arrange([Item(n, 1) for n in range(30)])
    assert keys(placed) == list(range(20))
    assert placed[0].broken == ()
    assert placed[1].broken == (rules.AUTHOR_GAP,)
    assert placed[19].broken == (rules.AUTHOR_CAP, rules.AUTHOR_GAP)


def test_a_lesser_rule_gives_way_before_a_greater() -> None:
    items = [Item(n, n, "food") for n in range(3)] + [
        Item("same author", 2),
        Item("run", 7, "food"),
    ]
    placed = arrange(items)
    assert keys(placed)[3] == "run"
    assert placed[3].broken == (rules.CHANNEL_RUN,)


@hypothesis_settings(max_examples=200, deadline=None)
@given(items_of)
def test_every_place_breaks_nothing_or_says_so(items: list[Item]) -> None:
    placed = arrange(items)
    by_key = {item.key: item for item in items}
    page: list[Item] = []
    for place in placed:
        assert rules.breaks(by_key[place.key], page) == place.broken
        page.append(by_key[place.key])
    assert len(placed) == len(set(keys(placed))) == min(20, len(items))
    assert [place.after for place in placed] == list(range(1, len(placed) + 1))
    assert all((place.rule == "") == (place.before == place.after) for place in placed)
    assert arrange(items) == placed


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_page_is_as_long_as_asked(count: int) -> None:
    assert len(arrange([Item(n, n) for n in range(9)], count=count)) == count
