"""Sending: a letter is written in its reader's language at once and carried by a job."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from redleaf import editions
from redleaf.accounts.mail.letters import Letter
from redleaf.accounts.models import OutboxMail
from redleaf.core import clock, ids
from redleaf.core.jobs import job

LATEST = timedelta(days=2)  # a code that arrives later than this helps nobody


def send_letter(to: str, letter: Letter, language: str) -> None:
    """Hand a letter to the mail job; it leaves after the caller's transaction commits."""
    edition = editions.current()
    context = {
        "letter": letter,
        "language": language,
        "edition_name": edition.name_in(language),
        "public_url": settings.REDLEAF_PUBLIC_URL,
    }
    with transaction.atomic():
        mail = OutboxMail.objects.create(
            to=to[:320],
            subject=letter.subject[:400],
            text=render_to_string("accounts/mail.txt", context),
            html=render_to_string("accounts/mail.html", context),
            waiting=True,
        )
        deliver.defer(mail_ref=mail.ref)


@job(queue="mail", retry=8)
def deliver(*, mail_ref: str) -> None:
    """Send one waiting mail and forget it; the mail server's failures make the job try again."""
    mail_id: UUID = ids.decode(mail_ref)
    mail = OutboxMail.objects.filter(id=mail_id, waiting=True).first()
    if mail is None:
        return
    if mail.created_at > clock.now() - LATEST:
        message = EmailMultiAlternatives(mail.subject, mail.text, None, [mail.to])
        message.attach_alternative(mail.html, "text/html")
        message.send()
    mail.delete()
