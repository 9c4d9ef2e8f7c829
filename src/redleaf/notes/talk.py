"""The talk under a note as HTML.

A comment is drawn once for each state, language and set of things that one may do to it, with marks
where its time, likes and the viewer's heart stand, and finished for each viewer.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from cachetools import LRUCache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from markupsafe import Markup

from redleaf.core import clock, ids
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.media.selectors import picture_sources
from redleaf.notes import rendering
from redleaf.notes.models import ReplyPolicy
from redleaf.notes.selectors import comments
from redleaf.notes.services import comment_rules as rules
from redleaf.notes.services.comments import BODY_UNITS, EDIT_WINDOW, PICTURES_MAXIMUM
from redleaf.web.filters import compact, when

if TYPE_CHECKING:
    from datetime import datetime

    from redleaf.notes.selectors.page import NotePage

COMMENTS_HELD = 4000  # about 2 kB each
_drawn: LRUCache[tuple[Any, ...], list[str]] = LRUCache(maxsize=COMMENTS_HELD)

MARK = "\x01"  # no stored text has it; a drawn comment is cut at it, and every second piece names:
MARKS = {f"{name}_mark": f"{MARK}{name}{MARK}" for name in ("time", "likes", "on", "is", "to")}
MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800


def context(viewer: Viewer, note: "NotePage", query: Mapping[str, str]) -> dict[str, Any]:
    """Return what templates/notes/_comments.html draws: {"talk": …}, None for a note not yet out.

    `query` may hold sort, after (a cursor) and comment (the one that the page must show). Raises
    Invalid for a broken cursor.
    """
    if note.state != "published":
        return {"talk": None}
    permission = comments.permission(viewer, note, follows=note.follows)
    return {
        "talk": {
            **_list(viewer, note, query),
            "may_comment": permission.allowed,
            "must_sign_in": permission.refusal == "sign_in",
            "refusal": rules.refusal_words(permission),
            "slow": rules.duration_words(note.slow_mode_seconds) if note.slow_mode_seconds else "",
            "form": new_form(note.path) if permission.allowed else None,
            "policies": ReplyPolicy.choices if note.is_own else [],
            "slow_modes": [(item, rules.duration_words(item)) for item in rules.SLOW_MODES if item],
        }
    }


def more(viewer: Viewer, note: "NotePage", query: Mapping[str, str]) -> dict[str, Any]:
    """Return what templates/notes/_threads.html draws: a further page of threads."""
    return {"talk": _list(viewer, note, query)}


def _list(viewer: Viewer, note: "NotePage", query: Mapping[str, str]) -> dict[str, Any]:
    sort = query.get("sort", "best")
    sort = sort if sort in comments.SORTS else "best"
    focus = comments.decode_ref(query.get("comment", ""))
    own = viewer_id(viewer)
    count = note.counts["comment"]
    items: list[dict[str, Any]] = []
    following = None
    if count or own is not None:
        page = comments.threads(
            viewer, note.id, sort=sort, after=query.get("after", ""), focus=focus
        )
        following = page.next_cursor
        items = [thread(viewer, item, note.author_id) for item in page.items]
    kept = {"sort": sort} if sort != "best" else {}
    if focus is not None:
        kept["comment"] = ids.encode(focus)
    further = f"?{urlencode({**kept, 'after': following})}" if following else ""
    return {
        "count": count,
        "sort": sort,
        "threads": items,
        "further": further,
        "is_further_page": bool(query.get("after")),
    }


def thread(viewer: Viewer, found: comments.Thread, note_author_id: UUID) -> dict[str, Any]:
    """Return what one thread's template needs."""
    ref = ids.encode(found.top["id"])
    after = f"/comment/{ref}/replies/?after={found.next_cursor}" if found.next_cursor else ""
    return {
        "ref": ref,
        "html": comment(viewer, found.top, note_author_id),
        "replies": [comment(viewer, row, note_author_id) for row in found.replies],
        "left": found.left,
        "more_url": after,
        "earlier_url": f"/comment/{ref}/" if found.has_earlier else "",
    }


def comment(viewer: Viewer, row: Mapping[str, Any], note_author_id: UUID) -> Markup:
    """Return one comment, or its tombstone, as the viewer sees it."""
    language = get_language() or "en"
    acts = _acts(viewer_id(viewer), row, note_author_id)
    key = _key(row, language, acts)
    pieces = _drawn.get(key)
    if pieces is None:
        pieces = _drawn[key] = _draw(row, note_author_id, acts).split(MARK)
    liked = row["liked"]
    values = {
        "time": said(row["created_at"], language),
        "likes": compact(row["like_count"], language) if row["like_count"] else "",
        "on": "is-on" if liked else "",
        "is": "true" if liked else "false",
        "to": "0" if liked else "1",
    }
    pieces = pieces.copy()
    pieces[1::2] = [values[name] for name in pieces[1::2]]
    html = Markup("".join(pieces))  # noqa: S704 - drawn by a template that escapes
    if row["muted"] and comments.has_words(row):
        html = Markup(render_to_string("notes/_muted.html", {"html": html}))  # noqa: S704 - as above
    return html


