"""What the demo's members did, one act after another, each at its own time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from redleaf.accounts.models import Account
from redleaf.core import clock, database, events
from redleaf.core.errors import Conflict, Denied, NotFound
from redleaf.demo.loading import reading
from redleaf.demo.loading.people import SIGN_INS, key_of
from redleaf.graph import selectors as graph
from redleaf.graph import services as graph_services
from redleaf.inbox import services as inbox
from redleaf.notes.models import MarkKind
from redleaf.notes.models import Note as NoteRow
from redleaf.notes.services import boards, comments, marks, publish
from redleaf.notes.services.content import Content, PictureChoice

LATEST = timedelta(minutes=2)  # nothing of the demo happens later than this before now
READ_UNTIL = timedelta(hours=30)  # what came before, its reader has seen
CHANCES = {MarkKind.LIKE: 0.95, MarkKind.SAVE: 0.5, MarkKind.HELPFUL: 0.42, MarkKind.SHARE: 0.12}


@dataclass(frozen=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    do: Callable[[], object]


@dataclass
class World:
    """The members, the notes that are out by now, and who draws the lots."""

    people: dict[str, Account]
    assets: dict[tuple[str, int], UUID]
    now: datetime
    random: Random
    notes: dict[str, UUID]
    films: dict[str, UUID] = field(default_factory=dict)
    quiet_marks: list[tuple[Account, str, str, datetime]] = field(default_factory=list)


def acts_of(content: reading.Content, world: World) -> list[Act]:
    """Return every act of the content in the order of time."""
    acts: list[Act] = []
    for note in content.notes:
        at = world.now - timedelta(days=note.days_ago)
        acts.append(Act(at, _publish(note, world)))
        acts.extend(_comments(note, at, world))
        acts.extend(_marks(note, at, world))
    newest = max((act.at for act in acts), default=world.now)
    acts.extend(Act(newest, _board(board, world)) for board in content.boards)
    return sorted(acts, key=lambda act: act.at)


def perform(acts: list[Act], world: World, say: Callable[[int, int], None]) -> None:
    """Do the acts, each with its clock, and let everybody hear of them at that time."""
    read = False
    for place, act in enumerate(acts, 1):
        if not read and act.at > world.now - READ_UNTIL:
            _read_everything(world)
            read = True
        with clock.frozen(act.at):
            act.do()
            events.deliver_due(100)
        say(place, len(acts))
    marks.store_past(
        (account.id, world.notes[key], kind, at) for account, key, kind, at in world.quiet_marks
    )


def _publish(note: reading.Note, world: World) -> Callable[[], None]:
    def act() -> None:
        author = world.people[note.author]
        present = NoteRow.objects.filter(author=author, title=note.title).first()
        if present is None:
            present = publish.publish_note(author, content=_content(note, author, world))
        world.notes[note.key] = present.id

    return act


def _content(note: reading.Note, author: Account, world: World) -> Content:
    return Content(
        kind=note.kind,
        title=note.title,
        body=note.body,
        language=note.language,
        audience=note.audience,
        audience_list_id=_list_id(author, note.people_list, world),
        channel=note.channel,
        place=note.place,
        place_detail=note.place_detail,
        cover_design=note.cover_design,
        pictures=tuple(
            PictureChoice(world.assets[(note.key, place)], picture.alt)
            for place, picture in enumerate(note.pictures)
            if note.key not in world.films
        ),
        video_id=world.films.get(note.key),
    )


def _list_id(author: Account, name: str, world: World) -> UUID | None:
    """Return the author's list of this name, with the first people whom the author follows."""
    if not name:
        return None
    present = graph.people_lists(author).filter(name=name).first()
    if present is None:
        present = graph_services.create_list(author, name=name)
        followed = set(graph.followed_ids(author))
        for person in [item for item in world.people.values() if item.id in followed][:4]:
            graph_services.add_to_list(author, present, person)
    return present.id


def _comments(note: reading.Note, published: datetime, world: World) -> list[Act]:
    made: dict[int, UUID] = {}

    def write(place: int, comment: reading.Comment) -> Callable[[], None]:
        def act() -> None:
            parent = made.get(comment.reply_to) if comment.reply_to is not None else None
            made[place] = comments.post_comment(
                world.people[comment.author],
                world.notes[note.key],
                body=comment.body,
                parent_id=parent,
                key=key_of("comment", note.key, place),
            ).id

        return act

    latest = world.now - LATEST
    return [
        Act(min(published + timedelta(hours=comment.hours_after), latest), write(place, comment))
        for place, comment in enumerate(note.comments)
    ]


def _marks(note: reading.Note, published: datetime, world: World) -> list[Act]:
    """Members like what is warm, sooner rather than later, and what is near their interests.

    Authors as whom nobody can sign in hear nothing of it: their notices would never be read.
    """
    found: list[Act] = []
    is_heard = note.author in SIGN_INS or note.audience != "public"
    span = (world.now - LATEST - published).total_seconds()
    for handle, person in world.people.items():
        if handle == note.author:
            continue
        near = 1.25 if note.channel in person.interests else 0.8
        for kind, chance in CHANCES.items():
            if world.random.random() < note.warmth * chance * near:
                at = published + timedelta(seconds=span * world.random.random() ** 2)
                if is_heard:
                    found.append(Act(at, _mark(person, note.key, kind, world)))
                else:
                    world.quiet_marks.append((person, note.key, kind, at))
    return found


def _mark(person: Account, key: str, kind: str, world: World) -> Callable[[], None]:
    def act() -> None:
        try:
            marks.mark(person, world.notes[key], kind=kind)
        except NotFound:
            return  # not for this member: a note for followers, a list, or nobody

    return act


def _board(board: reading.Board, world: World) -> Callable[[], None]:
    def act() -> None:
        owner = world.people[board.owner]
        try:
            made = boards.create_board(
                owner,
                title=board.title,
                description=board.description,
                visibility=board.visibility,
            )
        except Conflict:
            return  # there already
        for key in reversed(board.notes):
            boards.add_to_board(owner, made.id, world.notes[key])
        for handle in board.members:
            try:
                boards.invite(owner, made, world.people[handle])
            except (Denied, NotFound):
                continue

    return act


def _read_everything(world: World) -> None:
    for person in world.people.values():
        inbox.mark_read(person)
    database.execute(
        "UPDATE inbox_notice SET read_at = least(read_at, updated_at + interval '2 hours')"
        " WHERE read_at IS NOT NULL"
    )
