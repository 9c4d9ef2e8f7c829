"""Every room's addresses. The order matters only where one address could be another's."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path


def _rooms() -> list[URLResolver | URLPattern]:
    found: list[URLResolver | URLPattern] = []
    for room in (
        *("web", "accounts", "privacy", "media", "graph", "notes", "discovery"),
        "inbox",
        *("api", "ops", "demo"),
    ):
        if find_spec(f"redleaf.{room}") and find_spec(f"redleaf.{room}.urls"):
            found.append(path("", include(f"redleaf.{room}.urls")))
    return found


urlpatterns = [path("admin/", admin.site.urls), *_rooms()]
handler404 = "redleaf.web.views.not_found"
handler500 = "redleaf.web.views.server_error"
handler403 = "redleaf.web.views.forbidden"
handler400 = "redleaf.web.views.bad_request"
