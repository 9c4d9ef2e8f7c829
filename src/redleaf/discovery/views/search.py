"""The page of search: one box over every registered kind of thing. What narrows it is in the
address, and nothing else remembers it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from redleaf.accounts.models import Account
from redleaf.accounts.people import viewer
from redleaf.core.errors import Refusal
from redleaf.discovery import selectors
from redleaf.discovery.search import counting, finding, history, hot, registry
from redleaf.discovery.views import search_parts as parts
from redleaf.notes.selectors.topics import popular_topics

MANY = 40
POPULAR = 16


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; without words, what one may look for."""
    reader = viewer(request)
    try:
        text = finding.clean_query(request.GET.get("q", ""))
    except Refusal as refusal:
        told = {"error": str(refusal.message), "popular": popular_topics(POPULAR)}
        return _page(request, "", told, status=422)
    if not text:
        return _page(request, "", _beginning(reader))
    kind = parts.kind_of(request)
    asked = parts.asked(request, text)
    context: dict[str, Any] = {"kind": kind, "asked": asked, "sections": []}
    if kind in {"all", "notes"}:
        found = finding.find_notes(reader, asked, language=get_language() or "en")
        address = parts.addresses(kind, asked)
        next_url = address(after=found.next_cursor) if found.next_cursor else None
        context |= {"found": found, "cards": found.cards, "next_url": next_url}
        if asked.after and request.headers.get("HX-Request"):
            return render(request, "notes/_masonry.html", context)
    if not asked.after and not (kind == "all" and asked.is_filtered):
        context |= _others(reader, kind, text)
    if not (context.get("cards") or context["sections"] or asked.after):
        context |= _nothing(reader, asked)
    if not asked.after and _is_meant(request):
        _remember(reader, asked, context.get("found"))
    return _page(request, text, context)


def _beginning(reader: Account | None) -> dict[str, Any]:
    """Return what the page offers before anything is typed."""
    return {
        "popular": popular_topics(POPULAR),
        "hot": hot.hot_list(),
        "remembers": history.is_on(reader),
        "recent": history.recent(reader),
    }


def _others(reader: Account | None, kind: str, text: str) -> dict[str, Any]:
    """Return the things of other kinds: a few of each beside the notes, or many of one."""
    shown = [
        one
        for one in registry.tabs()
        if one.template and (one.draw == kind or (kind == "all" and not one.by_text))
    ]
    limits = {one.name: MANY if one.draw == kind else one.few for one in shown}
    found = finding.find_named(reader, text, limits) if limits else {}
    context: dict[str, Any] = {}
    for one in shown:
        if one.draw == kind and one.context:
            context |= one.context(reader, found[one.name])
    sections = [
        {"kind": one, "items": found[one.name], "many": one.draw == kind}
        for one in shown
        if found[one.name]
    ]
    return {**context, "sections": sections}


def _nothing(reader: Account | None, asked: finding.Asked) -> dict[str, Any]:
    """Return what helps on: filters that hide something, topics near by, popular ones."""
    return {
        "loosened": finding.loosened(reader, asked),
        "related": finding.related_topics(reader, asked.text),
        "popular": popular_topics(POPULAR),
    }


def _is_meant(request: HttpRequest) -> bool:
    """Return whether somebody asked for this page, and not a browser ahead of them."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead


def _remember(reader: Account | None, asked: finding.Asked, found: finding.Found | None) -> None:
    """Count the query for the hot list, and keep it for the reader where they agreed to that.

    A narrowed page of the same words is the same search. What was respelt counts as respelt.
    """
    history.keep(reader, asked.text)
    if found is not None and not asked.is_filtered:
        counting.note(reader, found.corrected or asked.text, found=len(found.ids))


def _page(
    request: HttpRequest, text: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    asked = context.setdefault("asked", finding.Asked(text=text))
    kind = context.setdefault("kind", "all")
    reader = viewer(request)
    channels = selectors.channel_order(reader).shown
    address = parts.addresses(kind, asked)
    context |= {
        "active_door": "search",
        "query": text,
        "address": address,
        "channels": channels,
        "tabs": parts.tabs(kind, address),
        "filters": parts.filters(kind, asked, channels, is_member=reader is not None),
        "filter_words": parts.filter_words(asked, channels),
    }
    return render(request, "discovery/search.html", context, status=status)
