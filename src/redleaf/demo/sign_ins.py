"""Signing in as one of the demo's people with one tap, where the demo was loaded and is on."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.core.errors import Conflict, NotFound
from redleaf.demo.loading import demo, people
from redleaf.web.filters import language_tag

THIS_MACHINE: Final = {"127.0.0.1", "::1"}
ITS_NAMES: Final = {"127.0.0.1", "localhost", "[::1]"}
LONGEST_NEXT: Final = 2_000


def offered(request: HttpRequest) -> list[Account]:
    """Return the people that this reader may be with one tap, none where there is no demo.

    The operator is among them only for a reader on the machine that the demo runs on.
    """
    if not settings.REDLEAF_DEMO or not demo.is_loaded():
        return []
    handles = [*people.SIGN_INS, *([people.KEEPER] if _is_here(request) else [])]
    found = Account.objects.filter(
        handle__in=handles,
        email__endswith=f"@{people.DOMAIN}",
        is_active=True,
        deleted_at=None,
    )
    return sorted(found, key=lambda account: handles.index(account.handle))


def chosen(request: HttpRequest, handle: str) -> Account:
    """Return one of them. Raises NotFound, or Conflict when somebody gave the person a password
    that is not the demo's: whoever did so has the person to themselves."""
    account = next((person for person in offered(request) if person.handle == handle), None)
    if account is None:
        raise NotFound()
    if not account.check_password(people.PASSWORD):
        raise Conflict("not_the_demos", _("This person has a password of their own now."))
    return account


def fill(request: HttpRequest, ids: Sequence[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Load the slot of the sign-in page."""
    languages = dict(settings.LANGUAGES)
    shown = [
        {
            "handle": account.handle,
            "display_name": account.display_name,
            "avatar": account.avatar,
            "words": _("the operator") if account.is_staff else languages.get(account.language, ""),
            "tag": "" if account.is_staff else language_tag(account.language),
        }
        for account in offered(request)
    ]
    target = (request.GET.get("next") or request.POST.get("next", ""))[:LONGEST_NEXT]
    return {key: {"people": shown, "next": target} for key in ids} if shown else {}


def _is_here(request: HttpRequest) -> bool:
    """Return whether the request comes straight from this machine, not through a proxy on it."""
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return (
        request.META.get("REMOTE_ADDR") in THIS_MACHINE
        and name in ITS_NAMES
        and "X-Forwarded-For" not in request.headers
    )
