"""MMR beside SSD on the same candidates: how much score is kept, how unlike the notes are.

SSD, sliding spectrum decomposition (Huang et al., KDD 2021, arXiv 2107.05204): the next note
maximises `r + gamma * volume`, where the volume is that of the notes in the window and the
candidate, kept up to date by orthogonalising (modified Gram-Schmidt). A constant 1 is appended to
each unit vector, as the paper advises, and gamma counts in spreads of the scores. It serves no
page; it is here so that the choice can be checked.
"""

import time

import numpy as np

from redleaf.discovery.recommend import diversity
from redleaf.ops.bench.exposure.population import Floats, Ints
from redleaf.ops.bench.exposure.running import TIRED
from redleaf.ops.bench.exposure.systems import POOL, Redleaf

READERS = 120
BALANCES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
GAMMAS = (0.25, 0.5, 0.6, 0.7, 0.8, 1.0)
Entry = tuple[int, Ints, Floats]  # a reader, the candidates, their scores


def compare(system: Redleaf) -> dict[str, float]:
    """Return the figures of both at several strengths, over readers' candidates at the end."""
    state = system.state
    sets = []
    for reader in np.argsort(-state.topic_views.sum(axis=1))[:READERS].tolist():
        notes = state.live()
        score = system.scores(notes, reader)
        order = np.argsort(-score, kind="stable")[:POOL]
        sets.append((reader, notes[order], score[order]))
    figures: dict[str, float] = {}
    for balance in BALANCES:
        rows = [_mmr(system, entry, balance) for entry in sets]
        figures |= _mean(f"mmr{balance:g}".replace(".", "_"), rows)
    for gamma in GAMMAS:
        rows = [_ssd(system, entry, gamma) for entry in sets]
        figures |= _mean(f"ssd{gamma:g}".replace(".", "_"), rows)
    return figures


def ssd(
    scores: Floats, vectors: Floats, *, gamma: float, count: int = 20, window: int = 10
) -> Ints:
    """Return the indexes of `count` candidates in their order; vectors are rows of length 1."""
    rest = np.hstack([vectors, np.ones((len(vectors), 1))])
    quarter = np.quantile(np.sort(scores)[::-1][: 3 * count], [0.25, 0.75])
    strength = gamma * (float(quarter[1] - quarter[0]) or 1.0) * diversity.SPREAD
    free = np.ones(len(scores), dtype=bool)
    steps: list[tuple[Floats, Floats, float]] = []  # direction, shares of it, length
    taken: list[int] = []
    for _ in range(min(count, len(scores))):
        if len(steps) == window:
            direction, shares, _length = steps.pop(0)
            rest += np.outer(shares, direction)
        lengths = np.sqrt((rest * rest).sum(axis=1))
        volume = float(np.prod([length for _d, _s, length in steps]))
        value = np.where(free, scores + strength * volume * lengths, -np.inf)
        best = int(value.argmax())
        taken.append(best)
        free[best] = False
        direction = rest[best].copy()
        square = float(direction @ direction)
        if square > 1e-9:
            shares = rest @ direction / square
            rest = rest - np.outer(shares, direction)
            steps.append((direction, shares, square**0.5))
    return np.array(taken, dtype=np.int64)


def _mmr(system: Redleaf, entry: Entry, balance: float) -> list[float]:
    _reader, notes, score = entry
    vectors = [system.vectors[note] for note in notes.tolist()]
    values = score.tolist()
    began = time.process_time()
    picked = diversity.mmr(values, vectors, balance=balance)
    seconds = time.process_time() - began
    return [*_page(system, entry, np.array(picked, dtype=np.int64)), seconds * 1000]


def _ssd(system: Redleaf, entry: Entry, gamma: float) -> list[float]:
    _reader, notes, score = entry
    vectors = [system.vectors[note] for note in notes.tolist()]
    names = {key: place for place, key in enumerate(sorted({k for v in vectors for k in v}))}
    dense = np.zeros((len(vectors), len(names)))
    for row, vector in enumerate(vectors):
        for key, weight in vector.items():
            dense[row, names[key]] = weight
    began = time.process_time()
    picked = ssd(score, dense, gamma=gamma)
    seconds = time.process_time() - began
    return [*_page(system, entry, picked), seconds * 1000]


def _page(system: Redleaf, entry: Entry, picked: Ints) -> list[float]:
    reader, notes, score = entry
    page = notes[picked].tolist()
    pairs = [
        1 - diversity.likeness(system.vectors[one], system.vectors[other])
        for place, one in enumerate(page)
        for other in page[max(0, place - 10) : place]
    ]
    topics = system.state.world.notes.topic[notes[picked]].tolist()
    met: dict[int, int] = {}
    varied = 0.0
    for topic, gain in zip(topics, system.state.world.utility(reader, notes[picked]), strict=True):
        varied += float(gain) * TIRED ** met.get(topic, 0)
        met[topic] = met.get(topic, 0) + 1
    best = np.exp(np.sort(score)[::-1][: len(picked)]).sum()
    kept = float(np.exp(score[picked]).sum() / best)
    return [kept, float(np.mean(pairs)), float(len(met)), varied / len(page)]


def _mean(name: str, rows: list[list[float]]) -> dict[str, float]:
    names = ("kept", "unlike", "topics", "varied", "ms")
    means = np.mean(np.array(rows), axis=0)
    return {
        f"{name}.{key}": round(float(value), 4) for key, value in zip(names, means, strict=True)
    }
