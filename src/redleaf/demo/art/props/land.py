"""Sky, hills, water, trees and weather."""

import math

from redleaf.demo.art.canvas import HEIGHT, LEFT, RIGHT, SPAN, Canvas
from redleaf.demo.art.colour import darker, lighter, mix


def sky(c: Canvas, low: float = HEIGHT, *, light: str = "") -> None:
    """Paint the sky down to `low`; `light` is sun, moon, clouds, stars or none, or by chance."""
    p = c.palette
    top = mix(p.wall2, p.third, 0.25) if not p.dark else p.wall2
    c.rect(
        LEFT, 0, SPAN, low, c.down(top, mix(p.wall, p.glow, 0.35 if not p.dark else 0.12), p.wall)
    )
    if p.dark and p.wall < "#a":
        stars(c, low)
    light = light or c.pick("sun", "clouds", "clouds", "none")
    x, y = c.between(180, 720), c.between(170, 330)
    if light in {"sun", "moon"}:
        disc = mix(p.glow, p.second, 0.35) if light == "sun" else lighter(p.paper, 0.3)
        c.glow(x, y, 380, p.glow, 0.7)
        c.dot(x, y, c.between(58, 92), disc)
    elif light == "clouds":
        for _ in range(3):
            cloud(c, c.between(-60, 800), c.between(90, 380), c.between(150, 300))


def stars(c: Canvas, low: float) -> None:
    for _ in range(70):
        c.dot(
            c.between(LEFT, RIGHT),
            c.between(0, low * 0.8),
            c.between(1.2, 3.6),
            c.palette.paper,
            alpha=c.between(0.4, 0.95),
        )


def cloud(c: Canvas, x: float, y: float, wide: float) -> None:
    """Draw a flat-bottomed cloud from x, y."""
    p = c.palette
    colour = mix(p.paper, p.wall, 0.3 if not p.dark else 0.6)
    high = wide * 0.2
    c.rect(x, y - high * 0.55, wide, high * 0.6, colour, round=high * 0.3)
    for share, size in ((0.22, 0.55), (0.45, 0.85), (0.7, 0.6)):
        c.dot(x + wide * share, y + high * (0.05 - size), high * size, colour)
    shade = mix(colour, p.wall2, 0.5)
    c.rect(x + wide * 0.1, y - high * 0.16, wide * 0.9, high * 0.2, shade, round=high * 0.1)


def ridge(
    c: Canvas, y: float, rough: float, colour: str, *, step: float = 90, sharp: bool = False
) -> list[tuple[float, float]]:
    """Paint a range of hills from their line down to the bottom; return the line."""
    points, x, side = [], LEFT - step, 1
    while x < RIGHT + step:
        points.append((x, y + side * c.between(0.15, 1) * rough))
        x += step * c.between(0.6, 1.3)
        side = -side
    if sharp:
        c.shape([(LEFT, HEIGHT + 10), *points, (RIGHT, HEIGHT + 10)], colour)
    else:
        c.blob([(LEFT - 300, HEIGHT + 300), *points, (RIGHT + 300, HEIGHT + 300)], colour)
    return points


def peak(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, *, snow: bool = True
) -> None:
    """Draw one mountain with its foot at y: lit left, in shade right, snow on top."""
    p = c.palette
    top = y - high
    lean = c.between(-0.06, 0.06) * wide
    ridge_line = [
        (x + lean, top),
        (x + lean + wide * 0.05, top + high * 0.3),
        (x - wide * 0.02, top + high * 0.55),
        (x + wide * 0.08, y),
    ]
    left = [
        (x - wide * 0.5, y),
        (x - wide * 0.31, top + high * 0.52),
        (x - wide * 0.22, top + high * 0.46),
        (x - wide * 0.1, top + high * 0.16),
    ]
    right = [
        (x + wide * 0.12, top + high * 0.22),
        (x + wide * 0.2, top + high * 0.44),
        (x + wide * 0.3, top + high * 0.52),
        (x + wide * 0.5, y),
    ]
    c.shape([*left, *ridge_line], c.down(lighter(colour, 0.16), mix(colour, p.wall, 0.3)))
    c.shape([*ridge_line[::-1], *right], c.down(darker(colour, 0.2), mix(colour, p.wall, 0.2)))
    if snow:
        white = mix(p.paper, p.glow, 0.2)
        c.shape(
            [
                (x + lean, top),
                (x - wide * 0.1, top + high * 0.16),
                (x - wide * 0.17, top + high * 0.34),
                (x - wide * 0.1, top + high * 0.28),
                (x - wide * 0.06, top + high * 0.4),
                (x - wide * 0.01, top + high * 0.26),
                (x + wide * 0.045, top + high * 0.3),
            ],
            white,
        )
        c.shape(
            [
                (x + lean, top),
                (x + wide * 0.12, top + high * 0.22),
                (x + wide * 0.18, top + high * 0.38),
                (x + wide * 0.1, top + high * 0.3),
                (x + wide * 0.07, top + high * 0.42),
                (x + wide * 0.045, top + high * 0.3),
            ],
            mix(white, p.third, 0.3),
        )


