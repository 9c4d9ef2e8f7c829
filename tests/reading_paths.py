"""Every address under which somebody reads, and what it has to show to whom.

A new route has to be put here: as a read path, or as exempt with a reason.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from redleaf.core.paging import encode_cursor
from tests.reading_site import CHANNEL, PLACE, TOPIC, WORD, Shared, Site

FAR = datetime(2200, 1, 1, tzinfo=UTC)
LAST = UUID(int=(1 << 127) - 1)
BY_TIME = encode_cursor(FAR, LAST)  # a cursor before everything: the first page as a fragment
FRAGMENT = {"HX-Request": "true"}

Parts = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Direct:
    """An address of one note, for those who may read it, or with `own` for its author alone.

    `shows` is the word that it must show to them, "" when it only has to answer. `waiting` says
    that the author also reads a note there that is not out yet.
    """

    route: str
    parts: Callable[[Shared], Parts]
    shows: str = "title"
    own: bool = False
    members: bool = False  # a visitor is asked to sign in first
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    waiting: bool = False

    def addresses(self, item: Shared) -> list[str]:
        return [reverse(self.route, kwargs=parts) + self.query for parts in self.parts(item)]


@dataclass(frozen=True)
class Listing:
    """An address that shows several notes: exactly those that `expected` names, by `shows`."""

    route: str
    expected: Callable[[Site, str], set[str]]
    parts: Callable[[Site], dict[str, Any]] = lambda _site: {}
    shows: str = "title"
    query: str = ""
    fragment: str | None = None  # the cursor with which htmx asks for the same
    is_exact: bool = True
    is_for_all: bool = False  # the same for every reader, as caches hold it: what a visitor sees

    def addresses(self, site: Site) -> list[tuple[str, dict[str, str]]]:
        path = reverse(self.route, kwargs=self.parts(site))
        found = [(path + self.query, dict[str, str]())]
        if self.fragment is not None:
            glue = "&" if self.query else "?"
            found.append((f"{path}{self.query}{glue}after={self.fragment}", FRAGMENT))
        return found


def _note(item: Shared) -> Parts:
    return [{"note_id": item.note.id}]


def _comment(item: Shared) -> Parts:
    return [{"comment_id": item.comment_id}] if item.state != "scheduled" else []


def _both_comments(item: Shared) -> Parts:
    if item.state == "scheduled":
        return []
    return [{"comment_id": item.comment_id}, {"comment_id": item.reply_id}]


def _files(*names: str) -> Callable[[Shared], Parts]:
    def parts(item: Shared) -> Parts:
        for name in names:
            asset = item.assets[name]
            for entry in (*asset.manifest, *asset.captions):
                path = entry["path"].partition(f"{asset.ref}/")[2]
                yield {"asset_id": asset.id, "name": path}

    return parts


def _talk_files(item: Shared) -> Parts:
    return _files("comment picture")(item) if item.state != "scheduled" else []


DIRECT = (
    Direct("notes:note", _note, waiting=True),
    Direct(
        "notes:note", _note, query="?overlay=1", headers=(("HX-Request", "true"),), waiting=True
    ),
    Direct("notes:note", _note, "comment", query="?sort=newest"),
    Direct("notes:history", _note, "old title"),
    Direct("notes:comments", _note, "comment"),
    Direct("notes:comments", _note, "comment", query="?sort=newest"),
    Direct("notes:save", _note, "", members=True),
    Direct("notes:edit", _note, own=True, waiting=True),
    Direct("notes:withdraw", _note, own=True, waiting=True),
    Direct("notes:comment_address", _both_comments, "comment"),
    Direct("notes:comment_replies", _comment, "reply"),
    Direct("notes:comment_reply", _comment, "comment", members=True),
    Direct("notes:comment_edit", _comment, "comment", own=True),
    Direct("notes:comment_delete", _comment, "", own=True),
    Direct("notes:comment_hide", _comment, "", own=True),
    Direct("media:variant", _files("picture", "video"), "bytes", waiting=True),
    Direct("media:variant", _talk_files, "bytes"),
    Direct("media:state", lambda item: [{"asset_id": item.assets["video"].id}], "video", own=True),
    Direct("api:note", _note),
    Direct("api:comments", _note, "comment"),
)


def _listed(site: Site, reader: str) -> set[str]:
    return site.listed(reader)


def _readable(site: Site, reader: str) -> set[str]:
    return site.readable(reader)


def _everybodys(site: Site, _reader: str) -> set[str]:
    return site.listed("visitor")


def _members(expected: Callable[[Site, str], set[str]]) -> Callable[[Site, str], set[str]]:
    """Return the same for members, nothing for a visitor."""
    return lambda site, reader: expected(site, reader) if reader != "visitor" else set()


def _followed(site: Site, reader: str) -> set[str]:
    whom = {"lin": {"mei"}, "antoine": {"mei"}, "grace": {"bo", "leaver", "suspect"}}.get(
        reader, set()
    )
    found = set().union(*(site.by(author) for author in whom)) if whom else set()
    return (found & site.readable(reader)) - site.quieted(reader)


def _by(author: str) -> Callable[[Site, str], set[str]]:
    def expected(site: Site, reader: str) -> set[str]:
        apart = {reader, author} == {"mei", "wei"}
        return set() if apart else site.by(author) & site.readable(reader)

    return expected


def _told(site: Site, reader: str) -> set[str]:
    """Return the notes of which the inbox tells: everybody is mentioned in all of them."""
    return site.readable(reader) - site.by(reader) if reader in {"lin", "antoine"} else set()


def _handle(author: str) -> Callable[[Site], dict[str, Any]]:
    return lambda site: {"handle": site.people[author].handle}


def _public_by(author: str) -> Callable[[Site, str], set[str]]:
    return lambda site, _reader: site.by(author) & site.listed("visitor")


def _topic(_site: Site) -> dict[str, Any]:
    return {"key": TOPIC}


_AUTHORS = ("mei", "wei", "bo", "leaver", "suspect")
LISTINGS = (
    Listing("discovery:explore", _listed),
    Listing("discovery:explore", _listed, query="?sort=new", fragment=BY_TIME),
    Listing("discovery:explore", _listed, query=f"?channel={CHANNEL}"),
    Listing("discovery:explore", _listed, query=f"?channel={CHANNEL}&sort=new", fragment=BY_TIME),
    Listing("discovery:steer", _members(_listed)),
    Listing("discovery:following", _followed, fragment=BY_TIME),
    Listing("discovery:nearby", lambda *_: set()),  # is off; its own tests turn it on
    Listing("discovery:search", _listed, query=f"?q={WORD}"),
    Listing("discovery:search", _listed, query=f"?q={WORD}&kind=notes&sort=new&with=video"),
    Listing("discovery:search", _listed, query=f"?q={WORD}&kind=notes&sort=saved&place={PLACE}"),
    Listing("discovery:search", lambda *_: set(), query="?q=topic&kind=topics"),
    Listing("discovery:suggest", _readable, query=f"?q={WORD}", is_exact=False),
    Listing("notes:topic", _readable, _topic, fragment=BY_TIME),
    Listing("notes:place", _readable, lambda _site: {"slug": PLACE}, fragment=BY_TIME),
    Listing("notes:saved", _members(_readable), fragment=BY_TIME),
    Listing("notes:liked", _members(_readable), fragment=BY_TIME),
    Listing("notes:board", _readable, lambda site: {"board_id": site.board.id}),
    Listing("notes:boards", lambda *_: set()),
    Listing("notes:drafts", lambda _s, reader: {"waiting", "public"} if reader == "mei" else set()),
    Listing("notes:compose", lambda *_: set()),
    Listing(
        "notes:draft",
        lambda _site, reader: {"public"} if reader == "mei" else set(),
        lambda site: {"draft_id": site.draft_id},
    ),
    Listing("notes:suggest", lambda *_: set(), query="?q=%23top"),
    Listing("notes:suggest", lambda *_: set(), query="?q=@me"),
    *(Listing("notes:profile", _by(one), _handle(one), fragment=BY_TIME) for one in _AUTHORS),
    Listing("notes:profile", lambda *_: set(), _handle("keeper"), query="?show=boards"),
    Listing("notes:profile", lambda *_: set(), _handle("mei"), query="?show=boards"),
    Listing("notes:me", lambda site, reader: _by(reader)(site, reader)),
    Listing("inbox:inbox", _told, is_exact=False),
    Listing("api:notes", _listed),
    Listing("api:notes", _listed, query=f"?channel={CHANNEL}&sort=new"),
    Listing("api:following", _followed),
    Listing("api:search", _listed, query=f"?q={WORD}"),
    Listing("api:notes_on", _readable, _topic),
    *(Listing("api:notes_of", _by(one), _handle(one)) for one in _AUTHORS),
    *(Listing("api:person", lambda *_: set(), _handle(one)) for one in _AUTHORS),
    *(
        Listing("api:person_feed", _public_by(one), _handle(one), is_for_all=True)
        for one in _AUTHORS
    ),
    Listing("api:topic_feed", _everybodys, _topic, is_for_all=True),
    Listing("api:sitemap", lambda *_: set()),
    Listing(
        "api:sitemap_part",
        _everybodys,
        lambda _s: {"kind": "notes", "number": 1},
        shows="ref",
        is_for_all=True,
    ),
    Listing("api:sitemap_part", lambda *_: set(), lambda _s: {"kind": "people", "number": 1}),
    Listing("api:sitemap_part", lambda *_: set(), lambda _s: {"kind": "topics", "number": 1}),
    Listing("graph:people", lambda *_: set(), lambda _s: {"handle": "mei", "which": "followers"}),
    Listing("graph:person_lists", lambda *_: set(), lambda _s: {"handle": "mei"}),
    Listing("graph:own_followers", lambda *_: set()),
)

POST = "answers POST only"
SIGN_IN = "is about the reader's own sign-in"
OWN = "shows only what the reader chose or is oneself"
FIXED = "says the same to everybody"
EXEMPT = {
    **dict.fromkeys(
        (
            "web:set_language",
            "web:set_theme",
            "media:upload",
            "media:retry",
            "media:captions",
            "graph:relate",
            "notes:autosave",
            "notes:preview",
            "notes:delete_draft",
            "notes:comment",
            "notes:reply_rules",
            "notes:comment_like",
            "notes:comment_unhide",
            "notes:comment_pin",
            "discovery:welcomed",
            "discovery:personal",
            "discovery:steer_preview",
            "discovery:not_interested",
            "discovery:undo_not_interested",
            "discovery:less",
            "discovery:more_of",
            "discovery:more_new_voices",
            "discovery:fewer_new_voices",
            "discovery:seen",
            "inbox:read",
            "demo:sign_in",
        ),
        POST,
    ),
    **dict.fromkeys(
        (
            "account_start_over",
            "account_handle",
            "account_reopen",
            "usersessions_list",
            "welcome",
            "outbox",
            "outbox_mail",
        ),
        SIGN_IN,
    ),
    **dict.fromkeys(
        (
            "settings",
            "settings_profile",
            "settings_handle",
            "settings_appearance",
            "settings_close",
            "privacy:privacy",
            "graph:quieted",
            "graph:lists",
            "graph:list",
            "discovery:channels",
            "discovery:own_reach",
            "discovery:own_searches",
            "notes:filters",
            "inbox:unread",
        ),
        OWN,
    ),
    **dict.fromkeys(
        (
            "web:offline",
            "web:style",
            "web:favicon",
            "web:manifest",
            "web:service_worker",
            "discovery:hot",
            "discovery:ranking",
            "discovery:reach",
            "discovery:reach_csv",
            "discovery:ranking_key",
            "discovery:ranking_versions",
            "api:openapi",
            "api:nothing",
            "api:robots",
            "ops:health",
            "ops:live",
            "ops:ready",
            "ops:metrics",
        ),
        FIXED,
    ),
    "discovery:why": "is of a note in a list that was served; discovery's own tests hide that note",
    "notes:mark": "leads on to the note's page, and changes something by POST",
    "notes:schedule": "leads on to the note's page, and changes something by POST",
    "media:portrait": "is a face, which everybody sees; tested with media",
    "media:avatar": "takes a portrait by POST, and leads back to the settings",
    "notes:cover": "is of notes without pictures, which this site has none of; tested with notes",
    "notes:board_edit": "is a form for the board's owner, without notes",
    "notes:board_delete": "is a form for the board's owner, without notes",
    "notes:board_people": "is a form for the board's owner, without notes",
    "notes:board_leave": "is a form for the board's members, without notes",
    "notes:board_remove": "takes a note from a board by POST",
}
# Rooms of others, whose pages hold no notes.
EXEMPT_BEGINNINGS = ("account_", "mfa_")
