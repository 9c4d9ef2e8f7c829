"""The audit trail: whatever was changed in it afterwards is found."""

from typing import Any

import pytest

from redleaf.core import audit, database, testing
from redleaf.core.models import AuditEntry

pytestmark = pytest.mark.django_db


def three(actor: Any = None) -> list[AuditEntry]:
    return [
        audit.record(
            actor, "looked", subject_kind="note", subject_id=str(number), detail={"why": "报告"}
        )
        for number in range(3)
    ]


def test_an_unbroken_chain_fits(keeper: Any) -> None:
    first, second, _third = three(keeper)
    assert first.previous_hash == audit.GENESIS and second.previous_hash == first.hash
    assert audit.verify() is None


@pytest.mark.parametrize(
    "change",
    [
        "action = 'slept'",
        "at = at + interval '1 second'",
        "subject_id = '9'",
        "detail = '{}'",
        "actor_id = gen_random_uuid()",
        "previous_hash = repeat('1', 64)",
    ],
)
def test_a_changed_entry_is_found(change: str) -> None:
    _first, second, _third = three()
    database.execute(f"UPDATE core_audit_entry SET {change} WHERE id = %s", (second.id,))
    assert audit.verify() == second.id


def test_a_removed_entry_is_found() -> None:
    _first, second, third = three()
    AuditEntry.objects.filter(id=second.id).delete()
    assert audit.verify() == third.id


def test_an_entry_of_a_change_that_is_rolled_back_is_not_in_the_chain() -> None:
    from django.db import transaction

    with pytest.raises(ValueError, match="no"), transaction.atomic():
        three()
        raise ValueError("no")
    assert not AuditEntry.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_entries_made_at_once_stand_in_one_chain() -> None:
    testing.at_once(three, three)
    assert AuditEntry.objects.count() == 6 and audit.verify() is None
