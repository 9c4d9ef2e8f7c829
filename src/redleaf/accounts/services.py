"""Verbs that change accounts. The first argument is the acting account."""

import zoneinfo
from typing import Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from redleaf.accounts import events, handles, selectors
from redleaf.accounts.models import (
    HANDLE_KEPT,
    HANDLE_PAUSE,
    UNUSABLE_DOMAIN,
    Account,
    AgeBand,
    HandleHistory,
    Language,
    OutboxMail,
    Session,
    Theme,
)
from redleaf.core import audit, clock, ids, text
from redleaf.core.errors import Conflict, Invalid, NotFound, TooMany
from redleaf.core.events import announce
from redleaf.editions import selectors as editions

NAME_UNITS: Final = 20
BIO_UNITS: Final = 100
INTERESTS: Final = 30


def clean_name(value: str) -> str:
    """Return a display name as it is stored. Raises Invalid when empty or over 20 units."""
    name = text.clean_line(value)
    if not name:
        raise Invalid("empty_name", _("Please write a name."), field="display_name")
    if text.units(name) > NAME_UNITS or len(name) > 120:
        raise Invalid(
            "long_name",
            _("At most %(count)d characters, please.") % {"count": NAME_UNITS},
            field="display_name",
        )
    return name


def clean_bio(value: str) -> str:
    """Return a bio as it is stored. Raises Invalid when over 100 units."""
    bio = text.clean_text(value)
    if text.units(bio) > BIO_UNITS or len(bio) > 600:
        raise Invalid(
            "long_bio",
            _("At most %(count)d characters, please.") % {"count": BIO_UNITS},
            field="bio",
        )
    return bio


def create_member(
    *,
    email: str,
    handle: str,
    password: str | None = None,
    display_name: str = "",
    confirmed: bool = True,
    **fields: Any,
) -> Account:
    """Store an account, without mail; `fields` are the account's own. Raises Invalid, Conflict.

    With `confirmed` its address counts as the member's, and AccountCreated is announced.
    """
    handle = handles.clean_handle(handle)
    name = clean_name(display_name or handle)
    moment = clock.now()
    fields.setdefault("confirmed_at", moment if confirmed else None)
    try:
        with transaction.atomic():
            account = Account.objects.create_user(
                email, handle, password, display_name=name, **fields
            )
            EmailAddress.objects.create(
                user=account, email=account.email, primary=True, verified=confirmed
            )
            if confirmed:
                announce(events.AccountCreated(account.id))
    except IntegrityError as error:
        raise _taken(error) from error
    return account


def create_operator(email: str, password: str, handle: str, **fields: Any) -> Account:
    """Store an account with every permission, and say so in the audit trail."""
    with transaction.atomic():
        account = create_member(
            email=email,
            password=password,
            handle=handle,
            **{**fields, "is_staff": True, "is_superuser": True},
        )
        audit.record(None, "operator_created", subject_kind="account", subject_id=account.ref)
    return account


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the constraint that was broken, or "" if it has none."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


def _taken(error: IntegrityError) -> Conflict:
    if "email" in constraint_of(error):
        return Conflict("email_taken", _("There is already an account with this address."))
    return Conflict("handle_taken", _("Somebody has this name already."), field="handle")


def confirm(account: Account) -> None:
    """Note that the member has shown the address to be theirs; the first time makes a member."""
    with transaction.atomic():
        moment = clock.now()
        first = Account.objects.filter(id=account.id, confirmed_at=None).update(confirmed_at=moment)
        if first:
            account.confirmed_at = moment
            announce(events.AccountCreated(account.id))


def withdraw_sign_up(account: Account) -> None:
    """Delete a sign-up that was never confirmed; an account that was is left alone."""
    Account.objects.filter(id=account.id, confirmed_at=None, last_login=None).delete()


def change_profile(account: Account, *, display_name: str, bio: str = "", city: str = "") -> None:
    """Change what others read about the member. Raises Invalid; `city` is a place's slug or ""."""
    account.display_name = clean_name(display_name)
    account.bio = clean_bio(bio)
    if city:
        try:
            editions.place_by_slug(city)
        except NotFound:
            raise Invalid(
                "unknown_city", _("Please choose a city from the list."), field="city"
            ) from None
    account.city = city
    _save_and_tell(account, "display_name", "bio", "city")


def change_appearance(account: Account, *, language: str, time_zone: str, theme: str) -> None:
    """Change the member's language, time zone (IANA) and theme. Raises Invalid."""
    if language not in Language.values:
        raise Invalid("bad_language", _("Please choose a language."), field="language")
    if time_zone not in zoneinfo.available_timezones():
        raise Invalid(
            "bad_time_zone", _("Please choose a time zone from the list."), field="time_zone"
        )
    if theme not in Theme.values:
        raise Invalid("bad_theme", _("Please choose one of the three."), field="theme")
    account.language, account.time_zone, account.theme = language, time_zone, theme
    account.save(update_fields=["language", "time_zone", "theme"])


def set_interests(account: Account, *, interests: list[str]) -> None:
    """Keep the channels that the member is interested in; unknown slugs are dropped."""
    known = {channel.slug for channel in editions.channels()}
    account.interests = [slug for slug in dict.fromkeys(interests) if slug in known][:INTERESTS]
    account.save(update_fields=["interests"])


