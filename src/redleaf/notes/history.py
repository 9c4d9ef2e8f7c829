"""What an edit changed, for readers: words taken out and words put in."""

import difflib
import itertools
import re
from dataclasses import dataclass
from datetime import datetime

from redleaf.notes.models import Note

# Chinese is compared by character, other scripts by word: that is what a reader sees change.
_PIECE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\w+|\s+|.", re.DOTALL)
FINE = 3_000  # characters, beyond which changed lines are shown whole


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
    """Return the note's edits, the latest first; none for a note that was never edited."""
    versions = list(note.versions.order_by("number"))
    found = []
    for before, after in itertools.pairwise(versions):
        old = {item["asset"] for item in before.pictures}
        new = {item["asset"] for item in after.pictures}
        found.append(
            Change(
                number=after.number,
                at=after.made_at,
                title=compare(before.title, after.title),
                body=compare(before.body, after.body),
                pictures_added=len(new - old),
                pictures_removed=len(old - new),
            )
        )
    return found[::-1]


def compare(before: str, after: str) -> list[Piece]:
    """Return `after` as pieces against `before`; the same and the new ones give `after` back.

    Lines are compared first and changed lines then in themselves, so that a long note costs little.
    """
    pieces: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for action, a, b, c, d in difflib.SequenceMatcher(a=old, b=new).get_opcodes():
        out, put = "".join(old[a:b]), "".join(new[c:d])
        if action == "equal":
            pieces.append(Piece("same", put))
        elif action == "replace" and len(out) + len(put) <= FINE:
            pieces.extend(_fine(out, put))
        else:
            pieces.extend([Piece("out", out)] if out else [])
            pieces.extend([Piece("in", put)] if put else [])
    return pieces


def _fine(before: str, after: str) -> list[Piece]:
    pieces: list[Piece] = []
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    for action, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if action == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("out", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("in", "".join(new[c:d])))
    return pieces
