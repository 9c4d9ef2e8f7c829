"""Accounts for tests."""

from typing import Any

from redleaf.accounts.models import Account


def make_account(handle: str, *, password: str | None = None, **fields: Any) -> Account:
    """Return a stored account with sensible facts."""
    fields.setdefault("display_name", handle.title())
    email = fields.pop("email", f"{handle}@example.org")
    return Account.objects.create_user(email, password, handle=handle, **fields)
