"""The full rebuild of every note's neighbours, in a process of its own that ends.

Reads the acts of members who consent, chooses the recipe that would have foretold them best, counts
everything anew and writes `discovery_item`; what a member who switched off once did is gone with
it. NumPy and SciPy are loaded here and nowhere in the product's lasting processes.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from redleaf.core import database
from redleaf.discovery.ranking import items, recipes
from redleaf.discovery.ranking.profiles import STRENGTHS
from redleaf.discovery.recommend import damping, neighbours
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.discovery.recommend.rules import Key
from redleaf.notes.selectors.candidates import NoteFacts, candidates_among, newest_candidates

LONGEST = 200  # of a member's newest acts
LARGEST = 4000  # notes whose counts are decorrelated: about 250 MB while it runs
NEWEST = 3000  # notes that get neighbours by likeness though few have met them
BATCH = 2000
SECONDS = 3600  # a rebuild that takes longer is stopped


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild read and wrote. `foretold` is NDCG@10 of each member's newest act, which was
    held out while the recipe was chosen; 0 where there were too few members to choose by."""

    members: int
    acts: int
    notes: int
    foretold: float
    seconds: float


def rebuild() -> Rebuilt:
    """Count everything anew. Raises nothing for an empty platform."""
    from redleaf.discovery.recommend import learning, sequences
    from redleaf.discovery.recommend import rebuild as rebuilding

    began = time.monotonic()
    lists = _acts()
    fresh = newest_candidates(NEWEST)
    met = {note for acts in lists for note, _strength in acts}
    known = _known(met, fresh)
    attributes: dict[Key, Sequence[str]] = {key: _words_of(facts) for key, facts in known.items()}
    of = sequences.events(_capped(lists, attributes), items=sorted(attributes, key=str))
    if not len(of.items):
        return Rebuilt(0, 0, 0, 0.0, time.monotonic() - began)
    recipe, foretold = learning.choose(of, attributes=attributes)
    rows = rebuilding.rebuild(of, recipe, attributes=attributes, swing=True, largest=LARGEST)
    numbers = _numbers([UUID(str(item)) for item in of.items])
    counts = dict(zip(map(str, of.items), of.counts.tolist(), strict=True))
    packed = {
        str(item): neighbours.pack((numbers[str(other)], value) for other, value in row)
        for item, row in rows
    }
    figures: dict[str, Any] = {
        "members": len(lists),
        "acts": int(of.lengths.sum()),
        "notes": len(of.items),
        "foretold": round(foretold, 5),
    }
    with transaction.atomic():
        _write(numbers, counts, packed, known)
        _keep(recipe, figures)
    recipes.forget()
    return Rebuilt(
        figures["members"],
        figures["acts"],
        figures["notes"],
        foretold,
        time.monotonic() - began,
    )


