"""Setting words in lines that fit a box."""

import re
from dataclasses import dataclass
from typing import Any, Final

from redleaf.notes.covers import fonts
from redleaf.notes.covers.grounds import Ground

LINE: Final = 1.34
STEP: Final = 6
SMALLEST: Final = 44

# A word, or one character of a script without spaces together with the marks that must not begin or
# end a line.
_OPEN: Final = "（《「『【〈〔“‘(["
_CLOSE: Final = "，。、！？：；）》」』】〉〕”’…—·,.!?:;)]％%"
_WIDE: Final = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_PIECES: Final = re.compile(
    rf" +|[{re.escape(_OPEN)}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{re.escape(_CLOSE)}]*"
)


@dataclass(frozen=True)
class Setting:
    """Lines of words in a font, and how high they stand in pixels."""

    lines: list[str]
    font: Any
    pitch: int

    @property
    def height(self) -> int:
        return self.pitch * len(self.lines)


def fit(
    face: tuple[str, int],
    words: str,
    *,
    width: int,
    height: int,
    largest: int,
    smallest: int = SMALLEST,
) -> Setting:
    """Set words as large as the box allows; what does not fit at the smallest size ends in “…”."""
    text = fonts.plain(words)
    size = largest
    while True:
        font = fonts.load(*face, size)
        pitch = round(size * LINE)
        lines = _break(font, text, width)
        whole = max(1, height // pitch)
        if len(lines) <= whole:
            return Setting(lines, font, pitch)
        if size - STEP < smallest:
            return Setting([*lines[: whole - 1], _cut(font, lines[whole - 1], width)], font, pitch)
        size -= STEP


def write(pen: Any, setting: Setting, ground: Ground, top: int, ink: str) -> None:
    """Draw set words into a ground's box, the first line at `top`."""
    for number, line in enumerate(setting.lines):
        middle = top + round((number + 0.5) * setting.pitch)
        if ground.middle:
            place, anchor = (ground.left + ground.width // 2, middle), "mm"
        else:
            place, anchor = (ground.left, middle), "lm"
        pen.text(place, line, font=setting.font, fill=ink, anchor=anchor)


def _break(font: Any, text: str, width: int) -> list[str]:
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if not line or font.getlength(line + piece.rstrip()) <= width:
            line = line + piece if line else piece.lstrip()
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
        while font.getlength(line.rstrip()) > width and len(line) > 1:
            head = _longest(font, line, width)
            lines.append(head)
            line = line[len(head) :].lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _longest(font: Any, text: str, width: int) -> str:
    """Return the longest beginning that fits, at least one character."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low]


def _cut(font: Any, line: str, width: int) -> str:
    while line and font.getlength(line + "…") > width:
        line = line[:-1]
    return line.rstrip(_OPEN + _CLOSE + " ") + "…"
