"""What is suggested while somebody types: searches, then things of every kind, in groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.core.errors import Text
from redleaf.discovery.search import engine, finding, history, hot
from redleaf.discovery.search.registry import KINDS, Hint, Kind
from redleaf.discovery.search.words import cut_query

OWN, OTHERS = 3, 3  # searches, of the reader and of many
UNTYPED = 6  # of each, while nothing is typed
MARKED = {"@": "person", "#": "topic", "＃": "topic"}  # what a first sign asks for alone
ALONE = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions of one sort under their heading."""

    key: str
    label: Text
    hints: list[Hint]


def suggestions(reader: Account | None, text: str) -> list[Group]:
    """Return groups of suggestions for what is being typed, in any script or by pinyin.

    The reader's own searches come first, where they are kept. Nothing is among them that a block
    hides from the reader. For nothing typed: the latest searches, and the hot list.
    """
    if not text:
        mine = history.recent(reader, UNTYPED)
        others = [line.shown_as for line in hot.hot_list()[:UNTYPED] if line.shown_as not in mine]
        return _filled([_group("mine", _("Your searches"), mine), _hot(others)])
    alone = MARKED.get(text[0])
    groups = [] if alone else [_searches(reader, text)]
    kinds = [kind for kind in KINDS.values() if kind.hint and alone in {None, kind.name}]
    kinds.sort(key=lambda kind: kind.by_text)  # what has a name before what has a title
    limits = {kind.name: ALONE if alone else kind.hints for kind in kinds}
    ids = _ids(text, limits)
    groups.extend(_things(reader, text, kind, ids[kind.name]) for kind in kinds)
    return _filled(groups)


def _searches(reader: Account | None, text: str) -> Group:
    mine = history.recent(reader, OWN, beginning=text)
    known = {one.casefold() for one in mine}
    others = [one for one in hot.beginning_with(text, OTHERS) if one.casefold() not in known]
    hints = [*_hints(mine, "clock"), *_hints(others, "search")]
    return Group("searches", _("Searches"), hints)


def _group(key: str, label: str, found: list[str]) -> Group:
    return Group(key, label, _hints(found, "clock"))


def _hot(found: list[str]) -> Group:
    return Group("hot", _("Searched a lot today"), _hints(found, "search"))


def _hints(searches: Iterable[str], icon: str) -> list[Hint]:
    path = reverse("discovery:search")
    return [Hint(f"{path}?q={quote(one, safe='')}", one, icon=icon) for one in searches]


def _things(reader: Account | None, text: str, kind: Kind, ids: list[UUID]) -> Group:
    found: list[Any] = kind.show(reader, text, ids) if kind.show else []
    return Group(kind.name, kind.label, [kind.hint(one) for one in found if kind.hint])


def _ids(text: str, limits: dict[str, int]) -> dict[str, list[UUID]]:
    named = {name: limit for name, limit in limits.items() if not KINDS[name].by_text}
    try:
        reader = engine.reader()
        cutting = cut_query(text)
        found = reader.named(cutting, named, typed=True) if named else {}
        for name in limits.keys() - named.keys():
            found[name] = reader.beginning(cutting, limits[name], name)
        return found
    except engine.Unavailable:
        known = finding.FALLBACKS
        return {
            name: known[name](text, limit) if name in known else []
            for name, limit in limits.items()
        }


def _filled(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.hints]
