"""The real server, spoken to by hand: what no browser sends leaves it standing."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.launching import Site

pytestmark = pytest.mark.slow

HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
# What is sent, and the statuses that are right; 0: the server hangs up without a word.
SENT: dict[str, tuple[bytes, set[int]]] = {
    "no host": (b"GET / HTTP/1.0\r\n\r\n", {200, 400, 0}),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", {400, 0}),
    "another host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", {400}),
    "no method": (b" / HTTP/1.1\r\n" + HOST + b"\r\n", {400, 0}),
    "no version": (b"GET /\r\n\r\n", {400, 0}),
    "a foreign version": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", {400, 505, 0}),
    "bytes for a path": (b"GET /\xff\xfe\x00 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404, 0}),
    "escaped bytes": (b"GET /%ff%fe/ HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
    "up and away": (
        b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 404},
    ),
    "up and away, escaped": (
        b"GET /static/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 404},
    ),
    "up and away, twice": (
        b"GET /static/..%252f..%252fsecrets/secret-key HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 404},
    ),
    "a whole address": (
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        {400, 404},
    ),
    "a proxy's verb": (
        b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 403, 404, 405, 0},
    ),
    "a null in a header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n", {200, 400, 0}),
    "a line in a header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\nY: b\r\n\r\n", {200, 400, 0}),
    "bytes in a header": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Accept-Language: \xff\xfe\r\n\r\n",
        {200, 400},
    ),
    "an endless header": (
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 2_000_000 + b"\r\n\r\n",
        {200, 400, 413, 431, 0},
    ),
    "a thousand headers": (
        b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 1000 + b"\r\n",
        {200, 400, 431, 0},
    ),
    "a hostile cookie": (
        b"GET /live/badge HTTP/1.1\r\n" + HOST + b"Cookie: redleaf_session=\xff\x01;;==\r\n\r\n",
        {204, 400},
    ),
    "a cookie of words": (
        b"GET /live/badge HTTP/1.1\r\n" + HOST + b"Cookie: redleaf_session=' OR 1=1\r\n\r\n",
        {204, 400},
    ),
    "a websocket": (
        b"GET /live/badge HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        {204, 400, 403, 404, 426, 0},
    ),
    "a websocket elsewhere": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        {200, 400, 403, 404, 426, 0},
    ),
    "an odd live address": (b"GET /live/%ff HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
    "a length that is none": (
        b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: -5\r\n\r\n",
        {400, 0},
    ),
    "an endless length": (
        b"POST /language/ HTTP/1.1\r\n"
        + HOST
        + FORM
        + b"Content-Length: "
        + b"9" * 15
        + b"\r\n\r\n",
        {413, 400},
    ),
    "two lengths": (
        b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 5\r\n"
        b"Content-Length: 6\r\n\r\nabcdef",
        {400, 0},
    ),
    "length and chunks": (
        b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        {400, 403, 0},
    ),
    "broken chunks": (
        b"POST /language/ HTTP/1.1\r\n"
        + HOST
        + FORM
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx",
        {400, 0},
    ),
    "chunks": (
        b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Transfer-Encoding: chunked\r\n"
        b"\r\n5\r\na=b&c\r\n0\r\n\r\n",
        {403},
    ),
    "a body with a question": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc",
        {200},
    ),
    "what is not HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 40, {400, 0}),
    "HTTP/2 without leave": (
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00" * 200,
        {400, 505, 0, 200},
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("wire")
    started = Site(folder / "data").start()
    yield started
    started.stop()


def say(site: Site, sent: bytes, *, hang_up: bool = False) -> bytes:
    """Send bytes on a connection of their own; return what comes back within two seconds."""
    parts = urlsplit(site.base)
    heard = b""
    with socket.create_connection((parts.hostname, parts.port), timeout=2) as line:
        with contextlib.suppress(OSError):
            line.sendall(sent)
        if hang_up:
            return b""
        with contextlib.suppress(OSError):
            while b"\r\n\r\n" not in heard and (piece := line.recv(65536)):
                heard += piece
    return heard


def status_of(heard: bytes) -> int:
    first = heard.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0


@pytest.mark.parametrize("name", SENT)
def test_it_answers_or_hangs_up_and_goes_on(site: Site, name: str) -> None:
    sent, right = SENT[name]
    heard = say(site, sent)
    assert status_of(heard) in right, heard[:300]
    assert b"root:" not in heard
    assert site.answers() == 200


def test_a_member_who_hangs_up_in_the_middle_harms_nobody(site: Site) -> None:
    for sent in (
        b"GET / HT",
        b"GET / HTTP/1.1\r\n" + HOST,
        b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 5000\r\n\r\nlang",
        b"GET / HTTP/1.1\r\n" + HOST + b"\r\n",
    ):
        for _ in range(6):
            say(site, sent, hang_up=True)
    assert site.answers("/") == 200


def test_those_who_say_nothing_do_not_keep_others_out(site: Site) -> None:
    parts = urlsplit(site.base)
    idle = [socket.create_connection((parts.hostname, parts.port)) for _ in range(80)]
    slow = [socket.create_connection((parts.hostname, parts.port)) for _ in range(40)]
    for line in slow:
        line.sendall(b"POST /language/ HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 9\r\n\r\na")
    assert site.answers("/") == 200
    for line in (*idle, *slow):
        line.close()
    assert site.answers("/") == 200


def test_nothing_of_the_server_is_told(site: Site) -> None:
    for path in (b"/", b"/nothing/", b"/live/nothing", b"/static/none.css"):
        heard = say(site, b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n").lower()
        for word in (b"starlette", b"django/", b"python/", b"traceback"):
            assert word not in heard, path
