"""Rules for passwords beyond Django's: not one's own name, and no longer than is worth hashing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 200


class NotOneself:
    """Refuses a password that is little more than the member's handle or e-mail address."""

    def validate(self, password: str, user: Any = None) -> None:
        lowered = password.lower()
        for own in (getattr(user, "email", ""), getattr(user, "handle", "")):
            parts = {own, own.partition("@")[0]} if own else set()
            if any(len(part) >= 3 and lowered.strip("0123456789!.-_") == part for part in parts):
                raise ValidationError(
                    _("This is too close to your own name or address."), code="password_oneself"
                )

    def get_help_text(self) -> str:
        return _("Not your own name or address.")


class NotTooLong:
    """Refuses what would only keep the server busy with hashing."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's form
        if len(password) > LONGEST:
            raise ValidationError(
                _("At most %(count)d characters, please.") % {"count": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("At most %(count)d characters, please.") % {"count": LONGEST}
