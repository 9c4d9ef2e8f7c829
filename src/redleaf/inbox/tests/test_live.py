"""The live badge: an open stream says the number, and says it anew when it changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.db import connections

from redleaf.config.asgi import application
from redleaf.graph.events import AccountFollowed
from redleaf.inbox import handlers, live, services

pytestmark = [pytest.mark.django_db(transaction=True)]

PATIENCE = 5.0  # seconds


def cookie_of(client_for: Any, account: Any) -> str:
    return str(client_for(account).cookies["redleaf_session"].value)


class Stream:
    """One open request to the application, read as its server would."""

    def __init__(self, cookie: str = "") -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.left = asyncio.Event()
        self.cookie = cookie
        self.task: asyncio.Task[None] | None = None

    async def open(self) -> int:
        """Send the request; return the status."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/live/badge",
            "raw_path": b"/live/badge",
            "query_string": b"",
            "headers": [(b"cookie", f"redleaf_session={self.cookie}".encode())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }

        async def receive() -> dict[str, Any]:
            await self.left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            await self.said.put(message)

        self.task = asyncio.create_task(application(scope, receive, send))
        return int((await asyncio.wait_for(self.said.get(), PATIENCE))["status"])

    async def number(self) -> int:
        """Return the next number that the stream says."""
        while True:
            message = await asyncio.wait_for(self.said.get(), PATIENCE)
            for line in message.get("body", b"").decode().splitlines():
                if line.startswith("data: "):
                    return int(line[6:])

    async def close(self) -> None:
        self.left.set()
        if self.task is not None:
            await asyncio.wait_for(self.task, PATIENCE)


@asynccontextmanager
async def streams(*cookies: str) -> AsyncIterator[list[Stream]]:
    opened = [Stream(cookie) for cookie in cookies]
    try:
        yield opened
    finally:
        for stream in opened:
            await stream.close()
        await live.stop()


def tell(follower: Any, followed: Any) -> None:
    """Let something happen, as the worker would: in another thread, committed."""
    try:
        handlers.on_follow(AccountFollowed(follower.id, followed.id))
    finally:
        connections.close_all()


def test_a_notice_raises_the_number_on_an_open_stream(
    mei: Any, lin: Any, grace: Any, client_for: Any
) -> None:
    async def journey(cookie: str) -> None:
        async with streams(cookie) as (stream,):
            assert await stream.open() == 200
            assert await stream.number() == 0
            await asyncio.to_thread(tell, lin, mei)
            assert await stream.number() == 1
            await asyncio.to_thread(services.mark_read, mei)
            assert await stream.number() == 0

    asyncio.run(journey(cookie_of(client_for, mei)))


def test_every_page_of_a_member_hears_and_nobody_else(mei: Any, lin: Any, client_for: Any) -> None:
    async def journey(own: str, others: str) -> None:
        async with streams(own, own, others) as (first, second, third):
            for stream in (first, second, third):
                await stream.open()
                assert await stream.number() == 0
            await asyncio.to_thread(tell, lin, mei)
            assert await first.number() == await second.number() == 1
            await asyncio.sleep(0.2)
            assert third.said.empty()

    asyncio.run(journey(cookie_of(client_for, mei), cookie_of(client_for, lin)))


@pytest.mark.parametrize("cookie", ["", "a" * 32, "'; --", "x" * 5000])
def test_who_is_not_signed_in_gets_no_stream(db: None, cookie: str) -> None:
    async def journey() -> None:
        async with streams(cookie) as (stream,):
            assert await stream.open() == 204

    asyncio.run(journey())


def test_a_closed_stream_leaves_nothing_behind(mei: Any, client_for: Any) -> None:
    async def journey(cookie: str) -> None:
        async with streams(cookie) as (stream,):
            await stream.open()
            await stream.number()
            assert len(live._waiting[mei.id]) == 1
        assert mei.id not in live._waiting

    asyncio.run(journey(cookie_of(client_for, mei)))


def test_no_member_holds_more_than_six_streams(mei: Any, client_for: Any) -> None:
    async def journey(cookie: str) -> None:
        async with streams(*[cookie] * 7) as opened:
            for stream in opened[:6]:
                assert await stream.open() == 200
                await stream.number()
            assert await opened[6].open() == 204

    asyncio.run(journey(cookie_of(client_for, mei)))
