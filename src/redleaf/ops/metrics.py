"""Counters and histograms of this process, in Prometheus' text format (version 0.0.4)."""

import threading
from collections import defaultdict
from pathlib import Path

from redleaf.core import clock, database

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

_lock = threading.Lock()
_requests: dict[tuple[str, int], int] = defaultdict(int)
_seconds: dict[str, list[float]] = {}


def observe(route: str, status: int, seconds: float) -> None:
    """Count one request."""
    with _lock:
        _requests[(route, status)] += 1
        row = _seconds.get(route)
        if row is None:
            row = _seconds[route] = [0.0] * (len(BUCKETS) + 2)
        for index, bound in enumerate(BUCKETS):
            if seconds <= bound:
                row[index] += 1
        row[-2] += 1
        row[-1] += seconds


def exposition() -> str:
    """Return everything as text."""
    lines = ["# TYPE redleaf_requests_total counter"]
    with _lock:
        requests = sorted(_requests.items())
        seconds = {route: list(row) for route, row in sorted(_seconds.items())}
    for (route, status), count in requests:
        lines.append(f'redleaf_requests_total{{route="{route}",status="{status}"}} {count}')
    lines.append("# TYPE redleaf_request_seconds histogram")
    for route, row in seconds.items():
        for index, bound in enumerate(BUCKETS):
            lines.append(
                f'redleaf_request_seconds_bucket{{route="{route}",le="{bound}"}} {row[index]:.0f}'
            )
        lines.append(f'redleaf_request_seconds_bucket{{route="{route}",le="+Inf"}} {row[-2]:.0f}')
        lines.append(f'redleaf_request_seconds_count{{route="{route}"}} {row[-2]:.0f}')
        lines.append(f'redleaf_request_seconds_sum{{route="{route}"}} {row[-1]:.6f}')
    for name, value in {**background(), "resident_bytes": resident_bytes()}.items():
        lines.append(f"# TYPE redleaf_{name} gauge")
        lines.append(f"redleaf_{name} {value}")
    return "\n".join(lines) + "\n"


def background() -> dict[str, float]:
    """Return how far the background is: waiting events and jobs, failed ones, the worker's age."""
    found = database.row(
        "SELECT (SELECT count(*) FROM core_outbox) AS events_waiting,"
        " (SELECT count(*) FROM core_outbox WHERE attempts >= 12) AS events_stuck,"
        " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
        "  AND (scheduled_at IS NULL OR scheduled_at <= now())) AS jobs_waiting,"
        " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS jobs_failed,"
        " (SELECT max(at) FROM core_heartbeat WHERE process = 'worker') AS beat"
    )
    assert found is not None  # noqa: S101 - a query without FROM has one row
    beat = found.pop("beat")
    age = (clock.now() - beat).total_seconds() if beat else -1.0
    return {**{key: float(value) for key, value in found.items()}, "worker_age_seconds": age}


def resident_bytes() -> int:
    """Return the memory of this process, in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    for line in status.read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
