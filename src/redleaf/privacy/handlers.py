"""What privacy hears: an account that is erased is forgotten under every purpose."""

from redleaf.accounts.events import AccountErased
from redleaf.core.events import subscribe
from redleaf.privacy import services


def subscribe_all() -> None:
    """Hear of erased accounts."""
    subscribe(AccountErased, on_account_erased)


def on_account_erased(event: AccountErased) -> None:
    services.erase(event.account_id)
