"""Named places on pages that rooms above fill without the page knowing them.

A loader takes the whole list of ids, so that a feed of thirty cards costs one query for each slot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

Loader = Callable[[HttpRequest, Sequence[UUID]], Mapping[UUID, dict[str, Any]]]
Number = Callable[[HttpRequest], int]


@dataclass(frozen=True)
class Filling:
    """A template, and the loader of its context for each id."""

    template: str
    loader: Loader
    order: int


PAGE = UUID(int=0)  # the id of places that are about no single thing

_fillings: dict[str, list[Filling]] = {}
_numbers: dict[str, Number] = {}
_scripts: dict[str, list[str]] = {}


def register(place: str, template: str, loader: Loader, *, order: int = 0) -> None:
    """Fill a place with a template; the loader returns the context for each id that has one."""
    filling = Filling(template, loader, order)
    present = [item for item in _fillings.get(place, []) if item.template != template]
    _fillings[place] = sorted([*present, filling], key=lambda item: item.order)


def render(place: str, ids: Sequence[UUID], request: HttpRequest) -> dict[UUID, Markup]:
    """Return the HTML of a place for each id that somebody has something to say about."""
    parts: dict[UUID, Markup] = {}
    for filling in _fillings.get(place, []):
        for key, context in filling.loader(request, ids).items():
            html = Markup(render_to_string(filling.template, context, request))  # noqa: S704 - a rendered template is escaped
            parts[key] = parts.get(key, Markup("")) + html
    return parts


def render_page(place: str, request: HttpRequest) -> Markup:
    """Return the HTML of a place that belongs to a page as a whole, such as "sign_in"."""
    return render(place, [PAGE], request).get(PAGE, Markup(""))


def register_script(place: str, path: str) -> None:
    """Let the page of a place, such as "note", load a script of ours; twice is once.

    For what has nothing to show: a filling that is drawn costs a page more.
    """
    if path not in _scripts.setdefault(place, []):
        _scripts[place].append(path)


def scripts(place: str) -> list[str]:
    """Return the static paths of the scripts that the page of a place loads."""
    return _scripts.get(place, [])


def register_number(name: str, count: Number) -> None:
    """Provide a number that the shell shows, such as "unread"."""
    _numbers[name] = count


def number(name: str, request: HttpRequest) -> int:
    """Return a provided number, 0 when nobody provides it."""
    count = _numbers.get(name)
    return count(request) if count else 0
