"""Drafts: what an author is writing, saved as typed, valid or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock, ids
from redleaf.core.errors import Conflict, NotFound
from redleaf.graph.models import Audience
from redleaf.media import services as media
from redleaf.notes.models import CoverDesign, Draft, Note, NoteKind, ReplyPolicy
from redleaf.notes.services.content import Content, PictureChoice

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

DRAFTS_MAXIMUM = 100
TEXT_MAXIMUM = 120_000  # characters of one field in a draft; what is longer is cut off by the form
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Saved:
    """What a save answers: which draft, and the revision that the next save has to name."""

    draft: Draft
    revision: int


def save_draft(
    account: "Account", *, content: dict[str, Any], draft: Draft | None, revision: int
) -> Saved:
    """Store what is typed. `revision` is the one that the page began from; 0 for a new draft.

    Raises Conflict when another window saved in between, or when there are 100 drafts already.
    """
    with transaction.atomic():
        if draft is None:
            if Draft.objects.filter(author=account, note=None).count() >= DRAFTS_MAXIMUM:
                raise Conflict(
                    "drafts_full", _("You have 100 drafts. Please finish or delete one first.")
                )
            draft = Draft.objects.create(author=account, content=content, revision=1)
        else:
            changed = Draft.objects.filter(id=draft.id, author=account, revision=revision).update(
                content=content, revision=revision + 1, updated_at=clock.now()
            )
            if not changed:
                raise _conflict(account, draft)
            draft.content, draft.revision = content, revision + 1
        _keep_files(account, draft)
    return Saved(draft, draft.revision)


def delete_draft(account: "Account", draft: Draft) -> None:
    """Delete an own draft; its pictures go too, unless a note has them. Repeating is harmless."""
    with transaction.atomic():
        removed, _kinds = Draft.objects.filter(id=draft.id, author=account).delete()
        if removed:
            media.release(_file_ids(draft.content), kind="draft", id=draft.id)


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
    zone = ZoneInfo(note.author.time_zone)
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
        scheduled_at=local_moment(typed.get("scheduled_at", ""), account.time_zone),
    )


def local_moment(text: str, time_zone: str) -> datetime | None:
    """Return the moment of a local "2026-03-08T02:30" in this zone, or None for no moment.

    A time that daylight saving skips is the same distance after the gap; of one that happens twice
    it is the first (PEP 495, fold 0).
    """
    try:
        local = datetime.strptime(text, LOCAL_FORMAT)  # noqa: DTZ007 - the zone comes next
    except ValueError:
        return None
    moment = local.replace(tzinfo=ZoneInfo(time_zone))
    return datetime.fromtimestamp(moment.timestamp(), ZoneInfo("UTC"))


def _id(ref: str) -> UUID | None:
    try:
        return ids.decode(ref)
    except ValueError:
        return None


def _file_ids(content: dict[str, Any]) -> list[UUID]:
    refs = [item.get("ref", "") for item in content.get("pictures", [])]
    refs.append(content.get("video", ""))
    return [found for ref in refs if (found := _id(ref)) is not None]


def _keep_files(account: "Account", draft: Draft) -> None:
    """Tell media that the draft's files are in use, so that the sweep leaves them."""
    media.attach(
        _file_ids(draft.content), kind="draft", id=draft.id, owner=account, only_unattached=True
    )


def _conflict(account: "Account", draft: Draft) -> Conflict:
    if not Draft.objects.filter(id=draft.id, author=account).exists():
        return Conflict("draft_gone", _("This draft was published or deleted in another window."))
    return Conflict(
        "draft_changed",
        _("This draft was changed in another window. Copy your text and load the page again."),
    )
