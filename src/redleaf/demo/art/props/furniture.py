"""Furniture and household things."""

import math

from redleaf.demo.art.canvas import LEFT, RIGHT, Canvas, round_box
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import animals, land


def sofa(c: Canvas, x: float, y: float, wide: float, colour: str, *, cat: bool = False) -> None:
    """Draw a sofa with cushions, its feet at y."""
    p = c.palette
    high, left = wide * 0.44, x - wide / 2
    c.shadow(x, y, wide * 0.62, wide * 0.08)
    for fx in (0.08, 0.9):
        c.rect(left + wide * fx, y - 40, 18, 40, p.table2, round=4)
    c.path(
        round_box(left + wide * 0.06, y - high, wide * 0.88, high * 0.72, 40),
        c.down(lighter(colour, 0.12), darker(colour, 0.08)),
    )
    for k in (1, 2):
        c.rect(
            left + wide * (0.06 + 0.293 * k),
            y - high + 20,
            5,
            high * 0.5,
            darker(colour, 0.25),
            alpha=0.6,
        )
    c.path(
        round_box(left + wide * 0.08, y - high * 0.5, wide * 0.84, high * 0.26, 22),
        c.down(lighter(colour, 0.2), colour),
    )
    c.path(
        round_box(left + wide * 0.06, y - high * 0.32, wide * 0.88, high * 0.24, 18),
        c.down(colour, darker(colour, 0.22)),
    )
    for fx in (0.0, 0.86):
        c.path(
            round_box(left + wide * fx, y - high * 0.68, wide * 0.14, high * 0.6, 34),
            c.turned(colour, 0.8),
        )
    for fx, turn in ((0.24, -10), (0.68, 12)):
        tone = c.pick(*[t for t in (p.second, p.paper, p.main, p.third) if t != colour])
        with c.moved(left + wide * fx, y - high * 0.6, turn=turn):
            size = wide * 0.17
            c.path(round_box(-size / 2, -size / 2, size, size, 22), c.ball(tone))
            c.line(
                [(-size * 0.3, -size * 0.3), (0, 0), (size * 0.3, size * 0.3)],
                darker(tone, 0.2),
                4,
                alpha=0.5,
            )
    if cat:
        animals.cat_curled(c, x + wide * 0.06, y - high * 0.48, wide * 0.24)


