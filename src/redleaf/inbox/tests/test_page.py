"""The inbox page: sentences, tabs, reading, paging, and the number in the shell."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from redleaf.core import clock
from redleaf.discovery.events import PromiseSettled
from redleaf.graph.events import AccountFollowed
from redleaf.inbox import handlers, selectors, services
from redleaf.inbox.models import Notice, NoticeKind
from redleaf.inbox.tests.test_videos import make_film
from redleaf.media.events import VideoFailed
from redleaf.notes.events import NoteMarked
from redleaf.notes.services import boards, comment_rules, comments, marks
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]
Deliver = Callable[[], int]


def text_of(answer: Any) -> str:
    """Return the page's words without tags, in one line."""
    import html
    import re

    page = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Lin liked your note “Red leaves”"),
        (2, "Antoine and Lin liked your note"),
        (3, "Grace, Antoine and Lin liked your note"),
        (4, "Teen, Grace and 2 others liked your note"),
        (5, "Bo, Teen and 3 others liked your note"),
    ],
)
def test_the_gathered_line_names_two_and_counts_the_rest(
    cast: Any, client_for: ClientFor, deliver_events: Deliver, count: int, words: str
) -> None:
    note = make_note(cast.keeper)
    for who in (cast.lin, cast.antoine, cast.grace, cast.teen, cast.bo)[:count]:
        marks.mark(who, note.id, kind="like")
        deliver_events()
    assert words in text_of(client_for(cast.keeper).get("/inbox/"))


def test_every_kind_has_a_sentence_and_an_address_that_answers(
    cast: Any, client_for: ClientFor, deliver_events: Deliver
) -> None:
    grace, lin = cast.grace, cast.lin
    note = make_note(grace, title="Stove")
    for kind in ("like", "save", "helpful"):
        marks.mark(lin, note.id, kind=kind)
    first = comments.post_comment(grace, note.id, body="Ask me")
    comments.post_comment(lin, note.id, body="How?", parent_id=first.id)
    comments.post_comment(lin, note.id, body="And where?")
    comments.like_comment(lin, first.id)
    other = make_note(lin, title="Pans", body="@grace look")
    hidden = comments.post_comment(grace, other.id, body="Mine are better")
    comment_rules.hide_comment(lin, hidden.id, reason="Please be kind")
    third = make_note(cast.mei, title="Woks")
    comments.post_comment(lin, third.id, body="@grace see")
    board = boards.create_board(lin, title="Kitchen", visibility="shared")
    boards.invite(lin, board, grace)
    handlers.on_follow(AccountFollowed(lin.id, grace.id))
    deliver_events()
    services.notify(
        grace.id, kind=NoticeKind.PUBLISHED, actor_id=None, key="published:1", note_id=note.id
    )
    film = make_film(grace)
    handlers.on_video_failure(VideoFailed(film.id, grace.id, clock.now()))
    for cause in ("paid", "quiet"):
        handlers.on_promise(PromiseSettled(note.id, grace.id, 60, 20, cause))
    page = text_of(client_for(grace).get("/inbox/"))
    for words in (
        "Lin liked your note “Stove”",
        "Lin saved your note “Stove”",
        "Lin found your note “Stove” helpful",
        "Lin answered you under “Stove”",
        "Lin commented on “Stove”",
        "Lin liked your comment under “Stove”",
        "Lin mentioned you in “Pans”",
        "The author hid your comment under “Pans”",
        "Reason: Please be kind",
        "Lin mentioned you in a comment on “Woks”",
        "Lin invited you to the board “Kitchen”",
        "Lin follows you",
        "Your note is out, as planned: “Stove”",
        "Your video could not be prepared",
        "Your note “Stove” was seen as often as it was promised",
        "Your note “Stove” was seen less often than promised",
    ):
        assert words in page
    kinds = {line.kind for line in selectors.notices(grace).items}
    assert kinds == set(NoticeKind.values)
    browser = client_for(grace)
    for line in selectors.notices(grace).items:
        assert browser.get(line.path, follow=True).status_code == 200, line


def test_what_people_call_themselves_is_only_words(
    mei: Any, lin: Any, client_for: ClientFor, deliver_events: Deliver
) -> None:
    lin.display_name = "<b>%(num)d</b>"
    lin.save(update_fields=["display_name"])
    note = make_note(mei, title="<i>%s</i>")
    marks.mark(lin, note.id, kind="like")
    deliver_events()
    page = client_for(mei).get("/inbox/?lang=en").content.decode()
    assert "&lt;b&gt;%(num)d&lt;/b&gt;" in page and "&lt;i&gt;%s&lt;/i&gt;" in page


# --- Reading -----------------------------------------------------------------------------------
def follow(mei: Any, *people: Any) -> None:
    for who in people:
        handlers.on_follow(AccountFollowed(who.id, mei.id))


