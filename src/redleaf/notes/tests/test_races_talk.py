"""Two at once in the talk and on boards, on two real connections; and counters that never drift."""

import random
from uuid import uuid4

import pytest

from redleaf.accounts import services as accounts
from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import events
from redleaf.core.errors import Conflict, Refusal, TooMany
from redleaf.core.testing import at_once
from redleaf.notes.models import (
    BoardItem,
    Comment,
    CommentLike,
    CommentState,
    Mark,
    Note,
    NoteTally,
)
from redleaf.notes.services import boards, comment_counts, comment_rules, comments, marks
from redleaf.notes.tests.factories import make_note
from redleaf.notes.tests.talking import answer, say

RACE = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def holds() -> None:
    """Assert that every counter equals its recount."""
    assert (comment_counts.recount(), marks.recount()) == (0, 0)


@pytest.fixture
def people(transactional_db: None) -> list[Account]:
    return [make_account(handle) for handle in ("mei", "grace", "lin")]


@pytest.fixture
def note(people) -> Note:
    return make_note(people[0])


class TestAtOnce:
    pytestmark = RACE

    def test_one_form_from_two_tabs(self, note, people) -> None:
        key = uuid4()
        made = at_once(*[lambda: say(people[1], note, key=key).id] * 4)
        assert len(set(made)) == 1
        assert Comment.objects.count() == 1
        holds()

    def test_two_likes_of_one_member_and_two_members(self, note, people) -> None:
        top = say(people[1], note)
        at_once(
            *[lambda: comments.like_comment(people[0], top.id)] * 2,
            *[lambda: comments.like_comment(people[2], top.id)] * 2,
        )
        top.refresh_from_db()
        assert (top.like_count, CommentLike.objects.count()) == (2, 2)

    def test_like_against_taking_it_back(self, note, people) -> None:
        top = say(people[1], note)
        for _ in range(5):
            at_once(
                lambda: comments.like_comment(people[0], top.id) + 1,
                lambda: comments.like_comment(people[0], top.id, on=False) + 1,
            )
            holds()

    def test_two_pins(self, note, people) -> None:
        first, second = say(people[1], note), say(people[2], note)
        at_once(
            lambda: comment_rules.pin_comment(people[0], first.id) or True,
            lambda: comment_rules.pin_comment(people[0], second.id) or True,
        )
        assert Comment.objects.exclude(pinned_at=None).count() == 1

    def test_slow_mode_lets_one_of_two_through(self, note, people) -> None:
        comment_rules.set_reply_rules(
            people[0], note.id, reply_policy="everyone", slow_mode_seconds=60
        )
        results = at_once(lambda: say(people[1], note, "a"), lambda: say(people[1], note, "b"))
        assert sum(isinstance(item, TooMany) for item in results) == 1
        assert Comment.objects.count() == 1

    def test_hiding_against_withdrawing(self, note, people) -> None:
        for _ in range(3):
            made = answer(people[1], say(people[2], note))
            at_once(
                lambda made=made: comment_rules.hide_comment(people[0], made.id, reason="x") or 1,
                lambda made=made: comments.withdraw_comment(people[1], made.id) or 1,
            )
            made.refresh_from_db()
            assert made.state == CommentState.WITHDRAWN
            holds()

    def test_answers_to_one_thread(self, note, people) -> None:
        top = say(people[1], note)
        reply = answer(people[2], top)
        at_once(
            lambda: answer(people[0], top),
            lambda: answer(people[2], reply),
            lambda: answer(people[1], reply),
        )
        top.refresh_from_db()
        assert top.reply_count == 4
        holds()

    def test_answering_what_is_being_withdrawn(self, note, people) -> None:
        top = say(people[1], note)
        at_once(
            lambda: answer(people[2], top),
            lambda: comments.withdraw_comment(people[1], top.id) or 1,
        )
        holds()

    def test_commenting_while_closing_and_reopening(self, note, people) -> None:
        top = say(people[2], note)
        for _ in range(3):
            at_once(
                lambda: answer(people[1], top),
                lambda: say(people[2], note),
                lambda: accounts.close_account(people[1]) or 1,
            )
            events.deliver_due(1000)
            holds()
            at_once(
                lambda: accounts.reopen_account(people[1]) or 1,
                lambda: comment_rules.hide_comment(people[0], top.id, reason="x") or 1,
                lambda: events.deliver_due(1000),
            )
            comment_rules.unhide_comment(people[0], top.id)
            events.deliver_due(1000)
            holds()

    def test_one_note_onto_one_board_twice(self, note, people) -> None:
        board = boards.create_board(people[1], title="Trips")
        results = at_once(*[lambda: boards.add_to_board(people[1], board.id, note.id)] * 2)
        assert sorted(results) == [False, True]
        assert (BoardItem.objects.count(), Mark.objects.count()) == (1, 1)
        holds()

    def test_two_boards_of_one_title(self, people) -> None:
        results = at_once(*[lambda: boards.create_board(people[1], title="Trips")] * 2)
        assert sum(isinstance(item, Conflict) for item in results) == 1

    def test_crossing_choices_do_not_lock_each_other_out(self, note, people) -> None:
        shared = [boards.create_board(people[0], title=t, visibility="shared") for t in "ab"]
        for board in shared:
            boards.invite(people[0], board, people[1])
        ids = [board.id for board in shared]
        at_once(
            lambda: boards.choose_boards(people[0], note.id, among=ids, chosen=ids),
            lambda: boards.choose_boards(people[1], note.id, among=ids, chosen=ids[::-1]),
        )
        assert BoardItem.objects.count() == 2
        holds()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_after_any_acts_the_counters_equal_a_recount(mei, grace, lin, seed: int) -> None:
    chance = random.Random(seed)
    note, people = make_note(mei), [mei, grace, lin]
    made = [say(grace, note)]
    for _ in range(70):
        who, what = chance.choice(people), chance.choice(made)
        act = chance.choice(
            [
                lambda who=who: made.append(say(who, note)),
                lambda who=who, what=what: made.append(answer(who, what)),
                lambda who=who, what=what: comments.like_comment(who, what.id),
                lambda who=who, what=what: comments.like_comment(who, what.id, on=False),
                lambda what=what: comment_rules.hide_comment(mei, what.id, reason="x"),
                lambda what=what: comment_rules.unhide_comment(mei, what.id),
                lambda what=what: comment_rules.pin_comment(mei, what.id),
                lambda what=what: comments.withdraw_comment(what.author, what.id),
            ]
        )
        try:
            act()
        except Refusal:
            continue
    holds()
    shown = Comment.objects.filter(state=CommentState.SHOWN).count()
    assert NoteTally.objects.get(note=note).comment_count == shown


@pytest.mark.django_db
def test_the_recount_mends_what_drifted(mei, grace, lin) -> None:
    top = say(grace, make_note(mei))
    answer(lin, top)
    Comment.objects.filter(id=top.id).update(like_count=9, reply_count=9)
    assert comment_counts.recount() == 1
    top.refresh_from_db()
    assert (top.like_count, top.reply_count) == (0, 1)
