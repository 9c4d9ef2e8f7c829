"""Pages on the way in that allauth does not have, and its sign-up with our refusals."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.stagekit import unstash_login
from allauth.account.views import SignupByPasskeyView, SignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts import handles, selectors, services
from redleaf.accounts.forms.entrance import TOO_YOUNG
from redleaf.accounts.stages import ReopenStage
from redleaf.core import limits
from redleaf.core.errors import Invalid, NotFound
from redleaf.editions import selectors as editions


class _Refusals:
    """Sign-up's own endings: too young, and beaten to a handle."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc] # the view beside this class has it
        except IntegrityError:
            form.add_error("username", _("Somebody has this name already."))
            return self.form_invalid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error("age_band", TOO_YOUNG):
            return render(self.request, "accounts/too_young.html")
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc] # the view beside this class has it
        return response


class SignUp(_Refusals, SignupView):  # type: ignore[misc] # allauth carries no types
    """Sign-up with a password."""


class SignUpByPasskey(_Refusals, SignupByPasskeyView):  # type: ignore[misc] # allauth carries no types
    """Sign-up with a passkey: the same screen, without the password."""

    template_name = "account/signup.html"


@require_safe
def handle_check(request: HttpRequest) -> HttpResponse:
    """Say in a fragment whether a handle can be had, or propose one for a name."""
    limits.hit("handle_check", limits.client_key(request), rate="120/m")
    typed = request.GET.get("username", "")[:200]
    name = request.GET.get("display_name", "")[:200]
    account = request.user if request.user.is_authenticated else None
    context: dict[str, Any] = {"handle": typed, "problem": "", "free": False, "proposed": False}
    if not typed:
        context.update(handle=handles.propose_handle(name) if name else "", proposed=bool(name))
    else:
        try:
            handle = handles.clean_handle(typed)
            context["free"] = selectors.handle_is_free(handle, account=account)
            if not context["free"]:
                context["problem"] = _("Somebody has this name already.")
        except Invalid as refusal:
            context["problem"] = refusal.message
    return render(request, "accounts/_handle.html", context)


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Stand where a library has an address that is not used here. Raises NotFound."""
    del request, rest
    raise NotFound()


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Leave a sign-up that waits for its code, and forget it; the answer is the same for all."""
    login = unstash_login(request)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    if login is not None and login.signup and login.user is not None:
        services.withdraw_sign_up(login.user)
    return HttpResponseRedirect(reverse("account_signup"), status=303)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The last, optional step of sign-up: interests."""
    account: Any = request.user
    if request.method == "POST":
        services.set_interests(account, interests=request.POST.getlist("interest"))
        messages.success(
            request,
            _("Welcome, %(name)s! Look around, and share something you know when you like.")
            % {"name": account.display_name},
            extra_tags="welcome",
        )
        return HttpResponseRedirect(safe_next(request), status=303)
    return render(
        request,
        "accounts/welcome.html",
        {"channels": editions.channels(), "chosen": set(account.interests)},
    )


@login_stage_required(stage=ReopenStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest) -> HttpResponse:
    """Ask somebody who closed their account and signs in whether it shall come back."""
    stage = request._login_stage  # type: ignore[attr-defined] # set by the decorator
    if request.method == "POST":
        services.reopen_account(stage.login.user)
        messages.success(request, _("Good to have you back. Everything is as it was."))
        response: HttpResponse = stage.exit()
        return response
    return render(request, "accounts/reopen.html", {"account": stage.login.user})


def safe_next(request: HttpRequest) -> str:
    """Return the address that `next` names, if it is one of ours; else Home."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"
