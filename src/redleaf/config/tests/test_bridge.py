"""The bridge from ASGI to WSGI: bodies, streams, headers, and clients that leave."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpx
import pytest

from redleaf.config.bridge import IN_MEMORY, Bridge

Start = Callable[..., Any]


class Stream:
    """A streamed answer that remembers whether it was closed."""

    streaming = True

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = pieces
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces

    def close(self) -> None:
        self.closed.set()


def echo(environ: dict[str, Any], start: Start) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("200 OK", [("Content-Type", "application/octet-stream"), ("X-Length", str(len(body)))])
    return [body]


def ask(application: Any, method: str = "GET", path: str = "/", **options: Any) -> httpx.Response:
    maximum = options.pop("maximum", 10_000_000)

    async def act() -> httpx.Response:
        bridge = Bridge(application, threads=2, body_maximum=maximum)
        transport = httpx.ASGITransport(bridge)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, path, **options)

    return asyncio.run(act())


def test_a_body_arrives_whole() -> None:
    assert ask(echo, "POST", content=b"leaf" * 10).content == b"leaf" * 10


def test_a_body_larger_than_memory_waits_in_a_file() -> None:
    content = b"x" * (IN_MEMORY * 3 + 1)
    assert ask(echo, "POST", content=content).content == content


def test_a_body_sent_in_chunks_has_its_length() -> None:
    async def pieces() -> Any:
        yield b"red"
        yield b"leaf"

    answer = ask(echo, "POST", content=pieces())
    assert (answer.content, answer.headers["x-length"]) == (b"redleaf", "7")


def test_a_declared_body_beyond_the_limit_is_refused_unread() -> None:
    asked = []

    def never(environ: dict[str, Any], start: Start) -> list[bytes]:
        asked.append(environ)
        return []

    assert ask(never, "POST", content=b"x" * 101, maximum=100).status_code == 413
    assert asked == []


def test_a_chunked_body_beyond_the_limit_is_refused() -> None:
    async def pieces() -> Any:
        for _ in range(5):
            yield b"x" * 50

    assert ask(echo, "POST", content=pieces(), maximum=100).status_code == 413


def test_path_and_query_are_the_bytes_that_came() -> None:
    def say(environ: dict[str, Any], start: Start) -> list[bytes]:
        start("200 OK", [])
        path = environ["PATH_INFO"].encode("latin-1")
        return [path + b"?" + environ["QUERY_STRING"].encode("latin-1")]

    answer = ask(say, path="/topic/%E5%92%96%E5%95%A1/?q=%E5%BE%AE")
    assert answer.content == "/topic/咖啡/".encode() + b"?q=%E5%BE%AE"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    def say(environ: dict[str, Any], start: Start) -> list[bytes]:
        start("200 OK", [])
        return [environ.get("HTTP_X_FORWARDED_PROTO", "none").encode()]

    assert ask(say, headers={"X_Forwarded_Proto": "https"}).text == "none"


def test_a_head_has_headers_and_no_body() -> None:
    answer = ask(echo, "HEAD")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_stream_comes_in_pieces_and_is_closed() -> None:
    stream = Stream([b"one ", b"", b"two"])

    def application(environ: dict[str, Any], start: Start) -> Stream:
        start("200 OK", [])
        return stream

    assert ask(application).content == b"one two"
    assert stream.closed.is_set()


def test_an_application_that_fails_answers_500_without_its_reasons() -> None:
    def broken(environ: dict[str, Any], start: Start) -> list[bytes]:
        raise RuntimeError("secret detail")

    answer = ask(broken)
    assert answer.status_code == 500
    assert "secret" not in answer.text


def run_raw(application: Any, receive: Any, send: Any) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
        "server": ("here", 80),
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(Bridge(application, threads=1, body_maximum=1000)(scope, receive, send))


def test_a_client_that_leaves_during_its_body_starts_nothing() -> None:
    asked = []
    messages = [
        {"type": "http.request", "body": b"half", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        asked.append(message)

    run_raw(echo, receive, send)
    assert [message["status"] for message in asked if "status" in message] == [400]


def test_a_client_that_leaves_during_a_stream_lets_it_be_closed() -> None:
    stream = Stream(b"x" for _ in range(1_000_000))
    sent = []

    def application(environ: dict[str, Any], start: Start) -> Stream:
        start("200 OK", [])
        return stream

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if len(sent) > 3:
            raise ConnectionResetError

    run_raw(application, receive, send)
    assert stream.closed.is_set()
    assert len(sent) == 4


@pytest.mark.django_db
def test_pages_and_long_lived_streams_share_one_port() -> None:
    from redleaf.config.asgi import application

    async def act() -> tuple[int, int]:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            page = await client.get("/health/live")
            stream = await client.get("/live/badge")
            return page.status_code, stream.status_code

    assert asyncio.run(act()) == (200, 204)
