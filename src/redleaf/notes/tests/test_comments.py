"""The verbs of comments, each with its refusals."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from redleaf.core import clock
from redleaf.core.errors import Conflict, Denied, Invalid, NotFound, TooMany
from redleaf.core.models import OutboxEvent
from redleaf.graph import services as graph
from redleaf.media import guards
from redleaf.media.models import Asset
from redleaf.notes.models import Comment, CommentLike, Note
from redleaf.notes.services import comment_rules as rules
from redleaf.notes.services import comments, publish
from redleaf.notes.tests.factories import make_note
from redleaf.notes.tests.talking import answer, picture, say, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(mei) -> Note:
    return make_note(mei)


def announced(name: str) -> list[dict]:
    return [row.payload for row in OutboxEvent.objects.filter(name__endswith=f".{name}")]


def test_a_comment_is_stored_counted_and_announced(note, mei, grace) -> None:
    made = say(grace, note, "  Thank  you\r\n\r\n\r\n\r\nreally ")
    assert Comment.objects.get().body == "Thank  you\n\nreally"
    assert tally(note) == 1
    assert announced("CommentPosted") == [
        {
            "comment_id": str(made.id),
            "note_id": str(note.id),
            "note_author_id": str(mei.id),
            "author_id": str(grace.id),
            "parent_author_id": None,
        }
    ]


def test_a_reply_to_a_reply_stays_in_the_thread_and_names_whom_it_answers(
    note, mei, grace, bo
) -> None:
    top = say(grace, note)
    first = answer(bo, top)
    second = answer(mei, first)
    assert (second.thread_id, second.parent_id) == (top.id, first.id)
    top.refresh_from_db()
    assert top.reply_count == 2
    assert announced("CommentPosted")[-1]["parent_author_id"] == str(bo.id)


@pytest.mark.parametrize("body", ["", " \n ", "\u202e\u2066", "字" * 501, "a" * 1001])
def test_empty_and_over_long_comments_are_refused(note, grace, body: str) -> None:
    with pytest.raises(Invalid):
        say(grace, note, body)
    assert not Comment.objects.exists()
    assert tally(note) == 0


@pytest.mark.parametrize(
    "body", ["字" * 500, "a" * 1000, "e\u0301" * 400, "a\x00b", "👨‍👩‍👧" * 300]
)
def test_what_fits_is_stored(note, grace, body: str) -> None:
    say(grace, note, body)
    assert tally(note) == 1


def test_half_a_character_is_refused_in_words(note, grace) -> None:
    with pytest.raises(Invalid):
        say(grace, note, "\ud83d")
    assert not Comment.objects.exists()


def test_the_same_form_twice_is_one_comment(note, grace) -> None:
    key = uuid4()
    assert say(grace, note, key=key).id == say(grace, note, key=key).id
    assert (Comment.objects.count(), tally(note)) == (1, 1)


def test_a_form_key_is_its_senders_own(note, grace, bo) -> None:
    key = uuid4()
    assert say(grace, note, key=key).id != say(bo, note, key=key).id


def test_a_note_that_one_may_not_see_cannot_be_commented_on(mei, grace) -> None:
    private = make_note(mei, audience="only_me")
    with pytest.raises(NotFound):
        say(grace, private)
    assert not Comment.objects.exists()


def test_a_withdrawn_note_takes_no_comments(note, mei, grace) -> None:
    publish.withdraw_note(mei, note)
    with pytest.raises(NotFound):
        say(grace, note)


def test_a_reply_belongs_to_its_own_note(note, mei, grace) -> None:
    elsewhere = say(grace, make_note(mei))
    with pytest.raises(NotFound):
        say(grace, note, parent_id=elsewhere.id)
    assert tally(note) == 0


@pytest.mark.parametrize(
    ("policy", "may"),
    [
        ("everyone", {"mei", "antoine", "bo", "lin"}),
        ("followers", {"mei", "antoine", "lin"}),
        ("mentioned", {"mei", "bo"}),
        ("nobody", {"mei"}),
    ],
)
def test_the_reply_policy_binds(cast: SimpleNamespace, policy: str, may: set[str]) -> None:
    note = make_note(cast.mei, body="With @bo_chen", reply_policy=policy)
    for handle in ("mei", "antoine", "bo", "lin"):
        if handle in may:
            say(getattr(cast, handle), note)
        else:
            with pytest.raises(Denied):
                say(getattr(cast, handle), note)
    assert tally(note) == len(may)


def test_a_changed_policy_holds_from_the_next_comment_on(note, mei, grace) -> None:
    say(grace, note)
    rules.set_reply_rules(mei, note.id, reply_policy="nobody", slow_mode_seconds=0)
    with pytest.raises(Denied):
        say(grace, note)
    assert tally(note) == 1


def test_only_the_notes_author_sets_the_rules(note, grace) -> None:
    with pytest.raises(NotFound):
        rules.set_reply_rules(grace, note.id, reply_policy="nobody", slow_mode_seconds=0)
    note.refresh_from_db()
    assert note.reply_policy == "everyone"


@pytest.mark.parametrize(("policy", "pause"), [("friends", 0), ("everyone", 7), ("everyone", -1)])
def test_unknown_rules_are_refused(note, mei, policy: str, pause: int) -> None:
    with pytest.raises(Invalid):
        rules.set_reply_rules(mei, note.id, reply_policy=policy, slow_mode_seconds=pause)
    note.refresh_from_db()
    assert (note.reply_policy, note.slow_mode_seconds) == ("everyone", 0)


def test_slow_mode_asks_for_a_pause_of_everyone_but_the_author(note, mei, grace) -> None:
    rules.set_reply_rules(mei, note.id, reply_policy="everyone", slow_mode_seconds=60)
    first = say(grace, note)
    with pytest.raises(TooMany) as refusal:
        say(grace, note)
    assert 0 < refusal.value.retry_after <= 60
    comments.withdraw_comment(grace, first.id)
    with pytest.raises(TooMany):
        say(grace, note)
    say(mei, note)
    say(mei, note)
    with clock.travel(timedelta(seconds=61)):
        say(grace, note)
    assert Comment.objects.filter(author=grace).count() == 2


def test_too_many_comments_in_a_minute_are_refused(note, grace, settings) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    for number in range(10):
        say(grace, note, str(number))
    with pytest.raises(TooMany):
        say(grace, note)
    assert tally(note) == 10


def test_blocks_keep_both_from_answering_each_other(note, grace, bo) -> None:
    top = say(grace, note)
    graph.block(bo, grace)
    with pytest.raises(NotFound):
        answer(bo, top)
    with pytest.raises(NotFound):
        comments.like_comment(bo, top.id)
    assert (tally(note), CommentLike.objects.count()) == (1, 0)


def test_who_is_blocked_by_the_notes_author_cannot_comment(cast: SimpleNamespace) -> None:
    note = make_note(cast.mei)
    with pytest.raises(NotFound):
        say(cast.wei, note)
    assert tally(note) == 0


def test_mentions_are_announced_to_those_who_may_read_it(cast: SimpleNamespace) -> None:
    note = make_note(cast.mei, audience="followers")
    say(cast.lin, note, "@antoine @grace @lin @nobody_here see this")
    assert [item["account_id"] for item in announced("CommentMentioned")] == [str(cast.antoine.id)]


def test_editing_announces_only_new_mentions(note, grace, bo, lin) -> None:
    made = say(grace, note, "@bo_chen look")
    comments.edit_comment(grace, made.id, body="@bo_chen @lin look")
    assert [item["account_id"] for item in announced("CommentMentioned")] == [
        str(bo.id),
        str(lin.id),
    ]


def test_the_writer_changes_the_words_within_fifteen_minutes(note, grace, mei) -> None:
    made = say(grace, note)
    comments.edit_comment(grace, made.id, body="Better words")
    made.refresh_from_db()
    assert (made.body, made.edited_at is not None) == ("Better words", True)
    with pytest.raises(NotFound):
        comments.edit_comment(mei, made.id, body="Not mine")
    with pytest.raises(Invalid):
        comments.edit_comment(grace, made.id, body="")
    with clock.travel(timedelta(minutes=15, seconds=1)), pytest.raises(Conflict):
        comments.edit_comment(grace, made.id, body="Too late")
    made.refresh_from_db()
    assert made.body == "Better words"


def test_withdrawing_removes_words_likes_and_pictures(note, grace, bo) -> None:
    choice = picture(grace)
    made = say(grace, note, pictures=[choice])
    comments.like_comment(bo, made.id)
    comments.withdraw_comment(grace, made.id)
    comments.withdraw_comment(grace, made.id)
    made.refresh_from_db()
    assert (made.state, made.body, made.like_count) == ("withdrawn", "", 0)
    assert not made.pictures.exists()
    assert Asset.objects.get(id=choice.asset_id).released_at is not None
    assert tally(note) == 0


def test_nobody_else_withdraws_a_comment(note, mei, grace) -> None:
    made = say(grace, note)
    with pytest.raises(NotFound):
        comments.withdraw_comment(mei, made.id)
    assert tally(note) == 1


def test_liking_is_idempotent_and_can_be_taken_back(note, grace, bo) -> None:
    made = say(grace, note)
    assert [comments.like_comment(bo, made.id) for _ in range(3)] == [1, 1, 1]
    assert comments.like_comment(grace, made.id) == 2
    assert [comments.like_comment(bo, made.id, on=False) for _ in range(2)] == [1, 1]
    assert len(announced("CommentLiked")) == 2


def test_the_author_hides_with_a_reason_and_shows_again(note, mei, grace) -> None:
    made = answer(grace, say(mei, note))
    with pytest.raises(Invalid):
        rules.hide_comment(mei, made.id, reason=" ")
    rules.hide_comment(mei, made.id, reason="Off topic")
    rules.hide_comment(mei, made.id, reason="Again")
    made.refresh_from_db()
    assert (made.state, made.hidden_reason, tally(note)) == ("hidden", "Off topic", 1)
    assert made.thread.reply_count == 0
    assert len(announced("CommentHidden")) == 1
    rules.unhide_comment(mei, made.id)
    made.refresh_from_db()
    assert (made.state, made.hidden_reason, tally(note)) == ("shown", "", 2)


def test_hiding_is_for_the_notes_author_and_others_comments(note, mei, grace, bo) -> None:
    made, own = say(grace, note), say(mei, note)
    with pytest.raises(NotFound):
        rules.hide_comment(bo, made.id, reason="I disagree")
    with pytest.raises(Conflict):
        rules.hide_comment(mei, own.id, reason="Mine")
    assert tally(note) == 2


def test_a_hidden_comment_cannot_be_answered_or_liked(note, mei, grace) -> None:
    made = say(grace, note)
    rules.hide_comment(mei, made.id, reason="Off topic")
    with pytest.raises(Conflict):
        answer(grace, made)
    with pytest.raises(NotFound):
        comments.like_comment(grace, made.id)
    assert tally(note) == 0


def test_one_comment_is_pinned_at_most(note, mei, grace) -> None:
    first, second = say(grace, note), say(grace, note)
    rules.pin_comment(mei, first.id)
    rules.pin_comment(mei, second.id)
    assert list(Comment.objects.exclude(pinned_at=None)) == [second]
    rules.pin_comment(mei, second.id, on=False)
    assert not Comment.objects.exclude(pinned_at=None).exists()


def test_pinning_is_refused_for_replies_hidden_ones_and_others_notes(note, mei, grace) -> None:
    top = say(grace, note)
    reply = answer(mei, top)
    with pytest.raises(Conflict):
        rules.pin_comment(mei, reply.id)
    with pytest.raises(NotFound):
        rules.pin_comment(grace, top.id)
    rules.pin_comment(mei, top.id)
    rules.hide_comment(mei, top.id, reason="Off topic")
    assert not Comment.objects.exclude(pinned_at=None).exists()
    with pytest.raises(Conflict):
        rules.pin_comment(mei, top.id)


def test_pictures_are_up_to_three_own_loose_ones(note, grace, bo) -> None:
    own, foreign = picture(grace, "A leaf"), picture(bo)
    for chosen in ([foreign], [own, own], [picture(grace) for _ in range(4)]):
        with pytest.raises(Invalid):
            say(grace, note, pictures=chosen)
    made = say(grace, note, "", pictures=[own])
    with pytest.raises(Invalid):
        say(grace, note, pictures=[own])
    assert [item.alt for item in made.pictures.all()] == ["A leaf"]
    assert Comment.objects.count() == 1


def test_a_comments_picture_is_for_those_who_may_read_note_and_comment(
    cast: SimpleNamespace,
) -> None:
    note = make_note(cast.mei, audience="followers")
    made = say(cast.antoine, note, pictures=[picture(cast.antoine)])

    def seen_by() -> set[str]:
        people = {"mei", "lin", "antoine", "grace", "wei"}
        found = {who for who in people if guards.may_see(getattr(cast, who), "comment", made.id)}
        return found | ({"anyone"} if guards.may_see(None, "comment", made.id) else set())

    assert seen_by() == {"mei", "lin", "antoine"}
    graph.block(cast.lin, cast.antoine)
    assert seen_by() == {"mei", "antoine"}
    rules.hide_comment(cast.mei, made.id, reason="Off topic")
    assert seen_by() == {"mei", "antoine"}
    publish.withdraw_note(cast.mei, note)
    assert seen_by() == set()


def test_the_pictures_of_a_withdrawn_notes_comments_are_released(
    note, mei, grace, deliver_events
) -> None:
    choice = picture(grace)
    say(grace, note, pictures=[choice])
    publish.withdraw_note(mei, note)
    deliver_events()
    assert Asset.objects.get(id=choice.asset_id).released_at is not None


def test_an_erased_accounts_words_are_gone(note, grace) -> None:
    say(grace, note)
    comments.withdraw_all_of(grace.id)
    assert Comment.objects.get().body == ""
    assert tally(note) == 0
