"""The kinds of things that search knows. A room adds its own here; nobody writes another search.

A kind is registered once, from its room's AppConfig.ready: where its entries come from, which ids
there are, and the key by which the result page draws it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from redleaf.core.errors import Text
from redleaf.discovery.search.engine import Entry
from redleaf.graph.selectors import Viewer

LONGEST_NAME = 8  # as a mark stores it


@dataclass(frozen=True, slots=True)
class Hint:
    """A thing as one line under the search box: where it leads, its words, and a little more.

    `person` is what the component avatar draws; without one an icon stands there.
    """

    path: str
    words: str
    more: str = ""
    language: str = ""  # of the words, where it may differ from the page's
    icon: str = ""
    person: Any = None


Show = Callable[[Viewer, str, list[UUID]], list[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    `entries` gives the entries of those of these ids that a search may find, `every` walks through
    all entries, `present` gives all ids. `draw` names what draws results on the page. Kinds
    `by_text` are ranked by title, topics and text (Reader.texts); the others are found by name
    (Reader.named). Their entries say the same (Entry.by_text).

    A kind with a `label` has a tab of the page, `?kind=<draw>`, by `template`, which draws `items`,
    with `many` under the tab itself, and without it `few` of them beside the notes. `show` makes
    the items of ids found for (viewer, text, ids): what the viewer may see, in order. `context`
    adds to what the template gets under the tab. With a `hint` the kind is suggested.
    """

    name: str
    entries: Callable[[Sequence[UUID]], list[Entry]]
    every: Callable[[], Iterator[Entry]]
    present: Callable[[], set[UUID]]
    draw: str
    by_text: bool = False
    label: Text = ""
    show: Show | None = None
    template: str = ""
    few: int = 4
    context: Callable[[Viewer, list[Any]], dict[str, Any]] | None = None
    hint: Callable[[Any], Hint] | None = None
    hints: int = 3


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind searchable. Raises ValueError for a name that is taken or too long."""
    if kind.name in KINDS and KINDS[kind.name] != kind:
        raise ValueError(f"{kind.name} is registered already")
    if not kind.name.isalpha() or len(kind.name) > LONGEST_NAME:
        raise ValueError(f"{kind.name} is no name of a kind")
    KINDS[kind.name] = kind


def tabs() -> list[Kind]:
    """Return the kinds that have a tab, in the order in which rooms registered them."""
    return [kind for kind in KINDS.values() if kind.label]


def named_kinds() -> tuple[str, ...]:
    """Return the kinds that are found by name."""
    return tuple(name for name, kind in KINDS.items() if not kind.by_text)
