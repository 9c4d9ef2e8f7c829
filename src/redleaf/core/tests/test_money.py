"""Money adds up to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.core.money import Money


@given(
    st.integers(min_value=0, max_value=10**9),
    st.lists(st.integers(min_value=0, max_value=1000), min_size=1).filter(lambda w: sum(w) > 0),
)
def test_shares_add_up_to_the_whole(minor: int, weights: list[int]) -> None:
    parts = Money("CAD", minor).share(weights)
    assert sum(part.minor for part in parts) == minor


def test_two_currencies_do_not_add() -> None:
    with pytest.raises(ValueError, match="do not add"):
        Money("CAD", 1) + Money("CNY", 1)


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown currency"):
        Money("LEAF", 1)
