"""How Explore is ordered: in words, with the numbers in use, and every change that was decided."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from redleaf.discovery.ranking import signing, versions
from redleaf.discovery.ranking.settings import SIGNALS, Settings
from redleaf.discovery.views.steering import slider_words
from redleaf.discovery.views.why import signal_names


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Say in plain words, with the numbers in use, how Explore is ordered, and list every entry."""
    number, settings = versions.current()
    names = setting_names()
    context = {
        "active_door": "home",
        "number": number,
        "settings": settings,
        "signals": _signals(settings),
        "hours_for_ten": _hours_for_ten(settings),
        "entries": [
            {
                "row": entry.row,
                "is_genuine": entry.is_genuine,
                "changes": [
                    {
                        "name": names.get(change.name, change.name),
                        "before": change.before,
                        "after": change.after,
                    }
                    for change in entry.changes
                    if change.before is not None or entry.row.number > 1
                ],
            }
            for entry in versions.entries()
        ],
    }
    return render(request, "discovery/ranking.html", context)


@require_safe
@cache_control(public=True, max_age=600)
def key(request: HttpRequest) -> HttpResponse:
    """Give the public key with which anybody can check the entries."""
    del request
    versions.current()
    return HttpResponse(signing.public_key(), content_type="text/plain; charset=us-ascii")


@require_safe
@cache_control(public=True, max_age=60)
def versions_json(request: HttpRequest) -> HttpResponse:
    """Give every entry, the first one first: `signed` is the text that `signature` is of."""
    del request
    versions.current()
    entries = [versions.as_json(entry) for entry in reversed(versions.entries())]
    return JsonResponse(
        {"key": "/ranking/key", "algorithm": "Ed25519", "versions": entries},
        json_dumps_params={"ensure_ascii": False},
    )


def setting_names() -> dict[str, str]:
    """Return what each setting is called for readers."""
    names = {f"weights.{name}": words for name, words in signal_names().items()}
    return names | {
        "candidates": _("Notes looked at for a list"),
        "diverse": _("Notes put in an order in which neighbours differ"),
        "balance": _("What the score weighs against likeness (0 to 1)"),
        "author_gap": _("Places between two notes by one author"),
        "author_cap": _("Notes by one author on a page"),
        "channel_run": _("Notes of one channel in a row"),
        "subject_run": _("Notes of one subject in a row"),
        "new_places": _("Places of 20 for new notes that are owed views"),
        "trial_places": _("Places of 20 for trying out notes that few have seen"),
        "caution": _("Caution in trials"),
        "promise_views": _("Views that a new note is promised"),
        "promise_hours": _("Hours in which it is to have them"),
        "promise_share": _("Share of a channel’s views that may be promised"),
        "longest_epoch": _("Seconds for which a list holds at most"),
    }


def _signals(settings: Settings) -> list[dict[str, Any]]:
    sliders = {item["name"]: item["words"] for item in slider_words()}
    names = signal_names()
    return [
        {
            "name": names[name],
            "weight": settings.weights[name],
            "slider": sliders.get(slider, ""),
            "about_reader": about_reader,
        }
        for name, (_default, slider, about_reader) in SIGNALS.items()
    ]


def _hours_for_ten(settings: Settings) -> int:
    """Return how many hours ten times the benefit make up for; 0 when age does not count against a
    note."""
    age = -settings.weights["age"]
    return round(24 * settings.weights["benefit"] * math.log(10) / age) if age > 0 else 0
