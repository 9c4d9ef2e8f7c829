"""Text as people type it and as Chinese readers count it."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from redleaf.core.errors import Invalid

MARKS_PER_BASE = 4
_JOINER = "\u200d"
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ufff9-\ufffb]")
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*\n(?:[ \t\u3000]*\n)+")
_SPACES = re.compile(r"\s+")


def units(text: str) -> float:
    """Return the length as Chinese readers count: a full-width character 1, another 0.5.

    Wide and fullwidth characters (Unicode East Asian Width W and F), among them emoji, count 1;
    combining marks, variation selectors, skin tones and what a joiner joins count nothing.
    """
    total = 0.0
    joined = False
    for character in text:
        if character == _JOINER:
            joined = True
            continue
        if joined:
            joined = False
            continue
        if (
            _is_mark(character)
            or "\ufe00" <= character <= "\ufe0f"
            or "\U0001f3fb" <= character <= "\U0001f3ff"
        ):
            continue
        total += 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5
    return total


def clean_text(text: str) -> str:
    """Return several lines in NFC, without control, direction-override or surplus characters.

    At most four combining marks stay on a base and one blank line between paragraphs. Raises
    Invalid for text that is not Unicode (lone surrogates).
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid(
            "broken_text", _("This text is not readable. Please type it again.")
        ) from None
    text = unicodedata.normalize("NFC", _cap_marks(text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _CONTROL.sub("", text.translate(_BIDI))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """Return one line: as `clean_text`, with every run of white space a single space."""
    return _SPACES.sub(" ", clean_text(text)).strip()


def storable(text: str) -> str:
    """Return the text without what PostgreSQL cannot hold: nulls and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _cap_marks(text: str) -> str:
    """Drop the marks past the fourth before normalising: NFC of thousands is quadratic."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if _is_mark(character) else 0
        if run <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    """Return whether a character joins the one before it, as accents and vowel signs do."""
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"
