"""The worker: delivers events, runs jobs, and says that it is alive."""

import asyncio
import contextlib
import os
import signal
import threading
import time
from typing import Any

import psycopg
import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app as procrastinate_app

from redleaf.core import clock, database, events, limits, loops

log = structlog.get_logger(__name__)

IDLE = 5.0  # seconds between looks when nobody calls
HEED = 0.5  # seconds until a request to stop is noticed
BEAT = 10.0  # seconds between heartbeats


class Command(BaseCommand):
    help = "Deliver events and run background jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = threading.Event()
        dispatcher = threading.Thread(target=_dispatch, args=(stop,), name="dispatcher")
        heart = threading.Thread(target=_beat, args=(stop,), name="heartbeat")
        dispatcher.start()
        heart.start()
        kept = loops.start_all(stop)
        try:
            asyncio.run(_run_jobs(options["concurrency"]))
        finally:
            stop.set()
            for thread in (dispatcher, heart, *kept):
                thread.join(timeout=10)


async def _run_jobs(concurrency: int) -> None:
    connector: Any = procrastinate_app.connector  # the base class lacks what Django's has
    app = procrastinate_app.with_connector(connector.get_worker_connector())
    async with app.open_async():
        work = asyncio.create_task(
            app.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=IDLE,
                shutdown_graceful_timeout=20,
            )
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, work.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await work


def _dispatch(stop: threading.Event) -> None:
    """Deliver whenever the outbox calls; look by ourselves every few seconds all the same."""
    pause = 0.2
    while not stop.is_set():
        try:
            with psycopg.connect(**database.listen_parameters(), autocommit=True) as listener:
                listener.execute(f"LISTEN {events.CHANNEL}")
                pause = 0.2
                while not stop.is_set():
                    while not stop.is_set() and events.deliver_due():
                        pass
                    _listen(listener, stop)
        except Exception:
            log.exception("dispatcher_lost_its_connection")
            with contextlib.suppress(Exception):
                connection.close()
            stop.wait(pause)
            pause = min(pause * 2, 5.0)
    connection.close()


def _listen(listener: psycopg.Connection[Any], stop: threading.Event) -> None:
    """Return when the outbox calls, when something is due by itself, or soon after `stop`."""
    deadline = time.monotonic() + _wait()
    while not stop.is_set() and time.monotonic() < deadline:
        left = max(0.0, deadline - time.monotonic())
        if any(True for _call in listener.notifies(timeout=min(left, HEED), stop_after=1)):
            return


def _wait() -> float:
    """Return how long to listen: until the next retry is due, at most the idle time."""
    found = database.row("SELECT min(next_attempt_at) AS at FROM core_outbox")
    if not found or found["at"] is None:
        return IDLE
    seconds = (found["at"] - clock.now()).total_seconds()
    return float(min(IDLE, max(0.05, seconds)))


def _beat(stop: threading.Event) -> None:
    beats = 0
    while not stop.is_set():
        try:
            database.execute(
                "INSERT INTO core_heartbeat (process, at, detail) VALUES ('worker', %s,"
                " jsonb_build_object('pid', %s::int)) ON CONFLICT (process)"
                " DO UPDATE SET at = excluded.at, detail = excluded.detail",
                (clock.now(), os.getpid()),
            )
            beats += 1
            if beats % 360 == 0:
                limits.forget_expired()
        except Exception:
            log.exception("heartbeat_failed")
            with contextlib.suppress(Exception):
                connection.close()
        close_old_connections()
        stop.wait(BEAT)
    connection.close()
