"""Small things of every day: papers, books, boxes, bags, lamps, windows, screens."""

from redleaf.demo.art.canvas import Canvas, round_box
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import plants


def sheet(
    c: Canvas, x: float, y: float, wide: float, high: float, turn: float = 0, *, kind: str = "lines"
) -> None:
    """Draw a sheet of paper from above; `kind` is lines, form, letter, notes or blank."""
    p = c.palette
    with c.moved(x, y, turn=turn):
        left, top = -wide / 2, -high / 2
        c.rect(left + 10, top + 14, wide, high, p.ink, alpha=0.22, round=4)
        c.rect(left, top, wide, high, c.down("#fffefa", mix(p.paper, p.wall, 0.25)), round=4)
        margin, step = wide * 0.11, high / 15
        if kind in {"letter", "form"}:
            c.rect(
                left + margin,
                top + margin,
                wide * 0.3,
                step * 0.9,
                p.main if kind == "letter" else p.third,
            )
            c.rect(
                left + wide - margin - wide * 0.18,
                top + margin,
                wide * 0.18,
                step * 0.5,
                p.ink,
                alpha=0.3,
            )
        for row in range(3, 13):
            ly = top + row * step + step * 0.6
            if kind == "form":
                _form_row(c, left + margin, ly, wide - 2 * margin, step, row)
            elif kind == "notes":
                _note_row(c, left + margin, ly, wide - 2 * margin, step, row)
            elif kind != "blank":
                share = c.between(0.55, 1) if row % 4 else c.between(0.25, 0.5)
                c.rect(
                    left + margin, ly, (wide - 2 * margin) * share, step * 0.22, p.ink, alpha=0.4
                )


def _form_row(c: Canvas, x: float, y: float, wide: float, step: float, row: int) -> None:
    p = c.palette
    if row % 3 == 0:
        c.rect(x, y, wide * 0.42, step * 0.22, p.ink, alpha=0.5)
        return
    for column in range(2):
        cx = x + column * wide * 0.52
        c.path(
            round_box(cx, y - step * 0.2, wide * 0.48, step * 0.74, 3), mix(p.paper, p.third, 0.22)
        )
        if c.chance(0.6):
            c.line(
                [
                    (cx + 8, y + step * 0.24),
                    (cx + wide * c.between(0.1, 0.4), y + step * c.between(0.1, 0.3)),
                ],
                p.ink,
                3,
                alpha=0.7,
            )


def _note_row(c: Canvas, x: float, y: float, wide: float, step: float, row: int) -> None:
    """Handwriting: wavy lines, some marked."""
    p = c.palette
    length = wide * c.between(0.5, 1)
    if c.chance(0.22):
        c.rect(x - 4, y - step * 0.3, length * 0.7, step * 0.6, p.second, alpha=0.55, round=4)
    count = max(4, int(length / 22))
    points = [
        (x + length * k / count, y + c.between(-step * 0.14, step * 0.14)) for k in range(count + 1)
    ]
    c.line(points, p.third if row % 5 == 0 else p.ink, 3.4, alpha=0.75)


