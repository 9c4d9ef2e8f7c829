"""The talk on a note's page: what each reader sees, paging, addresses, forms without script."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redleaf.core import clock, database, ids
from redleaf.graph import services as graph
from redleaf.notes import talk
from redleaf.notes.models import Comment, Note
from redleaf.notes.selectors import comments as reads
from redleaf.notes.selectors.page import note_page
from redleaf.notes.services import comment_rules as rules
from redleaf.notes.services import comments
from redleaf.notes.tests.factories import make_note, picture_file
from redleaf.notes.tests.talking import answer, picture, say, tally

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def note(mei) -> Note:
    return make_note(mei)


@pytest.fixture
def read(client_for):
    """Return the words of a note's talk as this reader sees it."""

    def page(reader, note, query: str = "") -> str:
        browser = client_for(reader) if reader else Client()
        english = f"{query}&lang=en" if query else "?lang=en"
        html = browser.get(f"/note/{note.ref}/{english}")
        assert html.status_code == 200
        return html.content.decode().split('id="talk"')[1]

    return page


def refs(html: str) -> list[str]:
    return re.findall(r'id="comment-(\w+)"', html)


def test_everyone_reads_comments_and_two_levels_of_answers(note, grace, mei, lin, read) -> None:
    top = say(grace, note, "First <b>words</b> #tea @lin")
    first = answer(mei, top, "An answer")
    answer(lin, first, "And one to that")
    html = read(None, note)
    assert "First &lt;b&gt;words&lt;/b&gt;" in html
    assert 'href="/topic/tea/"' in html and 'href="/@lin"' in html
    assert len(refs(html)) == 3
    assert re.search(r"answers\s*<a href=\"/@mei\">", html)
    assert "Author" in html


def test_a_stranger_is_asked_to_sign_in(note, read) -> None:
    html = read(None, note)
    assert "Sign in to comment" in html and "<textarea" not in html


def test_the_page_says_why_one_may_not_comment(mei, grace, read) -> None:
    note = make_note(mei, reply_policy="followers")
    assert "Only followers of the author can comment here." in read(grace, note)
    assert "<textarea" not in read(grace, note)
    assert "Only followers" not in read(mei, note)


def test_a_hidden_comment_is_seen_by_its_writer_and_the_author_with_the_reason(
    note, mei, grace, lin, read
) -> None:
    made = say(grace, note, "Buy my things")
    rules.hide_comment(mei, made.id, reason="Advertising")
    assert "The author of the note hid your comment: “Advertising”" in read(grace, note)
    assert "You hid this comment: “Advertising”" in html_of(read(mei, note))
    for reader in (lin, None):
        assert "Buy my things" not in read(reader, note)
        assert made.ref not in read(reader, note)


