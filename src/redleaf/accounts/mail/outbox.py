"""The e-mail backend: a mail server where one is configured, else a table that a page shows."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class OutboxBackend(EmailBackend):
    """Django's SMTP backend; without a mail server (REDLEAF_MAIL_OUTBOX) each mail is kept."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not settings.REDLEAF_MAIL_OUTBOX:
            return super().send_messages(email_messages) or 0
        for message in email_messages:
            keep(message)
        return len(email_messages)


def keep(message: EmailMessage) -> None:
    """Store one mail, a row for each of its recipients."""
    from redleaf.accounts.models import OutboxMail

    alternatives: list[Any] = getattr(message, "alternatives", [])
    html = next((part[0] for part in alternatives if part[1] == "text/html"), "")
    for recipient in message.recipients():
        OutboxMail.objects.create(
            to=recipient[:320],
            subject=str(message.subject)[:400],
            text=str(message.body),
            html=str(html),
        )
