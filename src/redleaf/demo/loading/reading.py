"""The demo's content as Python values, from the TOML files of content/."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Person:
    """An invented member; `look` chooses the drawn portrait."""

    handle: str
    name: str
    bio: str
    language: str
    city: str
    interests: list[str]
    circle: str
    look: int


@dataclass(frozen=True)
class Picture:
    """A scene to draw; the same seed draws the same picture."""

    scene: str
    alt: str = ""
    tone: str = ""
    seed: int = 0
    shape: str = "portrait"


@dataclass(frozen=True)
class Comment:
    """A comment, so many hours after its note; `reply_to` is the place of an earlier one."""

    author: str
    body: str
    hours_after: float
    reply_to: int | None = None


@dataclass(frozen=True)
class Note:
    """A note, published so many days ago; `warmth`, 0 to 1, says how well it was liked."""

    key: str
    author: str
    kind: str
    language: str
    title: str
    body: str
    channel: str
    days_ago: float
    warmth: float
    place: str = ""
    place_detail: str = ""
    cover_design: str = "ruled"
    audience: str = "public"
    people_list: str = ""
    pictures: list[Picture] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """A board and the keys of its notes."""

    owner: str
    title: str
    visibility: str
    notes: list[str]
    description: str = ""
    members: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """Everything, notes in the order in which they were published."""

    people: list[Person]
    notes: list[Note]
    boards: list[Board]


def read(folder: Path = CONTENT) -> Content:
    """Return the content of a folder. Raises OSError, tomllib.TOMLDecodeError, TypeError."""
    people = [Person(**row) for row in _table(folder / "people.toml", "person")]
    notes = [
        _note(row)
        for path in sorted((folder / "notes").glob("*.toml"))
        for row in _table(path, "note")
    ]
    boards = [Board(**row) for row in _table(folder / "boards.toml", "board")]
    return Content(people, sorted(notes, key=lambda note: -note.days_ago), boards)


def _note(row: dict[str, Any]) -> Note:
    pictures = [Picture(**picture) for picture in row.pop("pictures", [])]
    comments = [Comment(**comment) for comment in row.pop("comment", [])]
    return Note(**row, pictures=pictures, comments=comments)


def _table(path: Path, name: str) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    return rows
