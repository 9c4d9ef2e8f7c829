"""Reads of comments: the talk under a note, one comment, and who may see and write them.

The talk costs two queries, one for a page of threads and one for the first replies of all of them;
with nothing to show it costs none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from redleaf.core import clock, database, ids
from redleaf.core.errors import NotFound
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.models import ReplyPolicy
from redleaf.notes.selectors.policy import READABLE

THREADS = 12
REPLIES_FIRST = 2
REPLIES = 10
SORTS = ("best", "newest")

_OPEN = "a.is_active AND a.deleted_at IS NULL"
_UNBLOCKED = (
    "NOT EXISTS (SELECT 1 FROM graph_block k WHERE"
    " (k.blocker_id = %(viewer)s::uuid AND k.blocked_id = c.author_id)"
    " OR (k.blocked_id = %(viewer)s::uuid AND k.blocker_id = c.author_id))"
)
# Whether the words of comment c, by account a, on the readable note n are the viewer's to see.
VISIBLE = (
    "(c.state = 'shown' OR (c.state = 'hidden' AND (c.author_id = %(viewer)s::uuid"
    f" OR n.author_id = %(viewer)s::uuid))) AND {_OPEN} AND {_UNBLOCKED}"
)
_PICTURES = (
    "(SELECT json_agg(json_build_object('id', m.id, 'manifest', m.manifest, 'width', m.width,"
    " 'height', m.height, 'colour', m.colour, 'alt', x.alt) ORDER BY x.position)"
    " FROM notes_comment_picture x JOIN media_asset m ON m.id = x.asset_id"
    " WHERE x.comment_id = c.id) AS pictures"
)
_COLUMNS = (
    "c.id, c.note_id, c.thread_id, c.parent_id, c.body, c.state, c.hidden_reason, c.pinned_at,"
    " c.like_count, c.reply_count, c.created_at, c.edited_at, c.author_id, a.handle,"
    f" a.display_name, a.avatar, {_OPEN} AS is_open, {_PICTURES}"
)
_OWN_COLUMNS = (
    ", EXISTS (SELECT 1 FROM notes_comment_like l WHERE l.account_id = %(viewer)s::uuid"
    " AND l.comment_id = c.id) AS liked,"
    " EXISTS (SELECT 1 FROM graph_mute q WHERE q.muter_id = %(viewer)s::uuid"
    " AND q.muted_id = c.author_id AND (q.until IS NULL OR q.until > %(now)s)) AS muted"
)
_NOBODYS_COLUMNS = ", false AS liked, false AS muted"
_ANSWERED = (
    " LEFT JOIN notes_comment p ON p.id = c.parent_id AND p.id <> c.thread_id AND p.state = 'shown'"
    " LEFT JOIN accounts_account pa ON pa.id = p.author_id AND pa.is_active"
    " AND pa.deleted_at IS NULL"
)
_ANSWERED_UNBLOCKED = (
    " AND NOT EXISTS (SELECT 1 FROM graph_block pk WHERE"
    " (pk.blocker_id = %(viewer)s::uuid AND pk.blocked_id = pa.id)"
    " OR (pk.blocked_id = %(viewer)s::uuid AND pk.blocker_id = pa.id))"
)


@dataclass(slots=True)
class Thread:
    """A top comment and some of its replies; `left` more follow after the cursor."""

    top: dict[str, Any]
    replies: list[dict[str, Any]] = field(default_factory=list)
    left: int = 0
    next_cursor: str | None = None
    has_earlier: bool = False


@dataclass(frozen=True)
class Permission:
    """Whether the viewer may comment: `refusal` is "" or why not ("sign_in", "followers",
    "mentioned", "nobody")."""

    refusal: str = ""

    @property
    def allowed(self) -> bool:
        return not self.refusal


def comments_visible(viewer: Viewer, ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these comments the viewer may read: both the comment and its note."""
    found = database.values(
        "SELECT c.id FROM notes_comment c JOIN notes_note n ON n.id = c.note_id"
        " JOIN accounts_account a ON a.id = c.author_id"
        f" WHERE c.id = ANY(%(ids)s) AND {VISIBLE} AND {READABLE}",
        {"ids": list(ids), "viewer": viewer_id(viewer)},
    )
    return {row[0] for row in found}


