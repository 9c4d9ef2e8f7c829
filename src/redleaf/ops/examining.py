"""What the doctor looks at once the database answers."""

import os
from collections.abc import Iterator
from pathlib import Path

from redleaf.ops.doctor import BAD, GOOD, NOTE, WORKER_SECONDS, Check, Examined, Finding
from redleaf.ops.launch import environment

STUCK_WAITING = 300.0  # seconds that the oldest event may have waited


def _server(_examined: Examined) -> Iterator[Finding]:
    from redleaf.core import database

    found = database.row(
        "SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS standby,"
        " (SELECT default_version FROM pg_available_extensions WHERE name = 'vector') AS vector,"
        " pg_size_pretty(pg_database_size(current_database())) AS size"
    )
    assert found is not None  # noqa: S101 - a query without FROM has one row
    words = f"PostgreSQL {found['version']}, pgvector {found['vector']}, {found['size']}"
    if found["standby"]:
        yield Finding("server", BAD, f"{words}; a standby", "Let DATABASE_URL name the primary.")
    else:
        yield Finding("server", GOOD, words)


def _migrations(examined: Examined) -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not executor.loader.applied_migrations:
        yield Finding("tables", NOTE, "none yet", "./redleaf up makes them.")
        raise NothingThere
    if plan:
        names = ", ".join(f"{one.app_label}.{one.name}" for one, _back in plan[:4])
        state = BAD if environment.is_held(examined.place) else NOTE
        yield Finding("tables", state, f"not up to date: {names}", "./redleaf up brings them up.")
    else:
        yield Finding("tables", GOOD, "up to date")


class NothingThere(Exception):
    """The database was never prepared."""


def _background(examined: Examined) -> Iterator[Finding]:
    from redleaf.core import clock, database
    from redleaf.ops import metrics

    figures = metrics.background()
    age = figures["worker_age_seconds"]
    if not environment.is_held(examined.place):
        yield Finding("worker", GOOD, "does not run, as nothing does")
    elif 0 <= age < WORKER_SECONDS:
        yield Finding("worker", GOOD, f"at work; heard of {age:.0f} s ago")
    else:
        words = "was never heard of" if age < 0 else f"was last heard of {age:.0f} s ago"
        log = examined.place.logs / "worker.log"
        yield Finding("worker", BAD, words, f"Look at the end of {log}.")
    stuck = int(figures["events_stuck"])
    if stuck:
        yield Finding(
            "events",
            BAD,
            f"{stuck} that no handler could take",
            "/admin/core/outboxevent/ shows them with what failed.",
        )
    else:
        oldest = database.row("SELECT min(announced_at) AS at FROM core_outbox")
        waited = (clock.now() - oldest["at"]).total_seconds() if oldest and oldest["at"] else 0.0
        state = NOTE if waited > STUCK_WAITING else GOOD
        yield Finding("events", state, f"{figures['events_waiting']:.0f} waiting, none stuck")
    failed = int(figures["jobs_failed"])
    words = f"{figures['jobs_waiting']:.0f} waiting, {failed} failed for good"
    if failed:
        help = "/admin/procrastinate_django/procrastinatejob/?status=failed shows them."
        yield Finding("jobs", NOTE if failed < 10 else BAD, words, help)
    else:
        yield Finding("jobs", GOOD, words)


def _search(examined: Examined) -> Iterator[Finding]:
    folder = examined.place.data / "search"
    if not folder.exists() or not any(folder.iterdir()):
        help = "The worker makes one; ./redleaf search rebuild does too."
        yield Finding("search", NOTE, "there is no index", help)
        return
    yield Finding("search", GOOD, f"there is an index in {folder}")


def _media(_examined: Examined) -> Iterator[Finding]:
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    from redleaf.ops.backup import media

    store = storages["media"]
    where = str(media.folder()) if media.is_local() else "the bucket"
    name = f"doctor/{os.getpid()}"
    try:
        stored = store.save(name, ContentFile(b"a look"))
        with store.open(stored) as file:
            same = file.read() == b"a look"
        store.delete(stored)
        if media.is_local():
            (Path(media.folder()) / "doctor").rmdir()
    except Exception as error:  # every storage has failures of its own
        yield Finding(
            "media",
            BAD,
            f"{where} cannot be written: {type(error).__name__}: {str(error)[:200]}",
            "Look at its permissions, or at [media] in redleaf.toml and REDLEAF_S3_….",
        )
        return
    if same:
        yield Finding("media", GOOD, f"{where} can be written and read")
    else:
        yield Finding("media", BAD, f"{where} gives back something else than was stored")


def _mail(_examined: Examined) -> Iterator[Finding]:
    from django.conf import settings
    from django.core.mail import get_connection

    if settings.REDLEAF_MAIL_OUTBOX:
        yield Finding(
            "mail",
            NOTE,
            "there is no mail server; mail stays in the outbox",
            "[mail] in redleaf.toml, or REDLEAF_SMTP_HOST, names one.",
        )
        return
    host = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=5)
        connection.open()
        connection.close()
    except Exception as error:  # whatever a mail server may answer
        yield Finding(
            "mail",
            BAD,
            f"{host} does not take mail: {type(error).__name__}: {str(error)[:200]}",
            "Look at [mail] in redleaf.toml and REDLEAF_SMTP_PASSWORD.",
        )
        return
    yield Finding("mail", GOOD, f"{host} takes mail")


def _operators(_examined: Examined) -> Iterator[Finding]:
    from redleaf.accounts import operators

    if operators.operators():
        yield Finding("operators", GOOD, "there is one")
    else:
        yield Finding(
            "operators", NOTE, "nobody may enter /admin/", "./redleaf admin create makes one."
        )


def _audit(_examined: Examined) -> Iterator[Finding]:
    from redleaf.core import audit

    broken = audit.verify()
    if broken is None:
        yield Finding("audit trail", GOOD, "unbroken")
    else:
        yield Finding(
            "audit trail",
            BAD,
            f"entry {broken} does not fit the one before it",
            "Somebody changed or removed entries. Compare with a backup.",
        )


CHECKS: dict[str, Check] = {
    "server": _server,
    "tables": _migrations,
    "background": _background,
    "search": _search,
    "media": _media,
    "mail": _mail,
    "operators": _operators,
    "audit trail": _audit,
}
