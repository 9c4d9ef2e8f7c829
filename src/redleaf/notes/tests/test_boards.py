"""Boards: their verbs and refusals, who sees what on them, and their pages."""

from types import SimpleNamespace

import pytest
from django.test import Client

from redleaf.accounts.models import Account
from redleaf.accounts.services import close_account
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.core.models import OutboxEvent
from redleaf.graph import services as graph
from redleaf.notes.models import Board, BoardItem, BoardMember, Mark, Note
from redleaf.notes.selectors import boards as reads
from redleaf.notes.services import boards, marks, publish
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(mei) -> Note:
    return make_note(mei)


def make_board(owner, visibility: str = "public", title: str = "Trips", **fields) -> Board:
    return boards.create_board(owner, title=title, visibility=visibility, **fields)


def titles(viewer, account) -> set[str]:
    return {row["title"] for row in reads.boards_of(viewer, account)}


@pytest.mark.parametrize(
    ("title", "description", "visibility"),
    [
        ("", "", "public"),
        (" \u202e ", "", "public"),
        ("字" * 21, "", "public"),
        ("a" * 41, "", "public"),
        ("Trips", "字" * 101, "public"),
        ("Trips", "", "secret"),
        ("\ud83d", "", "public"),
    ],
)
def test_bad_boards_are_refused(mei, title: str, description: str, visibility: str) -> None:
    with pytest.raises(Invalid):
        boards.create_board(mei, title=title, description=description, visibility=visibility)
    assert not Board.objects.exists()


def test_a_title_is_used_once_by_an_owner(mei, grace) -> None:
    make_board(mei)
    with pytest.raises(Conflict):
        make_board(mei)
    other = make_board(mei, title="Rooms")
    with pytest.raises(Conflict):
        boards.change_board(mei, other, title="Trips", description="", visibility="public")
    make_board(grace)
    assert Board.objects.filter(title="Trips").count() == 2
    assert Board.objects.get(id=other.id).title == "Rooms"


def test_only_the_owner_changes_and_deletes(mei, grace) -> None:
    board = make_board(mei)
    with pytest.raises(NotFound):
        boards.change_board(grace, board, title="Mine", description="", visibility="public")
    with pytest.raises(NotFound):
        boards.delete_board(grace, board)
    assert Board.objects.get().title == "Trips"
    boards.change_board(mei, board, title="Trips 2", description="By train", visibility="private")
    board.refresh_from_db()
    assert (board.title, board.description, board.visibility) == ("Trips 2", "By train", "private")
    boards.delete_board(mei, board)
    assert not Board.objects.exists()


def test_who_sees_which_board(cast: SimpleNamespace) -> None:
    for visibility in ("private", "shared", "public"):
        make_board(cast.mei, visibility, title=visibility)
    boards.invite(cast.mei, Board.objects.get(title="shared"), cast.grace)
    everyone = {"mei": {"private", "shared", "public"}, "grace": {"shared", "public"}}
    everyone |= {"lin": {"public"}, "wei": set()}
    for handle, expected in everyone.items():
        viewer = getattr(cast, handle)
        assert titles(viewer, cast.mei) == expected
        for board in Board.objects.all():
            if board.title in expected:
                assert reads.board_for(viewer, board.id) == board
            else:
                with pytest.raises(NotFound):
                    reads.board_for(viewer, board.id)
    assert titles(None, cast.mei) == {"public"}
    close_account(cast.mei)
    assert titles(None, cast.mei) == set()


def test_a_board_made_private_is_hidden_from_those_invited(mei, grace) -> None:
    board = make_board(mei, "shared")
    boards.invite(mei, board, grace)
    boards.change_board(mei, board, title="Trips", description="", visibility="private")
    with pytest.raises(NotFound):
        reads.board_for(grace, board.id)
    assert reads.boards_shared_with(grace) == []


def test_inviting_is_told_once_and_refused_kindly(cast: SimpleNamespace) -> None:
    board, private = make_board(cast.mei, "shared"), make_board(cast.mei, "private", title="Own")
    assert [boards.invite(cast.mei, board, cast.grace) for _ in range(2)] == [True, False]
    events = OutboxEvent.objects.filter(name__endswith=".BoardInvited")
    assert [event.payload["account_id"] for event in events] == [str(cast.grace.id)]
    with pytest.raises(NotFound):
        boards.invite(cast.mei, board, cast.wei)
    with pytest.raises(NotFound):
        boards.invite(cast.grace, board, cast.lin)
    with pytest.raises(Invalid):
        boards.invite(cast.mei, board, cast.mei)
    with pytest.raises(Conflict):
        boards.invite(cast.mei, private, cast.lin)
    assert BoardMember.objects.count() == 1


