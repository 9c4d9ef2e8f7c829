"""How many comments readers see: the counters of notes and threads.

Counted is what everybody may see: a shown comment of an account that is open. While an account is
closed, or an operator has suspended it, what it said is hidden and not counted.
"""

from uuid import UUID

from redleaf.core import database

_OPEN_AUTHOR = (
    "JOIN accounts_account a ON a.id = c.author_id AND a.is_active AND a.deleted_at IS NULL"
)
ON_NOTE = (
    f"(SELECT count(*) FROM notes_comment c {_OPEN_AUTHOR}"
    " WHERE c.note_id = t.note_id AND c.state = 'shown')"
)
IN_THREAD = (
    f"(SELECT count(*) FROM notes_comment c {_OPEN_AUTHOR}"
    " WHERE c.thread_id = top.id AND c.state = 'shown')"
)
_LIKES = "(SELECT count(*) FROM notes_comment_like l WHERE l.comment_id = top.id)"


def count(note_id: UUID, thread_id: UUID | None, author_id: UUID, step: int) -> None:
    """Move the counters of the thread and of the note for one comment of this author.

    A closed author's comment moves nothing. The author's row stays locked until the transaction
    ends, so that closing the account, and the count that follows, come before or after this.
    Until that count the numbers may be off by what the account said, but are never below zero.
    """
    found = database.values(
        "SELECT is_active AND deleted_at IS NULL FROM accounts_account WHERE id = %s FOR SHARE",
        (author_id,),
    )
    if not (found and found[0][0]):
        return
    if thread_id is not None:
        database.execute(
            "UPDATE notes_comment SET reply_count = greatest(reply_count + %s, 0) WHERE id = %s",
            (step, thread_id),
        )
    database.execute(
        "UPDATE notes_note_tally SET comment_count = greatest(comment_count + %s, 0)"
        " WHERE note_id = %s",
        (step, note_id),
    )


def count_around(account_id: UUID) -> None:
    """Count anew wherever this account has said something. Runs in the caller's transaction.

    Everything that is counted is locked first, in the order of all who change comments: what is
    said meanwhile waits, and then adds itself to what was counted here.
    """
    one = {"account": account_id}
    database.execute(
        "SELECT id FROM notes_note WHERE id IN"
        " (SELECT note_id FROM notes_comment WHERE author_id = %(account)s)"
        " ORDER BY id FOR NO KEY UPDATE",
        one,
    )
    database.execute(
        "SELECT id FROM notes_comment WHERE id IN"
        " (SELECT thread_id FROM notes_comment WHERE author_id = %(account)s)"
        " ORDER BY id FOR NO KEY UPDATE",
        one,
    )
    database.execute(
        "SELECT note_id FROM notes_note_tally WHERE note_id IN"
        " (SELECT note_id FROM notes_comment WHERE author_id = %(account)s)"
        " ORDER BY note_id FOR NO KEY UPDATE",
        one,
    )
    database.execute(
        f"UPDATE notes_comment top SET reply_count = {IN_THREAD} WHERE top.id IN"
        " (SELECT thread_id FROM notes_comment WHERE author_id = %(account)s)",
        one,
    )
    database.execute(
        f"UPDATE notes_note_tally t SET comment_count = {ON_NOTE} WHERE t.note_id IN"
        " (SELECT note_id FROM notes_comment WHERE author_id = %(account)s)",
        one,
    )


def recount() -> int:
    """Set every counter of every comment to what the tables say; return how many were wrong."""
    return database.execute(
        f"WITH truth AS (SELECT top.id, {_LIKES} AS likes, {IN_THREAD} AS replies"
        " FROM notes_comment top)"
        " UPDATE notes_comment c SET like_count = truth.likes, reply_count = truth.replies"
        " FROM truth WHERE c.id = truth.id"
        " AND (c.like_count <> truth.likes OR c.reply_count <> truth.replies)"
    )
