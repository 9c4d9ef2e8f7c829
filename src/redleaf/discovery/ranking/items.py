"""Items: notes in the recommender's small numbers, with their facts at hand in one row.

A page looks at some hundred notes that nobody has asked for lately; reading each from the tables of
notes costs several times what choosing between them does. Facts are read anew where they are
missing, after an edit, and with every rebuild.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.notes.selectors.candidates import NoteFacts, candidates_among


def facts_by_number(numbers: Sequence[int]) -> dict[int, NoteFacts]:
    """Return the facts of these items, without those that are not open to everybody."""
    return _facts("number = ANY(%s)", list(numbers))


def facts_by_note(note_ids: Sequence[UUID]) -> dict[UUID, NoteFacts]:
    """Return the facts of these notes, without those that are not open to everybody."""
    found = {facts.id: facts for facts in _facts("note_id = ANY(%s)", list(note_ids)).values()}
    missing = [note_id for note_id in note_ids if note_id not in found]
    for facts in candidates_among(missing):
        found[facts.id] = facts
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


def _facts(condition: str, values: list[Any]) -> dict[int, NoteFacts]:
    found: dict[int, NoteFacts] = {}
    missing: dict[UUID, int] = {}
    for number, note_id, kept in database.values(
        f"SELECT number, note_id, facts FROM discovery_item WHERE {condition}", (values,)
    ):
        if kept is None:
            missing[note_id] = number
        else:
            author, channel, place, language, topics, at, *numbers = kept
            moment = datetime.fromtimestamp(at, UTC)
            found[number] = NoteFacts(
                note_id, UUID(author), channel, place, language, tuple(topics), moment, *numbers
            )
    for facts in candidates_among(missing):
        found[missing[facts.id]] = facts
        keep(facts)
    return found
