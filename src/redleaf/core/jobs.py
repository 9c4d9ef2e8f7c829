"""Background work on procrastinate, deferred in the caller's transaction.

A job takes keyword arguments that JSON can carry, preferably ids. It runs at least once: a worker
that dies leaves its job marked as being done, and the sweep gives it back after a while.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

import structlog
from procrastinate import RetryStrategy, builtin_tasks
from procrastinate.contrib.django import app as procrastinate_app

log = structlog.get_logger(__name__)

STALLED_AFTER = timedelta(minutes=2)  # without a heartbeat of its worker


class Job(Protocol):
    """A function that can also be deferred."""

    def __call__(self, **arguments: Any) -> Any: ...

    def defer(self, **arguments: Any) -> int: ...

    def defer_at(self, when: datetime, **arguments: Any) -> int: ...

    def defer_once(self, key: str, **arguments: Any) -> None: ...


class _Job:
    def __init__(self, task: Any, function: Callable[..., Any]) -> None:
        self._task = task
        self._function = function
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    def __call__(self, **arguments: Any) -> Any:
        return self._function(**arguments)

    def defer(self, **arguments: Any) -> int:
        """Store the job in the current transaction; it runs after commit."""
        return cast(int, self._task.defer(**arguments))

    def defer_at(self, when: datetime, **arguments: Any) -> int:
        """Store the job to be run at or after this aware moment."""
        return cast(int, self._task.configure(schedule_at=when).defer(**arguments))

    def defer_once(self, key: str, **arguments: Any) -> None:
        """Store the job unless one with the same key is already waiting."""
        from django.db import transaction
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            with transaction.atomic():
                self._task.configure(queueing_lock=key).defer(**arguments)
        except AlreadyEnqueued:
            log.debug("job_already_waiting", key=key)


def job(*, queue: str = "default", retry: int = 3, lock: str | None = None) -> Any:
    """Make a function a job of `queue`, tried again up to `retry` times with a growing pause."""

    def decorate(function: Callable[..., Any]) -> Job:
        task = procrastinate_app.task(
            name=f"{function.__module__}.{function.__qualname__}",
            queue=queue,
            retry=RetryStrategy(max_attempts=retry, exponential_wait=4) if retry else False,
            lock=lock,
        )(function)
        return cast("Job", _Job(task, function))

    return decorate


def periodic(cron: str, *, queue: str = "default") -> Any:
    """Run a function without arguments by a cron line, once for all workers."""

    def decorate(function: Callable[[], Any]) -> Callable[[], Any]:
        name = f"{function.__module__}.{function.__qualname__}"

        def run(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned moment
            function()

        task = procrastinate_app.task(name=name, queue=queue, queueing_lock=name)(run)
        procrastinate_app.periodic(cron=cron)(task)
        return function

    return decorate


def _install_sweeps() -> None:
    procrastinate_app.periodic(cron="17 4 * * *")(
        procrastinate_app.task(name="redleaf.core.jobs.remove_old_jobs")(_remove_old_jobs)
    )
    procrastinate_app.periodic(cron="* * * * *")(
        procrastinate_app.task(
            name="redleaf.core.jobs.retry_stalled_jobs",
            queueing_lock="retry_stalled_jobs",
            pass_context=True,
        )(_retry_stalled_jobs)
    )


async def _remove_old_jobs(timestamp: int) -> None:  # noqa: ARG001 - the planned moment
    await procrastinate_app.job_manager.delete_old_jobs(nb_hours=72, include_failed=False)


async def _retry_stalled_jobs(context: Any, timestamp: int) -> None:  # noqa: ARG001
    """Give back the jobs of workers that died: procrastinate leaves them marked as being done."""
    stalled = await context.app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=STALLED_AFTER.total_seconds()
    )
    for found in stalled:
        log.warning("job_stalled", job=found.id, task=found.task_name)
        await context.app.job_manager.retry_job(found)


_install_sweeps()

__all__ = ["Job", "builtin_tasks", "job", "periodic"]
