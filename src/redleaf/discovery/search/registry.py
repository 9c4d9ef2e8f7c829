"""The kinds of things that search knows. A room adds its own here; nobody writes another search.

A kind is registered once, from its room's AppConfig.ready: where its entries come from, which ids
there are, and the key by which the result page draws it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from redleaf.discovery.search.engine import Entry

LONGEST_NAME = 8  # as a mark stores it


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    `entries` gives the entries of those of these ids that a search may find, `every` walks through
    all entries, `present` gives all ids. `draw` names what draws results on the page. Kinds
    `by_text` are ranked by title, topics and text (Reader.texts); the others are found by name
    (Reader.named). Their entries say the same (Entry.by_text).
    """

    name: str
    entries: Callable[[Sequence[UUID]], list[Entry]]
    every: Callable[[], Iterator[Entry]]
    present: Callable[[], set[UUID]]
    draw: str
    by_text: bool = False


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind searchable. Raises ValueError for a name that is taken or too long."""
    if kind.name in KINDS and KINDS[kind.name] != kind:
        raise ValueError(f"{kind.name} is registered already")
    if not kind.name.isalpha() or len(kind.name) > LONGEST_NAME:
        raise ValueError(f"{kind.name} is no name of a kind")
    KINDS[kind.name] = kind


def named_kinds() -> tuple[str, ...]:
    """Return the kinds that are found by name."""
    return tuple(name for name, kind in KINDS.items() if not kind.by_text)
