"""`redleaf doctor`: what is wrong, in words, and what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redleaf.ops.launch import environment, postgres, supervisor
from redleaf.ops.launch.environment import LaunchError, Place

GOOD, NOTE, BAD = "ok", "note", "WRONG"
FREE_MINIMUM = 1024**3  # bytes that ought to be free
FREE_NEEDED = 200 * 1024**2  # and those without which things fail
WORKER_SECONDS = 60.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, in words, and what helps."""

    name: str
    state: str
    words: str
    help: str = ""


Check = Callable[["Examined"], Iterator[Finding]]
_more: dict[str, Check] = {}


@dataclass
class Examined:
    """What is examined: the data folder, and the database's address once one is known."""

    place: Place
    url: str = ""


def register(name: str, check: Check) -> None:
    """Let a room add a check of its own, which is given the place and a database that answers."""
    _more[name] = check


def examine(data: Path) -> int:
    """Look at everything, whether Redleaf runs or not; return 1 if anything is wrong."""
    findings: list[Finding] = []
    for finding in _examine(data):
        findings.append(finding)
        print(f"  {finding.state:<6}{finding.name}: {finding.words}")
        if finding.help:
            print(f"        {finding.help}")
    wrong = sum(1 for finding in findings if finding.state == BAD)
    print(f"\n{wrong} things are wrong." if wrong else "\nAll is well.")
    return 1 if wrong else 0


def _examine(data: Path) -> Iterator[Finding]:
    yield _python()
    yield from _packages()
    config = _config()
    yield config
    if config.state == BAD:
        return
    try:
        place = environment.prepare(data)
    except LaunchError as error:
        yield Finding("data folder", BAD, str(error))
        return
    yield Finding("data folder", GOOD, f"{place.data} can be written")
    yield _space(place)
    yield from _secrets(place)
    yield _running(place)
    try:
        with _database(place) as (url, words):
            yield Finding("database", GOOD, words)
            yield from _with_database(Examined(place, url))
    except LaunchError as error:
        yield Finding("database", BAD, str(error))


def _with_database(examined: Examined) -> Iterator[Finding]:
    _prepare_django(examined)
    from redleaf.ops import examining

    for name, check in {**examining.CHECKS, **_more}.items():
        try:
            yield from check(examined)
        except examining.NothingThere:
            return
        except Exception as error:  # a check that breaks is itself something to tell
            words = f"could not be looked at: {type(error).__name__}: {str(error).strip()[:300]}"
            yield Finding(name, BAD, words)


def _prepare_django(examined: Examined) -> None:
    import django

    from redleaf.ops.launch.preparing import Options, variables_for

    os.environ.update(variables_for(examined.place, Options(examined.place.data)))
    os.environ["DATABASE_URL"] = examined.url
    django.setup()


def _python() -> Finding:
    version = "{}.{}.{}".format(*sys.version_info[:3])
    return Finding("Python", GOOD, f"{version} at {sys.executable}")


def _packages() -> Iterator[Finding]:
    """Compare what is installed with what is pinned."""
    from importlib.metadata import PackageNotFoundError, version

    from redleaf.ops.checks.pins import versions_in

    path = environment.REPOSITORY / "requirements" / "base.txt"
    differing = []
    for name, (wanted, everywhere) in versions_in(path).items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "missing" if everywhere else ""
        if found and found not in wanted:
            differing.append(f"{name} is {found}, not {' or '.join(sorted(wanted))}")
    if differing:
        yield Finding(
            "packages",
            BAD,
            "; ".join(differing[:5]) + (" and more" if len(differing) > 5 else ""),
            "Remove the folder .venv and run ./redleaf again: it installs what is pinned.",
        )
    else:
        yield Finding("packages", GOOD, "exactly those that are pinned")


def _config() -> Finding:
    path = environment.config_file()
    try:
        environment.check_config()
    except LaunchError as error:
        return Finding("redleaf.toml", BAD, str(error), "Correct it; docs/operating.md shows one.")
    if not path.exists():
        return Finding("redleaf.toml", GOOD, "there is none; the defaults hold")
    return Finding("redleaf.toml", GOOD, f"{path} can be used")


def _space(place: Place) -> Finding:
    free = min(
        shutil.disk_usage(folder).free for folder in (place.data, place.database) if folder.exists()
    )
    words = f"{free / 1024**3:.1f} GiB free"
    if free < FREE_NEEDED:
        return Finding("disk", BAD, words, "Uploads and the database will fail. Make room.")
    if free < FREE_MINIMUM:
        return Finding("disk", NOTE, words, "That is little; make room soon.")
    return Finding("disk", GOOD, words)


def _secrets(place: Place) -> Iterator[Finding]:
    open_to_others = [
        path
        for path in (place.secrets, *sorted(place.secrets.iterdir()))
        if path.stat().st_mode & 0o077
    ]
    if open_to_others:
        names = ", ".join(str(path) for path in open_to_others)
        yield Finding(
            "secrets",
            BAD,
            f"others may read {names}",
            f"chmod 700 {place.secrets} && chmod 600 {place.secrets}/*",
        )
    else:
        yield Finding("secrets", GOOD, "for their owner alone")


def _running(place: Place) -> Finding:
    if environment.is_held(place):
        base = environment.running_now(place).get("base", "")
        return Finding("site", GOOD, f"runs at {base}/" if base else "is being started")
    try:
        supervisor.free_port("127.0.0.1", 8000)
    except LaunchError:
        return Finding(
            "site",
            NOTE,
            "does not run, and port 8000 belongs to something else",
            "./redleaf up --port 8080 takes another.",
        )
    return Finding("site", GOOD, "does not run; port 8000 is free")


@contextmanager
def _database(place: Place) -> Iterator[tuple[str, str]]:
    """Give a database that answers, started for this alone if need be. Raises LaunchError."""
    from redleaf.ops.launch import preparing

    given = os.environ.get("DATABASE_URL")
    if given:
        preparing.check_database(given)
        yield given, "DATABASE_URL answers"
        return
    if postgres.is_running(place):
        url = postgres.address(place)
        preparing.check_database(url)
        yield url, "the embedded PostgreSQL answers"
        return
    with preparing.log_file(place, "postgresql") as log:
        server = postgres.start(place, log)
        try:
            preparing.check_database(server.url)
            yield server.url, "the embedded PostgreSQL starts and answers"
        finally:
            _let_go()
            server.stop()


def _let_go() -> None:
    """Close Django's connections, if there are any."""
    if "django.db" in sys.modules:
        connections: Any = sys.modules["django.db"].connections
        connections.close_all()
