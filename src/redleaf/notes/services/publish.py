"""Publishing, scheduling, editing and withdrawing a note."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from redleaf.accounts.models import Account
from redleaf.core import clock, database, limits
from redleaf.core.errors import Conflict, NotFound
from redleaf.core.events import announce
from redleaf.core.jobs import job, periodic
from redleaf.editions import selectors as editions
from redleaf.graph.models import Audience
from redleaf.media import services as media
from redleaf.notes import events
from redleaf.notes.models import (
    Draft,
    Note,
    NoteMention,
    NotePicture,
    NoteState,
    NoteTally,
    NoteTopic,
    NoteVersion,
    Topic,
    TopicAlias,
)
from redleaf.notes.services.content import Content, check, handles_in, topics_in

if TYPE_CHECKING:
    from collections.abc import Iterable

PUBLISH_RATE = "30/h"


def publish_note(account: Account, *, content: Content, draft: Draft | None = None) -> Note:
    """Publish the content, or schedule it when it names a moment; the draft goes with it.

    Guarantees that a draft becomes at most one note, however often and from how many tabs this is
    called: the second call gets Conflict. Raises ContentRefused, Conflict, TooMany.
    """
    content = check(account, content)
    with transaction.atomic():
        if draft is not None:
            _take_draft(account, draft)
        limits.hit("publish", str(account.id), rate=PUBLISH_RATE)
        note = Note(author=account, state=NoteState.PUBLISHED, published_at=clock.now())
        if content.scheduled_at is not None:
            note.state, note.published_at = NoteState.SCHEDULED, None
            note.scheduled_at = content.scheduled_at
        _fill(note, content)
        note.save(force_insert=True)
        _store_parts(note, content)
        _store_version(note, content)
        if note.is_published:
            _appear(note)
    return note


def edit_note(account: Account, note: Note, *, content: Content, number: int) -> Note:
    """Replace a note's content; a changed wording is kept as a version that readers can compare.

    `number` is the version that the author began from: when another tab was faster, Conflict.
    Raises NotFound for somebody else's or a withdrawn note, ContentRefused, Conflict.
    """
    if note.author_id != account.id or note.state == NoteState.WITHDRAWN:
        raise NotFound()
    if note.is_published:
        content = _without_schedule(content)
    content = check(account, content)
    with transaction.atomic():
        locked = Note.objects.select_for_update().get(id=note.id)
        if locked.number != number or locked.state != note.state:
            raise Conflict(
                "edited_elsewhere",
                _("This note was changed in another window. Load it again to see the change."),
            )
        before = _wording(locked)
        audience_before = (locked.audience, locked.audience_list_id)
        _fill(locked, content)
        if content.scheduled_at is not None:
            locked.scheduled_at = content.scheduled_at
        mentioned_before = set(locked.mentions.values_list("account_id", flat=True))
        _store_parts(locked, content)
        if _wording(locked) != before and locked.is_published:
            locked.number += 1
            locked.edited_at = clock.now()
            _store_version(locked, content)
        elif not locked.is_published:
            NoteVersion.objects.filter(note=locked).delete()
            _store_version(locked, content)
        locked.save(update_fields=[*_FILLED, "number", "edited_at", "scheduled_at"])
        Draft.objects.filter(author=account, note=locked).delete()
        if locked.is_published:
            refresh_tally(locked)
            announce(events.NoteEdited(locked.id, account.id))
            if (locked.audience, locked.audience_list_id) != audience_before:
                announce(events.NoteVisibilityChanged(locked.id, account.id))
            _tell_mentioned(locked, mentioned_before)
    return locked


def withdraw_note(account: Account, note: Note) -> None:
    """Take a note away for good: nobody but the author's export has its words any more.

    Pictures are given to the sweep, boards keep a tombstone. Raises NotFound for another's note.
    """
    if note.author_id != account.id:
        raise NotFound()
    with transaction.atomic():
        changed = Note.objects.filter(id=note.id).exclude(state=NoteState.WITHDRAWN)
        if not changed.update(state=NoteState.WITHDRAWN, withdrawn_at=clock.now()):
            return
        assets = [*note.pictures.values_list("asset_id", flat=True)]
        if note.video_id:
            assets.append(note.video_id)
        topic_ids = list(note.note_topics.values_list("topic_id", flat=True))
        note.pictures.all().delete()
        note.note_topics.all().delete()
        note.mentions.all().delete()
        note.board_items.update(note=None)
        NoteTally.objects.filter(note=note).update(listed=False)
        media.release(assets)
        _count_topics(topic_ids)
        announce(events.NoteWithdrawn(note.id, account.id))


def publish_now(account: Account, note: Note) -> None:
    """Publish a scheduled note at once. Raises NotFound for another's, Conflict when it is out."""
    if note.author_id != account.id:
        raise NotFound()
    if not _publish_scheduled(note.id):
        raise Conflict("not_scheduled", _("This note is no longer waiting."))


