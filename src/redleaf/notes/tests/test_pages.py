"""Every page of notes answers: signed in and out, empty and full, in four languages."""

import re
from datetime import timedelta
from typing import Any

import pytest

from redleaf.core import clock
from redleaf.notes.models import Topic
from redleaf.notes.services import drafts, marks, publish, topics
from redleaf.notes.services.content import Content
from redleaf.notes.tests.factories import make_note

LANGUAGES = ("en", "fr", "zh-hans", "zh-hant")
OPEN = ("/@mei", "/@mei?show=boards", "/place/toronto/", "/place/ontario/")
OWN = ("/publish/", "/drafts/", "/me/saved/", "/me/liked/", "/boards/")


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", OPEN)
def test_open_pages_answer_when_empty(client: Any, mei: Any, path: str, language: str) -> None:
    mark = "&" if "?" in path else "?"
    answer = client.get(f"{path}{mark}lang={language}")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("path", OWN)
def test_own_pages_answer_when_empty_and_ask_strangers_to_sign_in(
    client: Any, client_for: Any, mei: Any, path: str
) -> None:
    assert client_for(mei).get(path).status_code == 200
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("reader", [None, "mei", "lin", "keeper"])
def test_every_page_answers_when_full(
    client: Any, client_for: Any, cast: Any, reader: str | None
) -> None:
    long = "## One\n\n![[picture:1]]\n\n## Two\n\n## Three"
    notes = [
        make_note(cast.mei, pictures=2, place="toronto", body="#winter @lin", channel="skincare"),
        make_note(cast.mei, body="words #winter", place="high-park"),
        make_note(cast.mei, kind="long", body=long, pictures=1),
    ]
    publish.edit_note(
        cast.mei, notes[1], content=Content(kind="words", title="New", body="#winter"), number=1
    )
    marks.mark(cast.lin, notes[0].id, kind="save")
    browser = client_for(getattr(cast, reader)) if reader else client
    paths = [
        f"/note/{note.ref}/{rest}" for note in notes for rest in ("", "?overlay=1", "history/")
    ]
    for path in [*paths, *OPEN, "/topic/winter/", *(OWN if reader else ())]:
        assert browser.get(path).status_code == 200, path


def test_the_composer_opens_with_each_kind_and_what_the_address_asks(
    client_for: Any, mei: Any
) -> None:
    browser = client_for(mei)
    for kind in ("picture", "video", "words", "long", "song"):
        assert browser.get(f"/publish/?kind={kind}").status_code == 200
    page = browser.get(
        "/publish/?topic=%E6%8A%A4%E8%82%A4&place=toronto&channel=coffee"
    ).content.decode()
    assert "\n#护肤 </textarea>" in page
    assert re.search(r'value="toronto" selected', page)
    assert re.search(r'value="coffee" selected', page)
    page = browser.get("/publish/?topic=<b>&place=nowhere&channel=x").content.decode()
    assert "&lt;b&gt;" not in page


def test_an_edit_opens_with_the_note_and_only_for_its_author(
    client_for: Any, mei: Any, lin: Any
) -> None:
    note = make_note(mei, title="Mine", pictures=2)
    browser = client_for(mei)
    answer = browser.get(f"/note/{note.ref}/edit/", follow=True)
    page = answer.content.decode()
    assert 'value="Mine"' in page
    assert page.count('name="picture" value="0') == 2
    assert client_for(lin).get(f"/note/{note.ref}/edit/").status_code == 404


def test_an_edit_through_the_form_is_saved(client_for: Any, mei: Any) -> None:
    note = make_note(mei, body="one")
    browser = client_for(mei)
    path = browser.get(f"/note/{note.ref}/edit/").url
    form = {"kind": "words", "title": "Changed", "body": "two", "language": "en", "act": "publish"}
    answer = browser.post(path, {**form, "number": "1", "revision": "1", "audience": "public"})
    assert answer.url == f"/note/{note.ref}/"
    note.refresh_from_db()
    assert (note.title, note.number) == ("Changed", 2)


def test_a_public_note_describes_itself_to_those_who_pass_it_on(client: Any, mei: Any) -> None:
    note = make_note(mei, title="Winter shelf", body="What **survived**", pictures=1)
    page = client.get(f"/note/{note.ref}/").content.decode()
    assert meta(page, "og:title") == "Winter shelf"
    assert meta(page, "og:image").startswith("http")
    assert meta(page, "og:url").endswith(f"/note/{note.ref}/")
    assert meta(page, "description") == "What survived"
    assert f'rel="canonical" href="{meta(page, "og:url")}"' in page
    assert not meta(page, "robots")


@pytest.mark.parametrize(
    "fields", [{"audience": "followers"}, {"scheduled_at": clock.now() + timedelta(days=1)}]
)
def test_a_restricted_note_is_for_no_index_and_no_cache(
    client_for: Any, mei: Any, fields: dict[str, Any]
) -> None:
    note = make_note(mei, title="For few", **fields)
    answer = client_for(mei).get(f"/note/{note.ref}/")
    page = answer.content.decode()
    assert meta(page, "robots") == "noindex"
    assert not meta(page, "og:title")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_restricted_note_says_on_its_card_for_whom_it_is(client_for: Any, mei: Any) -> None:
    make_note(mei, audience="only_me")
    assert "Only me" in client_for(mei).get("/@mei?lang=en").content.decode()


def test_a_profile_is_gone_for_those_it_blocks_by_its_old_name_too(
    client_for: Any, cast: Any
) -> None:
    make_note(cast.mei, title="Mine")
    assert client_for(cast.wei).get("/@mei").status_code == 404
    blocked = client_for(cast.mei).get("/@wei?lang=en").content.decode()
    assert "You blocked this person" in blocked


