"""Reads of boards: who may see one, what is on it for this viewer, and where a note stands.

A count is always of the notes that the viewer may read: nothing tells how many others there are.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import database, ids
from redleaf.core.errors import NotFound
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.media.selectors import picture_sources
from redleaf.notes.models import Board, BoardMember
from redleaf.notes.selectors.cards import CardRow
from redleaf.notes.selectors.filters import shown_sql
from redleaf.notes.selectors.policy import READABLE

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

PAGE = 24
LISTED = 60
COVERS = 3

# Who may see board b: its owner, those invited while it is not private, everyone when it is public;
# never across a block with the owner, and nobody when the owner's account is closed.
SEEN = (
    "EXISTS (SELECT 1 FROM accounts_account o WHERE o.id = b.owner_id AND o.is_active"
    " AND o.deleted_at IS NULL)"
    " AND (b.owner_id = %(viewer)s::uuid OR ((b.visibility = 'public' OR (b.visibility = 'shared'"
    "  AND EXISTS (SELECT 1 FROM notes_board_member w WHERE w.board_id = b.id"
    "   AND w.account_id = %(viewer)s::uuid)))"
    " AND NOT EXISTS (SELECT 1 FROM graph_block k WHERE"
    "  (k.blocker_id = %(viewer)s::uuid AND k.blocked_id = b.owner_id)"
    "  OR (k.blocked_id = %(viewer)s::uuid AND k.blocker_id = b.owner_id))))"
)


def board_for(viewer: Viewer, board_id: UUID) -> Board:
    """Return a board with its owner, if the viewer may see it. Raises NotFound."""
    found = database.values(
        f"SELECT b.id FROM notes_board b WHERE b.id = %(board)s AND {SEEN}",
        {"board": board_id, "viewer": viewer_id(viewer)},
    )
    board = Board.objects.select_related("owner").filter(id=board_id).first() if found else None
    if board is None:
        raise NotFound()
    return board


def may_change_items(viewer: Viewer, board: Board) -> bool:
    """Return whether the viewer may put notes on a board that they may see: owner and invited."""
    own = viewer_id(viewer)
    if own is None:
        return False
    if own == board.owner_id:
        return True
    return BoardMember.objects.filter(board=board, account_id=own).exists()


def items_of(viewer: Viewer, board: Board, *, after: str = "") -> Page[dict[str, Any]]:
    """Return a page of a board, the latest first: each {"id", "card": CardRow or None}.

    None stands for a note that is gone; notes that the viewer may not read are left out.
    """
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = "AND (i.added_at, i.id) < (%(at)s, %(id)s)" if cursor else ""
    shown_here, hiding = shown_sql(viewer)
    found = database.rows(
        "SELECT i.id, i.added_at, i.note_id, t.card, t.like_count FROM notes_board_item i"
        " LEFT JOIN notes_note n ON n.id = i.note_id"
        " LEFT JOIN notes_note_tally t ON t.note_id = n.id"
        f" WHERE i.board_id = %(board)s {later}"
        f" AND (i.note_id IS NULL OR (t.note_id IS NOT NULL AND {READABLE}{shown_here}))"
        " ORDER BY i.added_at DESC, i.id DESC LIMIT %(limit)s",
        {
            **hiding,
            "board": board.id,
            "viewer": viewer_id(viewer),
            "limit": PAGE + 1,
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
        },
    )
    shown = found[:PAGE]
    following = encode_cursor(shown[-1]["added_at"], shown[-1]["id"]) if len(found) > PAGE else None
    items = [
        {
            "id": row["id"],
            "card": CardRow(row["note_id"], row["card"], row["like_count"])
            if row["note_id"]
            else None,
        }
        for row in shown
    ]
    return Page(items, following)


def boards_of(viewer: Viewer, account: "Account") -> list[dict[str, Any]]:
    """Return an account's boards that the viewer may see, the latest changed first: id, title,
    description, visibility, path, count and covers."""
    return _listed(viewer, "b.owner_id = %(account)s", {"account": account.id})


def boards_shared_with(account: "Account") -> list[dict[str, Any]]:
    """Return the boards of others that the account was invited to, with `owner_name`."""
    condition = (
        "EXISTS (SELECT 1 FROM notes_board_member x WHERE x.board_id = b.id"
        " AND x.account_id = %(viewer)s::uuid)"
    )
    return _listed(account, condition, {})


def choices(account: "Account", note_id: UUID) -> list[dict[str, Any]]:
    """Return the boards that the account may put notes on, the latest changed first, each with
    `has`, which says whether the note is on it."""
    found = database.rows(
        "SELECT b.id, b.title, b.visibility, b.owner_id, o.display_name AS owner_name,"
        " EXISTS (SELECT 1 FROM notes_board_item i WHERE i.board_id = b.id"
        "  AND i.note_id = %(note)s) AS has"
        " FROM notes_board b JOIN accounts_account o ON o.id = b.owner_id"
        " WHERE (b.owner_id = %(viewer)s OR EXISTS (SELECT 1 FROM notes_board_member x"
        f"  WHERE x.board_id = b.id AND x.account_id = %(viewer)s)) AND {SEEN}"
        " ORDER BY b.updated_at DESC, b.id DESC",
        {"note": note_id, "viewer": account.id},
    )
    for row in found:
        row["ref"] = ids.encode(row["id"])
        row["is_own"] = row["owner_id"] == account.id
    return found


def saved_state(account: "Account", note_id: UUID) -> tuple[bool, int]:
    """Return whether the account saved the note, and how many members did."""
    found = database.values(
        "SELECT EXISTS (SELECT 1 FROM notes_mark m WHERE m.account_id = %(viewer)s"
        " AND m.note_id = t.note_id AND m.kind = 'save'), t.save_count"
        " FROM notes_note_tally t WHERE t.note_id = %(note)s",
        {"viewer": account.id, "note": note_id},
    )
    return (bool(found[0][0]), int(found[0][1])) if found else (False, 0)


def public_boards_with(viewer: Viewer, note_id: UUID) -> list[dict[str, Any]]:
    """Return up to three public boards that hold the note, the latest changed first."""
    found = database.rows(
        "SELECT b.id, b.title FROM notes_board_item i JOIN notes_board b ON b.id = i.board_id"
        f" WHERE i.note_id = %(note)s AND b.visibility = 'public' AND {SEEN}"
        " ORDER BY b.updated_at DESC LIMIT 3",
        {"note": note_id, "viewer": viewer_id(viewer)},
    )
    for row in found:
        row["path"] = f"/board/{ids.encode(row['id'])}/"
    return found


def members_of(viewer: Viewer, board: Board) -> list[dict[str, Any]]:
    """Return who was invited to a board, without those whom a block hides from the viewer."""
    return database.rows(
        "SELECT p.id, p.handle, p.display_name AS name, p.avatar FROM notes_board_member m"
        " JOIN accounts_account p ON p.id = m.account_id AND p.is_active AND p.deleted_at IS NULL"
        " WHERE m.board_id = %(board)s AND NOT EXISTS (SELECT 1 FROM graph_block k WHERE"
        "  (k.blocker_id = %(viewer)s::uuid AND k.blocked_id = p.id)"
        "  OR (k.blocked_id = %(viewer)s::uuid AND k.blocker_id = p.id))"
        " ORDER BY m.joined_at, p.id",
        {"board": board.id, "viewer": viewer_id(viewer)},
    )


def _listed(viewer: Viewer, condition: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    shown, hiding = shown_sql(viewer)
    found = database.rows(
        "SELECT b.id, b.title, b.description, b.visibility, o.display_name AS owner_name,"
        " o.handle AS owner_handle,"
        " (SELECT count(*) FROM notes_board_item i JOIN notes_note n ON n.id = i.note_id"
        f"  WHERE i.board_id = b.id AND {READABLE}{shown}) AS count,"
        " (SELECT json_agg(v.facts) FROM (SELECT json_build_object('title', n.title,"
        "   'design', n.cover_design, 'asset_id', m.id, 'manifest', m.manifest,"
        "   'width', m.width, 'height', m.height, 'colour', m.colour) AS facts"
        "  FROM notes_board_item i JOIN notes_note n ON n.id = i.note_id"
        "  LEFT JOIN notes_note_picture x ON x.note_id = n.id AND x.position = 0"
        "  LEFT JOIN media_asset m ON m.id = coalesce(x.asset_id, n.video_id)"
        f"  WHERE i.board_id = b.id AND {READABLE}{shown}"
        "  ORDER BY i.added_at DESC, i.id DESC LIMIT %(covers)s) v) AS covers"
        " FROM notes_board b JOIN accounts_account o ON o.id = b.owner_id"
        f" WHERE {condition} AND {SEEN} ORDER BY b.updated_at DESC, b.id DESC LIMIT %(limit)s",
        {**values, **hiding, "viewer": viewer_id(viewer), "covers": COVERS, "limit": LISTED},
    )
    for row in found:
        row["path"] = f"/board/{ids.encode(row['id'])}/"
        row["covers"] = [_cover(facts) for facts in row["covers"] or ()]
    return found


def _cover(facts: dict[str, Any]) -> dict[str, Any]:
    picture = picture_sources(facts) if facts["manifest"] else None
    return {"title": facts["title"], "design": facts["design"], "picture": picture}
