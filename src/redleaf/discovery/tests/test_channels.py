"""A member's own order of channels."""

import re
from typing import Any

import pytest
from django.test import Client

from redleaf.discovery import selectors, services
from redleaf.editions import selectors as editions
from redleaf.editions.models import Channel

pytestmark = pytest.mark.django_db


def row(client: Client) -> list[str]:
    """Return the slugs of the channels under Explore, in order."""
    page = client.get("/").content.decode()
    return re.findall(r'class="chip" href="/\?channel=([a-z-]+)"', page)


def test_a_visitor_sees_the_operators_order(client: Client, db: None) -> None:
    assert row(client) == [channel.slug for channel in editions.channels()]


def test_a_member_moves_a_channel_up_with_a_plain_form(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    usual = row(browser)
    answer = browser.post("/channels/", {"slug": usual[2], "act": "up"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"#channel-{usual[2]}")
    assert row(browser) == [usual[0], usual[2], usual[1], *usual[3:]]


def test_nobody_elses_order_changes(client_for: Any, client: Client, mei: Any, lin: Any) -> None:
    usual = row(client)
    services.move_channel(mei, slug=usual[0], by=1)
    assert row(client_for(lin)) == row(client) == usual


def test_the_first_cannot_go_higher(mei: Any) -> None:
    usual = [channel.slug for channel in editions.channels()]
    services.move_channel(mei, slug=usual[0], by=-1)
    assert [channel.slug for channel in selectors.channel_order(mei).shown] == usual


def test_a_hidden_channel_leaves_the_row_and_comes_back_last(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    usual = row(browser)
    browser.post("/channels/", {"slug": usual[1], "act": "hide"})
    assert row(browser) == [usual[0], *usual[2:]]
    assert 'value="show"' in browser.get("/channels/").content.decode()
    browser.post("/channels/", {"slug": usual[1], "act": "show"})
    assert row(browser) == [usual[0], *usual[2:], usual[1]]


def test_reset_brings_the_usual_order_back(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    usual = row(browser)
    services.hide_channel(mei, slug=usual[0])
    services.move_channel(mei, slug=usual[5], by=-1)
    browser.post("/channels/", {"act": "reset"})
    assert row(browser) == usual


def test_a_new_channel_comes_last_and_a_closed_one_drops_out(client_for: Any, mei: Any) -> None:
    usual = [channel.slug for channel in editions.channels()]
    services.move_channel(mei, slug=usual[3], by=-1)
    Channel.objects.create(slug="fishing", names={"en": "Fishing"}, position=0)
    Channel.objects.filter(slug=usual[0]).update(is_open=False)
    editions.forget()
    shown = [channel.slug for channel in selectors.channel_order(mei).shown]
    assert shown == [usual[1], usual[3], usual[2], *usual[4:], "fishing"]


@pytest.mark.parametrize(
    "sent", [{"slug": "no-such", "act": "up"}, {"slug": "coffee", "act": "show"}, {"act": "burn"}]
)
def test_nonsense_is_not_found_and_changes_nothing(
    client_for: Any, mei: Any, sent: dict[str, str]
) -> None:
    browser = client_for(mei)
    usual = row(browser)
    assert browser.post("/channels/", sent).status_code == 404
    assert row(browser) == usual


def test_the_page_is_for_members(client: Client, db: None) -> None:
    assert client.get("/channels/").status_code == 302


def test_htmx_gets_the_lists_alone(client_for: Any, mei: Any) -> None:
    answer = client_for(mei).post(
        "/channels/", {"slug": "coffee", "act": "up"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert 'id="up-coffee"' in answer.content.decode()
