"""From ASGI to WSGI in one hop: a request is read here, answered in one thread, and sent from here.

A slow reader or writer never holds a thread: the body is complete before Django starts, and a
streamed answer takes a thread only while it makes its next piece. docs/decisions/ has the figures
against a2wsgi.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]

IN_MEMORY = 256 * 1024  # bytes of a request's body; what is longer waits in a file
TOO_LARGE = (
    b"HTTP 413: what you sent is larger than this site takes in one piece. Send less, or in parts."
)
UNREADABLE = b"HTTP 400: what you sent could not be read to its end. Please send it again."
BROKEN = b"HTTP 500: something went wrong here. Please try again in a moment."


class Gone(Exception):
    """The client left before the request was complete."""


class Bridge:
    """An ASGI application that answers HTTP with a WSGI application in a pool of threads."""

    def __init__(self, application: Wsgi, *, threads: int, body_maximum: int) -> None:
        self.application = application
        self.body_maximum = body_maximum
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; every way out of here closes body and answer."""
        loop = asyncio.get_running_loop()
        body: IO[bytes] | None = None
        try:
            body = await self._read(scope, receive)
            if body is None:
                await _send_plain(send, 413, TOO_LARGE)
                return
            environ = _environ(scope, body)
            answer = _Answer(self.application)
            await loop.run_in_executor(self.pool, answer.begin, environ)
            await self._respond(answer, send, is_head=scope["method"] == "HEAD")
        except Gone:
            # The server says the same of a client that left and of one whose body makes no sense.
            await _send_plain(send, 400, UNREADABLE)
        finally:
            if body is not None:
                body.close()

    async def _read(self, scope: Message, receive: Receive) -> IO[bytes] | None:
        """Return the whole body at its start, or None when it is larger than is taken."""
        declared = 0
        has_body = scope["method"] not in {"GET", "HEAD"}
        for name, value in scope["headers"]:
            if name == b"content-length":
                declared = int(value) if value.isdigit() else 0
                has_body = has_body or declared > 0
            elif name == b"transfer-encoding":
                has_body = True
        if declared > self.body_maximum:
            return None
        if not has_body:
            return io.BytesIO()
        file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - its reader closes it
        length = 0
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                part = message.get("body", b"")
                length += len(part)
                if length > self.body_maximum:
                    file.close()
                    return None
                if part:
                    file.write(part)
                if not message.get("more_body", False):
                    break
        except Gone:
            file.close()
            raise
        file.seek(0)
        return file

    async def _respond(self, answer: "_Answer", send: Send, *, is_head: bool) -> None:
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        if answer.whole is not None:
            await send({"type": "http.response.body", "body": b"" if is_head else answer.whole})
            return
        loop = asyncio.get_running_loop()
        try:
            while not is_head:
                piece = await loop.run_in_executor(self.pool, answer.next)
                if piece is None:
                    break
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except OSError:
            return  # the client left in the middle
        finally:
            await loop.run_in_executor(self.pool, answer.close)


class _Answer:
    """One run of the WSGI application. `whole` is the body unless the answer is a stream."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self.status = 500
        self.headers: Headers = []
        self.whole: bytes | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._close: Callable[[], None] | None = None

    def begin(self, environ: dict[str, Any]) -> None:
        """Run the application up to its first piece, or to its end when it is no stream."""
        try:
            result = self.application(environ, self._start)
        except Exception:
            self.status, self.headers = 500, [(b"content-type", b"text/plain; charset=utf-8")]
            self.whole = BROKEN
            _log_failure()
            return
        self._close = getattr(result, "close", None)
        if getattr(result, "streaming", True) and not isinstance(result, list | tuple):
            self._pieces = iter(result)
            return
        try:
            self.whole = b"".join(result)
        finally:
            self.close()

    def next(self) -> bytes | None:
        """Return the next piece that has bytes, or None at the end."""
        for piece in self._pieces:
            if piece:
                return piece
        return None

    def close(self) -> None:
        """Tell the application that nobody wants more."""
        close, self._close = self._close, None
        if close is not None:
            close()

    def _start(self, status: str, headers: list[tuple[str, str]], _info: Any = None) -> None:
        self.status = int(status[:3])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]


def _log_failure() -> None:
    """Write the failure of an application that did not even answer 500 by itself."""
    import structlog

    structlog.get_logger("redleaf.bridge").exception("application_failed")


def _environ(scope: Message, body: IO[bytes]) -> dict[str, Any]:
    """Return what PEP 3333 asks for; paths are the raw bytes as latin-1."""
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    length = None
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        value = raw_value.decode("latin-1")
        if name == "CONTENT_LENGTH":
            length = value
        elif name == "CONTENT_TYPE":
            environ["CONTENT_TYPE"] = value
        elif "_" in raw_name.decode("latin-1"):
            continue  # a header with an underscore could pass for another one
        else:
            key = f"HTTP_{name}"
            glue = "; " if name == "COOKIE" else ","
            environ[key] = f"{environ[key]}{glue}{value}" if key in environ else value
    if length is None and scope["method"] not in {"GET", "HEAD"}:
        length = str(body.seek(0, 2))  # sent in chunks: the length is known now
        body.seek(0)
    if length is not None:
        environ["CONTENT_LENGTH"] = length
    return environ


async def _send_plain(send: Send, status: int, words: bytes) -> None:
    headers: Headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
