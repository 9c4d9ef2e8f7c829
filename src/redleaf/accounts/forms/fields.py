"""What the forms share."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError

from redleaf.core.errors import Refusal

T = TypeVar("T")
LONGEST_LINE = 2_000  # typed text past this is not worth cleaning


def checked(clean: Callable[[str], T], value: str) -> T:
    """Return what a domain's cleaner makes of a value; its refusal becomes the field's error."""
    try:
        return clean(value)
    except Refusal as refusal:
        raise ValidationError(str(refusal.message), code=refusal.code) from refusal
