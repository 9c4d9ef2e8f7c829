"""The composer: one page for new notes, drafts and changes, with or without JavaScript.

Every submit first saves what was typed as a draft, then does what its button says; so a refusal, a
lost connection, a double click, the back button or a second tab loses nothing.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in
from redleaf.core import ids, text
from redleaf.core.errors import Conflict, Invalid, NotFound, Refusal
from redleaf.notes import composer
from redleaf.notes.models import Draft, Note, NoteKind
from redleaf.notes.selectors import note_for
from redleaf.notes.services import drafts, publish
from redleaf.notes.services.content import ContentRefused
from redleaf.notes.views import compose_files

Typed = composer.Typed
Errors = dict[str, str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compose(request: HttpRequest, draft_id: UUID | None = None) -> HttpResponse:
    """Write a new note (?kind= ?topic= ?place= ?channel= fill in fields), or go on with a draft."""
    account = signed_in(request)
    if request.method == "POST":
        return _submitted(request, account, draft_id)
    if draft_id is None:
        return page(request, account, composer.new_content(account, request.GET))
    try:
        draft = drafts.draft_for(account, draft_id)
    except NotFound:
        note = drafts.note_from(account, draft_id)
        if note is None:
            raise
        return redirect("notes:note", note.id)
    return page(request, account, draft.content, draft=draft)


@never_cache
@require_safe
@login_required
def edit(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change an own note: its draft of changes, made when there is none."""
    account = signed_in(request)
    draft = drafts.draft_of_note(account, note_for(account, note_id))
    return redirect("notes:draft", draft.id)


@never_cache
@require_safe
@login_required
def draft_list(request: HttpRequest) -> HttpResponse:
    """Show drafts and the notes that wait for their moment."""
    account = signed_in(request)
    waiting = Note.objects.filter(author=account, state="scheduled").order_by("scheduled_at", "id")
    context = {
        "drafts": Draft.objects.filter(author=account).select_related("note"),
        "kinds": dict(NoteKind.choices),
        "waiting": waiting,
        "zone_name": composer.zone_name(account),
        "active_door": "me",
    }
    return render(request, "notes/drafts.html", context)


