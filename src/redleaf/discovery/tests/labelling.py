"""The demo's public notes as index entries, straight from its files, and the labelled queries."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from redleaf.discovery.search.documents import note_entry
from redleaf.discovery.search.engine import Entry
from redleaf.editions.starting import PLACES
from redleaf.notes.services.content import topics_in

DEMO = Path(__file__).parents[2] / "demo" / "content"
LABELLED = Path(__file__).parent / "labelled" / "notes.toml"
LANGUAGES = ("en", "fr", "zh-hans", "zh-hant")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Query:
    """What somebody types, in which language, and the grade of each note that serves it."""

    text: str
    language: str
    grades: dict[str, int]


def id_of(key: str) -> UUID:
    """Return the id that stands for one of the demo's notes or members."""
    return uuid5(NAMESPACE_URL, key)


@cache
def notes() -> dict[str, dict[str, Any]]:
    """Return the demo's public notes by key."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DEMO / "notes").glob("*.toml")):
        for note in tomllib.loads(path.read_text(encoding="utf-8"))["note"]:
            if note.get("audience", "public") == "public" and not note.get("draft"):
                found[note["key"]] = note
    return found


def queries() -> list[Query]:
    """Return every labelled query."""
    found = []
    for need in tomllib.loads(LABELLED.read_text(encoding="utf-8"))["need"]:
        for language in LANGUAGES:
            found.extend(Query(text, language, need["grades"]) for text in need.get(language, []))
    return found


def entries() -> list[Entry]:
    """Return the notes as the product indexes them, without a database."""
    people = tomllib.loads((DEMO / "people.toml").read_text(encoding="utf-8"))["person"]
    names = {person["handle"]: person["name"] for person in people}
    places = {row[0]: dict(zip(LANGUAGES, row[3:], strict=True)) for row in PLACES}
    return [_entry(key, note, names, places) for key, note in notes().items()]


def _entry(
    key: str, note: dict[str, Any], names: dict[str, str], places: dict[str, dict[str, str]]
) -> Entry:
    body = note["body"].strip()
    row = {
        "id": id_of(key),
        "title": note["title"],
        "body": body,
        "topics": " ".join(topics_in(body).values()),
        "language": note["language"],
        "published_at": NOW - timedelta(days=note["days_ago"]),
        "author_id": id_of(note["author"]),
        "display_name": names[note["author"]],
        "handle": note["author"],
        "place_names": places[note["place"]] if note.get("place") else None,
        "place_detail": note.get("place_detail", ""),
        "place_id": None,  # for filters alone, which no labelled query sets
        "is_helpful": False,
        "channel": note.get("channel"),
        "has_pictures": bool(note.get("pictures")),
        "has_video": "video" in note,
    }
    return note_entry(row)
