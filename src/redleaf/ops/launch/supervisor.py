"""`redleaf up`: PostgreSQL, migrations, demo, web and worker, in order, and back again.

Everything is a child of this one process and dies with it. A child that ends by itself is started
again with a growing pause.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from redleaf.ops.launch import environment, postgres
from redleaf.ops.launch.environment import LaunchError, Place
from redleaf.ops.launch.preparing import (
    Options,
    base_address,
    database_url,
    log_file,
    prepare_product,
    progress,
    run_with_database,
    start_database,
    variables_for,
)
from redleaf.ops.launch.processes import dies_with_parent

READY_SECONDS = 60.0
STOP_SECONDS = 25.0
PAUSE_MAXIMUM = 30.0
PORT_SECONDS = 10.0  # how long the web server of a killed supervisor may keep its port
LOG_BYTES = 20 * 1024 * 1024
LOG_LOOK_SECONDS = 30.0

__all__ = ["Options", "free_port", "prepare_product", "run_with_database", "up", "variables_for"]


@dataclass
class Child:
    """A process of ours, and when it may be started again after it ended by itself."""

    name: str
    command: list[str]
    log: IO[bytes]
    process: "subprocess.Popen[bytes] | None" = None
    failures: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0


@dataclass
class Running:
    """The children, in the order in which they are stopped."""

    place: Place
    variables: dict[str, str]
    children: list[Child] = field(default_factory=list)
    server: postgres.Server | None = None
    server_failures: int = 0
    stopping: bool = False


def up(options: Options) -> int:
    """Start everything and stay until told to stop; return the exit code. Raises LaunchError."""
    began = time.monotonic()
    environment.check_config()
    place = environment.prepare(options.data)
    with environment.hold(place):
        options.port = _own_port(place, options)
        running = Running(place, variables_for(place, options))
        base = base_address(options.host, options.port)
        _listen_for_signals(running)
        try:
            _write_running(place, base)
            _bring_up(running, options, base)
            _greet(place, base, time.monotonic() - began)
            _watch(running)
        except _Stopped:
            pass
        finally:
            _stop(running)
            place.running.unlink(missing_ok=True)
    return 0


def _bring_up(running: Running, options: Options, base: str) -> None:
    place, variables = running.place, running.variables
    with progress("Starting PostgreSQL"):
        running.server = start_database(place, variables)
    variables["DATABASE_URL"] = database_url(running.server)
    prepare_product(place, variables, demo=options.demo)
    worker = [sys.executable, "-m", "redleaf", "worker"]
    running.children = [
        Child("web", web_command(options), log_file(place, "web")),
        Child("worker", worker, log_file(place, "worker")),
    ]
    for child in running.children:
        _start(child, variables)
    with progress("Starting the site"):
        _wait_until_ready(base, running)


def web_command(options: Options) -> list[str]:
    """Return the web server's command line: one process that serves pages, streams and files."""
    workers = os.environ.get("REDLEAF_WEB_WORKERS", "1")
    return [
        *(sys.executable, "-m", "granian", "redleaf.config.asgi:application"),
        *("--interface", "asgi", "--host", options.host, "--port", str(options.port)),
        *("--workers", workers, "--no-ws", "--http", "1", "--log-level", "warning"),
        *("--log-config", str(Path(__file__).with_name("granian_logs.json"))),
        *("--static-path-route", "/static"),
        *("--static-path-mount", str(Path(options.data).resolve() / "static")),
        *("--static-path-expires", "31536000"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--workers-kill-timeout", "3s"),  # open streams never end by themselves
    ]


class _Stopped(Exception):
    """Somebody asked us to stop."""


def _listen_for_signals(running: Running) -> None:
    def stop(*_signal: object) -> None:
        if not running.stopping:
            running.stopping = True
            raise _Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)


def _start(child: Child, variables: dict[str, str]) -> None:
    child.process = subprocess.Popen(  # noqa: S603 - our own commands
        child.command,
        stdout=child.log,
        stderr=child.log,
        stdin=subprocess.DEVNULL,
        env=variables,
        cwd=environment.REPOSITORY,
        preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread here
    )
    child.started_at = time.monotonic()


def _watch(running: Running) -> None:
    look_at_logs = time.monotonic() + LOG_LOOK_SECONDS
    while True:
        time.sleep(0.25)
        if running.server is not None and running.server.process.poll() is not None:
            _start_server_again(running)
        for child in running.children:
            _look_after(child, running.variables)
        if time.monotonic() > look_at_logs:
            look_at_logs = time.monotonic() + LOG_LOOK_SECONDS
            for path in running.place.logs.glob("*.log"):
                with contextlib.suppress(OSError):
                    rotate(path)