def comment_row(viewer: Viewer, comment_id: UUID) -> dict[str, Any]:
    """Return one comment as the page draws it, with `note_author_id`. Raises NotFound."""
    found = database.row(
        f"SELECT {_COLUMNS}{_OWN_COLUMNS}, true AS visible, n.author_id AS note_author_id,"
        " pa.handle AS answered_handle, pa.display_name AS answered_name"
        " FROM notes_comment c JOIN notes_note n ON n.id = c.note_id"
        f" JOIN accounts_account a ON a.id = c.author_id{_ANSWERED}{_ANSWERED_UNBLOCKED}"
        f" WHERE c.id = %(comment)s AND {VISIBLE} AND {READABLE}",
        {"comment": comment_id, "viewer": viewer_id(viewer), "now": clock.now()},
    )
    if found is None:
        raise NotFound()
    return found


def permission(viewer: Viewer, note: Any, *, follows: bool | None = None) -> Permission:
    """Return whether the viewer may comment on a note that they may read.

    `note` has id, author_id and reply_policy; `follows` saves a query where it is known.
    """
    own = viewer_id(viewer)
    if own is None:
        return Permission("sign_in" if note.reply_policy != ReplyPolicy.NOBODY else "nobody")
    if own == note.author_id or note.reply_policy == ReplyPolicy.EVERYONE:
        return Permission()
    if note.reply_policy == ReplyPolicy.FOLLOWERS:
        if follows is None:
            follows = bool(
                database.values(
                    "SELECT 1 FROM graph_follow WHERE follower_id = %s AND followed_id = %s",
                    (own, note.author_id),
                )
            )
        return Permission("" if follows else "followers")
    if note.reply_policy == ReplyPolicy.MENTIONED:
        mentioned = database.values(
            "SELECT 1 FROM notes_note_mention WHERE note_id = %s AND account_id = %s",
            (note.id, own),
        )
        return Permission("" if mentioned else "mentioned")
    return Permission("nobody")


def threads(
    viewer: Viewer,
    note_id: UUID,
    *,
    sort: str = "best",
    after: str = "",
    focus: UUID | None = None,
) -> Page[Thread]:
    """Return a page of a note's threads, each with its first replies.

    "best" is by likes, then the newest; "newest" by time. The first page begins with the thread of
    the comment `focus`, if there is one, and with the pinned comment; later pages leave both out.
    The caller has checked that the viewer may read the note.
    """
    wanted = _focused(viewer, note_id, focus) if focus is not None else None
    focused_thread = (wanted["thread_id"] or wanted["id"]) if wanted else None
    tops, following = _tops(viewer, note_id, sort, after, focused_thread)
    found = [Thread(top) for top in tops]
    _add_replies(viewer, found, wanted if not after else None)
    # What is gone stays only as the head of answers.
    shown = [thread for thread in found if has_words(thread.top) or thread.replies or thread.left]
    return Page(shown, following)


def replies(viewer: Viewer, thread_id: UUID, *, after: str = "") -> Thread:
    """Return a thread with the next ten of its replies. Raises NotFound."""
    top = _top(viewer, thread_id)
    thread = Thread(top)
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = "AND (c.created_at, c.id) > (%(at)s, %(id)s)" if cursor else ""
    parameters = {
        "thread": thread_id,
        "at": cursor[0] if cursor else None,
        "id": cursor[1] if cursor else None,
    }
    _fill(thread, _replies(viewer, f"c.thread_id = %(thread)s {later}", parameters), REPLIES)
    thread.has_earlier = bool(after)
    return thread


def has_words(row: Mapping[str, Any]) -> bool:
    """Return whether the comment's words are the viewer's to see; else it is a tombstone."""
    return row["state"] != "withdrawn" and bool(row["is_open"]) and bool(row["visible"])


