"""Which font on this machine can write some words."""

import functools
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings

PLACES: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
ENDINGS: Final = (".ttf", ".ttc", ".otf", ".otc")
FILES_MAXIMUM: Final = 5000  # of fonts in all places, so that a strange machine costs no minutes

# By file name, the best first. One file may hold the faces of several regions: MARKS tells them
# apart, so that a Chinese title never gets a Japanese glyph.
LATIN: Final = {
    "serif": "NotoSerif-Bold LiberationSerif-Bold DejaVuSerif-Bold georgiab timesbd",
    "bold": "NotoSans-Bold LiberationSans-Bold DejaVuSans-Bold segoeuib arialbd",
    "plain": "NotoSans-Regular LiberationSans-Regular DejaVuSans segoeui arial Helvetica",
}
CHINESE: Final = {
    "serif": "NotoSerifCJK-Bold NotoSerifCJK{}-Bold NotoSerif{}-Bold SourceHanSerif-Bold"
    " SourceHanSerif{}-Bold NotoSerifCJK-Regular Songti",
    "bold": "NotoSansCJK-Bold NotoSansCJK{}-Bold NotoSans{}-Bold SourceHanSans-Bold"
    " SourceHanSans{}-Bold msyhbd msjhbd",
    "plain": "NotoSansCJK-Regular NotoSansCJK{}-Regular NotoSans{}-Regular SourceHanSans-Regular"
    " SourceHanSans{}-Regular PingFang msyh msjh simsun wqy-zenhei wqy-microhei"
    " DroidSansFallbackFull uming",
}
KINDS: Final = tuple(LATIN)
MARKS: Final = {"zh-hans": ("SC", "sc", "CN"), "zh-hant": ("TC", "tc", "TW")}
SAMPLE: Final = 24
BREAKABLE: Final = re.compile(r"[ \t\r\n]+")  # the spaces at which a line may end


def find(words: str, language: str, kind: str) -> tuple[str, int] | None:
    """Return file and face of a font that has every character of these words, of this kind if
    there is one, or None.

    Characters of no script, such as emoji, do not count: see `plain`.
    """
    wanted = frozenset(character for character in plain(words) if not character.isspace())
    if not wanted:
        return None
    for face in _candidates(language, kind):
        if all(_has(face, character) for character in wanted):
            return face
    return None


def plain(words: str) -> str:
    """Return words without what a font for text need not have: emoji, controls, private use."""
    kept = (
        character
        for character in unicodedata.normalize("NFC", " ".join(BREAKABLE.split(words)))
        if unicodedata.category(character) not in {"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn"}
        and not 0xFE00 <= ord(character) <= 0xFE0F
    )
    return BREAKABLE.sub(" ", "".join(kept)).strip()


@functools.lru_cache(maxsize=8)
def _candidates(language: str, kind: str) -> tuple[tuple[str, int], ...]:
    marks = MARKS.get(language, MARKS["zh-hans"])
    order = sorted(KINDS, key=lambda other: other != kind)
    latin = [name for other in order for name in LATIN[other].split()]
    chinese = [
        name.format(mark) for other in order for name in CHINESE[other].split() for mark in marks
    ]
    names = [*chinese, *latin] if language in MARKS else [*latin, *chinese]
    files = _files()
    own = [path for path in files.values() if path.startswith(_own_place())]
    found = own + [files[name.lower()] for name in dict.fromkeys(names) if name.lower() in files]
    return tuple((path, _face(path, marks)) for path in dict.fromkeys(found) if _opens(path))


def _own_place() -> str:
    return str(Path(settings.REDLEAF_DATA_DIR) / "fonts")


@functools.lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """Return the fonts of this machine: file name without ending, in small letters, to path."""
    found: dict[str, str] = {}
    for path in _walk():
        found.setdefault(path.stem.lower(), str(path))
        if len(found) >= FILES_MAXIMUM:
            break
    return found


def _walk() -> Iterator[Path]:
    for place in (_own_place(), *PLACES):
        for folder, _folders, names in os.walk(Path(place).expanduser()):
            yield from (
                Path(folder) / name for name in sorted(names) if name.lower().endswith(ENDINGS)
            )


def _face(path: str, marks: tuple[str, ...]) -> int:
    """Return the number of the face that a file has for this region, else its first."""
    if not path.lower().endswith(("ttc", "otc")):
        return 0
    for number in range(16):
        try:
            name = load(path, number, SAMPLE).getname()[0] or ""
        except OSError:
            break
        if name.endswith(marks):
            return number
    return 0


def _opens(path: str) -> bool:
    try:
        load(path, 0, SAMPLE)
    except OSError:
        return False
    return True


def load(path: str, face: int, size: int) -> Any:
    """Return a font ready to write with. Raises OSError for a file that is none."""
    from PIL import ImageFont

    return ImageFont.truetype(path, size, index=face)


@functools.lru_cache(maxsize=20_000)
def _has(face: tuple[str, int], character: str) -> bool:
    """Return whether the font draws a character otherwise than what it has not."""
    return _shape(face, character) != _missing(face)


@functools.lru_cache(maxsize=32)
def _missing(face: tuple[str, int]) -> bytes:
    return _shape(face, "\uffff")


def _shape(face: tuple[str, int], character: str) -> bytes:
    mask = load(*face, SAMPLE).getmask(character)
    return repr(mask.size).encode() + bytes(mask)
