"""What notes hear from the rooms below. Each may come twice and does its work once."""

from uuid import UUID

from redleaf.accounts.events import AccountChanged, AccountClosed, AccountErased, AccountReopened
from redleaf.core import database
from redleaf.core.events import subscribe
from redleaf.media.events import PictureReady, VideoReady
from redleaf.notes.models import Draft, Note
from redleaf.notes.services import publish


def subscribe_all() -> None:
    """Hear what changes the look or the reach of cards."""
    subscribe(AccountChanged, on_account_changed)
    subscribe(AccountClosed, on_account_closed)
    subscribe(AccountReopened, on_account_reopened)
    subscribe(AccountErased, on_account_erased)
    subscribe(PictureReady, on_picture_ready)
    subscribe(VideoReady, on_video_ready)


def on_account_changed(event: AccountChanged) -> None:
    """Draw an author's cards anew: they show name and face."""
    database.execute(
        "UPDATE notes_note_tally SET card = card + 1 WHERE author_id = %s", (event.account_id,)
    )


def on_account_closed(event: AccountClosed) -> None:
    _list_again(event.account_id)


def on_account_reopened(event: AccountReopened) -> None:
    _list_again(event.account_id)


def on_account_erased(event: AccountErased) -> None:
    """Take away an erased author's notes and drafts, words and pictures."""
    for note in Note.objects.filter(author_id=event.account_id).exclude(state="withdrawn"):
        publish.withdraw_note(note.author, note)
    for note in Note.objects.filter(author_id=event.account_id):
        note.versions.all().delete()
        Note.objects.filter(id=note.id).update(title="", body="", place_detail="")
    Draft.objects.filter(author_id=event.account_id).delete()


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
