"""Search: one box over notes, people, topics and places, and its suggestions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from redleaf.accounts.people import viewer
from redleaf.core.errors import Refusal
from redleaf.discovery import selectors
from redleaf.discovery.search import finding
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.graph.selectors import follows_among
from redleaf.notes.selectors.topics import popular_topics
from redleaf.web.filters import language_tag

KINDS = ("all", "notes", "people", "topics", "places")
FEW = {"people": 4, "topics": 8, "places": 4}  # beside the notes, under "all"
NAMED = {"people": "person", "topics": "topic", "places": "place"}  # kinds, as search knows them
MANY = 40
STAND_IN = "query-stand-in"
_drawn_filters: LRUCache[tuple[Any, ...], str] = LRUCache(maxsize=256)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; everything that narrows it is in the address."""
    try:
        text = finding.clean_query(request.GET.get("q", ""))
    except Refusal as refusal:
        return _page(request, "", {"error": str(refusal.message)}, status=422)
    if not text:
        return _page(request, "", {"popular": popular_topics(16)})
    kind = _one_of(request.GET.get("kind", ""), KINDS)
    asked = _asked(request, text)
    reader = viewer(request)
    context: dict[str, Any] = {"kind": kind, "asked": asked}
    if kind in {"all", "notes"}:
        found = finding.find_notes(reader, asked, language=get_language() or "en")
        address = _addresses(kind, asked)
        next_url = address(after=found.next_cursor) if found.next_cursor else None
        context |= {"found": found, "cards": found.cards, "next_url": next_url}
        if asked.after and request.headers.get("HX-Request"):
            return render(request, "notes/_masonry.html", context)
    if not asked.after and not (kind == "all" and asked.is_filtered):
        context |= _others(request, kind, text)
    if not any(context.get(name) for name in ("cards", "people", "topics", "places")):
        context["popular"] = popular_topics(16)
    return _page(request, text, context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return options for the search box, as list items."""
    try:
        text = finding.clean_query(request.GET.get("q", ""))
    except Refusal:
        text = ""
    found = finding.suggestions(viewer(request), text) if text else {}
    return render(request, "discovery/_suggestions.html", found)


def _asked(request: HttpRequest, text: str) -> finding.Asked:
    languages = {code for code, _name in settings.LANGUAGES}
    channels = {channel.slug for channel in editions.channels()}
    values = request.GET
    return finding.Asked(
        text=text,
        sort=_one_of(values.get("sort", ""), finding.SORTS),
        language=_known(values.get("language", ""), languages),
        channel=_known(values.get("channel", ""), channels),
        having=_known(values.get("with", ""), finding.HAVING),
        after=values.get("after", ""),
    )


def _others(request: HttpRequest, kind: str, text: str) -> dict[str, Any]:
    """Return people, topics and places: a few beside the notes, or many of the one kind."""
    reader = viewer(request)
    shown = (kind,) if kind in NAMED else () if kind == "notes" else tuple(NAMED)
    many = {NAMED[name]: MANY if kind == name else FEW[name] for name in shown}
    found = finding.find_named(reader, text, many) if many else {}
    context: dict[str, Any] = {name: found[NAMED[name]] for name in shown}
    if kind == "people":
        people = context["people"]
        context["follows"] = follows_among(reader, [person["id"] for person in people])
    return context


def _page(
    request: HttpRequest, text: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    asked = context.setdefault("asked", finding.Asked(text=text))
    kind = context.setdefault("kind", "all")
    channels = selectors.channel_order(viewer(request)).shown
    context |= {
        "active_door": "search",
        "query": text,
        "address": _addresses(kind, asked),
        "channels": channels,
        "filters": _filters(kind, asked, channels),
    }
    return render(request, "discovery/search.html", context, status=status)


def _filters(kind: str, asked: finding.Asked, channels: Sequence[Channel]) -> SafeString:
    """Return the row of filters: some thirty links that differ between queries in the query alone,
    so they are drawn once with a stand-in for it."""
    language = get_language() or "en"
    key = (language, kind, asked.sort, asked.language, asked.channel, asked.having)
    names = tuple((channel.slug, channel.name) for channel in channels)
    drawn = _drawn_filters.get((*key, names))
    if drawn is None:
        plain = replace(asked, text=STAND_IN, after="")
        context = {
            "asked": plain,
            "address": _addresses(kind, plain),
            "channels": channels,
            "languages": settings.LANGUAGES,
            "lang": language_tag(language),
        }
        drawn = _drawn_filters[(*key, names)] = render_to_string("discovery/_filters.html", context)
    return mark_safe(drawn.replace(STAND_IN, quote(asked.text, safe="")))  # noqa: S308 - drawn and quoted


def _addresses(kind: str, asked: finding.Asked) -> Callable[..., str]:
    """Return a function that gives this page's address with some of its parts changed.

    What is typed is quoted once, because a page asks for some thirty addresses; the other values
    are slugs and cursors, which need no quoting.
    """
    parts = {
        "q": quote(asked.text, safe=""),
        "kind": kind if kind != "all" else "",
        "sort": asked.sort if asked.sort != "best" else "",
        "language": asked.language,
        "channel": asked.channel,
        "with": asked.having,
    }
    path = reverse("discovery:search")

    def address(**changes: str) -> str:
        if "having" in changes:
            changes["with"] = changes.pop("having")
        merged = parts | changes
        return f"{path}?{'&'.join(f'{name}={value}' for name, value in merged.items() if value)}"

    return address


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    """Return the value, or the first of the allowed ones for any other."""
    return value if value in allowed else allowed[0]


def _known(value: str, allowed: "set[str] | tuple[str, ...]") -> str:
    return value if value in allowed else ""
