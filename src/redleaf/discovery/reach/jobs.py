"""What reach does from time to time: close accounts, and count the weeks."""

from redleaf.core.jobs import periodic
from redleaf.discovery.reach import promises, weeks


def install() -> None:
    """Make the periodic work known; importing this module has done it."""


@periodic("*/5 * * * *")
def settle_promises() -> None:
    """Close the accounts that are paid and those whose window has ended."""
    while promises.settle_due():
        pass


@periodic("23 */3 * * *")
def count_weeks() -> None:
    """Count the running week and the one before, whose last promises end in this one."""
    weeks.fill()