@require_POST
@login_required
def delete_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete an own draft."""
    account = signed_in(request)
    drafts.delete_draft(account, drafts.draft_for(account, draft_id))
    messages.success(request, _("The draft is deleted."))
    return redirect("notes:drafts")


def page(
    request: HttpRequest,
    account: Account,
    content: Typed,
    *,
    draft: Draft | None = None,
    errors: Errors | None = None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """Draw the composer with what was typed; 422 when something in it needs a change."""
    context = composer.composer_context(account, content=content, draft=draft, errors=errors or {})
    return render(
        request,
        "notes/compose.html",
        {**context, **more, "active_door": "publish"},
        status=status or (422 if errors else 200),
    )


def _submitted(request: HttpRequest, account: Account, draft_id: UUID | None) -> HttpResponse:
    content = composer.typed_content(request.POST)
    errors: Errors = {}
    if composer.is_cut(request.POST):
        errors["body"] = _("The text was too long to be kept whole. Its end is missing here.")
    compose_files.receive(request, account, content, errors)
    act = compose_files.arrange(account, content, request.POST.get("act", "save"), errors)
    chosen_kind = request.POST.get("kind_choice", "")
    if chosen_kind in NoteKind.values:  # one of the tabs, without JavaScript
        content["kind"], act = chosen_kind, "arrange"
    window = composer.window_of(request.POST)
    try:
        known = drafts.draft_for(account, draft_id) if draft_id else None
        draft = drafts.save_draft(
            account,
            content=content,
            draft=known,
            revision=composer.revision_of(request.POST),
            window=window,
        ).draft
    except NotFound:
        return _gone(request, account, content, draft_id)
    except drafts.DraftConflict as refusal:
        if refusal.revision is None:
            return _gone(request, account, content, draft_id or window)
        return _changed_elsewhere(request, account, content, known or window, refusal.revision)
    except Conflict as refusal:
        return page(request, account, content, errors={"": str(refusal.message)}, status=409)
    if act == "preview":
        shown = composer.preview(account, content)
        return page(request, account, content, draft=draft, errors=errors, preview=shown)
    if errors or act not in {"publish", "save"}:
        return page(request, account, content, draft=draft, errors=errors)
    if act == "save":
        messages.success(request, _("Saved as a draft."))
        return redirect("notes:draft", draft.id)
    return _publish(request, account, draft)


def _publish(request: HttpRequest, account: Account, draft: Draft) -> HttpResponse:
    content = drafts.as_content(account, draft.content)
    try:
        if draft.content.get("scheduled_at") and content.scheduled_at is None:
            raise ContentRefused({"scheduled_at": _("Write the date and time in full.")})
        if draft.note is not None:
            number = drafts.number_of(draft.content) or draft.note.number
            note = publish.edit_note(account, draft.note, content=content, number=number)
            messages.success(request, _("Your change is saved."))
        else:
            note = publish.publish_note(account, content=content, draft=draft)
            messages.success(request, _scheduled_or_published(note))
    except ContentRefused as refusal:
        found = dict(refusal.errors)
        return page(request, account, draft.content, draft=draft, errors=found)
    except Refusal as refusal:
        if refusal.code == "draft_gone":
            return _gone(request, account, draft.content, draft.id)
        if refusal.code == "edited_elsewhere" and draft.note is not None:
            return _note_changed(request, account, draft.content, draft.note)
        errors = {"": str(refusal.message)}
        return page(
            request, account, draft.content, draft=draft, errors=errors, status=refusal.status
        )
    return redirect("notes:note", note.id)


def _scheduled_or_published(note: Note) -> str:
    if note.is_published:
        return _("Your note is published.")
    return _("Your note will be published at the time you chose.")


def _changed_elsewhere(
    request: HttpRequest,
    account: Account,
    content: Typed,
    draft: Draft | UUID | None,
    revision: int,
) -> HttpResponse:
    """Tell that another window saved this draft; the next save from here replaces that one."""
    if not isinstance(draft, Draft):
        draft = drafts.draft_for(account, draft) if draft else None
    errors = {
        "": _(
            "This draft was changed in another window. Below is what you typed here: saving it"
            " replaces the other."
        )
    }
    return page(
        request,
        account,
        content,
        draft=draft,
        errors=errors,
        status=409,
        revision=revision,
        other_version=draft is not None,
    )


def _gone(
    request: HttpRequest, account: Account, content: Typed, draft_id: UUID | None
) -> HttpResponse:
    """Answer for a draft that is a note by now (the same form sent twice), or was deleted."""
    note = _own_note(account, request.POST.get("note", ""))
    if note is not None and not _same_words(content, note):
        return _note_changed(request, account, content, note)
    if note is None and draft_id is not None:
        note = drafts.note_from(account, draft_id)
    if note is not None and _same_words(content, note):
        for left in Draft.objects.filter(id__in=[draft_id] if draft_id else [], author=account):
            drafts.delete_draft(account, left)
        return redirect("notes:note", note.id)
    message = (
        _("This draft is a note already. What is below differs from it, and can be another note.")
        if note is not None
        else _("This draft was deleted in another window. What you typed is still here.")
    )
    return page(
        request, account, content, errors={"": message}, status=409, became=note, unsaved=True
    )


def _note_changed(
    request: HttpRequest, account: Account, content: Typed, note: Note
) -> HttpResponse:
    """Tell that another window changed the note; the next publish from here replaces that."""
    note.refresh_from_db()
    content = {**content, "number": note.number}
    draft = drafts.draft_of_note(account, note)
    draft = drafts.save_draft(account, content=content, draft=draft, revision=draft.revision).draft
    errors = {
        "": _(
            "This note was changed in another window. Below is what you typed here: saving the"
            " change replaces the other."
        )
    }
    return page(request, account, content, draft=draft, errors=errors, status=409, became=note)


def _own_note(account: Account, ref: str) -> Note | None:
    try:
        note = note_for(account, ids.decode(ref))
    except (ValueError, NotFound):
        return None
    return note if note.author_id == account.id else None


def _same_words(content: Typed, note: Note) -> bool:
    try:
        title, body = text.clean_line(content["title"]), text.clean_text(content["body"])
    except Invalid:
        return False
    return (title, body) == (note.title, note.body)
