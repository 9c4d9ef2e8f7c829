"""Buildings, streets, lanterns and people seen from afar."""

import math

from redleaf.demo.art.canvas import HEIGHT, LEFT, RIGHT, SPAN, Canvas
from redleaf.demo.art.colour import darker, lighter, mix


def tower(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, *, lit: float = 0.4
) -> None:
    """Draw a tall building with its foot at y and x its left side."""
    p = c.palette
    c.rect(x, y - high, wide, high, c.down(colour, mix(colour, p.wall, 0.25)))
    c.rect(x + wide * 0.7, y - high, wide * 0.3, high, darker(colour, 0.25), alpha=0.5)
    pane, gap = max(7.0, wide / 9), max(9.0, wide / 5)
    light = p.glow if p.dark else lighter(colour, 0.5)
    row = y - high + gap * 0.7
    while row < y - gap * 0.6:
        at = x + gap * 0.4
        while at < x + wide - pane - gap * 0.25:
            on = c.chance(lit)
            c.rect(
                at,
                row,
                pane,
                pane * 1.25,
                light if on else darker(colour, 0.2),
                alpha=0.9 if on else 0.5,
            )
            at += gap
        row += gap * 1.15


def skyline(c: Canvas, y: float, colour: str, *, low: float, high: float, lit: float = 0.4) -> None:
    """Draw a row of towers from side to side, of heights between `low` and `high`."""
    p = c.palette
    x = LEFT
    while x < RIGHT:
        wide = c.between(52, 120)
        tower(
            c,
            x,
            y,
            wide,
            c.between(low, high),
            mix(colour, c.pick(p.third, p.table, p.wall2, p.second), c.between(0, 0.35)),
            lit=lit,
        )
        x += wide * c.between(0.86, 1.15)


def house(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    colour: str,
    *,
    roof: str = "gable",
    snow: bool = False,
) -> None:
    """Draw a row house with its foot at y and x its left side."""
    p = c.palette
    top = y - high
    dark = darker(colour, 0.3)
    c.rect(x, top, wide, high, c.down(lighter(colour, 0.06), darker(colour, 0.08)))
    for row in range(int(high / 34)):
        c.rect(x, top + row * 34, wide, 3, dark, alpha=0.16)
    cover = mix(p.paper, p.wall, 0.2) if snow else mix(p.ink, p.table2, 0.4)
    _roof(c, x, top, wide, high, (colour, cover), roof)
    light = p.glow if p.dark or c.chance(0.4) else mix(p.third, p.paper, 0.35)
    floors = max(1, int(high / 150))
    for level in range(floors):
        wy = top + 34 + level * (high - 60) / floors
        for k in (0.16, 0.58):
            if level == floors - 1 and k > 0.5:
                continue
            _pane(
                c, x + wide * k, wy, wide * 0.26, min(96, (high - 60) / floors * 0.62), light, snow
            )
    door = c.pick(p.main, p.third, p.leaf, p.second)
    c.rect(x + wide * 0.56, y - 118, wide * 0.27, 118, darker(door, 0.1), round=4)
    c.rect(x + wide * 0.6, y - 108, wide * 0.19, 40, light, alpha=0.85)
    c.rect(x + wide * 0.5, y - 12, wide * 0.4, 12, darker(colour, 0.35))


def _roof(
    c: Canvas, x: float, top: float, wide: float, high: float, colours: tuple[str, str], roof: str
) -> None:
    p = c.palette
    colour, cover = colours
    if roof == "gable":
        c.shape(
            [(x - 12, top + 4), (x + wide / 2, top - wide * 0.46), (x + wide + 12, top + 4)], cover
        )
        c.shape(
            [(x + 14, top + 4), (x + wide / 2, top - wide * 0.34), (x + wide - 14, top + 4)], colour
        )
        c.dot(x + wide / 2, top - wide * 0.1, wide * 0.07, mix(p.glow, p.third, 0.2))
    elif roof == "mansard":
        c.shape(
            [
                (x - 4, top + 6),
                (x + wide * 0.1, top - high * 0.2),
                (x + wide * 0.9, top - high * 0.2),
                (x + wide + 4, top + 6),
            ],
            cover,
        )
        for k in (0.26, 0.6):
            c.rect(
                x + wide * k,
                top - high * 0.15,
                wide * 0.16,
                high * 0.13,
                p.glow,
                round=wide * 0.06,
                alpha=0.9,
            )
    else:
        c.rect(x - 6, top - 12, wide + 12, 18, cover)


