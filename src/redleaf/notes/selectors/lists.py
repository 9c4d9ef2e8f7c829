"""Lists of notes by author, topic, place, board and mark: each a page of cards by cursor."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.graph.selectors import STANDING, Viewer, quieted_accounts, viewer_id
from redleaf.notes.selectors.cards import CardRow
from redleaf.notes.selectors.filters import shown_sql
from redleaf.notes.selectors.policy import READABLE

PAGE = 24
_ORDERS: dict[str, tuple[str, type]] = {
    "rank": ("rank", float),
    "published_at": ("published_at", datetime),
}


def notes_by(viewer: Viewer, author_id: UUID, *, after: str = "") -> Page[CardRow]:
    """Return an author's notes that the viewer may read, newest first."""
    return _newest(viewer, "n.author_id = %(author)s", {"author": author_id}, after)


def notes_on_topic(viewer: Viewer, topic_ids: Sequence[UUID], *, after: str = "") -> Page[CardRow]:
    """Return the notes that name one of these topics (a topic and those joined with it)."""
    condition = (
        "EXISTS (SELECT 1 FROM notes_note_topic x WHERE x.note_id = n.id"
        " AND x.topic_id = ANY(%(topics)s))"
    )
    return _newest(viewer, condition, {"topics": list(topic_ids)}, after)


def notes_at(viewer: Viewer, place_ids: Sequence[UUID], *, after: str = "") -> Page[CardRow]:
    """Return the notes about one of these places (a place and those within it)."""
    return _newest(viewer, "n.place_id = ANY(%(places)s)", {"places": list(place_ids)}, after)


def notes_marked(viewer: Viewer, *, kind: str, after: str = "") -> Page[CardRow]:
    """Return what the viewer marked (saved, liked), the latest mark first."""
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    shown, hiding = shown_sql(viewer)
    parameters: dict[str, Any] = {
        **hiding,
        "viewer": viewer_id(viewer),
        "kind": kind,
        "limit": PAGE + 1,
        "at": cursor[0] if cursor else None,
        "id": cursor[1] if cursor else None,
    }
    later = "AND (m.created_at, m.note_id) < (%(at)s, %(id)s)" if cursor else ""
    found = database.rows(
        "SELECT n.id, t.card, t.like_count, m.created_at AS at FROM notes_mark m"
        " JOIN notes_note n ON n.id = m.note_id JOIN notes_note_tally t ON t.note_id = n.id"
        f" WHERE m.account_id = %(viewer)s AND m.kind = %(kind)s {later} AND {READABLE}{shown}"
        " ORDER BY m.created_at DESC, m.note_id DESC LIMIT %(limit)s",
        parameters,
    )
    return _page(found)


def _newest(viewer: Viewer, condition: str, values: dict[str, Any], after: str) -> Page[CardRow]:
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    shown, hiding = shown_sql(viewer)
    parameters = {
        **values,
        **hiding,
        "viewer": viewer_id(viewer),
        "limit": PAGE + 1,
        "at": cursor[0] if cursor else None,
        "id": cursor[1] if cursor else None,
    }
    later = "AND (n.published_at, n.id) < (%(at)s, %(id)s)" if cursor else ""
    found = database.rows(
        "SELECT n.id, t.card, t.like_count, n.published_at AS at FROM notes_note n"
        " JOIN notes_note_tally t ON t.note_id = n.id"
        f" WHERE {condition} AND n.published_at IS NOT NULL {later} AND {READABLE}{shown}"
        " ORDER BY n.published_at DESC, n.id DESC LIMIT %(limit)s",
        parameters,
    )
    return _page(found)


def _page(found: list[dict[str, Any]]) -> Page[CardRow]:
    shown = found[:PAGE]
    following = encode_cursor(shown[-1]["at"], shown[-1]["id"]) if len(found) > PAGE else None
    return Page([CardRow(row["id"], row["card"], row["like_count"]) for row in shown], following)


