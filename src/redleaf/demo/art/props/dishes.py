"""Whole dishes and single pieces of them."""

import math
from collections.abc import Callable
from typing import Final

from redleaf.demo.art.canvas import Canvas, disc
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import (
    foods,
    vessels,
)


def side_dish(c: Canvas, x: float, y: float, radius: float, kind: str) -> None:
    """Draw a small dish of something, from above."""
    p = c.palette
    ware = c.pick(p.paper, p.third, p.second, p.paper, mix(p.leaf, p.paper, 0.4))
    vessels.dish(c, x, y, radius, ware, {"sauce": "#4a2418", "chili": "#b8331f"}.get(kind, ""))
    with c.inside(disc(x, y, radius * 0.9)), c.moved(x, y):
        SIDES[kind](c, radius * 0.62)


def _sauce(c: Canvas, r: float) -> None:
    foods.scatter(c, 0, 0, r * 0.8, 12, "#6fa04a", "#d8432f")
    c.oval(-r * 0.4, -r * 0.5, r * 0.4, r * 0.16, "#ffffff", alpha=0.25, turn=-30)


def _chili(c: Canvas, r: float) -> None:
    foods.scatter(c, 0, 0, r, 26, "#d8532f", "#f0a040", "#8a2418")


def _meat(c: Canvas, r: float) -> None:
    for k in range(11):
        with c.moved(0, 0, turn=k * 360 / 11), c.moved(r * 0.7, 0, turn=40):
            c.oval(0, 0, r * 0.48, r * 0.3, c.ball("#c9585a"))
            c.line([(-r * 0.32, -4), (0, 4), (r * 0.32, -2)], "#f4cfc6", 6)


def _greens(c: Canvas, r: float) -> None:
    foods.greens(c, 0, 0, r * 1.3)


