"""Editing: every wording is kept, readers can compare, and two windows cannot undo each other."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redleaf.core.errors import Conflict, NotFound
from redleaf.core.models import OutboxEvent
from redleaf.media.models import Asset
from redleaf.notes import history
from redleaf.notes.models import Note, Topic
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content, PictureChoice
from redleaf.notes.services.drafts import as_content, content_of_note
from redleaf.notes.tests.factories import make_note, make_picture_asset


def edit(account: Any, note: Note, *, number: int | None = None, **fields: Any) -> Note:
    content = {
        "kind": note.kind,
        "title": note.title,
        "body": note.body,
        "language": "en",
        **fields,
    }
    return publish.edit_note(
        account, note, content=Content(**content), number=number or note.number
    )


def test_a_changed_wording_is_a_version(mei: Any) -> None:
    note = edit(mei, make_note(mei, body="one"), body="two")
    assert (note.number, note.is_edited) == (2, True)
    assert list(note.versions.values_list("body", flat=True)) == ["one", "two"]


def test_a_note_sent_back_as_it_is_is_not_edited(mei: Any) -> None:
    note = make_note(mei, body="one", pictures=2)
    content = as_content(mei, content_of_note(note))
    publish.edit_note(mei, note, content=content, number=1)
    note.refresh_from_db()
    assert (note.number, note.edited_at) == (1, None)
    assert note.pictures.count() == 2


def test_a_change_of_audience_alone_is_no_version_but_is_announced(mei: Any) -> None:
    note = edit(mei, make_note(mei, body="#winter"), audience="only_me")
    assert note.number == 1
    assert not note.tally.listed
    assert Topic.objects.get().note_count == 0
    names = [event.name.rpartition(".")[2] for event in OutboxEvent.objects.all()]
    assert "NoteVisibilityChanged" in names
    edit(mei, note, audience="public")
    assert Topic.objects.get().note_count == 1


def test_pictures_taken_out_are_let_go_and_new_ones_come_in(mei: Any) -> None:
    note = make_note(mei, pictures=2)
    kept = note.pictures.all()[1].asset_id
    new = make_picture_asset(mei, number=9)
    edit(mei, note, pictures=(PictureChoice(new.id), PictureChoice(kept)))
    assert [picture.asset_id for picture in note.pictures.all()] == [new.id, kept]
    assert Asset.objects.exclude(released_at=None).count() == 1


def test_the_second_of_two_windows_is_told(mei: Any) -> None:
    note = make_note(mei, body="one")
    edit(mei, note, body="two")
    with pytest.raises(Conflict):
        edit(mei, note, body="three", number=1)
    note.refresh_from_db()
    assert note.body == "two"


def test_nobody_edits_anothers_note(mei: Any, lin: Any) -> None:
    note = make_note(mei, body="one")
    with pytest.raises(NotFound):
        edit(lin, note, body="two")
    note.refresh_from_db()
    assert note.body == "one"


def test_readers_see_what_changed(client_for: Any, mei: Any, grace: Any) -> None:
    note = edit(mei, make_note(mei, body="Buy the red one"), body="Buy the blue one")
    page = client_for(grace).get(f"/note/{note.ref}/history/").content.decode()
    assert "<del>red</del><ins>blue</ins>" in page.replace("\n", "")


def test_the_history_of_a_hidden_note_is_hidden(client_for: Any, mei: Any, grace: Any) -> None:
    note = edit(mei, make_note(mei, body="one", audience="only_me"), body="two", audience="only_me")
    assert client_for(grace).get(f"/note/{note.ref}/history/").status_code == 404


def test_chinese_is_compared_by_character() -> None:
    pieces = history.compare("先说结论：别用泡沫", "先说结论：别用热水")
    assert [(piece.state, piece.text) for piece in pieces] == [
        ("same", "先说结论：别用"),
        ("out", "泡沫"),
        ("in", "热水"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 叶\n-", max_size=80), st.text(alphabet="ab 叶\n-", max_size=80))
def test_a_comparison_gives_both_wordings_back(before: str, after: str) -> None:
    pieces = history.compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != "out") == after
    assert "".join(piece.text for piece in pieces if piece.state != "in") == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 7000, "b a " * 7000),
        ("a\n" * 14000, "b\na\n" * 7000),
        ("叶" * 15000, "红叶" * 7500),
    ],
)
def test_a_hostile_text_is_compared_in_bounded_time(before: str, after: str) -> None:
    pieces = history.compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != "out") == after
