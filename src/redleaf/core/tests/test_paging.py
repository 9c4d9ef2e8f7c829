"""Cursors come back as they went, and anything else is refused in words."""

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.core.errors import Invalid
from redleaf.core.paging import decode_cursor, encode_cursor


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(min_value=-(2**62), max_value=2**62),
)
def test_a_cursor_comes_back(moment: datetime, key: UUID, number: float, whole: int) -> None:
    text = encode_cursor(moment, key, number, whole)
    assert decode_cursor(text, (datetime, UUID, float, int)) == (moment, key, number, whole)


@given(st.text(max_size=500))
def test_garbage_is_refused_and_never_crashes(text: str) -> None:
    try:
        decode_cursor(text, (datetime, UUID))
    except Invalid as refusal:
        assert refusal.code == "bad_cursor"


@pytest.mark.parametrize("part", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(part: float) -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor(part), (float,))


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor(1.0), (datetime, UUID))


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)


@given(st.lists(st.recursive(PLAIN, st.lists, max_leaves=4), max_size=4))
def test_whatever_is_well_encoded_is_refused_or_of_the_right_types(parts: list[object]) -> None:
    text = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
    for types in ((str,), (int,), (float,), (UUID,), (datetime,), (datetime, UUID), (int, str)):
        try:
            found = decode_cursor(text, types)
        except Invalid:
            continue
        assert [type(part) for part in found] == list(types)


@pytest.mark.parametrize("part", ["a\x00b", "\ud800"])
def test_a_text_that_the_database_cannot_hold_is_refused(part: str) -> None:
    text = base64.urlsafe_b64encode(json.dumps([part]).encode()).decode()
    with pytest.raises(Invalid):
        decode_cursor(text, (str,))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor("2026-01-01T00:00:00"), (datetime,))


def test_a_cursor_that_is_too_long_is_refused() -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor("a" * 400), (str,))
