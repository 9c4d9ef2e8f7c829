"""Accounts for tests."""

from typing import Any

from allauth.account.models import EmailAddress

from redleaf.accounts.models import Account
from redleaf.core import clock

PASSWORD = "correct horse battery staple"


def make_account(
    handle: str, *, password: str = PASSWORD, confirmed: bool = True, **fields: Any
) -> Account:
    """Store an account with a confirmed address `<handle>@example.org` unless told otherwise."""
    email = fields.pop("email", f"{handle}@example.org").lower()
    fields.setdefault("display_name", handle.title())
    fields.setdefault("confirmed_at", clock.now() if confirmed else None)
    account = Account.objects.create_user(email, handle, password, **fields)
    EmailAddress.objects.create(user=account, email=email, primary=True, verified=confirmed)
    return account
