"""A journey in a real browser: talk under a note with a picture, likes, hiding, and boards."""

from typing import Any

import pytest

from redleaf.accounts.tests.factories import make_account
from redleaf.notes.models import BoardItem, Comment, Mark
from redleaf.notes.services import boards
from redleaf.notes.tests.factories import make_note, picture_file
from redleaf.notes.tests.talking import answer, picture, say
from tests.browsing import PHONE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


def test_talk_and_boards(visit: Any, tmp_path: Any) -> None:
    mei, grace = make_account("mei"), make_account("grace")
    note = make_note(mei, title="Maple leaves", body="Where are they reddest?")
    photo = tmp_path / "leaf.jpg"
    photo.write_bytes(picture_file().getvalue())

    reader = visit(grace, viewport=PHONE, has_touch=True)
    reader.goto(f"/note/{note.ref}/")
    form = reader.locator("form[data-talk-form=first]")
    form.locator("textarea").fill("字" * 501)
    assert "is-over" in form.locator(".counter").get_attribute("class")
    form.get_by_role("button", name="Post").click()
    form.locator("[data-error]", has_text="longer than 500").wait_for()
    assert form.locator("textarea").input_value() == "字" * 501
    form.locator("textarea").fill("Gatineau park, see #autumn @mei")
    form.locator("input[type=file]").set_input_files(str(photo))
    form.get_by_label("Describe it for those who cannot see it").fill("A red leaf")
    form.get_by_role("button", name="Post").click()
    reader.locator(".comment-pictures img[alt='A red leaf']").wait_for()
    assert form.locator("textarea").input_value() == ""
    assert reader.locator("#talk-count").inner_text() == "1"
    made = Comment.objects.get()
    assert made.pictures.count() == 1

    author = visit(mei)
    author.goto(f"/comment/{made.ref}/")
    comment = author.locator(f"#comment-{made.ref}")
    comment.get_by_role("button", name="Like").click()
    comment.locator(".talk-act.like.is-on [data-count]", has_text="1").wait_for()
    comment.get_by_role("link", name="Reply").click()
    reply = comment.locator("form")
    reply.locator("textarea").fill("I was there yesterday")
    reply.locator("textarea").press("Tab")
    reply.get_by_role("button", name="Post").click()
    author.get_by_text("I was there yesterday").wait_for()
    assert Comment.objects.get(thread=made).parent_id == made.id
    assert_accessible(author)
    comment.locator(".menu summary").first.click()
    comment.get_by_role("button", name="Pin to the top").click()
    author.locator(".comment-tag", has_text="Pinned").wait_for()
    comment.locator(".menu summary").first.click()
    comment.get_by_role("link", name="Hide").click()
    comment.get_by_label("Why?").fill("Off topic")
    comment.get_by_role("button", name="Hide").click()
    author.get_by_text("You hid this comment: “Off topic”").wait_for()

    reader.reload()
    reader.get_by_text("The author of the note hid your comment: “Off topic”").wait_for()
    reader.locator("[data-board-choice]").click()
    dialog = reader.locator("dialog.board-dialog")
    dialog.get_by_label("Name of the new board").fill("Autumn")
    dialog.get_by_role("button", name="Save").click()
    reader.locator(".toast", has_text="Kept on 1 board.").wait_for()
    assert reader.locator("[data-mark=save]").get_attribute("aria-pressed") == "true"
    assert (BoardItem.objects.count(), Mark.objects.filter(kind="save").count()) == (1, 1)
    assert_accessible(reader)
    reader.goto(f"/board/{BoardItem.objects.get().board.ref}/")
    reader.get_by_text("Maple leaves").first.wait_for()
    assert_accessible(reader)
    reader.goto("/boards/")
    assert_accessible(reader)


def test_further_threads_and_replies_come_in_place(visit: Any) -> None:
    mei, grace = make_account("mei"), make_account("grace")
    note = make_note(mei)
    first = say(grace, note, "The first one")
    for number in range(14):
        say(grace, note, f"Comment {number}")
    for number in range(4):
        answer(mei, first, f"Reply {number}")
    boards.add_to_board(
        grace, boards.create_board(grace, title="A", visibility="public").id, note.id
    )
    page = visit()
    page.goto(f"/note/{note.ref}/")
    assert page.locator(".thread").count() == 12
    page.get_by_role("link", name="Show more comments").click()
    page.get_by_role("link", name="Show 2 more replies").click()
    page.get_by_text("Reply 3").wait_for()
    assert (page.locator(".thread").count(), page.locator(".comment").count()) == (15, 19)
    page.get_by_role("link", name="Newest").click()
    page.locator(".talk-sort [aria-current]", has_text="Newest").wait_for()
    assert page.locator(".comment-words").first.inner_text() == "Comment 13"


@pytest.mark.parametrize("place", ["in its place", "on its own page"])
def test_the_pictures_of_a_comment_are_changed(visit: Any, tmp_path: Any, place: str) -> None:
    grace = make_account("grace")
    made = say(grace, make_note(make_account("mei")), pictures=[picture(grace, "An old leaf")])
    photo = tmp_path / "leaf.jpg"
    photo.write_bytes(picture_file(3).getvalue())
    page = visit(grace, viewport=PHONE, has_touch=True)
    if place == "in its place":
        page.goto(f"/comment/{made.ref}/")
        page.locator(f"#comment-{made.ref} .menu summary").click()
        page.get_by_role("link", name="Edit").click()
    else:
        page.goto(f"/comment/{made.ref}/edit/")
    form = page.locator("form.is-reply")
    form.get_by_role("button", name="Remove").click()
    form.locator("input[type=file]").set_input_files(str(photo))
    form.locator("[data-attached] input[name^=alt-]").fill("A new leaf")
    assert_accessible(page)
    form.get_by_role("button", name="Save").click()
    page.locator(".comment-pictures img[alt='A new leaf']").wait_for()
    assert page.locator(".comment-pictures img").count() == 1
    assert [item.alt for item in made.pictures.all()] == ["A new leaf"]
