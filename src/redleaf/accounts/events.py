"""What the rest of the product hears about accounts."""

from dataclasses import dataclass
from uuid import UUID

from redleaf.core.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    """Somebody signed up, or the operator made an account for them."""

    account_id: UUID


@dataclass(frozen=True)
class AccountChanged(Event):
    """What others see of an account changed: name, handle, bio, city or picture."""

    account_id: UUID


@dataclass(frozen=True)
class AccountClosed(Event):
    """The account is gone from everyone's view, closed by its owner or suspended; it can come
    back."""

    account_id: UUID


@dataclass(frozen=True)
class AccountReopened(Event):
    """A closed or suspended account came back."""

    account_id: UUID


@dataclass(frozen=True)
class AccountErased(Event):
    """The account's personal data is gone for good; whoever holds more of it removes it now."""

    account_id: UUID
