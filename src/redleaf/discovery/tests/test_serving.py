"""Explore's lists: the same for all with profiling off, explained, replayed, and never stale."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.core import clock, database, ids
from redleaf.core.errors import Invalid, NotFound
from redleaf.discovery import recording, steering
from redleaf.discovery.ranking import (
    clicks,
    profiles,
    rebuilding,
    receipts,
    recipes,
    serving,
    worth,
)
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.editions import selectors as editions
from redleaf.notes.models import Note
from redleaf.notes.services import marks, publish
from redleaf.notes.tests.factories import make_note
from redleaf.privacy import services as consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(cast: Any) -> list[Note]:
    """Forty notes by four authors, an hour apart."""
    authors = [cast.mei, cast.lin, cast.antoine, cast.wei]
    made = []
    for number in range(40):
        with clock.travel(-timedelta(hours=number + 1)):
            made.append(make_note(authors[number % 4], title=f"Note {number}"))
    return made


def order(viewer: Any, *, language: str = "en", **more: Any) -> list[Any]:
    return [
        row.note_id for row in serving.explore(viewer, None, language=language, **more).page.items
    ]


def test_two_members_and_a_visitor_get_the_same_list(cast: Any, shelf: list[Note]) -> None:
    for note in shelf[20:30]:
        marks.mark(cast.grace, note.id, kind="save", on=True)
    serving.forget()
    assert order(cast.grace) == order(cast.bo) == order(None)


def test_the_list_holds_for_a_while_though_notes_are_liked(cast: Any, shelf: list[Note]) -> None:
    before = order(cast.grace)
    marks.mark(cast.grace, shelf[39].id, kind="helpful", on=True)
    assert order(cast.grace) == before


def test_the_pages_together_hold_every_note_once(cast: Any, shelf: list[Note]) -> None:
    first = serving.explore(None, None, language="en")
    assert first.page.next_cursor is not None
    second = serving.explore(None, None, language="en", after=first.page.next_cursor)
    found = [row.note_id for row in [*first.page.items, *second.page.items]]
    assert sorted(found) == sorted(note.id for note in shelf)


def test_a_note_that_is_withdrawn_leaves_the_list_at_once(cast: Any, shelf: list[Note]) -> None:
    first = order(None)[0]
    note = Note.objects.get(id=first)
    publish.withdraw_note(note.author, note)
    assert first not in order(None)


def test_what_somebody_is_not_interested_in_leaves_their_list_alone(
    cast: Any, shelf: list[Note]
) -> None:
    first = order(cast.grace)[0]
    steering.not_interested(cast.grace, first)
    assert first not in order(cast.grace) and first in order(cast.bo)


def test_a_cursor_of_a_list_that_was_for_another_member_is_refused(
    cast: Any, shelf: list[Note]
) -> None:
    steering.less_of(cast.grace, "author", cast.mei.id)
    cursor = serving.explore(cast.grace, None, language="en").page.next_cursor
    assert cursor is not None
    with pytest.raises(Invalid):
        serving.explore(cast.bo, None, language="en", after=cursor)


def test_less_by_an_author_moves_their_notes_down(cast: Any, shelf: list[Note]) -> None:
    steering.less_of(cast.grace, "author", cast.mei.id)
    meis = {note.id for note in shelf if note.author_id == cast.mei.id}
    mine, others = order(cast.grace), order(cast.bo)
    assert sum(item in meis for item in mine) < sum(item in meis for item in others)
    assert mine[0] not in meis


def test_a_receipt_replays_to_the_same_bytes(cast: Any, shelf: list[Note]) -> None:
    served = serving.explore(None, None, language="en")
    again = receipts.replay(ids.decode(served.receipt))
    assert again[0] == again[1] and again[0].count(b"\n") == 39


def test_a_receipt_is_gone_after_thirty_days(cast: Any, shelf: list[Note]) -> None:
    receipt = ids.decode(serving.explore(None, None, language="en").receipt)
    with clock.travel(timedelta(days=31)), pytest.raises(NotFound):
        receipts.receipt(receipt)


@pytest.mark.parametrize("made_up", [UUID(int=2**128 - 1), UUID(int=(2**48 - 1) << 80 | 7 << 76)])
def test_a_made_up_receipt_is_not_found(db: None, made_up: UUID) -> None:
    with pytest.raises(NotFound):
        receipts.receipt(made_up)


def test_switching_off_drops_the_lists_at_hand_too(cast: Any, shelf: list[Note]) -> None:
    consent.grant(cast.grace, "profiling")
    receipt = ids.decode(serving.explore(cast.grace, None, language="en").receipt)
    consent.withdraw(cast.grace, "profiling")
    assert not receipts.holds(receipt, shelf[0].id)


def test_after_a_restart_the_next_page_comes_from_the_receipt(cast: Any, shelf: list[Note]) -> None:
    first = serving.explore(None, None, language="en")
    assert first.page.next_cursor
    before = order(None, after=first.page.next_cursor)
    serving.forget()
    assert order(None, after=first.page.next_cursor) == before


def test_a_card_says_why_it_is_there(cast: Any, shelf: list[Note], client: Client) -> None:
    page = client.get("/?lang=en").content.decode()
    receipt = page.split('data-receipt="')[1].split('"')[0]
    note = page.split('data-note="')[1].split('"')[0]
    answer = client.get(f"/why/{receipt}/{note}/?lang=en").content.decode()
    assert "Why was I shown this?" in answer and "Benefit to others" in answer


def test_why_says_nothing_of_a_note_that_was_hidden_since(
    cast: Any, shelf: list[Note], client_for: Any
) -> None:
    served = serving.explore(None, None, language="en")
    note = Note.objects.get(id=served.page.items[0].note_id)
    publish.withdraw_note(note.author, note)
    path = f"/why/{served.receipt}/{ids.encode(note.id)}/"
    assert {client_for(person).get(path).status_code for person in vars(cast).values()} == {404}


def test_nobody_else_sees_why_a_personal_list_is_as_it_is(
    cast: Any, shelf: list[Note], client_for: Any
) -> None:
    consent.grant(cast.grace, "profiling")
    served = serving.explore(cast.grace, None, language="en")
    path = f"/why/{served.receipt}/{ids.encode(served.page.items[0].note_id)}/"
    assert client_for(cast.grace).get(path).status_code == 200
    assert client_for(cast.bo).get(path).status_code == 404


def read_together(account: Account, notes: list[Note]) -> None:
    for note in notes:
        profiles.learn(account.id, note.id, "save")


def test_what_others_went_on_to_comes_up_for_a_member_who_switched_it_on(
    cast: Any, shelf: list[Note]
) -> None:
    for member in (cast.bo, cast.antoine, cast.wei):
        read_together(member, [shelf[30], shelf[38]])
    consent.grant(cast.grace, "profiling")
    before = order(cast.grace).index(shelf[38].id) if shelf[38].id in order(cast.grace) else 99
    read_together(cast.grace, [shelf[30]])
    assert order(cast.grace).index(shelf[38].id) < before


def test_switching_off_deletes_what_was_learnt(cast: Any, shelf: list[Note]) -> None:
    consent.grant(cast.grace, "profiling")
    read_together(cast.grace, shelf[:3])
    consent.withdraw(cast.grace, "profiling")
    assert database.values("SELECT * FROM discovery_profile") == []
    assert profiles.profile_of(cast.grace).recent == []


def test_with_profiling_off_a_profile_that_was_left_behind_is_not_looked_at(
    cast: Any, shelf: list[Note]
) -> None:
    read_together(cast.bo, [shelf[30], shelf[38]])
    read_together(cast.grace, [shelf[30]])
    serving.forget()
    assert order(cast.grace) == order(None)


def test_one_persons_marks_on_many_notes_of_one_author_count_less_and_less(
    cast: Any, shelf: list[Note]
) -> None:
    meis = [note for note in shelf if note.author_id == cast.mei.id]
    for note in meis:
        marks.mark(cast.bo, note.id, kind="save", on=True)
    marks.mark(cast.grace, shelf[1].id, kind="save", on=True)
    for author in (cast.mei, cast.lin):
        worth.due(author.id)
    worth.count_due()
    points = worth.points_of([note.id for note in shelf])
    assert sum(points[note.id] for note in meis) < 7 and points[shelf[1].id] > 2


def test_a_mark_makes_its_author_due(cast: Any, shelf: list[Note], deliver_events: Any) -> None:
    marks.mark(cast.grace, shelf[0].id, kind="like", on=True)
    deliver_events()
    assert worth.count_due() >= 1
    assert worth.points_of([shelf[0].id]) == {shelf[0].id: pytest.approx(1.0)}


def test_a_rebuild_counts_what_members_went_on_to(cast: Any, shelf: list[Note]) -> None:
    for member in (cast.bo, cast.antoine, cast.wei):
        consent.grant(member, "profiling")
        for note in (shelf[30], shelf[38]):
            recording.interaction(member.id, note.id, "save")
    database.execute("UPDATE discovery_item SET neighbours = ''")
    made = rebuilding.rebuild()
    assert (made.members, made.acts) == (3, 6) and made.notes == 40
    consent.grant(cast.grace, "profiling")
    recording.interaction(cast.grace.id, shelf[30].id, "save")
    receipt = receipts.receipt(ids.decode(serving.explore(cast.grace, None, language="en").receipt))
    found = {item.key: item for item in receipt.inputs.candidates}[ids.encode(shelf[38].id)]
    assert (found.source, found.reason) == ("transition", ids.encode(shelf[30].id))


def test_a_rebuild_of_an_empty_platform_is_nothing(db: None) -> None:
    assert rebuilding.rebuild().notes == 0


def test_a_broken_recipe_counts_as_the_default_one_and_explore_answers(
    cast: Any, shelf: list[Note], client_for: Any, caplog: Any
) -> None:
    database.execute(
        "INSERT INTO discovery_model (kind, at, parameters, figures, is_current)"
        " VALUES ('recipe', now(), '{\"format\": 99}', '{}', true),"
        " ('clicks', now(), '{\"format\": 99}', '{}', true)"
    )
    consent.grant(cast.grace, "profiling")
    read_together(cast.grace, shelf[:3])
    assert client_for(cast.grace).get("/").status_code == 200
    assert recipes.recipe_in_use() == Recipe()


@pytest.mark.parametrize("neighbours", [b"broken!", b"\x00" * 16])
def test_broken_neighbours_are_no_neighbours(
    cast: Any, shelf: list[Note], neighbours: bytes
) -> None:
    consent.grant(cast.grace, "profiling")
    read_together(cast.grace, shelf[:3])
    database.execute("UPDATE discovery_item SET neighbours = %s", (neighbours,))
    assert len(order(cast.grace)) == 24


def seen_cards(reader: Account, shelf: list[Note], times: int) -> None:
    """Let a member see every card of a list many times, and open those by the first author."""
    opened = {ids.encode(note.id) for note in shelf if note.author_id == shelf[0].author_id}
    for number in range(times):
        with clock.travel(-timedelta(minutes=number)):
            serving.forget()
            served = serving.explore(reader, None, language="en")
            receipt = receipts.receipt(ids.decode(served.receipt))
            for place, item in enumerate(receipt.inputs.candidates):
                note_id = ids.decode(item.key)
                database.execute(
                    "INSERT INTO discovery_impression (account_id, at, note_id, receipt_id,"
                    " surface, position, dwell_ms) VALUES (%s, %s, %s, %s, 'explore', %s, 2000)"
                    " ON CONFLICT DO NOTHING",
                    (reader.id, clock.now(), note_id, receipt.id, place),
                )
                if item.key in opened:
                    database.execute(
                        "INSERT INTO discovery_interaction (account_id, at, note_id, kind)"
                        " VALUES (%s, %s, %s, 'open') ON CONFLICT DO NOTHING",
                        (reader.id, clock.now(), note_id),
                    )


def test_too_little_seen_trains_nothing(cast: Any, shelf: list[Note]) -> None:
    assert clicks.train() is None and clicks.model_in_use() is None


def test_what_was_opened_is_learnt_and_shown_as_a_signal(
    cast: Any, shelf: list[Note], monkeypatch: Any
) -> None:
    monkeypatch.setattr(clicks, "FEWEST", 100)
    for note in shelf:
        if note.author_id == shelf[0].author_id:
            database.execute(
                "UPDATE notes_note SET body = repeat('word ', 200) WHERE id = %s", (note.id,)
            )
    seen_cards(cast.grace, shelf, 12)
    figures = clicks.train()
    assert figures is not None and figures["auc"] > 0.9
    consent.grant(cast.grace, "profiling")
    served = serving.explore(cast.grace, None, language="en")
    found = receipts.receipt(ids.decode(served.receipt)).inputs.candidates
    guess = {item.key: item.signals["predicted"] for item in found}
    assert guess[ids.encode(shelf[0].id)] > 0.5 > guess[ids.encode(shelf[1].id)]


def test_notes_about_the_chosen_city_are_looked_at_for_a_personal_list(
    cast: Any, shelf: list[Note]
) -> None:
    place = editions.place_by_slug("toronto")
    database.execute("UPDATE notes_note SET place_id = %s WHERE id = %s", (place.id, shelf[39].id))
    consent.grant(cast.grace, "profiling")
    steering.set_nearby(cast.grace, "toronto")
    served = serving.explore(cast.grace, None, language="en")
    found = receipts.receipt(ids.decode(served.receipt)).inputs.candidates
    assert {item.source for item in found if item.signals.get("local")} == {"local"}
