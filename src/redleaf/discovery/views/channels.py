"""A member's order of channels: buttons up and down, hide and show, and back to the start."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from redleaf.accounts.people import signed_in
from redleaf.core.errors import NotFound
from redleaf.discovery import selectors, services


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def channels(request: HttpRequest) -> HttpResponse:
    """Show the member's channels and do what a button says; asked by htmx, only the lists."""
    account = signed_in(request)
    parts = bool(request.headers.get("HX-Request"))
    if request.method == "POST":
        slug = request.POST.get("slug", "")
        act = request.POST.get("act", "")
        if act in {"up", "down"}:
            services.move_channel(account, slug=slug, by=-1 if act == "up" else 1)
        elif act == "hide":
            services.hide_channel(account, slug=slug)
        elif act == "show":
            services.show_channel(account, slug=slug)
        elif act == "reset":
            services.reset_channels(account)
        else:
            raise NotFound()
        if not parts:
            return redirect(
                f"{reverse('discovery:channels')}#channel-{slug}" if slug else "discovery:channels"
            )
    return render(
        request,
        "discovery/_channels.html" if parts else "discovery/channels.html",
        {"active_door": "home", "order": selectors.channel_order(account)},
    )
