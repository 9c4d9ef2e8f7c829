"""Neighbours in bytes: what goes in comes out, and what is near to what was read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.discovery.recommend.neighbours import KEPT, merge, pack, raised, unpack

NUMBERS = st.integers(0, 2**32 - 1)
WEIGHTS = st.floats(0.5, 1000, width=32)


@given(st.dictionaries(NUMBERS, WEIGHTS, max_size=300))
def test_the_strongest_that_went_in_come_out_in_order(pairs: dict[int, float]) -> None:
    numbers, weights = unpack(pack(pairs.items()))
    expected = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:KEPT]
    assert list(zip(numbers, weights, strict=True)) == expected


@pytest.mark.parametrize("bad", [b"1", b"1234", b"0" * (8 * KEPT + 8)])
def test_bytes_that_nobody_packed_are_refused(bad: bytes) -> None:
    with pytest.raises(ValueError, match="neighbours"):
        unpack(bad)


def test_raising_a_weight_moves_a_neighbour_up() -> None:
    assert list(unpack(raised(pack([(1, 2.0), (2, 1.0)]), [(2, 3.0), (9, 0.5)]))[0]) == [2, 1, 9]


def test_the_newest_act_counts_most() -> None:
    rows = [(10, pack([(1, 1.0)]), 1.0), (11, pack([(2, 1.0)]), 1.0)]
    assert [item.number for item in merge(rows)] == [1, 2]


def test_what_two_acts_lead_to_adds_up_and_names_the_stronger_reason() -> None:
    rows = [(10, pack([(1, 1.0), (3, 0.9)]), 1.0), (11, pack([(3, 1.0)]), 1.0)]
    first = merge(rows)[0]
    assert (first.number, first.score, first.reason) == (3, 1.0, 10)


def test_what_was_done_already_is_left_out() -> None:
    assert merge([(10, pack([(11, 5.0), (1, 1.0)]), 1.0)], without=[10, 11])[0].number == 1


def test_without_acts_nothing_is_near() -> None:
    assert merge([]) == []
