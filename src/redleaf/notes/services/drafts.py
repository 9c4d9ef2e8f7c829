"""Drafts: what an author is writing, saved as typed, valid or not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock, ids
from redleaf.core.errors import Conflict, NotFound, Text
from redleaf.graph.models import Audience
from redleaf.media import services as media
from redleaf.notes.models import CoverDesign, Draft, Note, NoteKind, NoteState, ReplyPolicy
from redleaf.notes.services.content import Content, PictureChoice

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

DRAFTS_MAXIMUM = 100
TEXT_MAXIMUM = 300_000  # characters of one field in a draft; what is longer is cut off by the form
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Saved:
    """What a save answers: which draft, and the revision that the next save has to name."""

    draft: Draft
    revision: int


class DraftConflict(Conflict):
    """Another window was faster; `revision` is what it left, None when the draft is gone."""

    def __init__(self, code: str, message: Text, revision: int | None = None) -> None:
        super().__init__(code, message)
        self.revision = revision


def save_draft(
    account: "Account",
    *,
    content: dict[str, Any],
    draft: Draft | None,
    revision: int = 0,
    window: UUID | None = None,
) -> Saved:
    """Store what is typed. `revision` is the one that the page began from; 0 for a new draft.

    `window` names the open page: what it saved last it may always replace, so that an answer that
    never arrived or a double click is no conflict, and a new page makes one draft however often it
    is sent. Raises DraftConflict when another window saved in between or the draft is gone, and
    Conflict when there are 100 drafts already.
    """
    with transaction.atomic():
        if draft is None and window is not None:
            draft = Draft.objects.filter(id=window, author=account).first()
        if draft is None:
            return _new_draft(account, content, window)
        locked = Draft.objects.select_for_update().filter(id=draft.id, author=account).first()
        if locked is None:
            raise _gone()
        if locked.revision != revision and (window is None or locked.window != window):
            raise DraftConflict(
                "draft_changed", _("This draft was changed in another window."), locked.revision
            )
        dropped = set(file_ids(locked.content)) - set(file_ids(content))
        locked.content, locked.revision, locked.window = content, locked.revision + 1, window
        locked.updated_at = clock.now()
        locked.save(update_fields=["content", "revision", "window", "updated_at"])
        media.release(dropped, kind="draft", id=locked.id)
        _keep_files(account, locked)
    return Saved(locked, locked.revision)


def _new_draft(account: "Account", content: dict[str, Any], window: UUID | None) -> Saved:
    if Draft.objects.filter(author=account, note=None).count() >= DRAFTS_MAXIMUM:
        raise Conflict("drafts_full", _("You have 100 drafts. Please finish or delete one first."))
    if window is not None and Note.objects.filter(draft_id=window).exists():
        raise _gone()
    chosen = window or ids.new_id()
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                id=chosen, author=account, content=content, revision=1, window=window
            )
    except IntegrityError:  # the same page, sent twice at once
        return save_draft(account, content=content, draft=Draft(id=chosen), window=window)
    _keep_files(account, draft)
    return Saved(draft, draft.revision)


def _gone() -> DraftConflict:
    return DraftConflict("draft_gone", _("This draft was published or deleted in another window."))


def delete_draft(account: "Account", draft: Draft) -> None:
    """Delete an own draft; its pictures go too, unless a note has them. Repeating is harmless."""
    with transaction.atomic():
        removed, _kinds = Draft.objects.filter(id=draft.id, author=account).delete()
        if removed:
            media.release(file_ids(draft.content), kind="draft", id=draft.id)


def note_from(account: "Account", draft_id: UUID) -> Note | None:
    """Return the note that a draft of one's own became, unless it was withdrawn."""
    found = Note.objects.filter(author=account, draft_id=draft_id)
    return found.exclude(state=NoteState.WITHDRAWN).first()


def draft_for(account: "Account", draft_id: UUID) -> Draft:
    """Return an own draft. Raises NotFound."""
    found = Draft.objects.filter(id=draft_id, author=account).select_related("note").first()
    if found is None:
        raise NotFound()
    return found


