"""What happened is told once, to those it concerns, and forgotten when it is gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from redleaf.accounts.events import AccountErased
from redleaf.core import clock, testing
from redleaf.graph import services as graph
from redleaf.graph.events import AccountBlocked, AccountFollowed
from redleaf.inbox import handlers, selectors, services
from redleaf.inbox.models import Notice, NoticeAct, NoticeKind
from redleaf.notes.events import (
    BoardInvited,
    CommentHidden,
    CommentLiked,
    CommentMentioned,
    CommentPosted,
    CommentWithdrawn,
    NoteMarked,
    NoteMentioned,
    NotePublished,
    NoteWithdrawn,
)
from redleaf.notes.services import boards, comment_rules, comments, marks, publish
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db

Deliver = Callable[[], int]


def lines(account: Any, **options: Any) -> list[selectors.Line]:
    return selectors.notices(account, **options).items


def told(account: Any) -> list[str]:
    return [line.kind for line in lines(account)]


# --- Each act, and its repetition --------------------------------------------------------------
def every_act(
    mei: Any, lin: Any, note: Any, comment: Any, board: Any
) -> list[tuple[Any, Any, Any]]:
    """Return (handler, event, who is told) for everything that somebody is told of."""
    return [
        (handlers.on_follow, AccountFollowed(lin.id, mei.id), mei),
        (handlers.on_mark, NoteMarked(note.id, mei.id, lin.id, "like", True), mei),
        (handlers.on_mark, NoteMarked(note.id, mei.id, lin.id, "save", True), mei),
        (handlers.on_mark, NoteMarked(note.id, mei.id, lin.id, "helpful", True), mei),
        (handlers.on_mention, NoteMentioned(note.id, mei.id, lin.id), lin),
        (handlers.on_comment, CommentPosted(comment.id, note.id, mei.id, lin.id, None), mei),
        (handlers.on_comment_mention, CommentMentioned(comment.id, note.id, lin.id, mei.id), mei),
        (handlers.on_comment_like, CommentLiked(comment.id, note.id, lin.id, mei.id), lin),
        (handlers.on_comment_hidden, CommentHidden(comment.id, note.id, lin.id), lin),
        (handlers.on_board_invitation, BoardInvited(board.id, mei.id, lin.id), lin),
    ]


@pytest.mark.parametrize("place", range(10))
def test_what_is_delivered_twice_is_told_once(mei: Any, lin: Any, place: int) -> None:
    note = make_note(mei)
    comment = comments.post_comment(lin, note.id, body="Good to know")
    board = boards.create_board(mei, title="Winter", visibility="shared")
    handler, event, who = every_act(mei, lin, note, comment, board)[place]
    handler(event)
    before = list(Notice.objects.values("kind", "account_id", "actor_count", "updated_at"))
    assert [row["account_id"] for row in before] == [who.id]
    handler(event)
    assert list(Notice.objects.values("kind", "account_id", "actor_count", "updated_at")) == before
    assert NoticeAct.objects.count() == 1


def test_told_of_what_one_does_oneself_is_nobody(mei: Any, deliver_events: Deliver) -> None:
    note = make_note(mei, body="@mei")
    marks.mark(mei, note.id, kind="like")
    comments.post_comment(mei, note.id, body="First!")
    deliver_events()
    assert not Notice.objects.exists()


def test_a_share_and_a_like_taken_back_tell_nobody(mei: Any, lin: Any) -> None:
    note = make_note(mei)
    handlers.on_mark(NoteMarked(note.id, mei.id, lin.id, "share", True))
    handlers.on_mark(NoteMarked(note.id, mei.id, lin.id, "like", False))
    assert not Notice.objects.exists()


def test_the_quieted_and_the_closed_are_not_heard(cast: Any) -> None:
    note = make_note(cast.grace)
    handlers.on_mark(NoteMarked(note.id, cast.grace.id, cast.bo.id, "like", True))
    handlers.on_follow(AccountFollowed(cast.wei.id, cast.mei.id))
    cast.lin.deleted_at = clock.now()
    cast.lin.save(update_fields=["deleted_at"])
    handlers.on_follow(AccountFollowed(cast.antoine.id, cast.lin.id))
    assert not Notice.objects.exists()


# --- Comments ----------------------------------------------------------------------------------
def test_an_answer_tells_the_answered_and_the_notes_author_each_once(
    mei: Any, lin: Any, grace: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    first = comments.post_comment(lin, note.id, body="Where?")
    comments.post_comment(grace, note.id, body="In Calgary", parent_id=first.id)
    deliver_events()
    assert told(mei) == ["comment", "comment"] and told(lin) == ["reply"]


def test_an_answer_to_the_notes_author_tells_them_of_one_thing(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    first = comments.post_comment(mei, note.id, body="Ask me")
    comments.post_comment(lin, note.id, body="@mei How?", parent_id=first.id)
    deliver_events()
    assert told(mei) == ["reply"]


def test_the_writer_of_a_hidden_comment_sees_the_reason_and_nobody_else(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    comment = comments.post_comment(lin, note.id, body="Buy at my shop")
    comment_rules.hide_comment(mei, comment.id, reason="This is an ad.")
    deliver_events()
    (line,) = lines(lin)
    assert (line.kind, line.reason, line.words) == (
        "comment_hidden",
        "This is an ad.",
        "Buy at my shop",
    )
    assert line.people == [] and told(mei) == []


def test_shown_again_the_hiding_is_no_longer_told(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    comment = comments.post_comment(lin, note.id, body="Hm")
    comment_rules.hide_comment(mei, comment.id, reason="Off topic")
    deliver_events()
    comment_rules.unhide_comment(mei, comment.id)
    assert told(lin) == []


def test_a_comment_taken_back_takes_its_notice_along(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    comment = comments.post_comment(lin, note.id, body="Hm")
    deliver_events()
    assert selectors.unread_count(mei) == 1
    comments.withdraw_comment(lin, comment.id)
    deliver_events()
    assert selectors.unread_count(mei) == 0 and told(mei) == []
    handlers.on_comment_withdrawal(CommentWithdrawn(comment.id, note.id, lin.id))


# --- Gathering ---------------------------------------------------------------------------------
def test_likes_of_one_note_gather_in_one_line(cast: Any, deliver_events: Deliver) -> None:
    note = make_note(cast.mei)
    for who in (cast.lin, cast.antoine, cast.grace, cast.bo, cast.teen):
        marks.mark(who, note.id, kind="like")
        deliver_events()
    (line,) = [line for line in lines(cast.mei) if line.kind == "like"]
    assert (line.count, len(line.people), line.others) == (5, 3, 2)
    assert line.people[0]["handle"] == "teen", "the latest first"


def test_likes_of_two_notes_and_saves_are_lines_of_their_own(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    first, second = make_note(mei), make_note(mei, title="Hotpot")
    for note, kind in ((first, "like"), (second, "like"), (first, "save")):
        marks.mark(lin, note.id, kind=kind)
    deliver_events()
    assert sorted(told(mei)) == ["like", "like", "save"]


def test_what_was_read_is_left_and_the_next_like_opens_a_new_line(
    mei: Any, lin: Any, grace: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    marks.mark(lin, note.id, kind="like")
    deliver_events()
    services.mark_read(mei)
    marks.mark(grace, note.id, kind="like")
    deliver_events()
    new, old = lines(mei)
    assert new.is_new and not old.is_new and new.people[0]["handle"] == "grace"


def test_a_like_taken_back_and_given_again_counts_once(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    for on in (True, False, True):
        marks.mark(lin, note.id, kind="like", on=on)
        deliver_events()
    assert [line.count for line in lines(mei)] == [1]


# --- Gone --------------------------------------------------------------------------------------
def test_a_block_takes_each_out_of_what_the_other_was_told(
    cast: Any, deliver_events: Deliver
) -> None:
    note = make_note(cast.mei)
    for who in (cast.lin, cast.grace):
        marks.mark(who, note.id, kind="like")
    comments.post_comment(cast.lin, note.id, body="Hm")
    deliver_events()
    graph.block(cast.mei, cast.lin)
    deliver_events()
    follow, line = sorted(lines(cast.mei), key=lambda line: line.kind)
    assert [person["handle"] for person in follow.people] == ["antoine"]
    assert line.count == 1 and [person["handle"] for person in line.people] == ["grace"]
    assert told(cast.lin) == []
    handlers.on_block(AccountBlocked(cast.mei.id, cast.lin.id))
    assert len(lines(cast.mei)) == 2


def test_a_withdrawn_note_takes_its_notices_along(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei, body="@lin look")
    marks.mark(lin, note.id, kind="like")
    deliver_events()
    assert told(mei) == ["like"] and told(lin) == ["mention"]
    publish.withdraw_note(mei, note)
    deliver_events()
    assert not Notice.objects.exists()
    handlers.on_withdrawal(NoteWithdrawn(note.id, mei.id))


def test_a_note_that_i_may_no_longer_see_is_not_shown(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei, body="@lin look")
    deliver_events()
    type(note).objects.filter(id=note.id).update(audience="only_me")
    assert told(lin) == []


def test_people_who_closed_their_account_are_not_named(
    mei: Any, lin: Any, grace: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    marks.mark(lin, note.id, kind="like")
    graph.follow(grace, mei)
    deliver_events()
    for who in (lin, grace):
        who.deleted_at = clock.now()
        who.save(update_fields=["deleted_at"])
    assert told(mei) == []


def test_an_erased_account_leaves_nothing_in_any_inbox(
    mei: Any, lin: Any, grace: Any, deliver_events: Deliver
) -> None:
    note = make_note(mei)
    for who in (lin, grace):
        marks.mark(who, note.id, kind="like")
    graph.follow(mei, lin)
    deliver_events()
    for _twice in range(2):
        handlers.on_account_erased(AccountErased(lin.id))
    assert not Notice.objects.filter(account=lin).exists()
    assert not NoticeAct.objects.filter(actor=lin).exists()
    assert [line.count for line in lines(mei)] == [1]


def test_an_invitation_to_a_board_is_not_shown_once_one_has_left_it(
    mei: Any, lin: Any, deliver_events: Deliver
) -> None:
    board = boards.create_board(mei, title="Winter", visibility="shared")
    boards.invite(mei, board, lin)
    deliver_events()
    (line,) = lines(lin)
    assert (line.kind, line.subject) == ("board_invite", "Winter")
    boards.leave(lin, board.id)
    assert told(lin) == []


# --- A planned note ----------------------------------------------------------------------------
def test_a_planned_note_that_went_out_by_itself_is_told_to_its_author(
    mei: Any, deliver_events: Deliver
) -> None:
    moment = clock.now() + timedelta(hours=2)
    note = make_note(mei, title="Later", scheduled_at=moment)
    deliver_events()
    assert told(mei) == []
    with clock.frozen(moment):
        publish.publish_scheduled_note(note_id=str(note.id))
        deliver_events()
    with clock.frozen(moment + timedelta(seconds=5)):
        deliver_events()
        assert [(line.kind, line.subject) for line in lines(mei)] == [("published", "Later")]
        handlers.on_publication(NotePublished(note.id, mei.id))
        assert len(lines(mei)) == 1


def test_a_note_that_the_author_sent_out_is_no_news(mei: Any, deliver_events: Deliver) -> None:
    make_note(mei)
    planned = make_note(mei, scheduled_at=clock.now() + timedelta(hours=2))
    publish.publish_now(mei, planned)
    deliver_events()
    assert told(mei) == []


# --- At once -----------------------------------------------------------------------------------
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_likes_delivered_at_once_gather_in_one_line_with_the_right_number(cast: Any) -> None:
    note = make_note(cast.mei)
    people = (cast.lin, cast.antoine, cast.grace, cast.teen)
    testing.at_once(
        *[
            lambda who=who: handlers.on_mark(NoteMarked(note.id, cast.mei.id, who.id, "like", True))
            for who in people
            for _twice in "ab"
        ]
    )
    (notice,) = Notice.objects.filter(kind=NoticeKind.LIKE)
    assert notice.actor_count == 4 and notice.acts.count() == 4
