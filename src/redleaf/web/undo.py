"""Saying what was done, with the way back: a toast for those with script, a bar for all others."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MARK = "undo "  # base.html draws the button for tags that begin so


def say(request: HttpRequest, words: str, address: str = "") -> None:
    """Say it on the next page; a button there posts to `address`, which undoes it."""
    messages.success(request, words, extra_tags=f"{MARK}{address}" if address else "")


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours that a form names as `next` or that it stood on, else the other."""
    address = request.POST.get("next", "") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else otherwise
