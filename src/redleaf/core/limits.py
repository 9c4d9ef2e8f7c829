"""Rate limits by a sliding window of two counters, held in an unlogged table.

The estimate is Cloudflare's: `previous * (1 - elapsed / window) + current`. One statement a hit,
right under concurrency, and the counters vanish in a crash, which lets people in, not out.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redleaf.core import clock, database
from redleaf.core.errors import TooMany

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """At most `count` in `seconds`."""

    count: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read "20/h", "5/10m" and the like. Raises ValueError."""
        count, _slash, period = text.partition("/")
        return cls(int(count), int(period[:-1] or 1) * PERIODS[period[-1]])


def hit(name: str, key: str, *, rate: str) -> None:
    """Count one act of `key`. Raises TooMany when the rate is used up; that try is not counted."""
    if not settings.REDLEAF_RATE_LIMITS:
        return
    limit = Rate.parse(rate)
    moment = clock.now()
    seconds = moment.timestamp()
    window = int(seconds // limit.seconds)
    elapsed = seconds / limit.seconds - window
    found = database.row(
        "INSERT INTO core_rate_counter AS c (key, window_start, count, previous, expires_at)"
        " VALUES (%(key)s, %(window)s, 1, 0, %(expires)s)"
        " ON CONFLICT (key) DO UPDATE SET"
        "  previous = CASE WHEN c.window_start = %(window)s THEN c.previous"
        "   WHEN c.window_start = %(window)s - 1 THEN c.count ELSE 0 END,"
        "  count = CASE WHEN c.window_start = %(window)s THEN c.count + 1 ELSE 1 END,"
        "  window_start = %(window)s, expires_at = %(expires)s"
        " RETURNING count, previous",
        {
            "key": f"{name}:{key}"[:200],
            "window": window,
            "expires": moment + timedelta(seconds=2 * limit.seconds),
        },
    )
    if found is None:
        return
    if found["previous"] * (1 - elapsed) + found["count"] > limit.count:
        database.execute(
            "UPDATE core_rate_counter SET count = greatest(count - 1, 0) WHERE key = %s",
            (f"{name}:{key}"[:200],),
        )
        wait = max(1, math.ceil((1 - elapsed) * limit.seconds))
        raise TooMany(_wait_message(wait), retry_after=wait)


def _wait_message(seconds: int) -> str:
    if seconds < 90:
        wait = ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    else:
        minutes = math.ceil(seconds / 60)
        wait = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("That was a lot in a short time. Please try again in %(wait)s.") % {"wait": wait}


def client_key(request: HttpRequest) -> str:
    """Return the client's network: the IPv4 address or the IPv6 /64, as one household has it.

    Behind REDLEAF_PROXIES proxies it is the address that the outermost of them saw; what a client
    wrote in X-Forwarded-For itself stands further left and is not read.
    """
    text = _client_address(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _client_address(request: HttpRequest) -> str:
    seen: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.REDLEAF_PROXIES
    return forwarded[-proxies] if proxies and proxies <= len(forwarded) and forwarded[-1] else seen


def forget_expired() -> int:
    """Delete the counters whose windows have passed."""
    return database.execute("DELETE FROM core_rate_counter WHERE expires_at < %s", (clock.now(),))
