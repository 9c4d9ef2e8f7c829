"""Boards over HTTP: the member's own, one board, its people, and where to keep a note."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts.people import signed_in, viewer
from redleaf.accounts.selectors import account_by_handle
from redleaf.core import ids
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.core.text import storable
from redleaf.notes.models import Board, BoardVisibility
from redleaf.notes.selectors import boards, cards_of, note_for
from redleaf.notes.selectors.comments import decode_ref
from redleaf.notes.services import boards as verbs
from redleaf.notes.services import marks
from redleaf.notes.views.comments import members_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def own(request: HttpRequest) -> HttpResponse:
    """Show the member's boards and those shared with them, and make one."""
    account = signed_in(request)
    typed, error = _typed(request), None
    if request.method == "POST":
        try:
            made = verbs.create_board(account, **typed)
            return redirect("notes:board", made.id)
        except Refusal as refusal:
            error = refusal
    context = {
        "boards": boards.boards_of(account, account),
        "shared_boards": boards.boards_shared_with(account),
        "active_door": "me",
        **_form(typed, error),
    }
    return render(request, "notes/boards.html", context, status=error.status if error else 200)


@require_safe
def board(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Show a board: the cards that the reader may see, and empty places of notes that are gone."""
    reader = viewer(request)
    found = boards.board_for(reader, board_id)
    page = boards.items_of(reader, found, after=request.GET.get("after", ""))
    may_change = boards.may_change_items(reader, found)
    context = {
        "board": found,
        "items": _drawn(request, page.items),
        "next_url": f"{request.path}?{urlencode({'after': page.next_cursor})}"
        if page.next_cursor
        else None,
        "may_change": may_change,
    }
    if request.headers.get("HX-Request") and request.GET.get("after"):
        return render(request, "notes/_board_items.html", context)
    is_own = reader is not None and reader.id == found.owner_id
    context |= {
        "is_own": is_own,
        "is_member": may_change and not is_own,
        "people": boards.members_of(reader, found) if may_change else [],
        "visibility_label": BoardVisibility(found.visibility).label,
        "active_door": "me" if is_own else "home",
    }
    response = render(request, "notes/board.html", context)
    if found.visibility != BoardVisibility.PUBLIC:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Rename, describe and open or close an own board; see and choose its people."""
    account = signed_in(request)
    found = _own_board(request, board_id)
    typed, error = _typed(request), None
    if request.method == "POST":
        try:
            verbs.change_board(account, found, **typed)
            messages.success(request, _("The board has been changed."))
            return redirect("notes:board", found.id)
        except Refusal as refusal:
            error = refusal
    else:
        typed = {
            "title": found.title,
            "description": found.description,
            "visibility": found.visibility,
        }
    return _edit_page(request, found, typed, error)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Ask, then delete an own board."""
    account = signed_in(request)
    found = _own_board(request, board_id)
    if request.method == "POST":
        verbs.delete_board(account, found)
        messages.success(request, _("The board has been deleted."))
        return redirect("notes:boards")
    return render(request, "notes/board_delete.html", {"board": found, "active_door": "me"})


@require_POST
@members_only
def people(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Invite somebody by handle (`act=invite`), or take somebody off the board (`act=remove`)."""
    account = signed_in(request)
    found = _own_board(request, board_id)
    typed = storable(request.POST.get("handle", ""))[:80]
    handle = typed.strip().lstrip("@＠")
    try:
        if request.POST.get("act") == "remove":
            verbs.remove_member(account, found, account_by_handle(handle))
        else:
            other = account_by_handle(handle)
            verbs.invite(account, found, other)
            messages.success(
                request, _("%(name)s is invited.") % {"name": other.display_name or other.handle}
            )
        return redirect("notes:board_edit", found.id)
    except Refusal as refusal:
        error = refusal
    if isinstance(error, NotFound):
        error = Invalid("no_person", _("There is no member of this name."), field="handle")
    facts = {
        "title": found.title,
        "description": found.description,
        "visibility": found.visibility,
    }
    return _edit_page(request, found, facts, error, handle=typed)


@require_POST
@members_only
def leave(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Leave a board that one was invited to."""
    verbs.leave(signed_in(request), board_id)
    messages.success(request, _("You have left the board."))
    return redirect("notes:boards")


@require_POST
@members_only
def remove(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Take one place off a board."""
    item_id = decode_ref(request.POST.get("item", ""))
    if item_id is None:
        raise NotFound()
    verbs.remove_item(signed_in(request), board_id, item_id=item_id)
    return redirect("notes:board", board_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def save(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Choose the boards that keep a note, or make one; `act=unsave` forgets it everywhere."""
    account = signed_in(request)
    note = note_for(account, note_id)
    error, title = None, storable(request.POST.get("title", ""))[:200]
    chosen = _refs(request, "board")
    if request.method == "POST":
        try:
            if request.POST.get("act") == "unsave":
                marks.unsave_everywhere(account, note)
                return _saved(request, note_id, _("No longer saved."))
            if title.strip():
                made = verbs.create_board(
                    account,
                    title=title,
                    visibility=request.POST.get("visibility", BoardVisibility.PRIVATE),
                )
                chosen.add(made.id)
            number = verbs.choose_boards(
                account, note_id, among=_refs(request, "shown"), chosen=chosen
            )
            words = _("Taken off your boards; it stays saved.")
            if number:
                words = ngettext(
                    "Kept on %(count)d board.", "Kept on %(count)d boards.", number
                ) % {"count": number}
            return _saved(request, note_id, words)
        except Refusal as refusal:
            if isinstance(refusal, NotFound) or _wants_json(request):
                raise
            error = refusal
    options = boards.choices(account, note_id)
    if error is not None:
        for option in options:
            option["has"] = option["id"] in chosen
    context = {
        "note": note,
        "choices": options,
        "is_saved": boards.saved_state(account, note_id)[0],
        "title": title,
        "visibility": request.POST.get("visibility", "private"),
        "error": str(error.message) if error else "",
        "visibilities": BoardVisibility.choices,
        "active_door": "home",
    }
    is_part = request.headers.get("HX-Request") and error is None
    template = "notes/_board_choice.html" if is_part else "notes/board_choice.html"
    return render(request, template, context, status=error.status if error else 200)


def _saved(request: HttpRequest, note_id: UUID, words: str) -> HttpResponse:
    if _wants_json(request):
        on, count = boards.saved_state(signed_in(request), note_id)
        return JsonResponse({"on": on, "count": count, "words": words})
    messages.success(request, words)
    return redirect("notes:note", note_id)


def _edit_page(
    request: HttpRequest,
    found: Board,
    typed: dict[str, str],
    error: Refusal | None,
    handle: str = "",
) -> HttpResponse:
    context = {
        "board": found,
        "people": boards.members_of(signed_in(request), found),
        "handle": handle,
        "active_door": "me",
        **_form(typed, error),
    }
    return render(request, "notes/board_edit.html", context, status=error.status if error else 200)


def _form(typed: dict[str, str], error: Refusal | None) -> dict[str, Any]:
    return {
        "typed": typed,
        "errors": {(error.field or "all"): str(error.message)} if error else {},
        "visibilities": BoardVisibility.choices,
        "limits": {"title": verbs.TITLE_UNITS, "description": verbs.DESCRIPTION_UNITS},
    }


def _typed(request: HttpRequest) -> dict[str, str]:
    return {
        "title": storable(request.POST.get("title", ""))[:400],
        "description": storable(request.POST.get("description", ""))[:1000],
        "visibility": storable(request.POST.get("visibility", "private"))[:20],
    }


def _own_board(request: HttpRequest, board_id: UUID) -> Board:
    found = boards.board_for(signed_in(request), board_id)
    if found.owner_id != signed_in(request).id:
        raise NotFound()
    return found


def _drawn(request: HttpRequest, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [item["card"] for item in items if item["card"] is not None]
    drawn = cards_of(viewer(request), rows, get_language() or "en")
    by_note = dict(zip((row.note_id for row in rows), drawn, strict=True))
    return [
        {
            "ref": ids.encode(item["id"]),
            "html": by_note[item["card"].note_id] if item["card"] else "",
        }
        for item in items
    ]


def _refs(request: HttpRequest, name: str) -> set[UUID]:
    return {
        found for ref in request.POST.getlist(name)[:400] if (found := decode_ref(ref)) is not None
    }


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
