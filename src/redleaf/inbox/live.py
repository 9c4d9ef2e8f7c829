"""The unread badge, live: one Server-Sent Events stream for each open page.

One LISTEN connection serves every stream of the process. A stream says the number at its start and
after every change; it says nothing else and holds no database connection while it waits.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from django.http import HttpRequest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from redleaf.accounts.models import Account
from redleaf.accounts.sessions import SessionStore, account_of
from redleaf.core import database
from redleaf.inbox.selectors import unread_of
from redleaf.inbox.services import CHANNEL

log = structlog.get_logger(__name__)

PING_SECONDS = 25.0  # a comment line keeps proxies from closing a silent stream
STREAMS_PER_ACCOUNT = 6

T = TypeVar("T")

_waiting: dict[UUID, set[asyncio.Event]] = {}
_state: dict[str, Any] = {"listener": None}
# One thread with one database connection answers for all streams: each question is a millisecond.
_asking = ThreadPoolExecutor(1, thread_name_prefix="badge")


async def badge(request: Request) -> Response:
    """GET /live/badge: `event: unread` with the number of unread notices; 204 when signed out."""
    key = request.cookies.get(settings.SESSION_COOKIE_NAME)
    account_id = await _ask(_account_of, key) if key else None
    if account_id is None or len(_waiting.get(account_id, ())) >= STREAMS_PER_ACCOUNT:
        return Response(status_code=204)
    _start_listening()
    return StreamingResponse(
        _stream(request, account_id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(request: Request, account_id: UUID) -> AsyncIterator[str]:
    called = asyncio.Event()
    _waiting.setdefault(account_id, set()).add(called)
    shown: int | None = None
    try:
        yield "retry: 5000\n\n"
        while True:
            called.clear()
            number = await _ask(unread_of, account_id)
            if number != shown:
                shown = number
                yield f"event: unread\ndata: {number}\n\n"
            try:
                await asyncio.wait_for(called.wait(), PING_SECONDS)
            except TimeoutError:
                if await request.is_disconnected():
                    return
                yield ": still here\n\n"
    finally:
        group = _waiting.get(account_id, set())
        group.discard(called)
        if not group:
            _waiting.pop(account_id, None)


def _start_listening() -> None:
    listener = _state["listener"]
    if listener is None or listener.done():
        _state["listener"] = asyncio.get_running_loop().create_task(_listen())


async def _listen() -> None:
    pause = 0.5
    while True:
        try:
            parameters = await _ask(database.listen_parameters)
            async with await psycopg.AsyncConnection.connect(
                **parameters, autocommit=True
            ) as listening:
                await listening.execute(f"LISTEN {CHANNEL}")
                pause = 0.5
                _call_everyone()
                async for notification in listening.notifies():
                    with contextlib.suppress(ValueError):
                        _call(UUID(notification.payload))
        except (psycopg.Error, OSError):
            log.warning("badge_listener_lost_its_connection")
        await asyncio.sleep(pause)
        pause = min(pause * 2, 10.0)


def _call(account_id: UUID) -> None:
    for event in _waiting.get(account_id, ()):
        event.set()


def _call_everyone() -> None:
    for events in _waiting.values():
        for event in events:
            event.set()


async def _ask(question: Callable[..., T], *arguments: Any) -> T:
    """Return what a function that reads the database answers, without holding up the loop."""

    def answer() -> T:
        close_old_connections()  # one that broke is opened anew
        return question(*arguments)

    return await asyncio.get_running_loop().run_in_executor(_asking, answer)


def _account_of(key: str) -> UUID | None:
    """Return whose session this is, by the same rules as every page."""
    request = HttpRequest()
    request.session = SessionStore(key)
    account = account_of(request)
    return account.id if isinstance(account, Account) else None


async def stop() -> None:
    """Let go of both database connections, when the server ends."""
    listener, _state["listener"] = _state["listener"], None
    if listener is not None:
        listener.cancel()
    await asyncio.get_running_loop().run_in_executor(_asking, connections.close_all)
