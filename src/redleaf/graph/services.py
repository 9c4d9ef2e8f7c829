"""Verbs that change how people stand to one another. All of them may be repeated without harm."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock, database, text
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.core.events import announce
from redleaf.graph import events, selectors
from redleaf.graph.models import Block, Follow, Mute, PeopleList, PeopleListMember

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from redleaf.accounts.models import Account

LIST_NAME_UNITS = 20
LISTS_MAXIMUM = 50
LIST_MEMBERS_MAXIMUM = 1000
FOLLOWS_MAXIMUM = 5000


def follow(account: "Account", other: "Account") -> bool:
    """Let `account` follow `other`; return whether that is new.

    Raises Invalid for oneself, NotFound when either has blocked the other or `other` is gone, and
    Conflict past 5,000 follows.
    """
    _another(account, other)
    with transaction.atomic():
        _pair_lock(account, other)
        if not other.is_open or selectors.relation(account, other).is_blocked:
            raise NotFound()
        if selectors.counts(account)[1] >= FOLLOWS_MAXIMUM:
            raise Conflict("follows_full", _("You follow 5,000 people, which is the most."))
        _row, is_new = Follow.objects.get_or_create(follower=account, followed=other)
        if is_new:
            _count(account, other, 1)
            announce(events.AccountFollowed(account.id, other.id))
    return is_new


def unfollow(account: "Account", other: "Account") -> bool:
    """Let `account` no longer follow `other`; return whether that changed anything."""
    with transaction.atomic():
        _pair_lock(account, other)
        return _remove_follow(account, other)


def remove_follower(account: "Account", follower: "Account") -> bool:
    """Let `follower` no longer follow `account`, without a word to them."""
    with transaction.atomic():
        _pair_lock(account, follower)
        return _remove_follow(follower, account)


def block(account: "Account", other: "Account") -> None:
    """Hide both from each other everywhere, end their follows and take them off lists.

    Raises Invalid for oneself.
    """
    _another(account, other)
    with transaction.atomic():
        _pair_lock(account, other)
        _row, is_new = Block.objects.get_or_create(blocker=account, blocked=other)
        _remove_follow(account, other)
        _remove_follow(other, account)
        PeopleListMember.objects.filter(people_list__owner=account, account=other).delete()
        PeopleListMember.objects.filter(people_list__owner=other, account=account).delete()
        if is_new:
            announce(events.AccountBlocked(account.id, other.id))


def unblock(account: "Account", other: "Account") -> None:
    """Take back a block; follows do not come back by themselves."""
    Block.objects.filter(blocker=account, blocked=other).delete()


def mute(account: "Account", other: "Account", *, days: int | None = None) -> Mute:
    """Keep `other` out of the lists of `account`, for so many days or for good.

    Raises Invalid for oneself or a time outside 1 to 365 days.
    """
    _another(account, other)
    if days is not None and not 1 <= days <= 365:
        raise Invalid("mute_days", _("Choose between 1 and 365 days."), field="days")
    until = None if days is None else clock.now() + timedelta(days=days)
    row, _is_new = Mute.objects.update_or_create(
        muter=account, muted=other, defaults={"until": until, "created_at": clock.now()}
    )
    return row


def unmute(account: "Account", other: "Account") -> None:
    Mute.objects.filter(muter=account, muted=other).delete()


def create_list(account: "Account", *, name: str) -> PeopleList:
    """Make a list of people. Raises Invalid for a bad name, Conflict for one in use or too many."""
    name = _list_name(name)
    if PeopleList.objects.filter(owner=account).count() >= LISTS_MAXIMUM:
        raise Conflict("lists_full", _("You have 50 lists, which is the most."))
    try:
        with transaction.atomic():
            return PeopleList.objects.create(owner=account, name=name)
    except IntegrityError:
        raise Conflict(
            "list_name_used", _("You already have a list of this name."), field="name"
        ) from None


def rename_list(account: "Account", people_list: PeopleList, *, name: str) -> None:
    """Rename an own list. Raises NotFound, Invalid, Conflict."""
    _own(account, people_list)
    people_list.name = _list_name(name)
    try:
        with transaction.atomic():
            people_list.save(update_fields=["name"])
    except IntegrityError:
        raise Conflict(
            "list_name_used", _("You already have a list of this name."), field="name"
        ) from None


def delete_list(account: "Account", people_list: PeopleList) -> None:
    """Delete an own list; notes shown to it are then seen by their author only."""
    _own(account, people_list)
    people_list.delete()


def add_to_list(account: "Account", people_list: PeopleList, other: "Account") -> None:
    """Put somebody on an own list. Raises NotFound across a block, Conflict past 1,000 people."""
    _own(account, people_list)
    _another(account, other)
    if not other.is_open or selectors.relation(account, other).is_blocked:
        raise NotFound()
    if people_list.members.count() >= LIST_MEMBERS_MAXIMUM:
        raise Conflict("list_full", _("This list has 1,000 people, which is the most."))
    PeopleListMember.objects.get_or_create(people_list=people_list, account=other)


def remove_from_list(account: "Account", people_list: PeopleList, other: "Account") -> None:
    _own(account, people_list)
    PeopleListMember.objects.filter(people_list=people_list, account=other).delete()


def put_on_lists(
    account: "Account", other: "Account", *, list_ids: "Collection[UUID]", new_name: str = ""
) -> None:
    """Let `other` be on exactly these own lists, and on a new one when `new_name` is not blank.

    Ids that are not an own list's are passed over. Raises what create_list and add_to_list raise;
    then nothing has changed.
    """
    _another(account, other)
    with transaction.atomic():
        gone = PeopleListMember.objects.filter(people_list__owner=account, account=other)
        gone.exclude(people_list_id__in=list_ids).delete()
        wanted = PeopleList.objects.filter(owner=account, id__in=list_ids)
        for people_list in wanted.exclude(members__account=other):
            add_to_list(account, people_list, other)
        if new_name.strip():
            add_to_list(account, create_list(account, name=new_name), other)


def recount() -> int:
    """Set every counter to what the follows say; return how many were wrong."""
    return database.execute(
        "WITH truth AS ("
        " SELECT a.id,"
        "  (SELECT count(*) FROM graph_follow f WHERE f.followed_id = a.id) AS followers,"
        "  (SELECT count(*) FROM graph_follow f WHERE f.follower_id = a.id) AS following"
        " FROM accounts_account a)"
        " INSERT INTO graph_standing AS s (account_id, follower_count, following_count)"
        " SELECT t.id, t.followers, t.following FROM truth t"
        " LEFT JOIN graph_standing o ON o.account_id = t.id"
        " WHERE coalesce(o.follower_count, 0) <> t.followers"
        "  OR coalesce(o.following_count, 0) <> t.following"
        " ON CONFLICT (account_id) DO UPDATE SET follower_count = excluded.follower_count,"
        "  following_count = excluded.following_count"
    )


def _remove_follow(follower: "Account", followed: "Account") -> bool:
    removed, _kinds = Follow.objects.filter(follower=follower, followed=followed).delete()
    if removed:
        _count(follower, followed, -1)
        announce(events.AccountUnfollowed(follower.id, followed.id))
    return bool(removed)


def _count(follower: "Account", followed: "Account", step: int) -> None:
    """Move both counters, in the order of the ids, so that two crossing follows cannot deadlock."""
    moves = sorted([(follower.id, 0, step), (followed.id, step, 0)])
    for account_id, followers, following in moves:
        database.execute(
            "INSERT INTO graph_standing AS s (account_id, follower_count, following_count)"
            " VALUES (%s, greatest(%s, 0), greatest(%s, 0)) ON CONFLICT (account_id) DO UPDATE SET"
            " follower_count = s.follower_count + %s, following_count = s.following_count + %s",
            (account_id, followers, following, followers, following),
        )


def _pair_lock(one: "Account", other: "Account") -> None:
    """Settle follow against block between two people: one of them happens first."""
    low, high = sorted([one.id.int, other.id.int])
    key = (low ^ (high << 1)) & 0x7FFF_FFFF_FFFF_FFFF
    database.execute("SELECT pg_advisory_xact_lock(%s)", (key,))


def _another(account: "Account", other: "Account") -> None:
    if account.id == other.id:
        raise Invalid("oneself", _("That is you."))


def _own(account: "Account", people_list: PeopleList) -> None:
    if people_list.owner_id != account.id:
        raise NotFound()


def _list_name(name: str) -> str:
    name = text.clean_line(name)
    if not name or text.units(name) > LIST_NAME_UNITS:
        raise Invalid("list_name", _("Give the list a name of up to 20 characters."), field="name")
    return name
