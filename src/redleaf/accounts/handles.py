"""Handles: which are allowed, and which one to propose to a newcomer."""

import re
import secrets
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from redleaf.accounts.models import HANDLE_PATTERN
from redleaf.accounts.selectors import handle_is_free
from redleaf.core.errors import Invalid

# Nobody but the operator speaks under these; "gone_" is what erased accounts are renamed to.
_RESERVED: Final = (
    "admin administrator moderator mod operator official owner root staff support help security"
    " redleaf system everyone all here account accounts settings api billing payment payments"
    " null undefined me you anonymous deleted"
)
_FIRST: Final = (
    "amber autumn birch brave bright calm cedar clear cosy crisp early fern frost gentle golden"
    " happy hazel honey jade kind lake lucky maple mellow misty mossy north plum quiet river"
    " rosy snowy spruce sunny tidy willow winter"
)
_SECOND: Final = (
    "bear beaver bee bunting cat crane deer dove duck finch fox goose hare heron jay lark leaf"
    " loon lynx magpie moose moth otter owl panda puffin raven robin seal sparrow swan tea"
    " teapot toad trout turtle whale wren"
)
RESERVED: Final = frozenset(_RESERVED.split())
ERASED_PREFIX: Final = "gone_"
FIRST: Final = tuple(_FIRST.split())
SECOND: Final = tuple(_SECOND.split())


def clean_handle(text: str) -> str:
    """Return the handle that was meant: lower case, without a leading @. Raises Invalid."""
    handle = text.strip().removeprefix("@").lower()
    if not HANDLE_PATTERN.fullmatch(handle):
        raise Invalid(
            "bad_handle",
            _("3 to 20 characters: letters a to z, digits and _ only."),
            field="handle",
        )
    if handle in RESERVED or handle.startswith(ERASED_PREFIX):
        raise Invalid("reserved_handle", _("This name is kept for the operator."), field="handle")
    return handle


def propose_handle(name: str) -> str:
    """Return a free handle made from a name, or a friendly made-up one, such as maple_wren_482."""
    plain = unicodedata.normalize("NFKD", name[:200]).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:16].strip("_")
    if HANDLE_PATTERN.fullmatch(base) and base not in RESERVED:
        if not base.startswith(ERASED_PREFIX) and handle_is_free(base):
            return base
        for _attempt in range(5):
            candidate = f"{base}_{secrets.randbelow(900) + 100}"
            if not candidate.startswith(ERASED_PREFIX) and handle_is_free(candidate):
                return candidate
    while True:
        candidate = (
            f"{secrets.choice(FIRST)}_{secrets.choice(SECOND)}_{secrets.randbelow(900) + 100}"
        )
        if len(candidate) <= 20 and handle_is_free(candidate):
            return candidate
