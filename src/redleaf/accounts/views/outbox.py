"""The outbox: mails that were kept because no mail server is set up."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from redleaf.accounts.models import OutboxMail
from redleaf.core.errors import NotFound
from redleaf.core.paging import Page, decode_cursor, encode_cursor

SIZE = 50


def outbox_is_open(viewer: Any) -> bool:
    """Return whether this reader may see the outbox: everybody on the demo, else staff."""
    if not settings.REDLEAF_MAIL_OUTBOX:
        return False
    return bool(settings.REDLEAF_OUTBOX_PUBLIC or getattr(viewer, "is_staff", False))


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the kept mails, newest first."""
    _check(request)
    mails = OutboxMail.objects.filter(waiting=False).order_by("-id")
    after = request.GET.get("after")
    if after:
        (last,) = decode_cursor(after, (UUID,))
        mails = mails.filter(id__lt=last)
    found = list(mails[: SIZE + 1])
    cursor = encode_cursor(found[SIZE - 1].id) if len(found) > SIZE else None
    return render(request, "accounts/outbox.html", {"page": Page(found[:SIZE], cursor)})


@never_cache
@require_safe
def outbox_mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Show one kept mail."""
    _check(request)
    mail = OutboxMail.objects.filter(id=mail_id, waiting=False).first()
    if mail is None:
        raise NotFound()
    return render(request, "accounts/outbox_mail.html", {"mail": mail})


def _check(request: HttpRequest) -> None:
    if not outbox_is_open(request.user):
        raise NotFound()