def listed_notes(
    viewer: Viewer,
    *,
    channel_id: UUID | None = None,
    place_ids: Sequence[UUID] | None = None,
    by: str = "rank",
    after: str = "",
    unwanted: Collection[UUID] = (),
) -> Page[CardRow]:
    """Return the notes that everybody may see, by "rank" or by "published_at", without `unwanted`,
    what the viewer hides, and the authors whom the viewer blocked or muted or who blocked the
    viewer; of one channel, about these places.

    Nothing else about the viewer counts. The list is stable under paging: a note that rises past
    the cursor is not shown twice.
    """
    column, kind = _ORDERS[by]
    cursor = decode_cursor(after, (kind, UUID)) if after else None
    conditions = "t.listed"
    if channel_id is not None:
        conditions += " AND t.channel_id = %(channel)s"
    if place_ids is not None:
        conditions += (
            " AND EXISTS (SELECT 1 FROM notes_note n WHERE n.id = t.note_id"
            " AND n.place_id = ANY(%(places)s))"
        )
    without = list(quieted_accounts(viewer))
    if without:
        conditions += " AND t.author_id <> ALL(%(without)s)"
    if unwanted:
        conditions += " AND t.note_id <> ALL(%(unwanted)s)"
    shown, hiding = shown_sql(viewer)
    if shown:
        conditions += f" AND EXISTS (SELECT 1 FROM notes_note n WHERE n.id = t.note_id{shown})"
    if cursor:
        conditions += f" AND (t.{column}, t.note_id) < (%(at)s, %(id)s)"
    found = database.rows(
        f"SELECT t.note_id AS id, t.card, t.like_count, t.{column} AS at FROM notes_note_tally t"
        f" WHERE {conditions} ORDER BY t.{column} DESC, t.note_id DESC LIMIT %(limit)s",
        {
            **hiding,
            "viewer": viewer_id(viewer),
            "channel": channel_id,
            "places": list(place_ids or ()),
            "without": without,
            "unwanted": list(unwanted),
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
            "limit": PAGE + 1,
        },
    )
    return _page(found)


def notes_by_followed(viewer: Viewer, *, after: str = "") -> Page[CardRow]:
    """Return every note of those whom the viewer follows that the viewer may read, newest first.

    Complete and strictly by time; muted authors stay out for as long as the mute lasts.
    """
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = "AND (n.published_at, n.id) < (%(at)s, %(id)s)" if cursor else ""
    shown, hiding = shown_sql(viewer)
    found = database.rows(
        "SELECT n.id, t.card, t.like_count, n.at FROM graph_follow f"
        " CROSS JOIN LATERAL (SELECT n.id, n.published_at AS at FROM notes_note n"
        f"  WHERE n.author_id = f.followed_id AND n.published_at IS NOT NULL {later}"
        f"  AND {READABLE}{shown} ORDER BY n.published_at DESC, n.id DESC LIMIT %(limit)s) n"
        " JOIN notes_note_tally t ON t.note_id = n.id"
        " WHERE f.follower_id = %(viewer)s AND f.followed_id <> ALL(%(without)s)"
        " ORDER BY n.at DESC, n.id DESC LIMIT %(limit)s",
        {
            **hiding,
            "viewer": viewer_id(viewer),
            "without": list(quieted_accounts(viewer)),
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
            "limit": PAGE + 1,
        },
    )
    return _page(found)


def places_of(note_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return which place each of these notes is about; those about none are left out."""
    found = database.values(
        "SELECT id, place_id FROM notes_note WHERE id = ANY(%s) AND place_id IS NOT NULL",
        (list(note_ids),),
    )
    return dict(found)


def numbers_of(author_id: UUID) -> dict[str, int]:
    """Return how many followers an author has and follows, and how often others liked, saved and
    found helpful what the author published."""
    found = database.row(
        f"SELECT {STANDING}, coalesce(sum(like_count), 0)::bigint AS likes,"
        " coalesce(sum(save_count), 0)::bigint AS saves,"
        " coalesce(sum(helpful_count), 0)::bigint AS helpful, count(*) AS notes"
        " FROM notes_note_tally WHERE author_id = %(account)s AND listed",
        {"account": author_id},
    )
    return {key: value or 0 for key, value in (found or {}).items()}