@periodic("* * * * *")
def publish_due_notes() -> None:
    """Find the scheduled notes whose moment has come and publish each in its own job."""
    due = Note.objects.filter(
        state=NoteState.SCHEDULED, scheduled_at__lte=clock.now() + timedelta(seconds=65)
    )
    for note_id, moment in due.values_list("id", "scheduled_at"):
        with transaction.atomic():
            publish_scheduled_note.defer_at(moment, note_id=str(note_id))


@job()
def publish_scheduled_note(note_id: str) -> None:
    """Publish one scheduled note if it still is one and its moment has come."""
    _publish_scheduled(UUID(note_id), not_before=clock.now() + timedelta(seconds=1))


def _publish_scheduled(note_id: UUID, not_before: object | None = None) -> bool:
    with transaction.atomic():
        waiting = Note.objects.select_for_update().filter(id=note_id, state=NoteState.SCHEDULED)
        if not_before is not None:
            waiting = waiting.filter(scheduled_at__lte=not_before)
        note = waiting.first()
        if note is None:
            return False
        note.state = NoteState.PUBLISHED
        note.published_at = clock.now()
        note.save(update_fields=["state", "published_at"])
        _appear(note)
    return True


_FILLED = [
    "kind",
    "title",
    "body",
    "language",
    "audience",
    "audience_list",
    "channel",
    "place",
    "place_detail",
    "reply_policy",
    "cover_design",
    "video",
]


def _fill(note: Note, content: Content) -> None:
    note.kind = content.kind
    note.title = content.title
    note.body = content.body
    note.language = content.language
    note.audience = content.audience
    note.audience_list_id = content.audience_list_id
    note.channel = editions.channel_by_slug(content.channel) if content.channel else None
    note.place = editions.place_by_slug(content.place) if content.place else None
    note.place_detail = content.place_detail
    note.reply_policy = content.reply_policy
    note.cover_design = content.cover_design
    note.video_id = content.video_id


def _store_parts(note: Note, content: Content) -> None:
    """Store pictures, topics and mentions; what was taken out is released."""
    kept = {choice.asset_id for choice in content.pictures} | {content.video_id}
    gone = [
        asset_id
        for asset_id in note.pictures.values_list("asset_id", flat=True)
        if asset_id not in kept
    ]
    note.pictures.all().delete()
    NotePicture.objects.bulk_create(
        NotePicture(note=note, asset_id=choice.asset_id, position=position, alt=choice.alt)
        for position, choice in enumerate(content.pictures)
    )
    media.attach([item for item in kept if item is not None], kind="note", id=note.id)
    media.release(gone)
    _store_topics(note)
    _store_mentions(note)


def _store_topics(note: Note) -> None:
    names = topics_in(note.body)
    aliases = dict(TopicAlias.objects.filter(key__in=names).values_list("key", "topic_id"))
    wanted: set[UUID] = set()
    for key, name in names.items():
        topic_id = aliases.get(key)
        if topic_id is None:
            topic, _is_new = Topic.objects.get_or_create(key=key, defaults={"name": name})
            topic_id = topic.canonical_id or topic.id
        wanted.add(topic_id)
    present = set(note.note_topics.values_list("topic_id", flat=True))
    note.note_topics.filter(topic_id__in=present - wanted).delete()
    NoteTopic.objects.bulk_create(
        [NoteTopic(note=note, topic_id=topic_id) for topic_id in wanted - present],
        ignore_conflicts=True,
    )
    if note.is_published:
        _count_topics(present | wanted)


