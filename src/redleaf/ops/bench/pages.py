"""`redleaf bench pages`: what the main pages cost, of the real server over a large database."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from redleaf.ops.bench import driving, watching
from redleaf.ops.launch import environment, postgres, supervisor

HOST = "127.0.0.1"
CONNECTIONS = 8
MEBIBYTE = 1024 * 1024
Requests = list[bytes]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--interactions", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each page and phase")
    parser.add_argument("--keep", type=Path, help="keep the filled data folder, or use a kept one")


def run(options: argparse.Namespace) -> int:
    """Fill (unless a kept folder is given), measure, print the table, write the JSON."""
    folder = options.keep or Path(tempfile.mkdtemp(prefix="redleaf-bench-"))
    place = environment.prepare(folder)
    plan_file = folder / "plan.json"
    try:
        if not plan_file.exists():
            _fill(place, plan_file, options)
        plan = json.loads(plan_file.read_text(encoding="utf-8"))
        figures = _measure(place, plan, options.seconds)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(place.database, ignore_errors=True)
    figures |= {"notes": options.notes, "marks": plan["marks"]}
    print(table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if figures["failed"] else 0


def requests_of(plan: dict[str, Any]) -> dict[str, Requests]:
    """Return the requests of each page, from the plan that the filling wrote."""
    sessions = plan["sessions"]
    return {
        "explore": [driving.get("/")],
        "channel": [driving.get(f"/?channel={slug}") for slug in plan["channels"]],
        "note": [driving.get(f"/note/{ref}/") for ref in plan["notes"]],
        "profile": [driving.get(f"/@{handle}") for handle in plan["handles"]],
        "search": [
            driving.get(f"/search/?q={urllib.parse.quote(query)}") for query in plan["queries"]
        ],
        "like": [
            driving.post(
                f"/note/{ref}/mark/like/", f"on={number % 2}", session=sessions[number % 60]
            )
            for number, ref in enumerate(plan["notes"])
        ],
        "explore_personal": [driving.get("/", session=session) for session in plan["readers"]],
        "explore_member": [driving.get("/", session=session) for session in sessions],
        "note_member": [
            driving.get(f"/note/{ref}/", session=sessions[number % len(sessions)])
            for number, ref in enumerate(plan["notes"])
        ],
    }


def table(figures: dict[str, float]) -> str:
    """Return the figures as a table for people."""
    names = [key.removesuffix(".cpu_ms") for key in figures if key.endswith(".cpu_ms")]
    head = (
        "page            rps   p50 ms   p99 ms | alone p50   p99 | CPU ms: app  PostgreSQL   both"
    )
    lines = [head, "-" * len(head)]
    for name in names:
        row = {
            key.partition(".")[2]: value
            for key, value in figures.items()
            if key.startswith(f"{name}.")
        }
        lines.append(
            f"{name:<15}{row['rps']:>4.0f} {row['p50_ms']:>8.2f} {row['p99_ms']:>8.2f} |"
            f"{row['p50_alone_ms']:>10.2f} {row['p99_alone_ms']:>5.1f} |"
            f"{row['app_ms']:>12.2f} {row['postgres_ms']:>11.2f} {row['cpu_ms']:>6.2f}"
        )
    lines.append(
        f"\nmemory of web and worker {figures['rss_mib']:.0f} MiB; second start"
        f" {figures['start_s']:.2f} s; load of the machine before {figures['load']:.2f}"
        f" on {figures['cores']:.0f} cores"
    )
    return "\n".join(lines)


def _fill(place: environment.Place, plan: Path, options: argparse.Namespace) -> None:
    print("  Filling the scratch database; this takes a few minutes …", flush=True)
    began = time.monotonic()
    variables = supervisor.variables_for(place, supervisor.Options(place.data, demo=False))
    variables.pop("DATABASE_URL", None)
    with (place.logs / "postgresql.log").open("ab") as log:
        server = postgres.start(place, log)
        try:
            variables["DATABASE_URL"] = server.url
            supervisor.prepare_product(place, variables, demo=False)
            numbers = [str(options.notes), str(options.members), str(options.interactions)]
            for command in (
                [sys.executable, "-m", "redleaf.ops.bench.filling", str(plan), *numbers],
                [sys.executable, "-m", "django", "search", "rebuild"],
            ):
                subprocess.run(command, env=variables, check=True)  # noqa: S603 - our own modules
        finally:
            server.stop()
    print(f"  Filled in {time.monotonic() - began:.0f} s.", flush=True)


@contextmanager
def _running(place: environment.Place, port: int) -> Iterator[tuple[int, float]]:
    """Run `redleaf up` as a member's machine does; give its process and the seconds it took."""
    variables = {**os.environ, "REDLEAF_RATE_LIMITS": "no"}
    variables.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "redleaf", "up", "--no-demo", "--data", str(place.data)]
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [*command, "--port", str(port)], env=variables, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield process.pid, time.monotonic() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health/live", timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("The server did not start; look at the logs in the data folder.")


def _measure(place: environment.Place, plan: dict[str, Any], seconds: float) -> dict[str, float]:
    port = supervisor.free_port(HOST, 0)
    with _running(place, port):
        pass  # the first start prepares; the second is the one that is measured
    figures: dict[str, float] = {
        "load": round(os.getloadavg()[0], 2),
        "cores": float(os.cpu_count() or 1),
    }
    failed = 0
    with _running(place, port) as (pid, start):
        figures["start_s"] = round(start, 2)
        time.sleep(3)
        for name, requests in requests_of(plan).items():
            page, bad = _page(port, pid, requests, seconds)
            failed += bad
            figures |= {f"{name}.{key}": value for key, value in page.items()}
            print(f"  {name}: {page['cpu_ms']:.2f} ms of CPU", flush=True)
        resident = watching.usage(pid).resident
        figures["rss_mib"] = round((resident["web"] + resident["worker"]) / MEBIBYTE, 1)
        figures["postgres_rss_mib"] = round(resident["postgres"] / MEBIBYTE, 1)
    figures["failed"] = failed
    return figures


def _page(port: int, pid: int, requests: Requests, seconds: float) -> tuple[dict[str, float], int]:
    """Warm up, then measure at eight connections with CPU, then at one."""
    driving.drive(HOST, port, requests, connections=CONNECTIONS, seconds=min(3.0, seconds))
    before = watching.usage(pid)
    many = driving.drive(HOST, port, requests, connections=CONNECTIONS, seconds=seconds)
    after = watching.usage(pid)
    alone = driving.drive(HOST, port, requests, connections=1, seconds=seconds / 2)
    used = {
        group: (after.cpu[group] - before.cpu[group]) * 1000 / max(1, many.count)
        for group in watching.GROUPS
    }
    page = {
        "rps": many.count / many.elapsed,
        "p50_ms": many.percentile(0.5),
        "p99_ms": many.percentile(0.99),
        "p50_alone_ms": alone.percentile(0.5),
        "p99_alone_ms": alone.percentile(0.99),
        "app_ms": used["web"],
        "postgres_ms": used["postgres"],
        "worker_ms": used["worker"],
        "cpu_ms": used["web"] + used["postgres"],
        "kib": many.bytes / max(1, many.count) / 1024,
    }
    return {key: round(value, 3) for key, value in page.items()}, many.failed + alone.failed
