"""The page of hidden words and topics."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from redleaf.notes.models import Filter
from redleaf.notes.services.filters import hide

pytestmark = pytest.mark.django_db
PAGE = "/settings/filters/"


@pytest.fixture
def browser(grace: Any, client_for: Callable[[Any], Client]) -> Client:
    return client_for(grace)


def test_the_settings_lead_to_the_page_and_it_says_what_stays_readable(browser: Client) -> None:
    assert f'href="{PAGE}"' in browser.get("/settings/").content.decode()
    text = browser.get(PAGE).content.decode()
    assert "A note whose address you open is still shown" in text
    assert "Nothing is hidden" in text


def test_a_word_and_a_topic_are_hidden_and_shown_again(browser: Client, grace: Any) -> None:
    browser.post(PAGE, {"act": "hide", "kind": "word", "text": "Cilantro", "days": "7"})
    answer = browser.post(
        PAGE, {"act": "hide", "kind": "topic", "text": "#Spoilers", "days": "0"}, follow=True
    )
    text = answer.content.decode()
    assert "“Spoilers” is hidden." in text
    assert "<b>Cilantro</b>" in text
    assert "<b>#Spoilers</b>" in text
    made = Filter.objects.get(value="cilantro")
    assert made.until is not None
    browser.post(PAGE, {"act": "show", "filter": made.ref})
    assert [item.value for item in Filter.objects.filter(account=grace)] == ["spoilers"]


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "?!"},
        {"text": "<b>" + "x" * 90},
        {"text": "\x00"},
        {"text": "tea", "kind": "author"},
        {"text": "tea", "days": "3"},
        {"text": "tea", "days": "x"},
    ],
)
def test_what_cannot_be_hidden_is_told_and_stays_typed(
    browser: Client, data: dict[str, str]
) -> None:
    answer = browser.post(PAGE, {"act": "hide", "kind": "word", "days": "0", **data})
    assert answer.status_code == 422
    if data["text"] == "tea":
        assert 'value="tea"' in answer.content.decode()
    assert not Filter.objects.exists()


@pytest.mark.parametrize("given", ["", "x", "01m87ycpzjefaby14f8ms0thcg", "\x00"])
def test_a_filter_that_is_not_ones_own_is_not_found(browser: Client, mei: Any, given: str) -> None:
    other = hide(mei, kind="word", text="tea")
    for ref in (given, other.ref):
        assert browser.post(PAGE, {"act": "show", "filter": ref}).status_code == 404
    assert Filter.objects.count() == 1


def test_an_act_that_there_is_not_is_not_found(browser: Client) -> None:
    assert browser.post(PAGE, {"act": "explode"}).status_code == 404


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert "/login/" in Client().get(PAGE)["Location"]
