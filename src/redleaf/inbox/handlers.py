"""What the inbox hears from the rooms below."""

from redleaf.accounts.events import AccountErased
from redleaf.core.events import subscribe
from redleaf.discovery.events import PromiseSettled
from redleaf.discovery.recommend.fair_start import CLOSED, PAID
from redleaf.graph.events import AccountBlocked, AccountFollowed
from redleaf.inbox import services
from redleaf.inbox.models import NoticeKind
from redleaf.media.events import VideoFailed
from redleaf.notes.events import (
    BoardInvited,
    CommentHidden,
    CommentLiked,
    CommentMentioned,
    CommentPosted,
    CommentWithdrawn,
    NoteMarked,
    NoteMentioned,
    NotePublished,
    NoteWithdrawn,
)
from redleaf.notes.models import MarkKind
from redleaf.notes.selectors import went_out_as_planned


def subscribe_all() -> None:
    """Hear everything that somebody should be told of."""
    subscribe(AccountFollowed, on_follow)
    subscribe(AccountBlocked, on_block)
    subscribe(AccountErased, on_account_erased)
    subscribe(NoteMarked, on_mark)
    subscribe(NoteMentioned, on_mention)
    subscribe(NotePublished, on_publication)
    subscribe(NoteWithdrawn, on_withdrawal)
    subscribe(CommentPosted, on_comment)
    subscribe(CommentWithdrawn, on_comment_withdrawal)
    subscribe(CommentMentioned, on_comment_mention)
    subscribe(CommentLiked, on_comment_like)
    subscribe(CommentHidden, on_comment_hidden)
    subscribe(BoardInvited, on_board_invitation)
    subscribe(VideoFailed, on_video_failure)
    subscribe(PromiseSettled, on_promise)


def on_follow(event: AccountFollowed) -> None:
    services.notify(
        event.followed_id,
        kind=NoticeKind.FOLLOW,
        actor_id=event.follower_id,
        key=f"follow:{event.follower_id}",
    )


def on_block(event: AccountBlocked) -> None:
    services.forget_between(event.blocker_id, event.blocked_id)


def on_account_erased(event: AccountErased) -> None:
    services.forget_account(event.account_id)


def on_mark(event: NoteMarked) -> None:
    if not event.on or event.kind == MarkKind.SHARE:
        return
    services.notify(
        event.author_id,
        kind=event.kind,
        actor_id=event.account_id,
        key=f"{event.kind}:{event.account_id}:{event.note_id}",
        note_id=event.note_id,
    )


def on_mention(event: NoteMentioned) -> None:
    services.notify(
        event.account_id,
        kind=NoticeKind.MENTION,
        actor_id=event.author_id,
        key=f"mention:{event.note_id}",
        note_id=event.note_id,
    )


def on_publication(event: NotePublished) -> None:
    """Tell authors that a note which they had planned has gone out by itself."""
    if went_out_as_planned(event.note_id):
        services.notify(
            event.author_id,
            kind=NoticeKind.PUBLISHED,
            actor_id=None,
            key=f"published:{event.note_id}",
            note_id=event.note_id,
        )


def on_withdrawal(event: NoteWithdrawn) -> None:
    services.forget_note(event.note_id)


def on_comment(event: CommentPosted) -> None:
    """Tell the one who was answered, else the note's author; one person is told once."""
    answered = event.parent_author_id
    if answered is not None and answered != event.author_id:
        services.notify(
            answered,
            kind=NoticeKind.REPLY,
            actor_id=event.author_id,
            key=f"comment:{event.comment_id}",
            note_id=event.note_id,
            comment_id=event.comment_id,
        )
    if event.note_author_id != answered:
        services.notify(
            event.note_author_id,
            kind=NoticeKind.COMMENT,
            actor_id=event.author_id,
            key=f"comment:{event.comment_id}",
            note_id=event.note_id,
            comment_id=event.comment_id,
        )


def on_comment_withdrawal(event: CommentWithdrawn) -> None:
    services.forget_comment(event.note_id, event.comment_id)


def on_comment_mention(event: CommentMentioned) -> None:
    services.notify(
        event.account_id,
        kind=NoticeKind.COMMENT_MENTION,
        actor_id=event.author_id,
        key=f"comment:{event.comment_id}",
        note_id=event.note_id,
        comment_id=event.comment_id,
    )


def on_comment_like(event: CommentLiked) -> None:
    """`author_id` wrote the comment, `account_id` likes it."""
    services.notify(
        event.author_id,
        kind=NoticeKind.COMMENT_LIKE,
        actor_id=event.account_id,
        key=f"comment_like:{event.account_id}:{event.comment_id}",
        note_id=event.note_id,
        comment_id=event.comment_id,
    )


def on_comment_hidden(event: CommentHidden) -> None:
    """Tell the writer that the note's author hid the comment; the reason stands beside it."""
    services.notify(
        event.author_id,
        kind=NoticeKind.COMMENT_HIDDEN,
        actor_id=None,
        key=f"comment_hidden:{event.comment_id}",
        note_id=event.note_id,
        comment_id=event.comment_id,
    )


def on_board_invitation(event: BoardInvited) -> None:
    services.notify(
        event.account_id,
        kind=NoticeKind.BOARD_INVITE,
        actor_id=event.owner_id,
        key=f"board_invite:{event.board_id}",
        board_id=event.board_id,
    )


def on_video_failure(event: VideoFailed) -> None:
    """Tell the owner that a video could not be prepared, once for every try."""
    services.notify(
        event.owner_id,
        kind=NoticeKind.VIDEO_FAILED,
        actor_id=None,
        key=f"video_failed:{event.asset_id}:{event.failed_at.isoformat()}",
        asset_id=event.asset_id,
    )


def on_promise(event: PromiseSettled) -> None:
    """Tell authors of every promise that was not kept, and of the first one that was.

    Whoever hid the note knows why it was not seen.
    """
    if event.cause == CLOSED:
        return
    kept = event.cause == PAID
    services.notify(
        event.author_id,
        kind=NoticeKind.PROMISE_KEPT if kept else NoticeKind.PROMISE_MISSED,
        actor_id=None,
        key="promise_kept" if kept else f"promise:{event.note_id}",
        note_id=event.note_id,
    )
