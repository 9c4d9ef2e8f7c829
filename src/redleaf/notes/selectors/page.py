"""Everything a note's page needs of the note, in one query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cachetools import LRUCache

from redleaf.core import database, ids
from redleaf.core.errors import NotFound
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.media.selectors import picture_sources
from redleaf.notes import rendering
from redleaf.notes.selectors.policy import READABLE

BODIES_HELD = 1200
_bodies: LRUCache[tuple[UUID, int], rendering.Rendered] = LRUCache(maxsize=BODIES_HELD)

_PAGE = f"""
SELECT n.id, n.kind, n.state, n.title, n.body, n.language, n.audience, n.reply_policy, n.number,
  n.slow_mode_seconds, n.cover_design, n.published_at, n.scheduled_at, n.edited_at, n.place_detail,
  n.author_id, a.handle, a.display_name, a.avatar, a.bio,
  c.slug AS channel_slug, c.names AS channel_names, p.slug AS place_slug, p.names AS place_names,
  coalesce(t.like_count, 0) AS like_count, coalesce(t.helpful_count, 0) AS helpful_count,
  coalesce(t.save_count, 0) AS save_count, coalesce(t.share_count, 0) AS share_count,
  coalesce(t.comment_count, 0) AS comment_count,
  v.id AS video_id, v.state AS video_state, v.manifest AS video_manifest, v.width AS video_width,
  v.height AS video_height, v.colour AS video_colour, v.duration AS video_duration,
  v.failure AS video_failure, v.progress AS video_progress, v.captions AS video_captions,
  (SELECT json_agg(json_build_object('id', m.id, 'manifest', m.manifest, 'width', m.width,
     'height', m.height, 'colour', m.colour, 'alt', x.alt) ORDER BY x.position)
   FROM notes_note_picture x JOIN media_asset m ON m.id = x.asset_id WHERE x.note_id = n.id)
   AS pictures,
  (SELECT json_agg(json_build_object('key', o.key, 'name', o.name, 'names', o.names)
     ORDER BY o.key)
   FROM notes_note_topic y JOIN notes_topic o ON o.id = y.topic_id WHERE y.note_id = n.id)
   AS topics,
  CASE WHEN %(viewer)s::uuid IS NULL THEN NULL ELSE
   (SELECT json_agg(k.kind) FROM notes_mark k
    WHERE k.account_id = %(viewer)s::uuid AND k.note_id = n.id) END AS marks,
  CASE WHEN %(viewer)s::uuid IS NULL THEN false ELSE
   EXISTS (SELECT 1 FROM graph_follow f WHERE f.follower_id = %(viewer)s::uuid
    AND f.followed_id = n.author_id) END AS follows
FROM notes_note n
JOIN accounts_account a ON a.id = n.author_id
LEFT JOIN notes_note_tally t ON t.note_id = n.id
LEFT JOIN editions_channel c ON c.id = n.channel_id
LEFT JOIN editions_place p ON p.id = n.place_id
LEFT JOIN media_asset v ON v.id = n.video_id
WHERE n.id = %(note)s AND {READABLE}
"""


@dataclass(slots=True)
class NotePage:
    """A note as its page shows it to one viewer."""

    id: UUID
    ref: str
    kind: str
    state: str
    title: str
    language: str
    audience: str
    reply_policy: str
    slow_mode_seconds: int
    cover_design: str
    number: int
    published_at: datetime | None
    scheduled_at: datetime | None
    edited_at: datetime | None
    author: dict[str, Any]
    author_id: UUID
    channel: tuple[str, dict[str, str]] | None
    place: tuple[str, dict[str, str]] | None
    place_detail: str
    counts: dict[str, int]
    marks: set[str]
    follows: bool
    is_own: bool
    pictures: list[dict[str, Any]]
    video: dict[str, Any] | None
    topics: list[dict[str, Any]]
    body: rendering.Rendered
    excerpt: str
    labels: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/note/{self.ref}/"


def note_page(viewer: Viewer, note_id: UUID) -> NotePage:
    """Return the note as the viewer may see it. Raises NotFound."""
    own = viewer_id(viewer)
    row = database.row(_PAGE, {"viewer": own, "note": note_id})
    if row is None:
        raise NotFound()
    pictures = [_picture(item) for item in row["pictures"] or []]
    return NotePage(
        id=row["id"],
        ref=ids.encode(row["id"]),
        kind=row["kind"],
        state=row["state"],
        title=row["title"],
        language=row["language"],
        audience=row["audience"],
        reply_policy=row["reply_policy"],
        slow_mode_seconds=row["slow_mode_seconds"],
        cover_design=row["cover_design"],
        number=row["number"],
        published_at=row["published_at"],
        scheduled_at=row["scheduled_at"],
        edited_at=row["edited_at"],
        author={
            "id": row["author_id"],
            "name": row["display_name"],
            "handle": row["handle"],
            "path": f"/@{row['handle']}",
            "avatar": row["avatar"],
            "bio": row["bio"],
        },
        author_id=row["author_id"],
        channel=(row["channel_slug"], row["channel_names"]) if row["channel_slug"] else None,
        place=(row["place_slug"], row["place_names"]) if row["place_slug"] else None,
        place_detail=row["place_detail"],
        counts={
            kind: row[f"{kind}_count"] for kind in ("like", "helpful", "save", "share", "comment")
        },
        marks=set(row["marks"] or ()),
        follows=row["follows"],
        is_own=own == row["author_id"],
        pictures=pictures,
        video=_video(row),
        topics=row["topics"] or [],
        body=_body(row, len(pictures)),
        excerpt=rendering.excerpt(row["body"], limit=160),
    )


def _body(row: dict[str, Any], pictures: int) -> rendering.Rendered:
    """Return the body as HTML, drawn once for each published version."""
    if row["state"] != "published":
        return rendering.body_of(row["kind"], row["body"], pictures)
    key = (row["id"], row["number"])
    found = _bodies.get(key)
    if found is None:
        found = _bodies[key] = rendering.body_of(row["kind"], row["body"], pictures)
    return found


def _picture(item: dict[str, Any]) -> dict[str, Any]:
    sources = picture_sources(item)
    sources["alt"] = item["alt"]
    return sources


def _video(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["video_id"] is None:
        return None
    return {
        "id": row["video_id"],
        "ref": ids.encode(row["video_id"]),
        "state": row["video_state"],
        "manifest": row["video_manifest"],
        "width": row["video_width"],
        "height": row["video_height"],
        "colour": row["video_colour"],
        "duration": row["video_duration"],
        "failure": row["video_failure"],
        "progress": row["video_progress"],
        "captions": row["video_captions"],
    }