def water(
    c: Canvas, y: float, *, low: float = HEIGHT, colour: str = "", shine: float = 450
) -> None:
    """Paint water from y down, with light on it under x = shine."""
    p = c.palette
    colour = colour or mix(p.third, p.wall2, 0.35)
    c.rect(LEFT, y, SPAN, low - y, c.down(mix(colour, p.wall, 0.45), darker(colour, 0.18)))
    at, step = y + 12, 10.0
    while at < low:
        for _ in range(4):
            x, wide = c.between(LEFT, RIGHT), c.between(30, 150) * (0.4 + (at - y) / (low - y))
            c.rect(
                x,
                at,
                wide,
                step * 0.3,
                c.pick(lighter(colour, 0.4), p.paper, darker(colour, 0.2)),
                alpha=0.35,
                round=4,
            )
        wide = c.between(40, 150) * (0.5 + (at - y) / (low - y))
        c.rect(
            shine - wide / 2 + c.between(-26, 26),
            at + 3,
            wide,
            step * 0.36,
            p.glow,
            alpha=0.65,
            round=4,
        )
        at += step
        step *= 1.17


def conifer(c: Canvas, x: float, y: float, high: float, colour: str, *, snow: bool = False) -> None:
    """Draw a fir whose foot is at y."""
    p = c.palette
    wide = high * c.between(0.32, 0.42)
    c.rect(x - high * 0.022, y - high * 0.14, high * 0.044, high * 0.14, darker(p.table2, 0.2))
    for index in range(4):
        top, low = y - high * (1 - index * 0.2), y - high * (0.58 - index * 0.17)
        half = wide * (0.24 + index * 0.1)
        c.shape(
            [
                (x, top),
                (x + half, low),
                (x + half * 0.4, low - high * 0.03),
                (x, low + high * 0.02),
                (x - half * 0.5, low - high * 0.02),
                (x - half, low),
            ],
            colour,
        )
        c.shape(
            [
                (x, top),
                (x + half, low),
                (x + half * 0.4, low - high * 0.03),
                (x, low + high * 0.02),
            ],
            darker(colour, 0.22),
        )
        if snow:
            c.shape(
                [
                    (x, top),
                    (x + half * 0.5, top + (low - top) * 0.5),
                    (x + half * 0.1, top + (low - top) * 0.38),
                    (x - half * 0.1, top + (low - top) * 0.6),
                    (x - half * 0.35, top + (low - top) * 0.46),
                    (x - half * 0.86, low - 4),
                ],
                mix(p.paper, p.wall, 0.1),
            )


