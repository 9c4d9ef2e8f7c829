"""The demo's own address."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from redleaf.core import limits
from redleaf.core.errors import Conflict
from redleaf.demo import sign_ins

RATE = "60/15m"


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo's person `who`, and lead on to `next`; not found without a demo."""
    limits.hit("sign_in", limits.client_key(request), rate=RATE)
    try:
        account = sign_ins.chosen(request, request.POST.get("who", ""))
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
        return redirect("account_login")
    target = request.POST.get("next", "")
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    answer: Any = perform_login(request, account, redirect_url=target if is_ours else None)
    return answer if isinstance(answer, HttpResponse) else redirect("/")