def book(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a book's back standing on y, x its left side."""
    p = c.palette
    c.rect(x, y - high, wide, high, c.turned(colour, 0.7), round=4)
    for share in (0.12, 0.16, 0.82):
        c.rect(
            x + 2,
            y - high * (1 - share),
            wide - 4,
            max(3, high * 0.015),
            lighter(colour, 0.45),
            alpha=0.8,
        )
    if c.chance(0.5):
        c.rect(
            x + wide * 0.3,
            y - high * 0.7,
            wide * 0.4,
            high * 0.3,
            mix(colour, p.paper, 0.6),
            alpha=0.8,
            round=2,
        )


def books(c: Canvas, x: float, y: float, width: float, high: float) -> None:
    """Fill a shelf from x with standing books, now and then a leaning one or a gap."""
    p = c.palette
    end = x + width
    colours = [
        p.main,
        p.second,
        p.third,
        p.leaf,
        p.paper,
        p.table2,
        mix(p.third, p.ink, 0.4),
        mix(p.main, p.ink, 0.3),
    ]
    while x < end - 24:
        wide = min(c.between(22, 52), end - x)
        if c.chance(0.09) and end - x > 120:
            with c.moved(x + 34, y, turn=-11):
                book(c, 0, 0, wide, high * c.between(0.7, 0.85), c.pick(*colours))
            x += wide + 50
            continue
        book(c, x, y, wide - 2, high * c.between(0.66, 0.98), c.pick(*colours))
        x += wide


def book_pile(c: Canvas, x: float, y: float, wide: float, count: int) -> float:
    """Draw lying books; return the y of the top."""
    p = c.palette
    c.shadow(x + 14, y, wide * 0.62)
    for colour in c.shuffled(p.main, p.third, p.second, p.leaf, p.paper, p.table2)[:count]:
        high, size, shift = c.between(28, 46), wide * c.between(0.84, 1.0), c.between(-14, 14)
        c.rect(
            x - size / 2 + shift,
            y - high,
            size,
            high,
            c.down(lighter(colour, 0.15), darker(colour, 0.16)),
            round=5,
        )
        c.rect(x + size / 2 + shift - 16, y - high + 5, 16, high - 10, p.paper)
        c.rect(
            x - size / 2 + shift + size * 0.12, y - high, 9, high, lighter(colour, 0.45), alpha=0.7
        )
        y -= high
    return y


def box(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str = "", *, open: bool = False
) -> None:
    """Draw a cardboard box standing on y, x its middle."""
    colour = colour or c.tint("#c99a63")
    left, side = x - wide / 2, wide * 0.3
    c.shadow(x + side * 0.6, y, wide * 0.9)
    c.shape(
        [
            (left + wide, y),
            (left + wide + side, y - side * 0.5),
            (left + wide + side, y - high - side * 0.5),
            (left + wide, y - high),
        ],
        darker(colour, 0.28),
    )
    c.rect(left, y - high, wide, high, c.down(lighter(colour, 0.08), darker(colour, 0.06)))
    if open:
        c.shape(
            [
                (left, y - high),
                (left + side, y - high - side * 0.5),
                (left + wide + side, y - high - side * 0.5),
                (left + wide, y - high),
            ],
            darker(colour, 0.45),
        )
        c.shape(
            [
                (left, y - high),
                (left + wide, y - high),
                (left + wide - 10, y - high + high * 0.26),
                (left - 26, y - high + high * 0.2),
            ],
            lighter(colour, 0.2),
        )
        c.shape(
            [
                (left + wide, y - high),
                (left + wide + side, y - high - side * 0.5),
                (left + wide + side * 1.5, y - high - side * 0.3),
                (left + wide + side * 0.6, y - high + 16),
            ],
            darker(colour, 0.12),
        )
    else:
        c.shape(
            [
                (left, y - high),
                (left + side, y - high - side * 0.5),
                (left + wide + side, y - high - side * 0.5),
                (left + wide, y - high),
            ],
            lighter(colour, 0.26),
        )
        c.rect(x - wide * 0.08, y - high, wide * 0.16, high * 0.36, lighter(colour, 0.4), alpha=0.7)
    c.rect(left + wide * 0.1, y - high * 0.3, wide * 0.22, high * 0.18, c.palette.paper, alpha=0.85)
    c.rect(left + wide * 0.12, y - high * 0.24, wide * 0.16, 4, c.palette.ink, alpha=0.5)


def card(
    c: Canvas, x: float, y: float, wide: float, turn: float, colour: str, *, kind: str = "bank"
) -> None:
    """Draw a card from above; `kind` is bank or photo."""
    p = c.palette
    high = wide * 0.63
    with c.moved(x, y, turn=turn):
        left, top = -wide / 2, -high / 2
        c.rect(left + 12, top + 16, wide, high, p.ink, round=wide * 0.05, alpha=0.25)
        outline = round_box(left, top, wide, high, wide * 0.05)
        c.path(outline, c.down(lighter(colour, 0.16), darker(colour, 0.1)))
        with c.inside(outline):
            c.dot(
                left + wide * 0.9, top + high * 0.1, wide * 0.42, lighter(colour, 0.3), alpha=0.35
            )
            c.dot(left + wide * 0.7, top + high * 1.1, wide * 0.34, darker(colour, 0.2), alpha=0.35)
        (_bank_marks if kind == "bank" else _photo_marks)(c, wide, high)


def _bank_marks(c: Canvas, wide: float, high: float) -> None:
    p = c.palette
    left, top = -wide / 2, -high / 2
    c.rect(
        left + wide * 0.08,
        top + high * 0.34,
        wide * 0.15,
        high * 0.2,
        c.down("#f0d493", "#c99f50"),
        round=6,
    )
    c.rect(left + wide * 0.08, top + high * 0.43, wide * 0.15, 3, "#9a7632", alpha=0.6)
    for group in range(4):
        c.rect(
            left + wide * (0.08 + group * 0.2),
            top + high * 0.7,
            wide * 0.15,
            high * 0.06,
            p.paper,
            alpha=0.85,
            round=3,
        )
    c.dot(left + wide * 0.82, top + high * 0.22, high * 0.13, p.main, alpha=0.9)
    c.dot(left + wide * 0.89, top + high * 0.22, high * 0.13, p.second, alpha=0.85)


def _photo_marks(c: Canvas, wide: float, high: float) -> None:
    p = c.palette
    left, top = -wide / 2, -high / 2
    c.rect(left + wide * 0.07, top + high * 0.26, wide * 0.25, high * 0.54, p.paper, round=6)
    c.dot(left + wide * 0.195, top + high * 0.46, wide * 0.06, p.table2)
    c.path(
        f"M{left + wide * 0.095:.0f} {top + high * 0.79:.0f}q{wide * 0.1:.0f}"
        f" {-high * 0.34:.0f} {wide * 0.2:.0f} 0Z",
        p.table2,
    )
    c.rect(
        left + wide * 0.07,
        top + high * 0.1,
        wide * 0.4,
        high * 0.08,
        p.paper,
        alpha=0.9,
        round=3,
    )
    for row in range(4):
        c.rect(
            left + wide * 0.4,
            top + high * (0.3 + row * 0.14),
            wide * c.between(0.26, 0.5),
            high * 0.055,
            p.paper,
            alpha=0.8,
            round=3,
        )


def pen(c: Canvas, x: float, y: float, length: float, turn: float, colour: str) -> None:
    """Draw a pen from above, its middle at x, y."""
    with c.moved(x, y, turn=turn):
        c.rect(-length / 2 + 8, 0, length, 18, c.palette.ink, alpha=0.22, round=8)
        c.rect(
            -length / 2,
            -9,
            length * 0.86,
            18,
            c.down(lighter(colour, 0.3), darker(colour, 0.2)),
            round=8,
        )
        c.shape([(length * 0.36, -8), (length / 2, 0), (length * 0.36, 8)], c.palette.second)
        c.rect(-length * 0.2, -9, 10, 18, c.palette.second)


def tote(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a cloth bag standing on y."""
    p = c.palette
    half = wide / 2
    c.shadow(x + half * 0.3, y, wide * 0.72)
    for dx, tone in ((-8, darker(colour, 0.25)), (8, darker(colour, 0.1))):
        c.stroke(
            f"M{x - half * 0.46 + dx:.0f} {y - high + 10:.0f}"
            f"C{x - half * 0.5 + dx:.0f} {y - high * 1.62:.0f}"
            f" {x + half * 0.5 + dx:.0f} {y - high * 1.62:.0f}"
            f" {x + half * 0.46 + dx:.0f} {y - high + 10:.0f}",
            tone,
            wide * 0.055,
        )
    c.path(
        f"M{x - half:.0f} {y - high:.0f}Q{x:.0f} {y - high + 14:.0f}"
        f" {x + half:.0f} {y - high:.0f}C{x + half * 1.02:.0f}"
        f" {y - high * 0.4:.0f} {x + half * 0.96:.0f} {y - 10:.0f}"
        f" {x + half * 0.86:.0f} {y:.0f}"
        f"H{x - half * 0.86:.0f}C{x - half * 0.96:.0f} {y - 10:.0f}"
        f" {x - half * 1.02:.0f} {y - high * 0.4:.0f} {x - half:.0f}"
        f" {y - high:.0f}Z",
        c.turned(colour, 0.6),
    )
    for fx in (-0.5, 0.34):
        c.line(
            [
                (x + half * fx, y - high * 0.8),
                (x + half * (fx + 0.06), y - high * 0.3),
                (x + half * (fx - 0.05), y - 12),
            ],
            darker(colour, 0.25),
            8,
            alpha=0.3,
        )
    c.rect(x - half * 0.98, y - high + 12, wide * 0.98, 5, darker(colour, 0.2), alpha=0.5)
    mark = p.main if colour != p.main else p.paper
    kind = c.random.randrange(3)
    if kind == 0:
        plants.maple_leaf(c, x, y - high * 0.46, wide * 0.2, 0, mark)
    elif kind == 1:
        plants.sprig(c, x, y - high * 0.2, high * 0.42, turn=-90, colour=mark)
    else:
        for k in range(3):
            c.rect(
                x - wide * 0.5, y - high * (0.62 - k * 0.16), wide, high * 0.07, mark, alpha=0.85
            )
