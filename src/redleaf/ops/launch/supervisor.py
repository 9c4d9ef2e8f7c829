"""`redleaf up`: PostgreSQL, migrations, demo, web and worker, in order, and back again.

Everything is a child of this one process and dies with it. A child that ends by itself is started
again with a growing pause.
"""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from redleaf.ops.launch import environment, postgres
from redleaf.ops.launch.environment import LaunchError, Place

READY_SECONDS = 60.0
STOP_SECONDS = 25.0
PAUSE_MAXIMUM = 30.0
LOG_BYTES = 20 * 1024 * 1024
SOURCE = environment.REPOSITORY / "src" / "redleaf"


@dataclass
class Options:
    """What the command line asked for."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = True
    production: bool = False


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

    variables: dict[str, str]
    children: list[Child] = field(default_factory=list)
    server: postgres.Server | None = None
    stopping: bool = False


def up(options: Options) -> int:
    """Start everything and stay until told to stop; return the exit code. Raises LaunchError."""
    began = time.monotonic()
    place = environment.prepare(options.data)
    options.port = free_port(options.host, options.port)
    running = Running(variables_for(place, options))
    _listen_for_signals(running)
    try:
        with _progress("Starting PostgreSQL"):
            running.server = start_database(place, running.variables)
        running.variables["DATABASE_URL"] = database_url(running.server)
        prepare_product(place, running.variables, demo=options.demo)
        running.children = [
            Child("web", web_command(options), _log(place, "web")),
            Child("worker", [sys.executable, "-m", "redleaf", "worker"], _log(place, "worker")),
        ]
        for child in running.children:
            _start(child, running.variables)
        base = f"http://{_reachable(options.host)}:{options.port}"
        with _progress("Starting the site"):
            _wait_until_ready(base, running)
        _greet(place, base, time.monotonic() - began)
        _watch(place, running)
    except _Stopped:
        pass
    finally:
        _stop(running)
    return 0


def variables_for(place: Place, options: Options) -> dict[str, str]:
    """Return the environment of every child."""
    variables = dict(os.environ)
    variables["REDLEAF_DATA"] = str(place.data)
    variables.setdefault("REDLEAF_SECRET_KEY", environment.secret(place, "secret-key"))
    variables.setdefault("REDLEAF_PUBLIC_URL", f"http://{_reachable(options.host)}:{options.port}")
    if options.host not in {"127.0.0.1", "localhost"}:
        variables.setdefault("REDLEAF_HOSTS", "*" if options.host == "0.0.0.0" else options.host)  # noqa: S104 - the operator asked for it
    variables["REDLEAF_DEMO"] = "1" if options.demo else ""
    variables["REDLEAF_HASHED_STATIC"] = "1"
    variables["PYTHONPATH"] = str(environment.REPOSITORY / "src")
    variables["DJANGO_SETTINGS_MODULE"] = "redleaf.config.settings"
    variables["PYTHONUNBUFFERED"] = "1"
    variables.setdefault("MALLOC_ARENA_MAX", "2")  # threads would otherwise keep an arena each
    return variables


def start_database(place: Place, variables: dict[str, str]) -> postgres.Server | None:
    """Start the embedded server, unless DATABASE_URL names another, which is then checked."""
    given = variables.get("DATABASE_URL")
    if given:
        check_database(given)
        return None
    return postgres.start(place, _log(place, "postgresql"))


def check_database(url: str) -> None:
    """Raise LaunchError, in words, for a database that cannot serve."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            if connection.info.server_version < 160000:
                raise LaunchError("The database is older than PostgreSQL 16. Please upgrade it.")
            found = connection.execute(
                "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
            ).fetchone()
            if found is None:
                raise LaunchError("The database lacks pgvector. Install its package there.")
    except psycopg.OperationalError as error:
        raise LaunchError(f"DATABASE_URL does not answer: {str(error).strip()}") from error


def database_url(server: postgres.Server | None) -> str:
    return os.environ["DATABASE_URL"] if server is None else server.url


def prepare_product(place: Place, variables: dict[str, str], *, demo: bool) -> None:
    """Migrate, collect static files and load the demo, each only when there is need to."""
    migrations = _digest(SOURCE.glob("*/migrations/*.py")) + _digest(
        [environment.REPOSITORY / "requirements" / "base.txt"]
    )
    with _when_changed(place, "migrations", migrations + variables["DATABASE_URL"]) as changed:
        if changed:
            _manage("Preparing the database", variables, "migrate", "--no-input", "-v", "0")
    static = _digest(SOURCE.glob("*/static/**/*"))
    with _when_changed(place, "static", static) as changed:
        if changed:
            _manage(
                "Collecting style and scripts", variables, "collectstatic", "--no-input", "-v", "0"
            )
    if demo:
        with _when_changed(place, "demo", "loaded") as changed:
            if changed:
                _manage("Writing the demo", variables, "demo", "--if-empty")


