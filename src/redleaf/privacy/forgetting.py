"""Forgetting: what is deleted when a consent ends, by registration, in the same transaction."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

Forget = Callable[[UUID], object]

_forgetters: dict[str, dict[str, Forget]] = {}


def register(purpose: str, forget: Forget) -> None:
    """Let `forget` delete all that is kept of an account under a purpose; twice is once.

    It runs inside the withdrawing transaction: either everything is forgotten and the consent is
    gone, or nothing has changed. It must bear an account that has nothing or does not exist.
    """
    name = f"{forget.__module__}.{forget.__qualname__}"
    _forgetters.setdefault(purpose, {})[name] = forget


def forget(purpose: str, account_id: UUID) -> None:
    """Delete what is kept of the account under one purpose."""
    with transaction.atomic():
        for function in list(_forgetters.get(purpose, {}).values()):
            function(account_id)


def forget_everything(account_id: UUID) -> None:
    """Delete what is kept of the account under any purpose, for an account that is erased."""
    with transaction.atomic():
        for purpose in list(_forgetters):
            forget(purpose, account_id)


def remove(purpose: str) -> None:
    """Take away what is registered for a purpose, for tests."""
    _forgetters.pop(purpose, None)
