"""Promised against given: an author's own page, and the public weeks with their download."""

import csv
import io
from datetime import date

from babel.dates import format_skeleton
from babel.numbers import format_percent
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from redleaf.accounts.people import signed_in
from redleaf.discovery.reach import telling, weeks
from redleaf.web.filters import locale

COLUMNS = (
    *("week_from", "is_running", "followers_from", "followers_to", "share_of_views", "authors"),
    *("promises", "promises_kept", "median_hours"),
)


@never_cache
@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Show the member what was promised to their notes, what was given, and why not more."""
    told = telling.of_author(signed_in(request))
    return render(request, "discovery/own_reach.html", {"told": told, "active_door": "me"})


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """Show who was seen in the last weeks, as bars and as a table."""
    shown = weeks.shown()
    context = {
        "weeks": shown,
        "is_empty": not any(week.groups or week.promised for week in shown),
        "tier_words": [weeks.Group(tier, tier, 0.0, 0).words for tier in range(len(weeks.TIERS))],
        "day": _day,
        "percent": _percent,
        "active_door": "home",
    }
    return render(request, "discovery/reach.html", context)


@require_safe
def download(_request: HttpRequest) -> HttpResponse:
    """Return the same as CSV: a row for each group of a week; shares and parts are 0 to 1."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for week in weeks.shown():
        median = "" if week.median is None else round(week.median.total_seconds() / 3600, 2)
        promises = (
            "" if week.promised is None else week.promised,
            "" if week.kept is None else round(week.kept, 4),
            median,
        )
        start = (week.begins.isoformat(), int(week.is_running))
        for group in week.groups:
            writer.writerow(
                (*start, *_edges(group), round(group.share, 4), group.authors, *promises)
            )
        if not week.groups:
            writer.writerow((*start, "", "", "", "", *promises))
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reach.csv"'},
    )


def _edges(group: weeks.Group) -> tuple[int, int | str]:
    ends = "" if group.last == len(weeks.TIERS) - 1 else weeks.TIERS[group.last + 1] - 1
    return weeks.TIERS[group.first], ends


def _day(day: date) -> str:
    return format_skeleton("MMMd", day, locale=locale(get_language() or "en"))


def _percent(share: float) -> str:
    return format_percent(share, "#,##0.0 %", locale=locale(get_language() or "en"))
