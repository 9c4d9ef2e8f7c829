"""Reads of the inbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import database, ids
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.discovery.reach.telling import cause_words, causes
from redleaf.graph.selectors import Viewer, hidden_accounts, viewer_id
from redleaf.inbox.models import NoticeKind
from redleaf.notes.selectors import failed_videos, filters, readable_ids

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

PAGE = 30
FACES = 3


# The tabs of the page: which kinds each one shows. "all" shows every kind.
TABS = {
    "all": frozenset(NoticeKind.values),
    "comments": frozenset(
        {
            NoticeKind.COMMENT,
            NoticeKind.REPLY,
            NoticeKind.COMMENT_LIKE,
            NoticeKind.MENTION,
            NoticeKind.COMMENT_MENTION,
            NoticeKind.COMMENT_HIDDEN,
        }
    ),
    "marks": frozenset({NoticeKind.LIKE, NoticeKind.HELPFUL, NoticeKind.SAVE}),
    "follows": frozenset({NoticeKind.FOLLOW}),
}
PROMISES = frozenset({NoticeKind.PROMISE_KEPT, NoticeKind.PROMISE_MISSED})
WITHOUT_PEOPLE = PROMISES | {
    NoticeKind.COMMENT_HIDDEN,
    NoticeKind.PUBLISHED,
    NoticeKind.VIDEO_FAILED,
}


@dataclass(frozen=True)
class Line:
    """One notice as the page shows it.

    `people` are the latest who did it, each with name, handle and avatar; `count` says how many did
    it in all, `others` how many of them are not in `people`. `subject` is the title of the note or
    board, `words` the beginning of the comment, `reason` why it was hidden. Of a video, `subject`
    is the title it stands under, else "", `words` the file's name and `reason` what went wrong. Of
    promises to notes, `count` says to how many, and `reason` why the one was not kept.
    """

    kind: str
    people: list[dict[str, Any]]
    count: int
    others: int
    subject: str
    words: str
    reason: str
    path: str
    at: datetime
    is_new: bool


def unread_count(viewer: Viewer) -> int:
    """Return how many notices the viewer has not read, 100 for any more: the badge says 99+."""
    own = viewer_id(viewer)
    return 0 if own is None else unread_of(own)


def unread_of(account_id: UUID) -> int:
    """Return the same by id. One scan of the small index of open notices, at most 100 rows."""
    found = database.values(
        "SELECT count(*) FROM (SELECT 1 FROM inbox_notice"
        " WHERE account_id = %s AND read_at IS NULL LIMIT 100) open",
        (account_id,),
    )
    return int(found[0][0])


def unread_by_tab(account: "Account") -> dict[str, int]:
    """Return how many unread notices each tab has."""
    found = database.values(
        "SELECT kind, count(*) FROM inbox_notice WHERE account_id = %s AND read_at IS NULL"
        " GROUP BY kind",
        (account.id,),
    )
    return {
        tab: sum(count for kind, count in found if kind in kinds) for tab, kinds in TABS.items()
    }


def notices(account: "Account", *, tab: str = "all", after: str = "") -> Page[Line]:
    """Return a tab of the account's notices, the latest first.

    Left out are those whose note, comment or board is gone or not the account's to see any more,
    or hidden by the account's own filters,
    those whose video has not failed any more, and those whose people have all closed their
    accounts or stand behind a block.
    """
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = "AND (s.updated_at, s.id) < (%(at)s, %(id)s)" if cursor else ""
    found = database.rows(
        "SELECT s.*, n.title, c.body AS words, c.hidden_reason AS reason, b.title AS board"
        " FROM inbox_notice s"
        " LEFT JOIN notes_note n ON n.id = s.note_id"
        " LEFT JOIN notes_comment c ON c.id = s.comment_id AND (c.state = 'shown'"
        "  OR (c.state = 'hidden' AND c.author_id = s.account_id))"
        " LEFT JOIN notes_board b ON b.id = s.board_id AND EXISTS (SELECT 1"
        "  FROM notes_board_member m WHERE m.board_id = b.id AND m.account_id = s.account_id)"
        f" WHERE s.account_id = %(me)s AND s.kind = ANY(%(kinds)s) {later}"
        " ORDER BY s.updated_at DESC, s.id DESC LIMIT %(limit)s",
        {
            "me": account.id,
            "kinds": [str(kind) for kind in TABS[tab]],
            "limit": PAGE + 1,
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
        },
    )
    shown = found[:PAGE]
    following = (
        encode_cursor(shown[-1]["updated_at"], shown[-1]["id"]) if len(found) > PAGE else None
    )
    about = [row["note_id"] for row in shown if row["note_id"]]
    readable = filters.kept_ids(account, readable_ids(account, about))
    people = _people(account, [row["id"] for row in shown])
    videos = failed_videos(account, [row["asset_id"] for row in shown if row["asset_id"]])
    whys = _whys([row["note_id"] for row in shown if row["kind"] in PROMISES])
    lines = [
        _line(
            {**row, **videos.get(row["asset_id"], {}), **_why(row, whys)}, people.get(row["id"], [])
        )
        for row in shown
        if (row["note_id"] is None or row["note_id"] in readable)
        and (row["comment_id"] is None or row["words"] is not None)
        and (row["board_id"] is None or row["board"] is not None)
        and (row["asset_id"] is None or row["asset_id"] in videos)
        and (row["id"] in people or row["kind"] in WITHOUT_PEOPLE)
        and (row["reason"] or row["kind"] != NoticeKind.COMMENT_HIDDEN)
    ]
    return Page(lines, following)


def _whys(note_ids: list[UUID]) -> dict[UUID, str]:
    """Return why promises were not kept, in words, in one query."""
    return {item: cause_words(cause) for item, cause in causes(note_ids).items()}


def _why(row: dict[str, Any], whys: dict[UUID, str]) -> dict[str, str]:
    single = row["kind"] == NoticeKind.PROMISE_MISSED and row["actor_count"] == 1
    return {"reason": whys.get(row["note_id"], "")} if single else {}


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
        count=max(row["actor_count"], len(people)),
        others=max(0, row["actor_count"] - len(people)),
        subject=row["title"] or row["board"] or "",
        words=(row["words"] or "")[:140],
        reason=row["reason"] or "",
        path=_path(row, people),
        at=row["updated_at"],
        is_new=row["read_at"] is None,
    )


def _path(row: dict[str, Any], people: list[dict[str, Any]]) -> str:
    if row["asset_id"]:
        return str(row["video_path"])
    if row["kind"] in PROMISES:
        return "/me/reach/"
    if row["comment_id"]:
        return f"/comment/{ids.encode(row['comment_id'])}/"
    if row["note_id"]:
        return f"/note/{ids.encode(row['note_id'])}/"
    if row["board_id"]:
        return f"/board/{ids.encode(row['board_id'])}/"
    return f"/@{people[0]['handle']}" if len(people) == 1 else "/me/followers/"
