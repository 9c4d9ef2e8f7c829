"""The inbox page and the number for those without a live connection."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redleaf.accounts.people import signed_in
from redleaf.core import clock
from redleaf.core.errors import NotFound
from redleaf.inbox import selectors, services


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a tab of the notices, the latest first; what is shown counts as read from then on.

    New lines are still marked as new on this page. A browser that only fetches ahead reads nothing.
    """
    account = signed_in(request)
    tab = request.GET.get("show", "all")
    if tab not in selectors.TABS:
        raise NotFound()
    after = request.GET.get("after", "")
    moment = clock.now()
    page = selectors.notices(account, tab=tab, after=after)
    unread = selectors.unread_by_tab(account)
    if not after and unread[tab] and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        services.mark_read(account, kinds=selectors.TABS[tab], until=moment)
    more = request.headers.get("HX-Request") and after
    next_url = None
    if page.next_cursor:
        next_url = f"{request.path}?{urlencode({'show': tab, 'after': page.next_cursor})}"
    return render(
        request,
        "inbox/_lines.html" if more else "inbox/inbox.html",
        {
            "lines": page.items,
            "next_url": next_url,
            "tab": tab,
            "unread": unread,
            "waiting": unread["all"] - unread[tab],
            "active_door": "inbox",
        },
    )


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    services.mark_read(signed_in(request))
    return redirect("inbox:inbox")


@never_cache
@require_safe
def unread(request: HttpRequest) -> JsonResponse:
    """Return the number of unread notices, for pages that cannot keep a stream open."""
    return JsonResponse({"unread": selectors.unread_count(request.user)})
