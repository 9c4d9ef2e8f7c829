"""Giving a consent and taking it back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database
from redleaf.core.errors import Conflict, NotFound
from redleaf.core.events import announce
from redleaf.privacy import events, forgetting, purposes, selectors
from redleaf.privacy.models import Consent, ConsentChange

if TYPE_CHECKING:
    from redleaf.accounts.models import Account


def grant(account: "Account", purpose: str, *, begin_with_past: bool = False) -> bool:
    """Agree to a purpose in its present words; return whether that was new.

    What the member did before is read only when `begin_with_past` asks for it. Raises NotFound for
    a purpose that nobody registered.
    """
    asked = purposes.purpose(purpose)
    with transaction.atomic():
        is_new = bool(
            database.execute(
                "INSERT INTO privacy_consent AS c (account_id, purpose, version, granted_at)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT (account_id, purpose) DO UPDATE"
                " SET version = excluded.version, granted_at = excluded.granted_at"
                " WHERE c.version <> excluded.version",
                (account.id, purpose, asked.version, clock.now()),
            )
        )
        if is_new:
            _log(account.id, purpose, granted=True, version=asked.version)
            announce(events.ConsentGranted(account.id, purpose))
        if begin_with_past:
            begin_with(account, purpose)
    return is_new


def begin_with(account: "Account", purpose: str) -> None:
    """Begin with what the member did before. Raises Conflict without consent, NotFound where a
    purpose has no such choice."""
    past = purposes.purpose(purpose).past
    if past is None:
        raise NotFound()
    with transaction.atomic():
        if selectors.hold_consent(account.id, purpose, alone=True) is None:
            raise Conflict("no_consent")
        past.begin(account.id)


def withdraw(account: "Account", purpose: str) -> bool:
    """Take a consent back and forget all that was kept under it; return whether there was one.

    The row goes first: whoever is writing under this consent is waited for, and whoever comes
    later finds none.
    """
    with transaction.atomic():
        found = database.row(
            "DELETE FROM privacy_consent WHERE account_id = %s AND purpose = %s RETURNING version",
            (account.id, purpose),
        )
        forgetting.forget(purpose, account.id)
        if found is None:
            return False
        _log(account.id, purpose, granted=False, version=found["version"])
        announce(events.ConsentWithdrawn(account.id, purpose))
    return True


def erase(account_id: UUID) -> None:
    """Forget everything kept under any consent of the account, its consents and their log."""
    with transaction.atomic():
        Consent.objects.filter(account_id=account_id).delete()
        forgetting.forget_everything(account_id)
        ConsentChange.objects.filter(account_id=account_id).delete()


def _log(account_id: UUID, purpose: str, *, granted: bool, version: int) -> None:
    ConsentChange.objects.create(
        account_id=account_id, purpose=purpose, granted=granted, version=version
    )
