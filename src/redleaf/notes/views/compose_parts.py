"""What the composer's script asks for while somebody writes: saving, suggestions, preview."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redleaf.accounts.people import signed_in
from redleaf.core import ids
from redleaf.core.errors import NotFound, Refusal
from redleaf.notes import composer
from redleaf.notes.selectors import suggestions
from redleaf.notes.services import drafts


@require_POST
@login_required
def autosave(request: HttpRequest) -> JsonResponse:
    """Save what is typed, as the composer does every five seconds; answers the next revision.

    A conflict answers 409 with the revision that another window left, or with the address of the
    note that the draft became.
    """
    account = signed_in(request)
    window = composer.window_of(request.POST)
    known = None
    try:
        known = _decoded(request.POST.get("draft", ""))
        saved = drafts.save_draft(
            account,
            content=composer.typed_content(request.POST),
            draft=drafts.draft_for(account, known) if known else None,
            revision=composer.revision_of(request.POST),
            window=window,
        )
    except NotFound:
        return _gone(request, known)
    except drafts.DraftConflict as refusal:
        if refusal.revision is None:
            return _gone(request, known or window)
        return _refused(refusal, revision=refusal.revision)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse(
        {
            "draft": saved.draft.ref,
            "revision": saved.revision,
            "address": reverse("notes:draft", args=[saved.draft.id]),
        }
    )


@never_cache
@require_safe
@login_required
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer topics for `?q=#…` and people for `?q=@…`, the likeliest first; nobody blocked."""
    typed = request.GET.get("q", "")[:60]
    account = signed_in(request)
    language = get_language() or "en"
    if typed.startswith("@"):
        found = suggestions.people_like(account, typed[1:])
    elif typed.startswith(("#", "＃")):
        found = suggestions.topics_like(account, typed[1:], language)
    else:
        found = []
    return JsonResponse({"items": found})


@require_POST
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Draw the typed note's text as its readers will see it."""
    content = composer.typed_content(request.POST)
    context = {"preview": composer.preview(signed_in(request), content)}
    return render(request, "notes/_preview.html", context)


def _decoded(ref: str) -> UUID | None:
    if not ref:
        return None
    try:
        return ids.decode(ref)
    except ValueError:
        raise NotFound from None


def _gone(request: HttpRequest, draft_id: UUID | None) -> JsonResponse:
    note = drafts.note_from(signed_in(request), draft_id) if draft_id else None
    message = (
        _("This draft is a note already.")
        if note is not None
        else _("This draft was deleted in another window. What you typed is still here.")
    )
    note_path = reverse("notes:note", args=[note.id]) if note is not None else ""
    error = {"code": "draft_gone", "message": message, "note": note_path}
    return JsonResponse({"error": error}, status=409)


def _refused(refusal: Refusal, **more: int) -> JsonResponse:
    error = {"code": refusal.code, "message": str(refusal.message), **more}
    return JsonResponse({"error": error}, status=refusal.status)
