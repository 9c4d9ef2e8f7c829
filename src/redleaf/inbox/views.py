"""The inbox page and the number for those without a live connection."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from redleaf.accounts.models import Account
from redleaf.inbox import selectors, services


@never_cache
@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the notices, the latest first. New ones are marked until read or passed over."""
    assert isinstance(request.user, Account)  # noqa: S101 - login_required has seen to it
    page = selectors.notices(request.user, after=request.GET.get("after", ""))
    template = "inbox/_lines.html" if request.headers.get("HX-Request") else "inbox/inbox.html"
    return render(
        request,
        template,
        {
            "lines": page.items,
            "next_url": f"?after={page.next_cursor}" if page.next_cursor else None,
            "active_door": "inbox",
        },
    )


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    assert isinstance(request.user, Account)  # noqa: S101 - login_required has seen to it
    services.mark_all_read(request.user)
    return redirect("inbox:inbox")


@never_cache
@require_GET
def unread(request: HttpRequest) -> JsonResponse:
    """Return the number of unread notices, for pages that cannot keep a stream open."""
    return JsonResponse({"unread": selectors.unread_count(request.user)})
