"""Changes to a member's order of channels."""

from collections.abc import Callable

from django.db import transaction

from redleaf.accounts.models import Account
from redleaf.core.errors import NotFound
from redleaf.discovery.models import ChannelChoice
from redleaf.discovery.selectors import arrange
from redleaf.editions import selectors as editions

Slugs = list[str]


def move_channel(account: Account, *, slug: str, by: int) -> None:
    """Move a shown channel up (-1) or down (1) by one; at the end it stays. Raises NotFound."""

    def move(shown: Slugs, hidden: Slugs) -> tuple[Slugs, Slugs]:
        if slug not in shown:
            raise NotFound()
        at = shown.index(slug)
        to = min(max(at + by, 0), len(shown) - 1)
        shown.insert(to, shown.pop(at))
        return shown, hidden

    _change(account, move)


def hide_channel(account: Account, *, slug: str) -> None:
    """Take a channel out of the member's row. Raises NotFound for one that is not there."""

    def hide(shown: Slugs, hidden: Slugs) -> tuple[Slugs, Slugs]:
        if slug not in shown:
            raise NotFound()
        shown.remove(slug)
        return shown, [*hidden, slug]

    _change(account, hide)


def show_channel(account: Account, *, slug: str) -> None:
    """Put a hidden channel back, at the end. Raises NotFound for one that is not hidden."""

    def show(shown: Slugs, hidden: Slugs) -> tuple[Slugs, Slugs]:
        if slug not in hidden:
            raise NotFound()
        hidden.remove(slug)
        return [*shown, slug], hidden

    _change(account, show)


def reset_channels(account: Account) -> None:
    """Go back to the operator's order, with nothing hidden."""
    ChannelChoice.objects.filter(account=account).delete()


def _change(account: Account, change: Callable[[Slugs, Slugs], tuple[Slugs, Slugs]]) -> None:
    """Change the order as it is now: two windows each get what their button says."""
    with transaction.atomic():
        ChannelChoice.objects.get_or_create(account=account)
        choice = ChannelChoice.objects.select_for_update().get(account=account)
        now = arrange(editions.channels(), choice.order, choice.hidden)
        choice.order, choice.hidden = change(
            [channel.slug for channel in now.shown], [channel.slug for channel in now.hidden]
        )
        choice.order = [*choice.order, *choice.hidden]
        choice.save(update_fields=["order", "hidden"])
