"""The composer: one page for new notes, drafts and changes, with or without JavaScript.

Every submit first saves what was typed as a draft, then does what its button says; so a refusal, a
lost connection or a second tab loses nothing.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in
from redleaf.core import ids
from redleaf.core.errors import Conflict, Refusal
from redleaf.media import services as media
from redleaf.notes.composer import composer_context, typed_content
from redleaf.notes.models import Draft, Note, NoteKind
from redleaf.notes.selectors import note_for
from redleaf.notes.services import drafts, publish
from redleaf.notes.services.content import PICTURES_MAXIMUM, ContentRefused

Errors = dict[str, str]


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def compose(request: HttpRequest, draft_id: UUID | None = None) -> HttpResponse:
    """Write a new note, or go on with a draft."""
    account = signed_in(request)
    draft = drafts.draft_for(account, draft_id) if draft_id else None
    if request.method == "POST":
        return _submitted(request, account, draft)
    content = (
        draft.content
        if draft
        else drafts.empty_content(account, request.GET.get("kind", NoteKind.PICTURE))
    )
    return _page(request, account, content=content, draft=draft)


@never_cache
@require_GET
@login_required
def edit(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change an own note: its draft of changes, made when there is none."""
    account = signed_in(request)
    draft = drafts.draft_of_note(account, note_for(account, note_id))
    return redirect("notes:draft", draft.id)


@require_POST
@login_required
def autosave(request: HttpRequest) -> JsonResponse:
    """Save what is typed, as the composer does every five seconds; answers the next revision."""
    account = signed_in(request)
    draft = None
    ref = request.POST.get("draft", "")
    try:
        if ref:
            draft = drafts.draft_for(account, ids.decode(ref))
        saved = drafts.save_draft(
            account,
            content=typed_content(request.POST),
            draft=draft,
            revision=_revision(request),
        )
    except ValueError:
        return JsonResponse({"error": {"code": "not_found"}}, status=404)
    except Refusal as refusal:
        return JsonResponse(
            {"error": {"code": refusal.code, "message": str(refusal.message)}},
            status=refusal.status,
        )
    return JsonResponse(
        {
            "draft": saved.draft.ref,
            "revision": saved.revision,
            "address": reverse("notes:draft", args=[saved.draft.id]),
        }
    )


@never_cache
@require_GET
@login_required
def draft_list(request: HttpRequest) -> HttpResponse:
    """Show drafts and the notes that wait for their moment."""
    account = signed_in(request)
    return render(
        request,
        "notes/drafts.html",
        {
            "drafts": Draft.objects.filter(author=account).select_related("note"),
            "waiting": Note.objects.filter(author=account, state="scheduled").order_by(
                "scheduled_at"
            ),
            "active_door": "me",
        },
    )


@require_POST
@login_required
def delete_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete an own draft."""
    account = signed_in(request)
    drafts.delete_draft(account, drafts.draft_for(account, draft_id))
    messages.success(request, _("The draft is deleted."))
    return redirect("notes:drafts")


def _submitted(request: HttpRequest, account: Account, draft: Draft | None) -> HttpResponse:
    content = typed_content(request.POST)
    errors: Errors = {}
    _receive_files(request, account, content, errors)
    act = _arrange(content, request.POST.get("act", "save"))
    chosen_kind = request.POST.get("kind_choice", "")
    if chosen_kind in NoteKind.values:  # one of the tabs, without JavaScript
        content["kind"], act = chosen_kind, "arrange"
    try:
        draft = drafts.save_draft(
            account, content=content, draft=draft, revision=_revision(request)
        ).draft
    except Conflict as refusal:
        errors[""] = str(refusal.message)
        return _page(request, account, content=content, draft=draft, errors=errors)
    if errors or act not in {"publish", "save"}:
        return _page(request, account, content=content, draft=draft, errors=errors)
    if act == "save":
        messages.success(request, _("Saved as a draft."))
        return redirect("notes:draft", draft.id)
    return _publish(request, account, draft)


def _publish(request: HttpRequest, account: Account, draft: Draft) -> HttpResponse:
    content = drafts.as_content(account, draft.content)
    typed_moment = draft.content.get("scheduled_at", "")
    try:
        if typed_moment and content.scheduled_at is None:
            raise ContentRefused({"scheduled_at": _("Write the date and time in full.")})
        if draft.note is not None:
            number = int(draft.content.get("number") or draft.note.number)
            note = publish.edit_note(account, draft.note, content=content, number=number)
            messages.success(request, _("Your change is saved."))
        else:
            note = publish.publish_note(account, content=content, draft=draft)
            messages.success(request, _scheduled_or_published(note))
    except ContentRefused as refusal:
        return _page(
            request, account, content=draft.content, draft=draft, errors=dict(refusal.errors)
        )
    except Refusal as refusal:
        errors = {"": str(refusal.message)}
        return _page(
            request,
            account,
            content=draft.content,
            draft=draft,
            errors=errors,
            status=refusal.status,
        )
    return redirect("notes:note", note.id)


def _scheduled_or_published(note: Note) -> str:
    if note.is_published:
        return _("Your note is published.")
    return _("Your note will be published at the time you chose.")


def _page(
    request: HttpRequest,
    account: Account,
    *,
    content: dict[str, Any],
    draft: Draft | None,
    errors: Errors | None = None,
    status: int | None = None,
) -> HttpResponse:
    context = composer_context(account, content=content, draft=draft, errors=errors or {})
    return render(
        request,
        "notes/compose.html",
        {**context, "active_door": "publish"},
        status=status or (422 if errors else 200),
    )


def _receive_files(
    request: HttpRequest, account: Account, content: dict[str, Any], errors: Errors
) -> None:
    """Take the files of a form sent without JavaScript; each refusal names its file."""
    refused: list[str] = []
    for file in request.FILES.getlist("new_pictures"):
        if len(content["pictures"]) >= PICTURES_MAXIMUM:
            refused.append(
                _("A note holds at most %(count)d pictures.") % {"count": PICTURES_MAXIMUM}
            )
            break
        try:
            asset = media.receive_picture(account, file=file, name=file.name or "")
        except Refusal as refusal:
            refused.append(str(refusal.message))
        else:
            content["pictures"].append({"ref": asset.ref, "alt": ""})
    if refused:
        errors["pictures"] = " ".join(refused)
    video = request.FILES.get("new_video")
    if video is not None:
        try:
            asset = media.receive_video(account, file=video, name=video.name or "")
        except Refusal as refusal:
            errors["video"] = str(refusal.message)
        else:
            content["video"] = asset.ref


def _arrange(content: dict[str, Any], act: str) -> str:
    """Do what a picture's own button asks (earlier:2, later:2, cover:2, remove:2, remove_video)."""
    name, _colon, index_text = act.partition(":")
    pictures = content["pictures"]
    if name == "remove_video":
        content["video"] = ""
        return "arrange"
    if not index_text.isdecimal() or int(index_text) >= len(pictures):
        return act
    index = int(index_text)
    if name == "remove":
        pictures.pop(index)
    elif name == "earlier" and index > 0:
        pictures.insert(index - 1, pictures.pop(index))
    elif name == "later":
        pictures.insert(index + 1, pictures.pop(index))
    elif name == "cover":
        pictures.insert(0, pictures.pop(index))
    return "arrange"


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "0")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
