"""Reads of relations, and the one rule of who belongs to an audience."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from redleaf.core import clock, database
from redleaf.core.errors import NotFound
from redleaf.core.paging import Page, decode_cursor, encode_cursor
from redleaf.graph.models import Audience, Block, Follow, PeopleList, PeopleListMember

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

PEOPLE_PAGE = 40
# How many follow an account and are followed by it, as columns of a query with %(account)s.
STANDING = (
    "(SELECT follower_count FROM graph_standing WHERE account_id = %(account)s) AS followers,"
    " (SELECT following_count FROM graph_standing WHERE account_id = %(account)s) AS following"
)

Viewer = Any  # an Account, AnonymousUser or None; `viewer_id` settles which


@dataclass(frozen=True)
class Relation:
    """How a viewer stands to another person."""

    follows: bool = False
    followed_by: bool = False
    blocks: bool = False
    blocked_by: bool = False
    mutes: bool = False

    @property
    def is_blocked(self) -> bool:
        return self.blocks or self.blocked_by

    @property
    def is_mutual(self) -> bool:
        return self.follows and self.followed_by


def viewer_id(viewer: Viewer) -> UUID | None:
    """Return the id of a signed-in viewer, or None."""
    if viewer is None or not getattr(viewer, "is_authenticated", False):
        return None
    identifier: UUID = viewer.id
    return identifier


def relation(viewer: Viewer, other: "Account") -> Relation:
    """Return how the viewer stands to another person."""
    own = viewer_id(viewer)
    if own is None or own == other.id:
        return Relation()
    found = database.row(
        "SELECT"
        " EXISTS (SELECT 1 FROM graph_follow WHERE follower_id = %(me)s AND followed_id = %(you)s)"
        "  AS follows,"
        " EXISTS (SELECT 1 FROM graph_follow WHERE follower_id = %(you)s AND followed_id = %(me)s)"
        "  AS followed_by,"
        " EXISTS (SELECT 1 FROM graph_block WHERE blocker_id = %(me)s AND blocked_id = %(you)s)"
        "  AS blocks,"
        " EXISTS (SELECT 1 FROM graph_block WHERE blocker_id = %(you)s AND blocked_id = %(me)s)"
        "  AS blocked_by,"
        " EXISTS (SELECT 1 FROM graph_mute WHERE muter_id = %(me)s AND muted_id = %(you)s"
        "  AND (until IS NULL OR until > %(now)s)) AS mutes",
        {"me": own, "you": other.id, "now": clock.now()},
    )
    return Relation(**(found or {}))


def hidden_accounts(viewer: Viewer) -> frozenset[UUID]:
    """Return everyone whom a block, in either direction, hides from the viewer."""
    own = viewer_id(viewer)
    if own is None:
        return frozenset()
    found = database.values(
        "SELECT blocked_id FROM graph_block WHERE blocker_id = %(me)s"
        " UNION SELECT blocker_id FROM graph_block WHERE blocked_id = %(me)s",
        {"me": own},
    )
    return frozenset(row[0] for row in found)


def quieted_accounts(viewer: Viewer) -> frozenset[UUID]:
    """Return everyone who stays out of the viewer's lists: by a block or by a mute in force."""
    own = viewer_id(viewer)
    if own is None:
        return frozenset()
    found = database.values(
        "SELECT blocked_id FROM graph_block WHERE blocker_id = %(me)s"
        " UNION SELECT blocker_id FROM graph_block WHERE blocked_id = %(me)s"
        " UNION SELECT muted_id FROM graph_mute WHERE muter_id = %(me)s"
        "  AND (until IS NULL OR until > %(now)s)",
        {"me": own, "now": clock.now()},
    )
    return frozenset(row[0] for row in found)


