"""A note's own cover as a picture of 1200×630, for the previews that other sites draw of a link.

The designs are those of web/words.css, laid out wide. Words need a font that has their characters.
Redleaf brings none: it looks where systems keep fonts and, before that, in the data folder's
`fonts/`. A title whose characters no font has is left out; the card then shows the design, the leaf
and, if it can be written, the edition's name. Boxes in place of characters are never drawn.
"""

import hashlib
import io
from dataclasses import astuple, dataclass
from typing import Any, Final

from redleaf.notes.covers import fonts
from redleaf.notes.covers.grounds import GROUNDS, HEIGHT, WIDTH, Ground, svg

__all__ = ["HEIGHT", "WIDTH", "Cover", "draw"]

DRAWING: Final = 1  # grows when the drawing changes, and with it every address
FOOT: Final = 30
EXCERPT: Final = 34
EXCERPT_ROOM: Final = (50, 148)  # at least and at most, in pixels
GAP: Final = 26
LEAF: Final = 46  # pixels from the left edge of the leaf to the words beside it


@dataclass(frozen=True)
class Cover:
    """What is on a cover: `foot` is the edition's name, and the author's after it."""

    design: str
    title: str
    excerpt: str
    language: str
    foot: str

    @property
    def digest(self) -> str:
        """Sixteen characters that change whenever the picture would."""
        words = repr((DRAWING, astuple(self))).encode("utf-8", "surrogatepass")
        return hashlib.sha256(words).hexdigest()[:16]


def draw(cover: Cover) -> bytes:
    """Return the cover as PNG, WIDTH×HEIGHT pixels; about 0.1 s of work."""
    import resvg_py
    from PIL import Image, ImageDraw

    ground = GROUNDS.get(cover.design) or GROUNDS["ruled"]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg(ground), width=WIDTH, height=HEIGHT, skip_system_fonts=True
    )
    with Image.open(io.BytesIO(drawn), formats=["PNG"]) as opened:
        picture = opened.convert("RGB")
    pen = ImageDraw.Draw(picture)
    _write_words(pen, cover, ground)
    _write_foot(pen, cover, ground)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _write_words(pen: Any, cover: Cover, ground: Ground) -> None:
    """Write the title, and the beginning of the words below it if there is room."""
    from redleaf.notes.covers.lettering import fit, write

    title_face = fonts.find(cover.title, cover.language, ground.face)
    if title_face is None:
        return
    title = fit(
        title_face,
        cover.title,
        width=ground.width,
        height=ground.height,
        largest=ground.largest,
    )
    room = ground.height - title.height - GAP
    face = fonts.find(cover.excerpt, cover.language, "plain")
    excerpt = None
    if face is not None and cover.excerpt != cover.title and room >= EXCERPT_ROOM[0]:
        excerpt = fit(
            face,
            cover.excerpt,
            width=ground.width,
            height=min(room, EXCERPT_ROOM[1]),
            largest=EXCERPT,
            smallest=EXCERPT,
        )
    tall = title.height + (GAP + excerpt.height if excerpt else 0)
    top = ground.top + (ground.height - tall) // 2
    write(pen, title, ground, top, ground.ink)
    if excerpt is not None:
        write(pen, excerpt, ground, top + title.height + GAP, ground.soft)


def _write_foot(pen: Any, cover: Cover, ground: Ground) -> None:
    """Write whose it is beside the leaf."""
    from redleaf.notes.covers.lettering import fit

    face = fonts.find(cover.foot, cover.language, "plain")
    if face is None:
        return
    line = fit(face, cover.foot, width=ground.width - LEAF, height=48, largest=FOOT, smallest=FOOT)
    place = (ground.left + LEAF, ground.foot)
    pen.text(place, line.lines[0], font=line.font, fill=ground.soft, anchor="lm")
