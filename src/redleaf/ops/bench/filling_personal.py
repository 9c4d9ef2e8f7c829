"""Filling what personal Explore is made from: consents, acts, profiles and neighbours.

Every member agrees and every mark is an act that was recorded, so the firehose holds as many rows
as there are marks. Neighbours are drawn at random with the size and spread of real ones; what a
rebuild costs and how well it foretells is measured by `redleaf bench recommend`, not here.
"""

import json
import random
from typing import Any
from uuid import UUID

READERS = 3000  # whose personal Explore is asked for, each once: nothing of theirs is cached
RECENT = 50
KEPT = 200
BATCH = 2000
SHARE = 0.02  # neighbours come from this part of the notes around a note: tastes overlap


def fill(
    source: random.Random, copy: Any, accounts: list[tuple[UUID, str]], written: list[UUID]
) -> list[UUID]:
    """Fill the tables and return the members whose Explore is personal."""
    from redleaf.core import clock, database

    database.execute(
        "INSERT INTO privacy_consent (account_id, purpose, version, granted_at)"
        " SELECT id, 'profiling', 1, now() FROM accounts_account WHERE handle LIKE 'member_%%'"
    )
    database.execute(
        "INSERT INTO discovery_interaction (account_id, at, note_id, kind, value)"
        " SELECT account_id, now() - interval '1 second' * (row_number() OVER ()), note_id, kind, 1"
        " FROM notes_mark"
    )
    database.execute(
        "INSERT INTO discovery_worth (note_id, points)"
        " SELECT note_id, like_count + 3 * save_count + 4 * helpful_count FROM notes_note_tally"
    )
    _items(copy, written)
    readers = [account_id for account_id, _handle in source.sample(accounts, READERS)]
    numbers = dict(database.values("SELECT note_id, number FROM discovery_item"))
    moment = clock.now()
    profiles = []
    for reader in readers:
        found = database.values(
            "SELECT m.note_id, o.key, n.author_id FROM notes_mark m"
            " JOIN notes_note n ON n.id = m.note_id"
            " LEFT JOIN LATERAL (SELECT t.key FROM notes_note_topic y JOIN notes_topic t"
            "  ON t.id = y.topic_id WHERE y.note_id = n.id LIMIT 1) o ON true"
            " WHERE m.account_id = %s LIMIT %s",
            (reader, RECENT),
        )
        recent = [[numbers[note_id], 1.0] for note_id, _key, _author in found]
        subjects = {f"topic:{key}": 2.0 for _note, key, _author in found if key}
        subjects |= {f"author:{author}": 1.0 for _note, _key, author in found}
        profiles.append(
            (reader, json.dumps(recent), json.dumps(dict(list(subjects.items())[:80])), moment)
        )
    copy("COPY discovery_profile (account_id, recent, subjects, updated_at) FROM STDIN", profiles)
    return readers


def _items(copy: Any, written: list[UUID]) -> None:
    """Give every note 200 neighbours, most of them near to it in an order of tastes."""
    import numpy as np

    from redleaf.core import database
    from redleaf.discovery.ranking import items
    from redleaf.notes.selectors.candidates import candidates_among

    database.execute(
        "INSERT INTO discovery_item (note_id, count, neighbours)"
        " SELECT id, 20, '' FROM notes_note ORDER BY md5(id::text)"
    )
    for start in range(0, len(written), BATCH):
        for facts in candidates_among(written[start : start + BATCH]):
            items.keep(facts)
    rows = database.values("SELECT number FROM discovery_item ORDER BY number")
    numbers = np.array([row[0] for row in rows], dtype="<u4")
    chance = np.random.default_rng(20_261_124)
    weights = np.sort(chance.pareto(1.5, KEPT).astype("<f4"))[::-1]
    reach = max(KEPT * 2, int(len(numbers) * SHARE))
    database.execute("CREATE TEMPORARY TABLE bench_near (number int, packed bytea)")
    copy("COPY bench_near (number, packed) FROM STDIN", _packed(numbers, weights, chance, reach))
    database.execute(
        "UPDATE discovery_item i SET neighbours = n.packed FROM bench_near n"
        " WHERE n.number = i.number"
    )


def _packed(numbers: Any, weights: Any, chance: Any, reach: int) -> Any:
    import numpy as np

    tail = weights.tobytes()
    for place, number in enumerate(numbers.tolist()):
        offsets = chance.integers(-reach, reach, KEPT * 2)
        near = np.unique((place + offsets) % len(numbers))
        near = chance.permutation(near[near != place])[:KEPT]
        yield number, numbers[near].astype("<u4").tobytes() + tail[: 4 * len(near)]