def set_avatar(account: Account, *, avatar: str) -> None:
    """Show the picture with this asset ref as the member's own; "" for none. Raises Invalid."""
    if avatar:
        try:
            ids.decode(avatar)
        except ValueError:
            raise Invalid("bad_avatar", _("There is no such picture."), field="avatar") from None
    account.avatar = avatar
    _save_and_tell(account, "avatar")


def _save_and_tell(account: Account, *fields: str) -> None:
    with transaction.atomic():
        account.save(update_fields=list(fields))
        announce(events.AccountChanged(account.id))


def change_handle(account: Account, *, handle: str) -> None:
    """Give the account another handle; the old one leads to it for 90 days.

    Raises Invalid for a handle that cannot be, Conflict for one that is taken, TooMany within 14
    days of the last change. Of two that race for one handle, the database lets one through.
    """
    handle = handles.clean_handle(handle)
    old = account.handle
    if handle == old:
        return
    if not selectors.handle_is_free(handle, account=account):
        raise Conflict("handle_taken", _("Somebody has this name already."), field="handle")
    moment = clock.now()
    due = Q(handle_changed_at=None) | Q(handle_changed_at__lte=moment - HANDLE_PAUSE)
    try:
        with transaction.atomic():
            changed = Account.objects.filter(due, id=account.id, handle=old).update(
                handle=handle, handle_changed_at=moment
            )
            if not changed:
                raise TooMany(
                    _("The name can be changed once in 14 days."),
                    retry_after=int(HANDLE_PAUSE.total_seconds()),
                )
            HandleHistory.objects.filter(handle=handle).delete()
            HandleHistory.objects.update_or_create(
                handle=old,
                defaults={
                    "account": account,
                    "changed_at": moment,
                    "kept_until": moment + HANDLE_KEPT,
                },
            )
            announce(events.AccountChanged(account.id))
    except IntegrityError as error:
        raise _taken(error) from error
    account.handle, account.handle_changed_at = handle, moment


def close_account(account: Account) -> None:
    """Take the account out of everyone's view and end its sessions; twice is once."""
    moment = clock.now()
    with transaction.atomic():
        closed = Account.objects.filter(id=account.id, deleted_at=None).update(deleted_at=moment)
        Session.objects.filter(account_id=account.id).delete()
        UserSession.objects.filter(user_id=account.id).delete()
        if closed:
            account.deleted_at = moment
            announce(events.AccountClosed(account.id))


def reopen_account(account: Account) -> None:
    """Bring a closed account back within its grace. Raises Conflict when it has been erased."""
    with transaction.atomic():
        reopened = Account.objects.filter(
            id=account.id, deleted_at__isnull=False, erased_at=None
        ).update(deleted_at=None)
        if reopened:
            account.deleted_at = None
            announce(events.AccountReopened(account.id))
            return
    if Account.objects.filter(id=account.id, erased_at__isnull=False).exists():
        raise Conflict("erased", _("This account is gone for good."))


def suspend_account(account: Account) -> None:
    """Take the account out of everyone's view until an operator restores it; twice is once."""
    with transaction.atomic():
        if Account.objects.filter(id=account.id, is_active=True).update(is_active=False):
            Session.objects.filter(account_id=account.id).delete()
            UserSession.objects.filter(user_id=account.id).delete()
            announce(events.AccountClosed(account.id))
    account.is_active = False


def restore_account(account: Account) -> None:
    """Bring a suspended account back into view; an erased one stays gone, twice is once."""
    with transaction.atomic():
        suspended = Account.objects.filter(id=account.id, is_active=False, erased_at=None)
        if suspended.update(is_active=True):
            announce(events.AccountReopened(account.id))
            account.is_active = True


def erase_account(account_id: UUID) -> None:
    """Remove the personal fields of a closed account whose grace is over; twice is once.

    The row stays, under a name that says nothing, so that what others wrote to it still stands.
    """
    with transaction.atomic():
        account = (
            Account.objects.select_for_update()
            .filter(id=account_id, deleted_at__isnull=False, erased_at=None)
            .first()
        )
        if account is None or account.erased_after is None or account.erased_after > clock.now():
            return
        addresses = list(EmailAddress.objects.filter(user=account).values_list("email", flat=True))
        OutboxMail.objects.filter(to__in=[*addresses, account.email]).delete()
        EmailAddress.objects.filter(user=account).delete()
        Authenticator.objects.filter(user=account).delete()
        UserSession.objects.filter(user=account).delete()
        Session.objects.filter(account=account).delete()
        HandleHistory.objects.filter(account=account).delete()
        _blank(account)
        announce(events.AccountErased(account.id))


def _blank(account: Account) -> None:
    account.email = f"{account.ref}@{UNUSABLE_DOMAIN}"
    account.handle = f"{handles.ERASED_PREFIX}{account.ref[-15:]}"
    account.display_name = account.bio = account.city = account.avatar = ""
    account.interests = []
    account.set_unusable_password()
    account.language, account.theme = Language.EN, Theme.AUTO
    account.time_zone, account.age_band = "UTC", AgeBand.ADULT
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = account.confirmed_at = account.handle_changed_at = None
    account.erased_at = clock.now()
    account.groups.clear()
    account.user_permissions.clear()
    account.save(
        update_fields=[
            field.name for field in Account._meta.concrete_fields if not field.primary_key
        ]
    )
