"""What others' marks are worth to Explore when one person's effect on one author is capped.

A mark announces that its author is due; every minute the worker counts the notes of those authors
anew. Until then, and for notes that nobody marked, the plain counters of the note stand.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from redleaf.core import database
from redleaf.discovery.recommend.damping import CAP
from redleaf.notes.selectors.regard import capped_points

AUTHORS = 100  # counted in one transaction


def due(author_id: UUID) -> None:
    """Let an author's notes be counted anew."""
    database.execute(
        "INSERT INTO discovery_worth_due (author_id) VALUES (%s) ON CONFLICT DO NOTHING",
        (author_id,),
    )


def count_due() -> int:
    """Count the notes of every author that is due; return how many authors there were."""
    counted = 0
    while True:
        with transaction.atomic():
            # Taken before the marks are read: a mark that comes meanwhile makes its author due
            # again, and is counted the next time.
            authors = [
                row[0]
                for row in database.values(
                    "DELETE FROM discovery_worth_due WHERE author_id IN (SELECT author_id"
                    " FROM discovery_worth_due ORDER BY author_id LIMIT %s FOR UPDATE SKIP LOCKED)"
                    " RETURNING author_id",
                    (AUTHORS,),
                )
            ]
            if authors:
                _count(authors)
        counted += len(authors)
        if len(authors) < AUTHORS:
            return counted


def points_of(note_ids: Sequence[UUID]) -> dict[UUID, float]:
    """Return the capped points of those of these notes that were counted."""
    return dict(
        database.values(
            "SELECT note_id, points FROM discovery_worth WHERE note_id = ANY(%s)",
            (list(note_ids),),
        )
    )


def _count(authors: list[UUID]) -> None:
    points = capped_points(authors, cap=CAP)
    database.execute(
        "INSERT INTO discovery_worth (note_id, points) SELECT * FROM"
        " unnest(%s::uuid[], %s::float8[]) ON CONFLICT (note_id) DO UPDATE"
        " SET points = excluded.points",
        (list(points), list(points.values())),
    )
    database.execute(
        "DELETE FROM discovery_worth w USING notes_note n WHERE n.id = w.note_id"
        " AND n.author_id = ANY(%s) AND w.note_id <> ALL(%s)",
        (authors, list(points)),
    )
