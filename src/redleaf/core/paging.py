"""Paging by cursor: an opaque text that says after which row the next page begins."""

import base64
import binascii
import json
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from redleaf.core import ids
from redleaf.core.errors import Invalid
from redleaf.core.text import storable

T = TypeVar("T")
MAXIMUM_LENGTH = 400


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items, and the cursor of the next page or None at the end."""

    items: list[T]
    next_cursor: str | None


def encode_cursor(*parts: object) -> str:
    """Return an opaque text for these parts: float, int, str, datetime or UUID."""
    plain = [_plain(part) for part in parts]
    text = json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(text: str, types: tuple[type, ...]) -> tuple[Any, ...]:
    """Return the parts, each of the given type. Raises Invalid for anything else."""
    refusal = Invalid("bad_cursor", _("This link to the next page is broken. Start again."))
    if len(text) > MAXIMUM_LENGTH or not text.isascii():
        raise refusal
    try:
        padded = text + "=" * (-len(text) % 4)
        plain = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise refusal from None
    if not isinstance(plain, list) or len(plain) != len(types):
        raise refusal
    try:
        return tuple(_typed(value, kind) for value, kind in zip(plain, types, strict=True))
    except (ValueError, TypeError, OverflowError):
        raise refusal from None


def _plain(part: object) -> object:
    if isinstance(part, UUID):
        return ids.encode(part)
    if isinstance(part, datetime):
        return part.isoformat()
    return part


def _typed(value: Any, kind: type) -> Any:
    if kind is UUID:
        return ids.decode(value)
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return moment
    if kind is float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("not a number")
        number = float(value)
        if not math.isfinite(number):
            raise ValueError("not a finite number")
        return number
    if kind is int and (isinstance(value, bool) or abs(value) >= 2**63):
        raise ValueError("not a whole number")
    if not isinstance(value, kind):
        raise ValueError("wrong type")
    if isinstance(value, str) and value != storable(value):
        raise ValueError("a text that the database cannot hold")
    return value
