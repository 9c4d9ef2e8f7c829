"""Where an author finds a video again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import database, ids
from redleaf.media.videos.running import failure_words

if TYPE_CHECKING:
    from redleaf.accounts.models import Account


def failed_videos(account: "Account", asset_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return those of these own videos that failed and have not been tried again since, by id.

    Each has the `title` of the note or the draft it stands in, "" without one, `words` with the
    file's name, `reason` saying what went wrong, and `video_path`, the page that offers another
    try: the note, the draft, or the composer for one that stands nowhere.
    """
    wanted = list(asset_ids)
    if not wanted:
        return {}
    found = database.rows(
        "SELECT m.id, m.name, m.failure, n.id AS note_id, d.id AS draft_id,"
        " coalesce(n.title, d.content->>'title', '') AS title"
        " FROM unnest(%s::uuid[], %s::text[]) AS x(id, ref) JOIN media_asset m ON m.id = x.id"
        " LEFT JOIN LATERAL (SELECT id, title FROM notes_note WHERE video_id = m.id"
        "  AND author_id = m.owner_id AND state <> 'withdrawn' LIMIT 1) n ON true"
        " LEFT JOIN LATERAL (SELECT id, content FROM notes_draft WHERE author_id = m.owner_id"
        "  AND content->>'video' = x.ref ORDER BY updated_at DESC LIMIT 1) d ON n.id IS NULL"
        " WHERE m.owner_id = %s AND m.state = 'failed' AND m.released_at IS NULL",
        (wanted, [ids.encode(asset_id) for asset_id in wanted], account.id),
    )
    return {row["id"]: _described(row) for row in found}


def _described(row: dict[str, Any]) -> dict[str, Any]:
    if row["note_id"]:
        path = f"/note/{ids.encode(row['note_id'])}/"
    elif row["draft_id"]:
        path = f"/publish/{ids.encode(row['draft_id'])}/"
    else:
        path = "/publish/?kind=video"
    return {
        "title": row["title"].strip(),
        "words": row["name"],
        "reason": failure_words(row["failure"]),
        "video_path": path,
    }
