"""Signals: what is known of a note, in the units that the weights are for."""

from dataclasses import dataclass
from math import log1p, log10
from uuid import UUID

from redleaf.core import ids
from redleaf.discovery.ranking.composing import Candidate, benefit
from redleaf.notes.selectors.candidates import NoteFacts

LONG = 800  # letters of a body that count as thorough
MANY_PICTURES = 6
KNOWN_FOLLOWERS = 3  # powers of ten: from 1,000 followers on nobody is a new voice


@dataclass(frozen=True)
class Chosen:
    """What a reader said about the list: authors followed (if that slider is up), the city's
    places (if that one is), and keys of topics and ids of authors to see less of."""

    friends: frozenset[UUID] = frozenset()
    places: frozenset[str] = frozenset()
    less_topics: frozenset[str] = frozenset()
    less_authors: frozenset[UUID] = frozenset()

    @property
    def is_own(self) -> bool:
        """Whether the list is this reader's alone. A city's list is that of all who chose it."""
        return bool(self.friends or self.less_topics or self.less_authors)


NOTHING_CHOSEN = Chosen()


def public_signals(
    facts: NoteFacts, *, now: float, language: str, points: float | None = None
) -> dict[str, float]:
    """Return the signals that are the same for every reader of a language. `points` are what
    marks are worth with each member's capped, if that was counted."""
    if points is None:
        gained = benefit(facts.likes, facts.comments, facts.saves, facts.shares, facts.helpful)
    else:
        gained = log1p(points)
    return {
        "benefit": round(gained, 4),
        "age": round(max(0.0, now - facts.published_at.timestamp()) / 86_400, 4),
        "depth": depth(facts),
        "language": 1.0 if facts.language == language else 0.0,
        "new_voice": round(max(0.0, 1 - log10(1 + facts.followers) / KNOWN_FOLLOWERS), 4),
    }


def depth(facts: NoteFacts) -> float:
    """Return how thorough a note is, 0 to 1: half its length, a fifth its pictures, and the rest
    how many of the marks it got say that it was useful (saved, found helpful)."""
    useful = facts.saves + facts.helpful
    marks = useful + facts.likes
    return round(
        0.5 * min(1.0, facts.letters / LONG)
        + 0.2 * min(1.0, facts.pictures / MANY_PICTURES)
        + 0.3 * (useful / (marks + 5)),
        4,
    )


def candidate(
    facts: NoteFacts,
    *,
    now: float,
    language: str,
    source: str = "benefit",
    reason: str = "",
    chosen: "Chosen",
    points: float | None = None,
) -> Candidate:
    """Return a note as a candidate, with what the reader chose of it."""
    signals = public_signals(facts, now=now, language=language, points=points)
    if facts.author_id in chosen.friends:
        signals["friend"] = 1.0
    if facts.place in chosen.places:
        signals["local"] = 1.0
    if facts.author_id in chosen.less_authors or chosen.less_topics.intersection(facts.topics):
        signals["less"] = 1.0
    return Candidate(
        ids.encode(facts.id),
        str(facts.author_id),
        facts.channel,
        facts.topics,
        facts.place,
        source,
        reason,
        signals,
    )