def tree(c: Canvas, x: float, y: float, high: float, colour: str, *, blooms: bool = False) -> None:
    """Draw a round-headed tree whose foot is at y."""
    p = c.palette
    bark = mix(darker(p.table2, 0.25), p.ink, 0.2)
    c.shadow(x + high * 0.06, y, high * 0.34)
    c.form("M-6 0C-3 -30 -4 -40 -5 -56L5 -56C4 -40 4 -30 7 0Z", x, y, high, high, bark)
    for turn in (-38, 30, -14):
        with c.moved(x, y - high * 0.36, turn=turn):
            c.line([(0, 0), (0, -high * 0.34)], bark, high * 0.03)
    for tone, spread, count, size in (
        (darker(colour, 0.25), 0.32, 7, 0.17),
        (colour, 0.3, 8, 0.14),
        (lighter(colour, 0.2), 0.24, 7, 0.09),
    ):
        lift = 0.62 if tone == darker(colour, 0.25) else 0.68 if tone == colour else 0.76
        for index in range(count):
            angle = index * math.tau / count + c.between(-0.3, 0.3)
            dx, dy = (
                math.cos(angle) * high * spread * c.between(0.4, 1),
                math.sin(angle) * high * spread * 0.7 * c.between(0.4, 1),
            )
            c.dot(
                x + dx - (high * 0.05 if tone != darker(colour, 0.25) else -high * 0.03),
                y - high * lift + dy,
                high * size * c.between(0.8, 1.2),
                tone,
            )
    if blooms:
        for _ in range(40):
            angle, r = c.between(0, math.tau), high * 0.36 * math.sqrt(c.random.random())
            c.dot(
                x + r * math.cos(angle),
                y - high * 0.68 + r * 0.8 * math.sin(angle),
                high * c.between(0.008, 0.018),
                lighter(colour, 0.6),
            )


def bare_tree(c: Canvas, x: float, y: float, high: float, colour: str) -> None:
    """Draw a tree without leaves, with some snow on it."""

    def grow(bx: float, by: float, length: float, angle: float, width: float, depth: int) -> None:
        ex, ey = bx + length * math.cos(angle), by + length * math.sin(angle)
        c.line([(bx, by), (ex, ey)], colour, width)
        if depth:
            for spread in (-0.48, 0.42, 0.05)[: 3 if depth > 2 else 2]:
                grow(
                    ex,
                    ey,
                    length * c.between(0.6, 0.76),
                    angle + spread + c.between(-0.15, 0.15),
                    width * 0.62,
                    depth - 1,
                )

    grow(x, y, high * 0.34, -math.pi / 2, high * 0.045, 4)


def snowfall(c: Canvas, count: int = 90, low: float = HEIGHT) -> None:
    for _ in range(count):
        c.dot(
            c.between(LEFT, RIGHT),
            c.between(0, low),
            c.between(2.5, 8) if c.chance(0.85) else c.between(9, 15),
            "#ffffff",
            alpha=c.between(0.5, 0.95),
        )


def snow_ground(c: Canvas, y: float, rough: float = 24) -> None:
    p = c.palette
    white = mix("#f6f8fc", p.wall, 0.25)
    points = ridge(c, y, rough, white, step=260)
    c.blob(
        [
            (LEFT - 300, HEIGHT + 300),
            *[(x, py + 90) for x, py in points],
            (RIGHT + 300, HEIGHT + 300),
        ],
        mix(white, p.third, 0.14),
    )
    c.blob(
        [
            (LEFT - 300, HEIGHT + 300),
            *[(x + 120, py + 210) for x, py in points],
            (RIGHT + 300, HEIGHT + 300),
        ],
        mix(white, p.third, 0.05),
    )


def grass(c: Canvas, y: float, colour: str = "") -> None:
    """Paint a meadow from y down with tufts and flowers."""
    p = c.palette
    colour = colour or c.tint(p.leaf)
    points = ridge(c, y, 16, c.down(lighter(colour, 0.25), colour), step=240)
    c.blob(
        [
            (LEFT - 300, HEIGHT + 300),
            *[(x + 60, py + 150) for x, py in points],
            (RIGHT + 300, HEIGHT + 300),
        ],
        darker(colour, 0.08),
    )
    for _ in range(46):
        x, gy = c.between(LEFT, RIGHT), c.between(y + 30, HEIGHT)
        size = 8 + (gy - y) * 0.05
        for lean in (-0.5, 0, 0.5):
            c.line(
                [(x, gy), (x + lean * size, gy - size)],
                c.pick(darker(colour, 0.22), lighter(colour, 0.2)),
                3,
            )
        if c.chance(0.2):
            c.dot(x, gy - size, size * 0.3, c.pick(p.paper, p.second, p.main))


