"""The guess that a note is opened: a small model, learnt from what members who consent were shown.

Each card that was seen is an example: its signals, as its receipt has them, and whether the member
opened, liked, saved, found helpful, shared or commented on it within a day. The place on the page
is learnt too and left out when guessing, so that what stood high is not taken for what is liked.
A model that does not foretell the newest fifth better than chance is kept with its figures, but
not used. A missing, old or broken model is no model: the list goes without this signal.
"""

import json
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from redleaf.core import clock, database, ids
from redleaf.core.errors import NotFound
from redleaf.discovery.ranking import receipts
from redleaf.discovery.ranking.settings import SIGNALS
from redleaf.discovery.recommend.model import Model, ModelBroken, chance, dump, load

log = structlog.get_logger(__name__)

HOLD = 60.0  # seconds for which a process may still use the model before
DAYS = 30
MOST = 200_000  # newest examples
FEWEST, FEWEST_OPENED = 2000, 50
LEAST_AUC = 0.52
NAMES = tuple(name for name in SIGNALS if name != "predicted")
PLACE = "place"
_held: list[tuple[float, Model | None]] = []


def guesses(signals: Sequence[dict[str, float]]) -> list[float] | None:
    """Return for each note the guess that it is opened, 0 to 1; None without a model."""
    model = model_in_use()
    if model is None:
        return None
    return [round(chance(score), 4) for score in model.score_many({}, signals)]


def model_in_use() -> Model | None:
    """Return the current model, at most a minute old in each process; None if there is no sound
    one, and the operator's log says why."""
    if _held and _held[0][0] > time.monotonic():
        return _held[0][1]
    found = database.values(
        "SELECT number, parameters FROM discovery_model WHERE is_current AND kind = 'clicks'"
    )
    model = None
    if found:
        try:
            model = load(json.dumps(found[0][1]), signals=[*NAMES, PLACE])
        except ModelBroken as problem:
            log.warning("click_model_broken", model=found[0][0], problem=str(problem))
    _held[:] = [(time.monotonic() + HOLD, model)]
    return model


def forget() -> None:
    """Drop what is held, after a training in this process."""
    _held.clear()


def train() -> dict[str, float] | None:
    """Learn from the last month and put the model in use if it foretells; return its figures, or
    None where there is too little to learn from. Loads NumPy and SciPy."""
    import numpy as np

    from redleaf.discovery.recommend import fitting

    rows, opened = _examples()
    if len(rows) < FEWEST or sum(opened) < FEWEST_OPENED:
        return None
    names = [*NAMES, PLACE]
    values = np.array([[row.get(name, np.nan) for name in names] for row in rows], dtype=np.float64)
    clicked = np.array(opened, dtype=np.int8)
    cut = len(rows) * 4 // 5
    version = clock.now().isoformat(timespec="seconds")
    try:
        tried = fitting.fit(names, values[:cut], clicked[:cut], version=version)
        auc = fitting.auc(clicked[cut:], fitting.scores(tried, list(NAMES), values[cut:]))
        model = fitting.fit(names, values, clicked, version=version, figures={"auc": round(auc, 4)})
    except ValueError:
        return None  # all were opened, or none
    _keep(model, is_good=auc >= LEAST_AUC)
    forget()
    return dict(model.figures)


def _keep(model: Model, *, is_good: bool) -> None:
    if is_good:
        database.execute(
            "UPDATE discovery_model SET is_current = false WHERE is_current AND kind = 'clicks'"
        )
    database.execute(
        "INSERT INTO discovery_model (kind, at, parameters, figures, is_current)"
        " VALUES ('clicks', now(), %s::jsonb, %s::jsonb, %s)",
        (dump(model), json.dumps(dict(model.figures)), is_good),
    )


def _examples() -> tuple[list[dict[str, float]], list[int]]:
    """Return the signals of cards that were seen, oldest first, and whether they were opened."""
    found = database.values(
        "SELECT i.receipt_id, i.note_id, i.position, EXISTS ("
        " SELECT 1 FROM discovery_interaction a WHERE a.account_id = i.account_id"
        " AND a.note_id = i.note_id AND a.kind <> 'hide' AND a.at >= i.at"
        " AND a.at < i.at + interval '1 day') FROM discovery_impression i"
        " WHERE i.at >= %s AND i.receipt_id IS NOT NULL ORDER BY i.at DESC LIMIT %s",
        (clock.now() - timedelta(days=DAYS), MOST),
    )
    rows: list[dict[str, float]] = []
    opened: list[int] = []
    known: dict[UUID, dict[str, dict[str, float]]] = {}
    for receipt_id, note_id, position, was_opened in reversed(found):
        if receipt_id not in known:
            known[receipt_id] = _signals_of(receipt_id)
        signals = known[receipt_id].get(ids.encode(note_id))
        if signals is not None:
            rows.append({**signals, PLACE: float(position)})
            opened.append(int(was_opened))
    return rows, opened


def _signals_of(receipt_id: UUID) -> dict[str, dict[str, Any]]:
    try:
        return {item.key: item.signals for item in receipts.receipt(receipt_id).inputs.candidates}
    except (NotFound, ValueError):  # its month is over, or an older version wrote it
        return {}