def _tops(
    viewer: Viewer, note_id: UUID, sort: str, after: str, focused: UUID | None
) -> tuple[list[dict[str, Any]], str | None]:
    """Return the page's top comments and the cursor of the next page."""
    best = sort != "newest"
    cursor = decode_cursor(after, (int if best else datetime, UUID)) if after else None
    column, order = (
        ("c.like_count", "c.like_count DESC, c.id DESC")
        if best
        else ("c.created_at", "c.created_at DESC, c.id DESC")
    )
    conditions = "c.pinned_at IS NULL AND (c.state = 'shown' OR c.reply_count > 0 {own})"
    if focused is not None:
        conditions += " AND c.id <> %(focused)s"
    if cursor:
        conditions += f" AND ({column}, c.id) < (%(at)s, %(id)s)"
    own = viewer_id(viewer)
    conditions = conditions.format(
        own="OR (c.state = 'hidden' AND %(viewer)s::uuid IN (c.author_id, n.author_id))"
        if own is not None
        else ""
    )
    base = _top_query(own)
    parts = [f"({base} AND {conditions} ORDER BY {order} LIMIT %(limit)s)"]
    if not after:
        parts.insert(
            0, f"({base} AND c.pinned_at IS NOT NULL AND c.id IS DISTINCT FROM %(focused)s)"
        )
        if focused is not None:
            parts.insert(0, f"({base} AND c.id = %(focused)s)")
    found = database.rows(
        " UNION ALL ".join(parts),
        {
            "note": note_id,
            "viewer": own,
            "now": clock.now(),
            "focused": focused,
            "limit": THREADS + 1,
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
        },
    )
    heads = [row for row in found if row["pinned_at"] is not None or row["id"] == focused]
    rest = [row for row in found if row["pinned_at"] is None and row["id"] != focused]
    following = None
    if len(rest) > THREADS:
        rest = rest[:THREADS]
        following = encode_cursor(rest[-1]["like_count" if best else "created_at"], rest[-1]["id"])
    return heads + rest, following


def _top_query(own: UUID | None) -> str:
    if own is None:
        return (
            f"SELECT {_COLUMNS}{_NOBODYS_COLUMNS}, c.state = 'shown' AS visible"
            " FROM notes_comment c JOIN accounts_account a ON a.id = c.author_id"
            " WHERE c.note_id = %(note)s AND c.thread_id IS NULL"
        )
    return (
        f"SELECT {_COLUMNS}{_OWN_COLUMNS}, ({VISIBLE}) AS visible"
        " FROM notes_comment c JOIN notes_note n ON n.id = c.note_id"
        " JOIN accounts_account a ON a.id = c.author_id"
        f" WHERE c.note_id = %(note)s AND c.thread_id IS NULL AND {_UNBLOCKED}"
    )


def _top(viewer: Viewer, thread_id: UUID) -> dict[str, Any]:
    own = viewer_id(viewer)
    found = database.row(
        f"SELECT {_COLUMNS}{_OWN_COLUMNS}, ({VISIBLE}) AS visible, n.author_id AS note_author_id"
        " FROM notes_comment c JOIN notes_note n ON n.id = c.note_id"
        " JOIN accounts_account a ON a.id = c.author_id"
        f" WHERE c.id = %(thread)s AND c.thread_id IS NULL AND {_UNBLOCKED} AND {READABLE}",
        {"thread": thread_id, "viewer": own, "now": clock.now()},
    )
    if found is None or not (has_words(found) or found["reply_count"]):
        raise NotFound()
    return found


def _focused(viewer: Viewer, note_id: UUID, comment_id: UUID) -> dict[str, Any] | None:
    """Return the comment that the address names, if the viewer may see it here."""
    return database.row(
        "SELECT c.id, c.thread_id, c.created_at"
        " FROM notes_comment c JOIN notes_note n ON n.id = c.note_id"
        " JOIN accounts_account a ON a.id = c.author_id"
        f" WHERE c.id = %(comment)s AND c.note_id = %(note)s AND {VISIBLE}",
        {"comment": comment_id, "note": note_id, "viewer": viewer_id(viewer)},
    )