def armchair(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    p = c.palette
    high = wide * 1.05
    c.shadow(x + 10, y, wide * 0.66, wide * 0.1)
    for side in (-1, 1):
        c.line([(x + side * wide * 0.34, y - 60), (x + side * wide * 0.4, y)], p.table2, 18)
    c.path(
        round_box(x - wide * 0.36, y - high, wide * 0.72, high * 0.86, wide * 0.24),
        c.turned(colour, 0.6),
    )
    c.path(
        round_box(x - wide * 0.32, y - high * 0.46, wide * 0.64, high * 0.2, 24),
        c.down(lighter(colour, 0.22), colour),
    )
    for side in (-1, 1):
        c.path(
            round_box(
                x + side * wide * 0.4 - wide * 0.1, y - high * 0.6, wide * 0.2, high * 0.5, 40
            ),
            c.turned(darker(colour, 0.05), 0.8),
        )
    c.path(
        round_box(x - wide * 0.38, y - high * 0.3, wide * 0.76, high * 0.2, 20),
        darker(colour, 0.16),
    )
    tone = p.paper if colour != p.paper else p.main
    with c.moved(x - 10, y - high * 0.58, turn=-8):
        c.path(round_box(-wide * 0.17, -wide * 0.17, wide * 0.34, wide * 0.34, 24), c.ball(tone))
    c.form(
        "M-50 -60C-20 -70 20 -66 50 -58L44 40C20 46 -20 44 -46 40Z",
        x + wide * 0.36,
        y - high * 0.42,
        wide * 0.3,
        wide * 0.5,
        c.down(p.second, darker(p.second, 0.2)),
    )


def bed(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    """Draw a bed from its foot end, slightly from above."""
    p = c.palette
    left, high = x - wide / 2, wide * 0.62
    c.shadow(x, y, wide * 0.62, wide * 0.1)
    c.path(
        round_box(left + 6, y - high - wide * 0.2, wide - 12, high, 40),
        c.down(lighter(p.table, 0.15), p.table2),
    )
    for fx in (0.13, 0.55):
        c.path(
            round_box(left + wide * fx, y - high * 1.02, wide * 0.32, wide * 0.2, 34),
            c.ball(p.paper),
        )
    for fx, tone in ((0.24, p.second), (0.58, mix(colour, p.paper, 0.4))):
        c.path(
            round_box(left + wide * fx, y - high * 0.9, wide * 0.2, wide * 0.17, 24), c.ball(tone)
        )
    c.form(
        "M-44 -58C-20 -66 20 -66 44 -58L50 0H-50Z",
        x,
        y,
        wide,
        high * 1.3,
        c.down(lighter(colour, 0.2), darker(colour, 0.12)),
    )
    c.form(
        "M-44 -58C-20 -66 20 -66 44 -58L45.5 -46C20 -54 -20 -54 -45.5 -46Z",
        x,
        y,
        wide,
        high * 1.3,
        p.paper,
    )
    for fx in (-0.3, -0.06, 0.2, 0.36):
        c.line(
            [
                (x + wide * fx, y - high * 0.62),
                (x + wide * (fx * 1.1 + 0.02), y - high * 0.3),
                (x + wide * fx * 1.16, y - 8),
            ],
            darker(colour, 0.22),
            9,
            alpha=0.4,
        )
    c.form(
        "M-49 -24C-20 -34 20 -30 49 -26L51 -8C20 -14 -20 -16 -51 -6Z",
        x,
        y,
        wide,
        high * 1.3,
        c.down(p.second, darker(p.second, 0.15)),
    )


def table_low(c: Canvas, x: float, y: float, wide: float) -> None:
    p = c.palette
    c.shadow(x, y, wide * 0.6, wide * 0.1)
    for side in (-1, 1):
        c.line(
            [(x + side * wide * 0.34, y - 74), (x + side * wide * 0.42, y)],
            darker(p.table2, 0.2),
            13,
        )
    c.oval(x, y - 70, wide / 2, wide * 0.13, darker(p.table2, 0.15))
    c.oval(x, y - 80, wide / 2, wide * 0.13, c.across(lighter(p.table, 0.3), p.table))


def pendant(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    c.line([(x, 0), (x, y - size * 0.5)], c.palette.ink, 5)
    c.glow(x, y + 30, size * 2, c.palette.glow, 0.7)
    c.form(
        "M-50 0C-46 -70 -14 -90 0 -90C14 -90 46 -70 50 0Q0 14 -50 0Z",
        x,
        y,
        size,
        size * 0.8,
        c.turned(colour),
    )


def bulb_string(c: Canvas, y: float) -> None:
    p = c.palette
    c.stroke(
        f"M{LEFT:.0f} {y - 100:.0f}Q150 {y + 60:.0f} 430 {y - 60:.0f}T{RIGHT:.0f} {y - 90:.0f}",
        p.ink,
        3,
        alpha=0.6,
    )
    for k in range(13):
        x = LEFT + 40 + k * 92
        at = y - 46 + 40 * math.sin(k * 0.9)
        c.glow(x, at, 40, p.glow, 0.9)
        c.dot(x, at, 8, p.glow)


def screen(c: Canvas, x: float, y: float, wide: float) -> None:
    """Draw a monitor standing on y."""
    p = c.palette
    high = wide * 0.6
    c.shadow(x, y, wide * 0.3, 14)
    c.rect(x - 26, y - 110, 52, 106, c.turned("#b9bcc4"))
    c.rect(x - 110, y - 12, 220, 14, c.turned("#b9bcc4"), round=6)
    c.rect(x - wide / 2, y - 90 - high, wide, high, "#2a2c33", round=16)
    inner = round_box(x - wide / 2 + 14, y - 90 - high + 14, wide - 28, high - 28, 6)
    with c.inside(inner):
        land.view(c, x - wide / 2, y - 90 - high, wide, high, c.pick("hills", "sea", "towers"))
        c.rect(
            x - wide * 0.4,
            y - 90 - high * 0.86,
            wide * 0.42,
            high * 0.66,
            p.paper,
            round=10,
            alpha=0.92,
        )
        for k in range(7):
            c.rect(
                x - wide * 0.37,
                y - 90 - high * (0.78 - k * 0.08),
                wide * c.between(0.15, 0.34),
                high * 0.025,
                p.ink,
                alpha=0.6,
                round=3,
            )


def chair_back(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    c.rect(x - 16, y - 150, 32, 160, darker(c.palette.ink, 0.1))
    c.path(round_box(x - wide / 2, y - wide * 0.86, wide, wide * 0.72, 60), c.turned(colour, 0.7))
    c.ring(x, y - wide * 0.5, wide * 0.36, wide * 0.22, lighter(colour, 0.2), 6, alpha=0.5)


def floor_lamp(c: Canvas, x: float, y: float, high: float, colour: str) -> None:
    p = c.palette
    c.glow(x, y - high * 0.86, high * 0.6, p.glow, 0.75)
    c.shadow(x, y, 110, 22)
    c.rect(x - 6, y - high, 12, high, c.turned(p.ink))
    c.oval(x, y - 6, 74, 17, c.turned(p.ink))
    c.form(
        "M-30 -100H30L50 0Q0 10 -50 0Z",
        x,
        y - high * 0.78,
        high * 0.34,
        high * 0.22,
        c.down(colour, mix(colour, p.glow, 0.6)),
    )


def rolled_rug(c: Canvas, x: float, y: float, high: float, colour: str) -> None:
    c.shadow(x, y, 80, 18)
    c.rect(x - 44, y - high, 88, high, c.turned(colour))
    for k in range(6):
        c.rect(x - 44, y - high + 30 + k * high / 6.4, 88, 16, lighter(colour, 0.4), alpha=0.7)
    c.oval(x, y - high, 44, 20, lighter(colour, 0.25))
    for r in (30, 18, 8):
        c.ring(x, y - high, r, r * 0.45, darker(colour, 0.3), 4)


def utensil(c: Canvas, x: float, y: float, long: float, kind: int) -> None:
    """Draw something that hangs from a hook at x, y."""
    p = c.palette
    wood = lighter(p.table, 0.15)
    c.rect(x - 7, y, 14, long * 0.62, c.turned(wood), round=6)
    if kind == 0:
        c.oval(x, y + long * 0.74, 32, 44, c.ball(wood))
    elif kind == 1:
        c.rect(x - 30, y + long * 0.58, 60, 82, c.turned("#a9acb2"), round=8)
        for k in range(3):
            c.rect(x - 18 + k * 15, y + long * 0.66, 6, 50, darker("#a9acb2", 0.35), round=3)
    elif kind == 2:
        for k in range(5):
            c.ring(x, y + long * 0.78, 6 + k * 7, 46, "#b9bcc4", 3)
    else:
        c.dot(x, y + long * 0.8, 46, c.ball("#55565c"))


def cooking_pot(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    high = wide * 0.6
    c.shadow(x + 14, y, wide * 0.66, 18)
    for side in (-1, 1):
        c.rect(x + side * wide * 0.5 - 26, y - high * 0.86, 52, 26, darker(colour, 0.2), round=12)
    c.path(round_box(x - wide / 2, y - high, wide, high, 34), c.turned(colour))
    c.rect(
        x - wide * 0.53, y - high - 8, wide * 1.06, 22, c.turned(lighter(colour, 0.15)), round=11
    )
    c.form(
        "M-50 0C-44 -80 44 -80 50 0Z",
        x,
        y - high - 6,
        wide,
        high * 0.4,
        c.turned(lighter(colour, 0.1)),
    )
    c.dot(x, y - high - high * 0.34, 20, c.ball(c.palette.ink))


def watering_can(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    c.shadow(x, y, wide * 0.8, 26)
    c.stroke(
        f"M{x - wide * 0.3:.0f} {y - wide * 0.5:.0f}C{x - wide:.0f}"
        f" {y - wide * 0.9:.0f} {x - wide * 0.9:.0f} {y - wide * 0.1:.0f}"
        f" {x - wide * 0.3:.0f} {y - wide * 0.14:.0f}",
        darker(colour, 0.15),
        wide * 0.07,
    )
    c.form(
        "M10 -20L90 -74L96 -62L20 0Z",
        x + wide * 0.2,
        y - wide * 0.06,
        wide * 0.66,
        wide * 0.8,
        darker(colour, 0.12),
    )
    c.form(
        "M-10 -12L14 0L-2 24L-20 10Z",
        x + wide * 0.84,
        y - wide * 0.68,
        wide * 0.66,
        wide * 0.66,
        c.turned(colour),
    )
    c.form("M-40 -70H40L50 0H-50Z", x, y, wide * 0.8, wide * 0.9, c.turned(colour))
    c.oval(x, y - wide * 0.63, wide * 0.32, wide * 0.07, darker(colour, 0.3))


def towel(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    c.rect(x - wide / 2 + 10, y + 10, wide, high, c.palette.ink, alpha=0.18, round=8)
    c.rect(x - wide / 2, y - 6, wide, high, c.turned(colour, 0.5), round=8)
    for share in (0.78, 0.86):
        c.rect(x - wide / 2, y + high * share, wide, 10, lighter(colour, 0.45), alpha=0.8)
    for share in (0.3, 0.62):
        c.line(
            [
                (x - wide / 2 + wide * share, y + 20),
                (x - wide / 2 + wide * share + 8, y + high * 0.9),
            ],
            darker(colour, 0.25),
            6,
            alpha=0.4,
        )


def washer(c: Canvas, x: float, y: float, wide: float, colour: str) -> None:
    p = c.palette
    high = wide * 1.2
    c.shadow(x + 20, y, wide * 0.66, 30)
    c.rect(
        x - wide / 2,
        y - high,
        wide,
        high,
        c.across(lighter(colour, 0.3), darker(colour, 0.12)),
        round=22,
    )
    c.rect(x - wide / 2, y - high, wide, high * 0.19, darker(colour, 0.08), round=22)
    c.dot(x + wide * 0.3, y - high * 0.9, 30, c.ball(p.second))
    c.rect(x - wide * 0.4, y - high * 0.95, wide * 0.36, high * 0.1, p.ink, round=8, alpha=0.75)
    c.rect(
        x - wide * 0.36,
        y - high * 0.925,
        wide * 0.16,
        high * 0.05,
        mix(p.third, p.glow, 0.6),
        round=4,
    )
    cy = y - high * 0.42
    c.dot(x, cy, wide * 0.38, c.ball("#b9bcc4"))
    c.dot(x, cy, wide * 0.31, mix(p.third, p.ink, 0.4))
    with c.within("M-31 0a31 31 0 1 0 62 0a31 31 0 1 0 -62 0Z", x, cy, wide, wide):
        c.rect(x - wide / 2, cy + 10, wide, wide / 2, mix(p.third, p.paper, 0.35), alpha=0.9)
        for _ in range(8):
            r = wide * 0.1
            px, py = x + c.between(-0.2, 0.2) * wide, cy + c.between(-0.04, 0.24) * wide
            c.blob(
                [
                    (px + r * math.cos(j) * c.between(0.7, 1.3), py + r * math.sin(j))
                    for j in range(6)
                ],
                c.ball(c.pick(p.main, p.second, p.paper, p.leaf)),
            )
        for _ in range(14):
            c.dot(
                x + c.between(-0.28, 0.28) * wide,
                cy + c.between(-0.1, 0.1) * wide,
                c.between(6, 18),
                "#ffffff",
                alpha=0.75,
            )
    c.shape(
        [
            (x - wide * 0.2, cy - wide * 0.02),
            (x - wide * 0.06, cy - wide * 0.26),
            (x + wide * 0.04, cy - wide * 0.28),
            (x - wide * 0.12, cy + wide * 0.04),
        ],
        "#ffffff",
        alpha=0.3,
    )


def basket(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    straw = c.tint("#cfa060")
    c.shadow(x + 12, y, wide * 0.62, 24)
    outline = "M-50 -100H50L42 0Q0 6 -42 0Z"
    c.form(outline, x, y, wide, high, c.turned(straw))
    with c.within(outline, x, y, wide, high):
        for row in range(9):
            for k in range(10):
                shift = 13 if row % 2 else 0
                c.rect(
                    x - wide / 2 + k * 28 + shift,
                    y - high + row * high / 9,
                    20,
                    high / 12,
                    darker(straw, 0.22),
                    alpha=0.45,
                    round=5,
                )
    c.rect(
        x - wide * 0.53, y - high - 14, wide * 1.06, 30, c.turned(lighter(straw, 0.15)), round=14
    )