def draft_of_note(account: "Account", note: Note) -> Draft:
    """Return the draft of changes to an own note, made from it when there is none yet."""
    if note.author_id != account.id:
        raise NotFound()
    draft, _is_new = Draft.objects.get_or_create(
        author=account, note=note, defaults={"content": content_of_note(note), "revision": 1}
    )
    return draft


def content_of_note(note: Note) -> dict[str, Any]:
    """Return a note as the composer's form would hold it."""
    zone = note.author.zone
    return {
        "kind": note.kind,
        "title": note.title,
        "body": note.body,
        "language": note.language,
        "audience": note.audience,
        "audience_list": ids.encode(note.audience_list_id) if note.audience_list_id else "",
        "channel": note.channel.slug if note.channel else "",
        "place": note.place.slug if note.place else "",
        "place_detail": note.place_detail,
        "reply_policy": note.reply_policy,
        "cover_design": note.cover_design,
        "pictures": [
            {"ref": ids.encode(picture.asset_id), "alt": picture.alt}
            for picture in note.pictures.all()
        ],
        "video": ids.encode(note.video_id) if note.video_id else "",
        "scheduled_at": note.scheduled_at.astimezone(zone).strftime(LOCAL_FORMAT)
        if note.scheduled_at and not note.is_published
        else "",
        "number": note.number,
    }


def empty_content(account: "Account", kind: str) -> dict[str, Any]:
    """Return a new note's form: the member's own language, everyone may see and reply."""
    return {
        "kind": kind if kind in NoteKind.values else NoteKind.PICTURE.value,
        "title": "",
        "body": "",
        "language": account.language,
        "audience": Audience.PUBLIC.value,
        "audience_list": "",
        "channel": "",
        "place": "",
        "place_detail": "",
        "reply_policy": ReplyPolicy.EVERYONE.value,
        "cover_design": CoverDesign.RULED.value,
        "pictures": [],
        "video": "",
        "scheduled_at": "",
    }


def as_content(account: "Account", typed: dict[str, Any]) -> Content:
    """Return typed content in the types that publishing checks; what cannot be read is left out."""
    return Content(
        kind=typed.get("kind", ""),
        title=typed.get("title", ""),
        body=typed.get("body", ""),
        language=typed.get("language", ""),
        audience=typed.get("audience", ""),
        audience_list_id=_id(typed.get("audience_list", "")),
        channel=typed.get("channel", ""),
        place=typed.get("place", ""),
        place_detail=typed.get("place_detail", ""),
        reply_policy=typed.get("reply_policy", ""),
        cover_design=typed.get("cover_design", ""),
        pictures=tuple(
            PictureChoice(asset_id, item.get("alt", ""))
            for item in typed.get("pictures", [])
            if (asset_id := _id(item.get("ref", ""))) is not None
        ),
        video_id=_id(typed.get("video", "")),
        scheduled_at=local_moment(typed.get("scheduled_at", ""), account.zone),
    )


def local_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a local "2026-03-08T02:30" in this zone, or None for no moment.

    A time that daylight saving skips is the same distance after the gap; of one that happens twice
    it is the first (PEP 495, fold 0).
    """
    try:
        local = datetime.strptime(text[:16], LOCAL_FORMAT)
        moment = local.replace(tzinfo=zone)
        return datetime.fromtimestamp(moment.timestamp(), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _id(ref: str) -> UUID | None:
    try:
        return ids.decode(ref)
    except ValueError:
        return None


def number_of(content: dict[str, Any]) -> int | None:
    """Return the version of the note that a draft of changes began from, if it says so."""
    text = str(content.get("number", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def file_ids(content: dict[str, Any]) -> list[UUID]:
    """Return the pictures and the video that a draft's content names."""
    refs = [item.get("ref", "") for item in content.get("pictures", [])]
    refs.append(content.get("video", ""))
    return [found for ref in refs if (found := _id(ref)) is not None]


def _keep_files(account: "Account", draft: Draft) -> None:
    """Tell media that the draft's files are in use, so that the sweep leaves them."""
    media.attach(
        file_ids(draft.content), kind="draft", id=draft.id, owner=account, only_unattached=True
    )
