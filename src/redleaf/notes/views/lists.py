"""Pages that list notes: a profile, a topic, a place, and what a member saved or liked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from redleaf.accounts.people import signed_in, viewer
from redleaf.accounts.selectors import account_by_handle
from redleaf.core.errors import NotFound
from redleaf.core.fold import fold
from redleaf.core.paging import Page
from redleaf.editions import selectors as editions
from redleaf.graph import selectors as graph
from redleaf.notes.models import MarkKind
from redleaf.notes.selectors import boards, cards_of, lists, topics
from redleaf.notes.selectors.cards import CardRow

NEAR = 30.0  # kilometres
NEIGHBOURS = 8


def listing(
    request: HttpRequest,
    page: Page[CardRow],
    template: str,
    context: dict[str, Any],
    *,
    offers: str = "",
) -> HttpResponse:
    """Render a page of cards; asked by htmx, only the cards and the way to more.

    `offers` is HTML for each card, as in `cards_of`.
    """
    language = get_language() or "en"
    query = {key: str(value) for key, value in request.GET.items() if key != "after"}
    next_url = None
    if page.next_cursor:
        next_url = f"{request.path}?{urlencode({**query, 'after': page.next_cursor})}"
    more = request.headers.get("HX-Request") and request.GET.get("after")
    return render(
        request,
        "notes/_masonry.html" if more else template,
        {
            **context,
            "cards": cards_of(viewer(request), page.items, language, more=offers),
            "next_url": next_url,
        },
    )


@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a member's notes, or with `?show=boards` the boards that the reader may see."""
    account = account_by_handle(handle)
    reader = viewer(request)
    relation = graph.relation(reader, account)
    if relation.blocked_by:
        raise NotFound()
    if account.handle != handle:
        return redirect(account.profile_path, permanent=False)
    show = request.GET.get("show", "notes")
    page = (
        lists.notes_by(reader, account.id, after=request.GET.get("after", ""))
        if show == "notes" and not relation.blocks
        else Page([], None)
    )
    context = {
        "person": account,
        "relation": relation,
        "is_own": reader is not None and reader.id == account.id,
        "numbers": lists.numbers_of(account.id),
        "boards": boards.boards_of(reader, account) if show == "boards" else [],
        "show": show,
        "city": _city(account.city),
        "active_door": "me" if reader is not None and reader.id == account.id else "home",
    }
    return listing(request, page, "notes/profile.html", context)


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """Show a topic, under its own address even when it was asked for by another spelling."""
    found = topics.topic_by_key(key)
    if found.key != key:
        return redirect("notes:topic", found.key)
    page = lists.notes_on_topic(
        viewer(request), topics.joined_ids(found), after=request.GET.get("after", "")
    )
    language = get_language() or "en"
    name = found.name_in(language)
    context = {
        "topic": found,
        "name": name,
        "aliases": [other for other in topics.other_names(found) if fold(other) != fold(name)],
        "rules": topics.rules_in(found, language),
        "active_door": "home",
    }
    return listing(request, page, "notes/topic.html", context)


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the notes about a place and the places within it, and which places are near."""
    found = editions.place_by_slug(slug)
    within = editions.places_within(found)
    page = lists.notes_at(
        viewer(request), [item.id for item in within], after=request.GET.get("after", "")
    )
    context = {
        "place": found,
        "within": [item for item in within if item.parent_id == found.id],
        "near": editions.near(found, within=NEAR)[:NEIGHBOURS],
        "active_door": "home",
    }
    return listing(request, page, "notes/place.html", context)


@never_cache
@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Lead to the member's own profile: the door called Me."""
    return redirect(signed_in(request).profile_path)


@never_cache
@require_safe
@login_required
def marked(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what the member saved or liked; nobody else can."""
    if kind not in {MarkKind.SAVE, MarkKind.LIKE}:
        raise NotFound()
    page = lists.notes_marked(signed_in(request), kind=kind, after=request.GET.get("after", ""))
    return listing(request, page, "notes/marked.html", {"kind": kind, "active_door": "me"})


def _city(slug: str) -> Any:
    try:
        return editions.place_by_slug(slug) if slug else None
    except NotFound:
        return None
