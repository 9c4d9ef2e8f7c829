"""Timed and slow work: what the index may have missed, what is kept no longer, counts that hold."""

from uuid import UUID

import structlog

from redleaf.core.jobs import job, periodic
from redleaf.discovery import partitions, reach, recording
from redleaf.discovery.ranking import rebuilding, worth
from redleaf.discovery.search import counting, engine, history, hot, writing

log = structlog.get_logger(__name__)


def install() -> None:
    """Make the periodic work known; importing this module has done it."""


@periodic("41 3 * * *")
def mark_what_differs() -> None:
    """Mark places, topics, and whatever the index has too much or too little of."""
    writing.mark_names()
    try:
        for kind, difference in writing.differences().items():
            writing.mark(kind, difference)
    except engine.Unavailable:
        return  # the writer builds a missing index anew by itself


@periodic("11 */6 * * *")
def make_partitions() -> None:
    """Have the tables of the next days ready; the worker also looks when it starts."""
    partitions.make_ahead()


@periodic("3 0 * * *")
def forget_yesterday() -> None:
    """Throw away the day's salt and digests, soon after midnight UTC."""
    partitions.forget_yesterday()


@periodic("27 3 * * *")
def drop_old() -> None:
    """Delete what is kept no longer, and fold old exposure into days."""
    partitions.drop_old()
    partitions.fold_exposure()


@periodic("* * * * *")
def count_worth() -> None:
    """Count anew what marks are worth, for authors whose notes were marked."""
    worth.count_due()


@periodic("17 4 * * *")
def rebuild_neighbours() -> None:
    """Count every note's neighbours anew in a process of its own; failing leaves the old ones."""
    rebuilding.rebuild_apart()


@periodic("47 3 * * *")
def recount_reach() -> None:
    """Hold every reach against exposure; a difference is a defect, and is logged."""
    wrong = reach.recount()
    if wrong:
        log.error("reach_drifted", notes=wrong)


@job(retry=3)
def take_in_marks(account_id: str) -> None:
    """Record a member's earlier marks, which they asked for when they agreed to profiling."""
    recording.take_in_marks(UUID(account_id))


@periodic("*/5 * * * *")
def refresh_hot_list() -> None:
    """Compute the hot list from what was counted."""
    hot.refresh()


@periodic("7 * * * *")
def drop_old_searches() -> None:
    """Delete counts past their week, and searches past 90 days."""
    counting.drop_old()
    history.drop_old()
