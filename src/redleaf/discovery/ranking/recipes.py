"""The recipe that neighbours are counted by: the last rebuild's, or the default one."""

import json
import time

import structlog

from redleaf.core import database
from redleaf.discovery.recommend.recipe import Recipe, from_json

log = structlog.get_logger(__name__)

HOLD = 60.0  # seconds for which a process may still use the recipe before
_held: list[tuple[float, Recipe]] = []


def recipe_in_use() -> Recipe:
    """Return the recipe of the last rebuild, at most a minute old in each process.

    Where there is none it is the default; one that is broken or of another format counts as none,
    and the operator's log says so.
    """
    if _held and _held[0][0] > time.monotonic():
        return _held[0][1]
    recipe = _read()
    _held[:] = [(time.monotonic() + HOLD, recipe)]
    return recipe


def forget() -> None:
    """Drop what is held, after a rebuild in this process."""
    _held.clear()


def _read() -> Recipe:
    found = database.values(
        "SELECT number, parameters FROM discovery_model WHERE is_current AND kind = 'recipe'"
    )
    if not found:
        return Recipe()
    try:
        return from_json(json.dumps(found[0][1]))
    except (ValueError, TypeError) as problem:
        log.warning("recipe_broken", model=found[0][0], problem=str(problem))
        return Recipe()
