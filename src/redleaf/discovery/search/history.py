"""What a member searched for, kept only while they agree to it (purpose "search_history").

At most fifty searches, of the last ninety days. Visitors have none. consents.py registers the
purpose, and that the end of the consent, or of the account, is the end of the searches.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from redleaf.accounts.models import Account
from redleaf.core import clock, database
from redleaf.discovery.models import SearchHistory
from redleaf.privacy import selectors as privacy
from redleaf.privacy import services as consents

PURPOSE = "search_history"
MOST = 50
DAYS = 90


def is_on(account: Account | None) -> bool:
    """Return whether searches of this member are kept."""
    return account is not None and privacy.has_consent(account.id, PURPOSE)


def keep(account: Account | None, text: str) -> None:
    """Keep a search as the latest, where its member agrees to that; else store nothing."""
    if not text or account is None or not is_on(account):
        return
    moment = clock.now()
    with transaction.atomic():
        if not privacy.hold_consent(account.id, PURPOSE):
            return
        database.execute(
            "INSERT INTO discovery_search_history AS h (account_id, query, at)"
            " VALUES (%s, %s, %s) ON CONFLICT (account_id, query) DO UPDATE"
            " SET at = greatest(h.at, excluded.at)",
            (account.id, text, moment),
        )
        database.execute(
            "DELETE FROM discovery_search_history WHERE account_id = %(account)s"
            " AND (at < %(old)s OR query IN (SELECT query FROM discovery_search_history"
            "  WHERE account_id = %(account)s ORDER BY at DESC, query OFFSET %(most)s))",
            {"account": account.id, "old": moment - timedelta(days=DAYS), "most": MOST},
        )


def recent(account: Account | None, limit: int = MOST, *, beginning: str = "") -> list[str]:
    """Return the member's searches, the latest first, or those of them that begin so."""
    if account is None:
        return []
    found = database.values(
        "SELECT query FROM discovery_search_history WHERE account_id = %(account)s"
        " AND at >= %(old)s AND starts_with(lower(query), lower(%(beginning)s))"
        " ORDER BY at DESC, query LIMIT %(limit)s",
        {
            "account": account.id,
            "old": clock.now() - timedelta(days=DAYS),
            "beginning": beginning,
            "limit": limit,
        },
    )
    return [row[0] for row in found]


def remove(account: Account, text: str) -> None:
    """Forget one search; one that is not there is forgotten already."""
    SearchHistory.objects.filter(account=account, query=text).delete()


def clear(account: Account) -> None:
    """Forget every search, and go on keeping new ones."""
    forget(account.id)


def switch(account: Account, *, on: bool) -> None:
    """Begin to keep searches, or stop and forget them all."""
    if on:
        consents.grant(account, PURPOSE)
    else:
        consents.withdraw(account, PURPOSE)


def forget(account_id: UUID) -> None:
    """Delete every search of an account, whether it exists or not."""
    database.execute("DELETE FROM discovery_search_history WHERE account_id = %s", (account_id,))


def drop_old() -> None:
    """Delete what is older than ninety days, of members who have not searched since."""
    old: Any = clock.now() - timedelta(days=DAYS)
    database.execute("DELETE FROM discovery_search_history WHERE at < %s", (old,))