def test_those_invited_add_and_remove_leave_or_are_removed(mei, grace, lin, note) -> None:
    board = make_board(mei)
    with pytest.raises(NotFound):
        boards.add_to_board(grace, board.id, note.id)
    assert not BoardItem.objects.exists()
    boards.invite(mei, board, grace)
    boards.invite(mei, board, lin)
    boards.add_to_board(grace, board.id, note.id)
    assert BoardItem.objects.get().added_by == grace
    boards.remove_from_board(lin, board.id, note_id=note.id)
    assert not BoardItem.objects.exists()
    boards.leave(grace, board.id)
    boards.remove_member(mei, board, lin)
    for person in (grace, lin):
        with pytest.raises(NotFound):
            boards.add_to_board(person, board.id, note.id)
    with pytest.raises(NotFound):
        boards.remove_member(grace, board, lin)


def test_a_block_ends_shared_boards(mei, grace, deliver_events) -> None:
    board = make_board(mei, "shared")
    boards.invite(mei, board, grace)
    graph.block(grace, mei)
    with pytest.raises(NotFound):
        reads.board_for(grace, board.id)
    deliver_events()
    assert not BoardMember.objects.exists()


def test_putting_a_note_on_a_board_saves_it_once(grace, note) -> None:
    board = make_board(grace)
    assert [boards.add_to_board(grace, board.id, note.id) for _ in range(2)] == [True, False]
    assert (BoardItem.objects.count(), Mark.objects.count()) == (1, 1)
    note.tally.refresh_from_db()
    assert note.tally.save_count == 1


def test_a_note_off_its_last_board_stays_saved(grace, note) -> None:
    board = make_board(grace)
    boards.add_to_board(grace, board.id, note.id)
    boards.remove_from_board(grace, board.id, note_id=note.id)
    boards.remove_from_board(grace, board.id, note_id=note.id)
    assert Mark.objects.filter(account=grace, kind="save").count() == 1


def test_no_longer_saving_takes_it_off_every_own_board(grace, note) -> None:
    for title in ("Trips", "Rooms"):
        boards.add_to_board(grace, make_board(grace, title=title).id, note.id)
    assert marks.unsave_everywhere(grace, note) == 0
    assert not BoardItem.objects.exists() and not Mark.objects.exists()


def test_a_note_that_one_may_not_read_is_not_kept(mei, grace) -> None:
    board = make_board(grace)
    with pytest.raises(NotFound):
        boards.add_to_board(grace, board.id, make_note(mei, audience="only_me").id)
    assert not BoardItem.objects.exists() and not Mark.objects.exists()


def test_choosing_changes_only_the_boards_that_were_shown(grace, lin, note) -> None:
    one, two, later = (make_board(grace, title=title) for title in ("1", "2", "later"))
    boards.add_to_board(grace, one.id, note.id)
    boards.add_to_board(grace, later.id, note.id)
    boards.choose_boards(grace, note.id, among=[one.id, two.id], chosen=[two.id])
    assert set(BoardItem.objects.values_list("board_id", flat=True)) == {two.id, later.id}
    with pytest.raises(NotFound):
        boards.choose_boards(lin, note.id, among=[], chosen=[one.id])
    assert BoardItem.objects.count() == 2


def test_a_board_shows_what_its_reader_may_read_and_tells_no_number(
    cast: SimpleNamespace,
) -> None:
    board = make_board(cast.lin)
    public, mutual = make_note(cast.mei), make_note(cast.mei, audience="mutuals")
    gone = make_note(cast.mei)
    for item in (public, mutual, gone):
        boards.add_to_board(cast.lin, board.id, item.id)
    publish.withdraw_note(cast.mei, gone)

    def seen(viewer) -> list:
        items = reads.items_of(viewer, board).items
        return [item["card"] and item["card"].note_id for item in items]

    assert seen(cast.lin) == [None, mutual.id, public.id]
    assert seen(cast.grace) == seen(None) == [None, public.id]
    assert reads.boards_of(cast.lin, cast.lin)[0]["count"] == 2
    assert reads.boards_of(None, cast.lin)[0]["count"] == 1
    assert len(reads.boards_of(None, cast.lin)[0]["covers"]) == 1


def test_an_empty_place_can_be_taken_off(grace, mei, note) -> None:
    board = make_board(grace)
    boards.add_to_board(grace, board.id, note.id)
    publish.withdraw_note(mei, note)
    item = BoardItem.objects.get()
    with pytest.raises(NotFound):
        boards.remove_item(mei, board.id, item_id=item.id)
    boards.remove_item(grace, board.id, item_id=item.id)
    assert not BoardItem.objects.exists()


def test_paging_shows_each_place_once(grace, mei) -> None:
    board = make_board(grace)
    notes = [make_note(mei) for _ in range(26)]
    BoardItem.objects.bulk_create(BoardItem(board=board, note=note) for note in notes)
    first = reads.items_of(None, board)
    second = reads.items_of(None, board, after=first.next_cursor or "")
    seen = [item["card"].note_id for item in [*first.items, *second.items]]
    assert sorted(seen) == sorted(note.id for note in notes)
    page = Client().get(f"/board/{board.ref}/").content.decode()
    assert f"/board/{board.ref}/?after=" in page


