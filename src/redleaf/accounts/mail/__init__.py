"""Mail to members: what it says, how it is sent, and where it lies when there is no mail server."""

from redleaf.accounts.mail.outbox import OutboxBackend
from redleaf.accounts.mail.sending import send_letter

__all__ = ["OutboxBackend", "send_letter"]
