"""The signed-in account of a request, as a type that the checker knows."""

from django.http import HttpRequest

from redleaf.accounts.models import Account


def signed_in(request: HttpRequest) -> Account:
    """Return the account of a request that passed login_required. Raises TypeError otherwise."""
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("this view needs login_required")
    return account


def viewer(request: HttpRequest) -> Account | None:
    """Return the account of the request, or None when nobody is signed in."""
    account = request.user
    return account if isinstance(account, Account) else None
