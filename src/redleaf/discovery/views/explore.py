"""Explore with its channels, Following, and the page that says how Explore is ordered."""

from typing import Any

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from redleaf.accounts.people import signed_in, viewer
from redleaf.core.paging import Page
from redleaf.discovery import selectors
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.notes.models.notes import RANK_SECONDS, RANK_WEIGHTS
from redleaf.notes.selectors import lists
from redleaf.notes.views.lists import listing

WELCOMED = "redleaf_welcomed"
YEAR = 60 * 60 * 24 * 365
HEADS_HELD = 500
_heads: LRUCache[tuple[object, ...], Markup] = LRUCache(maxsize=HEADS_HELD)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Show the notes that everybody may see, by the published formula or newest first.

    The same list for every reader but for the people whom blocks and mutes leave out.
    """
    reader = viewer(request)
    slug = request.GET.get("channel", "")
    channel = editions.channel_by_slug(slug) if slug else None
    newest = request.GET.get("sort") == "new"
    after = request.GET.get("after", "")
    page = lists.listed_notes(
        reader,
        channel_id=channel.id if channel else None,
        by="published_at" if newest else "rank",
        after=after,
    )
    context: dict[str, Any] = {"active_door": "home", "channel": channel, "newest": newest}
    if not (after and request.headers.get("HX-Request")):
        shown = selectors.channel_order(reader).shown
        context["head"] = _head(shown, channel, newest=newest, member=reader is not None)
        context["welcome"] = reader is None and WELCOMED not in request.COOKIES and not after
    return listing(request, page, "discovery/explore.html", context)


def _head(shown: list[Channel], channel: Channel | None, *, newest: bool, member: bool) -> Markup:
    """Return tabs, channels and sort, drawn once for each language and order of channels."""
    language = get_language() or "en"
    current = channel.slug if channel else ""
    row = tuple((item.slug, item.name_in(language)) for item in shown)
    key = (language, row, current, newest, member)
    found = _heads.get(key)
    if found is None:
        context = {"channels": row, "current": current, "newest": newest, "member": member}
        html = render_to_string("discovery/_head.html", context)
        found = _heads[key] = Markup(html)  # noqa: S704 - a rendered template is escaped
    return found


@require_POST
def welcomed(request: HttpRequest) -> HttpResponse:
    """Put the welcome line away, for a year."""
    response = redirect("discovery:explore")
    response.set_cookie(
        WELCOMED,
        "1",
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Show everything by those whom the member follows, newest first; else how to begin."""
    reader = viewer(request)
    context: dict[str, Any] = {"active_door": "home", "suggested": []}
    if reader is None:
        return listing(request, Page([], None), "discovery/following.html", context)
    page = lists.notes_by_followed(reader, after=request.GET.get("after", ""))
    if not page.items:
        account = signed_in(request)
        context["suggested"] = selectors.people_to_follow(
            reader, language=account.language, interests=account.interests
        )
    return listing(request, page, "discovery/following.html", context)


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Say in plain words, with the numbers in use, how Explore is ordered."""
    context = {
        "active_door": "home",
        "weights": RANK_WEIGHTS,
        "seconds": round(RANK_SECONDS),
        "hours_for_ten": round(RANK_SECONDS * 2.302585 / 3600),
    }
    return render(request, "discovery/ranking.html", context)
