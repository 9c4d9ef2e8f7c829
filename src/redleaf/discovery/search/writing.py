"""Keeping the index in step: marks, the loop that works them off, rebuilding and checking.

Whoever changes something leaves a mark in the same transaction. The loop in the worker, the only
writer, takes marks, indexes, commits, and only then removes them, by number: a process that dies at
any point does a little work twice and misses none.
"""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from uuid import UUID

import psycopg
import structlog
from django.db import connection, transaction

from redleaf.core import database
from redleaf.discovery.search import documents, engine

log = structlog.get_logger(__name__)

CHANNEL = "redleaf_index"
BATCH = 400
LISTEN_SECONDS = 1.0  # between looks when nobody calls
REST_SECONDS = 0.1  # after a commit: under a stream of changes about eight commits a second
WRITER_LOCK = 0x5EA7C401  # advisory locks; docs/map.md names them
REBUILD_LOCK = 0x5EA7C402


def mark(kind: str, ids: Iterable[UUID]) -> None:
    """Note, in the caller's transaction, that the index has to look at these again."""
    wanted = sorted(set(ids))
    if not wanted:
        return
    database.execute(
        "WITH marked AS (INSERT INTO discovery_index_mark (kind, object_id, indexed_in)"
        " SELECT %s, changed, '' FROM unnest(%s::uuid[]) AS changed"
        " ON CONFLICT (kind, object_id) DO UPDATE SET number = excluded.number, indexed_in = ''"
        " RETURNING 1) SELECT pg_notify('redleaf_index', '') FROM marked LIMIT 1",
        (kind, wanted),
    )


def mark_names() -> None:
    """Mark every topic and place: their curators change them without an event."""
    mark("topic", documents.topic_ids())
    mark("place", documents.place_ids())


def keep_fresh(stop: threading.Event) -> None:
    """Be the writer until told to stop; wait while another worker of this deployment is."""
    while not stop.is_set():
        if _locked("SELECT pg_try_advisory_lock(%s)", WRITER_LOCK):
            try:
                _serve(stop)
            finally:
                with contextlib.suppress(Exception):
                    database.execute("SELECT pg_advisory_unlock(%s)", (WRITER_LOCK,))
        stop.wait(LISTEN_SECONDS)


def _serve(stop: threading.Event) -> None:
    with (
        psycopg.connect(**database.listen_parameters(), autocommit=True) as listener,
        contextlib.closing(_Desk()) as desk,
    ):
        listener.execute(f"LISTEN {CHANNEL}")
        if desk.open():
            mark_names()
        while not stop.is_set():
            while not stop.is_set() and desk.open() and write_due(desk.writer):
                stop.wait(REST_SECONDS)
            for _call in listener.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                pass


class _Desk:
    """The writer of the index in use, whichever that is at the moment."""

    def __init__(self) -> None:
        self._writer: engine.Writer | None = None

    @property
    def writer(self) -> engine.Writer:
        if self._writer is None:
            raise engine.Unavailable("no index is open")
        return self._writer

    def open(self) -> bool:
        """Have the index in use open, building it when there is none or it does not open."""
        name = engine.current()
        if self._writer is not None and self._writer.folder == name:
            return True
        self.close()
        if name is None:
            log.warning("search_index_missing")
            name = rebuild()
        try:
            self._writer = engine.writer(name)
        except engine.Unavailable:
            self._writer = engine.writer(rebuild())
        return True

    def close(self) -> None:
        with contextlib.suppress(engine.Unavailable):
            if self._writer is not None:
                self._writer.close()
        self._writer = None


def write_due(writer: engine.Writer) -> int:
    """Bring up to 400 marked things up to date and commit; return how many marks were taken."""
    with transaction.atomic():
        alone = _locked("SELECT pg_try_advisory_xact_lock_shared(%s)", REBUILD_LOCK)
        marks = database.values(
            "SELECT kind, object_id, number FROM discovery_index_mark WHERE indexed_in <> %s"
            " ORDER BY number LIMIT %s",
            (writer.folder, BATCH),
        )
        if not marks:
            return 0
        for kind in {marked for marked, _object_id, _number in marks}:
            ids = [object_id for marked, object_id, _number in marks if marked == kind]
            entries = documents.entries_of(kind, ids)
            present = {entry.id for entry in entries}
            writer.put(entries)
            writer.remove((kind, id) for id in ids if id not in present)
        writer.commit()
        numbers = [number for _kind, _id, number in marks]
        if alone:
            database.execute("DELETE FROM discovery_index_mark WHERE number = ANY(%s)", (numbers,))
        else:  # an index is being built: it has to take these in as well
            database.execute(
                "UPDATE discovery_index_mark SET indexed_in = %s WHERE number = ANY(%s)",
                (writer.folder, numbers),
            )
    return len(marks)


def rebuild(*, heap_mebibytes: int = 15) -> str:
    """Build a new index from PostgreSQL, let it take over, and return its name.

    Searches go on in the old index meanwhile, and so does its writer. Raises Unavailable.
    """
    with _rebuilding():
        name = engine.new_folder()
        writer = engine.writer(name, heap_mebibytes=heap_mebibytes)
        try:
            writer.add_new(documents.all_entries())
            writer.commit()
        finally:
            writer.close()
        engine.take_over(name)
    log.info("search_index_rebuilt", index=name)
    return name


@contextlib.contextmanager
def _rebuilding() -> Iterator[None]:
    """Be alone in rebuilding; a batch of the writer that has begun ends first."""
    database.execute("SELECT pg_advisory_lock(%s)", (REBUILD_LOCK,))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            database.execute("SELECT pg_advisory_unlock(%s)", (REBUILD_LOCK,))


def differences() -> dict[str, set[UUID]]:
    """Return, for each kind, the ids that are in the index or in PostgreSQL, but not in both.

    What is marked and not yet indexed shows up as well. Raises Unavailable.
    """
    reader = engine.reader()
    return {kind: reader.keys(kind) ^ ids for kind, ids in documents.present_ids().items()}


def _locked(sql: str, key: int) -> bool:
    return bool(database.values(sql, (key,))[0][0])