NO_ACTS = frozenset[str]()


def _acts(own: UUID | None, row: Mapping[str, Any], note_author_id: UUID) -> frozenset[str]:
    """Return what the viewer may do to a comment, besides reading, liking and answering it."""
    is_writer = own is not None and own == row["author_id"]
    is_keeper = own is not None and own == note_author_id
    if not (is_writer or is_keeper):
        return NO_ACTS
    acts = {"writer"} if is_writer else set()
    if row["state"] == "hidden":
        return frozenset(acts | ({"unhide"} if is_keeper else set()))
    if is_writer and clock.now() - row["created_at"] < EDIT_WINDOW:
        acts.add("edit")
    if is_keeper and not is_writer:
        acts.add("hide")
    if is_keeper and row["thread_id"] is None:
        acts.add("pin")
    return frozenset(acts)


def _key(row: Mapping[str, Any], language: str, acts: frozenset[str]) -> tuple[Any, ...]:
    """Return everything that a drawn comment depends on."""
    if not comments.has_words(row):
        return (row["id"], row["state"], language)
    return (
        row["id"],
        row["state"],
        row["hidden_reason"],
        row["edited_at"],
        row["pinned_at"],
        row["handle"],
        row["display_name"],
        row["avatar"],
        row.get("answered_handle"),
        row.get("answered_name"),
        tuple(len(item["manifest"]) for item in row["pictures"] or ()),
        language,
        acts,
    )


def _draw(row: Mapping[str, Any], note_author_id: UUID, acts: frozenset[str]) -> str:
    ref = ids.encode(row["id"])
    if not comments.has_words(row):
        return render_to_string("notes/_comment_gone.html", {"ref": ref, "state": row["state"]})
    described = {
        "ref": ref,
        "path": f"/comment/{ref}/",
        "person": {
            "name": row["display_name"],
            "handle": row["handle"],
            "avatar": row["avatar"],
        },
        "body": rendering.short_body(row["body"]),
        "pictures": [_picture(item) for item in row["pictures"] or ()],
        "by_author": row["author_id"] == note_author_id,
        "answered_handle": row.get("answered_handle"),
        "answered_name": row.get("answered_name"),
        "is_edited": row["edited_at"] is not None,
        "is_pinned": row["pinned_at"] is not None,
        "is_hidden": row["state"] == "hidden",
        "hidden_reason": row["hidden_reason"],
    }
    return render_to_string("notes/_comment.html", {"c": described, "acts": acts, **MARKS})


def _picture(item: Mapping[str, Any]) -> dict[str, Any]:
    sources = picture_sources(dict(item))
    sources["alt"] = item["alt"]
    return sources


def said(moment: "datetime", language: str) -> str:
    """Return when something was said, as a <time>; worked out once while the words stay."""
    age = (clock.now() - moment).total_seconds()
    if age < HOUR:
        step = age // MINUTE if age >= MINUTE else age // 5 / 100
    elif age < WEEK:
        step = age // (10 * MINUTE) if age < DAY else age // HOUR
    else:
        step = -float(clock.now().year)
    return _said(moment, language, timezone.get_current_timezone_name(), step)


@lru_cache(maxsize=4096)
def _said(moment: "datetime", language: str, zone: str, step: float) -> str:
    del language, zone, step  # they are what the words depend on, besides the moment
    return str(when(moment))


def new_form(
    note_path: str,
    *,
    parent: Mapping[str, Any] | None = None,
    body: str = "",
    pictures: list[dict[str, Any]] | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Return what templates/notes/_comment_form.html draws for a new comment or a reply."""
    thread_id = (parent["thread_id"] or parent["id"]) if parent else None
    return {
        "action": f"{note_path}comment/",
        "key": key or str(uuid4()),
        "parent": ids.encode(parent["id"]) if parent else "",
        "target": f"#replies-{ids.encode(thread_id)}" if thread_id else "#threads",
        "swap": "beforeend" if thread_id else "afterbegin",
        "answers": parent["display_name"] if parent else "",
        "body": body,
        "pictures": pictures or [],
        "limit": BODY_UNITS,
        "pictures_maximum": PICTURES_MAXIMUM,
    }


def edit_form(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the same template draws for the edit of a comment, without its pictures."""
    ref = ids.encode(row["id"])
    return {
        "action": f"/comment/{ref}/edit/",
        "key": str(uuid4()),
        "edits": True,
        "target": f"#comment-{ref}",
        "swap": "outerHTML",
        "body": row["body"],
        "pictures": [],
        "limit": BODY_UNITS,
        "pictures_maximum": PICTURES_MAXIMUM,
        "cancel": f"/comment/{ref}/",
    }


def forget() -> None:
    """Drop every drawn comment, for tests."""
    _drawn.clear()