def test_an_unknown_handle_topic_and_place_are_not_found(client: Any, db: None) -> None:
    for path in (
        "/@nobody_here",
        "/topic/nothing/",
        "/place/atlantis/",
        "/topic/%00/",
        "/@%F0%9F%8D%81",
    ):
        assert client.get(path).status_code in {400, 404}, path


def test_a_topic_answers_to_every_spelling(client: Any, mei: Any) -> None:
    make_note(mei, title="Shelf", body="#护肤")
    make_note(mei, title="Étagère", body="#soins")
    topic = Topic.objects.get(key="护肤")
    topics.curate(
        topic,
        names={"en": "Skincare"},
        rules={"en": "Say your climate."},
        aliases=["skin"],
        canonical=None,
    )
    topics.curate(Topic.objects.get(key="soins"), names={}, rules={}, aliases=[], canonical=topic)
    assert client.get("/topic/%E8%AD%B7%E8%86%9A/").url == "/topic/%E6%8A%A4%E8%82%A4/"
    for spelling in ("skin", "SKIN", "soins"):
        assert client.get(f"/topic/{spelling}/").url == "/topic/%E6%8A%A4%E8%82%A4/"
    page = client.get("/topic/%E6%8A%A4%E8%82%A4/?lang=en").content.decode()
    assert "#Skincare" in page
    assert "Say your climate." in page
    assert "Shelf" in page and "Étagère" in page
    topic.refresh_from_db()
    assert topic.note_count == 2


def test_a_place_shows_what_lies_within_it(client: Any, mei: Any) -> None:
    make_note(mei, title="Cherry trees", place="high-park")
    for place in ("high-park", "toronto", "ontario"):
        assert "Cherry trees" in client.get(f"/place/{place}/").content.decode()
    assert "Cherry trees" not in client.get("/place/montreal/").content.decode()


def test_a_long_list_pages_without_repeating(client: Any, mei: Any) -> None:
    for number in range(30):
        make_note(mei, title=f"Leaf {number}")
    seen: list[str] = []
    path: str | None = "/@mei"
    while path:
        page = client.get(path).content.decode()
        seen.extend(re.findall(r'class="title"[^>]*>([^<]+)</a>', page))
        following = re.search(r'class="button" href="([^"]+after=[^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else None
    assert seen == [f"Leaf {number}" for number in range(29, -1, -1)]


def test_withdrawing_asks_first(client_for: Any, mei: Any) -> None:
    note = make_note(mei)
    browser = client_for(mei)
    assert browser.get(f"/note/{note.ref}/withdraw/").status_code == 200
    assert browser.get(f"/note/{note.ref}/").status_code == 200
    assert browser.post(f"/note/{note.ref}/withdraw/").url == "/@mei"
    assert browser.get(f"/note/{note.ref}/").status_code == 404


def test_drafts_are_listed_and_deleted(client_for: Any, mei: Any) -> None:
    saved = drafts.save_draft(
        mei, content={**drafts.empty_content(mei, "words"), "title": "Half"}, draft=None
    )
    browser = client_for(mei)
    assert "Half" in browser.get("/drafts/").content.decode()
    browser.post(f"/publish/{saved.draft.ref}/delete/")
    assert "Half" not in browser.get("/drafts/").content.decode()


def test_a_curator_names_and_joins_topics_in_the_admin(
    client_for: Any, mei: Any, keeper: Any
) -> None:
    make_note(mei, body="#咖啡 #coffee")
    first, second = Topic.objects.get(key="咖啡"), Topic.objects.get(key="coffee")
    browser = client_for(keeper)
    assert browser.get("/admin/notes/topic/").status_code == 200
    path = f"/admin/notes/topic/{second.pk}/change/"
    assert browser.get(path).status_code == 200
    form = {f"{part}_{code}": "" for part in ("name", "rules") for code in LANGUAGES}
    form |= {"name_en": "Coffee", "rules_en": "No shops.", "aliases": "java\nCafé", "canonical": ""}
    assert browser.post(path, form).status_code == 302
    second.refresh_from_db()
    assert (second.names, second.rules) == ({"en": "Coffee"}, {"en": "No shops."})
    assert sorted(second.aliases.values_list("key", flat=True)) == ["café", "java"]
    refused = browser.post(path, {**form, "aliases": "咖啡"})
    assert refused.status_code == 200
    assert browser.post(path, {**form, "canonical": str(first.pk)}).status_code == 302
    second.refresh_from_db()
    assert second.canonical_id == first.id
    assert browser.post(path, {**form, "canonical": str(second.pk)}).status_code == 200


def test_the_admin_shows_staff_public_notes_only(client_for: Any, mei: Any, keeper: Any) -> None:
    public, private = (
        make_note(mei, title="Open"),
        make_note(mei, title="Hidden", audience="only_me"),
    )
    browser = client_for(keeper)
    page = browser.get("/admin/notes/note/").content.decode()
    assert "Open" in page
    assert "Hidden" not in page
    assert browser.get(f"/admin/notes/note/{public.pk}/change/").status_code == 200
    assert browser.get(f"/admin/notes/note/{private.pk}/change/").status_code == 302


def test_a_place_page_leads_to_what_lies_within_and_to_places_nearby(client: Any, db: None) -> None:
    page = client.get("/place/toronto/").content.decode()
    for slug in ("uoft", "scarborough", "high-park", "markham"):
        assert f'href="/place/{slug}/"' in page
    assert "Markham, about 23 km" in page and "/place/montreal/" not in page
    assert "Nearby places" not in client.get("/place/ontario/").content.decode()