def _pane(c: Canvas, x: float, y: float, wide: float, high: float, light: str, snow: bool) -> None:
    p = c.palette
    c.rect(x - 5, y - 5, wide + 10, high + 10, mix(p.paper, p.wall, 0.2))
    c.rect(x, y, wide, high, c.down(lighter(light, 0.2), light))
    c.rect(x + wide / 2 - 2, y, 4, high, mix(p.paper, p.wall, 0.2))
    c.rect(x, y + high * 0.48, wide, 4, mix(p.paper, p.wall, 0.2))
    c.rect(x - 8, y + high + 4, wide + 16, 8, "#fbfcff" if snow else darker(p.wall2, 0.3))


def street(c: Canvas, y: float, *, snow: bool = False) -> None:
    """Paint a road and its kerb from y down."""
    p = c.palette
    colour = mix("#f2f5fa", p.wall, 0.3) if snow else mix(p.ink, p.wall2, 0.4)
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(colour, darker(colour, 0.12)))
    c.rect(LEFT, y, SPAN, 26, lighter(colour, 0.3))
    c.rect(LEFT, y + 26, SPAN, 8, darker(colour, 0.25))


def street_lamp(c: Canvas, x: float, y: float, high: float) -> None:
    p = c.palette
    iron = mix(p.ink, p.third, 0.2)
    c.glow(x, y - high, high * 0.55, p.glow, 0.85)
    c.rect(x - 5, y - high, 10, high, iron)
    c.rect(x - 14, y - 24, 28, 24, iron, round=4)
    c.form("M-50 0H50L34 -90H-34Z", x, y - high, 44, 52, p.glow)
    c.form("M-60 0L0 -50L60 0Z", x, y - high - 46, 44, 44, iron)


def person(
    c: Canvas,
    x: float,
    y: float,
    high: float,
    coat: str,
    *,
    hat: str = "",
    back: bool = False,
    flip: bool = False,
) -> None:
    """Draw somebody walking, seen from afar; the feet are at y."""
    p = c.palette
    skin = c.pick("#e8b996", "#d99f78", "#b97f5a", "#f0c8a8")
    hair = c.pick("#2a1d1a", "#3a2620", "#1d1b22", "#5a3a28")
    c.shadow(x + high * 0.06, y, high * 0.22, high * 0.04)
    with c.moved(x, y, scale=high / 100, flip=flip):
        legs = mix(p.ink, p.third, c.pick(0.0, 0.35))
        c.path("M-7 -34L-9 -2H-3L0 -30L5 -2H11L7 -34Z", legs)
        c.rect(-11, -4, 9, 4, darker(legs, 0.3), round=2)
        c.rect(5, -4, 9, 4, darker(legs, 0.3), round=2)
        c.path(
            "M-9 -76C-13 -60 -15 -44 -15 -28Q0 -22 15 -28C15 -44 13 -60 9 -76Q0 -80 -9 -76Z",
            c.turned(coat, 0.8),
        )
        c.path("M-9 -73C-16 -64 -19 -52 -17 -42L-12 -42C-12 -52 -9 -60 -6 -68Z", darker(coat, 0.1))
        c.path("M9 -73C15 -64 18 -54 15 -44L10 -45C11 -54 8 -60 6 -68Z", darker(coat, 0.25))
        c.rect(-3, -82, 6, 8, darker(skin, 0.1))
        c.oval(0, -88, 8.4, 9.4, hair if back else skin)
        if not back:
            c.path("M-9 -88C-10 -101 9 -102 9 -88C6 -94 -2 -95 -9 -88Z", hair)
        if hat:
            c.path("M-9.5 -90C-9 -104 9 -104 9.5 -90Q0 -94 -9.5 -90Z", hat)
            c.dot(0, -102, 3, lighter(hat, 0.4))
        if c.chance(0.5):
            c.path("M-9 -78Q0 -72 9 -78L9 -73Q0 -67 -9 -73Z", c.pick(p.main, p.second, p.paper))


