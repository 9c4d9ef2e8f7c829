"""What every page knows: who reads, in which language and theme, and how many notices wait."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import get_language

from redleaf import editions
from redleaf.web import slots
from redleaf.web.filters import language_tag

THEME_COOKIE = "redleaf_theme"
THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context that templates/web/base.html and the components need."""
    language = get_language() or settings.LANGUAGE_CODE
    user = getattr(request, "user", None)
    viewer = user if user is not None and user.is_authenticated else None
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "viewer": viewer,
        "edition": editions.current(),
        "edition_name": editions.current().name_in(language),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(
            lambda: format_html(
                '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token
            )
        ),
        "LANGUAGE_CODE": language,
        "lang": language_tag(language),
        "languages": settings.LANGUAGES,
        "theme": theme_of(request),
        "unread_count": SimpleLazyObject(lambda: slots.number("unread", request)),
        "page_slot": lambda place: slots.render_page(place, request),
        "messages": get_messages(request),
        "is_demo": settings.REDLEAF_DEMO,
        "public_url": settings.REDLEAF_PUBLIC_URL,
    }


def theme_of(request: HttpRequest) -> str:
    """Return the reader's theme: the account's choice, else the cookie's, else the device's."""
    user = getattr(request, "user", None)
    own = getattr(user, "theme", None) if user is not None and user.is_authenticated else None
    chosen = own or request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
