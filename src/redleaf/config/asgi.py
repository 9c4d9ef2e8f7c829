"""The outer application: Starlette for what is long-lived, Django under WSGI for everything else.

Django's middlewares hop between threads under ASGI, which costs more than a page itself; so a
request crosses into a thread once, through a2wsgi, and stays there. docs/decisions/ has figures.
"""

import os

from a2wsgi import WSGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from redleaf.config.wsgi import application as django_application
from redleaf.inbox.live import badge

THREADS = int(os.environ.get("REDLEAF_THREADS", "8"))

application = Starlette(
    routes=[
        Route("/live/badge", badge),
        Mount("/", app=WSGIMiddleware(django_application, workers=THREADS)),
    ]
)
