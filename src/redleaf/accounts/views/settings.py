"""The settings area: overview, profile, language and appearance, closing the account."""

import zoneinfo
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from redleaf import editions
from redleaf.accounts import services
from redleaf.accounts.forms import AppearanceForm, HandleForm, ProfileForm
from redleaf.accounts.mail import send_letter
from redleaf.accounts.mail.letters import LETTERS
from redleaf.accounts.models import GRACE, Account, Session
from redleaf.core import clock, limits
from redleaf.core.errors import Refusal


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that can be set, each with its present state."""
    account: Any = request.user
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    context = {
        "section": "overview",
        "app_on": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "session_count": Session.objects.filter(
            account=account, expire_date__gt=clock.now()
        ).count(),
        "addresses": list(EmailAddress.objects.filter(user=account).order_by("-primary", "email")),
        "operator_mail": editions.current().operator_mail,
    }
    return render(request, "accounts/settings.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, picture, bio and city, as others see them."""
    account: Any = request.user
    initial = {"display_name": account.display_name, "bio": account.bio, "city": account.city}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_profile(account, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            messages.success(request, _("Your profile is saved."))
            return HttpResponseRedirect(reverse("settings_profile"), status=303)
    return profile_page(request, form, HandleForm(initial={"handle": account.handle}))


def picture_refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show the profile page with everything typed, and why its picture was not taken."""
    account: Any = request.user
    form = ProfileForm(request.POST)
    handle_form = HandleForm(initial={"handle": account.handle})
    answer = profile_page(request, form, handle_form, picture_problem=str(refusal.message))
    answer.status_code = refusal.status
    return answer


@login_required
@require_http_methods(["POST"])
def handle(request: HttpRequest) -> HttpResponse:
    """Change the handle; a refusal shows the profile page with what was typed."""
    account: Any = request.user
    form = HandleForm(request.POST)
    if form.is_valid():
        try:
            limits.hit("change_handle", str(account.id), rate="20/h")
            services.change_handle(account, handle=form.cleaned_data["handle"])
        except Refusal as refusal:
            form.add_error("handle", str(refusal.message))
        else:
            messages.success(
                request,
                _("You are @%(handle)s now. Your old name leads here for 90 days.")
                % {"handle": account.handle},
            )
            return HttpResponseRedirect(reverse("settings_profile"), status=303)
    initial = {"display_name": account.display_name, "bio": account.bio, "city": account.city}
    account.refresh_from_db(fields=["handle", "handle_changed_at"])
    return profile_page(request, ProfileForm(initial=initial), form)


def profile_page(
    request: HttpRequest, form: ProfileForm, handle_form: HandleForm, *, picture_problem: str = ""
) -> HttpResponse:
    """Show both forms; what is wrong with them or with the picture stands where it was typed."""
    try:
        avatar_url = reverse("media:avatar")
    except NoReverseMatch:
        avatar_url = ""
    context = {
        "section": "profile",
        "form": form,
        "handle_form": handle_form,
        "avatar_url": avatar_url,
        "picture_problem": picture_problem,
        "name_units": services.NAME_UNITS,
        "bio_units": services.BIO_UNITS,
    }
    status = 422 if form.errors or handle_form.errors else 200
    return render(request, "accounts/profile.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Language, time zone and theme."""
    account: Any = request.user
    initial = {
        "language": account.language,
        "time_zone": account.time_zone,
        "theme": account.theme,
    }
    form = AppearanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_appearance(account, **form.cleaned_data)
        with translation.override(account.language):
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("settings_appearance"), status=303)
    context = {
        "section": "appearance",
        "form": form,
        "zones": sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone),
        "now": clock.now().astimezone(account.zone),
    }
    return render(request, "accounts/appearance.html", context, status=422 if form.errors else 200)


@reauthentication_required(app="redleaf.accounts")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the account, after the password or passkey was asked for once more."""
    account: Any = request.user
    if request.method == "POST":
        if request.POST.get("handle", "").strip().removeprefix("@").lower() != account.handle:
            context = {"section": "close", "problem": True, "typed": request.POST.get("handle", "")}
            return render(request, "accounts/close.html", context, status=422)
        services.close_account(account)
        tell_closed(account)
        logout(request)
        messages.success(
            request, _("Your account is closed. Sign in within 14 days to have it back.")
        )
        return HttpResponseRedirect("/", status=303)
    return render(request, "accounts/close.html", {"section": "close"})


def tell_closed(account: Account) -> None:
    """Mail the member until when the account can come back."""
    with translation.override(account.language):
        until = (clock.now() + GRACE).astimezone(account.zone)
        letter = LETTERS["accounts/closed"]({"date": date_format(until, "DATE_FORMAT")})
        send_letter(account.email, letter, account.language)
