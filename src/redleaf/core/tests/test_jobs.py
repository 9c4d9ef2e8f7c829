"""Jobs: stored with the change, run at least once, given back when their worker died."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django.models import ProcrastinateJob

from redleaf.core import clock, database, testing
from redleaf.core.jobs import STALLED_AFTER, job

pytestmark = pytest.mark.django_db

done: list[str] = []


@job(retry=2)
def sweep_leaves(garden: str) -> None:
    """Note which garden was swept."""
    done.append(garden)


@pytest.fixture(autouse=True)
def _clean() -> None:
    done.clear()


def test_a_deferred_job_runs_with_its_arguments(run_jobs: Callable[[], int]) -> None:
    sweep_leaves.defer(garden="front")
    assert done == []
    assert run_jobs() == 1 and done == ["front"]


def test_a_job_can_be_called_as_the_function_that_it_is() -> None:
    sweep_leaves(garden="back")
    assert done == ["back"] and sweep_leaves.__name__ == "sweep_leaves"


def test_a_job_of_a_change_that_is_rolled_back_vanishes(run_jobs: Callable[[], int]) -> None:
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        sweep_leaves.defer(garden="front")
        raise ValueError("no")
    assert run_jobs() == 0 and done == []


def test_a_planned_job_waits_for_its_moment(run_jobs: Callable[[], int]) -> None:
    sweep_leaves.defer_at(clock.now() + timedelta(hours=1), garden="front")
    assert run_jobs() == 0
    with clock.travel(timedelta(hours=1, seconds=1)):
        assert run_jobs() == 1
    assert done == ["front"]


def test_a_job_with_a_key_waits_only_once(run_jobs: Callable[[], int]) -> None:
    sweep_leaves.defer_once("front", garden="front")
    sweep_leaves.defer_once("front", garden="front")
    sweep_leaves.defer_once("back", garden="back")
    assert run_jobs() == 2 and sorted(done) == ["back", "front"]
    sweep_leaves.defer_once("front", garden="front")
    assert run_jobs() == 1, "when it has run, it may wait again"


def taken_by_a_worker(seen_seconds_ago: float) -> int:
    """Leave a job as a worker has it that was last seen so long ago; return its id."""
    sweep_leaves.defer(garden="front")
    found = database.row(
        "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - make_interval(secs => %s)) RETURNING id)"
        " UPDATE procrastinate_jobs j SET status = 'doing', worker_id = worker.id FROM worker"
        " RETURNING j.id",
        (seen_seconds_ago,),
    )
    assert found is not None
    return int(found["id"])


def sweep() -> None:
    procrastinate_app.tasks["redleaf.core.jobs.retry_stalled_jobs"].defer(timestamp=0)
    waiting = ProcrastinateJob.objects.get(task_name="redleaf.core.jobs.retry_stalled_jobs")
    context = type("Context", (), {"app": procrastinate_app})()
    database.execute("DELETE FROM procrastinate_jobs WHERE id = %s", (waiting.id,))
    from asgiref.sync import async_to_sync

    task = procrastinate_app.tasks[waiting.task_name]
    async_to_sync(task.func)(context, timestamp=0)


def test_the_job_of_a_worker_that_died_is_given_back(run_jobs: Callable[[], int]) -> None:
    taken_by_a_worker(STALLED_AFTER.total_seconds() + 60)
    assert run_jobs() == 0, "it looks as if it were being done"
    sweep()
    with clock.travel(timedelta(minutes=1)):
        assert testing.run_due_jobs() == 1
    assert done == ["front"]


def test_the_job_of_a_living_worker_is_left_alone() -> None:
    number = taken_by_a_worker(5)
    sweep()
    assert ProcrastinateJob.objects.get(id=number).status == "doing"