def lantern(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a hanging paper lantern, its middle at x, y."""
    p = c.palette
    c.glow(x, y, size * 1.5, mix(colour, p.glow, 0.5), 0.6)
    c.line([(x, y - size * 1.1), (x, y - size * 0.5)], p.ink, 3)
    c.oval(x, y, size * 0.52, size * 0.44, c.ball(mix(colour, p.glow, 0.15)))
    for k in (-0.6, -0.2, 0.2, 0.6):
        c.stroke(
            f"M{x + k * size * 0.3:.0f} {y - size * 0.42:.0f}"
            f"Q{x + k * size * 0.8:.0f} {y:.0f} {x + k * size * 0.3:.0f}"
            f" {y + size * 0.42:.0f}",
            darker(colour, 0.2),
            2.4,
            alpha=0.6,
        )
    for dy in (-0.46, 0.4):
        c.rect(x - size * 0.17, y + dy * size, size * 0.34, size * 0.09, p.second, round=3)
    for k in (-0.06, 0, 0.06):
        c.line(
            [(x + k * size, y + size * 0.48), (x + k * size * 1.6, y + size * 0.82)], p.second, 3
        )


def bulbs(
    c: Canvas, x1: float, y1: float, x2: float, y2: float, drop: float, count: int = 12
) -> None:
    """Hang a string of little lights between two points."""
    p = c.palette
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2 + drop * 2
    c.stroke(f"M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}", p.ink, 3, alpha=0.7)
    for k in range(1, count):
        t = k / count
        x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * mx + t * t * x2
        y = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * my + t * t * y2
        c.glow(x, y + 10, 34, p.glow, 0.8)
        c.oval(x, y + 10, 7, 10, p.glow)


def stall(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a market stall with a striped awning; x is its left side and y its foot."""
    p = c.palette
    wood = darker(p.table, 0.1)
    top = y - high
    c.rect(x + wide * 0.04, top, wide * 0.92, high, mix(p.ink, p.table2, 0.5))
    if p.dark:
        c.glow(x + wide / 2, top + high * 0.45, wide * 0.6, p.glow, 0.7)
    for px in (0.03, 0.93):
        c.rect(x + wide * px, top, wide * 0.04, high, wood)
    c.rect(x, y - high * 0.36, wide, high * 0.36, c.down(lighter(wood, 0.14), darker(wood, 0.2)))
    for k in range(1, 6):
        c.rect(x + wide * k / 6, y - high * 0.36, 4, high * 0.36, darker(wood, 0.3), alpha=0.5)
    c.rect(x - 10, y - high * 0.39, wide + 20, high * 0.05, lighter(wood, 0.25))
    count = max(5, round(wide / 70))
    step = (wide + 60) / count
    for k in range(count):
        left = x - 30 + k * step
        tone = colour if k % 2 else p.paper
        inner = x + 20 + k * (wide - 40) / count
        c.shape(
            [
                (inner, top - high * 0.2),
                (inner + (wide - 40) / count, top - high * 0.2),
                (left + step, top + high * 0.06),
                (left, top + high * 0.06),
            ],
            c.down(lighter(tone, 0.1), tone),
        )
        c.oval(left + step / 2, top + high * 0.06, step / 2, high * 0.045, darker(tone, 0.08))
    c.rect(x, top + high * 0.1, wide, 40, c.fading(p.ink, 0.3, 0))


def bridge_lights(c: Canvas, y: float, count: int = 30) -> None:
    """Lay reflections of lit windows on water below y."""
    for _ in range(count):
        x, at = c.between(LEFT, RIGHT), c.between(y + 10, y + 330)
        c.rect(x, at, c.between(8, 46), 5, c.palette.glow, alpha=c.between(0.25, 0.7), round=3)


def burst(c: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    """Draw a firework."""
    rays = c.pick(18, 22, 26)
    c.glow(x, y, radius * 1.2, colour, 0.45)
    for k in range(rays):
        angle = k * math.tau / rays + 0.1
        near, far = radius * c.between(0.14, 0.34), radius * c.between(0.8, 1.05)
        cx, cy = math.cos(angle), math.sin(angle)
        c.line(
            [
                (x + near * cx, y + near * cy),
                (x + far * 0.6 * cx, y + far * 0.6 * cy),
                (x + far * cx, y + far * cy + radius * 0.08),
            ],
            mix(colour, "#ffffff", c.between(0, 0.5)),
            5,
        )
        c.dot(x + far * cx, y + far * cy + radius * 0.1, 7, mix(colour, "#ffffff", 0.6))
