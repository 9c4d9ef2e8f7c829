"""What notes hear from the rooms below and from itself; each may come twice, with one effect."""

from uuid import UUID

from redleaf.accounts.events import AccountChanged, AccountClosed, AccountErased, AccountReopened
from redleaf.core import database
from redleaf.core.events import subscribe
from redleaf.graph.events import AccountBlocked
from redleaf.media.events import PictureReady, VideoReady
from redleaf.notes.events import NoteWithdrawn
from redleaf.notes.models import Draft, Note
from redleaf.notes.services import boards, comment_counts, comments, publish, topics


def subscribe_all() -> None:
    """Hear what changes the look or the reach of cards."""
    subscribe(AccountChanged, on_account_changed)
    subscribe(AccountClosed, on_account_closed)
    subscribe(AccountReopened, on_account_reopened)
    subscribe(AccountErased, on_account_erased)
    subscribe(AccountBlocked, on_account_blocked)
    subscribe(NoteWithdrawn, on_note_withdrawn)
    subscribe(PictureReady, on_picture_ready)
    subscribe(VideoReady, on_video_ready)


def on_account_changed(event: AccountChanged) -> None:
    """Draw an author's cards anew: they show name and face."""
    database.execute(
        "UPDATE notes_note_tally SET card = card + 1 WHERE author_id = %s", (event.account_id,)
    )


def on_account_closed(event: AccountClosed) -> None:
    """Take a closed account's notes out of lists and its comments out of counts."""
    _list_again(event.account_id)
    comment_counts.count_around(event.account_id)


def on_account_reopened(event: AccountReopened) -> None:
    """List and count again what a closed account had."""
    _list_again(event.account_id)
    comment_counts.count_around(event.account_id)


def on_account_erased(event: AccountErased) -> None:
    """Take away an erased author's notes and drafts, words and pictures."""
    for note in Note.objects.filter(author_id=event.account_id).exclude(state="withdrawn"):
        publish.withdraw_note(note.author, note)
    for note in Note.objects.filter(author_id=event.account_id):
        note.versions.all().delete()
        Note.objects.filter(id=note.id).update(title="", body="", place_detail="")
    Draft.objects.filter(author_id=event.account_id).delete()
    comments.withdraw_all_of(event.account_id)
    comment_counts.count_around(event.account_id)
    boards.delete_all_of(event.account_id)


def on_account_blocked(event: AccountBlocked) -> None:
    """End what the two share: neither stays on the other's boards."""
    boards.part(event.blocker_id, event.blocked_id)


def on_note_withdrawn(event: NoteWithdrawn) -> None:
    """Let go of the pictures in the comments of a note that nobody can read any more."""
    comments.release_pictures_of(event.note_id)


def on_picture_ready(event: PictureReady) -> None:
    """Draw the cards again that show this picture: it has more sizes now."""
    database.execute(
        "UPDATE notes_note_tally t SET card = card + 1 FROM notes_note_picture p"
        " WHERE p.asset_id = %s AND p.position = 0 AND t.note_id = p.note_id",
        (event.asset_id,),
    )


def on_video_ready(event: VideoReady) -> None:
    """Draw the cards again that show this video: it has a poster now."""
    database.execute(
        "UPDATE notes_note_tally t SET card = card + 1 FROM notes_note n"
        " WHERE n.video_id = %s AND t.note_id = n.id",
        (event.asset_id,),
    )


def _list_again(account_id: UUID) -> None:
    """Set `listed` of all of an account's notes to what it should be now."""
    database.execute(
        "UPDATE notes_note_tally t SET listed = (n.state = 'published' AND n.audience = 'public'"
        " AND a.is_active AND a.deleted_at IS NULL), card = t.card + 1"
        " FROM notes_note n JOIN accounts_account a ON a.id = n.author_id"
        " WHERE t.note_id = n.id AND t.author_id = %s",
        (account_id,),
    )
    topics.count_topics(topics.topics_by(account_id))
