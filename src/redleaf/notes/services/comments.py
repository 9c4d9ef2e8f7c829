"""Commenting: posting, editing, taking back, liking.

Rows are locked in one order everywhere: note, comment, thread, tally.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.core import clock, database, limits, text
from redleaf.core.errors import Conflict, Denied, Invalid, NotFound, TooMany
from redleaf.core.events import announce
from redleaf.graph.selectors import relation
from redleaf.media import services as media
from redleaf.media.models import Asset
from redleaf.notes import events
from redleaf.notes.models import Comment, CommentPicture, CommentState, Note
from redleaf.notes.selectors.comments import VISIBLE, comment_row, permission
from redleaf.notes.selectors.policy import READABLE, readable_ids
from redleaf.notes.services.comment_counts import count
from redleaf.notes.services.comment_rules import duration_words, refusal_words
from redleaf.notes.services.content import ALT_UNITS, PictureChoice, handles_in

BODY_UNITS = 500
PICTURES_MAXIMUM = 3
MENTIONS_MAXIMUM = 10
EDIT_WINDOW = timedelta(minutes=15)
POST_RATES = ("10/m", "120/h")
LIKE_RATE = "600/h"


def post_comment(
    account: Account,
    note_id: UUID,
    *,
    body: str,
    parent_id: UUID | None = None,
    pictures: Sequence[PictureChoice] = (),
    key: UUID | None = None,
) -> Comment:
    """Comment on a note, or answer a comment of it; a reply to a reply stays in its thread.

    The same `key` again returns the comment that it made. The note's reply policy and slow mode are
    held as they are at this moment. Raises NotFound for what the member may not see, Denied by the
    policy, TooMany by slow mode or rate, Invalid for words and pictures.
    """
    present = _by_key(account, key)
    if present is not None:
        return present
    body, pictures = _checked(account, body, pictures)
    for rate in POST_RATES:
        limits.hit(f"comment {rate}", str(account.id), rate=rate)
    try:
        with transaction.atomic():
            return _store(
                account, note_id, body=body, parent_id=parent_id, pictures=pictures, key=key
            )
    except IntegrityError:
        present = _by_key(account, key)
        if present is None:
            raise
        return present


def edit_comment(
    account: Account,
    comment_id: UUID,
    *,
    body: str,
    pictures: Sequence[PictureChoice] | None = None,
) -> None:
    """Change an own comment within 15 minutes; readers see that it was edited.

    `pictures` are all that it has from then on, in order: what is not among them goes for good.
    Without them those that are there stay. Raises NotFound, Invalid, Conflict when the time is over
    or the comment is hidden.
    """
    found = _own(account, comment_id)
    before = pictures_of(found)
    body = _clean_body(body, has_pictures=bool(before if pictures is None else pictures))
    wanted = before if pictures is None else _described(pictures)
    if body == found["body"] and wanted == before:
        return
    with transaction.atomic():
        mine = Comment.objects.select_for_update(no_key=True).filter(id=comment_id, author=account)
        comment = mine.filter(
            state=CommentState.SHOWN, created_at__gt=clock.now() - EDIT_WINDOW
        ).first()
        if comment is None:
            raise Conflict(
                "edit_over", _("A comment can be changed for 15 minutes. You can still delete it.")
            )
        if wanted != before:
            _change_pictures(account, comment, wanted)
        known = set(handles_in(comment.body))
        comment.body, comment.edited_at = body, clock.now()
        comment.save(update_fields=["body", "edited_at"])
        new = [handle for handle in handles_in(body) if handle not in known]
        _tell_mentioned(account, comment_id, found["note_id"], new)


def pictures_of(row: Mapping[str, Any]) -> list[PictureChoice]:
    """Return the pictures of a comment that was read, as they would be chosen again."""
    return [PictureChoice(UUID(item["id"]), item["alt"]) for item in row["pictures"] or ()]


def withdraw_comment(account: Account, comment_id: UUID) -> None:
    """Take back an own comment: words, pictures and likes go for good, answers stay.

    Repeating is harmless. Raises NotFound for somebody else's.
    """
    own = Comment.objects.filter(id=comment_id, author=account)
    if not own.exists():
        raise NotFound()
    with transaction.atomic():
        _withdraw(own)


def withdraw_all_of(account_id: UUID) -> None:
    """Take back everything that an erased account said."""
    for comment_id in Comment.objects.filter(author_id=account_id).values_list("id", flat=True):
        with transaction.atomic():
            _withdraw(Comment.objects.filter(id=comment_id))


def like_comment(account: Account, comment_id: UUID, *, on: bool = True) -> int:
    """Like a comment or take it back; return how many like it now. Repeating changes nothing.

    Raises NotFound for a comment that the member may not see, TooMany.
    """
    limits.hit("comment_like", str(account.id), rate=LIKE_RATE)
    with transaction.atomic():
        found = database.row(
            _LIKE if on else _UNLIKE,
            {"viewer": account.id, "comment": comment_id, "now": clock.now()},
        )
        if found is None:
            raise NotFound()
        if found["count"] is None:
            return int(Comment.objects.values_list("like_count", flat=True).get(id=comment_id))
        if on:
            announce(
                events.CommentLiked(comment_id, found["note_id"], found["author_id"], account.id)
            )
    return int(found["count"])


def release_pictures_of(note_id: UUID) -> None:
    """Give the pictures of a withdrawn note's comments to the sweep."""
    with transaction.atomic():
        pictures = CommentPicture.objects.filter(comment__note_id=note_id)
        assets = list(pictures.values_list("asset_id", flat=True))
        pictures.delete()
        media.release(assets)


