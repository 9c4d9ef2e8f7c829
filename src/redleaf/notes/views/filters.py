"""Hidden words and topics: the page under Settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in
from redleaf.core import limits
from redleaf.core.errors import NotFound, Refusal
from redleaf.core.text import storable
from redleaf.notes.selectors.comments import decode_ref
from redleaf.notes.selectors.filters import filters_listed
from redleaf.notes.services import filters as verbs

TYPED = 200  # letters of a refused text that are shown again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def filters(request: HttpRequest) -> HttpResponse:
    """Show what the member hides, hide another word or topic, and take one back."""
    account = signed_in(request)
    error: Refusal | None = None
    if request.method == "POST":
        limits.hit("filters", str(account.id), rate="120/h")
        try:
            messages.success(request, _do(request, account))
            return redirect("notes:filters")
        except NotFound:
            raise
        except Refusal as refusal:
            error = refusal
    context = {
        "filters": filters_listed(account),
        "kind": "topic" if request.POST.get("kind") == "topic" else "word",
        "days": request.POST.get("days", "0"),
        "typed": storable(request.POST.get("text", ""))[:TYPED] if error else "",
        "error": str(error) if error else "",
        "choices": [
            ("0", _("For good")),
            ("1", _("For a day")),
            ("7", _("For a week")),
            ("30", _("For a month")),
        ],
        "section": "filters",
    }
    return render(request, "notes/filters.html", context, status=error.status if error else 200)


def _do(request: HttpRequest, account: Account) -> str:
    """Do what a button says; return what to say of it."""
    act = request.POST.get("act", "")
    if act == "hide":
        days = request.POST.get("days", "0")
        made = verbs.hide(
            account,
            kind=request.POST.get("kind", ""),
            text=request.POST.get("text", ""),
            days=int(days) if days in {str(number) for number in verbs.DAYS} else -1,
        )
        return _("“%(text)s” is hidden.") % {"text": made.shown}
    if act == "show":
        found = decode_ref(request.POST.get("filter", ""))
        if found is None:
            raise NotFound()
        return _("“%(text)s” is shown again.") % {"text": verbs.show_again(account, found)}
    raise NotFound()
