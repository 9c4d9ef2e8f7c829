"""Publishing, scheduling, editing and withdrawing a note."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from redleaf.accounts.models import Account
from redleaf.core import clock, database, limits
from redleaf.core.errors import Conflict, NotFound
from redleaf.core.events import announce
from redleaf.core.jobs import job, periodic
from redleaf.editions import selectors as editions
from redleaf.media import services as media
from redleaf.notes import events
from redleaf.notes.models import (
    Draft,
    Note,
    NotePicture,
    NoteState,
    NoteTally,
    NoteVersion,
)
from redleaf.notes.services import topics
from redleaf.notes.services.content import Content, check
from redleaf.notes.services.drafts import file_ids

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
        note.draft_id = draft.id if draft is not None else None
        if content.scheduled_at is not None:
            note.state, note.published_at = NoteState.SCHEDULED, None
            note.scheduled_at = content.scheduled_at
        _fill(note, content)
        _insert(note)
        _store_parts(note, content)
        _store_version(note, content)
        if draft is not None:
            media.release(file_ids(draft.content), kind="draft", id=draft.id)
        if note.is_published:
            _appear(note)
    return note


def edit_note(account: Account, note: Note, *, content: Content, number: int) -> Note:
    """Replace a note's content; a changed wording is kept as a version that readers can compare.

    `number` is the version that the author began from: when another tab was faster, Conflict. A
    scheduled note that is given no moment any more is published now. Raises NotFound for somebody
    else's or a withdrawn note, ContentRefused, Conflict.
    """
    if note.author_id != account.id or note.state == NoteState.WITHDRAWN:
        raise NotFound()
    if note.is_published:
        content = replace(content, scheduled_at=None)
    content = check(account, content, note=note)
    with transaction.atomic():
        locked = Note.objects.select_for_update().get(id=note.id)
        if locked.number != number or locked.state != note.state:
            raise Conflict(
                "edited_elsewhere",
                _("This note was changed in another window. Load it again to see the change."),
            )
        before = _wording(locked)
        audience_before = (locked.audience, locked.audience_list_id)
        mentioned_before = set(locked.mentions.values_list("account_id", flat=True))
        files_before = _files(locked)
        _fill(locked, content)
        named = _store_parts(locked, content)
        media.release(files_before - _files(locked), kind="note", id=locked.id)
        _leave_drafts(account, locked)
        if locked.is_published:
            if _wording(locked) != before:
                locked.number += 1
                locked.edited_at = clock.now()
                _store_version(locked, content)
            locked.save(update_fields=[*_FILLED, "number", "edited_at"])
            refresh_tally(locked)
            topics.count_topics(named)
            announce(events.NoteEdited(locked.id, account.id))
            if (locked.audience, locked.audience_list_id) != audience_before:
                announce(events.NoteVisibilityChanged(locked.id, account.id))
            _tell_mentioned(locked, mentioned_before)
        else:
            locked.versions.all().delete()
            _store_version(locked, content)
            locked.scheduled_at = content.scheduled_at or locked.scheduled_at
            locked.save(update_fields=[*_FILLED, "scheduled_at"])
            if content.scheduled_at is None:
                _come_out(locked)
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
        assets = _files(note)
        topic_ids = list(note.note_topics.values_list("topic_id", flat=True))
        _leave_drafts(account, note)
        note.pictures.all().delete()
        note.note_topics.all().delete()
        note.mentions.all().delete()
        note.board_items.update(note=None)
        NoteTally.objects.filter(note=note).update(listed=False)
        media.release(assets, kind="note", id=note.id)
        topics.count_topics(topic_ids)
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
        _come_out(note)
    return True


def _come_out(note: Note) -> None:
    """Publish a locked, scheduled note."""
    note.state = NoteState.PUBLISHED
    note.published_at = clock.now()
    note.save(update_fields=["state", "published_at"])
    _appear(note)


def _leave_drafts(account: Account, note: Note) -> None:
    """Delete the drafts of changes to a note, and let go of files that only they had."""
    for draft in Draft.objects.filter(author=account, note=note):
        draft_id, files = draft.id, file_ids(draft.content)
        draft.delete()
        media.release(files, kind="draft", id=draft_id)


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


def _store_parts(note: Note, content: Content) -> set[UUID]:
    """Store pictures, topics and mentions; return every topic that the note named before or names
    now."""
    kept = {choice.asset_id for choice in content.pictures}
    if content.video_id is not None:
        kept.add(content.video_id)
    note.pictures.all().delete()
    NotePicture.objects.bulk_create(
        NotePicture(note=note, asset_id=choice.asset_id, position=position, alt=choice.alt)
        for position, choice in enumerate(content.pictures)
    )
    media.attach(kept, kind="note", id=note.id)
    topics.store_mentions(note)
    return topics.store_topics(note)


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


def _files(note: Note) -> set[UUID]:
    files = set(note.pictures.values_list("asset_id", flat=True))
    return files | {note.video_id} if note.video_id else files


def _wording(note: Note) -> tuple[object, ...]:
    pictures = tuple(note.pictures.values_list("asset_id", "alt"))
    return (note.title, note.body, note.kind, note.video_id, pictures)


def _appear(note: Note) -> None:
    """Do what happens when a note is first seen by others."""
    refresh_tally(note)
    topics.count_topics(note.note_topics.values_list("topic_id", flat=True))
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


def _insert(note: Note) -> None:
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        if note.draft_id is None or not Note.objects.filter(draft_id=note.draft_id).exists():
            raise
        raise _published_already() from None


def _take_draft(account: Account, draft: Draft) -> None:
    removed, _kinds = Draft.objects.filter(id=draft.id, author=account).delete()
    if not removed:
        raise _published_already()


def _published_already() -> Conflict:
    return Conflict(
        "draft_gone", _("This draft has already been published or deleted, in another window.")
    )


__all__ = [
    "edit_note",
    "publish_due_notes",
    "publish_note",
    "publish_now",
    "publish_scheduled_note",
    "refresh_tally",
    "withdraw_note",
]