def _start_server_again(running: Running) -> None:
    assert running.server is not None  # noqa: S101 - the caller looked
    _say("PostgreSQL ended by itself; starting it again")
    running.server.lock.close()
    began = time.monotonic()
    try:
        running.server = postgres.start(running.place, log_file(running.place, "postgresql"))
        running.server_failures = 0
    except LaunchError as error:
        running.server_failures += 1
        pause = min(PAUSE_MAXIMUM, 0.5 * 2**running.server_failures)
        _say(f"{str(error).rstrip('.')}; again in {pause:.1f} s")
        time.sleep(max(0.0, pause - (time.monotonic() - began)))


def _look_after(child: Child, variables: dict[str, str]) -> None:
    moment = time.monotonic()
    if child.process is None:
        if moment >= child.start_again_at:
            _start(child, variables)
        return
    if child.process.poll() is None:
        if moment - child.started_at > PAUSE_MAXIMUM:
            child.failures = 0
        return
    pause = min(PAUSE_MAXIMUM, 0.5 * 2**child.failures)
    child.failures += 1
    _say(f"{child.name} ended by itself (code {child.process.returncode}); again in {pause:.1f} s")
    child.process, child.start_again_at = None, moment + pause


def _stop(running: Running) -> None:
    running.stopping = True
    alive = [child for child in running.children if child.process is not None]
    if alive or running.server:
        _say("Stopping")
    for child in alive:
        assert child.process is not None  # noqa: S101 - chosen above
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in alive:
        assert child.process is not None  # noqa: S101 - chosen above
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
    if running.server is not None:
        running.server.stop()


def _wait_until_ready(base: str, running: Running) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        with contextlib.suppress(urllib.error.URLError, OSError):
            request = urllib.request.Request(f"{base}/health/live", headers={"Host": "localhost"})  # noqa: S310 - our own address
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        for child in running.children:
            if child.process is not None and child.process.poll() is not None:
                raise LaunchError(
                    f"{child.name} did not start; {running.place.logs / child.name}.log says why:\n"
                    + _last_lines(running.place.logs / f"{child.name}.log")
                )
        if time.monotonic() > deadline:
            raise LaunchError(f"The site does not answer; {running.place.logs}/web.log says why.")
        time.sleep(0.03)


def _last_lines(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  {line[:300]}" for line in lines[-6:])


def free_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0. Raises LaunchError when it cannot be had."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise LaunchError(f"There is no address {host} here ({error.strerror}).") from error
    try:
        attempt = socket.socket(family, kind, protocol)
    except OSError as error:
        raise LaunchError(f"This machine cannot listen on {host} ({error.strerror}).") from error
    with attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(address)
        except OSError as error:
            raise LaunchError(
                f"Port {port} on {host} is not free ({error.strerror}). "
                "Choose another: ./redleaf up --port 8080"
            ) from error
        return int(attempt.getsockname()[1])


def _own_port(place: Place, options: Options) -> int:
    """Return the port to listen on. After a killed supervisor its web server gets time to end."""
    deadline = time.monotonic() + (PORT_SECONDS if place.running.exists() else 0.0)
    while True:
        try:
            return free_port(options.host, options.port)
        except LaunchError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _write_running(place: Place, base: str) -> None:
    text = json.dumps({"pid": os.getpid(), "base": base})
    place.running.write_text(text, encoding="utf-8")


def rotate(path: Path, maximum: int = LOG_BYTES) -> None:
    """Move what a log holds to NAME.log.1 once it is long; its writers go on in the same file.

    They write at the end, wherever that is, so the file is emptied, not replaced. A line written
    between the copy and the emptying is lost.
    """
    if path.stat().st_size <= maximum:
        return
    shutil.copyfile(path, path.with_suffix(".log.1"))
    os.truncate(path, 0)


def _say(words: str) -> None:
    print(f"  {words}.", flush=True)


def _greet(place: Place, base: str, seconds: float) -> None:
    print(f"\nRedleaf is ready in {seconds:.1f} s:  {base}/\n")
    signs = place.data / "demo-sign-ins.txt"
    if signs.exists():
        print(signs.read_text(encoding="utf-8"))
    print(f"Mail that the site sends: {base}/outbox/")
    if place.data not in place.database.parents and not os.environ.get("DATABASE_URL"):
        print(f"Database: {place.database}")
    print(f"Data: {place.data}   Logs: {place.logs}   Stop: Ctrl-C", flush=True)
