"""Comments over HTTP: each form has a page of its own without script and a part of one for htmx."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in, viewer
from redleaf.core import ids
from redleaf.core.errors import Conflict, Denied, Invalid, NotFound, Refusal, TooMany
from redleaf.core.text import storable
from redleaf.notes import rendering, talk
from redleaf.notes.selectors import comments
from redleaf.notes.selectors.page import NotePage, note_page
from redleaf.notes.services import comment_rules as rules
from redleaf.notes.services import comments as verbs
from redleaf.notes.services.content import PictureChoice
from redleaf.notes.views import comment_forms as forms

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Lead others to sign in and then to the page they came from; a script is told in words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if _is_script(request) or _wants_json(request):
            raise Denied("sign_in", _("Please sign in first. What you typed stays here."))
        target = request.get_full_path()
        if request.method == "POST":
            target = request.path.rstrip("/").rsplit("/", 1)[0] + "/"
        return redirect_to_login(target)

    return guarded


@require_POST
@members_only
def post(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Comment on the note, or answer `parent`; the same form twice is one comment."""
    account = signed_in(request)
    page = note_page(account, note_id)
    parent_id = comments.decode_ref(request.POST.get("parent", ""))
    pictures: list[PictureChoice] = []
    try:
        forms.add_pictures(request, pictures)
        made = verbs.post_comment(
            account,
            note_id,
            body=request.POST.get("body", ""),
            parent_id=parent_id,
            pictures=pictures,
            key=forms.form_key(request),
        )
    except Refusal as refusal:
        if _is_script(request):
            raise
        return _form_again(request, page, parent_id, pictures, refusal)
    if not _is_script(request):
        return _to(page, made.id)
    row = {**comments.comment_row(account, made.id), "visible": True}
    drawn: dict[str, Any] = {"count": note_page(account, note_id).counts["comment"]}
    if made.thread_id is None:
        drawn["thread"] = talk.thread(account, comments.Thread(row), page.author_id)
    else:
        drawn["html"] = talk.comment(account, row, page.author_id)
    return render(request, "notes/_posted.html", drawn)


