"""Opaque, sortable identifiers: UUID version 7 (RFC 9562), written in Crockford's base 32."""

import hashlib
import os
import threading
import time
from typing import Any, Final
from uuid import UUID

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
# What int() reads in base 32, for what `encode` writes; everything else it must not read.
_DIGITS: Final = dict.fromkeys(range(128), "!") | {
    ord(character): "0123456789abcdefghijklmnopqrstuv"[value]
    for value, character in enumerate(ALPHABET)
}

_PAIRS: Final = tuple(first + second for first in ALPHABET for second in ALPHABET)

_lock = threading.Lock()
_last_milliseconds = 0
_last_counter = 0


def new_id() -> UUID:
    """Return a new UUIDv7: 48 bits of Unix milliseconds, 12 bits counting within one, 62 random.

    Ids made by one process sort in the order in which they were made.
    """
    global _last_milliseconds, _last_counter  # noqa: PLW0603 - the counter is the process's own
    with _lock:
        milliseconds = time.time_ns() // 1_000_000
        if milliseconds > _last_milliseconds:
            _last_milliseconds = milliseconds
            _last_counter = int.from_bytes(os.urandom(2), "big") & 0x3FF
        else:
            _last_counter += 1
            if _last_counter > 0xFFF:
                _last_milliseconds += 1
                _last_counter = 0
        milliseconds, counter = _last_milliseconds, _last_counter
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (7 << 76) | (counter << 64) | (2 << 62) | random)


def encode(value: UUID) -> str:
    """Return the 26 characters that stand for the id in an address; they sort as the ids do."""
    number = value.int  # two characters, ten bits, at a time: a page writes a dozen ids
    return "".join([_PAIRS[(number >> shift) & 0x3FF] for shift in range(120, -1, -10)])


def decode(text: str) -> UUID:
    """Return the id that `encode` wrote. Raises ValueError for anything `encode` never writes."""
    if len(text) != LENGTH or not text.isascii() or text[0] > "7":
        raise ValueError("not an id")
    return UUID(int=int(text.translate(_DIGITS), 32))


def seal(number: int) -> str:
    """Return 26 characters that stand for a row number of somebody else's table in an address.

    AES over the number and eight zero bytes, keyed by SECRET_KEY: how many rows there are cannot
    be read from it, and nobody can write one.
    """
    return encode(UUID(bytes=_sealing().encryptor().update(number.to_bytes(16, "big"))))


def unseal(text: str) -> int:
    """Return the number that `seal` wrote. Raises ValueError for anything else."""
    number = int.from_bytes(_sealing().decryptor().update(decode(text).bytes), "big")
    if number >= 2**63:
        raise ValueError("not a sealed number")
    return number


def _sealing() -> Any:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from django.conf import settings

    key = hashlib.sha256(b"seal:" + settings.SECRET_KEY.encode()).digest()
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - one block, which is what it is for


class SealedConverter:
    """URL converter: `<sealed:pk>` gives a view a row number that the address does not show."""

    regex = "[0-7][0-9a-hjkmnp-tv-z]{25}"

    def to_python(self, value: str) -> int:
        return unseal(value)

    def to_url(self, value: int) -> str:
        return seal(value)


class RefConverter:
    """URL converter: `<ref:note_id>` gives a view the UUID."""

    regex = "[0-7][0-9a-hjkmnp-tv-z]{25}"

    def to_python(self, value: str) -> UUID:
        return decode(value)

    def to_url(self, value: UUID | str) -> str:
        return value if isinstance(value, str) else encode(value)
