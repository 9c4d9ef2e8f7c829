"""Beside the page of search: suggestions, the hot list's rule, and the member's own searches."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from redleaf.accounts.people import signed_in, viewer
from redleaf.core.errors import Refusal
from redleaf.discovery.search import counting, finding, history, hot
from redleaf.discovery.search.suggesting import suggestions


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return options for the search box, or without script the same as a page of links."""
    try:
        text = finding.clean_query(request.GET.get("q", ""))
    except Refusal:
        text = ""
    groups = suggestions(viewer(request), text)
    part = bool(request.headers.get("HX-Request"))
    page = "discovery/_suggestions.html" if part else "discovery/suggestions.html"
    context = {"groups": groups, "query": text, "active_door": "search"}
    response = render(request, page, context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def hot_rule(request: HttpRequest) -> HttpResponse:
    """Say how the hot list is made, with the numbers in use and those of today's list."""
    context = {
        "active_door": "search",
        "hot": hot.hot_list(),
        "least": hot.least_people(),
        "full": hot.FULL,
        "thirty": round(hot.damped(30)),
        "burst_minutes": hot.BURST * 10,
        "new_hours": counting.NEW_HOURS,
        "digits": counting.DIGITS,
        "longest": counting.LONGEST,
        "shown": hot.SHOWN,
    }
    return render(request, "discovery/hot.html", context)


@require_POST
@login_required
def own_searches(request: HttpRequest) -> HttpResponse:
    """Remove one search, clear all, or switch keeping them on or off; then back to the page."""
    account = signed_in(request)
    act = request.POST.get("act", "")
    if act == "remove":
        history.remove(account, finding.clean_query(request.POST.get("q", "")))
    elif act == "clear":
        history.clear(account)
    elif act in {"on", "off"}:
        history.switch(account, on=act == "on")
    return redirect("discovery:search")
