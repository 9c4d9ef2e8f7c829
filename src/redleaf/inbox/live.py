"""The unread badge, live: one Server-Sent Events stream for each open page.

One LISTEN connection serves every stream of the process. A stream says the number at its start and
after every change; it says nothing else and holds no database connection while it waits.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from redleaf.inbox.services import CHANNEL

log = structlog.get_logger(__name__)

PING_SECONDS = 25.0  # a comment line keeps proxies from closing a silent stream
STREAMS_PER_ACCOUNT = 6

_waiting: dict[UUID, set[asyncio.Event]] = {}
_state: dict[str, Any] = {"listener": None}


async def badge(request: Request) -> Response:
    """GET /live/badge: `event: unread` with the number of unread notices; 204 when signed out."""
    account_id = await sync_to_async(_account_of, thread_sensitive=False)(
        request.cookies, request.headers
    )
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
            number = await sync_to_async(_unread, thread_sensitive=False)(account_id)
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
            parameters = await sync_to_async(_parameters, thread_sensitive=False)()
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


def _parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode")
    return {key: known[key] for key in wanted if known.get(key)}


def _account_of(cookies: dict[str, str], headers: Any) -> UUID | None:
    """Return whose session this is, by the same rules as every page."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    del headers
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        account = get_user(request)
        return account.id if account.is_authenticated else None  # type: ignore[union-attr] # ours
    finally:
        connection.close()


def _unread(account_id: UUID) -> int:
    from redleaf.core import database

    close_old_connections()
    try:
        found = database.row(
            "SELECT count(*) AS count FROM inbox_notice WHERE account_id = %s AND read_at IS NULL",
            (account_id,),
        )
        return int(found["count"]) if found else 0
    finally:
        connection.close()
