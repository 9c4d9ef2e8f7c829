"""Accounts for tests, and browsers signed in by the form that members use."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.core import clock

PASSWORD = "correct horse battery staple"


def make_account(
    handle: str, *, password: str | None = PASSWORD, confirmed: bool = True, **fields: Any
) -> Account:
    """Store an account with a confirmed address `<handle>@example.org` unless told otherwise."""
    email = fields.pop("email", f"{handle}@example.org").lower()
    fields.setdefault("display_name", handle.title())
    fields.setdefault("confirmed_at", clock.now() if confirmed else None)
    account = Account.objects.create_user(email, handle, password, **fields)
    EmailAddress.objects.create(user=account, email=email, primary=True, verified=confirmed)
    return account


def sign_in(account: Account, *, fresh: bool = False, **headers: str) -> Client:
    """Return a browser signed in by the form; `fresh` has also just typed the password again."""
    browser = Client(headers=headers or None)
    browser.post(
        "/account/login/", {"login": account.handle, "password": PASSWORD, "remember": "on"}
    )
    if fresh:
        browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


def without_secrets(page: bytes) -> str:
    """Return a page without nonces, tokens and typed values, to compare it with another."""
    return re.sub(r'nonce="[^"]+"|value="[^"]*"|"X-CSRFToken": "[^"]+"', "", page.decode())