def in_audience(viewer: Viewer, *, author: str = "author") -> Q:
    """Return the condition under which an author's row with an audience is the viewer's to see.

    The row's model has `audience`, `audience_list` and the named author field. Blocks in either
    direction always hide, whatever the audience. This is the only place that says what an audience
    means; `audience_sql` is the same rule for hot reads, and a test holds the two together.
    """
    own = viewer_id(viewer)
    if own is None:
        return Q(audience=Audience.PUBLIC)
    author_id = OuterRef(f"{author}_id")
    follows = Exists(Follow.objects.filter(follower_id=own, followed_id=author_id))
    followed_by = Exists(Follow.objects.filter(follower_id=author_id, followed_id=own))
    listed = Exists(
        PeopleListMember.objects.filter(people_list_id=OuterRef("audience_list_id"), account_id=own)
    )
    blocked = Exists(
        Block.objects.filter(
            Q(blocker_id=own, blocked_id=author_id) | Q(blocker_id=author_id, blocked_id=own)
        )
    )
    allowed = (
        Q(audience=Audience.PUBLIC)
        | (Q(audience=Audience.FOLLOWERS) & follows)
        | (Q(audience=Audience.MUTUALS) & follows & followed_by)
        | (Q(audience=Audience.LIST) & listed)
    )
    return Q(**{f"{author}_id": own}) | (allowed & ~blocked)


def audience_sql(row: str = "n") -> str:
    """Return the rule of `in_audience` as SQL over table alias `row` and parameter %(viewer)s.

    A null viewer is somebody who is not signed in.
    """
    return (
        f"({row}.author_id = %(viewer)s::uuid OR ("
        f"({row}.audience = 'public'"
        f" OR ({row}.audience IN ('followers', 'mutuals') AND EXISTS ("
        f"SELECT 1 FROM graph_follow f WHERE f.follower_id = %(viewer)s::uuid"
        f" AND f.followed_id = {row}.author_id)"
        f" AND ({row}.audience = 'followers' OR EXISTS ("
        f"SELECT 1 FROM graph_follow f WHERE f.followed_id = %(viewer)s::uuid"
        f" AND f.follower_id = {row}.author_id)))"
        f" OR ({row}.audience = 'list' AND EXISTS ("
        f"SELECT 1 FROM graph_people_list_member m WHERE m.people_list_id = {row}.audience_list_id"
        f" AND m.account_id = %(viewer)s::uuid)))"
        f" AND NOT EXISTS (SELECT 1 FROM graph_block b WHERE"
        f" (b.blocker_id = %(viewer)s::uuid AND b.blocked_id = {row}.author_id)"
        f" OR (b.blocked_id = %(viewer)s::uuid AND b.blocker_id = {row}.author_id))))"
    )


def counts(account: "Account") -> tuple[int, int]:
    """Return (followers, following)."""
    found = database.row(
        "SELECT follower_count, following_count FROM graph_standing WHERE account_id = %s",
        (account.id,),
    )
    return (found["follower_count"], found["following_count"]) if found else (0, 0)


def followed_ids(viewer: Viewer) -> list[UUID]:
    """Return whom the viewer follows, newest first."""
    own = viewer_id(viewer)
    if own is None:
        return []
    found = database.values(
        "SELECT followed_id FROM graph_follow WHERE follower_id = %s ORDER BY created_at DESC",
        (own,),
    )
    return [row[0] for row in found]


