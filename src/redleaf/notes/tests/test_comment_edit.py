"""Editing a comment: its words and its pictures, within its window, with and without script."""

import re
from datetime import timedelta
from typing import Any

import pytest

from redleaf.core import clock
from redleaf.core.errors import Conflict, Invalid
from redleaf.media.models import Asset
from redleaf.media.tests.test_access import addresses
from redleaf.notes.models import Comment, Note
from redleaf.notes.services import comments
from redleaf.notes.services.content import PictureChoice
from redleaf.notes.tests.factories import make_note, picture_file
from redleaf.notes.tests.talking import picture, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(mei: Any) -> Note:
    return make_note(mei)


@pytest.fixture
def made(note: Note, grace: Any) -> Comment:
    """A comment with two pictures."""
    return say(grace, note, "Two leaves", pictures=[picture(grace, "One"), picture(grace, "Two")])


def held(comment: Comment) -> list[tuple[Any, str]]:
    return list(comment.pictures.values_list("asset_id", "alt"))


def choices(comment: Comment) -> list[PictureChoice]:
    return [PictureChoice(asset_id, alt) for asset_id, alt in held(comment)]


def test_one_picture_goes_and_another_comes(
    made: Comment, grace: Any, lin: Any, client_for: Any
) -> None:
    first, second = choices(made)
    new = picture(grace, "Three")
    comments.edit_comment(grace, made.id, body="Two leaves", pictures=[second, new])
    assert held(made) == [(second.asset_id, "Two"), (new.asset_id, "Three")]
    made.refresh_from_db()
    assert made.edited_at is not None
    gone, added = Asset.objects.get(id=first.asset_id), Asset.objects.get(id=new.asset_id)
    assert gone.released_at is not None
    assert (added.attached_kind, added.attached_id) == ("comment", made.id)
    browser = client_for(lin)
    assert [browser.get(addresses(one)[0]).status_code for one in (gone, added)] == [404, 200]


def test_the_order_and_the_descriptions_change_too(made: Comment, grace: Any) -> None:
    first, second = choices(made)
    wanted = [second, PictureChoice(first.asset_id, "The first")]
    comments.edit_comment(grace, made.id, body="Two leaves", pictures=wanted)
    assert held(made) == [(second.asset_id, "Two"), (first.asset_id, "The first")]
    assert not Asset.objects.exclude(released_at=None).exists()


def test_words_alone_leave_the_pictures(made: Comment, grace: Any) -> None:
    before = held(made)
    comments.edit_comment(grace, made.id, body="Other words")
    assert held(made) == before


def test_an_edit_that_changes_nothing_is_none(made: Comment, grace: Any) -> None:
    comments.edit_comment(grace, made.id, body="Two leaves", pictures=choices(made))
    made.refresh_from_db()
    assert made.edited_at is None


def test_what_cannot_be_changes_nothing(made: Comment, note: Note, grace: Any, lin: Any) -> None:
    before, elsewhere = held(made), say(grace, note, pictures=[picture(grace)])
    for wanted in (
        [*choices(made), picture(grace), picture(grace)],  # four
        [choices(made)[0]] * 2,
        [picture(lin)],
        choices(elsewhere),
    ):
        with pytest.raises(Invalid):
            comments.edit_comment(grace, made.id, body="Changed", pictures=wanted)
    with pytest.raises(Invalid):  # neither words nor pictures
        comments.edit_comment(grace, made.id, body="", pictures=[])
    with clock.travel(timedelta(minutes=16)), pytest.raises(Conflict):
        comments.edit_comment(grace, made.id, body="Two leaves", pictures=[])
    made.refresh_from_db()
    assert (held(made), made.body, made.edited_at) == (before, "Two leaves", None)
    assert not Asset.objects.exclude(released_at=None).exists()


def test_a_picture_that_another_window_removed_is_not_brought_back(
    made: Comment, grace: Any
) -> None:
    both = choices(made)
    comments.edit_comment(grace, made.id, body="One leaf", pictures=both[:1])
    with pytest.raises(Invalid):
        comments.edit_comment(grace, made.id, body="Two leaves", pictures=both)
    assert held(made) == [(both[0].asset_id, "One")]


def form_of(html: str) -> dict[str, Any]:
    """Return what the form would send: its hidden fields and its descriptions."""
    form = html.split('class="comment-form')[1].split("</form>", maxsplit=1)[0]
    fields: dict[str, Any] = {}
    for name, value in re.findall(
        r'<input (?:type="hidden"|class="input") name="([^"]+)" value="([^"]*)"', form
    ):
        fields[name] = [*fields[name], value] if name in fields else [value]
    return fields


def test_without_script_one_is_ticked_away_and_one_is_sent(
    made: Comment, grace: Any, client_for: Any
) -> None:
    browser, path = client_for(grace), f"/comment/{made.ref}/edit/"
    form = form_of(browser.get(path).content.decode())
    assert len(form["picture"]) == 2
    sent = {**form, "body": "Another leaf", "drop": form["picture"][0]}
    for _twice in range(2):  # a double click
        answer = browser.post(path, {**sent, "new_pictures": picture_file(5)})
        assert answer.status_code == 303
    refs = [item.asset.ref for item in made.pictures.select_related("asset")]
    assert len(refs) == 2
    assert refs[0] == form["picture"][1]
    made.refresh_from_db()
    assert made.body == "Another leaf"


def test_a_refused_edit_keeps_what_was_typed_and_sent(
    made: Comment, grace: Any, client_for: Any
) -> None:
    browser, path = client_for(grace), f"/comment/{made.ref}/edit/"
    form = form_of(browser.get(path).content.decode())
    sent = {**form, "body": "字" * 501, "new_pictures": picture_file(5)}
    answer = browser.post(path, sent)
    assert answer.status_code == 422
    again = form_of(answer.content.decode())
    assert "字" * 501 in answer.content.decode()
    assert again["picture"][:2] == form["picture"] and len(again["picture"]) == 3
    assert again["key"] == form["key"]
    assert browser.post(path, {**again, "body": "字"}).status_code == 303
    assert [item.asset.ref for item in made.pictures.select_related("asset")] == again["picture"]


def test_when_the_time_is_over_the_words_are_not_lost(
    made: Comment, grace: Any, client_for: Any
) -> None:
    browser, path = client_for(grace), f"/comment/{made.ref}/edit/"
    form = form_of(browser.get(path).content.decode())
    with clock.travel(timedelta(minutes=16)):
        answer = browser.post(path, {**form, "body": "Long thought about"})
    assert answer.status_code == 409
    assert "Long thought about" in answer.content.decode()
    made.refresh_from_db()
    assert made.body == "Two leaves"


def test_a_form_that_knows_nothing_of_pictures_leaves_them(
    made: Comment, grace: Any, client_for: Any
) -> None:
    before = held(made)
    client_for(grace).post(f"/comment/{made.ref}/edit/", {"body": "Only words"})
    made.refresh_from_db()
    assert (made.body, held(made)) == ("Only words", before)