def test_opening_the_page_reads_what_it_shows_and_still_marks_it_as_new(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    follow(mei, lin)
    browser = client_for(mei)
    assert b"is-new" in browser.get("/inbox/").content
    assert selectors.unread_count(mei) == 0
    assert b"is-new" not in browser.get("/inbox/").content


def test_a_tab_reads_only_its_own_kinds(
    mei: Any, lin: Any, client_for: ClientFor, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    marks.mark(lin, note.id, kind="like")
    deliver_events()
    follow(mei, lin)
    page = client_for(mei).get("/inbox/?show=follows")
    assert b"/@lin" in page.content and b"helpful" not in page.content
    assert [notice.kind for notice in Notice.objects.filter(read_at=None)] == ["like"]
    assert b'action="/inbox/read/"' in page.content


def test_mark_all_read_reads_everything(mei: Any, lin: Any, client_for: ClientFor) -> None:
    follow(mei, lin)
    answer = client_for(mei).post("/inbox/read/")
    assert (answer.status_code, answer.url) == (302, "/inbox/")
    assert selectors.unread_count(mei) == 0


def test_a_get_of_mark_all_read_reads_nothing(mei: Any, lin: Any, client_for: ClientFor) -> None:
    follow(mei, lin)
    assert client_for(mei).get("/inbox/read/").status_code == 405
    assert selectors.unread_count(mei) == 1


def test_a_browser_that_fetches_ahead_reads_nothing(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    follow(mei, lin)
    client_for(mei).get("/inbox/", headers={"Sec-Purpose": "prefetch"})
    assert selectors.unread_count(mei) == 1


def test_what_grew_after_it_was_seen_stays_unread(mei: Any, lin: Any, grace: Any) -> None:
    follow(mei, lin)
    seen = clock.now()
    with clock.travel(timedelta(seconds=1)):
        follow(mei, grace)
        assert services.mark_read(mei, until=seen) == 0
    assert selectors.unread_count(mei) == 1


def test_nobody_reads_anothers_notices(
    mei: Any, lin: Any, grace: Any, client_for: ClientFor
) -> None:
    follow(mei, lin)
    client_for(grace).post("/inbox/read/")
    assert selectors.unread_count(mei) == 1
    assert b"/@lin" not in client_for(grace).get("/inbox/").content


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/?show=marks"])
def test_a_visitor_is_asked_to_sign_in(db: None, path: str) -> None:
    assert Client().get(path).url.startswith("/account/login/")


@pytest.mark.parametrize("tab", ["all", "comments", "marks", "follows"])
def test_an_empty_tab_has_a_next_step(mei: Any, client_for: ClientFor, tab: str) -> None:
    page = client_for(mei).get(f"/inbox/?show={tab}")
    assert page.status_code == 200 and b'class="empty"' in page.content


@pytest.mark.parametrize("query", ["show=nonsense", "show=%27", "after=x", "after=W10"])
def test_a_broken_address_is_told_in_words(mei: Any, client_for: ClientFor, query: str) -> None:
    answer = client_for(mei).get(f"/inbox/?{query}")
    assert answer.status_code in {404, 422} and b"web/tokens.css" in answer.content


def test_all_pages_together_hold_each_notice_once(
    cast: Any, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "PAGE", 2)
    with clock.frozen(clock.now()):
        for number in range(5):
            note = make_note(cast.mei, title=f"Note {number}")
            handlers.on_mark(NoteMarked(note.id, cast.mei.id, cast.lin.id, "like", True))
    seen: list[str] = []
    after = ""
    while True:
        page = selectors.notices(cast.mei, after=after)
        seen += [line.subject for line in page.items]
        if page.next_cursor is None:
            break
        after = page.next_cursor
    assert sorted(seen) == [f"Note {number}" for number in range(5)]
    first = selectors.notices(cast.mei)
    more = client_for(cast.mei).get(
        f"/inbox/?after={first.next_cursor}", headers={"HX-Request": "true"}
    )
    assert b"<html" not in more.content and more.content.count(b'class="notice ') == 2


# --- The number --------------------------------------------------------------------------------
def test_the_number_is_on_the_first_paint_of_every_page(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    browser = client_for(mei)
    assert '<span class="badge" data-unread></span>' in browser.get("/settings/").content.decode()
    follow(mei, lin)
    assert "data-unread>1</span>" in browser.get("/settings/").content.decode()


def test_the_number_ends_at_99(mei: Any, client_for: ClientFor) -> None:
    Notice.objects.bulk_create(
        Notice(account=mei, kind="mention", group=f"mention:{number}") for number in range(120)
    )
    assert selectors.unread_count(mei) == 100
    assert "data-unread>99+</span>" in client_for(mei).get("/settings/").content.decode()


def test_the_number_costs_one_query_for_members_and_none_for_visitors(
    mei: Any, lin: Any, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redleaf.core import database

    asked: list[str] = []
    original = database.values
    monkeypatch.setattr(
        database, "values", lambda sql, params=None: asked.append(sql) or original(sql, params)
    )
    client_for(mei).get("/offline/")
    assert sum("inbox_notice" in sql for sql in asked) == 1
    asked.clear()
    Client().get("/offline/")
    assert not any("inbox_notice" in sql for sql in asked)


def test_the_number_is_read_from_the_small_index(mei: Any) -> None:
    from redleaf.core import database

    Notice.objects.bulk_create(
        Notice(account=mei, kind="mention", group=f"mention:{number}", read_at=clock.now())
        for number in range(3000)
    )
    database.execute("ANALYZE inbox_notice")
    plan = database.values(
        "EXPLAIN SELECT count(*) FROM (SELECT 1 FROM inbox_notice"
        " WHERE account_id = %s AND read_at IS NULL LIMIT 100) open",
        (mei.id,),
    )
    assert "inbox_notice_one_open" in " ".join(row[0] for row in plan)


def test_the_number_alone_is_json_and_zero_for_visitors(
    mei: Any, lin: Any, client_for: ClientFor
) -> None:
    follow(mei, lin)
    answer = client_for(mei).get("/inbox/unread/")
    assert answer.json() == {"unread": 1} and "no-store" in answer["Cache-Control"]
    assert Client().get("/inbox/unread/").json() == {"unread": 0}


def test_sentences_follow_the_readers_language(mei: Any, lin: Any, client_for: ClientFor) -> None:
    follow(mei, lin)
    answer = client_for(mei).get("/inbox/")
    assert answer["Content-Language"] == "zh-hans"
    with translation.override("zh-hans"):
        assert answer.status_code == 200
