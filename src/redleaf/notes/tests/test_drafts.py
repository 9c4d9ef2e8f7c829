"""Drafts: saved as typed, one note at most, and never overwritten unseen."""

from typing import Any

import pytest
from django.urls import reverse

from redleaf.core import ids
from redleaf.core.errors import Conflict, NotFound
from redleaf.media.models import Asset
from redleaf.notes.models import Draft, Note
from redleaf.notes.services import drafts, publish
from redleaf.notes.services.drafts import DraftConflict, save_draft
from redleaf.notes.tests.factories import make_note, make_picture_asset


def typed(account: Any, **fields: Any) -> dict[str, Any]:
    return {**drafts.empty_content(account, "words"), "title": "红叶", **fields}


def test_what_is_typed_is_kept_valid_or_not(mei: Any) -> None:
    saved = save_draft(mei, content=typed(mei, title="叶" * 50, kind="song"), draft=None)
    kept = drafts.draft_for(mei, saved.draft.id).content
    assert (kept["title"], kept["kind"]) == ("叶" * 50, "song")


def test_a_draft_is_its_authors_alone(mei: Any, lin: Any) -> None:
    saved = save_draft(mei, content=typed(mei), draft=None)
    with pytest.raises(NotFound):
        drafts.draft_for(lin, saved.draft.id)


def test_another_windows_save_is_not_overwritten(mei: Any) -> None:
    first, second = ids.new_id(), ids.new_id()
    saved = save_draft(mei, content=typed(mei), draft=None, window=first)
    save_draft(mei, content=typed(mei, title="two"), draft=saved.draft, revision=1, window=second)
    with pytest.raises(DraftConflict) as caught:
        save_draft(
            mei, content=typed(mei, title="one"), draft=saved.draft, revision=1, window=first
        )
    assert caught.value.revision == 2
    assert Draft.objects.get().content["title"] == "two"


def test_a_window_whose_answer_was_lost_goes_on(mei: Any) -> None:
    window = ids.new_id()
    save_draft(mei, content=typed(mei, title="a"), draft=None, window=window)
    saved = save_draft(mei, content=typed(mei, title="ab"), draft=None, window=window)
    assert Draft.objects.get().content["title"] == "ab"
    assert saved.draft.id == window


def test_the_hundred_and_first_draft_is_refused(mei: Any) -> None:
    Draft.objects.bulk_create(Draft(author=mei) for _ in range(100))
    with pytest.raises(Conflict):
        save_draft(mei, content=typed(mei), draft=None)
    assert Draft.objects.count() == 100


def test_a_published_draft_is_gone_and_cannot_be_published_again(mei: Any) -> None:
    saved = save_draft(mei, content=typed(mei), draft=None)
    note = publish.publish_note(
        mei, content=drafts.as_content(mei, saved.draft.content), draft=saved.draft
    )
    assert drafts.note_from(mei, saved.draft.id) == note
    with pytest.raises(Conflict):
        publish.publish_note(
            mei, content=drafts.as_content(mei, saved.draft.content), draft=saved.draft
        )
    assert Note.objects.count() == 1


def test_a_save_after_publishing_makes_no_new_draft(mei: Any) -> None:
    window = ids.new_id()
    saved = save_draft(mei, content=typed(mei), draft=None, window=window)
    publish.publish_note(
        mei, content=drafts.as_content(mei, saved.draft.content), draft=saved.draft
    )
    with pytest.raises(DraftConflict):
        save_draft(mei, content=typed(mei), draft=None, window=window)
    assert not Draft.objects.exists()


def test_pictures_belong_to_the_draft_and_leave_with_it(mei: Any) -> None:
    asset = make_picture_asset(mei)
    content = typed(mei, kind="picture", pictures=[{"ref": asset.ref, "alt": ""}])
    saved = save_draft(mei, content=content, draft=None)
    asset.refresh_from_db()
    assert asset.attached_id == saved.draft.id
    drafts.delete_draft(mei, saved.draft)
    assert Asset.objects.get().released_at is not None


def test_a_picture_taken_out_is_let_go_and_can_come_back(mei: Any) -> None:
    asset = make_picture_asset(mei)
    with_it = typed(mei, pictures=[{"ref": asset.ref, "alt": ""}])
    saved = save_draft(mei, content=with_it, draft=None)
    saved = save_draft(mei, content=typed(mei), draft=saved.draft, revision=1)
    assert Asset.objects.get().released_at is not None
    save_draft(mei, content=with_it, draft=saved.draft, revision=2)
    assert Asset.objects.get().released_at is None


def test_pictures_that_a_note_of_words_does_not_show_are_let_go(mei: Any) -> None:
    asset = make_picture_asset(mei)
    content = typed(mei, pictures=[{"ref": asset.ref, "alt": ""}])
    saved = save_draft(mei, content=content, draft=None)
    publish.publish_note(mei, content=drafts.as_content(mei, content), draft=saved.draft)
    assert Asset.objects.get().released_at is not None


def test_a_draft_of_changes_leaves_the_notes_pictures_with_the_note(mei: Any) -> None:
    note = make_note(mei, pictures=2)
    draft = drafts.draft_of_note(mei, note)
    content = {**draft.content, "pictures": draft.content["pictures"][:1]}
    save_draft(mei, content=content, draft=draft, revision=1)
    drafts.delete_draft(mei, Draft.objects.get())
    assert not Asset.objects.exclude(released_at=None).exists()
    assert set(Asset.objects.values_list("attached_id", flat=True)) == {note.id}


def test_the_composer_saves_by_itself_and_goes_on_after_a_reload(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    window = ids.encode(ids.new_id())
    form = {**typed(mei), "pictures": "", "window": window, "title": "Half a thought"}
    answer = browser.post("/publish/save/", form).json()
    assert answer["draft"] == window
    page = browser.get(answer["address"]).content.decode()
    assert 'value="Half a thought"' in page


def test_the_composer_is_told_what_happened_in_another_window(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    saved = save_draft(mei, content=typed(mei), draft=None)
    form = {**typed(mei), "pictures": "", "draft": saved.draft.ref, "revision": "0"}
    answer = browser.post("/publish/save/", form)
    assert (answer.status_code, answer.json()["error"]["revision"]) == (409, 1)
    note = publish.publish_note(
        mei, content=drafts.as_content(mei, saved.draft.content), draft=saved.draft
    )
    answer = browser.post("/publish/save/", {**form, "revision": "1"})
    assert answer.json()["error"]["note"] == reverse("notes:note", args=[note.id])


def test_suggestions_name_topics_and_people_but_nobody_blocked(client_for: Any, cast: Any) -> None:
    make_note(cast.mei, body="#winter")
    browser = client_for(cast.wei)
    assert browser.get("/publish/suggest/?q=%23win").json()["items"][0]["insert"] == "#winter"
    assert browser.get("/publish/suggest/?q=@gr").json()["items"][0]["insert"] == "@grace"
    assert browser.get("/publish/suggest/?q=@me").json()["items"] == []
    assert browser.get("/publish/suggest/?q=@we").json()["items"] == []


def test_a_preview_shows_the_text_as_readers_see_it(client_for: Any, mei: Any) -> None:
    form = {
        "kind": "long",
        "title": "x",
        "body": "## Head\n\n<script>no</script>",
        "language": "en",
    }
    page = client_for(mei).post("/publish/preview/", form).content.decode()
    assert "<h2 id=" in page
    assert "<script>" not in page
