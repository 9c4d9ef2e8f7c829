"""Loops: what a room keeps doing in the worker for as long as it runs.

Jobs and events are for things that happen; a loop is for keeping something beside the database in
step with it. Each runs in a thread of its own and is started again when it fails.
"""

import contextlib
import threading
from collections.abc import Callable

import structlog
from django.db import connection

log = structlog.get_logger(__name__)

Loop = Callable[[threading.Event], None]
PAUSE_FIRST, PAUSE_LAST = 0.5, 30.0  # seconds between a failure and the next start

_loops: dict[str, Loop] = {}


def register(name: str, loop: Loop) -> None:
    """Let the worker run `loop`, which returns soon after the event it is given is set."""
    _loops[name] = loop


def start_all(stop: threading.Event) -> list[threading.Thread]:
    """Start every loop and return the threads, which end soon after `stop` is set."""
    threads = [
        threading.Thread(target=keep, args=(name, loop, stop), name=name)
        for name, loop in _loops.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def keep(name: str, loop: Loop, stop: threading.Event) -> None:
    """Run a loop until `stop` is set, again and again after failures, with a growing pause."""
    pause = PAUSE_FIRST
    while not stop.is_set():
        try:
            loop(stop)
            pause = PAUSE_FIRST
        except Exception:
            log.exception("loop_failed", loop=name)
        finally:
            with contextlib.suppress(Exception):
                connection.close()
        stop.wait(pause)
        pause = min(pause * 2, PAUSE_LAST)