def _tofu(c: Canvas, r: float) -> None:
    for k in range(6):
        x, y = r * (0.56 * (k % 3) - 0.7), r * (0.62 * (k // 3) - 0.5)
        c.rect(x + 4, y + 7, r * 0.5, r * 0.5, "#b39a70", round=6, alpha=0.5)
        c.rect(x, y, r * 0.5, r * 0.5, c.down("#fffaf0", "#eadcc0"), round=6)


def _around_middle(r: float) -> list[tuple[float, float]]:
    ring = [(r * 0.62 * math.cos(k * 1.05), r * 0.62 * math.sin(k * 1.05)) for k in range(6)]
    return [*ring, (0.0, 0.0)]


def _mushrooms(c: Canvas, r: float) -> None:
    for x, y in _around_middle(r):
        foods.mushroom(c, x, y, r * 0.38)


def _balls(c: Canvas, r: float) -> None:
    for x, y in _around_middle(r):
        c.dot(x, y, r * 0.35, c.ball(c.pick("#f0dcc0", "#e8b890", "#f6e9d6")))


def _dough_sticks(c: Canvas, r: float) -> None:
    for k in range(3):
        points = [(-r * 0.9, -24 + k * 26), (0, -32 + k * 26), (r * 0.9, -22 + k * 26)]
        c.line(points, c.pick("#d39a4a", "#c1843a"), 30)


def _eggs(c: Canvas, r: float) -> None:
    foods.egg(c, -r * 0.32, -r * 0.1, r * 0.48)
    foods.egg(c, r * 0.4, r * 0.2, r * 0.46)


def _pickles(c: Canvas, r: float) -> None:
    for _ in range(20):
        x, y = foods.around(c, 0, 0, r * 0.8)
        tone = c.pick("#8fae4a", "#c9d26a", "#d98a3a")
        c.rect(x - 12, y - 10, 26, 20, tone, round=6)


SIDES: Final[dict[str, Callable[[Canvas, float], None]]] = {
    "sauce": _sauce,
    "chili": _chili,
    "meat": _meat,
    "greens": _greens,
    "tofu": _tofu,
    "mushroom": _mushrooms,
    "balls": _balls,
    "youtiao": _dough_sticks,
    "egg": _eggs,
    "pickle": _pickles,
}


def steamer(c: Canvas, x: float, y: float, r: float) -> None:
    """Draw an open bamboo steamer from above."""
    bamboo = c.tint("#d3a562", 0.06)
    c.shadow(x + 46, y + 56, r * 1.2, r * 1.2, 0.5)
    c.dot(x, y, r, c.ball(bamboo))
    c.ring(x, y, r * 0.98, r * 0.98, darker(bamboo, 0.3), 6)
    c.ring(x, y, r * 0.93, r * 0.93, lighter(bamboo, 0.35), 9)
    c.dot(x, y, r * 0.86, darker(bamboo, 0.35))
    with c.inside(disc(x, y, r * 0.85)):
        for k in range(-7, 8):
            c.rect(x + k * r * 0.125 - r * 0.055, y - r, r * 0.1, r * 2, lighter(bamboo, 0.22))
    for turn in (20, 140, 250):
        with c.moved(x, y, turn=turn):
            c.rect(-12, -r * 1.0, 24, r * 0.15, darker(bamboo, 0.4), round=4)


def bun(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """Draw a soup dumpling from above with its pleats."""
    c.dot(x + r * 0.1, y + r * 0.16, r, darker(colour, 0.5), alpha=0.35)
    c.dot(x, y, r, c.ball(colour))
    for k in range(14):
        a = k * math.tau / 14
        c.line(
            [
                (x + r * 0.18 * math.cos(a), y + r * 0.18 * math.sin(a)),
                (x + r * 0.5 * math.cos(a + 0.2), y + r * 0.5 * math.sin(a + 0.2)),
                (x + r * 0.84 * math.cos(a + 0.3), y + r * 0.84 * math.sin(a + 0.3)),
            ],
            darker(colour, 0.2),
            4,
            alpha=0.6,
        )
    c.dot(x, y, r * 0.17, c.ball(darker(colour, 0.08)))


def crescent(c: Canvas, x: float, y: float, wide: float, turn: float, colour: str) -> None:
    """Draw a folded dumpling from above."""
    with c.moved(x, y, turn=turn):
        c.form(
            "M-50 16C-50 -58 50 -58 50 16C34 40 -34 40 -50 16Z",
            6,
            10,
            wide,
            wide,
            darker(colour, 0.5),
            alpha=0.4,
        )
        c.form(
            "M-50 16C-50 -58 50 -58 50 16C34 40 -34 40 -50 16Z",
            0,
            0,
            wide,
            wide,
            c.down(lighter(colour, 0.35), darker(colour, 0.1)),
        )
        for k in range(-4, 5):
            c.line(
                [
                    (k * wide * 0.095, -wide * (0.37 - 0.015 * k * k)),
                    (k * wide * 0.075, -wide * 0.06),
                ],
                darker(colour, 0.22),
                5,
                alpha=0.7,
            )
        c.form(
            "M-50 16C-30 4 30 4 50 16C34 40 -34 40 -50 16Z",
            0,
            0,
            wide,
            wide,
            darker(colour, 0.1),
            alpha=0.6,
        )


def roll(c: Canvas, x: float, y: float, r: float) -> None:
    c.dot(x + 4, y + 7, r, "#1d1a18", alpha=0.3)
    c.dot(x, y, r, "#2a3a33")
    c.dot(x, y, r * 0.86, "#fbf7ec")
    for k, tone in enumerate(("#f0a040", "#5d9448", "#e0654a")):
        c.dot(
            x + r * 0.28 * math.cos(k * 2.1),
            y + r * 0.28 * math.sin(k * 2.1),
            r * 0.27,
            c.ball(tone),
        )


def skewer(c: Canvas, x: float, y: float, length: float, turn: float, kind: str) -> None:
    with c.moved(x, y, turn=turn):
        c.line([(0, -length / 2), (0, length / 2)], "#d9b478", 9)
        for k in range(7):
            py = -length * 0.42 + k * length * 0.1
            tone = (
                c.pick("#a8582f", "#8f4526")
                if kind == "lamb"
                else ("#d8432f", "#e8b04a", "#5d9448", "#a8582f")[k % 4]
            )
            if kind == "shrimp":
                foods.shrimp(c, 0, py, 44, 90 + k * 8)
                continue
            foods.lump(c, 0, py, 46, tone)
            for _ in range(5):
                c.dot(
                    c.between(-32, 32),
                    py + c.between(-22, 22),
                    4,
                    c.pick("#3a1d14", "#f0c050", "#c8402f"),
                )


def mooncake(c: Canvas, x: float, y: float, wide: float, colour: str, *, cut: bool = False) -> None:
    """Draw a moon cake seen a little from above; a cut one shows its yolk."""
    half, high = wide / 2, wide * 0.3
    c.shadow(x + 14, y + 4, half * 1.25, half * 0.4)
    c.form("M-50 -100V-20C-50 20 50 20 50 -20V-100Z", x, y, wide, high, c.turned(colour))
    for k in range(-5, 6):
        c.line(
            [
                (x + k * wide * 0.092, y - high * (0.9 - abs(k) * 0.01)),
                (x + k * wide * 0.092, y - high * 0.0),
            ],
            darker(colour, 0.25),
            6,
            alpha=0.5,
        )
    c.oval(x, y - high, half, half * 0.42, c.across(lighter(colour, 0.28), colour))
    c.ring(x, y - high, half * 0.86, half * 0.35, darker(colour, 0.25), 5)
    for k in range(8):
        a = k * math.tau / 8
        c.oval(
            x + half * 0.46 * math.cos(a),
            y - high + half * 0.19 * math.sin(a),
            half * 0.17,
            half * 0.075,
            darker(colour, 0.18),
        )
    c.oval(x, y - high, half * 0.2, half * 0.085, darker(colour, 0.28))
    if cut:
        c.shape(
            [
                (x - half * 0.1, y - high),
                (x + half * 0.52, y - high * 0.86 + half * 0.32),
                (x + half * 0.5, y + half * 0.06),
                (x - half * 0.1, y - high * 0.1),
            ],
            "#5a3320",
        )
        c.shape(
            [
                (x - half * 0.1, y - high),
                (x - half * 0.62, y - high + half * 0.33),
                (x - half * 0.6, y + half * 0.04),
                (x - half * 0.1, y - high * 0.1),
            ],
            "#6b3d26",
        )
        c.dot(x + half * 0.16, y - high * 0.34, half * 0.15, c.ball("#f0932a"))


def croissant(c: Canvas, x: float, y: float, wide: float, turn: float) -> None:
    crust = c.tint("#c9803a", 0.04)
    with c.moved(x, y, turn=turn, scale=wide / 400):
        parts = [
            (-172, 74, 34, 52, 50),
            (-128, 12, 56, 76, 32),
            (-68, -34, 70, 92, 14),
            (0, -50, 76, 100, 0),
            (68, -34, 70, 92, -14),
            (128, 12, 56, 76, -32),
            (172, 74, 34, 52, -50),
        ]
        for px, py, rx, ry, lean in parts:
            c.oval(px + 14, py + 24, rx, ry, c.palette.ink, alpha=0.16, turn=lean)
        for index in (0, 6, 1, 5, 2, 4, 3):
            px, py, rx, ry, lean = parts[index]
            c.oval(px, py, rx, ry, c.ball(mix(crust, "#e8b06a", c.between(0, 0.3))), turn=lean)
            for k in (-0.4, 0.0, 0.4):
                with c.moved(px, py, turn=lean):
                    c.line(
                        [(rx * k, -ry * 0.7), (rx * k * 1.3, 0), (rx * k, ry * 0.7)],
                        darker(crust, 0.22),
                        5,
                        alpha=0.4,
                    )
