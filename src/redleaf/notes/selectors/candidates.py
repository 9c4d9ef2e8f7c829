"""What ranking has to know about notes that everybody may see, in one query for a whole list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.notes.selectors.cards import CardRow


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A listed note's public facts; nothing of any reader."""

    id: UUID
    author_id: UUID
    channel: str
    place: str
    language: str
    topics: tuple[str, ...]
    published_at: datetime
    likes: int
    comments: int
    saves: int
    shares: int
    helpful: int
    letters: int
    pictures: int
    followers: int
    rank: float


_FACTS = """
SELECT t.note_id, t.author_id, coalesce(c.slug, ''), coalesce(p.slug, ''), n.language,
  coalesce((SELECT array_agg(o.key ORDER BY o.key) FROM notes_note_topic y
    JOIN notes_topic o ON o.id = y.topic_id WHERE y.note_id = t.note_id), '{}'),
  t.published_at, t.like_count, t.comment_count, t.save_count, t.share_count, t.helpful_count,
  length(n.body), (SELECT count(*) FROM notes_note_picture x WHERE x.note_id = t.note_id),
  coalesce(s.follower_count, 0), t.rank
FROM notes_note_tally t
JOIN notes_note n ON n.id = t.note_id
LEFT JOIN editions_channel c ON c.id = t.channel_id
LEFT JOIN editions_place p ON p.id = n.place_id
LEFT JOIN graph_standing s ON s.account_id = t.author_id
"""


def top_candidates(limit: int, *, channel_id: UUID | None = None) -> list[NoteFacts]:
    """Return the listed notes of the highest rank, the highest first."""
    return _facts(*_ordered("rank", limit, channel_id))


def newest_candidates(limit: int, *, channel_id: UUID | None = None) -> list[NoteFacts]:
    """Return the newest listed notes, the newest first."""
    return _facts(*_ordered("published_at", limit, channel_id))


def candidates_among(ids: Iterable[UUID]) -> list[NoteFacts]:
    """Return those of these notes that everybody may see."""
    wanted = list(ids)
    if not wanted:
        return []
    return _facts("WHERE t.listed AND t.note_id = ANY(%(ids)s)", {"ids": wanted})


def newest_by(author_ids: Sequence[UUID], *, each: int, limit: int) -> list[UUID]:
    """Return the newest listed notes of these authors, at most `each` of one, newest first."""
    found = database.values(
        "SELECT n.note_id FROM unnest(%(authors)s::uuid[]) AS a(id) CROSS JOIN LATERAL ("
        " SELECT t.note_id, t.published_at FROM notes_note n"
        " JOIN notes_note_tally t ON t.note_id = n.id AND t.listed"
        " WHERE n.author_id = a.id ORDER BY n.published_at DESC, n.id DESC LIMIT %(each)s) n"
        " ORDER BY n.published_at DESC, n.note_id DESC LIMIT %(limit)s",
        {"authors": list(author_ids), "each": each, "limit": limit},
    )
    return [row[0] for row in found]


def newest_on(topic_keys: Sequence[str], *, limit: int) -> list[UUID]:
    """Return the newest listed notes that name these topics, newest first."""
    if not topic_keys:
        return []
    found = database.values(
        "SELECT n.note_id FROM unnest(%(keys)s::text[]) AS k(key)"
        " JOIN notes_topic o ON o.key = k.key CROSS JOIN LATERAL ("
        " SELECT y.note_id FROM notes_note_topic y"
        " JOIN notes_note_tally t ON t.note_id = y.note_id AND t.listed"
        " WHERE y.topic_id = o.id ORDER BY y.note_id DESC LIMIT %(each)s) n"
        " ORDER BY n.note_id DESC LIMIT %(limit)s",
        {"keys": list(topic_keys), "each": max(4, limit // 4), "limit": limit},
    )
    return list(dict.fromkeys(row[0] for row in found))


def newest_at(place_ids: Sequence[UUID], *, limit: int) -> list[UUID]:
    """Return the newest listed notes about these places, newest first."""
    found = database.values(
        "SELECT n.id FROM notes_note n JOIN notes_note_tally t ON t.note_id = n.id AND t.listed"
        " WHERE n.place_id = ANY(%(places)s) AND n.state = 'published'"
        " ORDER BY n.published_at DESC, n.id DESC LIMIT %(limit)s",
        {"places": list(place_ids), "limit": limit},
    )
    return [row[0] for row in found]


def listed_rows(ids: Sequence[UUID]) -> list[tuple[CardRow, UUID]]:
    """Return a card row and the author of those of these notes that everybody may see now, in the
    given order."""
    found = {
        row[0]: (CardRow(*row[:3]), row[3])
        for row in database.values(
            "SELECT note_id, card, like_count, author_id FROM notes_note_tally"
            " WHERE note_id = ANY(%s) AND listed",
            (list(ids),),
        )
    }
    return [found[item] for item in ids if item in found]


def _ordered(column: str, limit: int, channel_id: UUID | None) -> tuple[str, dict[str, Any]]:
    channel = "" if channel_id is None else " AND t.channel_id = %(channel)s"
    return (
        f"WHERE t.listed{channel} ORDER BY t.{column} DESC, t.note_id DESC LIMIT %(limit)s",
        {"limit": limit, "channel": channel_id},
    )


def _facts(condition: str, values: dict[str, Any]) -> list[NoteFacts]:
    return [_fact(row) for row in database.values(_FACTS + condition, values)]


def _fact(row: tuple[Any, ...]) -> NoteFacts:
    values: list[Any] = [*row]
    values[5] = tuple(row[5])
    return NoteFacts(*values)
