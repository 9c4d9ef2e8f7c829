"""The nightly look whether the index has everything, should a mark ever have been missed."""

from redleaf.core.jobs import periodic
from redleaf.discovery.search import engine, writing


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
