"""What others index of notes and topics, and reads by words and by benefit, for discovery."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.core.fold import fold
from redleaf.graph.selectors import Viewer, followed_ids, quieted_accounts, viewer_id
from redleaf.notes.selectors.filters import shown_sql
from redleaf.notes.selectors.policy import READABLE

BODY_LENGTH = 20_000  # characters of a long note that are handed out
BENEFIT_OF_NOTES = 1000  # the best-ranked notes among whose authors suggestions are looked for

_LISTED = f"""
SELECT n.id, n.title, left(n.body, {BODY_LENGTH}) AS body, n.language, n.published_at, n.author_id,
  n.place_detail, a.display_name, a.handle, c.slug AS channel, p.names AS place_names, n.place_id,
  t.helpful_count > 0 AS is_helpful,
  n.video_id IS NOT NULL AS has_video,
  EXISTS (SELECT 1 FROM notes_note_picture x WHERE x.note_id = n.id) AS has_pictures,
  (SELECT string_agg(concat_ws(' ', o.name, m.name,
     (SELECT string_agg(value, ' ') FROM jsonb_each_text(coalesce(m.names, o.names))),
     (SELECT string_agg(l.key, ' ') FROM notes_topic_alias l
      WHERE l.topic_id = coalesce(m.id, o.id))), ' ')
   FROM notes_note_topic y JOIN notes_topic o ON o.id = y.topic_id
   LEFT JOIN notes_topic m ON m.id = o.canonical_id WHERE y.note_id = n.id) AS topics
FROM notes_note_tally t
JOIN notes_note n ON n.id = t.note_id
JOIN accounts_account a ON a.id = n.author_id
LEFT JOIN editions_channel c ON c.id = n.channel_id
LEFT JOIN editions_place p ON p.id = n.place_id
WHERE t.listed AND n.state = 'published' AND n.audience = 'public'
"""


def listed_texts(note_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return the words and facts of those of these notes that everybody may see."""
    return database.rows(f"{_LISTED} AND n.id = ANY(%s)", (list(note_ids),))


def listed_texts_after(note_id: UUID, limit: int = 1000) -> list[dict[str, Any]]:
    """Return the same for the next notes by id, to walk through all of them."""
    return database.rows(f"{_LISTED} AND n.id > %s ORDER BY n.id LIMIT %s", (note_id, limit))


def listed_ids() -> set[UUID]:
    """Return the ids of all notes that everybody may see."""
    return {row[0] for row in database.values("SELECT note_id FROM notes_note_tally WHERE listed")}


def note_ids_by(author_id: UUID) -> list[UUID]:
    """Return the ids of an author's notes that were ever published."""
    found = database.values(
        "SELECT note_id FROM notes_note_tally WHERE author_id = %s", (author_id,)
    )
    return [row[0] for row in found]


def topic_ids_of(note_id: UUID) -> list[UUID]:
    """Return the topics of a note, the canonical one of a joined one."""
    found = database.values(
        "SELECT DISTINCT coalesce(o.canonical_id, o.id) FROM notes_note_topic y"
        " JOIN notes_topic o ON o.id = y.topic_id WHERE y.note_id = %s",
        (note_id,),
    )
    return [row[0] for row in found]


def topics_with(topic_id: UUID) -> list[UUID]:
    """Return a topic, the one it is joined to, and those that are joined to it."""
    found = database.values(
        "SELECT id FROM notes_topic WHERE id = %(id)s OR canonical_id = %(id)s"
        " OR id = (SELECT canonical_id FROM notes_topic WHERE id = %(id)s)",
        {"id": topic_id},
    )
    return [row[0] for row in found]


def note_ids_on(topic_id: UUID) -> list[UUID]:
    """Return the ids of the notes that name a topic or one that belongs together with it."""
    found = database.values(
        "SELECT DISTINCT note_id FROM notes_note_topic WHERE topic_id = ANY(%s)",
        (topics_with(topic_id),),
    )
    return [row[0] for row in found]


def topic_texts(topic_ids: Sequence[UUID] | None = None) -> list[dict[str, Any]]:
    """Return id, key, name, names, note_count and `also` (every other spelling) of topics, all of
    them for None; those that were joined to another are part of that one."""
    condition = "" if topic_ids is None else " AND o.id = ANY(%(ids)s)"
    return database.rows(
        "SELECT o.id, o.key, o.name, o.names, o.note_count, concat_ws(' ',"
        " (SELECT string_agg(l.key, ' ') FROM notes_topic_alias l WHERE l.topic_id = o.id),"
        " (SELECT string_agg(j.name, ' ') FROM notes_topic j WHERE j.canonical_id = o.id)) AS also"
        f" FROM notes_topic o WHERE o.canonical_id IS NULL{condition}",
        {"ids": None if topic_ids is None else list(topic_ids)},
    )


