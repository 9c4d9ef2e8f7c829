"""How every endpoint answers: JSON, errors in one shape, entity tags, limits, for every origin."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from redleaf.accounts.people import viewer
from redleaf.core import limits
from redleaf.core.errors import Refusal
from redleaf.web.views import default_message

RATE = "240/m"
SEARCH_RATE = "60/m"
TYPE = "application/json; charset=utf-8"

Endpoint = Callable[..., dict[str, Any]]


def endpoint(*, rate: str = RATE) -> Callable[[Endpoint], Callable[..., HttpResponse]]:
    """Make a function that returns a plain object an endpoint that answers GET and HEAD.

    A Refusal becomes its status and {"error": {"code", "message"}}. The limit is for each member,
    or for each network of those who are not signed in.
    """

    def decorate(function: Endpoint) -> Callable[..., HttpResponse]:
        name = "api" if rate == RATE else f"api_{function.__name__}"

        @wraps(function)
        def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
            try:
                if request.method not in {"GET", "HEAD", "OPTIONS"}:
                    raise Refusal("method", _("This address can only be read."), status=405)
                if request.method == "OPTIONS":
                    return _open(HttpResponse(status=204))
                reader = viewer(request)
                who = str(reader.id) if reader is not None else limits.client_key(request)
                limits.hit(name, who, rate=rate)
                content = function(request, **arguments)
            except Refusal as refusal:
                return refused(refusal)
            return _answer(request, content)

        return view

    return decorate


def refused(refusal: Refusal) -> HttpResponse:
    """Answer a refusal as JSON."""
    message = str(refusal.message) or default_message(refusal.status)
    response = _written({"error": {"code": refusal.code, "message": message}})
    response.status_code = refusal.status
    response["Cache-Control"] = "no-store"
    retry_after = getattr(refusal, "retry_after", None)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    if refusal.status == 405:
        response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _answer(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    response = _written(content)
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in known or tag.removeprefix("W/") in known:
        response = _open(HttpResponse(status=304))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def _written(content: dict[str, Any]) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return _open(HttpResponse(text.encode(), content_type=TYPE))


def _open(response: HttpResponse) -> HttpResponse:
    """Let pages of any origin read this as a stranger reads it: cookies do not come along."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
