"""What a member agreed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import database
from redleaf.privacy import purposes
from redleaf.privacy.purposes import Purpose

if TYPE_CHECKING:
    from redleaf.accounts.models import Account


@dataclass(frozen=True)
class Choice:
    """A purpose as one member chose. `is_older` says that the words changed since they agreed."""

    purpose: Purpose
    granted_at: datetime | None
    is_older: bool

    @property
    def is_on(self) -> bool:
        return self.granted_at is not None and not self.is_older


def consents(viewer: "Account | None") -> frozenset[str]:
    """Return the purposes to which the viewer agrees, in their present words; a visitor to none."""
    if viewer is None:
        return frozenset()
    found = database.values(
        "SELECT purpose, version FROM privacy_consent WHERE account_id = %s", (viewer.id,)
    )
    return frozenset(key for key, version in found if _is_present(key, version))


def has_consent(account_id: UUID, purpose: str) -> bool:
    """Return whether the member agrees to the purpose at this moment."""
    return _since(account_id, purpose, "") is not None


def hold_consent(account_id: UUID, purpose: str, *, alone: bool = False) -> datetime | None:
    """Return since when the member agrees, or None; it stays so until the transaction ends.

    Whoever writes under a consent asks here: a withdrawal waits for the writer and then forgets
    what it wrote too. What happened before that moment is not to be read, unless the member asked
    for the past. With `alone`, other holders with `alone` wait as well.
    """
    return _since(account_id, purpose, " FOR NO KEY UPDATE" if alone else " FOR KEY SHARE")


def choices(account: "Account") -> list[Choice]:
    """Return every purpose with what the member chose."""
    found = {
        key: (version, granted_at)
        for key, version, granted_at in database.values(
            "SELECT purpose, version, granted_at FROM privacy_consent WHERE account_id = %s",
            (account.id,),
        )
    }
    return [
        Choice(
            purpose,
            found[purpose.key][1] if purpose.key in found else None,
            purpose.key in found and found[purpose.key][0] != purpose.version,
        )
        for purpose in purposes.purposes()
    ]


def history(account: "Account") -> list[dict[str, Any]]:
    """Return the log of the member's consents, oldest first: purpose, granted, version, at."""
    return database.rows(
        "SELECT purpose, granted, version, at FROM privacy_consent_change"
        " WHERE account_id = %s ORDER BY number",
        (account.id,),
    )


def _since(account_id: UUID, purpose: str, lock: str) -> datetime | None:
    found = database.values(
        "SELECT version, granted_at FROM privacy_consent WHERE account_id = %s AND purpose = %s"
        + lock,
        (account_id, purpose),
    )
    if not found or not _is_present(purpose, found[0][0]):
        return None
    since: datetime = found[0][1]
    return since


def _is_present(key: str, version: int) -> bool:
    known = {item.key: item.version for item in purposes.purposes()}
    return known.get(key) == version
