"""Purposes: what a room would like to remember, in words for the member; by registration."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from redleaf.core.errors import NotFound, Text


@dataclass(frozen=True)
class Past:
    """A second choice beside a consent: to begin with what the member did before.

    `begin` reads it, for one account, inside the transaction of the choice; twice is once.
    """

    label: Text
    begin: Callable[[UUID], object]


@dataclass(frozen=True)
class Purpose:
    """`words` say what is kept, for what, how long and how it ends. Whoever changes what they mean
    raises `version`: consent to older words no longer counts, until it is given again."""

    key: str
    label: Text
    words: Text
    version: int
    past: Past | None
    order: int


_purposes: dict[str, Purpose] = {}


def register(
    key: str,
    label: Text,
    words: Text,
    *,
    version: int = 1,
    past: Past | None = None,
    order: int = 0,
) -> None:
    """Let members decide about a purpose; called from an AppConfig's ready(), twice is once."""
    _purposes[key] = Purpose(key, label, words, version, past, order)


def purposes() -> list[Purpose]:
    """Return every purpose in the order in which a page shows them."""
    return sorted(_purposes.values(), key=lambda item: (item.order, item.key))


def purpose(key: str) -> Purpose:
    """Return one purpose. Raises NotFound."""
    found = _purposes.get(key)
    if found is None:
        raise NotFound()
    return found


def remove(key: str) -> None:
    """Take a purpose away again, for tests."""
    _purposes.pop(key, None)
