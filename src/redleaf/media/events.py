"""What media announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class PictureReady(Event):
    """Every variant of a picture is made."""

    asset_id: UUID


@dataclass(frozen=True)
class VideoReady(Event):
    """A video can be played, and has its poster."""

    asset_id: UUID


@dataclass(frozen=True)
class VideoFailed(Event):
    """A video could not be made; its row says why. Each try that fails has a moment of its own."""

    asset_id: UUID
    owner_id: UUID
    failed_at: datetime
