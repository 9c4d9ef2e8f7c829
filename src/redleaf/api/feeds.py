"""Atom feeds of a member and of a topic: what everybody may see, and no more."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from redleaf import editions
from redleaf.accounts.people import viewer
from redleaf.accounts.selectors import account_by_handle
from redleaf.api.shapes import EXCERPT, address
from redleaf.core import ids
from redleaf.core.paging import Page
from redleaf.notes import rendering
from redleaf.notes.selectors import filters, lists, topics
from redleaf.notes.selectors.facts import facts_of
from redleaf.web.filters import language_tag

CACHING = "public, max-age=600"


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """Give a member's public notes as a feed. Raises NotFound."""
    account = account_by_handle(handle)
    if account.handle != handle:
        return redirect("api:person_feed", account.handle)
    edition = editions.current().name_in(get_language() or "en")
    feed = Atom1Feed(
        title=f"{account.display_name} (@{account.handle}) · {edition}",
        link=address(account.profile_path),
        description=account.bio,
        language=language_tag(account.language),
        author_name=account.display_name,
        author_link=address(account.profile_path),
        feed_url=address(request.path),
        feed_guid=address(account.profile_path),
    )
    return _answer(request, feed, lists.notes_by(None, account.id))


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """Give the public notes on a topic as a feed. Raises NotFound."""
    found = topics.topic_by_key(key)
    if found.key != key:
        return redirect("api:topic_feed", found.key)
    edition = editions.current().name_in(get_language() or "en")
    page = address(f"/topic/{found.key}/")
    feed = Atom1Feed(
        title=f"#{found.name_in(get_language() or 'en')} · {edition}",
        link=page,
        description=_("Notes on this topic"),
        feed_url=address(request.path),
        feed_guid=page,
    )
    return _answer(request, feed, lists.notes_on_topic(None, topics.joined_ids(found)))


def _answer(request: HttpRequest, feed: Atom1Feed, page: Page[Any]) -> HttpResponse:
    rows, caching = page.items, CACHING
    # Only a browser that is signed in has a reader to ask for: everybody else shares one answer.
    reader = viewer(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if filters.filters_of(reader):
        rows, caching = filters.kept(reader, rows), "private, no-store"
    _fill(feed, facts_of(None, [row.note_id for row in rows]))
    content = feed.writeString("utf-8").encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Cache-Control"] = caching
    return response


def _fill(feed: Atom1Feed, found: Sequence[dict[str, Any]]) -> None:
    for row in found:
        page = address(f"/note/{ids.encode(row['id'])}/")
        feed.add_item(
            title=row["title"],
            link=page,
            description=rendering.excerpt(row["body"], limit=EXCERPT),
            author_name=row["name"],
            author_link=address(f"/@{row['handle']}"),
            unique_id=page,
            pubdate=row["published_at"],
            updateddate=row["edited_at"] or row["published_at"],
            categories=[item["name"] for item in row["topics"] or []],
        )
