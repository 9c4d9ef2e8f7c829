"""The account of each new note: promised once, counted exactly, settled with its cause."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from redleaf.accounts.events import AccountClosed
from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, database, ids
from redleaf.core.testing import at_once
from redleaf.discovery import reach
from redleaf.discovery.events import PromiseSettled
from redleaf.discovery.models import Reach
from redleaf.discovery.reach import hearing
from redleaf.discovery.tests.helpers import write, write_ago
from redleaf.notes.events import NotePublished, NoteVisibilityChanged
from redleaf.notes.models import Note
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content

pytestmark = pytest.mark.django_db

Deliver = Callable[[], int]


def expose(note_id: UUID, views: int, opens: int = 0, *, hours_ago: float = 0) -> None:
    """Count views and opens of a note as recording does, in one transaction."""
    hour = (clock.now() - timedelta(hours=hours_ago)).replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        database.execute(
            "INSERT INTO discovery_exposure AS e (note_id, hour, views, opens)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (note_id, hour) DO UPDATE"
            " SET views = e.views + excluded.views, opens = e.opens + excluded.opens",
            (note_id, hour, views, opens),
        )
        reach.add(note_id, views, opens)


def busy(author: Any, views: int, channel: str = "coffee") -> Note:
    """Give a channel so many views in the hours before, of a note that is not new."""
    old = write_ago(author, "An older note", days=3, channel=channel)
    expose(old.id, views, hours_ago=3)
    return old


def change_audience(note: Note, audience: str) -> None:
    fields = {"kind": "words", "title": note.title, "language": "en", "channel": "coffee"}
    note.refresh_from_db()
    publish.edit_note(
        note.author, note, content=Content(**fields, audience=audience), number=note.number
    )


# --- The promise -------------------------------------------------------------------------------
def test_a_new_note_is_promised_a_share_of_its_channels_traffic(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    busy(lin, 500)
    busy(lin, 9000, channel="food")
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    made = Reach.objects.get(note=note)
    assert (made.owed, made.expected_traffic, made.expected_notes) == (60, 500, 1)
    assert (made.author_id, made.window_seconds) == (mei.id, 24 * 3600)
    assert made.promised_at == note.published_at


def test_where_nobody_reads_nothing_is_owed(mei: Any, deliver_events: Deliver) -> None:
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    assert Reach.objects.get(note=note).owed == 0
    assert reach.debts(None) == []


def test_a_promise_is_made_once_however_often_it_is_heard(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    before = Reach.objects.values().get(note=note)
    busy(lin, 5000)
    hearing.on_note_published(NotePublished(note.id, mei.id))
    hearing.on_note_visibility_changed(NoteVisibilityChanged(note.id, mei.id))
    assert Reach.objects.values().get(note=note) == before


def test_a_note_for_few_is_promised_nothing_until_it_is_for_everybody(
    mei: Any, deliver_events: Deliver
) -> None:
    note = write(mei, "For friends", audience="followers", channel="coffee")
    deliver_events()
    assert not Reach.objects.exists()
    with clock.travel(timedelta(days=4)):
        change_audience(note, "public")
        deliver_events()
        made = Reach.objects.get(note=note)
        assert clock.now() - made.promised_at < timedelta(minutes=1)
    assert not made.was_hidden


def test_a_note_that_was_published_long_before_it_is_heard_of_gets_no_promise(
    mei: Any, deliver_events: Deliver
) -> None:
    write_ago(mei, "From an import", days=2)
    deliver_events()
    assert not Reach.objects.exists()


# --- Hidden ------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["audience", "withdrawn", "closed"])
def test_a_note_that_is_hidden_in_its_window_is_known_as_such(
    mei: Any, lin: Any, deliver_events: Deliver, way: str
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    if way == "audience":
        change_audience(note, "followers")
    elif way == "withdrawn":
        publish.withdraw_note(mei, note)
    else:
        hearing.on_account_closed(AccountClosed(mei.id))
    deliver_events()
    assert Reach.objects.get(note=note).was_hidden
    if way == "audience":
        assert reach.debts(None) == [], "what is not open is not shown"
    with clock.travel(timedelta(hours=25)):
        reach.settle_due()
    assert Reach.objects.get(note=note).cause == "closed"


# --- Counting ----------------------------------------------------------------------------------
def test_counters_equal_a_recount_also_of_views_before_the_promise(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    expose(note.id, 3, 1)
    deliver_events()
    expose(note.id, 4, 2)
    made = Reach.objects.get(note=note)
    assert (made.views, made.opens, made.given) == (7, 3, 7)
    assert reach.recount() == 0
    Reach.objects.filter(note=note).update(views=100)
    assert reach.recount() == 1
    made.refresh_from_db()
    assert (made.views, made.opens) == (7, 3)


def test_views_after_the_window_count_but_keep_no_promise(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    expose(note.id, 59)
    with clock.travel(timedelta(hours=24, minutes=1)):
        expose(note.id, 10)
        reach.settle_due()
    made = Reach.objects.get(note=note)
    assert (made.views, made.given, made.paid_at) == (69, 59, None)
    assert made.cause == "quiet"


def test_adding_outside_a_transaction_is_a_mistake_of_the_program(
    monkeypatch: pytest.MonkeyPatch, mei: Any
) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError):
        reach.add(mei.id, 1, 0)


# --- Debts and arms ----------------------------------------------------------------------------
def test_debts_are_those_of_the_channel_the_furthest_behind_first(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    expose(busy(lin, 5000).id, 5000, hours_ago=15)
    busy(lin, 5000, channel="food")
    with clock.travel(timedelta(hours=-10)):
        late = write(mei, "Ten hours old", channel="coffee")
    new = write(mei, "New", channel="coffee")
    other = write(mei, "Other", channel="food")
    deliver_events()
    expose(new.id, 5)
    coffee = reach.debts(late.channel_id)
    assert [debt.key for debt in coffee] == [ids.encode(late.id), ids.encode(new.id)]
    assert (coffee[1].owed, coffee[1].shown) == (100, 5)
    assert coffee[0].age == pytest.approx(36_000, abs=60)
    assert {debt.key for debt in reach.debts(None)} == {
        ids.encode(note.id) for note in (late, new, other)
    }


def test_a_debt_ends_when_it_is_paid_and_when_its_window_does(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    with clock.travel(timedelta(hours=25)):
        assert reach.debts(None) == []
    expose(note.id, 60)
    assert reach.debts(None) == []


def test_trials_know_views_and_opens_also_of_notes_without_a_promise(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    old = busy(lin, 500)
    new = write(mei, "New", channel="coffee")
    unseen = write_ago(mei, "Never seen", days=9)
    deliver_events()
    expose(new.id, 4, 9)
    expose(old.id, 0, 7, hours_ago=1)
    found = {
        arm.key: (arm.clicks, arm.impressions) for arm in reach.arms([old.id, new.id, unseen.id])
    }
    assert found == {
        ids.encode(old.id): (7, 500),
        ids.encode(new.id): (4, 4),
        ids.encode(unseen.id): (0, 0),
    }
    assert reach.arms([]) == []


# --- Settling ----------------------------------------------------------------------------------
def test_a_kept_promise_is_settled_at_once_and_told(
    mei: Any, lin: Any, deliver_events: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    told: list[Any] = []
    monkeypatch.setattr("redleaf.discovery.reach.promises.announce", told.append)
    expose(note.id, 59)
    assert reach.settle_due() == 0
    expose(note.id, 1)
    assert reach.settle_due() == 1
    assert told == [PromiseSettled(note.id, mei.id, 60, 60, "paid")]
    made = Reach.objects.get(note=note)
    assert made.paid_at is not None and made.settled_at is not None
    assert reach.settle_due() == 0 and len(told) == 1


def test_a_promise_that_was_not_kept_has_its_cause(
    mei: Any, lin: Any, deliver_events: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    told: list[Any] = []
    monkeypatch.setattr("redleaf.discovery.reach.promises.announce", told.append)
    with clock.travel(timedelta(hours=10)):
        expose(old.id, 480)
        expose(note.id, 20)
    with clock.travel(timedelta(hours=25)):
        assert reach.settle_due() == 1
    assert told == [PromiseSettled(note.id, mei.id, 60, 20, "missed")]
    assert Reach.objects.get(note=note).cause == "missed"


def test_more_new_notes_than_expected_are_a_cause(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    old = busy(lin, 500)
    note = write(mei, "My first", channel="coffee")
    deliver_events()
    with clock.travel(timedelta(hours=5)):
        write(lin, "One more", channel="coffee")
        expose(old.id, 600)
    with clock.travel(timedelta(hours=25)):
        reach.settle_due()
    assert Reach.objects.get(note=note).cause == "crowded"


def test_an_account_of_nothing_is_closed_and_not_told(
    mei: Any, deliver_events: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = write(mei, "My first")
    deliver_events()
    monkeypatch.setattr("redleaf.discovery.reach.promises.announce", pytest.fail)
    with clock.travel(timedelta(hours=25)):
        assert reach.settle_due() == 1
    assert Reach.objects.get(note=note).settled_at is not None


# --- At the same time --------------------------------------------------------------------------
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_views_counted_at_once_are_all_counted() -> None:
    mei = make_account("mei")
    note = write(mei, "My first")
    reach.make_promise(note.id)
    Reach.objects.filter(note=note).update(owed=7)

    def count() -> None:
        for _ in range(5):
            expose(note.id, 1, 1)

    at_once(count, count, count)
    made = Reach.objects.get(note=note)
    assert (made.views, made.opens, made.given) == (15, 15, 15)
    assert made.paid_at is not None and reach.recount() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_views_counted_while_the_promise_is_made_are_neither_lost_nor_counted_twice() -> None:
    mei = make_account("mei")
    for number in range(6):
        note = write(mei, f"Note {number}")

        def promise(note_id: UUID = note.id) -> bool:
            return reach.make_promise(note_id)

        def count(note_id: UUID = note.id) -> None:
            for _ in range(4):
                expose(note_id, 1)

        made = at_once(promise, count, promise)
        assert sorted([made[0], made[2]]) == [False, True]
        assert Reach.objects.get(note=note).views == 4
    assert reach.recount() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_each_account_once() -> None:
    mei = make_account("mei")
    notes = [write(mei, f"Note {number}") for number in range(4)]
    for note in notes:
        reach.make_promise(note.id)
    Reach.objects.update(promised_at=clock.now() - timedelta(days=2))
    assert sum(at_once(reach.settle_due, reach.settle_due)) == 4
    assert not Reach.objects.filter(settled_at=None).exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_batches_in_any_order_never_wait_for_each_other_in_a_ring() -> None:
    mei = make_account("mei")
    notes = [write(mei, f"Note {number}").id for number in range(6)]
    for note_id in notes:
        reach.make_promise(note_id)

    def count(order: list[UUID]) -> None:
        for _ in range(8):
            with transaction.atomic():
                reach.add_all(order, 1, 0)

    at_once(lambda: count(notes), lambda: count(notes[::-1]), lambda: count(notes[3:] + notes[:3]))
    assert list(Reach.objects.values_list("views", flat=True)) == [24] * 6
