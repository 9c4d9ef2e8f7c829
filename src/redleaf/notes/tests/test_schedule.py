"""Scheduled notes: in the author's time zone, at their moment, once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from redleaf.core import clock
from redleaf.core.errors import Conflict, NotFound
from redleaf.notes.models import Note
from redleaf.notes.selectors import visible_notes
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content, ContentRefused
from redleaf.notes.services.drafts import as_content, content_of_note, empty_content, local_moment
from redleaf.notes.tests.factories import make_note

TORONTO = ZoneInfo("America/Toronto")


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-15T09:00", datetime(2026, 1, 15, 14, 0, tzinfo=UTC)),
        ("2026-07-15T09:00", datetime(2026, 7, 15, 13, 0, tzinfo=UTC)),
        # Clocks go from 2:00 to 3:00 on 8 March: half past two is half past three.
        ("2026-03-08T02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        # Half past one comes twice on 1 November: the first, in summer time.
        ("2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_a_moment(text: str, moment: datetime) -> None:
    assert local_moment(text, TORONTO) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-02-30T10:00",
        "2026-13-01T10:00",
        "0001-01-01T00:00",
        "9" * 60,
        "２０２６",
    ],
)
def test_what_is_no_time_is_no_moment(text: str) -> None:
    moment = local_moment(text, TORONTO)
    assert moment is None or moment.year == 1


def test_the_author_and_nobody_else_sees_a_waiting_note(mei: Any, grace: Any) -> None:
    note = make_note(mei, scheduled_at=tomorrow())
    assert list(visible_notes(mei)) == [note]
    assert not visible_notes(grace).exists()
    assert not visible_notes(None).exists()


def test_it_comes_out_at_its_moment_and_once(mei: Any, grace: Any, run_jobs: Any) -> None:
    note = make_note(mei, scheduled_at=clock.now() + timedelta(minutes=1), body="#winter")
    publish.publish_due_notes()
    publish.publish_due_notes()
    run_jobs()
    assert not visible_notes(grace).exists()
    with clock.travel(timedelta(minutes=1, seconds=1)):
        run_jobs()
        assert list(visible_notes(grace)) == [note]
        published_at = Note.objects.get().published_at
        run_jobs()
    assert Note.objects.get().published_at == published_at


def test_it_does_not_come_out_before(mei: Any) -> None:
    note = make_note(mei, scheduled_at=tomorrow())
    publish.publish_scheduled_note(note_id=str(note.id))
    assert Note.objects.get().state == "scheduled"


def test_a_withdrawn_one_does_not_come_out(mei: Any) -> None:
    note = make_note(mei, scheduled_at=tomorrow())
    publish.withdraw_note(mei, note)
    with clock.travel(timedelta(days=2)):
        publish.publish_scheduled_note(note_id=str(note.id))
    assert Note.objects.get().state == "withdrawn"


def test_it_can_be_published_at_once_by_its_author(mei: Any, lin: Any) -> None:
    note = make_note(mei, scheduled_at=tomorrow())
    with pytest.raises(NotFound):
        publish.publish_now(lin, note)
    publish.publish_now(mei, note)
    assert Note.objects.get().is_published
    with pytest.raises(Conflict):
        publish.publish_now(mei, note)


def test_its_moment_can_be_changed_and_emptied(mei: Any) -> None:
    note = make_note(mei, scheduled_at=tomorrow())
    later = tomorrow() + timedelta(days=3)
    content = Content(kind="words", title="Later", scheduled_at=later)
    publish.edit_note(mei, note, content=content, number=1)
    note.refresh_from_db()
    assert (note.scheduled_at, note.number, note.state) == (later, 1, "scheduled")
    assert note.versions.get().title == "Later"
    publish.edit_note(mei, note, content=Content(kind="words", title="Now"), number=1)
    note.refresh_from_db()
    assert (note.state, note.title, note.tally.listed) == ("published", "Now", True)


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_moment_that_has_passed_or_is_too_far_is_refused(mei: Any, days: int) -> None:
    with pytest.raises(ContentRefused) as caught:
        make_note(mei, scheduled_at=clock.now() + timedelta(days=days))
    assert list(caught.value.errors) == ["scheduled_at"]
    assert not Note.objects.exists()


def test_the_form_gives_the_moment_back_in_the_authors_zone(mei: Any) -> None:
    mei.time_zone = "America/Vancouver"
    mei.save(update_fields=["time_zone"])
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        typed = {**empty_content(mei, "words"), "title": "x", "scheduled_at": "2026-01-15T09:00"}
        note = publish.publish_note(mei, content=as_content(mei, typed))
        assert note.scheduled_at == datetime(2026, 1, 15, 17, 0, tzinfo=UTC)
        assert content_of_note(note)["scheduled_at"] == "2026-01-15T09:00"


def test_the_list_of_drafts_shows_what_waits_and_publishes_it(client_for: Any, mei: Any) -> None:
    note = make_note(mei, title="In the morning", scheduled_at=tomorrow())
    browser = client_for(mei)
    page = browser.get("/drafts/?lang=en").content.decode()
    assert "In the morning" in page
    assert "(Toronto)" in page
    browser.post(f"/note/{note.ref}/schedule/", {"act": "now"})
    assert Note.objects.get().is_published
