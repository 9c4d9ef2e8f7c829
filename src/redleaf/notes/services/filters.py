"""Hiding words and topics, and taking that back."""

from datetime import timedelta
from uuid import UUID

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.core import clock, database
from redleaf.core.errors import Invalid, NotFound
from redleaf.core.text import clean_line
from redleaf.notes.models.filters import Filter
from redleaf.notes.selectors import filters

LONGEST = 60
MOST = 100
DAYS = (0, 1, 7, 30)  # 0: for good
KINDS = ("word", "topic")


def hide(account: Account, *, kind: str, text: str, days: int = 0) -> Filter:
    """Hide a "word" or a "topic" in every list of the member, for so many days or (0) for good.

    One that is hidden already gets the new end. Raises Invalid.
    """
    if kind not in KINDS or days not in DAYS:
        raise Invalid("bad_choice", _("Choose one of these."), field="kind")
    shown = clean_line(text).lstrip("#＃").strip() if kind == "topic" else clean_line(text)
    value = filters.folded(shown)
    if not any(character.isalnum() for character in value):
        raise Invalid("no_word", _("Type a word with letters or digits in it."), field="text")
    if len(value) > LONGEST or len(shown) > LONGEST:
        raise Invalid(
            "long_word", _("At most %(count)d characters.") % {"count": LONGEST}, field="text"
        )
    pattern = filters.pattern_of(value) if kind == "word" else ""
    with transaction.atomic():
        Account.objects.select_for_update().only("id").get(id=account.id)
        _forget_expired(account)
        others = Filter.objects.filter(account=account).exclude(kind=kind, value=value)
        if others.count() >= MOST:
            raise Invalid(
                "too_many",
                _("You hide %(count)d already. Take one back first.") % {"count": MOST},
                field="text",
            )
        _try(pattern)
        made, _created = Filter.objects.update_or_create(
            account=account,
            kind=kind,
            value=value,
            defaults={
                "shown": shown,
                "pattern": pattern,
                "until": clock.now() + timedelta(days=days) if days else None,
            },
        )
    filters.forget(account)
    return made


def show_again(account: Account, filter_id: UUID) -> str:
    """Take a filter back; return what was hidden. Raises NotFound."""
    found = Filter.objects.filter(account=account, id=filter_id).first()
    if found is None:
        raise NotFound()
    found.delete()
    filters.forget(account)
    return found.shown


def _forget_expired(account: Account) -> None:
    Filter.objects.filter(account=account, until__lte=clock.now()).delete()


def _try(pattern: str) -> None:
    """Let the database read the pattern once: a bad one must never reach a list."""
    try:
        with transaction.atomic():
            database.values("SELECT '' ~ %s", (pattern,))
    except DataError:
        raise Invalid(
            "bad_word", _("This cannot be hidden. Try a simpler word."), field="text"
        ) from None
