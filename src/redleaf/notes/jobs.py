"""Timed work of notes: what is due is published, and counters are held against a recount."""

import structlog

from redleaf.core.jobs import periodic
from redleaf.graph.services import recount as recount_follows
from redleaf.notes.services import comment_counts, marks, publish, topics

log = structlog.get_logger(__name__)


def install() -> None:
    """Make the jobs known to the worker; importing this module and publish has done it."""
    assert publish.publish_due_notes is not None  # noqa: S101 - the import is the point


@periodic("43 3 * * *")
def recount() -> None:
    """Hold every counter against its table each night; a difference is a defect, and is logged."""
    wrong = {
        "notes": marks.recount(),
        "comments": comment_counts.recount(),
        "topics": topics.recount(),
        "follows": recount_follows(),
    }
    if any(wrong.values()):
        log.error("counters_drifted", **wrong)
    else:
        log.info("counters_hold")
