"""The list for everybody: it depends on edition, channel, language, sliders and time alone.

With sliders in the middle no reader is asked about at all. Friends and a chosen city count when a
member pulls their slider up: then that is a choice, and the receipt says so.
"""

from redleaf.core import clock, ids
from redleaf.discovery.ranking import signals, worth
from redleaf.discovery.ranking.composing import NEW, Inputs
from redleaf.discovery.ranking.settings import Settings
from redleaf.discovery.ranking.signals import NOTHING_CHOSEN, Chosen
from redleaf.discovery.reach import promises
from redleaf.discovery.recommend import exploration
from redleaf.editions.models import Channel
from redleaf.notes.selectors.candidates import (
    NoteFacts,
    candidates_among,
    newest_candidates,
    top_candidates,
)

FRESH = 60  # of the candidates, the newest ones whatever their rank
OWED = 80  # at most so many notes that are owed views
TRIED = 120  # the candidates of least known worth, for trials


def gather(
    settings: Settings,
    channel: Channel | None,
    *,
    language: str,
    sliders: dict[str, int],
    seed: int,
    chosen: Chosen = NOTHING_CHOSEN,
) -> tuple[Inputs, float | None]:
    """Return what the list is composed from, and the rank at which it goes on by rank alone (None:
    there is nothing further)."""
    channel_id = channel.id if channel else None
    best = max(24, settings.candidates - FRESH - OWED)
    top = top_candidates(best, channel_id=channel_id)
    found = {facts.id: ("benefit", facts) for facts in top}
    for facts in newest_candidates(FRESH, channel_id=channel_id):
        found.setdefault(facts.id, ("fresh", facts))
    debts = promises.debts(channel_id)[:OWED]
    missing = [key for key in (ids.decode(str(debt.key)) for debt in debts) if key not in found]
    for facts in candidates_among(missing):
        found[facts.id] = (NEW, facts)
    now = clock.now().timestamp()
    points = worth.points_of(list(found))
    candidates = [
        signals.candidate(
            facts,
            now=now,
            language=language,
            source=source,
            chosen=chosen,
            points=points.get(facts.id),
        )
        for source, facts in found.values()
    ]
    inputs = Inputs(
        settings,
        candidates,
        sliders,
        seed,
        one_channel=channel is not None,
        debts=[debt for debt in debts if ids.decode(str(debt.key)) in found],
        arms=trials([facts for _source, facts in found.values()]),
    )
    return inputs, (top[-1].rank if len(top) == best else None)


def trials(facts: list[NoteFacts]) -> list[exploration.Arm]:
    """Return the notes that may be tried: those that the fewest have marked so far."""
    least = sorted(facts, key=lambda item: (item.likes + item.saves + item.helpful, item.id))
    return sorted(promises.arms([item.id for item in least[:TRIED]]), key=lambda arm: str(arm.key))
