"""A site in which every kind of note, for every kind of reader, can be looked for by its words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from redleaf.accounts import services as accounts
from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, ids
from redleaf.graph import services as graph
from redleaf.graph.models import Audience
from redleaf.media import services as media
from redleaf.media import store
from redleaf.media.models import Asset, AssetState
from redleaf.notes.models import Board, BoardItem, Mark, Note
from redleaf.notes.services import comments, drafts, publish
from redleaf.notes.services.content import Content, PictureChoice

VISITOR = "visitor"
CAST = ("mei", "lin", "antoine", "grace", "wei", "bo", "teen", "keeper")
READERS = (VISITOR, *CAST)
CHANNEL, PLACE, TOPIC, WORD = "coffee", "toronto", "shared", "pebble"
MENTIONS = "@lin @antoine @grace @wei @bo_chen @teen @keeper"
PICTURE_FILES = ("360.avif", "360.webp", "360.jpg")
VIDEO_FILES = (
    *("video.mp4", "hls/master.m3u8", "hls/high.m3u8", "hls/high-000.ts"),
    *("360.webp", "360.jpg"),
)


@dataclass
class Shared:
    """One note, the words to find it by, and who may read it."""

    name: str
    author: str
    seen_by: frozenset[str]
    is_public: bool = False
    state: str = "published"
    note: Note = field(init=False)
    comment_id: UUID | None = None
    reply_id: UUID | None = None
    assets: dict[str, Asset] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return f"zz{self.name}zz"

    @property
    def ref(self) -> str:
        return ids.encode(self.note.id)

    @property
    def is_out(self) -> bool:
        return self.state == "published"

    def words(self) -> dict[str, str]:
        """Return everything by which somebody could learn of the note."""
        found = {
            "title": f"Pebble {self.mark}",
            "old title": f"before{self.mark}",
            "body": f"Body-{self.mark}",
            "topic": f"topic{self.name}",
            "alt": f"Alt-{self.mark}",
            "place": f"Corner-{self.mark}",
            "comment": f"Comment-{self.mark}",
            "reply": f"Reply-{self.mark}",
            "bytes": f"Bytes-{self.mark}",
            "ref": self.ref,
        }
        return found | {name: asset.ref for name, asset in self.assets.items()}


@dataclass
class Site:
    """The whole of it."""

    people: dict[str, Any]
    shared: list[Shared]
    board: Board
    draft_id: UUID

    def named(self, name: str) -> Shared:
        return next(item for item in self.shared if item.name == name)

    def readable(self, reader: str, *, out: bool = True) -> set[str]:
        """Return the names of the notes that this reader may read; published ones unless told."""
        return {
            item.name for item in self.shared if reader in item.seen_by and (item.is_out or not out)
        }

    def listed(self, reader: str) -> set[str]:
        """Return those that a list for everybody shows to this reader."""
        public = {item.name for item in self.shared if item.is_public and item.is_out}
        return (public & self.readable(reader)) - self.quieted(reader)

    def quieted(self, reader: str) -> set[str]:
        return {"muted"} if reader == "grace" else set()

    def by(self, author: str) -> set[str]:
        return {item.name for item in self.shared if item.author == author}


def _shared() -> list[Shared]:
    everybody = frozenset(READERS)
    return [
        Shared("public", "mei", everybody - {"wei"}, is_public=True),
        Shared("followers", "mei", frozenset({"mei", "lin", "antoine"})),
        Shared("mutuals", "mei", frozenset({"mei", "lin"})),
        Shared("onlyme", "mei", frozenset({"mei"})),
        Shared("listed", "mei", frozenset({"mei", "bo"})),  # wei is on the list, and blocked
        Shared("withdrawn", "mei", frozenset(), is_public=True, state="withdrawn"),
        Shared("waiting", "mei", frozenset({"mei"}), is_public=True, state="scheduled"),
        Shared("blocked", "wei", everybody - {"mei"}, is_public=True),
        Shared("muted", "bo", everybody, is_public=True),
        Shared("left", "leaver", frozenset(), is_public=True),
        Shared("suspended", "suspect", frozenset(), is_public=True),
    ]


AUDIENCES = {
    "followers": Audience.FOLLOWERS,
    "mutuals": Audience.MUTUALS,
    "onlyme": Audience.ONLY_ME,
    "listed": Audience.LIST,
}


def build(cast: SimpleNamespace) -> Site:
    """Share every note as its author would; then withdraw, block, mute and close."""
    people = dict(vars(cast))
    people["leaver"] = make_account("leaver", display_name="Leaver")
    people["suspect"] = make_account("suspect", display_name="Suspect")
    graph.unblock(people["mei"], people["wei"])  # until everything is shared
    graph.follow(people["grace"], people["bo"])
    for name in ("leaver", "suspect"):
        graph.follow(people["grace"], people[name])
    chosen = graph.create_list(people["mei"], name="Chosen")
    for name in ("bo", "wei"):
        graph.add_to_list(people["mei"], chosen, people[name])
    shared = _shared()
    for item in shared:
        _share(item, people[item.author], chosen.id)
    board = _board(people["keeper"], shared)
    _mark_all(people, shared)
    draft = drafts.draft_of_note(people["mei"], shared[0].note)
    withdrawn = next(item for item in shared if item.name == "withdrawn").note
    withdrawn.refresh_from_db()
    publish.withdraw_note(people["mei"], withdrawn)
    graph.block(people["mei"], people["wei"])
    accounts.close_account(people["leaver"])
    accounts.suspend_account(people["suspect"])
    for item in shared:
        item.note.refresh_from_db()
    return Site(people, shared, board, draft.id)


def _share(item: Shared, author: Any, list_id: UUID) -> None:
    item.assets = {
        "picture": _asset(author, item.mark, "picture", PICTURE_FILES),
        "video": _asset(author, item.mark, "video", VIDEO_FILES),
        "comment picture": _asset(author, item.mark, "picture", PICTURE_FILES),
    }
    content = Content(
        kind="picture",
        title=f"before{item.mark}",
        body=f"Body-{item.mark} #{TOPIC} #topic{item.name} {MENTIONS}",
        audience=AUDIENCES.get(item.name, Audience.PUBLIC),
        audience_list_id=list_id,
        channel=CHANNEL,
        place=PLACE,
        place_detail=f"Corner-{item.mark}",
        pictures=(PictureChoice(item.assets["picture"].id, f"Alt-{item.mark}"),),
        scheduled_at=clock.now() + timedelta(days=2) if item.state == "scheduled" else None,
    )
    item.note = publish.publish_note(author, content=content)
    item.note = publish.edit_note(
        author, item.note, content=_renamed(content, f"Pebble {item.mark}"), number=1
    )
    # A note with both, so that one note is enough to look for every kind of file.
    Note.objects.filter(id=item.note.id).update(video=item.assets["video"])
    media.attach([item.assets["video"].id], kind="note", id=item.note.id)
    if item.state == "scheduled":
        return
    said = comments.post_comment(
        author,
        item.note.id,
        body=f"Comment-{item.mark}",
        pictures=(PictureChoice(item.assets["comment picture"].id, ""),),
    )
    answer = comments.post_comment(
        author, item.note.id, body=f"Reply-{item.mark}", parent_id=said.id
    )
    item.comment_id, item.reply_id = said.id, answer.id


def _renamed(content: Content, title: str) -> Content:
    from dataclasses import replace

    return replace(content, title=title)


def _asset(owner: Any, mark: str, kind: str, files: Iterable[str]) -> Asset:
    """Store an asset as if it had been made, without making one."""
    formats = {"m3u8": "playlist", "ts": "ts", "mp4": "mp4", "jpg": "jpeg"}
    key = ids.new_id()
    ref = ids.encode(key)
    base = f"assets/{ref[-2:]}/{ref}"
    manifest, captions = [], []
    for name in files:
        store.write(f"{base}/{name}", f"Bytes-{mark}".encode())
        ending = name.rpartition(".")[2]
        found = "hls" if name.endswith("master.m3u8") else formats.get(ending, ending)
        manifest.append(
            {"format": found, "width": 360, "height": 480, "path": f"{base}/{name}", "bytes": 1}
        )
    if kind == "video":
        store.write(f"{base}/captions-en-0.vtt", f"WEBVTT\n\nBytes-{mark}".encode())
        captions.append({"language": "en", "label": "English", "path": f"{base}/captions-en-0.vtt"})
    return Asset.objects.create(
        id=key,
        owner=owner,
        kind=kind,
        state=AssetState.READY,
        width=360,
        height=480,
        manifest=manifest,
        captions=captions,
        duration=3.0 if kind == "video" else None,
    )


def _board(owner: Any, shared: Iterable[Shared]) -> Board:
    """Return a board for everybody with every note on it, as from better days."""
    board = Board.objects.create(owner=owner, title="All of them", visibility="public")
    for item in shared:
        BoardItem.objects.create(board=board, note=item.note, added_by=owner)
    return board


def _mark_all(people: dict[str, Any], shared: Iterable[Shared]) -> None:
    """Let everybody have liked and saved every note, as from better days."""
    Mark.objects.bulk_create(
        Mark(account=people[name], note=item.note, kind=kind)
        for name in CAST
        for item in shared
        for kind in ("like", "save")
    )
