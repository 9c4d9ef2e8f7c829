"""`redleaf bench exposure`: a small world shows what a large one does, and each time the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from redleaf.ops import commands
from redleaf.ops.bench import exposure
from redleaf.ops.bench.exposure import measures, population, running, spreading, systems

SMALL = {"seed": 3, "days": 6, "visits": 300}
SYSTEMS = ("popularity", "chronological", "formula", "redleaf_off", "redleaf")


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return exposure.measure(**SMALL)


def test_redleaf_keeps_its_promise(figures: dict[str, float]) -> None:
    assert figures["redleaf.promise_share"] > 0.95
    assert figures["redleaf_off.promise_share"] > 0.95
    assert figures["redleaf.promise_share"] > figures["popularity.promise_share"] + 0.3


def test_readers_gain_more_than_from_the_plain_lists(figures: dict[str, float]) -> None:
    for other in ("popularity", "chronological"):
        assert figures["redleaf.reader_utility"] > figures[f"{other}.reader_utility"]


@pytest.mark.parametrize("personal", [True, False])
def test_a_ring_gains_less_than_a_tenth_of_what_the_plain_formula_gives_it(personal: bool) -> None:
    """Against the same world where its accounts mark nothing."""
    world = population.build(seed=3, days=6, visits=300)
    notes = world.authors.ring[world.notes.author]

    def surplus(system: running.System) -> float:
        seen = [running.run(world, system, ring=ring).views[notes].sum() for ring in (True, False)]
        return float(seen[0] / seen[1]) - 1

    assert surplus(systems.Redleaf("r", personal=personal)) < surplus(systems.Formula()) / 10


def test_chance_decides_less_than_by_popularity(figures: dict[str, float]) -> None:
    assert figures["redleaf.gini_by_quality"] < figures["popularity.gini_by_quality"]


def test_every_system_has_every_figure_and_the_table_shows_it(figures: dict[str, float]) -> None:
    table = exposure.table(figures)
    for system in SYSTEMS:
        assert system in table
        assert all(f"{system}.{name}" in figures for name in exposure.COLUMNS)
    assert all(isinstance(value, int | float) for value in figures.values())


def test_the_same_seed_gives_the_same_run() -> None:
    worlds = [population.build(seed=4, days=6, visits=40) for _ in range(2)]
    one, two = (running.run(world, systems.Redleaf("r", personal=True)) for world in worlds)
    assert np.array_equal(one.views, two.views)
    assert one.joy == two.joy


def test_with_profiling_off_two_readers_get_one_list() -> None:
    world = population.build(seed=4, days=6, visits=40)
    system = systems.Redleaf("r", personal=False)
    running.run(world, system)
    assert system.page(1, population.MAIN, 0) == system.page(2, population.MAIN, 0)
    assert len(system.page(1, population.MAIN, 0)) == 20


def test_promises_do_not_depend_on_the_ranking_and_fit_the_traffic() -> None:
    world = population.build(seed=4, days=6, visits=500)
    owed = running.promises(world)
    assert owed.max() > 0
    assert owed.sum() < 0.13 * world.visit_depth.sum()


def test_a_world_below_its_size_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["bench", "exposure", "--days", "2"]) == 1
    assert "6 days" in capsys.readouterr().out


def test_the_file_holds_numbers_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: dict[str, float]
) -> None:
    monkeypatch.setattr(exposure, "measure", lambda **_: figures)
    file = tmp_path / "figures.json"
    assert commands.main(["bench", "exposure", "--json", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == figures


def test_gini_is_0_for_equals_and_near_1_for_one_winner() -> None:
    assert measures.gini(np.full(10, 3.0)) == pytest.approx(0.0)
    assert measures.gini(np.array([0.0] * 99 + [5.0])) == pytest.approx(0.99)
    assert measures.gini(np.array([])) == 0.0


def test_views_that_follow_quality_are_no_luck() -> None:
    quality = np.linspace(0, 1, 100)
    fair = np.ceil(quality * 10) * 5
    assert measures.gini_by_quality(quality, fair) < 0.05 < measures.gini(fair)


def test_ssd_prefers_what_is_unlike() -> None:
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    scores = np.array([1.0, 0.99, 0.9, 0.1])
    assert spreading.ssd(scores, vectors, gamma=0.5, count=2).tolist() == [0, 2]
    assert spreading.ssd(scores, vectors, gamma=0.0, count=4).tolist() == [0, 1, 2, 3]
