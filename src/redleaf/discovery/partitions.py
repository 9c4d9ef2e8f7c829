"""Tables by time: made ahead, dropped whole, and nothing kept for longer than was promised.

A partition's name says what it holds: discovery_receipt_p20261124 a day,
discovery_interaction_p202611 a month. Rows that came before their partition was made lie in the
default one (`…_rest`) and move when it is.
"""

import re
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import structlog
from django.db import OperationalError, transaction

from redleaf.core import clock, database

log = structlog.get_logger(__name__)

LOCK = 0x5EA7C403
AHEAD = timedelta(days=3)
EXPOSURE_BY_HOUR = timedelta(days=90)
PATIENCE = "3s"  # for a table's lock; who does not get it tries again with the next round
ROUND = 3600.0  # seconds


@dataclass(frozen=True)
class Table:
    """A table by time: how long its rows are kept, and what one partition spans."""

    name: str
    kept: timedelta
    by_month: bool


TABLES = (
    Table("discovery_impression", timedelta(days=90), by_month=False),
    Table("discovery_interaction", timedelta(days=400), by_month=True),
    Table("discovery_receipt", timedelta(days=30), by_month=False),
)


def keep(stop: threading.Event) -> None:
    """Make partitions when the worker starts and every hour, until `stop` is set."""
    while not stop.is_set():
        make_ahead()
        stop.wait(ROUND)


def make_ahead() -> int:
    """Make the partitions of today and the days ahead; return how many are new."""
    made = 0
    for table in TABLES:
        present = _present(table)
        today = clock.now().date()
        for offset in range(AHEAD.days + 1):
            first, end = _span(table, today + timedelta(days=offset))
            name = _name(table, first)
            if name not in present:
                made += _make(table, name, first, end)
                present.add(name)
    return made


def drop_old() -> int:
    """Drop partitions that hold nothing to be kept, and delete older rows elsewhere; return how
    many partitions went."""
    dropped = 0
    for table in TABLES:
        limit = clock.now() - table.kept
        for name in sorted(_present(table)):
            if _midnight(_span(table, _first_day(name))[1]) <= limit:
                dropped += _run(f"DROP TABLE IF EXISTS {name}")
        database.execute(f"DELETE FROM {table.name} WHERE at < %s", (limit,))
    return dropped


def forget_yesterday() -> int:
    """Delete digests and salts older than today; return how many digests went.

    With its salt gone, a digest that a backup still holds stands for nobody.
    """
    today = clock.now().date()
    database.execute("DELETE FROM discovery_salt WHERE day < %s", (today,))
    return database.execute("DELETE FROM discovery_seen_digest WHERE day < %s", (today,))


def fold_exposure() -> int:
    """Fold the hours of exposure that are older than 90 days into one row a day; sums stay."""
    limit = (clock.now() - EXPOSURE_BY_HOUR).replace(hour=0, minute=0, second=0, microsecond=0)
    return database.execute(
        "WITH gone AS (DELETE FROM discovery_exposure WHERE hour < %s"
        " AND hour <> date_trunc('day', hour, 'UTC')"
        " RETURNING note_id, date_trunc('day', hour, 'UTC') AS day, views, opens)"
        " INSERT INTO discovery_exposure AS e (note_id, hour, views, opens)"
        " SELECT note_id, day, sum(views), sum(opens) FROM gone GROUP BY note_id, day"
        " ON CONFLICT (note_id, hour) DO UPDATE"
        " SET views = e.views + excluded.views, opens = e.opens + excluded.opens",
        (limit,),
    )


def _present(table: Table) -> set[str]:
    found = database.values(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " WHERE i.inhparent = %s::regclass",
        (table.name,),
    )
    return {row[0] for row in found if re.fullmatch(rf"{table.name}_p\d+", row[0])}


def _make(table: Table, name: str, first: date, end: date) -> int:
    """Make one partition and move what waits for it in the default one."""
    low, high = _midnight(first).isoformat(), _midnight(end).isoformat()
    return _run(
        f"LOCK TABLE {table.name}_rest IN ACCESS EXCLUSIVE MODE",
        f"CREATE TABLE IF NOT EXISTS {name} (LIKE {table.name} INCLUDING ALL)",
        f"WITH moved AS (DELETE FROM {table.name}_rest WHERE at >= '{low}' AND at < '{high}'"
        f" RETURNING *) INSERT INTO {name} SELECT * FROM moved",
        f"ALTER TABLE {table.name} ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}')",
        unless=f"SELECT 1 FROM pg_class WHERE relname = '{name}' AND relispartition",
    )


def _run(*statements: str, unless: str = "") -> int:
    """Run statements on tables as one, one worker at a time; return 1, or 0 if a lock was not to
    be had or another worker was first."""
    try:
        with transaction.atomic():
            database.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            database.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            if unless and database.values(unless):
                return 0
            for statement in statements:
                database.execute(statement)
            database.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        log.warning("partition_waits", statement=statements[-1], error=str(error))
        return 0
    return 1


def _span(table: Table, day: date) -> tuple[date, date]:
    """Return the first day of the partition that holds this day, and the first after it."""
    if not table.by_month:
        return day, day + timedelta(days=1)
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _name(table: Table, first: date) -> str:
    return f"{table.name}_p{first:%Y%m}" if table.by_month else f"{table.name}_p{first:%Y%m%d}"


def _first_day(name: str) -> date:
    digits = name.rpartition("_p")[2]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8] or 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
