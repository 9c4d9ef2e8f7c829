"""What a note's author may do about its comments: who writes, which is on top, which is hidden."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redleaf.core import clock, text
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.core.events import announce
from redleaf.notes import events
from redleaf.notes.models import Comment, CommentState, Note, ReplyPolicy
from redleaf.notes.selectors.comments import comment_row
from redleaf.notes.selectors.policy import readable_ids
from redleaf.notes.services.comment_counts import count

if TYPE_CHECKING:
    from redleaf.accounts.models import Account
    from redleaf.notes.selectors.comments import Permission

REASON_UNITS = 60
SLOW_MODES = (0, 30, 60, 300, 900, 3600)  # seconds between two comments of one member


def pin_comment(account: "Account", comment_id: UUID, *, on: bool = True) -> None:
    """Put one comment of an own note at the top, in place of the one that was there.

    Raises NotFound when the note is somebody else's, Conflict for a reply or a hidden comment.
    """
    found = _on_own_note(account, comment_id)
    if found["thread_id"] is not None:
        raise Conflict("pin_reply", _("Only the first comment of a thread can be pinned."))
    with transaction.atomic():
        Note.objects.select_for_update().only("id").get(id=found["note_id"])
        pinned = Comment.objects.filter(note_id=found["note_id"], pinned_at__isnull=False)
        if not on:
            pinned.filter(id=comment_id).update(pinned_at=None)
            return
        pinned.exclude(id=comment_id).update(pinned_at=None)
        shown = Comment.objects.filter(id=comment_id, state=CommentState.SHOWN)
        if not shown.update(pinned_at=clock.now()):
            raise Conflict("pin_hidden", _("Only a comment that everybody sees can be pinned."))


def hide_comment(account: "Account", comment_id: UUID, *, reason: str) -> None:
    """Hide somebody's comment on an own note. Its writer and the note's author still see it, with
    the reason. Raises NotFound, Invalid without a reason, Conflict for an own comment.
    """
    found = _on_own_note(account, comment_id)
    if found["author_id"] == account.id:
        raise Conflict("hide_own", _("This is your own comment: you can delete it."))
    reason = text.clean_line(reason)
    if not reason:
        raise Invalid("no_reason", _("Say why, so that the writer knows."), field="reason")
    if text.units(reason) > REASON_UNITS or len(reason) > 200:
        raise Invalid(
            "long_reason",
            _("Keep the reason under %(count)d characters.") % {"count": REASON_UNITS},
            field="reason",
        )
    with transaction.atomic():
        shown = Comment.objects.filter(id=comment_id, state=CommentState.SHOWN)
        if shown.update(state=CommentState.HIDDEN, hidden_reason=reason, pinned_at=None):
            count(found["note_id"], found["thread_id"], found["author_id"], -1)
            announce(events.CommentHidden(comment_id, found["note_id"], found["author_id"]))


def unhide_comment(account: "Account", comment_id: UUID) -> None:
    """Show a hidden comment on an own note again. Raises NotFound."""
    found = _on_own_note(account, comment_id)
    with transaction.atomic():
        hidden = Comment.objects.filter(id=comment_id, state=CommentState.HIDDEN)
        if hidden.update(state=CommentState.SHOWN, hidden_reason=""):
            count(found["note_id"], found["thread_id"], found["author_id"], 1)


def set_reply_rules(
    account: "Account", note_id: UUID, *, reply_policy: str, slow_mode_seconds: int
) -> None:
    """Say who may comment on an own note and how long each waits between two comments.

    What is there stays. Raises NotFound for somebody else's note, Invalid.
    """
    if reply_policy not in ReplyPolicy.values:
        raise Invalid("reply_policy", _("Choose who may comment."), field="reply_policy")
    if slow_mode_seconds not in SLOW_MODES:
        raise Invalid("slow_mode", _("Choose one of the pauses."), field="slow_mode_seconds")
    if note_id not in readable_ids(account, [note_id]):
        raise NotFound()
    own = Note.objects.filter(id=note_id, author=account)
    if not own.update(reply_policy=reply_policy, slow_mode_seconds=slow_mode_seconds):
        raise NotFound()


def refusal_words(found: "Permission") -> str:
    """Return why the viewer may not comment, in words; "" when they may."""
    words = {
        "": "",
        "sign_in": _("Sign in to comment."),
        "followers": _("Only followers of the author can comment here."),
        "mentioned": _("Only people whom the note mentions can comment here."),
        "nobody": _("The author has closed the comments."),
    }
    return words[found.refusal]


def duration_words(seconds: int) -> str:
    """Return a pause in words: 30 seconds, 5 minutes."""
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _on_own_note(account: "Account", comment_id: UUID) -> dict[str, Any]:
    found = comment_row(account, comment_id)
    if found["note_author_id"] != account.id:
        raise NotFound()
    return found