def follows_among(viewer: Viewer, ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these people the viewer follows."""
    own = viewer_id(viewer)
    if own is None or not ids:
        return set()
    found = database.values(
        "SELECT followed_id FROM graph_follow WHERE follower_id = %s AND followed_id = ANY(%s)",
        (own, list(ids)),
    )
    return {row[0] for row in found}


def people_lists(account: "Account") -> QuerySet[PeopleList]:
    """Return an account's own lists."""
    return PeopleList.objects.filter(owner=account)


def people_list(account: "Account", list_id: UUID) -> PeopleList:
    """Return an own list. Raises NotFound."""
    found = PeopleList.objects.filter(owner=account, id=list_id).first()
    if found is None:
        raise NotFound()
    return found


def people_of(
    viewer: Viewer, account: "Account", *, which: str, after: str = ""
) -> Page[dict[str, Any]]:
    """Return an account's "followers" or "following", newest first, each with `follows`, which says
    whether the viewer follows them. Nobody whom a block hides from the viewer is among them."""
    near, far = (
        ("followed_id", "follower_id") if which == "followers" else ("follower_id", "followed_id")
    )
    cursor = decode_cursor(after, (datetime, UUID)) if after else None
    later = f"AND (f.created_at, f.{far}) < (%(at)s, %(id)s)" if cursor else ""
    found = database.rows(
        "SELECT p.id, p.handle, p.display_name AS name, p.avatar, p.bio, f.created_at AS at,"
        " EXISTS (SELECT 1 FROM graph_follow m WHERE m.follower_id = %(me)s::uuid"
        "  AND m.followed_id = p.id) AS follows"
        f" FROM graph_follow f JOIN accounts_account p ON p.id = f.{far}"
        f" WHERE f.{near} = %(account)s {later} AND p.is_active AND p.deleted_at IS NULL"
        " AND p.id <> ALL(%(hidden)s)"
        f" ORDER BY f.created_at DESC, f.{far} DESC LIMIT %(limit)s",
        {
            "me": viewer_id(viewer),
            "account": account.id,
            "hidden": list(hidden_accounts(viewer)),
            "at": cursor[0] if cursor else None,
            "id": cursor[1] if cursor else None,
            "limit": PEOPLE_PAGE + 1,
        },
    )
    shown = found[:PEOPLE_PAGE]
    more = len(found) > PEOPLE_PAGE
    return Page(shown, encode_cursor(shown[-1]["at"], shown[-1]["id"]) if more else None)


def blocked_by(account: "Account") -> list[dict[str, Any]]:
    """Return whom an account blocked, the latest first."""
    return database.rows(
        "SELECT p.id, p.handle, p.display_name AS name, p.avatar, b.created_at AS at"
        " FROM graph_block b JOIN accounts_account p ON p.id = b.blocked_id"
        " WHERE b.blocker_id = %s ORDER BY b.created_at DESC",
        (account.id,),
    )


def muted_by(account: "Account") -> list[dict[str, Any]]:
    """Return whom an account muted, with `until` or None for good."""
    return database.rows(
        "SELECT p.id, p.handle, p.display_name AS name, p.avatar, m.until"
        " FROM graph_mute m JOIN accounts_account p ON p.id = m.muted_id"
        " WHERE m.muter_id = %s AND (m.until IS NULL OR m.until > %s) ORDER BY m.created_at DESC",
        (account.id, clock.now()),
    )


def lists_with_counts(account: "Account") -> list[dict[str, Any]]:
    """Return an account's lists with how many people are on each."""
    return database.rows(
        "SELECT l.id, l.name, (SELECT count(*) FROM graph_people_list_member m"
        " WHERE m.people_list_id = l.id) AS count"
        " FROM graph_people_list l WHERE l.owner_id = %s ORDER BY l.name",
        (account.id,),
    )


def lists_holding(account: "Account", other: "Account") -> set[UUID]:
    """Return the ids of the account's lists on which somebody is."""
    found = database.values(
        "SELECT m.people_list_id FROM graph_people_list_member m"
        " JOIN graph_people_list l ON l.id = m.people_list_id"
        " WHERE l.owner_id = %s AND m.account_id = %s",
        (account.id, other.id),
    )
    return {row[0] for row in found}


def list_members(found: PeopleList) -> list[dict[str, Any]]:
    """Return the people on a list, by name."""
    return database.rows(
        "SELECT p.id, p.handle, p.display_name AS name, p.avatar"
        " FROM graph_people_list_member m JOIN accounts_account p ON p.id = m.account_id"
        " WHERE m.people_list_id = %s ORDER BY p.display_name, p.id",
        (found.id,),
    )
