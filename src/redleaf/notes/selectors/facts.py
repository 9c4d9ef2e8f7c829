"""Notes as plain facts, for readers that are programs; and what everybody may visit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors.policy import READABLE

_FACTS = f"""
SELECT n.id, n.kind, n.state, n.title, n.body, n.language, n.audience, n.reply_policy, n.number,
  n.published_at, n.edited_at, n.place_detail,
  a.handle, a.display_name AS name, a.avatar,
  c.slug AS channel, p.slug AS place, p.names AS place_names,
  coalesce(t.like_count, 0) AS likes, coalesce(t.save_count, 0) AS saves,
  coalesce(t.helpful_count, 0) AS helpful, coalesce(t.comment_count, 0) AS comments,
  coalesce(t.share_count, 0) AS shares,
  CASE WHEN v.id IS NULL THEN NULL ELSE json_build_object('id', v.id, 'state', v.state,
    'manifest', v.manifest, 'width', v.width, 'height', v.height, 'colour', v.colour,
    'duration', v.duration, 'captions', v.captions) END AS video,
  (SELECT json_agg(json_build_object('id', m.id, 'manifest', m.manifest, 'width', m.width,
     'height', m.height, 'colour', m.colour, 'alt', x.alt) ORDER BY x.position)
   FROM notes_note_picture x JOIN media_asset m ON m.id = x.asset_id WHERE x.note_id = n.id)
   AS pictures,
  (SELECT json_agg(json_build_object('key', o.key, 'name', o.name) ORDER BY o.key)
   FROM notes_note_topic y JOIN notes_topic o ON o.id = y.topic_id WHERE y.note_id = n.id)
   AS topics
FROM notes_note n
JOIN accounts_account a ON a.id = n.author_id
LEFT JOIN notes_note_tally t ON t.note_id = n.id
LEFT JOIN editions_channel c ON c.id = n.channel_id
LEFT JOIN editions_place p ON p.id = n.place_id
LEFT JOIN media_asset v ON v.id = n.video_id
WHERE n.id = ANY(%(ids)s) AND n.state = 'published' AND {READABLE}
"""


def facts_of(viewer: Viewer, note_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return the published ones of these notes that the viewer may read, in the given order."""
    if not note_ids:
        return []
    found = database.rows(_FACTS, {"ids": list(note_ids), "viewer": viewer_id(viewer)})
    by_id = {row["id"]: row for row in found}
    return [by_id[note_id] for note_id in note_ids if note_id in by_id]


def count_listed() -> int:
    """Return how many notes everybody may see."""
    found = database.values("SELECT count(*) FROM notes_note_tally WHERE listed")
    return int(found[0][0])


def listed_since(offset: int, limit: int) -> list[dict[str, Any]]:
    """Return id and `changed_at` of notes that everybody may see, by id."""
    return database.rows(
        "SELECT n.id, coalesce(n.edited_at, n.published_at) AS changed_at FROM notes_note n"
        " JOIN (SELECT note_id FROM notes_note_tally WHERE listed"
        "  ORDER BY note_id OFFSET %s LIMIT %s) t ON t.note_id = n.id"
        " WHERE n.state = 'published' AND n.audience = 'public' ORDER BY n.id",
        (offset, limit),
    )


def count_listed_authors() -> int:
    """Return how many open members have a note that everybody may see."""
    found = database.values("SELECT count(DISTINCT author_id) FROM notes_note_tally WHERE listed")
    return int(found[0][0])


def listed_authors(offset: int, limit: int) -> list[dict[str, Any]]:
    """Return the handle of members who have a note that everybody may see, and the moment of the
    last one."""
    return database.rows(
        "SELECT a.handle, t.changed_at FROM accounts_account a JOIN ("
        "  SELECT author_id, max(published_at) AS changed_at FROM notes_note_tally WHERE listed"
        "  GROUP BY author_id ORDER BY author_id OFFSET %s LIMIT %s) t ON t.author_id = a.id"
        " WHERE a.is_active AND a.deleted_at IS NULL ORDER BY a.id",
        (offset, limit),
    )


def listed_topics(limit: int) -> list[str]:
    """Return the keys of topics that a note for everybody names, the most used first."""
    found = database.values(
        "SELECT key FROM notes_topic WHERE canonical_id IS NULL AND note_count > 0"
        " ORDER BY note_count DESC, key LIMIT %s",
        (limit,),
    )
    return [row[0] for row in found]


def listed_places() -> list[str]:
    """Return the slugs of places that a note for everybody is about."""
    found = database.values(
        "SELECT p.slug FROM editions_place p WHERE EXISTS (SELECT 1 FROM notes_note n"
        " JOIN notes_note_tally t ON t.note_id = n.id WHERE n.place_id = p.id AND t.listed"
        " AND n.state = 'published') ORDER BY p.slug"
    )
    return [row[0] for row in found]
