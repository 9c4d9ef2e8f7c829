"""Adjusting Explore: sliders with a preview, presets to pass on, and what was left out."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in
from redleaf.core import limits
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.core.text import storable
from redleaf.discovery import steering
from redleaf.discovery.ranking import serving
from redleaf.discovery.recommend import mixing
from redleaf.editions import selectors as editions
from redleaf.web import undo

CODE_LENGTH = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def steer(request: HttpRequest) -> HttpResponse:
    """Show the sliders and the list they make; keep them, try them, take a preset or go back."""
    account = signed_in(request)
    sliders, error, typed = steering.sliders_of(account), None, ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        typed = storable(request.POST.get("code", ""))[:CODE_LENGTH]
        try:
            done = _do(request, account, act)
        except Refusal as refusal:
            error = refusal
        else:
            if done:
                undo.say(request, done)
                return redirect("discovery:steer")
            sliders = _posted(request)
    context = {
        "active_door": "home",
        "sliders": [{**words, "value": sliders[words["name"]]} for words in slider_words()],
        "nearby": steering.steering_of(account).nearby,
        "cities": editions.cities(),
        "left_out": steering.left_out(account),
        "error": str(error) if error else "",
        "error_field": error.field if error else "",
        "typed": typed if error else "",
        **_preview(account, sliders),
    }
    return render(request, "discovery/steer.html", context, status=error.status if error else 200)


@require_POST
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Give the first notes as the list would be with these sliders, without keeping anything."""
    account = signed_in(request)
    limits.hit("steer_preview", str(account.id), rate="120/m")
    return render(request, "discovery/_preview.html", _preview(account, _posted(request)))


@require_POST
@login_required
def not_interested(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Leave a note out of the member's Explore."""
    steering.not_interested(_acting(request), note_id)
    back = reverse("discovery:undo_not_interested", args=[note_id])
    return _told(request, _("You will not be shown this note again."), back)


@require_POST
@login_required
def undo_not_interested(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Let a note be shown again."""
    steering.undo_not_interested(_acting(request), note_id)
    return _told(request, _("This note may be shown again."))


@require_POST
@login_required
def less(request: HttpRequest, kind: str, object_id: UUID) -> HttpResponse:
    """Show less of a topic or of an author."""
    steering.less_of(_acting(request), kind, object_id)
    back = reverse("discovery:more_of", args=[kind, object_id])
    name = steering.names_of(kind, [object_id])[object_id]
    if kind == "topic":
        return _told(request, _("You will see less of #%(name)s.") % {"name": name}, back)
    return _told(request, _("You will see less by %(name)s.") % {"name": name}, back)


@require_POST
@login_required
def more_of(request: HttpRequest, kind: str, object_id: UUID) -> HttpResponse:
    """Take that back."""
    if kind not in steering.KINDS:
        raise NotFound()
    steering.more_of(_acting(request), kind, object_id)
    return _told(request, _("That is taken back."))


@require_POST
@login_required
def more_new_voices(request: HttpRequest) -> HttpResponse:
    """Move the slider of new voices up by one."""
    account = _acting(request)
    before = steering.sliders_of(account)["new_voices"]
    after = steering.more_new_voices(account)
    words = _("New voices get more places on your Explore.")
    if after == before:
        words = _("New voices have as many places as they can have.")
        return _told(request, words)
    return _told(request, words, reverse("discovery:fewer_new_voices"))


@require_POST
@login_required
def fewer_new_voices(request: HttpRequest) -> HttpResponse:
    """Move the slider of new voices down by one."""
    account = _acting(request)
    sliders = steering.sliders_of(account)
    sliders["new_voices"] = max(mixing.LOWEST, sliders["new_voices"] - 1)
    steering.set_sliders(account, sliders)
    return _told(request, _("That is taken back."))


def slider_words() -> list[dict[str, str]]:
    """Return each slider with its name, what it does, and the words at its two ends."""
    return [
        _slider("fresh", _("Fresh"), _("What has proved itself"), _("What is new")),
        _slider("friends", _("Friends"), _("Whoever wrote it"), _("People I follow")),
        _slider("depth", _("Depth"), _("Short and quick"), _("Long and thorough")),
        _slider("local", _("Local"), _("Anywhere"), _("My city")),
        _slider("new_voices", _("New voices"), _("Known authors"), _("New authors")),
        _slider("languages", _("Languages"), _("Any language"), _("My language")),
    ]


def _slider(name: str, words: str, low: str, high: str) -> dict[str, str]:
    return {"name": name, "words": words, "low": low, "high": high}


def _do(request: HttpRequest, account: Account, act: str) -> str:
    """Do what a button says and return what to say of it; nothing for only trying out."""
    if act == "try":
        return ""
    limits.hit("steer", str(account.id), rate="120/m")
    if act == "keep":
        steering.set_sliders(account, _posted(request))
        if "nearby" in request.POST:
            steering.set_nearby(account, storable(request.POST["nearby"]))
        return _("Your Explore is set.")
    if act == "reset":
        steering.set_sliders(account, {})
        return _("Every slider is back in the middle.")
    if act == "preset":
        steering.set_sliders(account, _decoded(request.POST.get("code", "")))
        return _("The sliders stand as in the preset.")
    raise NotFound()


def _posted(request: HttpRequest) -> dict[str, int]:
    """Return the sliders of a form; what is missing or no number stands in the middle."""
    found = {}
    for name in mixing.SLIDERS:
        text = request.POST.get(name, "0").strip()
        value = int(text) if text in {"-2", "-1", "0", "1", "2"} else 0
        found[name] = value
    return found


def _decoded(code: str) -> dict[str, int]:
    try:
        return mixing.decode(code)
    except ValueError as problem:
        words = {
            "this is no preset": _("This is no preset. One looks like %(code)s."),
            "this preset is of another version": _(
                "This preset is for another version of Redleaf. One for this looks like %(code)s."
            ),
            "this preset is not complete": _(
                "A part of this preset is missing. One looks like %(code)s."
            ),
            "this preset has a typing mistake": _(
                "This preset has a typing mistake. Copy it once more."
            ),
        }.get(str(problem), _("This is no preset. One looks like %(code)s."))
        shown = {"code": mixing.encode({"fresh": 1, "depth": 2})}
        raise Invalid("bad_preset", words % shown, field="code") from None


def _preview(account: Account, sliders: dict[str, int]) -> dict[str, Any]:
    return {
        "cards": serving.preview(account, sliders, get_language() or "en"),
        "code": mixing.encode(sliders),
    }


def _acting(request: HttpRequest) -> Account:
    account = signed_in(request)
    limits.hit("steer", str(account.id), rate="120/m")
    return account


def _told(request: HttpRequest, words: str, back: str = "") -> HttpResponse:
    """Say what was done, with the way back: in place for htmx, else on the page one came from."""
    if request.headers.get("HX-Request"):
        return render(request, "discovery/_told.html", {"words": words, "back": back})
    undo.say(request, words, back)
    return HttpResponseRedirect(undo.came_from(request, reverse("discovery:explore")))
