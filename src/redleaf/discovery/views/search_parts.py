"""What the address of a search says, and the parts of the page that are made of addresses."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from redleaf.discovery.search import finding, registry
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.web.filters import language_tag

STAND_IN = "query-stand-in"
_drawn_filters: LRUCache[tuple[Any, ...], str] = LRUCache(maxsize=256)

Address = Callable[..., str]


def kind_of(request: HttpRequest) -> str:
    """Return the tab that is asked for: how a registered kind is drawn, or "all"."""
    known = {kind.draw for kind in registry.tabs()}
    asked = request.GET.get("kind", "")
    return asked if asked in known else "all"


def asked(request: HttpRequest, text: str) -> finding.Asked:
    """Return what the address asks for; what it says beyond that counts for nothing."""
    values = request.GET
    languages = {code for code, _name in settings.LANGUAGES}
    channels = {channel.slug for channel in editions.channels()}
    places = {place.slug for place in editions.places()}
    whose = finding.WHOSE if request.user.is_authenticated else ()
    sort = values.get("sort", "")
    return finding.Asked(
        text=text,
        sort=sort if sort in finding.SORTS else finding.SORTS[0],
        language=_known(values.get("language", ""), languages),
        channel=_known(values.get("channel", ""), channels),
        place=_known(values.get("place", ""), places),
        time=_known(values.get("time", ""), finding.TIMES),
        whose=_known(values.get("whose", ""), whose),
        having=_known(values.get("with", ""), finding.HAVING),
        helpful=values.get("helpful") == "1",
        exact=values.get("exact") == "1",
        after=values.get("after", ""),
    )


def addresses(kind: str, asked: finding.Asked) -> Address:
    """Return a function that gives this page's address with some of its parts changed.

    What is typed is quoted once, because a page asks for some sixty addresses; the other values
    are slugs and cursors, which need no quoting.
    """
    parts = {
        "q": quote(asked.text, safe=""),
        "kind": kind if kind != "all" else "",
        "sort": asked.sort if asked.sort != "best" else "",
        "language": asked.language,
        "channel": asked.channel,
        "place": asked.place,
        "time": asked.time,
        "whose": asked.whose,
        "with": asked.having,
        "helpful": "1" if asked.helpful else "",
        "exact": "1" if asked.exact else "",
    }
    path = reverse("discovery:search")

    def address(**changes: str) -> str:
        if "having" in changes:
            changes["with"] = changes.pop("having")
        if "text" in changes:
            changes["q"] = quote(changes.pop("text"), safe="")
        merged = parts | changes
        return f"{path}?{'&'.join(f'{name}={value}' for name, value in merged.items() if value)}"

    return address


def tabs(kind: str, address: Address) -> list[tuple[str, str, bool]]:
    """Return words, address and whether it is the current one, for every kind with a tab."""
    found = [(_("All"), address(kind=""), kind == "all")]
    found.extend(
        (str(one.label), address(kind=one.draw), kind == one.draw) for one in registry.tabs()
    )
    return found


def time_words() -> dict[str, str]:
    return {
        "day": _("Last day"),
        "week": _("Last week"),
        "month": _("Last month"),
        "year": _("Last year"),
    }


def filter_words(asked: finding.Asked, channels: Sequence[Channel]) -> list[tuple[str, str, str]]:
    """Return (name, words, language of the words) of every filter that is set, for its chip."""
    if not asked.filters:
        return []
    slugs = {channel.slug: channel.name for channel in (*channels, *editions.channels())}
    places = {place.slug: place.name for place in editions.places()}
    languages = dict(settings.LANGUAGES)
    words = {
        "having": _("With a video") if asked.having == "video" else _("With pictures"),
        "helpful": _("Found helpful"),
        "time": time_words().get(asked.time, ""),
        "whose": _("People I follow"),
        "language": str(languages.get(asked.language, "")),
        "place": places.get(asked.place, ""),
        "channel": slugs.get(asked.channel, ""),
    }
    return [
        (name, words[name], language_tag(asked.language) if name == "language" else "")
        for name in asked.filters
    ]


def filters(
    kind: str, asked: finding.Asked, channels: Sequence[Channel], *, is_member: bool
) -> SafeString:
    """Return the row of filters: some sixty links that differ between queries in the query alone,
    so they are drawn once with a stand-in for it."""
    language = get_language() or "en"
    plain = replace(asked, text=STAND_IN, after="")
    names = tuple((channel.slug, channel.names.get(language)) for channel in channels)
    key = (language, kind, plain, names, is_member)
    drawn = _drawn_filters.get(key)
    if drawn is None:
        context = {
            "asked": plain,
            "chosen": filter_words(plain, channels),
            "address": addresses(kind, plain),
            "channels": channels,
            "cities": editions.cities(),
            "times": list(time_words().items()),
            "languages": settings.LANGUAGES,
            "is_member": is_member,
            "lang": language_tag(language),
        }
        drawn = _drawn_filters[key] = render_to_string("discovery/_filters.html", context)
    return mark_safe(drawn.replace(STAND_IN, quote(asked.text, safe="")))  # noqa: S308 - drawn and quoted


def _known(value: str, allowed: "set[str] | Sequence[str] | dict[str, int]") -> str:
    return value if value in allowed else ""