def _add_replies(viewer: Viewer, found: Sequence[Thread], focus: Mapping[str, Any] | None) -> None:
    """Give every thread its first replies; the focused one those from the focused reply on."""
    answered = [thread.top["id"] for thread in found if thread.top["reply_count"]]
    own = viewer_id(viewer)
    if own is not None:  # one's own hidden reply is not counted, but it is there for its writer
        answered = [thread.top["id"] for thread in found]
    if not answered:
        return
    parameters: dict[str, Any] = {"threads": answered, "first": REPLIES_FIRST}
    start = ""
    if focus is not None and focus["thread_id"] is not None:
        parameters |= {"focus_thread": focus["thread_id"], "at": focus["created_at"]}
        parameters["focus"], parameters["ten"] = focus["id"], REPLIES
        start = (
            " AND (t.id <> %(focus_thread)s OR (c.created_at, c.id) >= (%(at)s, %(focus)s::uuid))"
        )
    rows = _replies_of(viewer, start, parameters)
    by_thread: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_thread.setdefault(row["thread_id"], []).append(row)
    for thread in found:
        most = REPLIES_FIRST
        if start and focus is not None and thread.top["id"] == focus["thread_id"]:
            most, thread.has_earlier = REPLIES, True
        _fill(thread, by_thread.get(thread.top["id"], []), most)


def _replies_of(viewer: Viewer, start: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the first replies of several threads in one query, each with the thread's `total`."""
    own = viewer_id(viewer)
    columns, joins, condition = _reply_parts(own)
    most = "%(first)s + 1"
    if start:
        most = "CASE WHEN t.id = %(focus_thread)s THEN %(ten)s ELSE %(first)s END + 1"
    return database.rows(
        "SELECT r.* FROM unnest(%(threads)s::uuid[]) AS t(id) CROSS JOIN LATERAL ("
        f"SELECT {columns}, count(*) OVER () AS total"
        f" FROM notes_comment c JOIN accounts_account a ON a.id = c.author_id{joins}"
        f" WHERE c.thread_id = t.id{start} AND {condition}"
        f" ORDER BY c.created_at, c.id LIMIT {most}) r",
        {**parameters, "viewer": own, "now": clock.now()},
    )


def _replies(viewer: Viewer, where: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    own = viewer_id(viewer)
    columns, joins, condition = _reply_parts(own)
    return database.rows(
        f"SELECT {columns}, count(*) OVER () AS total"
        f" FROM notes_comment c JOIN accounts_account a ON a.id = c.author_id{joins}"
        f" WHERE {where} AND {condition} ORDER BY c.created_at, c.id LIMIT %(limit)s",
        {**parameters, "viewer": own, "now": clock.now(), "limit": REPLIES + 1},
    )


def _reply_parts(own: UUID | None) -> tuple[str, str, str]:
    """Return columns, joins and condition of replies for a viewer or for nobody in particular."""
    columns = (
        f"{_COLUMNS}{_NOBODYS_COLUMNS if own is None else _OWN_COLUMNS}, true AS visible,"
        " pa.handle AS answered_handle, pa.display_name AS answered_name"
    )
    if own is None:
        return columns, _ANSWERED, f"c.state = 'shown' AND {_OPEN}"
    return columns, _note_join(own) + _ANSWERED + _ANSWERED_UNBLOCKED, VISIBLE


def _note_join(own: UUID | None) -> str:
    return "" if own is None else " JOIN notes_note n ON n.id = c.note_id"


def _fill(thread: Thread, rows: Sequence[dict[str, Any]], most: int) -> None:
    thread.replies = list(rows[:most])
    if len(rows) > most:
        last = thread.replies[-1]
        thread.left = int(rows[0]["total"]) - most
        thread.next_cursor = encode_cursor(last["created_at"], last["id"])


def decode_ref(text: str) -> UUID | None:
    """Return the id that an address writes, or None for anything else."""
    try:
        return ids.decode(text)
    except ValueError:
        return None
