"""The list for one member who switched personal Explore on.

Candidates are what people went on to from what the member read, notes by those they follow, on
their subjects, about their city, and the best and the newest of the list for everybody.
"""

from collections.abc import Iterable
from uuid import UUID

from cachetools import TTLCache

from redleaf.core import clock, database, ids
from redleaf.discovery import steering
from redleaf.discovery.ranking import profiles, recipes, signals
from redleaf.discovery.ranking.composing import Candidate, Inputs
from redleaf.discovery.ranking.profiles import Known
from redleaf.discovery.ranking.settings import Settings
from redleaf.discovery.ranking.signals import Chosen
from redleaf.discovery.recommend import exploration, neighbours
from redleaf.editions.models import Channel
from redleaf.graph.selectors import Viewer, followed_ids, viewer_id
from redleaf.notes.models.notes import RANK_SECONDS
from redleaf.notes.selectors.candidates import (
    NoteFacts,
    candidates_among,
    newest_by,
    newest_on,
)
from redleaf.privacy.selectors import consents

PROFILING = "profiling"
NEAR, FRIENDS, SUBJECTS, POOL = 160, 40, 40, 120
DIVERSE = 40  # two pages; further down the order is that of the scores
FOLLOWED = 60
FACTS_HELD, FACTS_FOR = 5000, 120.0
_facts: TTLCache[UUID, NoteFacts] = TTLCache(FACTS_HELD, FACTS_FOR)


def is_on(viewer: Viewer) -> bool:
    """Return whether the viewer switched personal Explore on."""
    return viewer_id(viewer) is not None and PROFILING in consents(viewer)


def gather(
    settings: Settings,
    viewer: Viewer,
    wish: steering.Steering,
    channel: Channel | None,
    pool: Inputs,
    *,
    language: str,
) -> tuple[Inputs, float | None]:
    """Return what this member's list is composed from, and the rank at which it goes on by rank
    (None: as the list for everybody does). `pool` is the list for everybody."""
    known = profiles.profile_of(viewer)
    friends = followed_ids(viewer)
    chosen = Chosen(
        frozenset(friends), steering.places_of(wish), wish.less_topics, wish.less_authors
    )
    near = _near(known)
    sources: dict[UUID, tuple[str, str, float]] = {
        note: ("transition", reason, score) for note, reason, score in near
    }
    for note in newest_by(friends[:FOLLOWED], each=2, limit=FRIENDS):
        sources.setdefault(note, ("friend", "", 0.0))
    topics = [name.partition(":")[2] for name in known.subjects if name.startswith("topic:")]
    for note in newest_on(topics[:8], limit=SUBJECTS):
        sources.setdefault(note, ("subject", "", 0.0))
    now = clock.now().timestamp()
    strongest = max(known.subjects.values(), default=1.0)
    candidates: dict[str, Candidate] = {}
    for facts in _facts_of(sources):
        if channel is not None and facts.channel != channel.slug:
            continue
        source, reason, affinity = sources[facts.id]
        made = signals.candidate(
            facts, now=now, language=language, source=source, reason=reason, chosen=chosen
        )
        _add(made, known, strongest, affinity)
        candidates[made.key] = made
    for item in _pool(pool):
        if item.key not in candidates:
            candidates[item.key] = _for(item, chosen, known, strongest)
    limited = list(candidates.values())[: settings.candidates]
    keys = {item.key for item in limited}
    inputs = Inputs(
        settings_for(settings),
        limited,
        {name: value for name, value in wish.sliders.items() if value},
        exploration.seed_of("personal", viewer_id(viewer), language, now),
        is_personal=True,
        one_channel=channel is not None,
        debts=[debt for debt in pool.debts if debt.key in keys],
        arms=[arm for arm in pool.arms if arm.key in keys],
    )
    return inputs, _tail(pool, now)


def _tail(pool: Inputs, now: float) -> float | None:
    """Return the rank of the last of the common candidates that is taken over, a little too high
    for the rounding of signals: what is met twice is left out, what is missed would be lost."""
    if len(pool.candidates) <= POOL:
        return None
    last = pool.candidates[POOL - 1].signals
    return now - last["age"] * 86_400 + RANK_SECONDS * last["benefit"] + 30


def settings_for(settings: Settings) -> Settings:
    """Return the settings with as much diversity as one reader looks at."""
    return settings.with_diverse(min(settings.diverse, DIVERSE))


def _pool(pool: Inputs) -> Iterable[Candidate]:
    """Return of the common candidates the first, and those that are owed views or may be tried."""
    slots = {debt.key for debt in pool.debts} | {arm.key for arm in pool.arms[:30]}
    for place, item in enumerate(pool.candidates):
        if place < POOL or item.key in slots:
            yield item


def _near(known: Known) -> list[tuple[UUID, str, float]]:
    """Return (note, the note that it was read after, how near) of what is near to recent acts."""
    recent = known.recent[: neighbours.MERGED]
    if not recent:
        return []
    rows = {
        row[0]: row[1:]
        for row in database.values(
            "SELECT number, neighbours, note_id FROM discovery_item WHERE number = ANY(%s)",
            ([number for number, _strength in recent],),
        )
    }
    merged = neighbours.merge(
        [
            (number, bytes(rows[number][0]), strength)
            for number, strength in recent
            if number in rows
        ],
        without=[number for number, _strength in known.recent],
        limit=NEAR,
        decay=recipes.recipe_in_use().decay,
    )
    notes = dict(
        database.values(
            "SELECT number, note_id FROM discovery_item WHERE number = ANY(%s)",
            ([item.number for item in merged],),
        )
    )
    return [
        (
            notes[item.number],
            ids.encode(rows[item.reason][1]) if item.reason in rows else "",
            item.score,
        )
        for item in merged
        if item.number in notes
    ]


def _facts_of(wanted: Iterable[UUID]) -> list[NoteFacts]:
    """Return public facts of notes, at most two minutes old; the page leaves out hidden ones."""
    found: list[NoteFacts] = []
    missing: list[UUID] = []
    for item in wanted:
        known = _facts.get(item)
        if known is None:
            missing.append(item)
        else:
            found.append(known)
    for facts in candidates_among(missing):
        _facts[facts.id] = facts
        found.append(facts)
    return found


def _for(item: Candidate, chosen: Chosen, known: Known, strongest: float) -> Candidate:
    made = Candidate(
        item.key,
        item.author,
        item.channel,
        item.topics,
        item.place,
        item.source,
        item.reason,
        dict(item.signals),
    )
    author = UUID(item.author)
    if author in chosen.friends:
        made.signals["friend"] = 1.0
    if item.place in chosen.places:
        made.signals["local"] = 1.0
    if author in chosen.less_authors or chosen.less_topics.intersection(item.topics):
        made.signals["less"] = 1.0
    _add(made, known, strongest, 0.0)
    return made


def _add(made: Candidate, known: Known, strongest: float, affinity: float) -> None:
    """Add what was learnt: nearness to what was read, and how strong its subjects are."""
    if affinity:
        made.signals["affinity"] = affinity
    subjects = known.subjects
    strength = max([subjects.get(f"topic:{topic}", 0.0) for topic in made.topics], default=0.0)
    strength = 0.6 * strength + 0.2 * subjects.get(f"channel:{made.channel}", 0.0)
    strength += 0.4 * subjects.get(f"author:{made.author}", 0.0)
    if strength:
        made.signals["subject"] = round(min(1.0, strength / strongest), 4)


def forget() -> None:
    """Drop what is at hand, for tests."""
    _facts.clear()