def html_of(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_tombstone_stays_while_replies_hang_on_it(note, grace, lin, read) -> None:
    top, alone = say(grace, note, "Gone words"), say(grace, note, "Alone")
    kept = answer(lin, top, "Kept answer")
    comments.withdraw_comment(grace, top.id)
    comments.withdraw_comment(grace, alone.id)
    html = read(None, note)
    assert "This comment was deleted." in html and "Kept answer" in html
    assert refs(html) == [top.ref, kept.ref]
    comments.withdraw_comment(lin, kept.id)
    assert refs(read(None, note)) == []


def test_blocked_people_do_not_see_each_others_comments(note, grace, lin, wei, read) -> None:
    top = say(grace, note, "Words of grace")
    say(lin, note, "Words of lin")
    answer(lin, top, "Answer of lin")
    graph.block(lin, grace)
    assert "Words of lin" not in read(grace, note) and "Answer of lin" not in read(grace, note)
    assert "Words of grace" not in read(lin, note)
    assert {"Words of lin", "Words of grace"} == set(re.findall(r"Words of \w+", read(wei, note)))


def test_muted_peoples_comments_fold_away(note, grace, lin, read) -> None:
    say(lin, note, "Words of lin")
    graph.mute(grace, lin)
    html = read(grace, note)
    assert "A comment by someone you muted" in html and "<details" in html.split("Words of lin")[0]
    assert "someone you muted" not in read(None, note)


def test_best_is_by_likes_newest_by_time_and_the_pin_is_first(note, mei, grace, lin, read) -> None:
    old, liked, newest = say(grace, note, "a"), say(grace, note, "b"), say(grace, note, "c")
    comments.like_comment(lin, liked.id)
    assert refs(read(None, note)) == [liked.ref, newest.ref, old.ref]
    assert refs(read(None, note, "?sort=newest")) == [newest.ref, liked.ref, old.ref]
    assert refs(read(None, note, "?sort=nonsense")) == [liked.ref, newest.ref, old.ref]
    rules.pin_comment(mei, old.id)
    assert refs(read(None, note))[0] == old.ref
    assert refs(read(None, note, "?sort=newest"))[0] == old.ref


@pytest.mark.parametrize("sort", ["best", "newest"])
def test_paging_shows_each_thread_once(note, grace, lin, mei, sort: str) -> None:
    made = [say(grace, note, str(number)) for number in range(47)]
    for comment in made[::3]:
        comments.like_comment(lin, comment.id)
    rules.pin_comment(mei, made[20].id)
    seen, after = [], ""
    while True:
        page = reads.threads(None, note.id, sort=sort, after=after)
        seen += [thread.top["id"] for thread in page.items]
        if page.next_cursor is None:
            break
        after = page.next_cursor
    assert seen[0] == made[20].id
    assert sorted(seen) == sorted(comment.id for comment in made)


def test_the_rest_of_a_thread_comes_in_pages_of_ten(note, grace, lin) -> None:
    top = say(grace, note)
    made = [answer(lin, top, f"reply {number}") for number in range(25)]
    html = Client().get(f"/note/{note.ref}/?lang=en").content.decode()
    assert "Show 23 more replies" in html
    path = re.search(r'hx-get="(/comment/\w+/replies/\?after=[^"]+)"', html).group(1)
    seen = refs(html.split('id="talk"')[1])[1:]
    while path:
        part = Client().get(path + "&lang=en", headers=SCRIPT).content.decode()
        seen += refs(part)
        further = re.search(r'hx-get="(/comment/\w+/replies/\?after=[^"]+)"', part)
        path = further.group(1) if further else ""
    assert seen == [comment.ref for comment in made]


def test_without_script_the_rest_of_a_thread_is_a_page(note, grace, lin) -> None:
    top = say(grace, note)
    for number in range(5):
        answer(lin, top, f"reply {number}")
    page = Client().get(f"/comment/{top.ref}/replies/").content.decode()
    assert all(f"reply {number}" in page for number in range(5))
    assert "<html" in page


def test_the_address_of_a_comment_shows_it_wherever_it_stands(note, grace, lin, read) -> None:
    tops = [say(grace, note, f"top {number}") for number in range(30)]
    buried = tops[0]
    replies = [answer(lin, buried, f"reply {number}") for number in range(9)]
    lead = Client().get(f"/comment/{replies[6].ref}/")
    assert lead.url == f"/note/{note.ref}/?comment={replies[6].ref}#comment-{replies[6].ref}"
    html = read(None, note, f"?comment={replies[6].ref}")
    assert refs(html)[:4] == [buried.ref, replies[6].ref, replies[7].ref, replies[8].ref]
    assert len(refs(html)) == len(set(refs(html)))
    assert "Show earlier replies" in html
    assert refs(read(None, note, f"?comment={buried.ref}"))[0] == buried.ref


def test_a_broken_or_foreign_comment_address_shows_the_page_as_ever(note, mei, grace, read) -> None:
    made = say(grace, note)
    elsewhere = say(grace, make_note(mei))
    for wrong in ("x", elsewhere.ref, ids.encode(uuid4())):
        assert refs(read(None, note, f"?comment={wrong}")) == [made.ref]


def test_a_comment_that_one_may_not_see_has_no_address(mei, grace, client_for) -> None:
    made = say(mei, make_note(mei, audience="only_me"))
    for path in ("", "replies/", "reply/", "edit/", "hide/", "delete/"):
        assert client_for(grace).get(f"/comment/{made.ref}/{path}").status_code == 404
    for path in ("like/", "pin/", "unhide/", "hide/", "edit/", "delete/"):
        assert client_for(grace).post(f"/comment/{made.ref}/{path}").status_code == 404
    assert Comment.objects.get().state == "shown"


def test_broken_cursors_are_answered_in_words(note, grace) -> None:
    say(grace, note)
    for query in ("after=x", "sort=newest&after=WzEsMl0"):
        assert Client().get(f"/note/{note.ref}/?{query}").status_code == 422


def test_the_talk_costs_two_queries(note, grace, lin, mei, monkeypatch) -> None:
    for number in range(30):
        answer(lin, say(grace, note, str(number)))
    asked: list[str] = []
    original = database.rows

    def rows(sql, params=None):
        asked.append(sql)
        return original(sql, params)

    monkeypatch.setattr(database, "rows", rows)
    for reader in (None, lin, mei):
        page = note_page(reader, note.id)
        asked.clear()
        with CaptureQueriesContext(connection) as others:
            talk.context(reader, page, {})
        assert (len(asked), len(others)) == (2, 0)


def test_posting_without_script_leads_back_to_the_comment(note, grace, client_for) -> None:
    answered = client_for(grace).post(
        f"/note/{note.ref}/comment/", {"body": "Hello", "key": str(uuid4())}
    )
    made = Comment.objects.get()
    assert answered.status_code == 303
    assert answered.url == f"/note/{note.ref}/?comment={made.ref}#comment-{made.ref}"


def test_a_form_sent_twice_or_from_two_tabs_is_one_comment(note, grace, client_for) -> None:
    form = {"body": "Hello", "key": str(uuid4())}
    for browser in (client_for(grace), client_for(grace)):
        assert browser.post(f"/note/{note.ref}/comment/", form).status_code == 303
    assert tally(note) == 1


def test_a_copied_tab_with_other_words_is_another_comment(note, grace, client_for) -> None:
    key = str(uuid4())
    for body in ("Hello", "Something else"):
        client_for(grace).post(f"/note/{note.ref}/comment/", {"body": body, "key": key})
    assert tally(note) == 2


def test_a_form_twice_with_files_is_one_comment(note, grace, client_for) -> None:
    key = str(uuid4())
    for _ in range(2):
        form = {"body": "", "key": key, "new_pictures": [picture_file(), picture_file(1)]}
        assert client_for(grace).post(f"/note/{note.ref}/comment/", form).status_code == 303
    assert (tally(note), Comment.objects.get().pictures.count()) == (1, 2)


def test_a_refused_comment_keeps_what_was_typed_and_its_pictures(note, grace, client_for) -> None:
    choice = picture(grace)
    ref = ids.encode(choice.asset_id)
    form = {"body": "字" * 501, "key": str(uuid4()), "picture": ref, f"alt-{ref}": "A leaf"}
    answered = client_for(grace).post(f"/note/{note.ref}/comment/?lang=en", form)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert "字" * 501 in page and ref in page and "A leaf" in page
    assert "longer than 500 characters" in page
    assert not Comment.objects.exists()


def test_a_file_that_is_no_picture_keeps_what_was_typed(note, grace, client_for) -> None:
    file = picture_file()
    file.truncate(40)
    answered = client_for(grace).post(
        f"/note/{note.ref}/comment/", {"body": "My words", "new_pictures": file}
    )
    assert answered.status_code == 422 and "My words" in answered.content.decode()
    assert not Comment.objects.exists()


def test_words_for_a_comment_that_went_away_are_kept(note, grace, lin, client_for) -> None:
    top = say(lin, note)
    comments.withdraw_comment(lin, top.id)
    answered = client_for(grace).post(
        f"/note/{note.ref}/comment/?lang=en", {"body": "My answer", "parent": top.ref}
    )
    assert answered.status_code == 404 and "My answer" in answered.content.decode()
    assert "is gone. You can post yours on its own." in answered.content.decode()
    assert not Comment.objects.exclude(id=top.id).exists()


def test_with_script_a_refusal_is_words_and_changes_nothing_on_the_page(
    note, grace, client_for
) -> None:
    answered = client_for(grace).post(f"/note/{note.ref}/comment/", {"body": ""}, headers=SCRIPT)
    assert (answered.status_code, answered["HX-Reswap"]) == (422, "none")
    assert "<" not in answered.content.decode()


def test_with_script_a_posted_comment_is_answered_alone_with_the_count(
    note, grace, client_for
) -> None:
    browser = client_for(grace)
    html = browser.post(
        f"/note/{note.ref}/comment/", {"body": "Hello"}, headers=SCRIPT
    ).content.decode()
    made = Comment.objects.get()
    assert refs(html) == [made.ref] and 'id="talk-count"' in html and "<html" not in html
    html = browser.post(
        f"/note/{note.ref}/comment/", {"body": "Answer", "parent": made.ref}, headers=SCRIPT
    ).content.decode()
    assert "Answer" in html and "Hello" not in html


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(note, grace) -> None:
    answered = Client().post(f"/note/{note.ref}/comment/", {"body": "Hello"})
    assert answered.url == f"/account/login/?next=/note/{note.ref}/"
    assert Client().post(f"/note/{note.ref}/comment/", {}, headers=SCRIPT).status_code == 403
    made = say(grace, note)
    assert Client().post(f"/comment/{made.ref}/like/").url.endswith(f"?next=/comment/{made.ref}/")
    assert tally(note) == 1


@pytest.mark.parametrize(
    "body", ["a\x00b", "\u202eabc", "字" * 20_000, "e" + "\u0301" * 10_000, "'; --"]
)
def test_hostile_words_are_stored_clean_or_refused_kindly(
    note, grace, client_for, body: str
) -> None:
    for path in (f"/note/{note.ref}/comment/", "/boards/"):
        form = {"body": body, "title": body, "description": body, "key": body, "parent": body}
        assert client_for(grace).post(path, form).status_code in {302, 303, 422}


def test_every_act_has_a_page_without_script(note, mei, grace, client_for) -> None:
    made = say(grace, note, "Some words")
    writer, keeper = client_for(grace), client_for(mei)
    for browser, act in ((writer, "edit"), (writer, "delete"), (writer, "reply"), (keeper, "hide")):
        page = browser.get(f"/comment/{made.ref}/{act}/")
        assert page.status_code == 200 and "<html" in page.content.decode()
        part = browser.get(f"/comment/{made.ref}/{act}/", headers=SCRIPT).content.decode()
        assert "<form" in part and "<html" not in part
    writer.post(f"/comment/{made.ref}/edit/", {"body": "Better"})
    assert Comment.objects.get().body == "Better"
    assert keeper.post(f"/comment/{made.ref}/hide/", {"reason": ""}).status_code == 422
    keeper.post(f"/comment/{made.ref}/hide/", {"reason": "Unkind"})
    assert Comment.objects.get().state == "hidden"
    keeper.post(f"/comment/{made.ref}/unhide/")
    keeper.post(f"/comment/{made.ref}/pin/", {"on": "1"})
    assert Comment.objects.get().pinned_at is not None
    writer.post(f"/comment/{made.ref}/like/", {"on": "1"})
    assert Comment.objects.get().like_count == 1
    writer.post(f"/comment/{made.ref}/delete/")
    assert Comment.objects.get().state == "withdrawn"


def test_editing_is_offered_for_fifteen_minutes(note, grace, read) -> None:
    made = say(grace, note)
    assert f"/comment/{made.ref}/edit/" in read(grace, note)
    with clock.travel(timedelta(minutes=16)):
        assert f"/comment/{made.ref}/edit/" not in read(grace, note)


def test_the_rules_are_set_on_the_notes_page(note, mei, grace, client_for, read) -> None:
    assert "Who may comment" in read(mei, note) and "Who may comment" not in read(grace, note)
    form = {"reply_policy": "followers", "slow_mode_seconds": "60"}
    assert client_for(grace).post(f"/note/{note.ref}/reply-rules/", form).status_code == 404
    assert client_for(mei).post(f"/note/{note.ref}/reply-rules/", form).status_code == 303
    note.refresh_from_db()
    assert (note.reply_policy, note.slow_mode_seconds) == ("followers", 60)
    wrong = {"reply_policy": "x", "slow_mode_seconds": "99999999999"}
    assert client_for(mei).post(f"/note/{note.ref}/reply-rules/", wrong).status_code == 422


def test_a_drawn_comment_follows_edits_likes_and_new_names(note, grace, lin, read) -> None:
    made = say(grace, note, "Before")
    assert "Before" in read(None, note)
    comments.edit_comment(grace, made.id, body="After")
    comments.like_comment(lin, made.id)
    grace.display_name = "Grace the Second"
    grace.save(update_fields=["display_name"])
    html = read(None, note)
    assert "Before" not in html and "After" in html and "edited" in html
    assert "Grace the Second" in html
    assert re.search(r'data-like aria-pressed="false">.*?<span data-count>1</span>', html, re.S)
    assert re.search(r'data-like aria-pressed="true"', read(lin, note))
