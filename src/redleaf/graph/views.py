"""Buttons and pages of relations: follow, block, mute, followers, lists of people."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in, viewer
from redleaf.accounts.selectors import account_by_handle
from redleaf.core import ids, limits
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.graph import selectors, services
from redleaf.graph.models import PeopleList

ACTS = ("follow", "unfollow", "block", "unblock", "mute", "unmute", "remove_follower")


@require_POST
@login_required
def relate(request: HttpRequest, handle: str, act: str) -> HttpResponse:
    """Follow, block, mute and their opposites; answers the button anew, or leads back."""
    if act not in ACTS:
        raise NotFound()
    account, other = signed_in(request), account_by_handle(handle)
    limits.hit("relate", str(account.id), rate="300/h")
    if act == "mute":
        services.mute(account, other, days=_days(request.POST.get("days", "")))
    else:
        getattr(services, act)(account, other)
    if request.headers.get("HX-Request"):
        return _button(request, account, other)
    messages.success(request, _done(act, other.display_name))
    return _back(request, other.profile_path)


@require_safe
def people(request: HttpRequest, handle: str, which: str) -> HttpResponse:
    """Show a member's followers or those they follow, to whoever may see the profile."""
    account = account_by_handle(handle)
    if account.handle != handle:
        return redirect("graph:people", account.handle, which)
    reader = viewer(request)
    is_own = reader is not None and reader.id == account.id
    if selectors.relation(reader, account).is_blocked:
        raise NotFound()
    page = selectors.people_of(reader, account, which=which, after=request.GET.get("after", ""))
    more = request.headers.get("HX-Request") and request.GET.get("after")
    return render(
        request,
        "graph/_people.html" if more else "graph/people.html",
        {
            "person": account,
            "which": which,
            "is_own": is_own,
            "people": page.items,
            "next_url": f"{request.path}?after={page.next_cursor}" if page.next_cursor else None,
            "active_door": "me" if is_own else "home",
        },
    )


@never_cache
@require_safe
@login_required
def own_followers(request: HttpRequest) -> HttpResponse:
    """Lead to one's own followers."""
    return redirect("graph:people", signed_in(request).handle, "followers")


@never_cache
@require_safe
@login_required
def quieted(request: HttpRequest) -> HttpResponse:
    """Show whom the member blocked and muted, each with the way back."""
    account = signed_in(request)
    return render(
        request,
        "graph/quieted.html",
        {
            "blocked": selectors.blocked_by(account),
            "muted": selectors.muted_by(account),
            "active_door": "me",
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lists(request: HttpRequest) -> HttpResponse:
    """Show the member's lists of people, and make one."""
    account = signed_in(request)
    name, error = request.POST.get("name", ""), ""
    if request.method == "POST":
        try:
            made = services.create_list(account, name=name)
            return redirect("graph:list", made.id)
        except Refusal as refusal:
            error = str(refusal.message)
    return render(
        request,
        "graph/lists.html",
        {
            "lists": selectors.lists_with_counts(account),
            "name": name,
            "error": error,
            "active_door": "me",
        },
        status=422 if error else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Show one own list; add and remove people, rename it, delete it."""
    account = signed_in(request)
    found = selectors.people_list(account, list_id)
    error = ""
    if request.method == "POST":
        try:
            if _change_list(request, found):
                return redirect("graph:lists")
            return redirect("graph:list", found.id)
        except Refusal as refusal:
            found.refresh_from_db(fields=["name"])
            error = str(refusal.message) or _("There is no member of this name.")
    return render(
        request,
        "graph/list.html",
        {
            "list": found,
            "members": selectors.list_members(found),
            "act": request.POST.get("act", ""),
            "error": error,
            "typed": request.POST.get("handle", ""),
            "new_name": request.POST.get("name", found.name),
            "active_door": "me",
        },
        status=422 if error else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_lists(request: HttpRequest, handle: str) -> HttpResponse:
    """Show on which of the member's lists somebody is; put them on others, or on a new one."""
    account, other = signed_in(request), account_by_handle(handle)
    if account.id == other.id or selectors.relation(account, other).is_blocked:
        raise NotFound()
    own = selectors.lists_with_counts(account)
    chosen = selectors.lists_holding(account, other)
    name, error = request.POST.get("name", ""), ""
    if request.method == "POST":
        refs = set(request.POST.getlist("list"))
        chosen = {item["id"] for item in own if ids.encode(item["id"]) in refs}
        try:
            services.put_on_lists(account, other, list_ids=chosen, new_name=name)
            messages.success(request, _("Your lists are saved."))
            return redirect(other.profile_path)
        except Refusal as refusal:
            error = str(refusal.message)
    return render(
        request,
        "graph/person_lists.html",
        {
            "person": other,
            "lists": own,
            "chosen": chosen,
            "name": name,
            "error": error,
            "active_door": "home",
        },
        status=422 if error else 200,
    )


def _button(request: HttpRequest, account: Account, other: Account) -> HttpResponse:
    """Return the button as it is after the act: of a row of people, or of a profile."""
    relation = selectors.relation(account, other)
    if request.POST.get("as") == "row":
        row = {"handle": other.handle, "follows": relation.follows}
        context = {"person": row, "back": request.POST.get("next", "")}
        return render(request, "graph/_row_follow.html", context)
    return render(request, "graph/_relation.html", {"person": other, "relation": relation})


def _change_list(request: HttpRequest, found: PeopleList) -> bool:
    """Do what the button says; return whether the list is gone."""
    account, act = signed_in(request), request.POST.get("act", "")
    if act == "delete":
        services.delete_list(account, found)
        return True
    if act == "rename":
        services.rename_list(account, found, name=request.POST.get("name", ""))
    elif act in {"add", "remove"}:
        other = account_by_handle(request.POST.get("handle", "").strip().lstrip("@"))
        verb = services.add_to_list if act == "add" else services.remove_from_list
        verb(account, found, other)
    return False


def _days(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 3:
        raise Invalid("mute_days", _("Choose between 1 and 365 days."))
    return int(text)


def _done(act: str, name: str) -> str:
    words = {
        "follow": _("You follow %(name)s now."),
        "unfollow": _("You no longer follow %(name)s."),
        "block": _("%(name)s is blocked. You no longer see each other."),
        "unblock": _("%(name)s is no longer blocked."),
        "mute": _("%(name)s is muted: their notes stay out of your lists."),
        "unmute": _("%(name)s is no longer muted."),
        "remove_follower": _("%(name)s no longer follows you."),
    }
    return words[act] % {"name": name}


def _back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if allowed else otherwise, status=303)
