"""Headers that protect, the reader's language, and refusals as designed pages."""

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from redleaf.core.errors import Invalid, Refusal, pause
from redleaf.web.views import refused

Response = Callable[[HttpRequest], HttpResponse]
MINUTE = 60  # what allauth's own limits count in

_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}';"
    " style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=(),"
        " publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}


class SecurityHeaders:
    """A nonce for each request, a strict policy for each page."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response
        self.fixed = dict(_FIXED)
        if settings.REDLEAF_SECURE:
            self.fixed["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined] # templates read it
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.fixed.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce))
        return response


class ReaderLanguage:
    """Speak the language that the reader chose: ?lang=, the account's, the cookie's, the browser's.

    Never guessed by network address.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._chosen(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie", "HX-Request"))
        response.headers.setdefault("Content-Language", language)
        return response

    def _chosen(self, request: HttpRequest) -> str:
        asked = request.GET.get("lang", "").lower()
        if asked in self.known:
            return asked
        user: Any = getattr(request, "user", None)
        if user is not None and user.is_authenticated and user.language in self.known:
            return str(user.language)
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if cookie in self.known:
            return cookie
        for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
            found = self._match(tag.lower())
            if found:
                return found
        return settings.LANGUAGE_CODE

    def _match(self, tag: str) -> str | None:
        if tag.startswith("zh"):
            parts = tag.split("-")
            traditional = "hant" in parts or (
                {"tw", "hk", "mo"} & set(parts) and "hans" not in parts
            )
            tag = "zh-hant" if traditional else "zh-hans"
        else:
            tag = tag.split("-")[0]
        return tag if tag in self.known else None


class Refusals:
    """Answer refusals in words and bad addresses without a crash."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_broken(request):
            return refused(
                request,
                Invalid(
                    "broken_address", _("This address is broken. Check it, or search."), status=400
                ),
            )
        pause.set(0)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            told = refused(request, Refusal("wrong_method", status=405))
            told.headers["Allow"] = response.headers.get("Allow", "")
            return told
        wait = pause.get()
        if wait and request.method == "POST" and response.status_code in {200, 400, 422}:
            response.status_code = 429  # a form that says so, with everything that was typed
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(wait or MINUTE))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refused(request, error)
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return refused(
                request,
                Invalid(
                    "too_large", _("That was too much at once. Send less, or in parts."), status=413
                ),
            )
        if isinstance(error, SuspiciousOperation):
            return refused(
                request,
                Invalid(
                    "broken_request",
                    _("We could not read this request. Please try again."),
                    status=400,
                ),
            )
        return None


def _is_broken(request: HttpRequest) -> bool:
    """Return whether the path holds nulls, or the query nulls or bytes that are not UTF-8.

    Bytes in the path that are not UTF-8 are percent signs by now, and lead to no page.
    """
    if "\x00" in request.path:
        return True
    query = request.META.get("QUERY_STRING", "")
    if query.isascii() and "%" not in query:
        return False
    try:
        return "\x00" in unquote_to_bytes(query.encode("latin-1")).decode("utf-8")
    except UnicodeError:
        return True
