"""Reads of how a member wants the channels, and of people to follow."""

from dataclasses import dataclass
from typing import Any

from redleaf.core import database
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors import texts

SUGGESTED = 12


@dataclass(frozen=True)
class ChannelOrder:
    """The channels as one reader wants them: shown ones in order, then the hidden ones."""

    shown: list[Channel]
    hidden: list[Channel]


def channel_order(viewer: Viewer) -> ChannelOrder:
    """Return the viewer's order; channels that it does not name follow in the operator's order."""
    channels = editions.channels()
    own = viewer_id(viewer)
    if own is None:
        return ChannelOrder(channels, [])
    found = database.values(
        'SELECT "order", hidden FROM discovery_channel_choice WHERE account_id = %s', (own,)
    )
    if not found:
        return ChannelOrder(channels, [])
    return arrange(channels, *found[0])


def arrange(channels: list[Channel], order: list[str], hidden: list[str]) -> ChannelOrder:
    """Return the channels by these slugs; slugs of channels that are closed count for nothing."""
    place = {slug: number for number, slug in enumerate(order)}
    ordered = sorted(channels, key=lambda channel: place.get(channel.slug, len(place)))
    away = set(hidden)
    return ChannelOrder(
        [channel for channel in ordered if channel.slug not in away],
        [channel for channel in ordered if channel.slug in away],
    )


def people_to_follow(
    viewer: Viewer, *, language: str, interests: list[str]
) -> list[dict[str, Any]]:
    """Return up to twelve people whose public notes benefited others: own language first, then own
    interests (slugs of channels), then by saves and helpful marks. Nothing else about the viewer
    counts but whom they follow, blocked or muted."""
    return texts.authors_of_benefit(
        viewer, language=language, channel_slugs=interests, limit=SUGGESTED
    )
