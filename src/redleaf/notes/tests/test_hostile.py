"""What hostile and clumsy people send to the composer: words in answer, nothing lost, no crash."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from redleaf.core import ids
from redleaf.media.models import Asset
from redleaf.media.tests import samples
from redleaf.notes.composer import renumber
from redleaf.notes.models import Draft, Note
from redleaf.notes.services import drafts
from redleaf.notes.tests.factories import make_note, picture_file

TEXTS = {
    "too long": "叶" * 5000,
    "much too long": "a" * 400_000,
    "empty": "",
    "blank": " \u3000\n\t ",
    "combining marks": "e" + "\u0301" * 10_000,
    "right to left": "\u202e\u2067evil\u2069 مرحبا שלום\u202c",
    "emoji": "👩‍👩‍👧‍👦" * 30 + "🇨🇦👍🏽",
    "nothing but skin": "\U0001f3fd" * 300,
    "nulls": "re\x00d\x00",
    "control": "\x01\x08\x1b[31m\x7f\u0085",
    "byte order mark": "\ufeff红叶\ufffe\uffff",
    "sql": "'; DROP TABLE notes_note; -- \\ %s %(x)s {0} {{ x }} {% x %}",
    "html": "<script>alert(1)</script><svg onload=alert(1)>&amp;",
    "sign that unfolds": "#" + "ﷺ" * 40,
    "zero width": "\u200b\u200c\u200d\u2060",
    "lines": "\r\n\r\n\r" * 3000 + "x",
}


def form(**fields: Any) -> dict[str, Any]:
    window = ids.encode(ids.new_id())
    typed = {"kind": "words", "title": "红叶", "body": "", "language": "en", "act": "publish"}
    return {**typed, "audience": "public", "window": window, **fields}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("field", ["title", "body", "place_detail"])
def test_any_text_in_any_field_is_answered(
    client_for: Any, mei: Any, name: str, field: str
) -> None:
    browser = client_for(mei)
    answer = browser.post("/publish/?lang=en", form(**{field: TEXTS[name]}))
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        note = Note.objects.get()
        assert "\x00" not in note.title + note.body
        for path in ("", "history/"):
            assert browser.get(f"/note/{note.ref}/{path}").status_code == 200
        assert browser.get("/@mei").status_code == 200
    else:
        assert not Note.objects.exists()
        assert Draft.objects.count() == 1
        assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_can_be_a_long_note(client_for: Any, mei: Any, name: str) -> None:
    browser = client_for(mei)
    answer = browser.post("/publish/", form(kind="long", body=f"## Head\n\n{TEXTS[name]}"))
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert browser.get(answer.url).status_code == 200


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("path", ["/publish/save/", "/publish/preview/"])
def test_any_text_is_saved_and_previewed(client_for: Any, mei: Any, name: str, path: str) -> None:
    text = TEXTS[name]
    fields = form(kind=text, body=text, title=text, scheduled_at=text, number=text, revision=text)
    fields |= {"draft": text, "picture": [text, text], "video": text, "note": text}
    answer = client_for(mei).post(path, fields)
    assert answer.status_code in {200, 409, 413}


@pytest.mark.parametrize("name", ["combining marks", "emoji", "nulls", "sql", "html"])
def test_any_text_in_any_choice_is_answered(client_for: Any, mei: Any, name: str) -> None:
    text = TEXTS[name]
    browser = client_for(mei)
    for field in (
        *("kind", "language", "audience", "audience_list", "channel", "place", "reply_policy"),
        *("cover_design", "video", "scheduled_at", "number", "revision", "window", "note"),
        *("act", "kind_choice"),
    ):
        answer = browser.post("/publish/", form(**{field: text}))
        assert answer.status_code in {200, 302, 409, 422}, field


@pytest.mark.parametrize(
    "body",
    [
        b"title=\xff\xfe&body=\x80&kind=words&act=publish",
        b"title=%ff%fe&body=%ed%a0%80&kind=words&act=publish",
        b"title=%00&kind=words&act=publish",
        b"=&&&=%",
        b"kind=words&" + b"picture=x&" * 600,
    ],
)
def test_broken_bytes_are_answered(client_for: Any, mei: Any, body: bytes) -> None:
    browser = client_for(mei)
    for path in ("/publish/", "/publish/save/", "/publish/preview/"):
        answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
    assert not Note.objects.filter(title__regex="[\ufffd]").exists()


def test_characters_that_could_not_be_read_are_not_published(client_for: Any, mei: Any) -> None:
    body = b"title=%ba%ec%d2%b6&kind=words&language=en&act=publish"
    answer = client_for(mei).post("/publish/", body, "application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_a_wrong_encoding_is_answered(client_for: Any, mei: Any) -> None:
    body = "title=红叶&kind=words&act=publish".encode("gb18030")
    answer = client_for(mei).generic(
        "POST", "/publish/", body, "application/x-www-form-urlencoded; charset=gb18030"
    )
    assert answer.status_code < 500


def test_a_refusal_keeps_everything_that_was_typed(client_for: Any, mei: Any) -> None:
    fields = form(
        title="叶" * 30, body="kept <b>", place="toronto", place_detail="2F", audience="only_me"
    )
    page = client_for(mei).post("/publish/?lang=en", fields).content.decode()
    assert "叶" * 30 in page
    assert "kept &lt;b&gt;" in page
    assert re.search(r'value="toronto" selected', page)
    assert re.search(r'value="only_me" selected', page)
    assert 'href="#id_title"' in page, "the summary leads to the field"
    assert 'id="id_title-error"' in page


def test_the_same_form_sent_twice_is_one_note(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    fields = form(body="once")
    first = browser.post("/publish/", fields)
    second = browser.post("/publish/", fields)
    assert Note.objects.count() == 1
    assert first.url == second.url == f"/note/{Note.objects.get().ref}/"
    assert not Draft.objects.exists()


def test_the_back_button_after_publishing_offers_another_note_and_loses_nothing(
    client_for: Any, mei: Any
) -> None:
    browser = client_for(mei)
    fields = form(body="once")
    browser.post("/publish/", fields)
    answer = browser.post("/publish/", {**fields, "body": "something else"})
    page = answer.content.decode()
    assert (answer.status_code, Note.objects.count()) == (409, 1)
    assert "something else" in page
    assert f"/note/{Note.objects.get().ref}/" in page
    window = re.search(r'name="window" value="([^"]+)"', page)
    assert window
    browser.post("/publish/", {**fields, "body": "something else", "window": window[1]})
    assert Note.objects.count() == 2


def test_the_address_of_a_published_draft_leads_to_its_note(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    fields = form()
    browser.post("/publish/", fields)
    assert browser.get(f"/publish/{fields['window']}/").url == f"/note/{Note.objects.get().ref}/"


def test_two_tabs_with_one_draft_are_told_apart(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    saved = drafts.save_draft(mei, content=drafts.empty_content(mei, "words"), draft=None)
    path = f"/publish/{saved.draft.ref}/"
    browser.post(path, form(act="save", title="First", revision="1"))
    answer = browser.post(path, form(act="save", title="Second", revision="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert Draft.objects.get().content["title"] == "First"
    assert 'value="Second"' in page
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    browser.post(path, form(act="save", title="Second", revision=revision[1]))
    assert Draft.objects.get().content["title"] == "Second"


def test_two_tabs_that_edit_one_note_are_told_apart(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    note = make_note(mei, body="one")
    path = browser.get(f"/note/{note.ref}/edit/").url
    fields = {"note": note.ref, "number": "1", "revision": "1", "title": note.title}
    browser.post(path, form(**fields, body="two"))
    answer = browser.post(path, form(**fields, body="three"))
    page = answer.content.decode()
    note.refresh_from_db()
    assert (answer.status_code, note.body) == (409, "two")
    assert "three" in page
    action = re.search(r'id="composer"[^>]+action="([^"]+)"', page)
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert action and revision
    browser.post(
        action[1], form(**{**fields, "number": "2", "revision": revision[1]}, body="three")
    )
    note.refresh_from_db()
    assert (note.number, note.body) == (3, "three")


def test_a_draft_deleted_in_another_tab_loses_nothing(client_for: Any, mei: Any) -> None:
    browser = client_for(mei)
    saved = drafts.save_draft(mei, content=drafts.empty_content(mei, "words"), draft=None)
    drafts.delete_draft(mei, saved.draft)
    answer = browser.post(f"/publish/{saved.draft.ref}/", form(body="still here"))
    assert answer.status_code == 409
    assert "still here" in answer.content.decode()


def test_nobody_reaches_anothers_draft(client_for: Any, mei: Any, lin: Any) -> None:
    saved = drafts.save_draft(mei, content={"title": "Mine"}, draft=None)
    browser = client_for(lin)
    assert browser.get(f"/publish/{saved.draft.ref}/").status_code == 404
    browser.post(f"/publish/{saved.draft.ref}/", form(title="Hers", act="save"))
    browser.post("/publish/", form(title="Hers", act="save", window=saved.draft.ref))
    assert browser.post(f"/publish/{saved.draft.ref}/delete/").status_code == 404
    assert Draft.objects.get(author=mei).content == {"title": "Mine"}


def test_without_script_pictures_come_with_the_form_and_keep_their_order(
    client_for: Any, mei: Any
) -> None:
    browser = client_for(mei)
    files = [picture_file(number, f"leaf{number}.jpg") for number in range(3)]
    answer = browser.post("/publish/", form(kind="picture", act="arrange", new_pictures=files))
    page = answer.content.decode()
    refs = re.findall(r'name="picture" value="([^"]+)"', page)
    assert len(set(refs)) == 3
    draft = Draft.objects.get()
    fields = form(kind="picture", picture=refs, act="cover:2", revision=str(draft.revision))
    browser.post(f"/publish/{draft.ref}/", fields)
    draft.refresh_from_db()
    assert [item["ref"] for item in draft.content["pictures"]] == [refs[2], refs[0], refs[1]]


def test_a_file_that_is_no_picture_is_named_and_the_others_stay(client_for: Any, mei: Any) -> None:
    files = [
        picture_file(1, "good.jpg"),
        SimpleUploadedFile("bad.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    ]
    answer = client_for(mei).post(
        "/publish/?lang=en", form(kind="picture", new_pictures=files, act="publish")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "bad.svg" in page
    assert len(Draft.objects.get().content["pictures"]) == 1
    assert not Note.objects.exists()


def test_picture_blocks_follow_their_pictures() -> None:
    body = "a\n![[picture:1]]\nb\n![[picture:2]]\n![[picture:9]]"
    assert (
        renumber(body, ["x", "y"], ["y", "x"])
        == "a\n![[picture:2]]\nb\n![[picture:1]]\n![[picture:9]]"
    )
    assert renumber(body, ["x", "y"], ["y"]) == "a\n\nb\n![[picture:1]]\n![[picture:9]]"


def test_without_script_a_video_is_sent_captioned_retried_and_removed(
    client_for: Any, mei: Any
) -> None:
    browser = client_for(mei)
    film = SimpleUploadedFile("film.mp4", samples.video(), "video/mp4")
    browser.post("/publish/", form(kind="video", act="arrange", new_video=film))
    draft = Draft.objects.get()
    ref = draft.content["video"]
    path = f"/publish/{draft.ref}/?lang=en"
    words = SimpleUploadedFile("words.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    fields = form(kind="video", video=ref, revision="1", new_captions=words, act="captions")
    page = browser.post(path, {**fields, "captions_language": "fr"}).content.decode()
    assert "There are captions in: fr" in page
    page = browser.post(path, form(kind="video", video=ref, revision="2", act="retry_video:0"))
    assert "not waiting for another try" in page.content.decode()
    Asset.objects.update(state="failed", failure="broken")
    browser.post(path, form(kind="video", video=ref, revision="3", act="retry_video:0"))
    assert Asset.objects.get().state == "processing"
    browser.post(path, form(kind="video", video=ref, revision="4", act="remove_video:0"))
    draft.refresh_from_db()
    assert draft.content["video"] == ""
