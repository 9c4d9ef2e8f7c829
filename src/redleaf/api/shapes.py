"""What the API says of a note, a person and a comment: the objects that `schema` describes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from redleaf.core import ids
from redleaf.media.pictures.making import TYPES
from redleaf.media.selectors import video_sources
from redleaf.notes import rendering
from redleaf.notes.selectors.comments import Thread, has_words
from redleaf.web.filters import language_tag

EXCERPT = 160


def address(path: str) -> str:
    """Return a path of this site as a whole address."""
    return f"{settings.REDLEAF_PUBLIC_URL}{path}"


def moment(value: datetime | None) -> str | None:
    """Return a moment as RFC 3339, in UTC."""
    return None if value is None else value.isoformat(timespec="seconds").replace("+00:00", "Z")


def note(row: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """Return a note of `facts_of`; with its body when `whole`, else with an excerpt."""
    ref = ids.encode(row["id"])
    shown: dict[str, Any] = {
        "id": ref,
        "url": address(f"/note/{ref}/"),
        "kind": row["kind"],
        "title": row["title"],
        "excerpt": rendering.excerpt(row["body"], limit=EXCERPT),
        "language": language_tag(row["language"]),
        "audience": row["audience"],
        "author": author(row),
        "channel": row["channel"],
        "place": {"key": row["place"], "name": place_name(row)} if row["place"] else None,
        "topics": [topic(item) for item in row["topics"] or []],
        "pictures": [picture(item) for item in row["pictures"] or []],
        "video": video(row["video"]),
        "counts": {name: row[name] for name in ("likes", "saves", "helpful", "comments", "shares")},
        "version": row["number"],
        "published_at": moment(row["published_at"]),
        "edited_at": moment(row["edited_at"]),
    }
    if whole:
        shown["body"] = row["body"]
        shown["place_detail"] = row["place_detail"]
        shown["who_may_reply"] = row["reply_policy"]
    return shown


def place_name(row: Mapping[str, Any]) -> str:
    """Return a place's name in the note's language, else in English."""
    names: dict[str, str] = row["place_names"] or {}
    return names.get(row["language"]) or names.get("en") or row["place"]


def topic(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": row["key"], "name": row["name"], "url": address(f"/topic/{row['key']}/")}


def author(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return who wrote something: a row with handle, name and avatar."""
    return {
        "handle": row["handle"],
        "name": row["name"],
        "url": address(f"/@{row['handle']}"),
        "avatar": avatar(row["handle"], row["avatar"]),
    }


def avatar(handle: str, ref: str) -> str | None:
    return address(f"/avatar/{handle}/{ref}.webp") if ref else None


def person(account: Any, *, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return a member as their profile page shows them."""
    return {
        "handle": account.handle,
        "name": account.display_name,
        "url": address(account.profile_path),
        "avatar": avatar(account.handle, account.avatar),
        "bio": account.bio,
        "city": account.city or None,
        "counts": {
            name: numbers[name] for name in ("followers", "following", "likes", "saves", "helpful")
        },
    }


def picture(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a picture with every size that there is, the smallest first."""
    ref = ids.encode(UUID(item["id"]))
    return {
        "alt": item["alt"],
        "width": item["width"],
        "height": item["height"],
        "colour": item["colour"],
        "files": [
            {
                "url": address(f"/media/{ref}/{entry['path'].rpartition('/')[2]}"),
                "type": TYPES[entry["format"]],
                "width": entry["width"],
                "height": entry["height"],
            }
            for entry in item["manifest"] or []
            if entry["format"] in TYPES
        ],
    }


def video(item: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a video; while it is being prepared it has no addresses."""
    if item is None:
        return None
    sources = video_sources({**item, "id": UUID(item["id"]), "failure": ""})
    return {
        "ready": item["state"] == "ready",
        "width": item["width"],
        "height": item["height"],
        "duration": item["duration"],
        "poster": address(sources["poster"]) if sources["poster"] else None,
        "mp4": address(sources["mp4"]) if sources["mp4"] else None,
        "hls": address(sources["hls"]) if sources["hls"] else None,
        "captions": [
            {"language": track["language"], "url": address(track["src"])}
            for track in sources["captions"]
        ],
    }


def thread(found: Thread) -> dict[str, Any]:
    """Return a top comment with its first replies, and how many more there are."""
    return {
        **comment(found.top),
        "replies": [comment(row) for row in found.replies],
        "replies_left": found.left,
    }


def comment(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a comment; one whose words are gone keeps its place and its time."""
    is_there = has_words(row)
    ref = ids.encode(row["id"])
    return {
        "id": ref,
        "url": address(f"/comment/{ref}/"),
        "gone": not is_there,
        "author": author({**row, "name": row["display_name"]}) if is_there else None,
        "body": row["body"] if is_there else "",
        "pictures": [picture(item) for item in row["pictures"] or []] if is_there else [],
        "pinned": row["pinned_at"] is not None,
        "hidden": is_there and row["state"] == "hidden",
        "likes": row["like_count"] if is_there else 0,
        "created_at": moment(row["created_at"]),
        "edited_at": moment(row["edited_at"]) if is_there else None,
    }
