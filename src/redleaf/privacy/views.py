"""The page on which a member says what Redleaf may remember."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from redleaf.accounts.people import signed_in
from redleaf.core import limits
from redleaf.core.errors import Invalid
from redleaf.privacy import purposes, selectors, services

ACTS = ("grant", "withdraw", "begin")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Show each purpose with its switch, and do what a button says.

    Other pages may carry the same switch: a form with `purpose`, `act`, and `next`, the page of
    ours to go back to.
    """
    account = signed_in(request)
    if request.method == "POST":
        return _change(request)
    context = {
        "section": "privacy",
        "choices": selectors.choices(account),
        "history": [
            {**change, "label": purposes.purpose(change["purpose"]).label}
            for change in reversed(selectors.history(account))
            if change["purpose"] in {item.key for item in purposes.purposes()}
        ],
    }
    return render(request, "privacy/privacy.html", context)


def _change(request: HttpRequest) -> HttpResponse:
    account, act = signed_in(request), request.POST.get("act", "")
    if act not in ACTS:
        raise Invalid("act", _("Choose what Redleaf may remember."))
    purpose = purposes.purpose(request.POST.get("purpose", ""))
    limits.hit("consent", str(account.id), rate="60/h")
    if act == "grant":
        past = request.POST.get("begin_with_past") == "1" and purpose.past is not None
        services.grant(account, purpose.key, begin_with_past=past)
        messages.success(request, _("On: %(purpose)s.") % {"purpose": purpose.label})
    elif act == "begin":
        services.begin_with(account, purpose.key)
        messages.success(request, _("It begins with what you did before."))
    else:
        services.withdraw(account, purpose.key)
        messages.success(
            request,
            _("Off: %(purpose)s. What was kept for it is deleted.") % {"purpose": purpose.label},
        )
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if allowed else reverse("privacy:privacy"), status=303)
