"""Look-alikes: neighbours for a new note, and a start for a new member."""

import pytest

from redleaf.discovery.recommend import attributes

DESCRIBED = {
    "kettle": ["topic:tea", "channel:home", "word:kettle"],
    "pu-erh": ["topic:tea", "channel:food"],
    "noodles": ["channel:food"],
    "lamp": ["channel:home"],
}
HAVING = {
    name: [item for item, names in DESCRIBED.items() if name in names]
    for name in sorted({name for names in DESCRIBED.values() for name in names})
}
RARITY = attributes.rarities({name: len(items) for name, items in HAVING.items()}, 8)


def test_a_rare_thing_in_common_says_more_than_a_usual_one() -> None:
    rarity = attributes.rarities({"topic:tea": 2, "channel:food": 50}, 100)
    described = {"a": ["topic:tea", "x"], "b": ["channel:food", "x"]}
    row = attributes.look_alikes(
        ["topic:tea", "channel:food"],
        {"topic:tea": ["a"], "channel:food": ["b"]},
        described,
        rarity,
    )
    assert [item for item, _ in row] == ["a", "b"]


def test_what_is_about_the_same_is_wholly_alike() -> None:
    row = dict(attributes.look_alikes(["topic:tea", "channel:food"], HAVING, DESCRIBED, RARITY))
    assert row["pu-erh"] == pytest.approx(1.0)
    assert 0 < row["kettle"] < row["noodles"] < 1
    assert "lamp" not in row


def test_a_thing_that_everybody_has_or_nobody_knows_adds_nothing() -> None:
    rarity = attributes.rarities({"language:fr": 4}, 4)
    assert attributes.look_alikes(["language:fr", "?"], {"language:fr": ["a"]}, {}, rarity) == []
    assert attributes.look_alikes([], HAVING, DESCRIBED, RARITY) == []


def test_a_new_member_starts_with_what_was_chosen_and_found_useful() -> None:
    worth = {"noodles": 1.0, "lamp": 1.0, "pu-erh": 0.2}
    first = attributes.start(["topic:tea"], HAVING, DESCRIBED, RARITY, worth)
    assert {item for item, _ in first} == {"kettle", "pu-erh"}
    assert first[0][0] == "pu-erh"
    assert all(0 < value <= 1 for _, value in first)


def test_joining_adds_weights_and_keeps_the_largest() -> None:
    row = attributes.joined([("a", 1.0), ("b", 0.5)], [("b", 0.7), ("c", 0.1)], keep=2)
    assert row == [("b", 1.2), ("a", 1.0)]


def test_the_rarest_known_words_speak_for_a_text() -> None:
    rarity = {"word:tea": 1.0, "word:kettle": 3.0, "word:gaiwan": 4.0}
    assert attributes.words(["tea", "gaiwan", "kettle", "xyz"], rarity, most=2) == [
        "word:gaiwan",
        "word:kettle",
    ]
