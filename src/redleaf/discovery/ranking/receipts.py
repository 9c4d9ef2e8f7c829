"""Receipts: what a list was made from, kept for 30 days, so that it can be explained and replayed.

A list that everybody gets has one receipt for as long as it holds; a personal list has its own, for
its member alone. The body is the inputs of `composing.compose` and the order that came out, as
compressed JSON.
"""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from cachetools import LRUCache

from redleaf.core import clock, database, ids
from redleaf.core.errors import NotFound
from redleaf.discovery.ranking import composing
from redleaf.discovery.ranking.composing import Inputs, Placed

KEPT = timedelta(days=30)
FURTHEST = 253_402_300_799_000  # milliseconds: what lies behind year 9999 is no moment
HELD = 64  # receipts whose lists are at hand, about 25 kB each


@dataclass(frozen=True)
class Receipt:
    """A list as it was served. `tail_rank` is the rank behind which the list goes on by rank."""

    id: UUID
    at: datetime
    account_id: UUID | None
    surface: str
    language: str
    channel: str
    version: int
    body: bytes

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(zlib.decompress(self.body))
        return content

    @property
    def ref(self) -> str:
        return ids.encode(self.id)

    @property
    def order(self) -> list[str]:
        """The keys of the notes as they were served."""
        order: list[str] = self._content["order"]
        return order

    @property
    def tail_rank(self) -> float | None:
        tail: float | None = self._content["tail"]
        return tail

    @property
    def inputs(self) -> Inputs:
        return composing.from_json(self._content["inputs"])


@dataclass(frozen=True, slots=True)
class Listing:
    """What serving needs of a receipt. `order` are the notes' ids as addresses write them."""

    receipt_id: UUID
    account_id: UUID | None
    order: tuple[str, ...]
    tail_rank: float | None

    def notes(self, start: int, end: int) -> list[UUID]:
        """Return the ids of a part of the list."""
        return [ids.decode(key) for key in self.order[start:end]]

    def holds(self, note_id: UUID) -> bool:
        """Return whether a note is in the list."""
        return ids.encode(note_id) in self.order


_held: LRUCache[UUID, Listing] = LRUCache(maxsize=HELD)


def write(
    inputs: Inputs,
    placed: list[Placed],
    *,
    account_id: UUID | None,
    language: str,
    channel: str,
    version: int,
    tail_rank: float | None,
    surface: str = "explore",
) -> Listing:
    """Keep a receipt of a list that was just composed, and return the list."""
    receipt_id = ids.new_id()
    order = [item.key for item in placed]
    content = {"inputs": composing.as_json(inputs), "order": order, "tail": tail_rank}
    body = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 1)
    database.execute(
        "INSERT INTO discovery_receipt"
        " (id, at, account_id, surface, language, channel, version, body)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (receipt_id, _moment(receipt_id), account_id, surface, language, channel, version, body),
    )
    made = Listing(receipt_id, account_id, tuple(order), tail_rank)
    _held[receipt_id] = made
    return made


def receipt(receipt_id: UUID) -> Receipt:
    """Return a receipt of the last 30 days. Raises NotFound."""
    if receipt_id.version != 7 or receipt_id.int >> 80 > FURTHEST:
        raise NotFound()
    moment = _moment(receipt_id)
    if moment < clock.now() - KEPT:
        raise NotFound()
    found = database.row(
        "SELECT id, at, account_id, surface, language, channel, version, body"
        " FROM discovery_receipt WHERE id = %s AND at = %s",
        (receipt_id, moment),
    )
    if found is None:
        raise NotFound()
    found["body"] = bytes(found["body"])
    return Receipt(**found)


def listing(receipt_id: UUID) -> Listing:
    """Return the list of a receipt. Raises NotFound."""
    found = _held.get(receipt_id)
    if found is None:
        kept = receipt(receipt_id)
        order = tuple(kept.order)
        found = _held[receipt_id] = Listing(kept.id, kept.account_id, order, kept.tail_rank)
    return found


def holds(receipt_id: UUID, note_id: UUID) -> bool:
    """Return whether a note is in the list of a receipt that is still kept."""
    try:
        return listing(receipt_id).holds(note_id)
    except NotFound:
        return False


def replay(receipt_id: UUID) -> tuple[bytes, bytes]:
    """Return (the order as it was served, the order composed again from the same inputs), as the
    bytes of one id a line. Raises NotFound."""
    kept = receipt(receipt_id)
    again = [item.key for item in composing.compose(kept.inputs)]
    return "\n".join(kept.order).encode(), "\n".join(again).encode()


def forget_those_of(account_id: UUID) -> None:
    """Drop a member's lists that this process has at hand; the rows are the caller's to delete."""
    for receipt_id, known in list(_held.items()):
        if known.account_id == account_id:
            _held.pop(receipt_id, None)


def forget() -> None:
    """Drop what is at hand, for tests."""
    _held.clear()


def _moment(receipt_id: UUID) -> datetime:
    """Return the moment in an id of version 7: with it, only one day's table is looked at."""
    return datetime.fromtimestamp((receipt_id.int >> 80) / 1000, UTC)
