"""Designed errors, the reader's language and theme, the installable shell, and the style page."""

import hashlib
import re
import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redleaf import editions
from redleaf.core.errors import Refusal
from redleaf.web.context import THEME_COOKIE, THEMES
from redleaf.web.filters import language_tag

AWAY_SECONDS = "5"
YEAR = 60 * 60 * 24 * 365
# What a page needs without a connection.
SHELL = tuple(
    f"web/{name}"
    for name in (
        *("tokens.css", "base.css", "components.css", "words.css", "layouts.css"),
        *("icons.svg", "leaf.svg"),
        *("shell.js", "offline.js"),
    )
)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal as the asker reads: a page, a fragment for htmx, or JSON."""
    message = str(refusal.message) or default_message(refusal.status)
    is_for_program = request.path.startswith("/api/")
    if is_for_program or "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse(
            {"error": {"code": refusal.code, "message": message}}, status=refusal.status
        )
    elif request.headers.get("HX-Request"):
        response = HttpResponse(status=refusal.status, headers={"HX-Reswap": "none"})
        response.content = message.encode()
        response["Content-Type"] = "text/plain; charset=utf-8"
    else:
        response = _error_page(request, refusal.status, message)
    retry_after = getattr(refusal, "retry_after", None)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _error_page(request, 404, default_message(404))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _error_page(request, 403, default_message(403))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _error_page(request, 400, default_message(400))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without touching the database or the session: they may be the reason.

    While the database starts again, which it does by itself, that is said, with 503.
    """
    del request
    is_away = isinstance(sys.exc_info()[1], InterfaceError | OperationalError)
    language = translation.get_language() or settings.LANGUAGE_CODE
    page = loader.render_to_string(
        "web/error_plain.html", {"lang": language_tag(language), "is_away": is_away}
    )
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": AWAY_SECONDS} if is_away else {})
    return HttpResponse(page, status=503 if is_away else 500, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return _error_page(
        request,
        403,
        _("This page was open for a long time, or cookies are off. Go back, reload, try again."),
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and, signed in, in the account."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        _remember(request, "language", language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            secure=settings.REDLEAF_SECURE,
            samesite="Lax",
        )
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and, signed in, in the account."""
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in THEMES:
        _remember(request, "theme", theme)
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=YEAR,
            secure=settings.REDLEAF_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/offline.html", {"active_door": ""})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component in each state."""
    return render(request, "web/style.html", {"active_door": ""})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the web app manifest in the reader's language."""
    name = editions.current().name_in(request.LANGUAGE_CODE)
    content: dict[str, Any] = {
        "name": name,
        "short_name": name,
        "description": _("Honest notes from people who have used it."),
        "lang": request.LANGUAGE_CODE,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#b8152b",
        "icons": [
            {"src": static("web/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("web/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("web/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [{"name": _("Share a note"), "url": "/publish/"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Lead browsers that ask for the icon by its old name to ours."""
    del request
    return HttpResponseRedirect(static("web/icon-192.png"))


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that it may look after every page.

    Its shell is named by what is in it: another language or version is another shell.
    """
    shell = [f"{reverse('web:offline')}?lang={request.LANGUAGE_CODE}", *map(static, SHELL)]
    context = {
        "shell": shell,
        "version": hashlib.sha256("\n".join(shell).encode()).hexdigest()[:12],
    }
    response = render(request, "web/service_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def _error_page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    context = {"status": status, "message": message, "active_door": ""}
    return render(request, "web/error.html", context, status=status)


def default_message(status: int) -> str:
    """Return what to say when a refusal has no words of its own."""
    messages = {
        400: _("We could not read this request. Check the address, or go back and try again."),
        403: _("You can’t do this here."),
        404: _("There is nothing here. It may have been deleted, or it is not for everyone."),
        405: _("This address takes what a form sends. Go back to the page with the form."),
        409: _("Somebody was faster. Load the page again to see how it is now."),
        410: _("This is gone."),
        422: _("Something in what you sent needs a change."),
        429: _("That was a lot in a short time. Please wait a little."),
    }
    return messages.get(status, _("This did not work. Please try again."))


def _remember(request: HttpRequest, field: str, value: str) -> None:
    user: Any = request.user
    if user.is_authenticated:
        setattr(user, field, value)
        user.save(update_fields=[field])


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    # A language named in the address would win over the one just chosen.
    target = re.sub(r"([?&])lang=[^&#]*&?", r"\1", target).rstrip("?&")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if allowed else "/", status=303)
