"""Items: notes in the recommender's small numbers, with their facts at hand in one row.

A page looks at some hundred notes that nobody has asked for lately; reading each from the tables of
notes costs several times what choosing between them does. Facts are read anew where they are
missing, after an edit, and with every rebuild.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from redleaf.core import database
from redleaf.notes.selectors.candidates import NoteFacts, candidates_among

Known = tuple[NoteFacts, float | None]  # with what marks are worth, if that was counted


def known_items(numbers: Sequence[int], note_ids: Sequence[UUID]) -> list[tuple[int, Known]]:
    """Return (number, (facts, points)) of these items and of these notes, without those that are
    not open to everybody."""
    found: list[tuple[int, Known]] = []
    missing: dict[UUID, tuple[int, float | None]] = dict.fromkeys(note_ids, (0, None))
    rows = database.values(
        "SELECT i.number, i.note_id, i.facts::text, w.points FROM discovery_item i"
        " LEFT JOIN discovery_worth w ON w.note_id = i.note_id WHERE i.number = ANY(%(numbers)s)"
        " UNION ALL SELECT i.number, i.note_id, i.facts::text, w.points FROM discovery_item i"
        " LEFT JOIN discovery_worth w ON w.note_id = i.note_id"
        " WHERE i.note_id = ANY(%(notes)s) AND i.number <> ALL(%(numbers)s)",
        {"numbers": list(numbers), "notes": list(note_ids)},
    )
    for number, note_id, kept, points in rows:
        missing.pop(note_id, None)
        if kept is None:
            missing[note_id] = (number, points)
    ready = [row for row in rows if row[2] is not None]
    # Parsed as one text: a hundred small ones take three times as long.
    texts = json.loads(f"[{','.join(row[2] for row in ready)}]")
    for (number, note_id, _text, points), kept in zip(ready, texts, strict=True):
        author, channel, place, language, topics, at, *counted = kept
        moment = datetime.fromtimestamp(at, UTC)
        facts = NoteFacts(
            note_id, UUID(author), channel, place, language, tuple(topics), moment, *counted
        )
        found.append((number, (facts, points)))
    for facts in candidates_among(missing):
        number, points = missing[facts.id]
        found.append((number, (facts, points)))
        if number:
            keep(facts)
        else:
            give_number(facts)
    return found


def give_number(facts: NoteFacts) -> None:
    """Let a note be an item."""
    database.execute(
        "INSERT INTO discovery_item (note_id, count, neighbours, facts)"
        " VALUES (%s, 0, '', %s::jsonb) ON CONFLICT (note_id) DO NOTHING",
        (facts.id, as_json(facts)),
    )


def keep(facts: NoteFacts) -> None:
    """Keep a note's facts with its item."""
    database.execute(
        "UPDATE discovery_item SET facts = %s::jsonb WHERE note_id = %s",
        (as_json(facts), facts.id),
    )


def out_of_date(note_ids: Sequence[UUID]) -> None:
    """Let these notes' facts be read anew when they are next asked for."""
    database.execute(
        "UPDATE discovery_item SET facts = NULL WHERE note_id = ANY(%s) AND facts IS NOT NULL",
        (list(note_ids),),
    )


def as_json(facts: NoteFacts) -> str:
    """Return what is kept of a note's facts; what its marks are worth is kept elsewhere."""
    return json.dumps(
        [
            str(facts.author_id),
            facts.channel,
            facts.place,
            facts.language,
            list(facts.topics),
            facts.published_at.timestamp(),
            facts.likes,
            facts.comments,
            facts.saves,
            facts.shares,
            facts.helpful,
            facts.letters,
            facts.pictures,
            facts.followers,
            facts.rank,
        ]
    )