def rebuild_apart() -> None:
    """Run `rebuild` in a process of its own, so that its memory goes with it.

    Raises subprocess.CalledProcessError or TimeoutExpired.
    """
    subprocess.run(
        [sys.executable, "-m", "django", "recommend", "rebuild"],
        check=True,
        timeout=SECONDS,
        env={
            "DJANGO_SETTINGS_MODULE": "redleaf.config.settings",
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
    )


def _acts() -> list[list[tuple[str, float]]]:
    """Return each member's newest acts, oldest first, each note once with its strongest act."""
    kinds = sorted(STRENGTHS)
    found = database.values(
        "SELECT account_id, note_id, max(weight) FROM ("
        " SELECT i.account_id, i.note_id, i.at, s.weight,"
        "  row_number() OVER (PARTITION BY i.account_id ORDER BY i.at DESC) AS place"
        " FROM discovery_interaction i"
        " JOIN unnest(%(kinds)s::text[], %(weights)s::float8[]) AS s(kind, weight)"
        "  ON s.kind = i.kind) acts WHERE place <= %(longest)s"
        " GROUP BY account_id, note_id ORDER BY account_id, min(at), note_id",
        {
            "kinds": kinds,
            "weights": [STRENGTHS[kind] for kind in kinds],
            "longest": LONGEST * 3,
        },
    )
    lists: dict[UUID, list[tuple[str, float]]] = {}
    for account_id, note_id, weight in found:
        lists.setdefault(account_id, []).append((str(note_id), float(weight)))
    return [acts[-LONGEST:] for acts in lists.values()]


def _capped(
    lists: list[list[tuple[str, float]]], attributes: Mapping[Key, Sequence[str]]
) -> list[list[tuple[Key, float]]]:
    """Return the acts on notes that are still open, what one member did for one author capped."""
    authors = {
        key: next(word for word in words if word.startswith("author:"))
        for key, words in attributes.items()
    }
    made: list[list[tuple[Key, float]]] = []
    for acts in lists:
        done: dict[str, float] = {}
        kept: list[tuple[Key, float]] = []
        for note, strength in acts:
            author = authors.get(note)
            if author is None:
                continue
            before = done.get(author, 0.0)
            kept.append((note, damping.capped(strength, before)))
            done[author] = before + strength
        made.append(kept)
    return made


def _known(met: set[str], fresh: list[NoteFacts]) -> dict[str, NoteFacts]:
    """Return the facts of the notes met and the fresh ones that are open to everybody."""
    known = {str(facts.id): facts for facts in fresh}
    missing = sorted(met - known.keys())
    for start in range(0, len(missing), BATCH):
        for facts in candidates_among(UUID(item) for item in missing[start : start + BATCH]):
            known[str(facts.id)] = facts
    return known


def _words_of(facts: NoteFacts) -> Sequence[str]:
    words = [f"topic:{topic}" for topic in facts.topics]
    words += [f"channel:{facts.channel}"] if facts.channel else []
    words += [f"place:{facts.place}"] if facts.place else []
    return [*words, f"author:{facts.author_id}", f"language:{facts.language}"]


def _numbers(note_ids: list[UUID]) -> dict[str, int]:
    """Return each note's small number, giving one to those that have none."""
    for start in range(0, len(note_ids), BATCH):
        database.execute(
            "INSERT INTO discovery_item (note_id, count, neighbours)"
            " SELECT n.id, 0, '' FROM unnest(%s::uuid[]) AS w(id) JOIN notes_note n ON n.id = w.id"
            " ON CONFLICT (note_id) DO NOTHING",
            (note_ids[start : start + BATCH],),
        )
    return {
        str(note_id): number
        for number, note_id in database.values("SELECT number, note_id FROM discovery_item")
    }


def _write(
    numbers: dict[str, int],
    counts: dict[str, float],
    packed: dict[str, bytes],
    known: dict[str, NoteFacts],
) -> None:
    database.execute("UPDATE discovery_item SET count = 0, neighbours = '' WHERE count <> 0")
    keys = [key for key in counts if key in numbers]
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        database.execute(
            "UPDATE discovery_item i SET count = w.count, neighbours = w.packed,"
            " facts = w.facts::jsonb FROM unnest(%s::int[], %s::float8[], %s::bytea[], %s::text[])"
            " AS w(number, count, packed, facts)"
            " WHERE i.number = w.number",
            (
                [numbers[key] for key in part],
                [counts[key] for key in part],
                [packed.get(key, b"") for key in part],
                [items.as_json(known[key]) for key in part],
            ),
        )


def _keep(recipe: Recipe, figures: dict[str, Any]) -> None:
    database.execute(
        "UPDATE discovery_model SET is_current = false WHERE is_current AND kind = 'recipe'"
    )
    database.execute(
        "INSERT INTO discovery_model (kind, at, parameters, figures, is_current)"
        " VALUES ('recipe', now(), %s::jsonb, %s::jsonb, true)",
        (recipe.to_json(), json.dumps(figures)),
    )
