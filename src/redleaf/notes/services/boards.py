"""Boards: making and changing them, putting notes on them, and the people invited to one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from redleaf.core import clock, limits, text
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.core.events import announce
from redleaf.graph.selectors import relation
from redleaf.notes import events
from redleaf.notes.models import Board, BoardItem, BoardMember, BoardVisibility, MarkKind
from redleaf.notes.selectors.boards import board_for, may_change_items
from redleaf.notes.selectors.policy import note_for
from redleaf.notes.services.marks import mark

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

TITLE_UNITS = 20
DESCRIPTION_UNITS = 100
BOARDS_MAXIMUM = 200
ITEMS_MAXIMUM = 2000
MEMBERS_MAXIMUM = 50
CREATE_RATE = "60/h"
INVITE_RATE = "60/h"


def create_board(
    account: "Account",
    *,
    title: str,
    description: str = "",
    visibility: str = BoardVisibility.PRIVATE,
) -> Board:
    """Make a board. Raises Invalid, Conflict for a title in use or past 200 boards, TooMany."""
    facts = _checked(title, description, visibility)
    if Board.objects.filter(owner=account).count() >= BOARDS_MAXIMUM:
        raise Conflict("boards_full", _("You have 200 boards, which is the most."))
    limits.hit("board", str(account.id), rate=CREATE_RATE)
    try:
        with transaction.atomic():
            return Board.objects.create(owner=account, **facts)
    except IntegrityError:
        raise _title_used() from None


def change_board(
    account: "Account", board: Board, *, title: str, description: str, visibility: str
) -> None:
    """Rename, describe, and say who sees an own board. While it is private nobody invited sees it.

    Raises NotFound, Invalid, Conflict.
    """
    _own(account, board)
    facts = _checked(title, description, visibility)
    try:
        with transaction.atomic():
            Board.objects.filter(id=board.id).update(**facts, updated_at=clock.now())
    except IntegrityError:
        raise _title_used() from None


def delete_board(account: "Account", board: Board) -> None:
    """Delete an own board; the notes and the saves stay. Raises NotFound."""
    _own(account, board)
    board.delete()


def delete_all_of(account_id: UUID) -> None:
    """Delete an erased account's boards, and take it off those of others."""
    Board.objects.filter(owner_id=account_id).delete()
    BoardMember.objects.filter(account_id=account_id).delete()


def add_to_board(account: "Account", board_id: UUID, note_id: UUID) -> bool:
    """Put a note on a board that is the member's own or shared with them, and save it.

    Returns whether that is new. Raises NotFound for a board or a note that is not theirs to see or
    a board not theirs to change, Conflict past 2,000 notes.
    """
    note = note_for(account, note_id)
    board = _changeable(account, board_id)
    with transaction.atomic():
        mark(account, note.id, kind=MarkKind.SAVE)  # before the lock: tallies come before boards
        locked = Board.objects.select_for_update().get(id=board.id)
        if locked.items.filter(note=note).exists():
            return False
        if locked.items.count() >= ITEMS_MAXIMUM:
            raise Conflict("board_full", _("This board holds 2,000 notes, which is the most."))
        BoardItem.objects.create(board=locked, note=note, added_by=account)
        locked.updated_at = clock.now()
        locked.save(update_fields=["updated_at"])
    return True


def remove_from_board(account: "Account", board_id: UUID, *, note_id: UUID) -> None:
    """Take a note off a board; it stays saved. Repeating is harmless. Raises NotFound."""
    board = _changeable(account, board_id)
    BoardItem.objects.filter(board=board, note_id=note_id).delete()


def remove_item(account: "Account", board_id: UUID, *, item_id: UUID) -> None:
    """Take a place off a board, also the empty one of a note that is gone. Raises NotFound."""
    board = _changeable(account, board_id)
    BoardItem.objects.filter(board=board, id=item_id).delete()


def choose_boards(
    account: "Account", note_id: UUID, *, among: Iterable[UUID], chosen: Iterable[UUID]
) -> int:
    """Let the note stand on exactly the chosen ones among these boards; return how many they are.

    Boards not named in `among` stay as they are: another window may have made them since. A note on
    a board is saved; taking it off the last one leaves it saved.
    """
    wanted = set(chosen)
    with transaction.atomic():
        for board_id in sorted(set(among) | wanted):
            if board_id in wanted:
                add_to_board(account, board_id, note_id)
            else:
                remove_from_board(account, board_id, note_id=note_id)
    return len(wanted)


def invite(account: "Account", board: Board, other: "Account") -> bool:
    """Invite somebody to an own board that is not private; return whether that is new.

    Raises NotFound for another's board and across a block, Invalid for oneself, Conflict for a
    private or full board, TooMany.
    """
    _own(account, board)
    if other.id == account.id:
        raise Invalid("oneself", _("That is you."), field="handle")
    if not other.is_open or relation(account, other).is_blocked:
        raise NotFound()
    limits.hit("board_invite", str(account.id), rate=INVITE_RATE)
    with transaction.atomic():
        locked = Board.objects.select_for_update().get(id=board.id)
        if locked.visibility == BoardVisibility.PRIVATE:
            raise Conflict(
                "board_private",
                _("Only you see this board. Share it first, then invite people."),
                field="handle",
            )
        if locked.members.count() >= MEMBERS_MAXIMUM:
            raise Conflict(
                "board_people", _("This board has 50 people, which is the most."), field="handle"
            )
        _row, is_new = BoardMember.objects.get_or_create(board=locked, account=other)
        if is_new:
            announce(events.BoardInvited(board.id, account.id, other.id))
    return is_new


def remove_member(account: "Account", board: Board, other: "Account") -> None:
    """Take somebody off an own board; what they added stays. Raises NotFound."""
    _own(account, board)
    BoardMember.objects.filter(board=board, account=other).delete()


def leave(account: "Account", board_id: UUID) -> None:
    """Leave a board that one was invited to. Repeating is harmless."""
    BoardMember.objects.filter(board_id=board_id, account=account).delete()


def part(one_id: UUID, other_id: UUID) -> None:
    """Take two people off each other's boards."""
    BoardMember.objects.filter(
        Q(board__owner_id=one_id, account_id=other_id)
        | Q(board__owner_id=other_id, account_id=one_id)
    ).delete()


def _changeable(account: "Account", board_id: UUID) -> Board:
    board = board_for(account, board_id)
    if not may_change_items(account, board):
        raise NotFound()
    return board


def _own(account: "Account", board: Board) -> None:
    if board.owner_id != account.id:
        raise NotFound()


def _checked(title: str, description: str, visibility: str) -> dict[str, Any]:
    title, description = text.clean_line(title), text.clean_line(description)
    if not title:
        raise Invalid("board_title", _("Give the board a name."), field="title")
    if text.units(title) > TITLE_UNITS or len(title) > 80:
        raise Invalid(
            "board_title",
            _("Keep the name under %(count)d characters.") % {"count": TITLE_UNITS},
            field="title",
        )
    if text.units(description) > DESCRIPTION_UNITS or len(description) > 300:
        raise Invalid(
            "board_description",
            _("Keep the description under %(count)d characters.") % {"count": DESCRIPTION_UNITS},
            field="description",
        )
    if visibility not in BoardVisibility.values:
        raise Invalid("board_visibility", _("Choose who may see the board."), field="visibility")
    return {"title": title, "description": description, "visibility": visibility}


def _title_used() -> Conflict:
    return Conflict("board_used", _("You already have a board of this name."), field="title")
