"""What the composer offers while somebody types # or @."""

from typing import Any

from redleaf.core import database
from redleaf.core.fold import fold
from redleaf.graph.selectors import Viewer, hidden_accounts, viewer_id

SHOWN = 8


def topics_like(
    viewer: Viewer, prefix: str, language: str, limit: int = SHOWN
) -> list[dict[str, Any]]:
    """Return `insert`, `words` and `count` of topics of which a spelling begins so, the most used
    first; a joined topic or an alias gives the topic that it stands for.

    Only topics that a note for everybody names, or one of the viewer's own: that somebody else
    wrote of something to a few is not given away by its topic.
    """
    key = _pattern(fold(prefix.strip())[:60])
    found = database.rows(
        "SELECT t.name, t.names, t.note_count FROM notes_topic t WHERE t.canonical_id IS NULL"
        " AND (t.note_count > 0 OR EXISTS (SELECT 1 FROM notes_note_topic x JOIN notes_note n"
        "   ON n.id = x.note_id WHERE x.topic_id = t.id AND n.author_id = %(me)s::uuid))"
        " AND (t.key LIKE %(like)s OR EXISTS (SELECT 1 FROM notes_topic_alias a"
        "   WHERE a.topic_id = t.id AND a.key LIKE %(like)s) OR EXISTS (SELECT 1 FROM notes_topic j"
        "   WHERE j.canonical_id = t.id AND j.key LIKE %(like)s))"
        " ORDER BY t.note_count DESC, t.key LIMIT %(limit)s",
        {"like": key, "limit": limit, "me": viewer_id(viewer)},
    )
    shown = []
    for row in found:
        own = row["names"].get(language) or row["name"]
        shown.append({"insert": f"#{row['name']}", "words": own, "count": row["note_count"]})
    return shown


def people_like(viewer: Viewer, prefix: str, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Return `insert`, `words`, `handle` and `avatar` of open accounts whose handle or name begins
    so, those whom the viewer follows first; nobody whom a block hides, and not the viewer."""
    own = viewer_id(viewer)
    found = database.rows(
        "SELECT a.handle, a.display_name, a.avatar, EXISTS (SELECT 1 FROM graph_follow f"
        "  WHERE f.follower_id = %(me)s::uuid AND f.followed_id = a.id) AS follows"
        " FROM accounts_account a WHERE a.is_active AND a.deleted_at IS NULL"
        " AND (a.handle LIKE %(handle)s OR a.display_name ILIKE %(name)s)"
        " AND a.id <> ALL(%(without)s) AND a.id IS DISTINCT FROM %(me)s::uuid"
        " ORDER BY follows DESC, a.handle LIMIT %(limit)s",
        {
            "me": own,
            "handle": _pattern(prefix.lower()[:20]),
            "name": _pattern(prefix[:40]),
            "without": list(hidden_accounts(viewer)),
            "limit": limit,
        },
    )
    return [
        {
            "insert": f"@{row['handle']}",
            "words": row["display_name"] or row["handle"],
            "handle": row["handle"],
            "avatar": row["avatar"],
        }
        for row in found
    ]


def _pattern(text: str) -> str:
    plain = text.replace("\x00", "")
    return plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