def _store_mentions(note: Note) -> None:
    handles = handles_in(note.body)
    wanted = set(
        Account.objects.filter(handle__in=handles, is_active=True, deleted_at=None)
        .exclude(id=note.author_id)
        .values_list("id", flat=True)
    )
    present = set(note.mentions.values_list("account_id", flat=True))
    note.mentions.filter(account_id__in=present - wanted).delete()
    NoteMention.objects.bulk_create(
        [NoteMention(note=note, account_id=account_id) for account_id in wanted - present],
        ignore_conflicts=True,
    )


def _count_topics(topic_ids: "Iterable[UUID]") -> None:
    """Set the topics' counters from the notes that everybody may see, in a fixed order of locks."""
    database.execute(
        "WITH target AS (SELECT id FROM notes_topic WHERE id = ANY(%s) ORDER BY id FOR UPDATE)"
        " UPDATE notes_topic t SET note_count = (SELECT count(*) FROM notes_note_topic x"
        "  JOIN notes_note_tally y ON y.note_id = x.note_id"
        "  WHERE x.topic_id = t.id AND y.listed)"
        " FROM target WHERE t.id = target.id",
        (list(topic_ids),),
    )


def _store_version(note: Note, content: Content) -> None:
    NoteVersion.objects.create(
        note=note,
        number=note.number,
        title=note.title,
        body=note.body,
        pictures=[
            {"asset": str(choice.asset_id), "alt": choice.alt} for choice in content.pictures
        ],
    )


def _wording(note: Note) -> tuple[object, ...]:
    pictures = tuple(note.pictures.values_list("asset_id", "alt"))
    return (note.title, note.body, note.kind, note.video_id, pictures)


def _appear(note: Note) -> None:
    """Do what happens when a note is first seen by others."""
    refresh_tally(note)
    _count_topics(note.note_topics.values_list("topic_id", flat=True))
    announce(events.NotePublished(note.id, note.author_id))
    _tell_mentioned(note, set())


def _tell_mentioned(note: Note, known: set[UUID]) -> None:
    for account_id in note.mentions.values_list("account_id", flat=True):
        if account_id not in known:
            announce(events.NoteMentioned(note.id, note.author_id, account_id))


def refresh_tally(note: Note) -> None:
    """Bring the tally's copied facts up to date; its counters are left alone."""
    database.execute(
        "INSERT INTO notes_note_tally AS t (note_id, author_id, channel_id, listed, published_at,"
        " card, like_count, helpful_count, save_count, share_count, comment_count)"
        " SELECT n.id, n.author_id, n.channel_id, n.state = 'published' AND n.audience = 'public'"
        "  AND a.is_active AND a.deleted_at IS NULL, n.published_at, 1, 0, 0, 0, 0, 0"
        " FROM notes_note n JOIN accounts_account a ON a.id = n.author_id WHERE n.id = %s"
        " ON CONFLICT (note_id) DO UPDATE SET channel_id = excluded.channel_id,"
        " listed = excluded.listed, published_at = excluded.published_at, card = t.card + 1",
        (note.id,),
    )


def _take_draft(account: Account, draft: Draft) -> None:
    removed, _kinds = Draft.objects.filter(id=draft.id, author=account).delete()
    if not removed:
        raise Conflict(
            "draft_gone", _("This draft has already been published or deleted, in another window.")
        )


def _without_schedule(content: Content) -> Content:
    from dataclasses import replace

    return replace(content, scheduled_at=None)


__all__ = [
    "Audience",
    "edit_note",
    "publish_due_notes",
    "publish_note",
    "publish_now",
    "publish_scheduled_note",
    "refresh_tally",
    "withdraw_note",
]
