"""Diversity: MMR picks what trying everything would pick, quickly, and unlike notes."""

import random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from redleaf.discovery.recommend import diversity
from redleaf.discovery.recommend.diversity import attributes, likeness, mmr


def candidates(count: int, seed: int = 1) -> tuple[list[float], list[dict[str, float]]]:
    """Return scores and vectors as a real channel has them: few topics, many words."""
    chance = random.Random(seed)
    vectors = []
    for _ in range(count):
        author = chance.randrange(120)
        vectors.append(
            attributes(
                author=author,
                channel=f"{author % 8}",
                place=chance.choice(["", f"{chance.randrange(20)}"]),
                topics=[f"{chance.randrange(60)}" for _ in range(chance.randint(1, 3))],
                words=[f"{int(chance.paretovariate(0.6)) % 4000}" for _ in range(10)],
            )
        )
    return [chance.gauss(0, 1) for _ in vectors], vectors


def by_trying_all(
    scores: list[float], vectors: list[dict[str, float]], balance: float, window: int
) -> list[int]:
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))[:160]
    top = [scores[index] for index in order[:60]]
    quarter = len(top) // 4
    unit = 3.0 * ((top[quarter] - top[-1 - quarter]) or (top[0] - top[-1]) or 1.0)
    taken: list[int] = []
    while len(taken) < min(20, len(order)):
        recent = taken[max(0, len(taken) - window) :]
        taken.append(
            max(
                (index for index in order if index not in taken),
                key=lambda index: (
                    balance * (scores[index] - top[0]) / unit
                    - (1 - balance)
                    * max((likeness(vectors[index], vectors[other]) for other in recent), default=0)
                ),
            )
        )
    return taken


@pytest.mark.parametrize("balance", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("window", [0, 3, 10, 20])
def test_stopping_early_changes_nothing(balance: float, window: int) -> None:
    scores, vectors = candidates(200)
    expected = by_trying_all(scores, vectors, balance, window)
    assert mmr(scores, vectors, balance=balance, window=window) == expected


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), max_size=60), st.integers(0, 30))
def test_a_page_holds_each_candidate_once_and_as_many_as_there_are(
    scores: list[float], count: int
) -> None:
    vectors = [attributes(author=number % 3) for number in range(len(scores))]
    taken = mmr(scores, vectors, count=count)
    assert len(taken) == len(set(taken)) == min(count, len(scores))


def test_balance_1_is_the_order_of_scores() -> None:
    scores, vectors = candidates(100)
    best = sorted(range(100), key=lambda index: -scores[index])[:20]
    assert mmr(scores, vectors, balance=1.0) == best


def test_the_best_comes_first_and_its_double_later() -> None:
    same, other = attributes(author=1, topics=["tea"]), attributes(author=2, topics=["bread"])
    assert mmr([1.0, 0.99, 0.9], [same, same, other], count=3) == [0, 2, 1]


def test_likeness_is_forgotten_behind_the_window() -> None:
    tea, bread = attributes(author=1, topics=["tea"]), attributes(author=2, topics=["bread"])
    assert mmr([1.0, 0.98, 0.5], [tea, tea, bread], count=3, window=0) == [0, 1, 2]


def test_the_unit_of_the_score_does_not_matter() -> None:
    scores, vectors = candidates(200)
    assert mmr(scores, vectors) == mmr([1000 * score + 7 for score in scores], vectors)


def test_a_vector_has_length_1_and_rarity_counts() -> None:
    vector = attributes(author=1, topics=["tea"], words=["green"], rarity={"word:green": 9.0})
    assert likeness(vector, vector) == pytest.approx(1.0)
    assert vector["word:green"] > vector["topic:tea"]


def test_of_500_candidates_few_pairs_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying all would compare 9,500 pairs; 1,000 take about half a millisecond."""
    scores, vectors = candidates(500)
    compared = []
    monkeypatch.setattr(
        diversity, "likeness", lambda one, other: compared.append(1) or likeness(one, other)
    )
    assert len(mmr(scores, vectors)) == 20
    assert len(compared) < 1_000


def test_equal_scores_cost_no_more_than_the_bound_allows() -> None:
    _scores, vectors = candidates(500)
    taken = mmr([1.0] * 500, vectors)
    assert max(taken) < diversity.REACH * 20


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="one vector"):
        mmr([1.0], [])
    with pytest.raises(ValueError, match="balance"):
        mmr([], [], balance=1.5)
