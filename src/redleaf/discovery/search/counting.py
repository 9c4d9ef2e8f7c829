"""How many people ask for what, without knowing who: the counts behind the hot list.

Members are counted, each once a day for a query, by a keyed digest whose salt is thrown away with
the day. Visitors are not: to tell them apart one would have to follow them.

A search page does not write: what it counts waits in this process, and the first search after five
seconds writes what has gathered, in one transaction of two statements. So a quiet site counts at
once, a busy one once in five seconds, and a process that dies loses five seconds of counts. A
thread of its own would hold a connection for a millisecond of work.
"""

import hashlib
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from redleaf.accounts.models import Account
from redleaf.core import clock, database
from redleaf.discovery.models.searching import SLOTS
from redleaf.discovery.search.words import fold

FLUSH_SECONDS = 5.0
WAITING = 2000  # counts that wait at most; more are dropped, and nothing else depends on them
NEW_HOURS = 24  # an account counts when it is so old
LONGEST = 40  # characters of a query that can be hot; a longer one is a sentence
DIGITS = 6  # digits in a row, however spaced: a telephone, a card, an account
KEPT_DAYS = 9

_NUMBER = re.compile(rf"(?:\d[\s().+-]{{0,2}}){{{DIGITS},}}")
_ADDRESS = re.compile(r"@|＠|://|\bwww\.|\.(?:com|ca|cn|net|org|io)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Count:
    at: datetime
    query: str
    shown_as: str
    digest: bytes
    found: int


_waiting: list[_Count] = []
_lock = threading.Lock()
_flush_at = 0.0
_salts: dict[date, bytes] = {}


def key_of(text: str) -> str:
    """Return the one form under which a query is counted, or nothing for one that never is.

    Never counted: what holds an e-mail or web address, a handle, or six digits in a row, what is
    one letter or over forty, and what the edition's list (`[search] never_hot`) names.
    """
    folded = " ".join(fold(text).split())
    if not 2 <= len(folded) <= LONGEST or not any(sign.isalpha() for sign in folded):
        return ""
    if _ADDRESS.search(folded) or _NUMBER.search(folded) or _is_unwanted(folded):
        return ""
    return folded


def _is_unwanted(folded: str) -> bool:
    return any(fold(word) in folded for word in settings.REDLEAF_NEVER_HOT if word.strip())


def note(account: Account | None, text: str, *, found: int) -> None:
    """Count that a member searched for this and saw so many notes on the first page."""
    moment = clock.now()
    if account is None or moment - account.created_at < timedelta(hours=NEW_HOURS):
        return
    query = key_of(text)
    if not query:
        return
    digest = _digest(moment.date(), account, query)
    with _lock:
        if len(_waiting) < WAITING:
            _waiting.append(_Count(moment, query, text, digest, found))
        due = time.monotonic() >= _flush_at
    if due:
        flush()


def flush() -> int:
    """Write what waits in this process; return how many people it added to some query."""
    global _flush_at  # noqa: PLW0603 - the process has one buffer
    with _lock:
        counts = list(_waiting)
        _waiting.clear()
        _flush_at = time.monotonic() + FLUSH_SECONDS
    if not counts:
        return 0
    by_key = {(one.at.date(), one.digest): one for one in reversed(counts)}
    keys = sorted(by_key)
    with transaction.atomic():
        new = database.values(
            "INSERT INTO discovery_seen_digest (day, digest)"
            " SELECT * FROM unnest(%s::date[], %s::bytea[])"
            " ON CONFLICT DO NOTHING RETURNING day, digest",
            ([day for day, _digest in keys], [digest for _day, digest in keys]),
        )
        _add(by_key[(day, bytes(digest))] for day, digest in new)
    return len(new)


def _add(counts: Iterable[_Count]) -> None:
    slots: Counter[tuple[datetime, str, int]] = Counter()
    latest: dict[tuple[datetime, str], _Count] = {}
    for one in sorted(counts, key=lambda count: count.at):
        hour = one.at.replace(minute=0, second=0, microsecond=0)
        slots[hour, one.query, one.at.minute * SLOTS // 60] += 1
        latest[hour, one.query] = one
    for hour, query in sorted(latest):
        row = [slots[hour, query, slot] for slot in range(SLOTS)]
        last = latest[hour, query]
        database.execute(
            "INSERT INTO discovery_query_count AS c (hour, query, shown_as, people, slots, found)"
            " VALUES (%(hour)s, %(query)s, %(shown)s, %(people)s, %(slots)s::int[], %(found)s)"
            " ON CONFLICT (hour, query) DO UPDATE SET people = c.people + excluded.people,"
            " found = excluded.found, slots = ARRAY(SELECT a + b FROM"
            "  unnest(c.slots, excluded.slots) WITH ORDINALITY AS t(a, b, n) ORDER BY n)",
            {
                "hour": hour,
                "query": query,
                "shown": last.shown_as,
                "people": sum(row),
                "slots": row,
                "found": last.found,
            },
        )


def forget() -> None:
    """Drop what waits and the salts that are held, for tests."""
    with _lock:
        _waiting.clear()
        _salts.clear()


def drop_old() -> None:
    """Delete counts that nothing looks at any more."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    database.execute("DELETE FROM discovery_query_count WHERE hour < %s", (before,))


def _digest(day: date, account: Account, query: str) -> bytes:
    person = b"search\0" + account.id.bytes + query.encode()
    return hashlib.blake2b(person, digest_size=16, key=_salt_of(day)).digest()


def _salt_of(day: date) -> bytes:
    """Return the day's secret, the same in every process, made by the first that asks."""
    known = _salts.get(day)
    if known is None:
        database.execute(
            "INSERT INTO discovery_salt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (day, secrets.token_bytes(32)),
        )
        found = database.values("SELECT salt FROM discovery_salt WHERE day = %s", (day,))
        known = bytes(found[0][0])
        _salts.clear()
        _salts[day] = known
    return known