@require_safe
def more(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Answer htmx with further threads, or with `whole=1` all of the talk; others see the note."""
    page = note_page(viewer(request), note_id)
    if not _is_script(request):
        return redirect(f"{page.path}?{request.GET.urlencode()}#comments")
    if request.GET.get("whole"):
        return _whole(request, page)
    context = {"note": page, **talk.more(viewer(request), page, request.GET)}
    return render(request, "notes/_threads.html", context)


@require_safe
def address(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Lead to the comment on its note's page, which then shows it wherever it stands."""
    row = comments.comment_row(viewer(request), comment_id)
    return HttpResponseRedirect(_place(ids.encode(row["note_id"]), comment_id))


@require_safe
def replies(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Show more replies of a thread: a page of its own, or the part that htmx adds."""
    reader = viewer(request)
    found = comments.replies(reader, comment_id, after=request.GET.get("after", ""))
    drawn = talk.thread(reader, found, found.top["note_author_id"])
    if _is_script(request):
        return render(request, "notes/_replies.html", {"thread": drawn})
    back = _place(ids.encode(found.top["note_id"]), comment_id)
    return _page(request, heading=_("Replies"), back_path=back, thread=drawn)


@never_cache
@require_safe
@members_only
def reply(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Show the form that answers a comment."""
    account = signed_in(request)
    row = comments.comment_row(account, comment_id)
    page = note_page(account, row["note_id"])
    found = comments.permission(account, page, follows=page.follows)
    if not found.allowed:
        raise Denied("reply_policy", rules.refusal_words(found))
    if row["state"] != "shown":
        raise Conflict("answer_hidden", _("This comment is hidden, so it cannot be answered."))
    form = talk.new_form(page.path, parent=row)
    return _form_page(request, page, row, {**form, "cancel": f"/comment/{ids.encode(comment_id)}/"})


@require_POST
@members_only
def like(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Like a comment; `on=0` takes it back."""
    account = signed_in(request)
    on = request.POST.get("on", "1") != "0"
    count = verbs.like_comment(account, comment_id, on=on)
    if _wants_json(request):
        return JsonResponse({"on": on, "count": count})
    return redirect("notes:comment_address", comment_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Change words and pictures of an own comment; `pictures` says that the form has them."""
    account, row, page = _own(request, comment_id, "author_id")
    pictures = verbs.pictures_of(row)
    form = talk.edit_form(row)
    if request.method == "POST":
        try:
            if request.POST.get("pictures"):
                pictures = []
                forms.add_pictures(request, pictures)
            verbs.edit_comment(
                account, comment_id, body=request.POST.get("body", ""), pictures=pictures
            )
        except (Invalid, Conflict, TooMany) as refusal:
            if _is_script(request):
                raise
            form |= {"body": forms.typed_words(request), "error": str(refusal.message)}
            form["key"] = str(forms.posted_key(request) or form["key"])
            form["pictures"] = forms.shown_pictures(account, pictures)
            return _form_page(request, page, None, form, status=refusal.status)
        if _is_script(request):
            row = {**comments.comment_row(account, comment_id), "visible": True}
            return HttpResponse(talk.comment(account, row, page.author_id))
        return _to(page, comment_id)
    form["pictures"] = forms.shown_pictures(account, pictures)
    return _form_page(request, page, None, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Ask, then take back an own comment."""
    account, row, page = _own(request, comment_id, "author_id")
    if request.method == "POST":
        verbs.withdraw_comment(account, comment_id)
        if _is_script(request):
            return _whole(request, page)
        messages.success(request, _("Your comment has been deleted."))
        return _to(page)
    context = {"path": f"/comment/{ids.encode(comment_id)}/"}
    return _part(
        request,
        "notes/_delete_comment.html",
        heading=_("Delete comment"),
        page=page,
        row=row,
        context=context,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def hide(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Ask for the reason, then hide a comment on an own note."""
    account, row, page = _own(request, comment_id, "note_author_id")
    ref, status = ids.encode(comment_id), 200
    context = {"path": f"/comment/{ref}/", "ref": ref, "reason": "", "error": ""}
    if request.method == "POST":
        try:
            rules.hide_comment(account, comment_id, reason=request.POST.get("reason", ""))
            return _answer(request, page, comment_id)
        except Invalid as refusal:
            if _is_script(request):
                raise
            typed = storable(request.POST.get("reason", ""))[:400]
            context |= {"reason": typed, "error": str(refusal.message)}
            status = refusal.status
    return _part(
        request,
        "notes/_hide_form.html",
        heading=_("Hide comment"),
        page=page,
        row=row,
        context=context,
        status=status,
    )


@require_POST
@members_only
def unhide(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Show a hidden comment on an own note again."""
    account = signed_in(request)
    row = comments.comment_row(account, comment_id)
    rules.unhide_comment(account, comment_id)
    return _answer(request, note_page(account, row["note_id"]), comment_id)


@require_POST
@members_only
def pin(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Pin a comment on an own note to the top; `on=0` lets it go."""
    account = signed_in(request)
    row = comments.comment_row(account, comment_id)
    rules.pin_comment(account, comment_id, on=request.POST.get("on", "1") != "0")
    return _answer(request, note_page(account, row["note_id"]), comment_id)


@require_POST
@members_only
def reply_rules(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Say who may comment on an own note, and with which pause."""
    account = signed_in(request)
    pause = request.POST.get("slow_mode_seconds", "0")
    rules.set_reply_rules(
        account,
        note_id,
        reply_policy=request.POST.get("reply_policy", ""),
        slow_mode_seconds=int(pause) if pause.isdecimal() and len(pause) < 6 else -1,
    )
    if not _is_script(request):
        messages.success(request, _("Saved. It holds from the next comment on."))
    return _answer(request, note_page(account, note_id), None)


def _own(
    request: HttpRequest, comment_id: UUID, owner: str
) -> tuple[Account, dict[str, Any], NotePage]:
    """Return who asks, the comment and its note. Raises NotFound unless it is theirs by `owner`."""
    account = signed_in(request)
    row = comments.comment_row(account, comment_id)
    if row[owner] != account.id:
        raise NotFound()
    return account, row, note_page(account, row["note_id"])


def _answer(request: HttpRequest, page: NotePage, comment_id: UUID | None) -> HttpResponse:
    """Answer a change of the talk: htmx with all of it, others with the note's page."""
    return _whole(request, page) if _is_script(request) else _to(page, comment_id)


def _whole(request: HttpRequest, page: NotePage) -> HttpResponse:
    fresh = note_page(viewer(request), page.id)
    query = request.GET if request.method == "GET" else {}
    context = {"note": fresh, **talk.context(viewer(request), fresh, query)}
    return render(request, "notes/_talk.html", context)


def _to(page: NotePage, comment_id: UUID | None = None) -> HttpResponseRedirect:
    target = _place(page.ref, comment_id) if comment_id else f"{page.path}#comments"
    return HttpResponseRedirect(target, status=303)


def _place(note_ref: str, comment_id: UUID) -> str:
    ref = ids.encode(comment_id)
    return f"/note/{note_ref}/?comment={ref}#comment-{ref}"


def _part(
    request: HttpRequest,
    template: str,
    *,
    heading: str,
    page: NotePage,
    row: dict[str, Any],
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    if _is_script(request):
        return render(request, template, context)
    quoted = rendering.short_body(row["body"])
    context |= {"part": template, "quoted": quoted}
    return _page(request, heading=heading, back_path=page.path, status=status, **context)


def _form_page(
    request: HttpRequest,
    page: NotePage,
    answered: dict[str, Any] | None,
    form: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    if _is_script(request) and status == 200:
        return render(request, "notes/_comment_form.html", {"form": form})
    return _page(
        request,
        heading=_("Edit comment")
        if form.get("edits")
        else _("Reply")
        if answered
        else _("Comment"),
        back_path=page.path,
        status=status,
        part="notes/_comment_form.html",
        quoted=rendering.short_body(answered["body"]) if answered else "",
        form={**form, "is_page": True},
    )


def _form_again(
    request: HttpRequest,
    page: NotePage,
    parent_id: UUID | None,
    pictures: list[PictureChoice],
    refusal: Refusal,
) -> HttpResponse:
    """Answer a comment that was not stored with everything that was typed and why."""
    account = signed_in(request)
    words = str(refusal.message) or _("This did not work. Please try again.")
    answered = None
    if isinstance(refusal, NotFound):
        words = _("The comment that you answer is gone. You can post yours on its own.")
    elif parent_id is not None:
        answered = comments.comment_row(account, parent_id)
    kept = forms.shown_pictures(account, pictures)
    form = talk.new_form(page.path, parent=answered, body=forms.typed_words(request), pictures=kept)
    form |= {"error": words, "cancel": f"{page.path}#comments"}
    return _form_page(request, page, answered, form, status=refusal.status)


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(
        request, "notes/comment_page.html", {"active_door": "home", **context}, status=status
    )


def _is_script(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
