"""The list for one member who switched personal Explore on.

Candidates are what people went on to from what the member read, notes by those they follow, on
their subjects, about their city, and the best and the newest of the list for everybody.
"""

from dataclasses import replace
from uuid import UUID

from redleaf.core import clock, database, ids
from redleaf.discovery import steering
from redleaf.discovery.ranking import clicks, items, profiles, recipes, signals
from redleaf.discovery.ranking.composing import Candidate, Inputs
from redleaf.discovery.ranking.profiles import Known
from redleaf.discovery.ranking.settings import Settings
from redleaf.discovery.ranking.signals import Chosen
from redleaf.discovery.recommend import exploration, neighbours
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel
from redleaf.graph.selectors import Viewer, followed_ids, viewer_id
from redleaf.notes.models.notes import RANK_SECONDS
from redleaf.notes.selectors.candidates import newest_at, newest_by, newest_on
from redleaf.privacy.selectors import consents

PROFILING = "profiling"
NEAR, FRIENDS, SUBJECTS, POOL = 80, 16, 16, 50
DIVERSE = 24  # the first page; further down the order is that of the scores
FOLLOWED = 20
TOPICS = 4
LOCAL = 16
TRIED = 16


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
    found = _found(known, friends, chosen.places)
    now = clock.now().timestamp()
    strongest = max(known.subjects.values(), default=1.0)
    candidates: dict[str, Candidate] = {}
    for (facts, points), source, reason, affinity in found:
        if channel is not None and facts.channel != channel.slug:
            continue
        made = signals.candidate(
            facts,
            now=now,
            language=language,
            source=source,
            reason=reason,
            chosen=chosen,
            points=points,
        )
        _add(made, known, strongest, affinity)
        candidates[made.key] = made
    names = frozenset(map(str, chosen.friends))
    less = frozenset(map(str, chosen.less_authors))
    for item in pool.candidates:
        if item.key not in candidates:
            candidates[item.key] = _for(
                item,
                chosen=chosen,
                friends=names,
                less_authors=less,
                known=known,
                strongest=strongest,
            )
    limited = list(candidates.values())[: settings.candidates]
    _guess(limited)
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


def _guess(candidates: list[Candidate]) -> None:
    """Add what the click model guesses, where there is one."""
    guesses = clicks.guesses([item.signals for item in candidates])
    if guesses is not None:
        for item, guess in zip(candidates, guesses, strict=True):
            item.signals["predicted"] = guess


def _tail(pool: Inputs, now: float) -> float | None:
    """Return the rank of the last of the common candidates that is taken over, a little too high
    for the rounding of signals: what is met twice is left out, what is missed would be lost."""
    if len(pool.candidates) < POOL:
        return None
    last = pool.candidates[POOL - 1].signals
    return now - last["age"] * 86_400 + RANK_SECONDS * last["benefit"] + 30


def settings_for(settings: Settings) -> Settings:
    """Return the settings with as much diversity as one reader looks at."""
    return settings.with_diverse(min(settings.diverse, DIVERSE))


def pool_of(inputs: Inputs) -> Inputs:
    """Return of the list for everybody what personal lists take over: the first candidates, and
    those that are owed views or may be tried."""
    arms = list(inputs.arms[:TRIED])
    slots = {debt.key for debt in inputs.debts} | {arm.key for arm in arms}
    kept = [
        item for place, item in enumerate(inputs.candidates) if place < POOL or item.key in slots
    ]
    return replace(inputs, candidates=kept, arms=arms)


def _found(
    known: Known, friends: list[UUID], places: frozenset[str]
) -> list[tuple[items.Known, str, str, float]]:
    """Return (note with its points, source, the note that it was read after, how near)."""
    near, names = _near(known)
    by_number = {item.number: item for item in near}
    topics = [name.partition(":")[2] for name in known.subjects if name.startswith("topic:")]
    more = dict.fromkeys(newest_on(topics[:TOPICS], limit=SUBJECTS), "subject")
    if places:
        about = [place.id for place in editions.places() if place.slug in places]
        more |= dict.fromkeys(newest_at(about, limit=LOCAL), "local")
    more |= dict.fromkeys(newest_by(friends[:FOLLOWED], each=2, limit=FRIENDS), "friend")
    made: list[tuple[items.Known, str, str, float]] = []
    for number, one in items.known_items(list(by_number), list(more)):
        item = by_number.get(number)
        if item is None:
            made.append((one, more[one[0].id], "", 0.0))
        else:
            made.append((one, "transition", names.get(item.reason, ""), item.score))
    return made


def _near(known: Known) -> tuple[list[neighbours.Near], dict[int, str]]:
    """Return what is near to the member's newest acts, and how those notes are addressed."""
    recent = known.recent[: neighbours.MERGED]
    if not recent:
        return [], {}
    packed: dict[int, bytes] = {}
    names: dict[int, str] = {}
    for number, row, note_id in database.values(
        "SELECT number, neighbours, note_id FROM discovery_item WHERE number = ANY(%s)",
        ([number for number, _strength in recent],),
    ):
        packed[number], names[number] = bytes(row), ids.encode(note_id)
    near = neighbours.merge(
        [(number, packed[number], strength) for number, strength in recent if number in packed],
        without=[number for number, _strength in known.recent],
        limit=NEAR,
        decay=recipes.recipe_in_use().decay,
    )
    return near, names


def _for(
    item: Candidate,
    *,
    chosen: Chosen,
    friends: frozenset[str],
    less_authors: frozenset[str],
    known: Known,
    strongest: float,
) -> Candidate:
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
    author = item.author
    if author in friends:
        made.signals["friend"] = 1.0
    if item.place in chosen.places:
        made.signals["local"] = 1.0
    if author in less_authors or chosen.less_topics.intersection(item.topics):
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
