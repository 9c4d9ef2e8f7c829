"""What a member hides: the one place that says which notes stay out of that member's lists.

Every list asks here, with the same SQL; a note opened by its own address stays readable, and one's
own notes are never hidden. For somebody without filters no list does any work but one small read.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redleaf.core import clock, database
from redleaf.core.fold import fold, to_simplified
from redleaf.graph.selectors import Viewer, viewer_id
from redleaf.notes.models.filters import Filter

if TYPE_CHECKING:
    from redleaf.accounts.models import Account
    from redleaf.notes.selectors.cards import CardRow

_HELD = "_notes_filters"  # on the viewer's object, which lives as long as its request
# Letters of scripts that part words by spaces: there a word is hidden whole, elsewhere as a part.
_SPACED = "0-9A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff"
_LAST = 0x2FA20  # behind the last character that folds to another


@dataclass(frozen=True)
class Filters:
    """A pattern of all hidden words, "" for none, and the ids of all hidden topics."""

    words: str = ""
    topics: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.topics)


NONE = Filters()


def filters_of(viewer: Viewer) -> Filters:
    """Return what the viewer hides now; asked once for each request."""
    own = viewer_id(viewer)
    if own is None:
        return NONE
    held: Filters | None = getattr(viewer, _HELD, None)
    if held is None:
        held = _read(own)
        setattr(viewer, _HELD, held)
    return held


def forget(viewer: Viewer) -> None:
    """Read the viewer's filters anew next time, after a change."""
    if hasattr(viewer, _HELD):
        delattr(viewer, _HELD)


def shown_sql(viewer: Viewer) -> tuple[str, dict[str, Any]]:
    """Return what to add to the conditions of a list over alias n (notes_note), and the parameters.

    Begins with AND, or is empty for those who hide nothing; needs %(viewer)s.
    """
    hidden = filters_of(viewer)
    if not hidden:
        return "", {}
    return f" AND {_condition(hidden)}", _parameters(hidden)


def kept_ids(viewer: Viewer, note_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these notes the viewer does not hide."""
    wanted = list(note_ids)
    hidden = filters_of(viewer)
    if not hidden or not wanted:
        return set(wanted)
    found = database.values(
        f"SELECT n.id FROM notes_note n WHERE n.id = ANY(%(ids)s) AND {_condition(hidden)}",
        {"ids": wanted, "viewer": viewer_id(viewer), **_parameters(hidden)},
    )
    return {row[0] for row in found}


def kept(viewer: Viewer, rows: "Sequence[CardRow]") -> "list[CardRow]":
    """Return the rows without those that the viewer hides, in their order."""
    if not filters_of(viewer):
        return list(rows)
    shown = kept_ids(viewer, [row.note_id for row in rows])
    return [row for row in rows if row.note_id in shown]


def filters_listed(account: "Account") -> list[Filter]:
    """Return the filters in force, the latest first."""
    rows = Filter.objects.filter(account=account)
    return [row for row in rows if row.until is None or row.until > clock.now()]


def pattern_of(value: str) -> str:
    """Return a PostgreSQL expression that finds a folded word in text as it was written.

    Each character stands for all that fold to it (case, width, Traditional, Simplified), so that no
    folded copy of the notes has to be kept. A word that begins or ends with a letter of a script
    with spaces begins or ends there in the text as well.
    """
    single, several = _unfolded()
    made: list[str] = []
    place = 0
    while place < len(value):
        pair = value[place : place + 2]
        if pair in several:
            plain = "".join(_one_of(character, single) for character in pair)
            made.append(f"(?:{plain}|{_class(several[pair])})")
            place += 2
        else:
            made.append(_one_of(value[place], single))
            place += 1
    before = f"(?:^|[^{_SPACED}])" if _is_spaced(value[:1]) else ""
    behind = f"(?:$|[^{_SPACED}])" if _is_spaced(value[-1:]) else ""
    return f"{before}{''.join(made)}{behind}"


def _read(account_id: UUID) -> Filters:
    found = database.values(
        "SELECT kind, value, pattern FROM notes_filter WHERE account_id = %s"
        " AND (until IS NULL OR until > %s)",
        (account_id, clock.now()),
    )
    if not found:
        return NONE
    keys = [value for kind, value, _pattern in found if kind == "topic"]
    return Filters(
        "|".join(pattern for kind, _value, pattern in found if kind == "word"),
        tuple(_topics(keys)) if keys else (),
    )


def _topics(keys: list[str]) -> list[UUID]:
    """Return the topics of these keys or aliases, and all that were joined with one of them."""
    found = database.values(
        "SELECT o.id FROM notes_topic o WHERE coalesce(o.canonical_id, o.id) IN ("
        " SELECT coalesce(canonical_id, id) FROM notes_topic WHERE key = ANY(%(keys)s)"
        " UNION SELECT coalesce(t.canonical_id, t.id) FROM notes_topic_alias a"
        "  JOIN notes_topic t ON t.id = a.topic_id WHERE a.key = ANY(%(keys)s))",
        {"keys": keys},
    )
    return [row[0] for row in found]


def _condition(hidden: Filters) -> str:
    tests, of_topic = [], []
    if hidden.words:
        tests += ["n.title ~ %(hidden_words)s", "n.body ~ %(hidden_words)s"]
        of_topic.append("o.key ~ %(hidden_words)s")
    if hidden.topics:
        of_topic.append("o.id = ANY(%(hidden_topics)s)")
    tests.append(
        "EXISTS (SELECT 1 FROM notes_note_topic y JOIN notes_topic o ON o.id = y.topic_id"
        f" WHERE y.note_id = n.id AND ({' OR '.join(of_topic)}))"
    )
    return f"(n.author_id = %(viewer)s::uuid OR NOT ({' OR '.join(tests)}))"


def _parameters(hidden: Filters) -> dict[str, Any]:
    return {"hidden_words": hidden.words, "hidden_topics": list(hidden.topics)}


@lru_cache(maxsize=1)
def _unfolded() -> tuple[dict[str, str], dict[str, str]]:
    """Return, for characters and for pairs of them, every other character that folds to it.

    Read from the folding itself, in one go for all of Unicode: about a fifth of a second, once.
    """
    characters = [chr(code) for code in range(0x21, _LAST) if not 0xD800 <= code <= 0xF8FF]
    plain = [unicodedata.normalize("NFKC", item).casefold() for item in characters]
    # One to a line: the converter looks at what stands together.
    folded = to_simplified("\n".join(item.replace("\n", " ") for item in plain)).split("\n")
    single: dict[str, str] = defaultdict(str)
    several: dict[str, str] = defaultdict(str)
    for character, into in zip(characters, folded, strict=True):
        if into != character and len(into) == 1:
            single[into] += character
        elif len(into) == 2 and into.isalnum():
            several[into] += character
    return dict(single), dict(several)


def _one_of(character: str, single: dict[str, str]) -> str:
    if character.isspace():
        return "[[:space:]\u3000]+"
    return _class(character + single.get(character, ""))


def _class(characters: str) -> str:
    escaped = [_escaped(item) for item in characters]
    return escaped[0] if len(escaped) == 1 else f"[{''.join(escaped)}]"


def _escaped(character: str) -> str:
    return character if character.isalnum() or not character.isascii() else f"\\{character}"


def _is_spaced(character: str) -> bool:
    """Return whether this is a letter or digit of a script that parts words by spaces."""
    code = ord(character) if character else 0x3000
    return character.isalnum() and (code < 0x530 or 0x1E00 <= code < 0x2000)


def folded(text: str) -> str:
    """Return the form under which a word or a topic is kept and compared."""
    return fold(" ".join(text.split()))
