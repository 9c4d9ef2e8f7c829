"""Answering a stored file: whole or the range asked for, from the store in pieces.

Files never change under their address, so the address is enough for an entity tag.
"""

import hashlib
import re
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags

from redleaf.core.errors import NotFound
from redleaf.media import store

AT_ONCE: Final = 256 * 1024  # bytes; what is longer goes in pieces
RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
TYPES: Final = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".ts": "video/mp2t",
    ".vtt": "text/vtt; charset=utf-8",
}


def serve(request: HttpRequest, path: str, caching: str) -> HttpResponseBase:
    """Answer GET or HEAD for a stored file with this Cache-Control. Raises NotFound."""
    tag = f'"{hashlib.sha256(path.encode()).hexdigest()[:20]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if any(value in {"*", tag, f"W/{tag}"} for value in known):
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        try:
            response = _content(request, path, tag)
        except FileNotFoundError:
            raise NotFound() from None
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _content(request: HttpRequest, path: str, tag: str) -> HttpResponseBase:
    size = store.size(path)
    try:
        wanted = _range(request, tag, size)
    except _NoSuchPart:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = (0, size - 1) if wanted is None else wanted
    headers = {
        "Content-Type": TYPES.get(f".{path.rpartition('.')[2]}", "application/octet-stream"),
        "Content-Length": str(last - first + 1),
        "Accept-Ranges": "bytes",
    }
    status = 200
    if wanted is not None:
        status = 206
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    pieces = store.pieces(path) if wanted is None else store.pieces(path, first, last)
    if last - first < AT_ONCE:
        return HttpResponse(b"".join(pieces), status=status, headers=headers)
    return StreamingHttpResponse(pieces, status=status, headers=headers)


class _NoSuchPart(Exception):
    """The range asked for lies outside the file."""


def _range(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte, None for the whole file. Raises _NoSuchPart.

    Several ranges at once, or another unit, get the whole file, as RFC 9110 allows.
    """
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or not (match[1] or match[2]):
        return None
    if request.headers.get("If-Range", tag) != tag:
        return None
    if match[1]:
        first = int(match[1])
        last = min(int(match[2]) if match[2] else size - 1, size - 1)
        if match[2] and int(match[2]) < first:
            return None  # not a range at all
    else:
        first, last = max(0, size - int(match[2])), size - 1
    if first > last:
        raise _NoSuchPart
    return first, last
