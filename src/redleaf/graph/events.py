"""What graph announces."""

from dataclasses import dataclass
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class AccountFollowed(Event):
    follower_id: UUID
    followed_id: UUID


@dataclass(frozen=True)
class AccountUnfollowed(Event):
    follower_id: UUID
    followed_id: UUID


@dataclass(frozen=True)
class AccountBlocked(Event):
    blocker_id: UUID
    blocked_id: UUID
