"""Handing out Explore's pages from lists that hold for an epoch.

A list is composed once for everybody who shares what it depends on; a page of it is one narrow
query, which also sees to it that nothing is shown that has been hidden since. Behind the list's end
the pages go on by rank.
"""

import threading
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cachetools import LRUCache
from django.utils.translation import gettext as _

from redleaf.core import clock, ids
from redleaf.core.errors import Invalid, NotFound
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.discovery import steering
from redleaf.discovery.ranking import composing, personal, plain, receipts, versions
from redleaf.discovery.ranking.composing import Inputs
from redleaf.discovery.ranking.receipts import Listing
from redleaf.discovery.ranking.signals import Chosen
from redleaf.discovery.recommend import exploration
from redleaf.editions.models import Channel
from redleaf.graph.selectors import Viewer, followed_ids, quieted_accounts, viewer_id
from redleaf.notes.selectors import cards_of, filters, lists
from redleaf.notes.selectors.candidates import listed_rows
from redleaf.notes.selectors.cards import CardRow

PAGE = 24
LISTS_HELD = 60  # with the common candidates of each, about 150 kB
_lists: LRUCache[tuple[Any, ...], "_Made"] = LRUCache(maxsize=LISTS_HELD)
_making = threading.Lock()
_pace = {"epoch": 0, "pages": 0, "rate": 0.0}


@dataclass(frozen=True)
class Served:
    """A page of Explore. `receipt` is how addresses write the receipt, "" behind the list's end."""

    page: Page[CardRow]
    receipt: str
    is_personal: bool = False


def explore(viewer: Viewer, channel: Channel | None, *, language: str, after: str = "") -> Served:
    """Return a page for a reader of this language. Raises Invalid for a broken cursor."""
    wish = steering.steering_of(viewer)
    if after:
        return _further(viewer, wish, channel, after)
    if personal.is_on(viewer):
        found = _personal(viewer, wish, channel, language)
        return replace(_page(viewer, wish, found, 0), is_personal=True)
    return _page(viewer, wish, _current(viewer, wish, channel, language).listing, 0)


