"""Exploration: draws that can be replayed, that favour the promising, and lists that hold."""

import subprocess
import sys

import pytest

from redleaf.discovery.recommend.exploration import (
    EPOCHS,
    Arm,
    epoch_at,
    epoch_seconds,
    insert,
    seed_of,
    thompson,
)

KNOWN = [("d", 0.110036658), ("a", 0.070710903), ("b", 0.040232894), ("c", 0.003255224)]
ARMS = [Arm("a", 3, 20), Arm("b", 0, 0), Arm("c", 0, 200), Arm("d", 30, 200)]


def test_the_same_seed_gives_the_same_draws_in_any_order_of_the_candidates() -> None:
    first = thompson(ARMS, places=4, seed=7)
    assert thompson(list(reversed(ARMS)), places=4, seed=7) == first
    assert thompson(ARMS, places=4, seed=8) != first


def test_draws_have_known_values() -> None:
    """A Python whose draws differ could not replay old receipts; this would say so."""
    drawn = [(draw.key, round(draw.value, 9)) for draw in thompson(ARMS, places=4, seed=7)]
    assert drawn == KNOWN


def test_another_process_draws_the_same() -> None:
    code = (
        "from redleaf.discovery.recommend.exploration import Arm, seed_of, thompson;"
        "print(thompson([Arm(n, n, 20) for n in range(9)], places=9, seed=seed_of('e', 'c', 3)))"
    )
    here = thompson([Arm(n, n, 20) for n in range(9)], places=9, seed=seed_of("e", "c", 3))
    for hashes in ("1", "2"):
        said = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": hashes, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.strip() == str(here)


def test_the_good_are_chosen_often_the_unknown_sometimes_the_poor_hardly_ever() -> None:
    firsts = [thompson(ARMS, places=1, seed=seed)[0].key for seed in range(2_000)]
    share = {key: firsts.count(key) / len(firsts) for key in "abcd"}
    assert share["d"] > share["b"] > 0.02
    assert share["a"] > share["b"]
    assert share["c"] < 0.005


def test_counts_that_cannot_be_are_refused() -> None:
    for clicks, impressions in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="impressions"):
            thompson([Arm("a", clicks, impressions)], places=1, seed=1)


def test_no_candidates_and_no_places_are_no_draws() -> None:
    assert thompson([], places=2, seed=1) == []
    assert thompson(ARMS, places=0, seed=1) == []


def test_a_seed_depends_on_each_part_and_where_it_ends() -> None:
    seeds = {
        seed_of("ca", "food", "en", 5),
        seed_of("ca", "food", "en", 6),
        seed_of("ca", "", "en"),
    }
    assert len(seeds) == 3
    assert seed_of("ab", "c") != seed_of("a", "bc")
    assert 0 <= seed_of("\ud800", "") < 2**63


def test_a_list_holds_within_an_epoch() -> None:
    assert epoch_at(120.0, 60) == epoch_at(179.9, 60) == 2
    assert epoch_at(180.0, 60) == 3


@pytest.mark.parametrize(
    ("pages", "length"), [(0, 60), (0.01, 60), (1, 10), (3, 2), (5, 2), (10_000, 1), (-1, 60)]
)
def test_the_more_read_the_shorter_a_list_holds(pages: float, length: int) -> None:
    assert epoch_seconds(pages) == length
    assert 86_400 % length == 0
    assert length in EPOCHS


def test_extras_stand_at_their_ranks() -> None:
    page = insert(list("abcdef"), ["X", "Y"], (2, 5))
    assert page == list("aXbcYdef")
    assert insert([], ["X"], (5,)) == ["X"]
    assert insert(["a"], [], (5,)) == ["a"]
