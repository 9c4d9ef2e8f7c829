"""Follow, block and mute: what each does, refuses, and leaves alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redleaf.core import clock, testing
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.core.models import OutboxEvent
from redleaf.graph import selectors, services
from redleaf.graph.models import Block, Follow, Mute, PeopleListMember, Standing

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def truth(account: Any) -> tuple[int, int]:
    """Return (followers, following) by counting rows."""
    return (
        Follow.objects.filter(followed=account).count(),
        Follow.objects.filter(follower=account).count(),
    )


def announced(name: str) -> int:
    return OutboxEvent.objects.filter(name__endswith=name).count()


# --- Follow ------------------------------------------------------------------------------------
def test_a_follow_counts_on_both_sides(mei: Any, lin: Any) -> None:
    assert services.follow(lin, mei) is True
    assert selectors.counts(mei) == (1, 0) and selectors.counts(lin) == (0, 1)
    assert selectors.relation(lin, mei).follows and selectors.relation(mei, lin).followed_by


def test_following_twice_is_following_once(mei: Any, lin: Any) -> None:
    services.follow(lin, mei)
    assert services.follow(lin, mei) is False
    assert selectors.counts(mei) == (1, 0) and announced("AccountFollowed") == 1


def test_unfollowing_takes_it_back_and_may_be_repeated(mei: Any, lin: Any) -> None:
    services.follow(lin, mei)
    assert services.unfollow(lin, mei) is True
    assert services.unfollow(lin, mei) is False
    assert selectors.counts(mei) == (0, 0) and not selectors.relation(lin, mei).follows


def test_two_who_follow_each_other_are_mutuals(cast: Any) -> None:
    assert selectors.relation(cast.lin, cast.mei).is_mutual
    assert not selectors.relation(cast.antoine, cast.mei).is_mutual


def test_nobody_follows_themselves(mei: Any) -> None:
    with pytest.raises(Invalid):
        services.follow(mei, mei)
    assert not Follow.objects.exists()


@pytest.mark.parametrize("blocker", ["mei", "lin"])
def test_a_block_in_either_direction_hides_the_other_from_a_follow(
    mei: Any, lin: Any, blocker: str
) -> None:
    services.block(*((mei, lin) if blocker == "mei" else (lin, mei)))
    with pytest.raises(NotFound):
        services.follow(lin, mei)
    assert not Follow.objects.exists()


def test_a_closed_account_cannot_be_followed(mei: Any, lin: Any) -> None:
    mei.deleted_at = clock.now()
    with pytest.raises(NotFound):
        services.follow(lin, mei)
    assert not Follow.objects.exists()


def test_past_the_most_follows_another_is_refused(
    mei: Any, lin: Any, monkeypatch: pytest.MonkeyPatch, bo: Any
) -> None:
    monkeypatch.setattr(services, "FOLLOWS_MAXIMUM", 1)
    services.follow(lin, mei)
    with pytest.raises(Conflict):
        services.follow(lin, bo)
    assert selectors.counts(lin) == (0, 1) and selectors.counts(bo) == (0, 0)


def test_a_follower_is_removed_without_a_word(cast: Any) -> None:
    assert services.remove_follower(cast.mei, cast.antoine) is True
    assert not selectors.relation(cast.antoine, cast.mei).follows
    assert truth(cast.mei) == selectors.counts(cast.mei) == (1, 1)
    assert services.remove_follower(cast.mei, cast.antoine) is False


# --- Block -------------------------------------------------------------------------------------
def test_a_block_ends_follows_both_ways_and_lists(cast: Any) -> None:
    friends = services.create_list(cast.mei, name="Friends")
    theirs = services.create_list(cast.lin, name="Friends")
    services.add_to_list(cast.mei, friends, cast.lin)
    services.add_to_list(cast.lin, theirs, cast.mei)
    services.block(cast.mei, cast.lin)
    relation = selectors.relation(cast.lin, cast.mei)
    assert relation.blocked_by and not relation.follows and not relation.followed_by
    assert not PeopleListMember.objects.exists()
    assert selectors.counts(cast.lin) == (0, 0) and selectors.counts(cast.mei) == (1, 0)


def test_blocking_twice_is_blocking_once(mei: Any, wei: Any) -> None:
    services.block(mei, wei)
    services.block(mei, wei)
    assert Block.objects.count() == 1 and announced("AccountBlocked") == 1


def test_both_are_hidden_from_each_other(cast: Any) -> None:
    assert selectors.hidden_accounts(cast.mei) == {cast.wei.id}
    assert selectors.hidden_accounts(cast.wei) == {cast.mei.id}
    assert selectors.hidden_accounts(cast.lin) == frozenset()
    assert selectors.hidden_accounts(None) == frozenset()


def test_nobody_blocks_themselves(mei: Any) -> None:
    with pytest.raises(Invalid):
        services.block(mei, mei)
    assert not Block.objects.exists()


def test_unblocking_does_not_bring_follows_back(cast: Any) -> None:
    services.block(cast.mei, cast.lin)
    services.unblock(cast.mei, cast.lin)
    relation = selectors.relation(cast.mei, cast.lin)
    assert not relation.is_blocked and not relation.follows and not relation.followed_by


def test_one_sides_unblock_leaves_the_others_block(mei: Any, lin: Any) -> None:
    services.block(mei, lin)
    services.block(lin, mei)
    services.unblock(mei, lin)
    assert selectors.relation(mei, lin).blocked_by


# --- Mute --------------------------------------------------------------------------------------
def test_a_timed_mute_ends_by_the_clock(grace: Any, bo: Any) -> None:
    with clock.frozen(NOON):
        services.mute(grace, bo, days=7)
        assert selectors.quieted_accounts(grace) == {bo.id}
    with clock.frozen(NOON + timedelta(days=7, seconds=-1)):
        assert selectors.relation(grace, bo).mutes
        assert [row["handle"] for row in selectors.muted_by(grace)] == [bo.handle]
    with clock.frozen(NOON + timedelta(days=7, seconds=1)):
        assert selectors.quieted_accounts(grace) == frozenset()
        assert not selectors.relation(grace, bo).mutes
        assert selectors.muted_by(grace) == []


def test_a_mute_for_good_does_not_end(grace: Any, bo: Any) -> None:
    services.mute(grace, bo)
    with clock.travel(timedelta(days=5000)):
        assert selectors.quieted_accounts(grace) == {bo.id}


def test_muting_again_sets_the_time_anew(grace: Any, bo: Any) -> None:
    services.mute(grace, bo)
    services.mute(grace, bo, days=1)
    assert Mute.objects.get().until is not None


def test_the_muted_sees_nothing_of_it(grace: Any, bo: Any) -> None:
    services.mute(grace, bo)
    assert selectors.relation(bo, grace) == selectors.Relation()
    assert selectors.quieted_accounts(bo) == frozenset()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_mute_of_no_sensible_time_is_refused(grace: Any, bo: Any, days: int) -> None:
    with pytest.raises(Invalid):
        services.mute(grace, bo, days=days)
    assert not Mute.objects.exists()


def test_unmuting_takes_it_back(cast: Any) -> None:
    services.unmute(cast.grace, cast.bo)
    assert selectors.quieted_accounts(cast.grace) == frozenset()


# --- Counters ----------------------------------------------------------------------------------
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["follow", "unfollow", "block", "unblock", "remove_follower"]),
            st.sampled_from(["mei", "lin", "bo"]),
            st.sampled_from(["mei", "lin", "bo"]),
        ),
        max_size=20,
    )
)
def test_counters_equal_a_recount_whatever_people_do(
    mei: Any, lin: Any, bo: Any, acts: list[tuple[str, str, str]]
) -> None:
    people = {"mei": mei, "lin": lin, "bo": bo}
    for act, one, other in acts:
        try:
            getattr(services, act)(people[one], people[other])
        except (NotFound, Invalid):
            continue
    for account in people.values():
        assert selectors.counts(account) == truth(account)
    assert services.recount() == 0


def test_a_recount_mends_what_drifted(cast: Any) -> None:
    Standing.objects.filter(account=cast.mei).update(follower_count=40)
    Standing.objects.filter(account=cast.lin).delete()
    assert services.recount() == 2
    assert selectors.counts(cast.mei) == truth(cast.mei)
    assert selectors.counts(cast.lin) == truth(cast.lin)


# --- Two at once -------------------------------------------------------------------------------
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_follow_each_other_at_once_do_not_lock_each_other_out(mei: Any, lin: Any) -> None:
    for _round in range(5):
        results = testing.at_once(
            lambda: services.follow(mei, lin), lambda: services.follow(lin, mei)
        )
        assert results == [True, True]
        assert selectors.counts(mei) == selectors.counts(lin) == (1, 1)
        testing.at_once(lambda: services.unfollow(mei, lin), lambda: services.unfollow(lin, mei))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_ten_followers_at_once_are_ten(mei: Any, lin: Any, bo: Any, grace: Any, wei: Any) -> None:
    results = testing.at_once(
        *[lambda who=who: services.follow(who, mei) for who in (lin, bo, grace, wei) for _ in "ab"]
    )
    assert sorted(results) == [False] * 4 + [True] * 4
    assert selectors.counts(mei) == truth(mei) == (4, 0)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_follow_against_a_block_never_leaves_both(mei: Any, wei: Any) -> None:
    for _round in range(6):
        follow, block = testing.at_once(
            lambda: services.follow(wei, mei), lambda: services.block(mei, wei)
        )
        assert block is None and (follow is True or isinstance(follow, NotFound))
        assert not Follow.objects.exists() and Block.objects.count() == 1
        assert selectors.counts(mei) == (0, 0)
        services.unblock(mei, wei)
