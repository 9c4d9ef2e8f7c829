"""Two at once, on two real connections: one note from a draft, one winner of an edit, no drift."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, ids
from redleaf.core.errors import Conflict
from redleaf.core.testing import at_once
from redleaf.notes.models import Draft, Mark, Note, NoteTally, Topic
from redleaf.notes.services import drafts, marks, publish, topics
from redleaf.notes.services.content import Content
from redleaf.notes.tests.factories import make_note

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def words(**fields: Any) -> Content:
    return Content(**{"kind": "words", "title": "红叶", "language": "en", **fields})


def test_a_draft_published_from_two_connections_is_one_note() -> None:
    mei = make_account("mei")
    typed = {**drafts.empty_content(mei, "words"), "title": "红叶"}
    for _ in range(5):
        draft = drafts.save_draft(mei, content=typed, draft=None).draft
        before = Note.objects.count()
        results = at_once(
            *[lambda draft=draft: publish.publish_note(mei, content=words(), draft=draft)] * 3
        )
        assert Note.objects.count() == before + 1
        assert sum(isinstance(result, Note) for result in results) == 1
        assert sum(isinstance(result, Conflict) for result in results) == 2


def test_a_double_click_on_a_new_page_is_one_note_and_both_come_to_it(client_for: Any) -> None:
    mei = make_account("mei")
    cookies = client_for(mei).cookies

    def click(window: str) -> Callable[[], Any]:
        def send() -> Any:
            browser = Client()
            browser.cookies = cookies
            form = {"kind": "words", "title": "红叶", "language": "en", "audience": "public"}
            return browser.post("/publish/", {**form, "window": window, "act": "publish"})

        return send

    for round_number in range(1, 6):
        window = ids.encode(ids.new_id())
        results = at_once(click(window), click(window))
        assert Note.objects.count() == round_number
        assert {result.status_code for result in results} == {302}
        assert len({result.url for result in results}) == 1
    assert not Draft.objects.exists()


def test_of_two_editors_one_wins_and_the_other_is_told() -> None:
    mei = make_account("mei")
    note = make_note(mei, body="start")
    for number in range(1, 6):
        results = at_once(
            lambda number=number: publish.edit_note(
                mei, note, content=words(body=f"left {number}"), number=number
            ),
            lambda number=number: publish.edit_note(
                mei, note, content=words(body=f"right {number}"), number=number
            ),
        )
        assert sum(isinstance(result, Note) for result in results) == 1
        assert sum(isinstance(result, Conflict) for result in results) == 1
        note.refresh_from_db()
        assert note.number == number + 1
    assert note.versions.count() == 6


def test_two_saves_of_one_draft_lose_nothing_unseen() -> None:
    mei = make_account("mei")
    draft = drafts.save_draft(mei, content={"title": "start"}, draft=None).draft

    def save(title: str) -> Callable[[], Any]:
        return lambda: drafts.save_draft(
            mei, content={"title": title}, draft=draft, revision=1, window=ids.new_id()
        )

    results = at_once(save("one"), save("two"))
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Draft.objects.get().revision == 2


def test_marks_at_once_are_each_counted_once() -> None:
    author = make_account("mei")
    people = [make_account(f"reader{number}") for number in range(4)]
    note = make_note(author)

    def click(account: Any, on: bool) -> Callable[[], Any]:
        return lambda: marks.mark(account, note.id, kind="like", on=on)

    for _ in range(3):
        at_once(*[click(account, True) for account in people for _ in range(2)])
        assert NoteTally.objects.get().like_count == Mark.objects.count() == 4
        at_once(*[click(account, False) for account in people[:2] for _ in range(2)])
        assert NoteTally.objects.get().like_count == Mark.objects.count() == 2
    at_once(*[click(people[0], on) for on in (True, False) * 3])
    assert marks.recount() == 0


def test_a_scheduled_note_that_is_published_twice_at_once_comes_out_once() -> None:
    mei = make_account("mei")
    note = make_note(mei, scheduled_at=clock.now() + timedelta(days=1))
    results = at_once(*[lambda: publish.publish_now(mei, note) or "published"] * 3)
    assert sum(isinstance(result, Conflict) for result in results) == 2
    assert Note.objects.get().is_published


def test_withdrawing_and_editing_at_once_end_in_one_state() -> None:
    mei = make_account("mei")
    note = make_note(mei, body="#winter")
    at_once(
        lambda: publish.withdraw_note(mei, note) or "withdrawn",
        lambda: publish.edit_note(mei, note, content=words(body="#winter again"), number=1),
    )
    note.refresh_from_db()
    assert note.state == "withdrawn"
    assert not note.tally.listed
    assert topics.recount() == 0


def test_topics_named_at_once_are_counted_right() -> None:
    people = [make_account(f"author{number}") for number in range(4)]
    bodies = ["#one #two #three", "#three #two #one", "#two #one", "#one #three"]
    at_once(
        *[
            lambda account=account, body=body: make_note(account, body=body)
            for account, body in zip(people, bodies, strict=True)
        ]
    )
    counts = dict(Topic.objects.values_list("key", "note_count"))
    assert counts == {"one": 4, "two": 3, "three": 3}
