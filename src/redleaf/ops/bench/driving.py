"""A small HTTP/1.1 driver: prepared requests over a few kept-alive connections, each timed."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """What one phase measured: seconds of each request, its length, and how many failed."""

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    failed: int = 0
    bytes: int = 0

    @property
    def count(self) -> int:
        return len(self.seconds)

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds below which this share of requests stayed."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def drive(
    host: str, port: int, requests: Sequence[bytes], *, connections: int, seconds: float
) -> Result:
    """Send the requests in turn, over and over, for so many seconds; at most one waits for each
    connection. A status other than 200 to 399 counts as failed."""
    return asyncio.run(_drive(host, port, requests, connections, seconds))


async def _drive(
    host: str, port: int, requests: Sequence[bytes], connections: int, seconds: float
) -> Result:
    result = Result()
    endless = _cycle(requests)
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(
        *(_connection(host, port, endless, until, result) for _ in range(connections))
    )
    result.elapsed = time.perf_counter() - began
    return result


def _cycle(requests: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from requests


async def _connection(
    host: str, port: int, requests: Iterator[bytes], until: float, result: Result
) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=2**20)
    try:
        while (moment := time.perf_counter()) < until:
            writer.write(next(requests))
            status, length = await _answer(reader)
            result.seconds.append(time.perf_counter() - moment)
            result.bytes += length
            if not 200 <= status < 400:
                result.failed += 1
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lowered = head.lower()
    if b"transfer-encoding: chunked" in lowered:
        total = 0
        while True:
            size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
            await reader.readexactly(size + 2)
            if size == 0:
                return status, total
            total += size
    marker = lowered.find(b"content-length:")
    length = int(lowered[marker + 15 : lowered.index(b"\r\n", marker)]) if marker >= 0 else 0
    if length:
        await reader.readexactly(length)
    return status, length


def get(path: str, *, session: str = "", headers: str = "") -> bytes:
    """Return the bytes of a GET, signed in when a session is given."""
    cookie = f"Cookie: redleaf_session={session}\r\n" if session else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
        f"Accept-Language: zh-CN\r\n{cookie}{headers}\r\n"
    ).encode()


def post(path: str, body: str, *, session: str) -> bytes:
    """Return the bytes of a signed-in form POST that asks for JSON, as the page's script sends."""
    token = "b" * 32
    content = body.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        f"Cookie: redleaf_session={session}; redleaf_csrf={token}\r\nX-CSRFToken: {token}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode() + content
