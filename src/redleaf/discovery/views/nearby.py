"""Nearby: choose a place, look around once, and turn it off again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from redleaf.accounts.people import signed_in, viewer
from redleaf.core.errors import Invalid
from redleaf.discovery import nearby as around
from redleaf.discovery import steering

CHOICE = "redleaf_nearby"
YEAR = 60 * 60 * 24 * 365


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nearby(request: HttpRequest) -> HttpResponse:
    """Show the notes around the chosen place, or how to choose one.

    POST place chooses, act=off turns it off, cell looks around a cell once and keeps nothing.
    """
    if request.method == "POST":
        if "cell" in request.POST:
            return _here(request, request.POST["cell"])
        if request.POST.get("act") == "off":
            return _keep(request, "")
        if "place" in request.POST:
            return _keep(request, around.checked(request.POST["place"]).slug)
        raise Invalid("act", _("Choose one of the places in the list."))
    reader = viewer(request)
    place = around.chosen_place(reader, request.COOKIES.get(CHOICE, ""))
    context: dict[str, Any] = {"active_door": "home", "place": place, "choices": around.choices()}
    if place is None:
        return render(request, "discovery/nearby.html", context)
    newest, after = request.GET.get("sort") == "new", request.GET.get("after", "")
    spots = around.around(place)
    page = around.notes_of(reader, spots, newest=newest, after=after)
    context |= {
        "spots": [spot for spot in spots if spot.place != place],
        "cards": around.cards(reader, spots, page.items, get_language() or "en"),
        "next_url": _next(request, newest, page.next_cursor),
        "newest": newest,
    }
    more = request.headers.get("HX-Request") and after
    return render(request, "notes/_masonry.html" if more else "discovery/nearby.html", context)


def _here(request: HttpRequest, cell: str) -> HttpResponse:
    """Show once what is around a cell; asked by the page's script, only that part."""
    reader = viewer(request)
    spots = around.around_cell(cell)
    page = around.notes_of(reader, spots)
    context = {
        "active_door": "home",
        "place": None,
        "here": True,
        "spots": spots,
        "cards": around.cards(reader, spots, page.items, get_language() or "en"),
        "next_url": None,
        "choices": around.choices(),
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"discovery/{'_nearby_here' if part else 'nearby'}.html", context)


def _keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a choice, with the member or in a visitor's browser; an empty one is forgotten."""
    response = redirect("discovery:nearby")
    if viewer(request) is not None:
        steering.set_nearby(signed_in(request), slug)
    elif slug:
        response.set_cookie(
            CHOICE,
            slug,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    if not slug:
        response.delete_cookie(CHOICE, samesite="Lax")
    return response


def _next(request: HttpRequest, newest: bool, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    sort = {"sort": "new"} if newest else {}
    return f"{request.path}?{urlencode({**sort, 'after': cursor})}"
