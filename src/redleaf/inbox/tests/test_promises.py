"""Promises to new notes: every one that was not kept is told, gathered, and the first kept one."""

from collections.abc import Callable
from typing import Any

import pytest

from redleaf.core import clock
from redleaf.discovery.events import PromiseSettled
from redleaf.discovery.models import Reach
from redleaf.inbox import handlers, selectors, services
from redleaf.inbox.models import Notice
from redleaf.notes.services import publish
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db


def settle(author: Any, cause: str, title: str = "My first") -> Any:
    """Settle a promise to a new note of the author's, and tell the inbox of it."""
    note = make_note(author, title=title)
    Reach.objects.create(
        note=note,
        author_id=author.id,
        window_seconds=86_400,
        owed=60,
        expected_traffic=500,
        expected_notes=1,
        given=60 if cause == "paid" else 20,
        cause=cause,
        settled_at=clock.now(),
    )
    event = PromiseSettled(note.id, author.id, 60, 20, cause)
    handlers.on_promise(event)
    handlers.on_promise(event)
    return note


def lines(account: Any) -> list[selectors.Line]:
    return selectors.notices(account).items


@pytest.mark.parametrize(
    ("cause", "why"),
    [("quiet", "Fewer people"), ("crowded", "More new notes"), ("missed", "Our ranking")],
)
def test_a_promise_that_was_not_kept_is_told_with_its_cause(mei: Any, cause: str, why: str) -> None:
    settle(mei, cause)
    (line,) = lines(mei)
    assert (line.kind, line.subject, line.path) == ("promise_missed", "My first", "/me/reach/")
    assert line.reason.startswith(why) and line.people == []


def test_several_gather_in_one_unread_line(mei: Any) -> None:
    for title in ("One", "Two", "Three"):
        settle(mei, "quiet", title)
    (line,) = lines(mei)
    assert (line.count, line.reason) == (3, "")
    services.mark_read(mei)
    settle(mei, "quiet", "Four")
    assert [line.count for line in lines(mei)] == [1, 3]


def test_only_the_first_kept_one_is_told(mei: Any) -> None:
    settle(mei, "paid", "One")
    settle(mei, "paid", "Two")
    (line,) = lines(mei)
    assert (line.kind, line.subject) == ("promise_kept", "One")


def test_whoever_hid_their_note_is_told_nothing(mei: Any) -> None:
    settle(mei, "closed")
    assert not Notice.objects.exists()


def test_the_notice_goes_with_the_note(mei: Any, deliver_events: Callable[[], int]) -> None:
    note = settle(mei, "quiet")
    publish.withdraw_note(mei, note)
    deliver_events()
    assert lines(mei) == []


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "zh-hant"])
def test_the_page_says_it_in_every_language(client_for: Any, mei: Any, language: str) -> None:
    settle(mei, "paid", "Kept one")
    settle(mei, "quiet", "Missed one")
    page = client_for(mei).get(f"/inbox/?lang={language}").content.decode()
    assert "Kept one" in page and "Missed one" in page
    settle(mei, "quiet", "Missed two")
    assert client_for(mei).get(f"/inbox/?lang={language}").status_code == 200
