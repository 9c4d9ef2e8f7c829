"""Composing a list: what decides, and that the same inputs give the same list byte for byte."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from redleaf.discovery.ranking import composing
from redleaf.discovery.ranking.composing import NEW, TRIAL, Candidate, Inputs, compose
from redleaf.discovery.ranking.settings import DEFAULTS, SIGNALS, Settings
from redleaf.discovery.recommend.exploration import Arm
from redleaf.discovery.recommend.fair_start import Debt


def notes(count: int, **signals: float) -> list[Candidate]:
    return [
        Candidate(
            f"note{number:03}",
            f"author{number % 40}",
            f"channel{number % 7}",
            (f"topic{number % 11}", f"topic{number % 5}"),
            signals={"benefit": round(6 - number * 0.011, 4), "age": 1.0, **signals},
        )
        for number in range(count)
    ]


def inputs(candidates: list[Candidate], **changes: object) -> Inputs:
    return replace(Inputs(DEFAULTS, candidates, {}, seed=7), **changes)


def keys(given: Inputs) -> list[str]:
    return [item.key for item in compose(given)]


def test_every_candidate_is_in_the_list_once() -> None:
    assert sorted(keys(inputs(notes(300)))) == sorted(item.key for item in notes(300))


def test_without_diversity_and_rules_the_order_is_that_of_the_scores() -> None:
    settings = Settings(diverse=0)
    placed = compose(inputs(notes(50), settings=settings))
    assert [item.scored for item in placed] == list(range(1, 51))


def test_no_author_stands_twice_within_four_places() -> None:
    crowd = [replace(item, author="one") for item in notes(30)] + notes(200)[30:]
    by = {item.key: item.author for item in crowd}
    first = [by[key] for key in keys(inputs(crowd))[:20]]
    places = [place for place, author in enumerate(first) if author == "one"]
    assert len(places) == 3 and all(b - a > 4 for a, b in pairwise(places))


def test_what_a_rule_held_back_says_which() -> None:
    crowd = [replace(item, author="one") for item in notes(5)] + notes(100)[5:]
    rules = {item.rule for item in compose(inputs(crowd))[:40]}
    assert "author_gap" in rules


def test_a_note_that_is_owed_views_stands_third() -> None:
    poor = Candidate("poor", "nobody", signals={"benefit": 0.0, "age": 0.9})
    placed = compose(inputs([*notes(100), poor], debts=[Debt("poor", 50, 0, 40_000.0)]))
    assert (placed[2].key, placed[2].slot, placed[2].scored) == ("poor", NEW, 101)


def test_a_note_whose_debt_is_paid_stands_where_its_score_puts_it() -> None:
    poor = Candidate("poor", "nobody", signals={"benefit": 0.0, "age": 0.9})
    placed = compose(inputs([*notes(100), poor], debts=[Debt("poor", 50, 50, 40_000.0)]))
    assert placed[-1].key == "poor"


def test_a_page_has_two_places_for_trials() -> None:
    arms = [Arm(f"note{number:03}", 0, 3) for number in range(60, 100)]
    placed = compose(inputs(notes(100), arms=arms))
    assert [item.rank for item in placed[:20] if item.slot == TRIAL] == [6, 13]


def test_signals_about_the_reader_count_nothing_while_their_slider_is_in_the_middle() -> None:
    friends = [
        replace(item, signals={**item.signals, "friend": 1.0}) if number > 60 else item
        for number, item in enumerate(notes(100))
    ]
    assert keys(inputs(friends)) == keys(inputs(notes(100)))


def test_pulling_the_friends_slider_up_brings_friends_up() -> None:
    friend = Candidate("friend", "f", signals={"benefit": 4.0, "age": 1.0, "friend": 1.0})
    given = inputs([*notes(200), friend])
    raised = replace(given, sliders={"friends": 2})
    assert keys(raised).index("friend") < keys(given).index("friend")


def test_less_of_a_topic_counts_with_profiling_off_too() -> None:
    unwanted = replace(notes(1)[0], signals={"benefit": 6.0, "age": 1.0, "less": 1.0})
    assert keys(inputs([*notes(200)[1:], unwanted]))[0] != "note000"
    assert keys(inputs(notes(200)))[0] == "note000"


@pytest.mark.parametrize("slider", ["fresh", "friends", "depth", "local", "new_voices"])
@pytest.mark.parametrize("value", [-2, -1, 0, 1, 2])
def test_any_slider_leaves_every_note_in_the_list(slider: str, value: int) -> None:
    assert len(set(keys(inputs(notes(80), sliders={slider: value})))) == 80


def test_a_receipt_gives_the_same_list_again() -> None:
    given = inputs(
        notes(300),
        debts=[Debt(f"note{number:03}", 40, number % 40, 900.0 * number) for number in range(90)],
        arms=[Arm(f"note{number:03}", 1, 20) for number in range(200, 280)],
        sliders={"fresh": 1, "depth": -2},
    )
    assert compose(
        composing.from_json(json.loads(json.dumps(composing.as_json(given))))
    ) == compose(given)


def test_another_process_gives_the_same_list_byte_for_byte() -> None:
    given = json.dumps(composing.as_json(inputs(notes(200), arms=[Arm("note150", 0, 0)])))
    code = (
        "import json, sys; from redleaf.discovery.ranking import composing as c;"
        "print([item.key for item in c.compose(c.from_json(json.load(sys.stdin)))])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=given,
            text=True,
            capture_output=True,
            check=True,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "2", "3")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"colour": 1},
        {"weights": {"followers": 1}},
        {"weights": {"benefit": "much"}},
        {"weights": {"benefit": float("nan")}},
        {"candidates": 100_000},
        {"promise_share": 0.9},
        {"author_gap": True},
    ],
)
def test_settings_that_make_no_sense_are_refused_with_a_sentence(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Settings.from_json(bad)


def test_settings_survive_json() -> None:
    changed = Settings(weights={**DEFAULTS.weights, "depth": 2.0}, author_gap=2)
    assert Settings.from_json(json.loads(json.dumps(changed.to_json()))) == changed


def test_every_weight_is_of_a_signal() -> None:
    assert set(DEFAULTS.weights) == set(SIGNALS)
