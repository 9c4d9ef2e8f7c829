"""What privacy announces."""

from dataclasses import dataclass
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class ConsentGranted(Event):
    account_id: UUID
    purpose: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """The member took consent back; what was kept under it is gone already."""

    account_id: UUID
    purpose: str
