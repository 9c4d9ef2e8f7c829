"""A note's page, its history, its marks, and taking it away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from redleaf import editions
from redleaf.accounts.people import signed_in, viewer
from redleaf.core import limits
from redleaf.core.errors import Invalid, NotFound
from redleaf.graph.models import Audience
from redleaf.media.selectors import video_sources
from redleaf.notes import covers, history, talk
from redleaf.notes.models import MarkKind, NoteKind, NoteState
from redleaf.notes.selectors import boards, note_for
from redleaf.notes.selectors.page import NotePage, note_page
from redleaf.notes.services import marks, publish
from redleaf.web import slots

COVER_RATE = "120/h"  # drawings for one household; previews ask once
COVER_KEPT = "public, max-age=3600"


@require_safe
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Show a note with its pictures, words and talk; `?overlay=1` gives the part over a feed."""
    reader = viewer(request)
    page = note_page(reader, note_id)
    if page.video is not None:
        page.video.update(video_sources(page.video))
    overlay = request.GET.get("overlay") == "1"
    context = {
        "note": page,
        "overlay": overlay,
        "is_open": _is_open(page),
        "drawn_cover": _cover_path(page),
        "cover_size": (covers.WIDTH, covers.HEIGHT),
        "active_door": "home",
        "audience_label": Audience(page.audience).label,
        "public_boards": boards.public_boards_with(reader, page.id),
        "slots": _slots(request, page),
        "scripts": slots.scripts("note"),
        **talk.context(reader, page, request.GET),
    }
    response = render(request, "notes/_note.html" if overlay else "notes/note.html", context)
    if not context["is_open"]:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def _slots(request: HttpRequest, page: NotePage) -> str:
    """Return what rooms above say under the note; some of it only to its author."""
    places = ["under_own_note"] if page.is_own else []
    return Markup("").join(
        slots.render(place, [page.id], request).get(page.id, "")
        for place in (*places, "under_note")
    )


@require_safe
def cover(request: HttpRequest, note_id: UUID, digest: str) -> HttpResponse:
    """Draw the cover that a note without pictures makes of its words, for whoever may read it.

    The address changes with the picture; an old one leads to the present one.
    """
    page = note_page(viewer(request), note_id)
    if page.pictures or page.kind == NoteKind.VIDEO:
        raise NotFound()
    drawn = _cover_of(page)
    if digest != drawn.digest:
        return redirect("notes:cover", note_id, drawn.digest)
    tag = f'"{drawn.digest}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        limits.hit("cover", limits.client_key(request), rate=COVER_RATE)
        response = HttpResponse(covers.draw(drawn), content_type="image/png")
    response["ETag"] = tag
    response["Cache-Control"] = COVER_KEPT if _is_open(page) else "private, no-store"
    return response


def _cover_path(page: NotePage) -> str:
    """Return the address of the drawn cover, "" for a note that has pictures or a video."""
    if page.pictures or page.kind == NoteKind.VIDEO:
        return ""
    return reverse("notes:cover", args=[page.id, _cover_of(page).digest])


def _cover_of(page: NotePage) -> covers.Cover:
    edition = editions.current().name_in(page.language)
    return covers.Cover(
        design=page.cover_design,
        title=page.title or page.excerpt,
        excerpt=page.excerpt,
        language=page.language,
        foot=f"{edition} · {page.author['name']}",
    )


def _is_open(page: NotePage) -> bool:
    """Return whether everybody may read it."""
    return page.audience == Audience.PUBLIC and page.state == NoteState.PUBLISHED


@require_safe
def note_history(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Show what each edit changed, to everyone who may read the note."""
    found = note_for(viewer(request), note_id)
    return render(
        request,
        "notes/history.html",
        {"note": found, "changes": history.changes(found), "active_door": "home"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mark(request: HttpRequest, note_id: UUID, kind: str) -> HttpResponse:
    """Like, save, helpful or share: `on=0` takes it back, except for a share.

    Who comes here by GET was sent to sign in first, and goes on to the note.
    """
    if kind not in MarkKind.values:
        raise NotFound()
    if request.method == "GET":
        return redirect("notes:note", note_id)
    on = request.POST.get("on", "1") != "0" or kind == MarkKind.SHARE
    account = signed_in(request)
    if kind == MarkKind.SAVE and not on:
        count = marks.unsave_everywhere(account, note_for(account, note_id))
    else:
        count = marks.mark(account, note_id, kind=kind, on=on)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"kind": kind, "on": on, "count": count})
    return back(request, reverse("notes:note", args=[note_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Ask, then take the note away for good."""
    account = signed_in(request)
    found = note_for(account, note_id)
    if found.author_id != account.id:
        raise NotFound()
    if request.method == "POST":
        publish.withdraw_note(account, found)
        messages.success(request, _("Your note has been deleted."))
        return redirect(account.profile_path)
    return render(request, "notes/withdraw.html", {"note": found, "active_door": "me"})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def schedule(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Publish a scheduled note at once."""
    account = signed_in(request)
    found = note_for(account, note_id)
    if request.method == "GET":
        return redirect("notes:note", note_id)
    if request.POST.get("act") != "now":
        raise Invalid("act", _("Choose what to do with the note."))
    publish.publish_now(account, found)
    messages.success(request, _("Your note is published."))
    return redirect("notes:note", note_id)


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Return to the page that a form came from, if it is one of ours."""
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if allowed else otherwise, status=303)


__all__ = ["NotePage", "back", "mark", "note", "note_history", "schedule", "withdraw"]
