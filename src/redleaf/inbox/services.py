"""Verbs of the inbox."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from redleaf.accounts.models import Account
from redleaf.core import clock, database
from redleaf.graph import selectors as graph
from redleaf.inbox.models import Notice, NoticeAct, NoticeKind
from redleaf.notes.selectors import filters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

CHANNEL = "redleaf_inbox"


def notify(
    account_id: UUID,
    *,
    kind: str,
    actor_id: UUID | None,
    key: str,
    note_id: UUID | None = None,
    comment_id: UUID | None = None,
    board_id: UUID | None = None,
    asset_id: UUID | None = None,
) -> bool:
    """Tell an account of an act, once; return whether it was told.

    Likes, saves and helpful marks of one note, likes of one comment, failures of one video, follows
    and promises that were not kept gather in one unread notice; everything else is its own. Nothing
    for oneself, for closed accounts, about people whom the account blocked or muted, or about notes
    that it hides.
    """
    if actor_id == account_id:
        return False
    account = Account.objects.filter(id=account_id, is_active=True, deleted_at=None).first()
    if account is None or (actor_id and actor_id in graph.quieted_accounts(account)):
        return False
    if note_id is not None and note_id not in filters.kept_ids(account, [note_id]):
        return False
    group = _group(kind, note_id, comment_id or asset_id, key)
    with transaction.atomic():
        _hold(account_id)
        if NoticeAct.objects.filter(account=account, key=key[:120]).exists():
            return False
        notice, _is_new = Notice.objects.get_or_create(
            account=account,
            group=group,
            read_at=None,
            defaults={
                "kind": kind,
                "note_id": note_id,
                "comment_id": comment_id,
                "board_id": board_id,
                "asset_id": asset_id,
            },
        )
        NoticeAct.objects.create(notice=notice, account=account, actor_id=actor_id, key=key[:120])
        notice.actor_count = _count(notice)
        notice.updated_at = clock.now()
        notice.save(update_fields=["actor_count", "updated_at"])
        _push(account_id)
    return True


def mark_read(
    account: Account, *, kinds: "Collection[str]" = (), until: "datetime | None" = None
) -> int:
    """Mark notices read, all or those of some kinds; return how many were not.

    With `until`, what came or grew after that moment stays unread: nobody has seen it.
    """
    unread = Notice.objects.filter(account=account, read_at=None)
    if kinds:
        unread = unread.filter(kind__in=kinds)
    if until is not None:
        unread = unread.filter(updated_at__lte=until)
    with transaction.atomic():
        _hold(account.id)
        changed = unread.update(read_at=clock.now())
        if changed:
            _push(account.id)
    return changed


def forget_between(one_id: UUID, other_id: UUID) -> None:
    """Remove what two people have heard of each other: a block stands between them."""
    with transaction.atomic():
        for account_id in sorted((one_id, other_id)):
            _hold(account_id)
        for account_id, actor_id in ((one_id, other_id), (other_id, one_id)):
            acts = NoticeAct.objects.filter(account_id=account_id, actor_id=actor_id)
            touched = list(acts.values_list("notice_id", flat=True))
            acts.delete()
            _recount(touched)
            _push(account_id)


def forget_note(note_id: UUID) -> None:
    """Remove the notices that speak of a withdrawn note."""
    with transaction.atomic():
        gone = Notice.objects.filter(note_id=note_id)
        for account_id in set(gone.filter(read_at=None).values_list("account_id", flat=True)):
            _push(account_id)
        gone.delete()


def forget_comment(note_id: UUID, comment_id: UUID) -> None:
    """Remove the notices that speak of a comment which its writer took back."""
    with transaction.atomic():
        gone = Notice.objects.filter(note_id=note_id, comment_id=comment_id)
        for account_id in set(gone.filter(read_at=None).values_list("account_id", flat=True)):
            _push(account_id)
        gone.delete()


def forget_account(account_id: UUID) -> None:
    """Remove what an erased account was told, and what it did from what others were told."""
    with transaction.atomic():
        Notice.objects.filter(account_id=account_id).delete()
        acts = NoticeAct.objects.filter(actor_id=account_id)
        touched = list(acts.values_list("notice_id", flat=True))
        acts.delete()
        _recount(touched)


def _recount(notice_ids: "Iterable[UUID]") -> None:
    for notice in Notice.objects.filter(id__in=notice_ids):
        count = _count(notice)
        if count:
            Notice.objects.filter(id=notice.id).update(actor_count=count)
        else:
            notice.delete()


def _count(notice: Notice) -> int:
    """Return how many people a line speaks of; of one without people, how many things."""
    if notice.kind == NoticeKind.PROMISE_MISSED:
        return notice.acts.count()
    return notice.acts.values("actor_id").distinct().count()


def _group(kind: str, note_id: UUID | None, part_id: UUID | None, key: str) -> str:
    """Name the line that an act belongs to; `part_id` is the comment or the video it is about."""
    if kind in {NoticeKind.LIKE, NoticeKind.HELPFUL, NoticeKind.SAVE}:
        return f"{kind}:{note_id}"
    if kind in {NoticeKind.COMMENT_LIKE, NoticeKind.VIDEO_FAILED}:
        return f"{kind}:{part_id}"
    if kind in {NoticeKind.FOLLOW, NoticeKind.PROMISE_MISSED}:
        return kind
    return f"{kind}:{key}"[:80]


def _hold(account_id: UUID) -> None:
    """Let one thing at a time happen to an inbox, until the end of the transaction."""
    database.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"inbox {account_id}",)
    )


def _push(account_id: UUID) -> None:
    database.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(account_id)))
