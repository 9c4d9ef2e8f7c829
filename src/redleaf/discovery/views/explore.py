"""Explore with its channels, and Following."""

from typing import Any

from cachetools import LRUCache
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup, escape

from redleaf.accounts.people import signed_in, viewer
from redleaf.core.paging import Page
from redleaf.discovery import selectors, steering
from redleaf.discovery.ranking import serving
from redleaf.discovery.ranking.personal import PROFILING
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.notes.selectors import lists
from redleaf.notes.views.lists import listing
from redleaf.privacy import services as consent
from redleaf.web.cards import REF
from redleaf.web.jinja import icon

WELCOMED = "redleaf_welcomed"
YEAR = 60 * 60 * 24 * 365
HEADS_HELD = 500
RECEIPT = "\x01RECEIPT\x01"
_whys: dict[str, str] = {}  # by language
_heads: LRUCache[tuple[object, ...], Markup] = LRUCache(maxsize=HEADS_HELD)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Show the notes that everybody may see: by the published rules, or newest first.

    The same list for every reader of a language, but for what each chose: people blocked or muted,
    filters, sliders, and, if the reader switched that on, a list made for them.
    """
    reader = viewer(request)
    slug = request.GET.get("channel", "")
    channel = editions.channel_by_slug(slug) if slug else None
    newest = request.GET.get("sort") == "new"
    after = request.GET.get("after", "")
    language = get_language() or "en"
    if newest:
        page = lists.listed_notes(
            reader,
            channel_id=channel.id if channel else None,
            by="published_at",
            after=after,
            unwanted=steering.steering_of(reader).not_interested,
        )
        served = serving.Served(page, "")
    else:
        served = serving.explore(reader, channel, language=language, after=after)
    context: dict[str, Any] = {
        "active_door": "home",
        "channel": channel,
        "newest": newest,
        "receipt": served.receipt,
        "is_personal": served.is_personal,
    }
    if not (after and request.headers.get("HX-Request")):
        shown = selectors.channel_order(reader).shown
        context["head"] = _head(shown, channel, newest=newest, member=reader is not None)
        context["welcome"] = reader is None and WELCOMED not in request.COOKIES and not after
    offers = _why(served.receipt, language) if served.receipt else ""
    return listing(request, served.page, "discovery/explore.html", context, offers=offers)


def _why(receipt: str, language: str) -> str:
    """Return the way from a card to why it is there, with a mark for the note."""
    pattern = _whys.get(language)
    if pattern is None:
        pattern = _whys[language] = (
            f'<a class="more-button" href="/why/{RECEIPT}/{REF}/"'
            f' aria-label="{escape(_("Why this note, and less of it"))}">{icon("more")}</a>'
        )
    return pattern.replace(RECEIPT, receipt)


@require_POST
@login_required
def personal(request: HttpRequest) -> HttpResponse:
    """Switch personal Explore on or off; off deletes what it was made from."""
    account = signed_in(request)
    if request.POST.get("on") == "1":
        consent.grant(account, PROFILING)
        messages.success(request, _("Explore is now made for you, from what you do from here on."))
    else:
        consent.withdraw(account, PROFILING)
        messages.success(request, _("Switched off, and what it was made from is deleted."))
    return redirect("discovery:explore")


def _head(shown: list[Channel], channel: Channel | None, *, newest: bool, member: bool) -> Markup:
    """Return tabs and channels, drawn once for each language and order of channels."""
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
