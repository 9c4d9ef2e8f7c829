"""Health and metrics."""

import hmac
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from redleaf.core.errors import NotFound
from redleaf.ops import metrics

WORKER_SECONDS = 60
LOOPBACK = {"127.0.0.1", "::1"}


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer that this process serves."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether everything is there that a member needs: 200, or 503 with what is missing."""
    checks = _checks()
    good = all(item["good"] for item in checks)
    body = {item["name"]: bool(item["good"]) for item in checks}
    return JsonResponse(body, status=200 if good else 503)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Show the same for people."""
    checks = _checks()
    good = all(item["good"] for item in checks)
    return render(
        request,
        "ops/health.html",
        {"checks": checks, "good": good, "active_door": ""},
        status=200 if good else 503,
    )


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Answer metrics to this machine, or to whoever has the token."""
    token = settings.REDLEAF_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    by_token = bool(token) and hmac.compare_digest(given.encode(), token.encode())
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    by_place = request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded
    if not (by_token or by_place):
        raise NotFound()
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4")


def _checks() -> list[dict[str, Any]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        figures = metrics.background()
    except DatabaseError:
        return [{"name": "database", "good": False, "words": _("The database does not answer.")}]
    age = figures["worker_age_seconds"]
    return [
        {"name": "database", "good": True, "words": _("The database answers.")},
        {
            "name": "worker",
            "good": 0 <= age < WORKER_SECONDS,
            "words": _("The worker is at work.")
            if 0 <= age < WORKER_SECONDS
            else _("The worker has not been heard of for a minute."),
        },
        {
            "name": "events",
            "good": figures["events_stuck"] == 0,
            "words": _("Events that no handler could take: %(count)d.")
            % {"count": figures["events_stuck"]},
        },
        {
            "name": "jobs",
            "good": figures["jobs_failed"] < 10,
            "words": _("Jobs that failed for good: %(count)d.") % {"count": figures["jobs_failed"]},
        },
    ]
