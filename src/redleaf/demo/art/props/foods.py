"""What is in bowls and on plates."""

import math

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter


def around(c: Canvas, x: float, y: float, radius: float) -> tuple[float, float]:
    angle, far = c.between(0, math.tau), radius * math.sqrt(c.random.random())
    return x + far * math.cos(angle), y + far * math.sin(angle)


def lump(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """An uneven piece with its own shade."""
    points = [
        (
            r * c.between(0.75, 1.2) * math.cos(k * 1.05),
            r * c.between(0.6, 1.0) * math.sin(k * 1.05),
        )
        for k in range(6)
    ]
    c.blob(
        [(x + px + r * 0.1, y + py + r * 0.16) for px, py in points],
        darker(colour, 0.5),
        alpha=0.45,
    )
    c.blob([(x + px, y + py) for px, py in points], c.ball(colour))


def scatter(c: Canvas, x: float, y: float, radius: float, count: int, *colours: str) -> None:
    """Strew chopped herbs."""
    for _ in range(count):
        px, py = around(c, x, y, radius)
        c.rect(px, py, c.between(7, 15), c.between(5, 9), c.pick(*colours), round=3)


def rice(c: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    c.oval(x, y, rx, ry, c.ball("#fbf7ec"))
    for _ in range(90):
        px, py = around(c, 0, 0, 0.94)
        c.oval(
            x + px * rx,
            y + py * ry,
            10,
            4.4,
            c.pick("#ffffff", "#efe7d3", "#fffaf0"),
            turn=c.between(0, 180),
        )


def noodles(c: Canvas, x: float, y: float, radius: float) -> None:
    """Draw a nest of noodles."""
    tone = c.pick("#f1d692", "#ecd9b0", "#f3c96e")
    for k in range(54):
        d = radius * (0.16 + 0.015 * k)
        start, sweep = c.between(0, math.tau), c.between(1.6, 3.4)
        far = d * c.between(0.92, 1.08)
        points = [
            (
                x + far * math.cos(start + sweep * t / 6),
                y + far * 0.9 * math.sin(start + sweep * t / 6),
            )
            for t in range(7)
        ]
        c.line(points, darker(tone, 0.32), 17, alpha=0.55)
        c.line(points, c.pick(tone, lighter(tone, 0.25), darker(tone, 0.06)), 12)


def egg(c: Canvas, x: float, y: float, r: float) -> None:
    c.oval(x + 4, y + 6, r, r * 1.16, darker("#8a5a2c", 0.1), alpha=0.5, turn=18)
    c.oval(x, y, r, r * 1.16, c.ball("#fff8e8"), turn=18)
    c.oval(x, y + r * 0.05, r * 0.6, r * 0.66, c.ball("#f29a2e"), turn=18)


def shrimp(c: Canvas, x: float, y: float, r: float, turn: float) -> None:
    with c.moved(x, y, turn=turn):
        c.stroke(
            f"M{-r * 0.7:.0f} {r * 0.4:.0f}A{r * 0.75:.0f} {r * 0.75:.0f} 0 1 1"
            f" {r * 0.6:.0f} {r * 0.5:.0f}",
            "#e8855a",
            r * 0.52,
        )
        c.stroke(
            f"M{-r * 0.7:.0f} {r * 0.4:.0f}A{r * 0.75:.0f} {r * 0.75:.0f} 0 1 1"
            f" {r * 0.6:.0f} {r * 0.5:.0f}",
            "#f6b38c",
            r * 0.26,
        )
        c.form("M0 0L40 -20L34 6L44 26Z", r * 0.55, r * 0.5, r * 1.4, r * 1.4, "#d9603c")


def broccoli(c: Canvas, x: float, y: float, r: float) -> None:
    for _ in range(9):
        px, py = around(c, x, y, r * 0.62)
        c.dot(px, py, r * 0.36, c.ball(c.pick("#4f8a45", "#5f9a4c", "#3f7a3f")))


def greens(c: Canvas, x: float, y: float, r: float) -> None:
    for _ in range(7):
        turn = c.between(0, 360)
        with c.moved(x + c.between(-0.2, 0.2) * r, y + c.between(-0.2, 0.2) * r, turn=turn):
            tone = c.pick("#5d9448", "#4a8040", "#78aa58")
            c.line([(0, 0), (r * 0.5, 5), (r * 0.9, 0)], "#dfe8c0", r * 0.14)
            c.form("M0 0C20 -50 80 -46 100 0C80 46 20 50 0 0Z", r * 0.3, 0, r * 0.9, r * 0.7, tone)
            c.line([(r * 0.36, 0), (r, 0)], lighter(tone, 0.4), 4)


def beef(c: Canvas, x: float, y: float, r: float, tone: str = "#8a4a38") -> None:
    for k in range(5):
        turn = c.between(-30, 30) + k * 12
        with c.moved(x - r * 0.4 + k * r * 0.22, y + c.between(-0.2, 0.2) * r, turn=turn):
            c.oval(4, 6, r * 0.36, r * 0.66, darker(tone, 0.5), alpha=0.5)
            c.oval(0, 0, r * 0.36, r * 0.66, c.ball(tone))
            c.line(
                [(-r * 0.1, -r * 0.4), (0, 0), (-r * 0.06, r * 0.4)],
                lighter(tone, 0.4),
                5,
                alpha=0.7,
            )


def topping(c: Canvas, x: float, y: float, r: float, kind: str) -> None:
    """Lay something on a bowl, around x, y."""
    if kind == "egg":
        egg(c, x - r * 0.3, y, r * 0.6)
        egg(c, x + r * 0.42, y + r * 0.3, r * 0.56)
    elif kind == "shrimp":
        for k in range(3):
            shrimp(c, x + (k - 1) * r * 0.6, y + (k % 2) * r * 0.4, r * 0.46, c.between(0, 360))
    elif kind == "greens":
        greens(c, x, y, r * 0.9)
    elif kind == "beef":
        beef(c, x, y, r)
    elif kind == "mushrooms":
        for dx, dy in ((-0.5, -0.2), (0.3, -0.4), (0.0, 0.4)):
            mushroom(c, x + dx * r, y + dy * r, r * 0.42)
    elif kind == "thousand":
        for k in range(3):
            px, py = x + (k - 1) * r * 0.75, y + (k % 2) * r * 0.5
            c.oval(px, py, r * 0.42, r * 0.5, c.ball("#4a3f3a"), turn=k * 40)
            c.oval(px, py, r * 0.24, r * 0.28, c.ball("#6f7a5a"), turn=k * 40)
    else:
        for _ in range(16):
            px, py = around(c, x, y, r * 0.7)
            c.line(
                [(px - 22, py), (px, py + c.between(-8, 8)), (px + 22, py + c.between(-6, 6))],
                c.pick("#c98b5a", "#b5744a"),
                9,
            )


def float_in(c: Canvas, x: float, y: float, radius: float, count: int) -> None:
    """Let things swim in a hot pot: chillies, oil, leaves, balls."""
    for _ in range(count):
        px, py = around(c, x, y, radius)
        kind = c.random.randrange(6)
        if kind == 0:
            chili(c, px, py, 62, c.between(0, 360))
        elif kind == 1:
            c.dot(px + 3, py + 5, 26, "#7a3a1c", alpha=0.35)
            c.dot(px, py, 25, c.ball("#f3e2c2"))
        elif kind == 2:
            c.ring(px, py, 14, 14, "#ffd08a", 4, alpha=0.8)
        elif kind == 3:
            with c.moved(px, py, turn=c.between(0, 360)):
                c.form(
                    "M0 0C20 -50 80 -46 100 0C80 46 20 50 0 0Z",
                    -30,
                    0,
                    70,
                    56,
                    c.pick("#5d9448", "#78aa58"),
                )
        elif kind == 4:
            mushroom(c, px, py, 30)
        else:
            c.dot(px, py, 7, "#7a2a1c")


def mushroom(c: Canvas, x: float, y: float, r: float) -> None:
    c.dot(x + 3, y + 5, r, "#3a2418", alpha=0.35)
    c.dot(x, y, r, c.ball("#a8764e"))
    for turn in (0, 60, 120):
        with c.moved(x, y, turn=turn):
            c.line([(-r * 0.6, 0), (r * 0.6, 0)], "#f3e4cc", r * 0.16)


def chili(c: Canvas, x: float, y: float, length: float, turn: float) -> None:
    with c.moved(x, y, turn=turn):
        c.form(
            "M-50 -9C-20 -16 20 -10 50 4C20 12 -20 14 -50 9Z",
            0,
            0,
            length,
            length * 1.2,
            c.down("#e0442c", "#a8281c"),
        )
        c.line([(-length * 0.5, 0), (-length * 0.64, -5)], "#5d8a3c", 6)


def garlic(c: Canvas, x: float, y: float, r: float) -> None:
    c.shadow(x + 8, y + r * 0.7, r * 1.4, r * 0.4)
    c.form(
        "M0 -100C10 -70 8 -60 30 -46C60 -20 50 20 0 24C-50 20 -60 -20 -30 -46"
        "C-8 -60 -10 -70 0 -100Z",
        x,
        y + r * 0.5,
        r * 1.6,
        r * 1.6,
        c.ball("#f7efe4"),
    )
    for side in (-1, 0, 1):
        c.line(
            [
                (x, y - r * 0.5),
                (x + side * r * 0.4, y + r * 0.1),
                (x + side * r * 0.2, y + r * 0.8),
            ],
            "#cdb9b4",
            4,
            alpha=0.7,
        )


def heap(c: Canvas, x: float, y: float, radius: float, kind: str) -> None:
    """Draw a wok full of something."""
    sets = {
        "beef": ("#8a4a32", "#7a3d2a", "#5d9448", "#e8a23c"),
        "greens": ("#5d9448", "#78aa58", "#4a8040", "#f0ead0"),
        "shrimp": ("#f0946a", "#e8b04a", "#78aa58", "#f6d9b8"),
        "mix": ("#d8432f", "#e8b04a", "#5d9448", "#8a4a32"),
    }
    for k in range(70):
        px, py = around(c, x, y, radius * (1 - k / 200))
        tone = c.pick(*sets[kind])
        if kind == "greens" and c.chance(0.6):
            greens(c, px, py, 62)
        elif tone in {"#e8a23c", "#e8b04a", "#d8432f"}:
            with c.moved(px, py, turn=c.between(0, 180)):
                c.rect(-38, -8, 76, 24, darker(tone, 0.5), round=10, alpha=0.5)
                c.rect(-40, -13, 80, 24, c.down(lighter(tone, 0.2), tone), round=10)
        else:
            lump(c, px, py, c.between(28, 46), tone)
    if kind == "shrimp":
        for _ in range(7):
            px, py = around(c, x, y, radius * 0.7)
            shrimp(c, px, py, 50, c.between(0, 360))
    scatter(c, x, y, radius * 0.8, 40, "#86b85c", "#c8402f", "#f3e4b0")


def dumpling_face(c: Canvas, x: float, y: float, wide: float) -> None:
    """Draw a dumpling that smiles."""
    dough = "#f6e7cb"
    c.form(
        "M-50 16C-50 -58 50 -58 50 16C34 44 -34 44 -50 16Z",
        x + 10,
        y + 16,
        wide,
        wide,
        darker(dough, 0.4),
        alpha=0.3,
    )
    c.form(
        "M-50 16C-50 -58 50 -58 50 16C34 44 -34 44 -50 16Z",
        x,
        y,
        wide,
        wide,
        c.down(lighter(dough, 0.4), darker(dough, 0.08)),
    )
    for k in range(-3, 4):
        top = -wide * (0.37 - 0.02 * k * k)
        c.line(
            [(x + k * wide * 0.1, y + top), (x + k * wide * 0.085, y + top + wide * 0.1)],
            darker(dough, 0.22),
            9,
        )
    for side in (-1, 1):
        c.dot(x + side * wide * 0.14, y + wide * 0.02, wide * 0.035, "#2a2024")
        c.oval(
            x + side * wide * 0.23, y + wide * 0.1, wide * 0.06, wide * 0.035, "#f0a08a", alpha=0.7
        )
    c.stroke(
        f"M{x - wide * 0.06:.0f} {y + wide * 0.07:.0f}q{wide * 0.06:.0f}"
        f" {wide * 0.06:.0f} {wide * 0.12:.0f} 0",
        "#2a2024",
        8,
    )
