"""Ids are opaque in an address, sort by the time they were made, and refuse anything else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redleaf.core import ids


def test_ids_made_in_a_row_sort_in_that_order() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_a_sealed_number_comes_back_and_is_not_seen(number: int) -> None:
    sealed = ids.seal(number)
    assert ids.unseal(sealed) == number
    assert len(sealed) == ids.LENGTH
    assert sealed[:12] != ids.seal(number + 1)[:12]


def test_a_sealed_number_cannot_be_written_by_others() -> None:
    with pytest.raises(ValueError, match="not a sealed number"):
        ids.unseal(ids.encode(UUID(int=1)))


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = ids.new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


@given(st.uuids())
def test_what_encode_wrote_decode_reads(value: UUID) -> None:
    assert ids.decode(ids.encode(value)) == value


@given(st.uuids(), st.uuids())
def test_refs_sort_as_their_ids(one: UUID, other: UUID) -> None:
    assert (one < other) == (ids.encode(one) < ids.encode(other))


@given(st.text(max_size=40))
def test_decode_refuses_with_value_error_only(text: str) -> None:
    try:
        value = ids.decode(text)
    except ValueError:
        return
    assert ids.encode(value) == text


def test_a_ref_that_overflows_is_refused() -> None:
    with pytest.raises(ValueError, match="not an id"):
        ids.decode("8" + "0" * 25)