_LIKEABLE = (
    "SELECT c.id, c.author_id, c.note_id FROM notes_comment c"
    " JOIN notes_note n ON n.id = c.note_id JOIN accounts_account a ON a.id = c.author_id"
    f" WHERE c.id = %(comment)s AND c.state = 'shown' AND {VISIBLE} AND {READABLE}"
)
_LIKE = (
    f"WITH likeable AS ({_LIKEABLE}), added AS ("
    "INSERT INTO notes_comment_like (account_id, comment_id, created_at)"
    " SELECT %(viewer)s::uuid, id, %(now)s FROM likeable ON CONFLICT DO NOTHING"
    " RETURNING comment_id), counted AS (UPDATE notes_comment c SET like_count = like_count + 1"
    " FROM added WHERE c.id = added.comment_id RETURNING like_count AS count)"
    " SELECT author_id, note_id, (SELECT count FROM counted) AS count FROM likeable"
)
_UNLIKE = (
    f"WITH likeable AS ({_LIKEABLE}), removed AS ("
    "DELETE FROM notes_comment_like l USING likeable WHERE l.account_id = %(viewer)s::uuid"
    " AND l.comment_id = likeable.id RETURNING l.comment_id), counted AS ("
    "UPDATE notes_comment c SET like_count = like_count - 1"
    " FROM removed WHERE c.id = removed.comment_id RETURNING like_count AS count)"
    " SELECT author_id, note_id, (SELECT count FROM counted) AS count FROM likeable"
)


def _store(
    account: Account,
    note_id: UUID,
    *,
    body: str,
    parent_id: UUID | None,
    pictures: Sequence[PictureChoice],
    key: UUID | None,
) -> Comment:
    # One member's comments follow one another: slow mode and the form's key need that.
    database.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"comment {account.id}",)
    )
    present = _by_key(account, key)
    if present is not None:
        return present
    note = (
        Note.objects.raw(
            "SELECT n.id, n.author_id, n.reply_policy, n.slow_mode_seconds, n.state"
            f" FROM notes_note n WHERE n.id = %(note)s AND n.state = 'published' AND {READABLE}"
            " FOR SHARE OF n",
            {"note": note_id, "viewer": account.id},
        )
    )[:1]
    if not note:
        raise NotFound()
    _hold_rules(account, note[0])
    parent = _parent(account, note_id, parent_id)
    comment = Comment.objects.create(
        note_id=note_id,
        author=account,
        thread_id=(parent["thread_id"] or parent["id"]) if parent else None,
        parent_id=parent["id"] if parent else None,
        body=body,
        form_key=key,
    )
    _attach(account, comment, pictures)
    count(note_id, comment.thread_id, account.id, 1)
    announce(
        events.CommentPosted(
            comment.id,
            note_id,
            note[0].author_id,
            account.id,
            parent["author_id"] if parent else None,
        )
    )
    _tell_mentioned(account, comment.id, note_id, handles_in(body))
    return comment


