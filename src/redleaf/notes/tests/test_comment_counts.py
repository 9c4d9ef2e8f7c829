"""The number over the talk is the number of comments that can be read there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from redleaf.accounts import services as accounts
from redleaf.core import clock
from redleaf.notes.models import Comment, Note
from redleaf.notes.services import comment_counts, comments, marks
from redleaf.notes.tests.factories import make_note
from redleaf.notes.tests.talking import answer, say, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(mei: Any) -> Note:
    return make_note(mei)


@pytest.fixture
def holds() -> Callable[[Note], int]:
    """Return what gives a note's count, once it equals a recount and what a stranger can read."""

    def count(note: Note) -> int:
        assert (comment_counts.recount(), marks.recount()) == (0, 0)
        html = Client().get(f"/note/{note.ref}/?lang=en").content.decode()
        assert html.count('class="comment-by"') == tally(note)
        return tally(note)

    return count


def replies(top: Comment) -> int:
    top.refresh_from_db()
    return top.reply_count


def close(account: Any) -> None:
    accounts.close_account(account)


def suspend(account: Any) -> None:
    accounts.suspend_account(account)


ABSENCES = {
    "closed": (close, accounts.reopen_account),
    "suspended": (suspend, accounts.restore_account),
}


@pytest.mark.parametrize("absence", ABSENCES)
def test_what_an_absent_account_said_is_not_counted_until_it_is_back(
    note: Note, cast: Any, deliver_events: Any, holds: Any, absence: str
) -> None:
    (leave, come_back), grace, lin = ABSENCES[absence], cast.grace, cast.lin
    top = say(grace, note)
    answer(lin, top)
    say(lin, note)
    assert holds(note) == 3
    leave(lin)
    deliver_events()
    assert (holds(note), replies(top)) == (1, 0)
    come_back(lin)
    deliver_events()
    assert (holds(note), replies(top)) == (3, 1)


def test_a_thread_whose_head_is_closing_counts_its_answers(
    note: Note, grace: Any, lin: Any, deliver_events: Any, holds: Any
) -> None:
    top = say(lin, note)
    answer(grace, top)
    close(lin)
    deliver_events()
    assert (holds(note), replies(top)) == (1, 1)


def test_an_erased_account_is_uncounted_once(
    note: Note, grace: Any, lin: Any, deliver_events: Any, holds: Any
) -> None:
    say(grace, note)
    say(lin, note)
    close(lin)
    deliver_events()
    with clock.travel(timedelta(days=31)):
        accounts.erase_account(lin.id)
        deliver_events()
    assert holds(note) == 1
    assert Comment.objects.get(author_id=lin.id).state == "withdrawn"


def test_closing_and_erasing_before_anybody_hears_of_it_ends_in_the_same_count(
    note: Note, grace: Any, lin: Any, deliver_events: Any, holds: Any
) -> None:
    say(grace, note)
    said = say(lin, note)
    close(lin)
    comments.withdraw_all_of(lin.id)
    assert tally(note) == 2, "nothing is taken off twice"
    deliver_events()
    said.refresh_from_db()
    assert (holds(note), said.state) == (1, "withdrawn")
