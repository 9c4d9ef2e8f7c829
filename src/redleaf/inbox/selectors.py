"""Reads of the inbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import database, ids
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.graph.selectors import Viewer, hidden_accounts, viewer_id
from redleaf.notes.selectors import readable_ids

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

PAGE = 30
FACES = 3


@dataclass(frozen=True)
class Line:
    """One notice as the page shows it."""

    kind: str
    people: list[dict[str, Any]]
    others: int
    note_title: str
    words: str
    path: str
    at: datetime
    is_new: bool


def unread_count(viewer: Viewer) -> int:
    """Return how many notices the viewer has not read."""
    own = viewer_id(viewer)
    if own is None:
        return 0
    found = database.row(
        "SELECT count(*) AS count FROM inbox_notice WHERE account_id = %s AND read_at IS NULL",
        (own,),
    )
    return int(found["count"]) if found else 0


def notices(account: "Account", *, after: str = "") -> Page[Line]:
    """Return the account's notices, the latest first, without those whose subject is gone."""
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = "AND (s.updated_at, s.id) < (%(at)s, %(id)s)" if cursor else ""
    found = database.rows(
        "SELECT s.*, n.title, c.body AS words, b.title AS board FROM inbox_notice s"
        " LEFT JOIN notes_note n ON n.id = s.note_id"
        " LEFT JOIN notes_comment c ON c.id = s.comment_id AND c.state <> 'withdrawn'"
        " LEFT JOIN notes_board b ON b.id = s.board_id"
        f" WHERE s.account_id = %(me)s {later}"
        " ORDER BY s.updated_at DESC, s.id DESC LIMIT %(limit)s",
        {
            "me": account.id,
            "limit": PAGE + 1,
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
        },
    )
    shown = found[:PAGE]
    following = (
        encode_cursor(shown[-1]["updated_at"], shown[-1]["id"]) if len(found) > PAGE else None
    )
    readable = readable_ids(account, [row["note_id"] for row in shown if row["note_id"]])
    people = _people(account, [row["id"] for row in shown])
    lines = [
        _line(row, people.get(row["id"], []))
        for row in shown
        if (row["note_id"] is None or row["note_id"] in readable)
        and (row["comment_id"] is None or row["words"] is not None)
        and (row["board_id"] is None or row["board"] is not None)
    ]
    return Page(lines, following)


def _people(account: "Account", notice_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found = database.rows(
        "SELECT x.notice_id, p.id, p.handle, p.display_name AS name, p.avatar"
        " FROM unnest(%s::uuid[]) AS wanted(id) CROSS JOIN LATERAL ("
        "  SELECT a.notice_id, a.actor_id, max(a.at) AS at FROM inbox_notice_act a"
        "  WHERE a.notice_id = wanted.id AND a.actor_id IS NOT NULL"
        "  GROUP BY a.notice_id, a.actor_id ORDER BY max(a.at) DESC LIMIT %s) x"
        " JOIN accounts_account p ON p.id = x.actor_id AND p.is_active AND p.deleted_at IS NULL"
        " ORDER BY x.at DESC",
        (notice_ids, FACES),
    )
    hidden = hidden_accounts(account)
    people: dict[UUID, list[dict[str, Any]]] = {}
    for row in found:
        if row["id"] not in hidden:
            people.setdefault(row["notice_id"], []).append(row)
    return people


def _line(row: dict[str, Any], people: list[dict[str, Any]]) -> Line:
    return Line(
        kind=row["kind"],
        people=people,
        others=max(0, row["actor_count"] - len(people)),
        note_title=row["title"] or row["board"] or "",
        words=(row["words"] or "")[:140],
        path=_path(row, people),
        at=row["updated_at"],
        is_new=row["read_at"] is None,
    )


def _path(row: dict[str, Any], people: list[dict[str, Any]]) -> str:
    if row["comment_id"]:
        return f"/comment/{ids.encode(row['comment_id'])}/"
    if row["note_id"]:
        return f"/note/{ids.encode(row['note_id'])}/"
    if row["board_id"]:
        return f"/board/{ids.encode(row['board_id'])}/"
    return f"/@{people[0]['handle']}" if len(people) == 1 else "/me/followers/"