def view(c: Canvas, x: float, y: float, wide: float, high: float, kind: str = "") -> None:
    """Paint a small landscape or street for a window, a screen or a frame; the caller clips it."""
    p = c.palette
    kind = kind or c.pick("hills", "roofs", "snow", "sea", "towers")
    c.rect(x, y, wide, high, c.down(mix(p.third, p.wall, 0.55), mix(p.glow, p.wall, 0.35)))
    if kind in {"hills", "sea"}:
        c.dot(
            x + wide * c.between(0.25, 0.75),
            y + high * 0.32,
            wide * 0.1,
            mix(p.glow, p.second, 0.5),
        )
    for index in range(3):
        base = y + high * (0.5 + index * 0.15)
        tone = mix(p.third if kind == "sea" else p.leaf, p.wall, 0.6 - index * 0.25)
        if kind in {"hills", "sea", "snow"}:
            tone = mix(tone, p.paper, 0.75) if kind == "snow" else tone
            points = [
                (x - wide * 0.2 + wide * k * 0.28, base + c.between(-0.07, 0.07) * high)
                for k in range(6)
            ]
            c.blob([(x - wide, y + high * 1.6), *points, (x + wide * 2, y + high * 1.6)], tone)
        elif index:
            cx = x - 10
            while cx < x + wide:
                w, h = (
                    wide * c.between(0.12, 0.24),
                    high * c.between(0.18, 0.5 if kind == "towers" else 0.3),
                )
                tone = mix(c.pick(p.table, p.third, p.second, p.wall2), p.wall, 0.5 - index * 0.2)
                c.rect(cx, base + high * 0.2 - h, w, high, tone)
                for k in range(4):
                    c.rect(
                        cx + w * 0.2 + (k % 2) * w * 0.35,
                        base + high * 0.23 - h + (k // 2) * high * 0.09,
                        w * 0.2,
                        high * 0.045,
                        p.glow,
                        alpha=0.75,
                    )
                cx += w * 1.04
    if kind == "snow":
        for _ in range(26):
            c.dot(
                x + c.between(0, wide),
                y + c.between(0, high),
                c.between(2, 5),
                "#ffffff",
                alpha=0.9,
            )
        conifer(
            c, x + wide * 0.26, y + high * 0.86, high * 0.4, mix(p.leaf, p.ink, 0.25), snow=True
        )


def street_map(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """Paint a map with a way and a mark on it; the caller clips it."""
    p = c.palette
    c.rect(x, y, wide, high, mix(p.paper, p.wall2, 0.3))
    c.blob(
        [
            (x - 40, y + high * 0.62),
            (x + wide * 0.4, y + high * 0.7),
            (x + wide * 1.2, y + high * 0.56),
            (x + wide * 1.2, y + high * 1.2),
            (x - 60, y + high * 1.2),
        ],
        mix(p.third, p.paper, 0.5),
    )
    c.rect(
        x + wide * 0.56,
        y + high * 0.12,
        wide * 0.3,
        high * 0.2,
        mix(p.leaf, p.paper, 0.45),
        round=10,
    )
    for k in range(6):
        c.line(
            [
                (x - 10, y + high * (0.08 + k * 0.14)),
                (x + wide * 1.1, y + high * (0.14 + k * 0.14)),
            ],
            p.paper,
            wide * 0.03,
        )
        c.line(
            [(x + wide * (0.04 + k * 0.2), y), (x + wide * (k * 0.2 - 0.04), y + high)],
            p.paper,
            wide * 0.025,
        )
    way = [
        (x + wide * 0.2, y + high * 0.82),
        (x + wide * 0.24, y + high * 0.56),
        (x + wide * 0.6, y + high * 0.5),
        (x + wide * 0.66, y + high * 0.28),
    ]
    c.line(way, p.main, wide * 0.045, curved=False)
    c.dot(way[0][0], way[0][1], wide * 0.05, p.third)
    c.form(
        "M0 0C-60 -70 -60 -130 0 -130C60 -130 60 -70 0 0Z",
        way[-1][0],
        way[-1][1],
        wide * 0.14,
        wide * 0.16,
        p.main,
    )
    c.dot(way[-1][0], way[-1][1] - wide * 0.14, wide * 0.03, p.paper)
