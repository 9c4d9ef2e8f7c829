"""This deployment's edition and its rules: who we are, which channels and places there are.

Owns: the edition read from redleaf.toml, channels and places, in every language of the edition.
Promises: an edition is a deployment; nothing here ever asks whose rows these are.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redleaf.editions.file import Edition


def current() -> "Edition":
    """Return the edition that this deployment is."""
    from django.conf import settings

    return settings.REDLEAF_EDITION
