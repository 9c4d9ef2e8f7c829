"""What personal Explore learns of a member who switched it on, one act at a time.

An act changes the member's profile (what was read last, which subjects) and the neighbours of what
was read before it. `redleaf recommend rebuild` makes the neighbours anew from all acts of members
who still consent; switching off deletes profile and acts at once, and with the next rebuild every
trace in the neighbours.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from redleaf.core import clock, database
from redleaf.discovery.ranking import items, recipes
from redleaf.discovery.recommend import neighbours, transitions
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.selectors.candidates import NoteFacts, candidates_among

RECENT = 50
HALF_LIFE = 30 * 86_400.0  # of a subject's strength, in seconds
SUBJECTS = 80
STRENGTHS = {
    "open": 0.3,
    "dwell": 0.5,
    "like": 1.0,
    "comment": 1.2,
    "share": 1.5,
    "helpful": 1.5,
    "save": 2.0,
}


@dataclass(frozen=True)
class Known:
    """A member's profile: [item number, strength] with the newest first, and subjects."""

    recent: list[tuple[int, float]]
    subjects: dict[str, float]


def profile_of(viewer: Viewer) -> Known:
    """Return the profile of a member, empty if there is none."""
    found = database.values(
        "SELECT recent, subjects FROM discovery_profile WHERE account_id = %s", (viewer_id(viewer),)
    )
    if not found:
        return Known([], {})
    recent, subjects = found[0]
    return Known(
        [(int(number), float(strength)) for number, strength in reversed(recent)], subjects
    )


def learn(account_id: UUID, note_id: UUID, kind: str) -> None:
    """Take an act into the member's profile and into the neighbours of the acts before it.

    The caller has made sure of the member's consent. Kinds without a strength change nothing.
    """
    strength = STRENGTHS.get(kind)
    facts = candidates_among([note_id]) if strength else []
    if strength is None or not facts:
        return
    with transaction.atomic():
        number = _number_of(facts[0])
        database.execute(
            "INSERT INTO discovery_profile (account_id, recent, subjects, updated_at)"
            " VALUES (%s, '[]', '{}', %s) ON CONFLICT DO NOTHING",
            (account_id, clock.now()),
        )
        recent, subjects, since = database.values(
            "SELECT recent, subjects, updated_at FROM discovery_profile WHERE account_id = %s"
            " FOR UPDATE",
            (account_id,),
        )[0]
        before = [item for item in recent if item[0] != number]
        was_known = len(before) != len(recent)
        strongest = max([strength, *(item[1] for item in recent if item[0] == number)])
        faded = 0.5 ** (max(0.0, (clock.now() - since).total_seconds()) / HALF_LIFE)
        database.execute(
            "UPDATE discovery_profile SET recent = %s::jsonb, subjects = %s::jsonb,"
            " updated_at = %s WHERE account_id = %s",
            (
                json.dumps([*before, [number, strongest]][-RECENT:]),
                json.dumps(_subjects(subjects, facts[0], strength, faded)),
                clock.now(),
                account_id,
            ),
        )
        if not was_known:
            _bring_near(list(reversed(before)), number, strength)


def _number_of(facts: NoteFacts) -> int:
    """Return a note's small number, giving it one if it has none."""
    items.give_number(facts)
    found = database.values("SELECT number FROM discovery_item WHERE note_id = %s", (facts.id,))
    number: int = found[0][0]
    return number


def forget(account_id: UUID) -> None:
    """Delete a member's profile."""
    database.execute("DELETE FROM discovery_profile WHERE account_id = %s", (account_id,))


def _subjects(
    subjects: dict[str, float], facts: Any, strength: float, faded: float
) -> dict[str, float]:
    made = {name: value * faded for name, value in subjects.items()}
    names = [f"topic:{topic}" for topic in facts.topics]
    names += [f"channel:{facts.channel}"] if facts.channel else []
    names.append(f"author:{facts.author_id}")
    for name in names:
        made[name] = made.get(name, 0.0) + strength
    best = sorted(made.items(), key=lambda pair: (-pair[1], pair[0]))[:SUBJECTS]
    return {name: round(value, 4) for name, value in best}


def _bring_near(before: list[list[float]], number: int, strength: float) -> None:
    """Add the transitions from the acts before (newest first) to this one, and back.

    The counts are those of the moment; the nightly rebuild weighs everything by the same ones.
    """
    recipe = recipes.recipe_in_use()
    found = transitions.increments(
        [(int(item), weight) for item, weight in before], (number, strength), recipe
    )
    wanted = sorted({number, *(int(step.item) for step in found)})
    rows = database.values(
        "SELECT number, count, neighbours FROM discovery_item WHERE number = ANY(%s)"
        " ORDER BY number FOR UPDATE",
        (wanted,),
    )
    counts = {row[0]: row[1] + (strength if row[0] == number else 0) for row in rows}
    more: dict[int, list[tuple[int, float]]] = {row[0]: [] for row in rows}
    for step in found:
        item, other = int(step.item), int(step.other)
        if item in counts and other in counts:
            share = transitions.weight(step.delta, counts[item], counts[other], recipe)
            more[item].append((other, share))
    for known, _count, packed in rows:
        database.execute(
            "UPDATE discovery_item SET count = %s, neighbours = %s WHERE number = %s",
            (counts[known], neighbours.raised(bytes(packed), more[known]), known),
        )
