"""The demo's words hold together: every file parses, and what it names is there."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redleaf.accounts.handles import ERASED_PREFIX, RESERVED
from redleaf.accounts.models import HANDLE_PATTERN
from redleaf.accounts.services import BIO_UNITS, NAME_UNITS
from redleaf.core.text import clean_line, clean_text, units
from redleaf.editions.starting import CHANNELS, PLACES
from redleaf.notes.rendering import PICTURE_BLOCK
from redleaf.notes.services.comments import BODY_UNITS
from redleaf.notes.services.content import (
    ALT_UNITS,
    LONG_BODY_UNITS,
    PLACE_DETAIL_UNITS,
    SHORT_BODY_UNITS,
    TITLE_UNITS,
    handles_in,
    topics_in,
)

CONTENT = Path(__file__).parent.parent / "content"
FILE_LINES = 450
LANGUAGES = {"en", "fr", "zh-hans", "zh-hant"}
COVER_DESIGNS = {"ink", "ruled", "quote", "grid", "postcard", "ticket", "night", "seal"}
TONES = {"warm", "cool", "dusk", "mint", "rose", "mono", "sun", "night"}
SHAPES = {"portrait", "square", "wide"}
CHANNEL_SLUGS = {slug for slug, *_ in CHANNELS}
PLACE_SLUGS = {slug for slug, *_ in PLACES}
CITIES = {slug for slug, kind, *_ in PLACES if kind == "city"}
SCENE_NAMES = """
skincare-shelf serum-bottle cream-jar sheet-mask sunscreen-tube cleanser-foam humidifier
lipstick-row eye-makeup cushion-compact makeup-bag nail-polish
hotpot noodle-bowl dumplings congee rice-cooker bento stir-fry bbq-skewers mooncake grocery-bag
market-stall fruit-bowl bakery-box croissant cake-slice bubble-tea coffee-cup latte-art tea-set
bagel poutine
apartment-room bedroom desk-setup bookshelf sofa moving-boxes kitchen-counter plant-window
bathroom-shelf laundry lamp-corner
campus-building library-desk lecture-notes graduation backpack
skyline-toronto skyline-vancouver skyline-montreal skyline-calgary mountain-lake forest-trail
beach-sunset snow-street maple-tree cherry-blossom skating-rink ferry streetcar metro bicycle
picnic camping-tent night-market lantern-street fireworks ski-slope northern-lights
winter-coat outfit-flatlay sneakers winter-boots tote-bag scarf sunglasses hanbok-rack
documents bank-card tax-form health-card phone-plan piggy-bank resume calendar keys
stroller baby-bottle kids-drawing playground cat dog guitar film-camera museum cinema
board-game mahjong calligraphy yoga-mat running-shoes swimming badminton headphones laptop
phone camera charger
"""
SCENES = frozenset(SCENE_NAMES.split())


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


PEOPLE: list[dict[str, Any]] = read(CONTENT / "people.toml")["person"]
FILES = sorted((CONTENT / "notes").glob("*.toml"))
NOTES: list[dict[str, Any]] = [note for path in FILES for note in read(path)["note"]]
BOARDS: list[dict[str, Any]] = read(CONTENT / "boards.toml")["board"]
HANDLES = {person["handle"] for person in PEOPLE}
KEYS = {note["key"] for note in NOTES}


def comments() -> Iterator[tuple[str, int, dict[str, Any], list[dict[str, Any]]]]:
    for note in NOTES:
        said = note.get("comment", [])
        for index, comment in enumerate(said):
            yield note["key"], index, comment, said


def broken(found: dict[str, object]) -> str:
    return "\n".join(f"{name}: {what}" for name, what in found.items())


def test_every_file_stays_short() -> None:
    long = {
        path.name: lines
        for path in CONTENT.rglob("*.toml")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert not long, broken(long)


def test_handles_are_free_and_each_used_once() -> None:
    counted = Counter(person["handle"] for person in PEOPLE)
    wrong = {
        handle: number
        for handle, number in counted.items()
        if number > 1
        or not HANDLE_PATTERN.fullmatch(handle)
        or handle in RESERVED
        or handle.startswith(ERASED_PREFIX)
    }
    assert not wrong, broken(wrong)


def test_every_member_is_someone_the_site_would_take() -> None:
    wrong = {
        person["handle"]: person
        for person in PEOPLE
        if person["language"] not in LANGUAGES
        or person["city"] not in CITIES
        or not set(person["interests"]) <= CHANNEL_SLUGS
        or units(person["name"]) > NAME_UNITS
        or units(person["bio"]) > BIO_UNITS
        or not isinstance(person["look"], int)
        or not person["circle"]
    }
    assert not wrong, broken(wrong)


def test_keys_of_notes_are_used_once() -> None:
    twice = [key for key, number in Counter(note["key"] for note in NOTES).items() if number > 1]
    assert not twice


def test_a_note_names_a_member_a_channel_and_a_place_that_exist() -> None:
    wrong = {
        note["key"]: (note["author"], note["language"], note["channel"], note["place"])
        for note in NOTES
        if note["author"] not in HANDLES
        or note["language"] not in LANGUAGES
        or note["channel"] not in CHANNEL_SLUGS
        or (note["place"] and note["place"] not in PLACE_SLUGS)
    }
    assert not wrong, broken(wrong)


def test_titles_bodies_and_details_are_within_the_limits() -> None:
    wrong: dict[str, object] = {}
    for note in NOTES:
        limit = LONG_BODY_UNITS if note["kind"] == "long" else SHORT_BODY_UNITS
        sizes = (
            units(note["title"]),
            units(note["body"]),
            units(note.get("place_detail", "")),
        )
        most = (TITLE_UNITS, limit, PLACE_DETAIL_UNITS)
        if 0 in sizes[:2] or any(size > top for size, top in zip(sizes, most, strict=True)):
            wrong[note["key"]] = sizes
    assert not wrong, broken(wrong)


def test_words_are_already_as_the_site_would_store_them() -> None:
    wrong = {
        note["key"]: note["title"]
        for note in NOTES
        if clean_line(note["title"]) != note["title"]
        or clean_text(note["body"]) != note["body"].strip()
    }
    assert not wrong, broken(wrong)


def test_every_note_was_published_in_the_last_two_months() -> None:
    wrong = {
        note["key"]: (note["days_ago"], note["warmth"])
        for note in NOTES
        if not 0.1 <= note["days_ago"] <= 60 or not 0 <= note["warmth"] <= 1
    }
    assert not wrong, broken(wrong)


def test_pictures_fit_the_kind_of_the_note() -> None:
    most = {"picture": 6, "long": 6, "words": 0, "video": 6}
    least = {"picture": 1, "long": 0, "words": 0, "video": 0}
    wrong = {
        note["key"]: (note["kind"], count)
        for note in NOTES
        if (count := len(note.get("pictures", []))) > most[note["kind"]]
        or count < least[note["kind"]]
        or (note["kind"] == "words" and note.get("cover_design") not in COVER_DESIGNS)
    }
    assert not wrong, broken(wrong)


def test_every_picture_can_be_drawn_and_is_described() -> None:
    wrong = {
        note["key"]: picture
        for note in NOTES
        for picture in note.get("pictures", [])
        if picture["scene"] not in SCENES
        or not picture["alt"].strip()
        or units(picture["alt"]) > ALT_UNITS
        or picture.get("tone", "warm") not in TONES
        or picture.get("shape", "portrait") not in SHAPES
        or not isinstance(picture.get("seed", 0), int)
    }
    assert not wrong, broken(wrong)


def test_a_long_note_shows_each_of_its_pictures_once() -> None:
    wrong = {
        note["key"]: blocks
        for note in NOTES
        if note["kind"] == "long"
        and (blocks := sorted(int(number) for number in PICTURE_BLOCK.findall(note["body"])))
        != list(range(1, len(note.get("pictures", [])) + 1))
    }
    assert not wrong, broken(wrong)


def test_every_note_names_a_topic() -> None:
    without = [note["key"] for note in NOTES if not topics_in(note["body"])]
    assert not without


def test_every_hash_and_every_at_sign_becomes_a_link() -> None:
    """Glued to a letter before it, or past the limit, a mark would stay plain text."""
    wrong: dict[str, object] = {}
    for note in NOTES:
        words = "\n".join(
            line for line in note["body"].splitlines() if not line.startswith(("# ", "## ", "### "))
        )
        if words.count("#") != len(topics_in(words)) or words.count("@") != len(handles_in(words)):
            wrong[note["key"]] = (topics_in(words), handles_in(words))
    for key, index, comment, _ in comments():
        if comment["body"].count("@") != len(handles_in(comment["body"])):
            wrong[f"{key}[{index}]"] = comment["body"]
    assert not wrong, broken(wrong)


def test_people_who_are_mentioned_exist() -> None:
    wrong: dict[str, object] = {
        note["key"]: unknown
        for note in NOTES
        if (unknown := set(handles_in(note["body"])) - HANDLES)
    }
    for key, index, comment, _ in comments():
        if unknown := set(handles_in(comment["body"])) - HANDLES:
            wrong[f"{key}[{index}]"] = unknown
    assert not wrong, broken(wrong)


def test_comments_are_by_members_and_within_the_limit() -> None:
    wrong = {
        f"{key}[{index}]": comment
        for key, index, comment, _ in comments()
        if comment["author"] not in HANDLES
        or not comment["body"].strip()
        or units(comment["body"]) > BODY_UNITS
    }
    assert not wrong, broken(wrong)


def test_a_reply_answers_an_earlier_comment_of_its_note() -> None:
    wrong = {
        f"{key}[{index}]": comment
        for key, index, comment, said in comments()
        if (to := comment.get("reply_to")) is not None
        and not (0 <= to < index and said[to]["hours_after"] < comment["hours_after"])
    }
    assert not wrong, broken(wrong)


def test_no_comment_comes_before_its_note_or_after_today() -> None:
    ages = {note["key"]: note["days_ago"] * 24 for note in NOTES}
    wrong = {
        f"{key}[{index}]": (comment["hours_after"], ages[key])
        for key, index, comment, _ in comments()
        if not 0 < comment["hours_after"] < ages[key]
    }
    assert not wrong, broken(wrong)


def test_boards_hold_notes_and_members_that_exist() -> None:
    wrong = {
        f"{board['owner']}: {board['title']}": board
        for board in BOARDS
        if board["owner"] not in HANDLES
        or board["visibility"] not in {"public", "private", "shared"}
        or not set(board.get("members", [])) <= HANDLES - {board["owner"]}
        or (board["visibility"] != "shared" and board.get("members"))
        or not board["notes"]
        or len(set(board["notes"])) != len(board["notes"])
        or not set(board["notes"]) <= KEYS
        or units(board["title"]) > TITLE_UNITS
    }
    assert not wrong, broken(wrong)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_is_written_by_its_members(language: str) -> None:
    assert any(person["language"] == language for person in PEOPLE)


def test_every_channel_has_notes() -> None:
    assert {note["channel"] for note in NOTES} == CHANNEL_SLUGS