def _hold_rules(account: Account, note: Note) -> None:
    """Hold reply policy and slow mode; neither binds the note's own author."""
    found = permission(account, note)
    if not found.allowed:
        raise Denied("reply_policy", refusal_words(found))
    if not note.slow_mode_seconds or note.author_id == account.id:
        return
    latest = (
        Comment.objects.filter(author=account, note_id=note.id)
        .order_by("-created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    if latest is None:
        return
    wait = note.slow_mode_seconds - (clock.now() - latest).total_seconds()
    if wait > 0:
        raise TooMany(
            _("The author asks for a pause between two comments. You can post in %(wait)s.")
            % {"wait": duration_words(int(wait) + 1)},
            retry_after=int(wait) + 1,
        )


def _parent(account: Account, note_id: UUID, parent_id: UUID | None) -> dict[str, Any] | None:
    if parent_id is None:
        return None
    found = comment_row(account, parent_id)
    if found["note_id"] != note_id:
        raise NotFound()
    if found["state"] != CommentState.SHOWN:
        raise Conflict("answer_hidden", _("This comment is hidden, so it cannot be answered."))
    locked = Comment.objects.select_for_update(no_key=True).filter(
        id=parent_id, state=CommentState.SHOWN
    )
    if not locked.exists():
        raise NotFound()
    return found


def _checked(
    account: Account, body: str, pictures: Sequence[PictureChoice]
) -> tuple[str, Sequence[PictureChoice]]:
    body = _clean_body(body, has_pictures=bool(pictures))
    described = _described(pictures)
    _hold_pictures(account, described)
    return body, described


def _described(pictures: Sequence[PictureChoice]) -> list[PictureChoice]:
    """Return the choice with clean descriptions. Raises Invalid for too many or too long ones."""
    if len(pictures) > PICTURES_MAXIMUM or len({one.asset_id for one in pictures}) < len(pictures):
        raise Invalid(
            "pictures",
            _("A comment holds at most %(count)d pictures.") % {"count": PICTURES_MAXIMUM},
            field="pictures",
        )
    described = [
        PictureChoice(choice.asset_id, text.clean_line(choice.alt)[:400]) for choice in pictures
    ]
    if any(text.units(choice.alt) > ALT_UNITS for choice in described):
        raise Invalid(
            "alt",
            _("Keep each description under %(count)d characters.") % {"count": ALT_UNITS},
            field="pictures",
        )
    return described


def _hold_pictures(
    account: Account, pictures: Sequence[PictureChoice], *, comment: Comment | None = None
) -> None:
    """Raise Invalid unless each picture is the account's, and free or that comment's already."""
    chosen = {choice.asset_id for choice in pictures}
    free = Q(attached_kind="")
    if comment is not None:
        free |= Q(attached_kind="comment", attached_id=comment.id)
    usable = Asset.objects.filter(
        free, id__in=chosen, owner=account, kind="picture", released_at=None
    ).exclude(state="failed")
    if chosen and usable.count() != len(chosen):
        raise Invalid(
            "pictures",
            _("One of the pictures is no longer there. Please add it again."),
            field="pictures",
        )


def _change_pictures(account: Account, comment: Comment, pictures: Sequence[PictureChoice]) -> None:
    """Give the locked comment these pictures in place of its own; the others are let go of."""
    _hold_pictures(account, pictures, comment=comment)
    before = set(comment.pictures.values_list("asset_id", flat=True))
    comment.pictures.all().delete()
    _attach(account, comment, pictures)
    gone = before - {choice.asset_id for choice in pictures}
    media.release(gone, kind="comment", id=comment.id)


def _clean_body(body: str, *, has_pictures: bool) -> str:
    body = text.clean_text(body)
    if not body and not has_pictures:
        raise Invalid("empty", _("Write something, or add a picture."), field="body")
    if text.units(body) > BODY_UNITS:
        raise Invalid(
            "too_long",
            _("The comment is longer than %(count)d characters. Please shorten it.")
            % {"count": BODY_UNITS},
            field="body",
        )
    if len(handles_in(body)) > MENTIONS_MAXIMUM:
        raise Invalid(
            "mentions",
            _("Mention at most %(count)d people.") % {"count": MENTIONS_MAXIMUM},
            field="body",
        )
    return body


def _attach(account: Account, comment: Comment, pictures: Sequence[PictureChoice]) -> None:
    if not pictures:
        return
    CommentPicture.objects.bulk_create(
        CommentPicture(comment=comment, asset_id=choice.asset_id, position=place, alt=choice.alt)
        for place, choice in enumerate(pictures)
    )
    chosen = [choice.asset_id for choice in pictures]
    media.attach(chosen, kind="comment", id=comment.id, owner=account, only_unattached=True)


def _withdraw(own: Any) -> None:
    comment = own.select_for_update().exclude(state=CommentState.WITHDRAWN).first()
    if comment is None:
        return
    was_shown = comment.state == CommentState.SHOWN
    comment.state, comment.body, comment.hidden_reason = CommentState.WITHDRAWN, "", ""
    comment.pinned_at, comment.like_count = None, 0
    comment.save(update_fields=["state", "body", "hidden_reason", "pinned_at", "like_count"])
    database.execute("DELETE FROM notes_comment_like WHERE comment_id = %s", (comment.id,))
    assets = list(comment.pictures.values_list("asset_id", flat=True))
    comment.pictures.all().delete()
    media.release(assets)
    if was_shown:
        count(comment.note_id, comment.thread_id, comment.author_id, -1)
    announce(events.CommentWithdrawn(comment.id, comment.note_id, comment.author_id))


def _own(account: Account, comment_id: UUID) -> dict[str, Any]:
    found = comment_row(account, comment_id)
    if found["author_id"] != account.id:
        raise NotFound()
    return found


def _tell_mentioned(
    account: Account, comment_id: UUID, note_id: UUID, handles: Iterable[str]
) -> None:
    """Announce whom the words name: open accounts that may read the note, without a block."""
    named = Account.objects.filter(
        handle__in=list(handles), is_active=True, deleted_at=None
    ).exclude(id=account.id)
    for person in named:
        if relation(account, person).is_blocked or note_id not in readable_ids(person, [note_id]):
            continue
        announce(events.CommentMentioned(comment_id, note_id, account.id, person.id))


def _by_key(account: Account, key: UUID | None) -> Comment | None:
    return Comment.objects.filter(author=account, form_key=key).first() if key else None
