"""Timed work: erasing what was closed, and sweeping what is kept only for a while."""

from datetime import timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.db import transaction

from redleaf.accounts import events, services
from redleaf.accounts.models import GRACE, OUTBOX_KEPT, Account, HandleHistory, OutboxMail, Session
from redleaf.core import clock, database
from redleaf.core.events import announce
from redleaf.core.jobs import periodic

UNCONFIRMED_KEPT: Final = timedelta(days=7)
ADDRESS_KEPT: Final = timedelta(days=7)  # then a session's network address loses its last part


@periodic("23 * * * *")
def erase_closed_accounts() -> int:
    """Erase the accounts whose grace is over; return how many."""
    due = list(
        Account.objects.filter(deleted_at__lte=clock.now() - GRACE, erased_at=None).values_list(
            "id", flat=True
        )
    )
    for account_id in due:
        services.erase_account(account_id)
    return len(due)


@periodic("41 3 * * *")
def sweep() -> None:
    """Remove old mail, sessions that ended, freed handles and sign-ups never finished."""
    now = clock.now()
    OutboxMail.objects.filter(created_at__lt=now - OUTBOX_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    HandleHistory.objects.filter(kept_until__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    database.execute(
        "UPDATE usersessions_usersession"
        " SET ip = host(network(set_masklen(ip, CASE family(ip) WHEN 4 THEN 24 ELSE 48 END)))::inet"
        " WHERE created_at < %s",
        (now - ADDRESS_KEPT,),
    )
    forget_unconfirmed()


def forget_unconfirmed() -> int:
    """Delete sign-ups that nobody confirmed in a week: their address and handle are free again."""
    found = Account.objects.filter(
        emailaddress__verified=False,
        confirmed_at=None,
        last_login=None,
        deleted_at=None,
        is_staff=False,
        created_at__lt=clock.now() - UNCONFIRMED_KEPT,
    ).exclude(emailaddress__verified=True)
    count = 0
    for account in found.iterator():
        with transaction.atomic():
            announce(events.AccountErased(account.id))
            account.delete()
        count += 1
    return count
