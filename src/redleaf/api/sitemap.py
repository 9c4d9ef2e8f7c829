"""What search engines are told: the sitemap of what everybody may see, and robots.txt."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from redleaf.api.shapes import address, moment
from redleaf.core import ids
from redleaf.core.errors import NotFound
from redleaf.notes.selectors import facts

PAGE = 5000  # addresses in one file; the protocol allows 50,000
CACHING = "public, max-age=3600"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("/", "/ranking/")
# Forms, private pages, and lists without an end, which give a search engine nothing.
HIDDEN = (
    "/account/",
    "/api/",
    "/board/",
    "/boards/",
    "/channels/",
    "/comment/",
    "/drafts/",
    "/explore/",
    "/following/",
    "/inbox/",
    "/me/",
    "/outbox/",
    "/publish/",
    "/search/",
    "/settings/",
    "/welcome/",
    "/why/",
)

Entries = Iterable[tuple[str, datetime | None]]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files of the sitemap."""
    del request
    files = ["pages-1", *_numbered("notes", facts.count_listed())]
    files += [*_numbered("people", facts.count_listed_authors()), "topics-1", "places-1"]
    parts = (f"<sitemap><loc>{address(f'/sitemap/{name}.xml')}</loc></sitemap>" for name in files)
    return _xml("sitemapindex", parts)


@require_safe
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List one file's addresses. Raises NotFound."""
    del request
    entries = _KINDS.get(kind)
    if entries is None or not 0 < number < 100_000:
        raise NotFound()
    found = list(entries((number - 1) * PAGE))
    if not found and number > 1:
        raise NotFound()
    return _xml("urlset", (_url(path, changed) for path, changed in found))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what they need not read."""
    del request
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN), ""]
    lines.append(f"Sitemap: {address('/sitemap.xml')}")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = CACHING
    return response


def _numbered(kind: str, count: int) -> list[str]:
    return [f"{kind}-{number + 1}" for number in range(max(1, -(-count // PAGE)))]


def _notes(offset: int) -> Iterator[tuple[str, datetime | None]]:
    for row in facts.listed_since(offset, PAGE):
        yield f"/note/{ids.encode(row['id'])}/", row["changed_at"]


def _people(offset: int) -> Iterator[tuple[str, datetime | None]]:
    for row in facts.listed_authors(offset, PAGE):
        yield f"/@{row['handle']}", row["changed_at"]


def _topics(offset: int) -> Entries:
    return [] if offset else [(f"/topic/{quote(key)}/", None) for key in facts.listed_topics(PAGE)]


def _places(offset: int) -> Entries:
    return [] if offset else [(f"/place/{slug}/", None) for slug in facts.listed_places()]


def _pages(offset: int) -> Entries:
    return [] if offset else [(path, None) for path in PAGES]


_KINDS: dict[str, Callable[[int], Entries]] = {
    "notes": _notes,
    "people": _people,
    "topics": _topics,
    "places": _places,
    "pages": _pages,
}


def _url(path: str, changed: datetime | None) -> str:
    when = f"<lastmod>{moment(changed)}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address(path))}</loc>{when}</url>"


def _xml(root: str, parts: Iterable[str]) -> HttpResponse:
    body = "\n".join(parts)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>\n'
    )
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = CACHING
    return response
