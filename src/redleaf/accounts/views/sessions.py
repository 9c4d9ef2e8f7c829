"""Where one is signed in, and signing out there."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from redleaf.accounts.devices import device_in_words
from redleaf.accounts.models import Session
from redleaf.core import clock, database, ids

_OPEN = (
    "SELECT s.session_key, s.seen_at, u.id AS number, u.created_at, u.user_agent"
    " FROM accounts_session s"
    " LEFT JOIN usersessions_usersession u ON u.session_key = s.session_key"
    " WHERE s.account_id = %s AND s.expire_date > %s"
    " ORDER BY s.seen_at DESC, s.session_key"
)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the member's sessions; POST ends one (`session`, its sealed number) or all others."""
    account: Any = request.user
    own = request.session.session_key
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        found = [row["session_key"] for row in _rows(account) if row["session_key"] != own]
        if chosen:
            found = [
                row["session_key"]
                for row in _rows(account)
                if row["number"] and ids.seal(row["number"]) == chosen and row["session_key"] != own
            ]
        _end(found)
        messages.success(
            request,
            _("That session is signed out.") if chosen else _("All other sessions are signed out."),
        )
        return HttpResponseRedirect(reverse("usersessions_list"), status=303)
    listed = [
        {
            "number": row["number"] and ids.seal(row["number"]),
            "device": device_in_words(row["user_agent"] or ""),
            "seen_at": row["seen_at"],
            "created_at": row["created_at"],
            "is_this": row["session_key"] == own,
        }
        for row in _rows(account)
    ]
    listed.sort(key=lambda item: not item["is_this"])
    return render(request, "usersessions/usersession_list.html", {"sessions": listed})


def _rows(account: Any) -> list[dict[str, Any]]:
    return database.rows(_OPEN, (account.id, clock.now()))


def _end(keys: list[str]) -> None:
    """Delete sessions: their next request finds nothing."""
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
