"""Operators' accounts: made and mended at the machine itself, each act in the audit trail."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from redleaf.accounts import handles, services
from redleaf.accounts.models import Account, Session
from redleaf.core import audit
from redleaf.core.errors import Invalid, NotFound


def operators() -> list[Account]:
    """Return everybody who may enter /admin/, oldest first."""
    return list(Account.objects.filter(is_staff=True).order_by("created_at", "id"))


def by_handle(handle: str) -> Account:
    """Return the account, operator or not. Raises NotFound."""
    found = Account.objects.filter(handle=handle.strip().removeprefix("@").lower()).first()
    if found is None:
        raise NotFound()
    return found


def check_password(password: str, *, email: str, handle: str) -> None:
    """Raise Invalid, with everything that is wrong, for a password that nobody should have."""
    try:
        validate_password(password, Account(email=email, handle=handle))
    except ValidationError as error:
        raise Invalid("weak_password", " ".join(error.messages), field="password") from error


def create(*, email: str, handle: str, password: str, display_name: str = "") -> Account:
    """Make a confirmed account with every permission. Raises Invalid, Conflict."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid("bad_email", _("Enter a valid email address."), field="email") from error
    clean = handles.clean_handle(handle)
    check_password(password, email=email, handle=clean)
    return services.create_operator(email, password, clean, display_name=display_name)


def reset_password(account: Account, *, password: str) -> None:
    """Give the account a new password and end all its sessions. Raises Invalid."""
    check_password(password, email=account.email, handle=account.handle)
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        _end_sessions(account)
        audit.record(None, "password_reset", subject_kind="account", subject_id=account.ref)


def reset_two_step(account: Account) -> int:
    """Take away every second step of the account, for somebody who lost theirs; end its sessions.

    Return how many there were.
    """
    with transaction.atomic():
        found = Authenticator.objects.filter(user=account)
        count = found.count()
        found.delete()
        _end_sessions(account)
        audit.record(
            None,
            "two_step_reset",
            subject_kind="account",
            subject_id=account.ref,
            detail={"removed": count},
        )
    return int(count)


def _end_sessions(account: Account) -> None:
    Session.objects.filter(account=account).delete()
    UserSession.objects.filter(user=account).delete()
