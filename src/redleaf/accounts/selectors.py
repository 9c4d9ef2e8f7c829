"""Reads of accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from redleaf.accounts.models import HANDLE_PATTERN, Account, HandleHistory
from redleaf.core import clock, database, errors


def active_accounts() -> QuerySet[Account]:
    """Return the accounts that can be seen: not suspended, not closed."""
    return Account.objects.filter(is_active=True, deleted_at=None)


def account_by_handle(handle: str) -> Account:
    """Return the open account that has, or within 90 days had, this handle. Raises NotFound.

    Where `account.handle` differs from what was asked, the caller redirects to the new one.
    """
    handle = handle.lower()
    if not HANDLE_PATTERN.fullmatch(handle):
        raise errors.NotFound()
    found = active_accounts().filter(handle=handle).first()
    if found is None:
        found = (
            active_accounts()
            .filter(former_handles__handle=handle, former_handles__kept_until__gt=clock.now())
            .first()
        )
    if found is None:
        raise errors.NotFound()
    return found


def handle_is_free(handle: str, *, account: Account | None = None) -> bool:
    """Return whether `account` (None: a newcomer) may take this well-formed handle.

    A handle that somebody gave up stays theirs for 90 days.
    """
    own = None if account is None else account.id
    if Account.objects.filter(handle=handle).exclude(id=own).exists():
        return False
    kept = HandleHistory.objects.filter(handle=handle, kept_until__gt=clock.now())
    return not kept.exclude(account_id=own).exists()


def summary(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return name, handle, avatar and path of the open accounts among these, in one query."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    return {
        row["id"]: {
            "id": row["id"],
            "name": row["display_name"],
            "handle": row["handle"],
            "avatar": row["avatar"],
            "path": f"/@{row['handle']}",
        }
        for row in database.rows(
            "SELECT id, display_name, handle, avatar FROM accounts_account"
            " WHERE id = ANY(%s) AND is_active AND deleted_at IS NULL",
            (wanted,),
        )
    }


def name_of(account: Account) -> str:
    """Return how an account is called on pages and in mails."""
    return account.display_name or account.handle
