"""The model: readable parts that add up, learnt from clicks; one error for all that is wrong."""

import json
from pathlib import Path

import numpy as np
import pytest

from redleaf.discovery.recommend import fitting, model
from redleaf.discovery.recommend.model import Model, ModelBroken, curve

SMALL = Model(
    "7",
    -1.0,
    {"fresh": curve([0.0, 1.0, 3.0], [0.0, 1.0, 0.0]), "saves": curve([0.0, 10.0], [-0.5, 0.5])},
    {"auc": 0.75},
)
NAMES = ("fresh", "saves", "noise")


def learnt_from(rows: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    values = chance.random((rows, 3)) * [3.0, 10.0, 1.0]
    odds = 2 * np.sin(values[:, 0]) + 0.3 * values[:, 1] - 3
    return values, (chance.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)


def test_a_curve_is_straight_between_knots_and_flat_outside() -> None:
    one = SMALL.curves["fresh"]
    assert [one.at(value) for value in (-5, 0.5, 1, 2, 99)] == [0.0, 0.5, 1.0, 0.5, 0.0]


def test_the_parts_add_up_to_the_score() -> None:
    signals = {"fresh": 0.5, "saves": 4.0, "unknown": 3.0}
    parts = SMALL.contributions(signals)
    assert parts == {"fresh": 0.5, "saves": pytest.approx(-0.1)}
    assert SMALL.base + sum(parts.values()) == pytest.approx(SMALL.score(signals))


def test_a_signal_that_is_not_known_adds_nothing() -> None:
    assert SMALL.score({}) == SMALL.base
    assert SMALL.score({"fresh": float("nan")}) == SMALL.base


def test_many_at_once_score_as_one_by_one() -> None:
    candidates = [{"saves": float(number)} for number in range(5)]
    one_by_one = [SMALL.score({"fresh": 2.0, **one}) for one in candidates]
    assert SMALL.score_many({"fresh": 2.0}, candidates) == pytest.approx(one_by_one)


def test_a_model_is_kept_as_text_with_its_figures() -> None:
    again = model.load(model.dump(SMALL), signals={"fresh", "saves", "more"})
    assert again == SMALL
    assert again.figures == {"auc": 0.75}


def broken(**changes: object) -> str:
    return json.dumps({**json.loads(model.dump(SMALL)), **changes})


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        b"\x00\xff\xfe",
        "not json",
        "[]",
        "[" * 100_000,
        "{}",
        broken(format=0),
        broken(base=float("nan")),
        broken(base="1"),
        broken(curves={}),
        broken(curves=[1]),
        broken(curves={"fresh": {"knots": [1, 1], "values": [0, 0]}}),
        broken(curves={"fresh": {"knots": [1, 2], "values": [0]}}),
        broken(curves={"fresh": {"knots": [1, 2], "values": [0, None]}}),
        broken(curves={"fresh": {"knots": [], "values": []}}),
        broken(curves={"fresh": 3}),
        broken(figures=None),
        model.dump(SMALL)[:-9],
    ],
)
def test_whatever_is_wrong_one_error_says_so(text: str | bytes | None) -> None:
    with pytest.raises(ModelBroken):
        model.load(text)


def test_a_model_for_signals_that_are_not_there_is_refused() -> None:
    with pytest.raises(ModelBroken, match="saves"):
        model.load(model.dump(SMALL), signals={"fresh"})


def test_a_model_file_that_is_not_there_is_the_same_error(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken):
        model.read(tmp_path / "model.json")
    (tmp_path / "model.json").write_text(model.dump(SMALL), encoding="utf-8")
    assert model.read(tmp_path / "model.json") == SMALL


def test_curves_are_learnt_from_clicks() -> None:
    values, clicked = learnt_from()
    made = fitting.fit(NAMES, values[:3000], clicked[:3000], version="1")
    found = fitting.auc(clicked[3000:], fitting.scores(made, NAMES, values[3000:]))
    truth = 2 * np.sin(values[3000:, 0]) + 0.3 * values[3000:, 1]
    assert found > fitting.auc(clicked[3000:], truth) - 0.01
    assert max(map(abs, made.curves["noise"].values)) < 0.5
    assert made.figures["rows"] == 3000


def test_the_trainers_scores_are_the_sites() -> None:
    values, clicked = learnt_from(500)
    values[::7, 1] = np.nan
    made = fitting.fit(NAMES, values, clicked, version="1")
    given = [dict(zip(NAMES, row, strict=True)) for row in values.tolist()]
    assert fitting.scores(made, NAMES, values) == pytest.approx([made.score(one) for one in given])
    assert model.load(model.dump(made)) == made


def test_there_is_nothing_to_learn_where_all_were_clicked() -> None:
    with pytest.raises(ValueError):
        fitting.fit(NAMES, np.zeros((5, 3)), np.ones(5), version="1")
    with pytest.raises(ValueError):
        fitting.fit(NAMES, np.zeros((0, 3)), np.ones(0), version="1")


def test_a_chance_is_between_nothing_and_one() -> None:
    assert model.chance(0) == 0.5
    assert 0 < model.chance(-1e9) < model.chance(1e9) <= 1