def web_command(options: Options) -> list[str]:
    """Return the web server's command line: one process that serves pages, streams and files."""
    workers = os.environ.get("REDLEAF_WEB_WORKERS", "1")
    return [
        *(sys.executable, "-m", "granian", "redleaf.config.asgi:application"),
        *("--interface", "asgi", "--host", options.host, "--port", str(options.port)),
        *("--workers", workers, "--no-ws", "--http", "1", "--log-level", "warning"),
        *("--static-path-route", "/static"),
        *("--static-path-mount", str(Path(options.data).resolve() / "static")),
        *("--static-path-expires", "31536000"),
        "--respawn-failed-workers",
    ]


class _Stopped(Exception):
    """Somebody asked us to stop."""


def _listen_for_signals(running: Running) -> None:
    def stop(number: int, frame: object) -> None:
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
        preexec_fn=postgres.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread here
    )
    child.started_at = time.monotonic()


def _watch(place: Place, running: Running) -> None:
    while True:
        time.sleep(0.25)
        if running.server is not None and running.server.process.poll() is not None:
            _say("PostgreSQL ended by itself; starting it again")
            running.server.lock.close()
            running.server = postgres.start(place, _log(place, "postgresql"))
        for child in running.children:
            _look_after(child, running.variables)


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
                raise LaunchError(f"{child.name} did not start; logs/{child.name}.log says why.")
        if time.monotonic() > deadline:
            raise LaunchError("The site does not answer; logs/web.log says why.")
        time.sleep(0.05)


def _manage(words: str, variables: dict[str, str], *arguments: str) -> None:
    with _progress(words):
        command = [sys.executable, "-m", "django", *arguments]
        done = subprocess.run(command, env=variables, capture_output=True, text=True)  # noqa: S603 - our own
        if done.returncode:
            raise LaunchError(f"{words} failed:\n{done.stdout[-500:]}{done.stderr[-1500:]}")


@contextlib.contextmanager
def _when_changed(place: Place, name: str, digest: str) -> Iterator[bool]:
    stamp = place.stamps / name
    text = hashlib.sha256(digest.encode()).hexdigest()
    changed = not stamp.exists() or stamp.read_text(encoding="ascii") != text
    yield changed
    if changed:
        stamp.write_text(text, encoding="ascii")


def _digest(paths: "Iterator[Path] | list[Path]") -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            facts = path.stat()
            found.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def free_port(host: str, port: int) -> int:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise LaunchError(
                f"Port {port} on {host} is not free ({error.strerror}). "
                "Choose another: ./redleaf up --port 8080"
            ) from error
        return int(attempt.getsockname()[1])


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - a comparison


def _log(place: Place, name: str) -> IO[bytes]:
    path = place.logs / f"{name}.log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


@contextlib.contextmanager
def _progress(words: str) -> Iterator[None]:
    print(f"  {words} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def _say(words: str) -> None:
    print(f"  {words}.", flush=True)


def _greet(place: Place, base: str, seconds: float) -> None:
    print(f"\nRedleaf is ready in {seconds:.1f} s:  {base}/\n")
    signs = place.data / "demo-sign-ins.txt"
    if signs.exists():
        print(signs.read_text(encoding="utf-8"))
    print(f"Mail that the site sends: {base}/outbox/")
    print(f"Data: {place.data}   Logs: {place.logs}   Stop: Ctrl-C", flush=True)


def run_with_database(data: Path, action: Callable[[dict[str, str]], int]) -> int:
    """Do something with the place's database: the running one, or one started for this alone."""
    place = environment.prepare(data)
    variables = variables_for(place, Options(data))
    variables["REDLEAF_DEMO"] = os.environ.get("REDLEAF_DEMO", "")
    if variables.get("DATABASE_URL"):
        return action(variables)
    if postgres.is_running(place):
        variables["DATABASE_URL"] = postgres.address(place)
        return action(variables)
    server = postgres.start(place, _log(place, "postgresql"))
    try:
        variables["DATABASE_URL"] = server.url
        return action(variables)
    finally:
        server.stop()
