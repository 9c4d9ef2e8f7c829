"""Answers without an index: titles, names and topics as PostgreSQL finds them, plainer."""

from uuid import UUID

from redleaf.accounts import selectors as accounts
from redleaf.discovery.search.words import fold
from redleaf.editions import selectors as editions
from redleaf.notes.selectors import texts


def notes(text: str, *, offset: int, limit: int) -> list[UUID]:
    """Return listed notes whose title holds the text, or whose topic it is, newest first."""
    return texts.listed_by_title(text.lstrip("#"), offset=offset, limit=limit) if text else []


def people(text: str, limit: int) -> list[UUID]:
    return accounts.named_like(text.lstrip("@"), limit) if text.lstrip("@") else []


def topics(text: str, limit: int) -> list[UUID]:
    return texts.topic_ids_like(text, limit)


def places(text: str, limit: int) -> list[UUID]:
    wanted = fold(text)
    found = [
        place.id
        for place in editions.places()
        if any(wanted in fold(name) for name in place.names.values())
    ]
    return found[:limit] if wanted else []
