"""A name and a log line for each request, and what /metrics/ counts."""

import os
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from redleaf.core import ids
from redleaf.ops import metrics

log = structlog.get_logger("redleaf.request")

SLOW_SECONDS = 0.5
HEADER = "X-Request-Id"


class Observed:
    """Name, count and time each request by its route; log the slow and the failed.

    With REDLEAF_LOG_REQUESTS=1 every request is logged. The name stands in every log line written
    meanwhile and in the answer's X-Request-Id, so that a member can tell which request failed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log_all = os.environ.get("REDLEAF_LOG_REQUESTS", "") in {"1", "true", "yes", "on"}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = ids.encode(ids.new_id())
        bind_contextvars(request=name)
        try:
            return self._observe(request, name)
        finally:
            clear_contextvars()  # the thread goes on to another request

    def _observe(self, request: HttpRequest, name: str) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        response.headers[HEADER] = name
        match = request.resolver_match
        route = match.view_name if match is not None and match.view_name else "unknown"
        metrics.observe(route, response.status_code, seconds)
        notable = response.status_code >= 500 or seconds > SLOW_SECONDS
        if notable or self.log_all:
            tell = log.warning if notable else log.info
            tell(
                "request",
                route=route,
                method=request.method,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
        return response
