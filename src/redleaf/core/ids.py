"""Opaque, sortable identifiers: UUID version 7 (RFC 9562), written in Crockford's base 32."""

import os
import threading
import time
from typing import Final
from uuid import UUID

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}

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
    number = value.int
    characters = []
    for _ in range(LENGTH):
        characters.append(ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(characters))


def decode(text: str) -> UUID:
    """Return the id that `encode` wrote. Raises ValueError for anything `encode` never writes."""
    if len(text) != LENGTH or text[0] > "7":
        raise ValueError("not an id")
    number = 0
    for character in text:
        value = _VALUES.get(character)
        if value is None:
            raise ValueError("not an id")
        number = (number << 5) | value
    return UUID(int=number)


class RefConverter:
    """URL converter: `<ref:note_id>` gives a view the UUID."""

    regex = "[0-7][0-9a-hjkmnp-tv-z]{25}"

    def to_python(self, value: str) -> UUID:
        return decode(value)

    def to_url(self, value: UUID | str) -> str:
        return value if isinstance(value, str) else encode(value)
