"""What has to be true before the site can start: an environment, a database, tables, files."""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from redleaf.ops.launch import environment, postgres
from redleaf.ops.launch.environment import LaunchError, Place
from redleaf.ops.launch.processes import SUPERVISED, dies_with_parent

SOURCE = environment.REPOSITORY / "src" / "redleaf"
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - names to compare with
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass
class Options:
    """What the command line asked for."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = True
    production: bool = False


def variables_for(place: Place, options: Options) -> dict[str, str]:
    """Return the environment of every child."""
    variables = dict(os.environ)
    variables["REDLEAF_DATA"] = str(place.data)
    variables.setdefault("REDLEAF_SECRET_KEY", environment.secret(place, "secret-key"))
    variables.setdefault("REDLEAF_PUBLIC_URL", base_address(options.host, options.port))
    if options.host not in LOOPBACK:
        variables.setdefault(
            "REDLEAF_HOSTS", "*" if options.host in EVERYWHERE else _bracketed(options.host)
        )
    variables["REDLEAF_DEMO"] = "1" if options.demo else ""
    variables["REDLEAF_HASHED_STATIC"] = "1"
    variables["PYTHONPATH"] = str(environment.REPOSITORY / "src")
    variables["DJANGO_SETTINGS_MODULE"] = "redleaf.config.settings"
    variables["PYTHONUNBUFFERED"] = "1"
    variables[SUPERVISED] = "1"
    variables.setdefault("MALLOC_ARENA_MAX", "2")  # threads would otherwise keep an arena each
    return variables


def base_address(host: str, port: int) -> str:
    """Return the address under which this machine reaches the site."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - a key
    return f"http://{_bracketed(name)}:{port}"


def _bracketed(host: str) -> str:
    """Return a host as addresses and the Host header write it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def start_database(place: Place, variables: dict[str, str]) -> postgres.Server | None:
    """Start the embedded server, unless DATABASE_URL names another, which is then checked."""
    given = variables.get("DATABASE_URL")
    if given:
        check_database(given)
        return None
    return postgres.start(place, log_file(place, "postgresql"))


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
    except psycopg.Error as error:
        raise LaunchError(f"DATABASE_URL cannot be used: {str(error).strip()}") from error


def database_url(server: postgres.Server | None) -> str:
    """Return the address of the database: the server's own, or the one that was given."""
    return os.environ["DATABASE_URL"] if server is None else server.url


def prepare_product(place: Place, variables: dict[str, str], *, demo: bool) -> None:
    """Translate, migrate, collect static files and load the demo, each only when there is need."""
    compile_translations()
    url = variables["DATABASE_URL"]
    migrations = _digest(SOURCE.glob("*/migrations/*.py")) + _digest(
        [environment.REPOSITORY / "requirements" / "base.txt"]
    )
    with _when_changed(place, "migrations", migrations + url) as changed:
        if changed or not has_tables(url):
            manage("Preparing the database", variables, "migrate", "--no-input", "-v", "0")
    static = _digest(SOURCE.glob("*/static/**/*"))
    with _when_changed(place, "static", static) as changed:
        if changed or not (place.data / "static").exists():
            manage(
                "Collecting style and scripts", variables, "collectstatic", "--no-input", "-v", "0"
            )
    if demo:
        with _when_changed(place, "demo", "loaded" + url) as changed:
            if changed:
                manage("Writing the demo", variables, "demo", "--if-empty", show=True)


def compile_translations() -> None:
    """Compile the catalogues that are newer than their compiled form; none is the usual case."""
    from redleaf.ops.messages import files

    if files.stale():
        try:
            with progress("Compiling translations"):
                files.compile_stale()
        except OSError as error:
            print(f"  Translations stay as they are ({error.strerror}).", flush=True)


def forget_stamps(place: Place, *names: str) -> None:
    """Let the next start do these steps again, whatever the stamps say."""
    for name in names:
        (place.stamps / name).unlink(missing_ok=True)


def manage(words: str, variables: dict[str, str], *arguments: str, show: bool = False) -> None:
    """Run one of Django's commands; with `show` its lines are told as they come."""
    command = [sys.executable, "-m", "django", *arguments]
    said = progress(words) if not show else contextlib.nullcontext()
    if show:
        print(f"  {words} …", flush=True)
    with said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509 - one thread here
        )
        lines: list[str] = []
        try:
            assert process.stdout is not None  # noqa: S101 - asked for above
            for line in process.stdout:
                lines = [*lines[-40:], line]
                if show:
                    print(f"    {line.rstrip()}", flush=True)
            process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.returncode:
            raise LaunchError(f"{words} failed:\n{''.join(lines)[-2000:]}")


def log_file(place: Place, name: str) -> IO[bytes]:
    """Open a log to be appended to."""
    return (place.logs / f"{name}.log").open("ab")


@contextlib.contextmanager
def progress(words: str) -> Iterator[None]:
    """Tell what is done now, and how long it took."""
    print(f"  {words} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def run_with_database(data: Path, action: Callable[[dict[str, str]], int]) -> int:
    """Do something with the place's database: the running one, or one started for this alone."""
    environment.check_config()
    place = environment.prepare(data)
    variables = variables_for(place, Options(data))
    variables["REDLEAF_DEMO"] = os.environ.get("REDLEAF_DEMO", "")
    variables.pop(SUPERVISED)
    if not variables.get("DATABASE_URL") and postgres.is_running(place):
        variables["DATABASE_URL"] = postgres.address(place)
    compile_translations()
    if variables.get("DATABASE_URL"):
        return action(variables)
    with log_file(place, "postgresql") as log:
        server = postgres.start(place, log)
        try:
            variables["DATABASE_URL"] = server.url
            return action(variables)
        finally:
            server.stop()


def has_tables(url: str) -> bool:
    """Return whether the database has been prepared once: it may have been emptied since."""
    import psycopg

    with psycopg.connect(url, connect_timeout=10) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    return found is not None and found[0] is not None


@contextlib.contextmanager
def _when_changed(place: Place, name: str, digest: str) -> Iterator[bool]:
    stamp = place.stamps / name
    text = hashlib.sha256(digest.encode()).hexdigest()
    changed = not stamp.exists() or stamp.read_text(encoding="ascii") != text
    yield changed
    if changed:
        stamp.write_text(text, encoding="ascii")


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            facts = path.stat()
            found.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()
