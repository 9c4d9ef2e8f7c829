"""Reads of accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from redleaf.accounts.models import HANDLE_PATTERN, Account, HandleHistory
from redleaf.core import clock, database, errors

_COLUMNS = Account._meta.concrete_fields
_FIELDS = tuple(field.attname for field in _COLUMNS)
# A profile's first question, without what the ORM adds to it.
_BY_HANDLE = (
    f"SELECT {', '.join(str(field.column) for field in _COLUMNS)} FROM accounts_account"
    " WHERE handle = %s AND is_active AND deleted_at IS NULL"
)
_TEXTS = (
    "SELECT id, handle, display_name, bio, language FROM accounts_account"
    " WHERE is_active AND deleted_at IS NULL"
)


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
    row = database.values(_BY_HANDLE, (handle,))
    found: Account | None = Account.from_db("default", _FIELDS, row[0]) if row else None
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
    holders = Account.objects.filter(handle=handle)
    kept = HandleHistory.objects.filter(handle=handle, kept_until__gt=clock.now())
    if account is not None:
        holders, kept = holders.exclude(id=account.id), kept.exclude(account_id=account.id)
    return not holders.exists() and not kept.exists()


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


def texts_of(ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return id, handle, display_name, bio and language of the open accounts among these."""
    return database.rows(f"{_TEXTS} AND id = ANY(%s)", (list(ids),))


def texts_after(account_id: UUID, limit: int = 1000) -> list[dict[str, Any]]:
    """Return the same for the next open accounts by id, to walk through all of them."""
    return database.rows(f"{_TEXTS} AND id > %s ORDER BY id LIMIT %s", (account_id, limit))


def open_ids() -> set[UUID]:
    """Return the ids of all open accounts."""
    found = database.values(
        "SELECT id FROM accounts_account WHERE is_active AND deleted_at IS NULL"
    )
    return {row[0] for row in found}


def named_like(text: str, limit: int = 8) -> list[UUID]:
    """Return open accounts whose name or handle holds the text; reads them all."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = database.values(
        "SELECT id FROM accounts_account WHERE is_active AND deleted_at IS NULL"
        " AND (handle ILIKE %(like)s OR display_name ILIKE %(like)s)"
        " ORDER BY handle LIMIT %(limit)s",
        {"like": f"%{escaped}%", "limit": limit},
    )
    return [row[0] for row in found]


def called(names: Iterable[str]) -> set[str]:
    """Return which of these lower-case texts are somebody's handle or name; reads all accounts."""
    found = database.values(
        "SELECT lower(asked) FROM unnest(%s::text[]) AS asked WHERE EXISTS (SELECT 1"
        " FROM accounts_account WHERE handle = asked) OR asked IN"
        " (SELECT lower(display_name) FROM accounts_account)",
        (sorted(set(names)),),
    )
    return {row[0] for row in found}