def test_a_notes_page_names_public_boards_only(cast: SimpleNamespace, client_for) -> None:
    note = make_note(cast.lin)
    for visibility in ("private", "shared", "public"):
        board = make_board(cast.mei, visibility, title=f"{visibility} board")
        boards.add_to_board(cast.mei, board.id, note.id)
    page = Client().get(f"/note/{note.ref}/").content.decode()
    assert "public board" in page
    assert "private board" not in page and "shared board" not in page
    assert "public board" not in client_for(cast.wei).get(f"/note/{note.ref}/").content.decode()


def test_a_board_that_one_may_not_see_is_not_there(mei, grace, client_for) -> None:
    board = make_board(mei, "private")
    browser = client_for(grace)
    for path in ("", "edit/", "delete/"):
        assert browser.get(f"/board/{board.ref}/{path}").status_code == 404
    for path in ("edit/", "delete/", "people/", "remove/"):
        assert browser.post(f"/board/{board.ref}/{path}", {"item": board.ref}).status_code == 404
    assert Client().get(f"/board/{board.ref}/").status_code == 404
    assert Board.objects.exists()


def test_a_member_may_not_edit_somebody_elses_board(mei, grace, client_for) -> None:
    board = make_board(mei, "shared")
    boards.invite(mei, board, grace)
    browser = client_for(grace)
    page = browser.get(f"/board/{board.ref}/")
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert browser.get(f"/board/{board.ref}/edit/").status_code == 404
    assert browser.post(f"/board/{board.ref}/people/", {"handle": "mei"}).status_code == 404
    browser.post(f"/board/{board.ref}/leave/")
    assert browser.get(f"/board/{board.ref}/").status_code == 404


def test_the_pages_of_boards_without_script(mei, grace, client_for) -> None:
    browser = client_for(mei)
    made = browser.post("/boards/", {"title": "旅行", "visibility": "shared"})
    board = Board.objects.get()
    assert made.url == f"/board/{board.ref}/"
    again = browser.post("/boards/?lang=en", {"title": "旅行", "description": "Kept words"})
    assert again.status_code == 409 and "Kept words" in again.content.decode()
    browser.post(f"/board/{board.ref}/people/", {"handle": " @Grace "})
    assert BoardMember.objects.get().account == grace
    wrong = browser.post(f"/board/{board.ref}/people/?lang=en", {"handle": "nobody_here"})
    assert wrong.status_code == 422 and "nobody_here" in wrong.content.decode()
    assert "旅行" in client_for(grace).get("/boards/").content.decode()
    browser.post(f"/board/{board.ref}/people/", {"act": "remove", "handle": "grace"})
    assert not BoardMember.objects.exists()
    form = {"title": "Trips", "description": "", "visibility": "public"}
    browser.post(f"/board/{board.ref}/edit/", form)
    assert "Trips" in Client().get("/@mei?show=boards").content.decode()
    browser.post(f"/board/{board.ref}/delete/")
    assert not Board.objects.exists()


def test_saving_to_boards_without_script(grace, note, client_for) -> None:
    browser, kept = client_for(grace), make_board(grace, "private", title="Kept")
    path = f"/note/{note.ref}/save/"
    assert "Kept" in browser.get(path).content.decode()
    form = {"shown": [kept.ref], "board": [kept.ref], "title": "New one", "visibility": "public"}
    assert browser.post(path, form).url == f"/note/{note.ref}/"
    assert BoardItem.objects.count() == 2
    assert browser.get(path).content.decode().count("checked") == 2
    browser.post(path, {"shown": [board.ref for board in Board.objects.all()]})
    assert (BoardItem.objects.count(), Mark.objects.count()) == (0, 1)
    browser.post(path, {"act": "unsave"})
    assert not Mark.objects.exists()


def test_a_refused_new_board_keeps_what_was_chosen(grace, note, client_for) -> None:
    kept = make_board(grace, "private", title="Kept")
    form = {"shown": [kept.ref], "board": [kept.ref], "title": "Kept", "visibility": "public"}
    answered = client_for(grace).post(f"/note/{note.ref}/save/?lang=en", form)
    page = answered.content.decode()
    assert answered.status_code == 409 and 'value="Kept"' in page and "checked" in page
    assert not BoardItem.objects.exists()


def test_the_dialog_is_answered_in_json(grace, note, client_for) -> None:
    answered = client_for(grace).post(
        f"/note/{note.ref}/save/", {"title": "New"}, headers={"Accept": "application/json"}
    )
    assert answered.json()["on"] is True and answered.json()["count"] == 1


def test_an_erased_account_leaves_no_boards(mei, grace) -> None:
    boards.invite(mei, make_board(mei, "shared"), grace)
    make_board(grace)
    boards.delete_all_of(grace.id)
    assert list(Board.objects.values_list("owner", flat=True)) == [mei.id]
    assert not BoardMember.objects.exists()
    assert Account.objects.filter(id=grace.id).exists()
