"""What others' marks on an author's notes are worth when one person's are capped."""

from collections.abc import Sequence
from uuid import UUID

from redleaf.core import database

# A comment is an act like a mark here; one member's several on a note count as one.
_ACTS = """
SELECT m.account_id, n.id AS note_id, n.author_id, w.weight
FROM notes_note n JOIN notes_mark m ON m.note_id = n.id
JOIN (VALUES ('like', 1.0), ('save', 3.0), ('share', 3.0), ('helpful', 4.0)) AS w(kind, weight)
  ON w.kind = m.kind
WHERE n.author_id = ANY(%(authors)s) AND n.state = 'published' AND m.account_id <> n.author_id
UNION ALL
SELECT DISTINCT c.author_id, n.id, n.author_id, 2.0
FROM notes_note n JOIN notes_comment c ON c.note_id = n.id AND c.state = 'shown'
WHERE n.author_id = ANY(%(authors)s) AND n.state = 'published' AND c.author_id <> n.author_id
"""


def capped_points(author_ids: Sequence[UUID], *, cap: float) -> dict[UUID, float]:
    """Return for each published note of these authors the points of others' marks on it.

    All that one member did for one author counts `cap * S / (cap + S)` together, where S is the sum
    of its weights (like 1, comment 2, save and share 3, helpful 4); each act has its share of that,
    scaled so that a single like still counts 1.
    """
    found = database.values(
        f"WITH acts AS ({_ACTS}), totals AS (SELECT account_id, author_id, sum(weight) AS s"
        " FROM acts GROUP BY account_id, author_id)"
        " SELECT a.note_id, sum(a.weight * (%(cap)s + 1) / (%(cap)s + t.s))::float8"
        " FROM acts a JOIN totals t USING (account_id, author_id) GROUP BY a.note_id",
        {"authors": list(author_ids), "cap": cap},
    )
    return dict(found)
