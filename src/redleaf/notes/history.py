"""What an edit changed, for readers: words taken out and words put in."""

import difflib
import itertools
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cachetools import LRUCache

from redleaf.notes.models import Note

# Chinese is compared by character, other scripts by word: that is what a reader sees change.
_PIECE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\w+|\s+|.", re.DOTALL)
FINE = 600  # pieces, beyond which changed lines are shown whole: comparing may cost their square
LINES = 2_000  # lines, beyond which a whole text is shown changed
SHOWN = 30
_held: LRUCache[tuple[UUID, int, int], "Change"] = LRUCache(maxsize=500)


@dataclass(frozen=True)
class Piece:
    """A run of text: "same", "out" or "in"."""

    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """One edit: when, and how title, body and pictures went from one wording to the next."""

    number: int
    at: datetime
    title: list[Piece]
    body: list[Piece]
    pictures_added: int
    pictures_removed: int


def changes(note: Note) -> list[Change]:
    """Return the note's latest 30 edits, the last first; none for a note that was never edited."""
    versions = list(note.versions.order_by("-number")[: SHOWN + 1])[::-1]
    found = []
    for before, after in itertools.pairwise(versions):
        key = (note.id, before.number, after.number)
        if key in _held:
            found.append(_held[key])
            continue
        old = {item["asset"] for item in before.pictures}
        new = {item["asset"] for item in after.pictures}
        change = _held[key] = Change(
            number=after.number,
            at=after.made_at,
            title=compare(before.title, after.title),
            body=compare(before.body, after.body),
            pictures_added=len(new - old),
            pictures_removed=len(old - new),
        )
        found.append(change)
    return found[::-1]


def compare(before: str, after: str) -> list[Piece]:
    """Return `after` as pieces against `before`; the same and the new ones give `after` back.

    Lines are compared first and changed lines then in themselves, so that a long note costs little.
    """
    pieces: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > LINES:
        old, new = [before], [after]
    for action, a, b, c, d in difflib.SequenceMatcher(a=old, b=new).get_opcodes():
        out, put = "".join(old[a:b]), "".join(new[c:d])
        if action == "equal":
            pieces.append(Piece("same", put))
        elif action == "replace" and (fine := _fine(out, put)) is not None:
            pieces.extend(fine)
        else:
            pieces.extend([Piece("out", out)] if out else [])
            pieces.extend([Piece("in", put)] if put else [])
    return pieces


def _fine(before: str, after: str) -> list[Piece] | None:
    """Return what changed within lines, or None when they are too long to compare piece by piece.

    What both begin and end with is set aside first: most edits are small.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    head, tail = "".join(new[:start]), "".join(new[len(new) - end :])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) + len(new) > FINE:
        return None
    pieces = [Piece("same", head)] if head else []
    for action, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if action == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("out", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("in", "".join(new[c:d])))
    if tail:
        pieces.append(Piece("same", tail))
    return pieces
