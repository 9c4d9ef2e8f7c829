"""What a reader's browser tells: which cards were in view, and for how long a note was read."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redleaf.accounts.people import viewer
from redleaf.core import ids, limits
from redleaf.core.errors import Invalid
from redleaf.discovery import recording
from redleaf.discovery.recording import Seen

LONGEST = 16_384  # bytes
MOST = 100  # cards at once
RATE, NETWORK_RATE = "120/m", "1200/m"


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Take one report as JSON and answer nothing (204), whether or not it counted.

    {"receipt": ref, "seen": [[note ref, position, milliseconds], …]} of a list, or
    {"opened": note ref, "dwell_ms": milliseconds, "again": true or false} of a note's page.
    Both may have an "id", so that a report which is told again records nothing more.
    Raises Invalid for anything else, TooMany.
    """
    told = _read(request)
    account, network = viewer(request), limits.client_key(request)
    key = recording.visitor_key(network, request.headers.get("User-Agent", ""))
    limits.hit("seen", str(account.id) if account else key, rate=RATE)
    limits.hit("seen_network", network, rate=NETWORK_RATE)
    report = _name(told.get("id", ""))
    if "opened" in told:
        note_id, dwell = _ref(told["opened"]), _number(told.get("dwell_ms"))
        recording.opened(
            account, key, note_id, dwell, again=told.get("again") is True, report=report
        )
    else:
        recording.seen(
            account, key, _ref(told.get("receipt")), _items(told.get("seen")), report=report
        )
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _read(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST:
        raise Invalid(
            "too_large", _("That was too much at once. Send less, or in parts."), status=413
        )
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _broken()
    return told


def _items(value: Any) -> list[Seen]:
    if not isinstance(value, list) or len(value) > MOST:
        raise _broken()
    return [_item(row) for row in value]


def _item(row: Any) -> Seen:
    if not isinstance(row, list) or len(row) != 3:
        raise _broken()
    return Seen(_ref(row[0]), _number(row[1]), _number(row[2]))


def _ref(value: Any) -> UUID:
    if isinstance(value, str):
        try:
            return ids.decode(value)
        except ValueError:
            pass
    raise _broken()


def _number(value: Any) -> int:
    """Return a whole number; what no screen and no day could hold is cut."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _broken()
    return min(value, recording.MOST_MS)


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 64:
        raise _broken()
    return value


def _broken() -> Invalid:
    return Invalid("broken_request", _("We could not read this request. Please try again."))
