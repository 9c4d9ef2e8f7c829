"""A name and a log line for each request, and what /metrics/ counts."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from redleaf.core import ids
from redleaf.ops import metrics

log = structlog.get_logger("redleaf.request")

SLOW_SECONDS = 0.5


class Observed:
    """Count and time each request by the name of its route; log the slow and the failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        route = match.view_name if match is not None and match.view_name else "unknown"
        metrics.observe(route, response.status_code, seconds)
        if response.status_code >= 500 or seconds > SLOW_SECONDS:
            log.warning(
                "request",
                id=ids.encode(ids.new_id()),
                route=route,
                method=request.method,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
        return response
