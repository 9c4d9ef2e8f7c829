"""Cards: drawn once for each version of a note and language, finished for each viewer.

The drawn card leaves marks for the number and the heart (web.cards.finish); everything else in it
changes only with the tally's `card`, which is part of the key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from cachetools import LRUCache
from django.template.loader import get_template
from django.utils.translation import override

from redleaf.core import database, ids
from redleaf.graph.models import Audience
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.media.selectors import picture_sources
from redleaf.notes import rendering
from redleaf.notes.selectors.policy import READABLE
from redleaf.web.cards import REF, finish

CARDS_HELD = 5000  # about 1.5 kB each, as UTF-8: a str with Chinese in it takes twice that
_drawn: LRUCache[tuple[UUID, int, str], bytes] = LRUCache(maxsize=CARDS_HELD)


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a list query has to give for a card: the tally's facts."""

    note_id: UUID
    card: int
    like_count: int


def cards(viewer: Viewer, note_ids: Iterable[UUID], language: str) -> list[str]:
    """Return the cards of those notes that the viewer may read, in the given order, as HTML."""
    wanted = list(note_ids)
    found = database.values(
        "SELECT n.id, t.card, t.like_count FROM notes_note n"
        f" JOIN notes_note_tally t ON t.note_id = n.id WHERE n.id = ANY(%(ids)s) AND {READABLE}",
        {"ids": wanted, "viewer": viewer_id(viewer)},
    )
    by_id = {row[0]: CardRow(*row) for row in found}
    return cards_of(viewer, [by_id[item] for item in wanted if item in by_id], language)


def cards_of(
    viewer: Viewer, rows: Sequence[CardRow], language: str, *, more: str = ""
) -> list[str]:
    """Return the cards of rows that a query has already found readable, in their order.

    `more` is HTML that each card offers beside the heart, with web.cards.REF for the note.
    """
    missing = [row for row in rows if (row.note_id, row.card, language) not in _drawn]
    if missing:
        _draw(missing, language)
    liked = liked_ids(viewer, [row.note_id for row in rows])
    return [
        finish(
            _drawn[(row.note_id, row.card, language)].decode(),
            count=row.like_count,
            liked=row.note_id in liked,
            language=language,
            more=more.replace(REF, ids.encode(row.note_id)) if more else "",
        )
        for row in rows
        if (row.note_id, row.card, language) in _drawn
    ]


def liked_ids(viewer: Viewer, note_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these notes the viewer likes."""
    own = viewer_id(viewer)
    if own is None or not note_ids:
        return set()
    found = database.values(
        "SELECT note_id FROM notes_mark WHERE account_id = %s AND kind = 'like'"
        " AND note_id = ANY(%s)",
        (own, list(note_ids)),
    )
    return {row[0] for row in found}


_FACTS = """
SELECT n.id, n.kind, n.title, left(n.body, 400) AS body, n.language, n.cover_design, n.audience,
       a.handle, a.display_name, a.avatar,
       coalesce(p.manifest, v.manifest) AS manifest,
       coalesce(p.id, v.id) AS asset_id,
       coalesce(p.width, v.width) AS width, coalesce(p.height, v.height) AS height,
       coalesce(p.colour, v.colour) AS colour, first.alt,
       (SELECT count(*) FROM notes_note_picture x WHERE x.note_id = n.id) AS picture_count,
       v.duration
FROM notes_note n
JOIN accounts_account a ON a.id = n.author_id
LEFT JOIN notes_note_picture first ON first.note_id = n.id AND first.position = 0
LEFT JOIN media_asset p ON p.id = first.asset_id
LEFT JOIN media_asset v ON v.id = n.video_id
WHERE n.id = ANY(%s)
"""


def _draw(rows: Sequence[CardRow], language: str) -> None:
    version = {row.note_id: row.card for row in rows}
    with override(language):
        # The component itself: a template around it would be set up anew for each card.
        draw = cast(Any, get_template("web/components.html")).template.module.card
        for facts in database.rows(_FACTS, (list(version),)):
            key = (facts["id"], version[facts["id"]], language)
            _drawn[key] = str(draw(_card(facts))).encode()


def _card(facts: dict[str, Any]) -> dict[str, Any]:
    ref = ids.encode(facts["id"])
    cover = None
    if facts["manifest"]:
        cover = picture_sources(facts)
        cover["alt"] = facts["alt"] or ""
    return {
        "url": f"/note/{ref}/",
        "ref": ref,
        "title": facts["title"],
        "kind": facts["kind"],
        "language": facts["language"],
        "cover": cover,
        "cover_design": facts["cover_design"],
        "cover_text": facts["title"],
        "cover_excerpt": "" if cover else rendering.excerpt(facts["body"], limit=90),
        "picture_count": facts["picture_count"],
        "duration": facts["duration"],
        "author": {
            "name": facts["display_name"],
            "handle": facts["handle"],
            "path": f"/@{facts['handle']}",
            "avatar": facts["avatar"],
        },
        "labels": [] if facts["audience"] == Audience.PUBLIC else [_audience_words(facts)],
    }


def _audience_words(facts: dict[str, Any]) -> str:
    return str(Audience(facts["audience"]).label)


def forget() -> None:
    """Drop every drawn card, for tests and after a change of templates."""
    _drawn.clear()