def preview(viewer: Viewer, sliders: dict[str, int], language: str) -> list[str]:
    """Return the first cards as they would be with these sliders. No receipt is kept."""
    version, settings = versions.current()
    chosen = _chosen(viewer, sliders, steering.steering_of(viewer))
    inputs, _tail = plain.gather(
        settings,
        None,
        language=language,
        sliders=sliders,
        seed=exploration.seed_of("preview", version),
        chosen=chosen,
    )
    order = [ids.decode(item.key) for item in composing.compose(inputs)[: PAGE * 2]]
    quiet = quieted_accounts(viewer)
    rows = [row for row, author in listed_rows(order) if author not in quiet]
    return cards_of(viewer, filters.kept(viewer, rows)[: PAGE // 2], language)


def forget() -> None:
    """Drop every list at hand, for tests and after new settings."""
    _lists.clear()
    receipts.forget()


@dataclass(frozen=True)
class _Made:
    epoch: int
    listing: Listing
    inputs: Inputs


def _current(
    viewer: Viewer, wish: steering.Steering, channel: Channel | None, language: str
) -> _Made:
    """Return the list that holds now, composing it if there is none."""
    version, settings = versions.current()
    length = min(settings.longest_epoch, _epoch_length())
    epoch = exploration.epoch_at(clock.now().timestamp(), length)
    sliders = {name: value for name, value in wish.sliders.items() if value}
    chosen = _chosen(viewer, sliders, wish)
    slug = channel.slug if channel else ""
    whose = viewer_id(viewer) if chosen.is_own else None
    shared = (slug, language, version, tuple(sorted(sliders.items())), chosen.places)
    key = (*shared, whose)
    known = _lists.get(key)
    if known is not None and known.epoch == epoch:
        return known
    with _making:  # one thread composes, the others wait for it
        known = _lists.get(key)
        if known is not None and known.epoch == epoch:
            return known
        inputs, tail = plain.gather(
            settings,
            channel,
            language=language,
            sliders=sliders,
            seed=exploration.seed_of(*shared[:3], epoch, length),
            chosen=chosen,
        )
        kept = receipts.write(
            inputs,
            composing.compose(inputs),
            account_id=whose,
            language=language,
            channel=slug,
            version=version,
            tail_rank=tail,
        )
        made = _lists[key] = _Made(epoch, kept, personal.pool_of(inputs))
    return made


def _personal(
    viewer: Viewer, wish: steering.Steering, channel: Channel | None, language: str
) -> Listing:
    version, settings = versions.current()
    common = _current(None, steering.NOTHING, channel, language)
    inputs, tail = personal.gather(
        settings, viewer, wish, channel, common.inputs, language=language
    )
    return receipts.write(
        inputs,
        composing.compose(inputs),
        account_id=viewer_id(viewer),
        language=language,
        channel=channel.slug if channel else "",
        version=version,
        tail_rank=common.listing.tail_rank if tail is None else tail,
    )


def _chosen(viewer: Viewer, sliders: dict[str, int], wish: steering.Steering) -> Chosen:
    """Return what counts about this reader because they said so, and nothing else."""
    return Chosen(
        friends=frozenset(followed_ids(viewer)) if sliders.get("friends", 0) > 0 else frozenset(),
        places=steering.places_of(wish) if sliders.get("local", 0) > 0 else frozenset(),
        less_topics=wish.less_topics,
        less_authors=wish.less_authors,
    )


def _further(
    viewer: Viewer, wish: steering.Steering, channel: Channel | None, after: str
) -> Served:
    """Return the page behind a cursor: (receipt, offset) in a list, or (receipt, rank, note)."""
    receipt_id, offset, rank, note_id = decode_cursor(after, (UUID, int, float, UUID))
    try:
        found = receipts.listing(receipt_id)
    except NotFound:
        raise Invalid("old_list", _("This list is older than 30 days. Start again.")) from None
    if found.account_id not in {None, viewer_id(viewer)} or not 0 <= offset <= len(found.order):
        raise Invalid("bad_cursor", _("This link to the next page is broken. Start again."))
    if offset < len(found.order):
        return _page(viewer, wish, found, offset)
    if found.tail_rank is None:
        return Served(Page([], None), "")
    page = lists.listed_notes(
        viewer,
        channel_id=channel.id if channel else None,
        after=encode_cursor(rank, note_id),
        unwanted=wish.not_interested,
    )
    shown = set(found.order)
    rows = [row for row in page.items if ids.encode(row.note_id) not in shown]
    following = None
    if page.next_cursor:
        place = decode_cursor(page.next_cursor, (float, UUID))
        following = encode_cursor(receipt_id, len(found.order), *place)
    return Served(Page(rows, following), "")


def _page(viewer: Viewer, wish: steering.Steering, found: Listing, offset: int) -> Served:
    """Return the next PAGE notes from the offset on that may be shown to this viewer."""
    rows: list[CardRow] = []
    quiet = quieted_accounts(viewer)
    while len(rows) < PAGE and offset < len(found.order):
        part = found.notes(offset, offset + PAGE - len(rows))
        offset += len(part)
        wanted = [item for item in part if item not in wish.not_interested]
        visible = [row for row, author in listed_rows(wanted) if author not in quiet]
        rows.extend(filters.kept(viewer, visible))
    cursor = None
    if offset < len(found.order):
        cursor = encode_cursor(found.receipt_id, offset, 0.0, found.receipt_id)
    elif found.tail_rank is not None:
        cursor = encode_cursor(found.receipt_id, offset, found.tail_rank, UUID(int=2**128 - 1))
    return Served(Page(rows, cursor), ids.encode(found.receipt_id))


def _epoch_length() -> int:
    """Return how long lists hold at the pace at which pages are read now."""
    minute = int(clock.now().timestamp() // 60)
    if _pace["epoch"] != minute:
        _pace.update(epoch=minute, rate=_pace["pages"] / 60, pages=0)
    _pace["pages"] += 1
    return max(5, exploration.epoch_seconds(_pace["rate"]))
