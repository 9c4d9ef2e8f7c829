"""Helpers for tests: running the background in the foreground, and two things at once."""

import inspect
import threading
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connections, transaction
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django.models import ProcrastinateJob

from redleaf.core import clock, database
from redleaf.core.errors import Refusal


def run_due_jobs(limit: int = 200) -> int:
    """Run waiting jobs whose time has come, oldest first, each once; raise what they raise."""
    ran = 0
    while ran < limit:
        found = (
            ProcrastinateJob.objects.filter(status="todo")
            .exclude(scheduled_at__gt=clock.now())
            .order_by("id")
            .first()
        )
        if found is None:
            return ran
        database.execute("DELETE FROM procrastinate_jobs WHERE id = %s", (found.id,))
        _call(procrastinate_app.tasks[found.task_name], found.args)
        ran += 1
    return ran


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same time, each on a database connection of its own.

    Returns what each returned, or the refusal that it met. Raises whatever else a call raised, and
    TimeoutError when one has not come to its end after 30 seconds.
    """
    meeting = threading.Barrier(len(calls), timeout=10)
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            meeting.wait()
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError("a call has not come to its end")
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
    return results


def _call(task: Any, arguments: dict[str, Any]) -> None:
    with transaction.atomic():
        if inspect.iscoroutinefunction(task.func):
            async_to_sync(task.func)(**arguments)
        else:
            task.func(**arguments)