def topics_by_id(topic_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return id, key, name, names and note_count of those of these topics that notes name."""
    return database.rows(
        "SELECT id, key, name, names, note_count FROM notes_topic"
        " WHERE id = ANY(%s) AND note_count > 0 ORDER BY note_count DESC, key",
        (list(topic_ids),),
    )


def topic_ids_like(text: str, limit: int) -> list[UUID]:
    """Return the topics whose folded name begins so, for when there is no search index."""
    key = fold(text.lstrip("#＃").strip())[:60]
    found = database.values(
        "SELECT coalesce(canonical_id, id) FROM notes_topic WHERE starts_with(key, %s)"
        " AND %s <> '' ORDER BY note_count DESC LIMIT %s",
        (key, key, limit),
    )
    return [row[0] for row in found]


def titles_of(
    viewer: Viewer, note_ids: Sequence[UUID], *, unfiltered: bool = False
) -> list[dict[str, Any]]:
    """Return id, title and language of those of these notes that the viewer may read, in order;
    without what the viewer hides, unless that is asked for."""
    shown, hiding = ("", dict[str, Any]()) if unfiltered else shown_sql(viewer)
    found = database.rows(
        "SELECT n.id, n.title, n.language FROM notes_note n"
        f" WHERE n.id = ANY(%(ids)s) AND {READABLE}{shown}",
        {"ids": list(note_ids), "viewer": viewer_id(viewer), **hiding},
    )
    order = {note_id: place for place, note_id in enumerate(note_ids)}
    return sorted(found, key=lambda row: order[row["id"]])


def most_saved_first(note_ids: Sequence[UUID]) -> list[UUID]:
    """Return these notes by how often they were saved; among equals the given order stays."""
    found = database.values(
        "SELECT asked.id FROM unnest(%s::uuid[]) WITH ORDINALITY AS asked(id, place)"
        " JOIN notes_note_tally t ON t.note_id = asked.id"
        " ORDER BY t.save_count DESC, asked.place",
        (list(note_ids),),
    )
    return [row[0] for row in found]


def listed_by_title(text: str, *, offset: int, limit: int) -> list[UUID]:
    """Return the newest listed notes whose title holds the text or that name the topic so spelt.

    Reads every title: only for when there is no search index.
    """
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = database.values(
        "SELECT n.id FROM notes_note_tally t JOIN notes_note n ON n.id = t.note_id"
        " WHERE t.listed AND (n.title ILIKE %(like)s OR EXISTS (SELECT 1 FROM notes_note_topic y"
        "  JOIN notes_topic o ON o.id = y.topic_id WHERE y.note_id = n.id AND o.key = %(key)s))"
        " ORDER BY n.published_at DESC, n.id DESC OFFSET %(offset)s LIMIT %(limit)s",
        {"like": f"%{escaped}%", "key": text.casefold(), "offset": offset, "limit": limit},
    )
    return [row[0] for row in found]


def authors_of_benefit(
    viewer: Viewer, *, language: str, channel_slugs: Sequence[str], limit: int
) -> list[dict[str, Any]]:
    """Return people whose public notes benefited others, for somebody who follows too few.

    Among the authors of the 1,000 notes that Explore ranks highest: first those who write in this
    language, then those who write in these channels, then by saves and helpful marks together.
    Nobody whom the viewer follows, blocked, muted or is blocked by; and not the viewer.
    """
    own = viewer_id(viewer)
    without = [*quieted_accounts(viewer), *followed_ids(viewer), *([own] if own else [])]
    return database.rows(
        "WITH best AS (SELECT note_id, author_id, channel_id, save_count + helpful_count AS benefit"
        "  FROM notes_note_tally WHERE listed ORDER BY rank DESC, note_id DESC LIMIT %(notes)s),"
        " people AS (SELECT b.author_id, sum(b.benefit) AS benefit, count(*) AS notes,"
        "   max((n.language = %(language)s)::int) AS speaks,"
        "   max((c.slug = ANY(%(channels)s))::int) AS shares"
        "  FROM best b JOIN notes_note n ON n.id = b.note_id"
        "  LEFT JOIN editions_channel c ON c.id = b.channel_id"
        "  WHERE b.author_id <> ALL(%(without)s) GROUP BY b.author_id)"
        " SELECT a.id, a.handle, a.display_name AS name, a.avatar, a.bio, p.benefit, p.notes"
        " FROM people p JOIN accounts_account a ON a.id = p.author_id"
        " WHERE a.is_active AND a.deleted_at IS NULL"
        " ORDER BY p.speaks DESC, coalesce(p.shares, 0) DESC, p.benefit DESC, p.notes DESC, a.id"
        " LIMIT %(limit)s",
        {
            "notes": BENEFIT_OF_NOTES,
            "language": language,
            "channels": list(channel_slugs),
            "without": without,
            "limit": limit,
        },
    )
