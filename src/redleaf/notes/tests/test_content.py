"""The rules of a note's words: lengths at their edge, topics, people, what cleaning keeps."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redleaf.core.text import units
from redleaf.notes.services import content as rules
from redleaf.notes.services.content import Content, ContentRefused, check, handles_in, topics_in

TEXT = st.text(alphabet=st.sampled_from("a叶é🍁 ✂️👍🏽#@\u0301\u200d\n"), max_size=60)


def checked(account: Any, **fields: Any) -> Content:
    return check(account, Content(**{"kind": "words", "title": "红叶", "language": "en", **fields}))


@pytest.mark.parametrize("title", ["叶" * 20, "a" * 40, "叶" * 10 + "a" * 20, "🍁" * 20])
def test_a_title_of_twenty_units_fits(mei: Any, title: str) -> None:
    assert checked(mei, title=title).title == title


@pytest.mark.parametrize("title", ["叶" * 20 + "a", "a" * 41, "🍁" * 21])
def test_a_title_of_half_a_unit_more_does_not(mei: Any, title: str) -> None:
    with pytest.raises(ContentRefused) as caught:
        checked(mei, title=title)
    assert list(caught.value.errors) == ["title"]


@pytest.mark.parametrize(
    ("kind", "limit"), [("words", rules.SHORT_BODY_UNITS), ("long", rules.LONG_BODY_UNITS)]
)
def test_a_body_fits_to_its_last_character(mei: Any, kind: str, limit: int) -> None:
    assert checked(mei, kind=kind, body="叶" * limit).body
    with pytest.raises(ContentRefused) as caught:
        checked(mei, kind=kind, body="叶" * limit + "a")
    assert list(caught.value.errors) == ["body"]


@pytest.mark.parametrize("title", ["\ufe0f", "\u200b\u200d", " \u3000 ", "\u0301"])
def test_a_title_that_nobody_can_see_is_none(mei: Any, title: str) -> None:
    with pytest.raises(ContentRefused) as caught:
        checked(mei, title=title)
    assert list(caught.value.errors) == ["title"]


def test_ten_thousand_characters_are_a_long_note(mei: Any) -> None:
    assert len(checked(mei, kind="long", body="叶" * 10_001).body) == 10_001


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=TEXT, body=TEXT)
def test_what_is_accepted_is_within_the_limits_and_accepted_again(
    mei: Any, title: str, body: str
) -> None:
    try:
        accepted = checked(mei, title=title, body=body)
    except ContentRefused as refusal:
        assert set(refusal.errors) <= {"title", "body"}
        return
    assert accepted.title
    assert units(accepted.title) <= rules.TITLE_UNITS
    assert "\n" not in accepted.title
    assert units(accepted.body) <= rules.SHORT_BODY_UNITS
    assert check(mei, accepted) == accepted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#coffee and #Coffee", {"coffee": "coffee"}),
        ("#护膚# 然后", {"护肤": "护膚"}),
        ("＃咖啡[话题]＃", {"咖啡": "咖啡"}),
        ("#2024 #24seven", {"24seven": "24seven"}),
        ("see https://example.org/#part", {}),
        ("a#b é#c c&#39;d ##heading", {}),
        ("今天聊#护肤#和#火锅", {"护肤": "护肤", "火锅": "火锅"}),
        ("#" + "叶" * 21, {}),
        ("#_·・", {}),
        ("#" + "ﷺ" * 30, {}),
        ("#Montréal, #montréal!", {"montréal": "Montréal"}),
    ],
)
def test_topics_are_found_in_words(text: str, expected: dict[str, str]) -> None:
    assert topics_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@lin and @Lin", ["lin"]),
        ("问@mei吧", ["mei"]),
        ("lin@example.org", []),
        ("@a @ab", []),
        ("https://example.org/@lin", []),
        ("(@bo_chen)", ["bo_chen"]),
    ],
)
def test_people_are_found_in_words(text: str, expected: list[str]) -> None:
    assert handles_in(text) == expected
