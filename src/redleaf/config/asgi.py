"""The outer application: Starlette for what is long-lived, Django under WSGI for everything else.

Django's middlewares hop between threads under ASGI, which costs more than a page itself; so a
request crosses into a thread once, through our bridge, and stays there. docs/decisions/ tells why.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from redleaf.config.bridge import Bridge, Receive, Send
from redleaf.config.wsgi import application as django_application
from redleaf.inbox import live

THREADS = int(os.environ.get("REDLEAF_THREADS", "4"))
BODY_MAXIMUM = int(os.environ.get("REDLEAF_BODY_MAXIMUM", str(1100 * 1024 * 1024)))
LIVE = "/live/"

# A page is a few milliseconds of Python. Handing the interpreter around in the middle of it costs
# more than it gains: with 20 ms instead of 5 ms a note's page took a fifth less CPU at 8 clients.
sys.setswitchinterval(0.02)


@asynccontextmanager
async def _lifespan(_application: Starlette) -> AsyncIterator[None]:
    yield
    await live.stop()


long_lived = Starlette(routes=[Route("/live/badge", live.badge)], lifespan=_lifespan)
pages = Bridge(django_application, threads=THREADS, body_maximum=BODY_MAXIMUM)


async def application(scope: Any, receive: Receive, send: Send) -> None:
    """Send what is long-lived and the server's start and end to Starlette, pages to Django."""
    if scope["type"] == "http" and not scope["path"].startswith(LIVE):
        await pages(scope, receive, send)
    else:
        await long_lived(scope, receive, send)
