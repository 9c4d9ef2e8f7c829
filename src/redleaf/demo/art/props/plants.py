"""Leaves, plants in pots, flowers, and the shade that leaves throw."""

import math

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix


def leaf(
    c: Canvas, x: float, y: float, length: float, turn: float, colour: str, plump: float = 0.34
) -> None:
    """Draw a pointed leaf that grows from x, y in this direction (0 is right, 90 is down)."""
    half = length * plump
    with c.moved(x, y, turn=turn):
        d = f"M0 0C{length * 0.25:.0f} {-half:.0f} {length * 0.75:.0f} {-half:.0f} {length:.0f} 0"
        c.path(d + f"C{length * 0.75:.0f} {half:.0f} {length * 0.25:.0f} {half:.0f} 0 0Z", colour)
        c.path(d + "Z", lighter(colour, 0.16))
        c.line([(0, 0), (length * 0.86, 0)], darker(colour, 0.2), max(2, length * 0.025), alpha=0.6)


def branch_shade(c: Canvas, x: float, y: float, length: float, *, turn: float) -> None:
    """Lay the shade of a leafy branch on a wall."""
    colour = darker(c.palette.wall2, 0.2)
    with c.moved(x, y, turn=turn):
        c.line([(0, 0), (length * 0.5, 24), (length, 0)], colour, 10, alpha=0.3)
        for index in range(9):
            at = length * (0.18 + index * 0.1)
            side = 1 if index % 2 else -1
            size = length * 0.3 * (1 - index * 0.05)
            half = size * 0.2
            with c.moved(at, 14, turn=side * c.between(38, 62)):
                c.path(
                    f"M0 0C{size * 0.3:.0f} {-half:.0f} {size * 0.7:.0f} {-half:.0f} {size:.0f} 0"
                    f"C{size * 0.7:.0f} {half:.0f} {size * 0.3:.0f} {half:.0f} 0 0Z",
                    colour,
                    alpha=0.3,
                )


def sprig(c: Canvas, x: float, y: float, length: float, *, turn: float, colour: str = "") -> None:
    """Draw a twig with pairs of leaves."""
    colour = colour or c.palette.leaf
    with c.moved(x, y, turn=turn):
        c.line(
            [(0, 0), (length * 0.5, length * 0.05), (length, 0)],
            darker(colour, 0.3),
            max(3, length * 0.02),
        )
        for index in range(5):
            at = length * (0.2 + index * 0.18)
            size = length * 0.28 * (1.1 - index * 0.1)
            tone = mix(colour, lighter(colour, 0.25), c.between(0, 1))
            leaf(c, at, length * 0.03, size, -c.between(35, 55), tone)
            leaf(c, at, length * 0.03, size, c.between(35, 55), darker(tone, 0.1))
        leaf(c, length, 0, length * 0.26, 0, colour)


def pot(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a flower pot whose foot is at y."""
    half = wide / 2
    c.shadow(x + half * 0.2, y, half * 1.25)
    c.path(
        f"M{x - half:.0f} {y - high:.0f}H{x + half:.0f}L{x + half * 0.74:.0f} {y - 6:.0f}"
        f"Q{x:.0f} {y + 10:.0f} {x - half * 0.74:.0f} {y - 6:.0f}Z",
        c.turned(colour),
    )
    c.rect(
        x - half * 1.07,
        y - high - high * 0.06,
        wide * 1.07,
        high * 0.22,
        c.turned(lighter(colour, 0.1)),
        round=6,
    )


def plant(c: Canvas, x: float, y: float, size: float, kind: str = "", colour: str = "") -> None:
    """Draw a plant in a pot of about this height, its foot at y."""
    p = c.palette
    kind = kind or c.pick("rubber", "snake", "fern", "monstera", "cactus")
    ware = colour or c.pick(p.main, p.paper, p.second, p.third)
    high = size * 0.3
    top = y - high
    _leaves_of(c, x, top, size, kind)
    pot(c, x, y, size * 0.36, high, ware)


def _leaves_of(c: Canvas, x: float, top: float, size: float, kind: str) -> None:
    p = c.palette
    green = c.tint(p.leaf, 0.05)
    if kind == "snake":
        for index in range(7):
            lean = (index - 3) * 7 + c.between(-3, 3)
            tone = mix(green, darker(green, 0.3), c.between(0, 0.7))
            leaf(
                c,
                x + (index - 3) * size * 0.035,
                top,
                size * c.between(0.5, 0.74),
                -90 + lean,
                tone,
                0.1,
            )
    elif kind == "fern":
        for index in range(13):
            turn = -90 + (index - 6) * 15
            _frond(
                c,
                x,
                top,
                size * c.between(0.44, 0.62),
                turn,
                mix(green, darker(green, 0.3), c.between(0, 0.6)),
            )
    elif kind == "monstera":
        for turn, share in ((-150, 0.5), (-30, 0.52), (-118, 0.66), (-62, 0.7), (-92, 0.78)):
            _broad(
                c,
                x,
                top,
                size * share,
                turn + c.between(-8, 8),
                mix(green, darker(green, 0.25), c.between(0, 0.7)),
            )
    elif kind == "cactus":
        _cactus(c, x, top, size * 0.62, green)
    else:
        c.line([(x, top), (x + 4, top - size * 0.6)], darker(p.table2, 0.1), size * 0.02)
        for index in range(9):
            side = -32 if index % 2 else -148
            tone = mix(green, darker(green, 0.3), c.between(0, 0.7))
            leaf(
                c,
                x,
                top - size * (0.06 + 0.065 * index),
                size * (0.34 - index * 0.016),
                side + c.between(-14, 14),
                tone,
                0.26,
            )
        leaf(c, x + 4, top - size * 0.58, size * 0.2, -88, lighter(green, 0.15), 0.28)


def _frond(c: Canvas, x: float, y: float, length: float, turn: float, colour: str) -> None:
    drop = length * 0.34 * abs(math.cos(math.radians(turn)))
    ex, ey = (
        x + length * math.cos(math.radians(turn)),
        y + length * math.sin(math.radians(turn)) + drop,
    )
    mx, my = (x + ex) / 2, (y + ey) / 2 - length * 0.16
    for k in range(3, 12):
        t = k / 12
        px = (1 - t) ** 2 * x + 2 * t * (1 - t) * mx + t * t * ex
        py = (1 - t) ** 2 * y + 2 * t * (1 - t) * my + t * t * ey
        size = length * 0.2 * (1.15 - t)
        for side in (-62, 62):
            leaf(c, px, py, size, turn + side, colour, 0.2)
    c.stroke(f"M{x:.0f} {y:.0f}Q{mx:.0f} {my:.0f} {ex:.0f} {ey:.0f}", darker(colour, 0.2), 3)


def _broad(c: Canvas, x: float, y: float, length: float, turn: float, colour: str) -> None:
    """A monstera leaf on its stalk."""
    ex, ey = (
        x + length * 0.6 * math.cos(math.radians(turn)),
        y + length * 0.6 * math.sin(math.radians(turn)),
    )
    c.line(
        [(x, y), ((x + ex) / 2, (y + ey) / 2 - 10), (ex, ey)],
        darker(colour, 0.2),
        max(4, length * 0.02),
    )
    size = length * 0.46
    with c.moved(ex, ey, turn=turn):
        c.path(
            f"M{-size * 0.2:.0f} 0C{-size * 0.3:.0f} {-size * 0.8:.0f}"
            f" {size * 0.6:.0f} {-size * 0.8:.0f} {size:.0f} 0"
            f"C{size * 0.6:.0f} {size * 0.8:.0f} {-size * 0.3:.0f} {size * 0.8:.0f}"
            f" {-size * 0.2:.0f} 0Z",
            colour,
        )
        for at in (0.12, 0.38, 0.62):
            for side in (-1, 1):
                c.path(
                    f"M{size * at:.0f} {side * size * 0.14:.0f}L{size * (at + 0.36):.0f}"
                    f" {side * size * 0.66:.0f}"
                    f"L{size * (at + 0.22):.0f} {side * size * 0.74:.0f}Z",
                    c.palette.wall,
                    alpha=0.55,
                )
        c.line([(-size * 0.1, 0), (size * 0.86, 0)], lighter(colour, 0.3), 4)


def _cactus(c: Canvas, x: float, top: float, high: float, colour: str) -> None:
    wide = high * 0.3
    for dx, up, tall in ((-wide * 0.95, 0.34, 0.3), (wide * 0.95, 0.46, 0.26), (0.0, 0.0, 1.0)):
        y = top - high * up
        size = wide if tall == 1 else wide * 0.56
        if dx:
            c.line([(x, y), (x + dx, y)], darker(colour, 0.1), size * 0.8)
        c.rect(
            x + dx - size / 2,
            y - high * tall,
            size,
            high * tall + 8,
            c.turned(colour),
            round=size / 2,
        )
        for k in (-0.22, 0.0, 0.22):
            c.line(
                [(x + dx + k * size, y - high * tall + size * 0.4), (x + dx + k * size, y - 4)],
                lighter(colour, 0.3),
                3,
                alpha=0.6,
            )


def flower(c: Canvas, x: float, y: float, radius: float, colour: str, petals: int = 5) -> None:
    """Draw an open flower seen from the front."""
    start = c.between(0, 90)
    for index in range(petals):
        angle = start + index * 360 / petals
        px, py = (
            x + radius * 0.55 * math.cos(math.radians(angle)),
            y + radius * 0.55 * math.sin(math.radians(angle)),
        )
        c.oval(
            px,
            py,
            radius * 0.5,
            radius * 0.38,
            mix(colour, lighter(colour, 0.4), c.between(0, 0.7)),
            turn=angle,
        )
    c.dot(x, y, radius * 0.24, c.palette.second)


def bunch(c: Canvas, x: float, y: float, size: float, colour: str = "") -> None:
    """Draw flowers in a vase whose foot is at y."""
    p = c.palette
    colour = colour or c.pick(p.main, p.second, p.paper)
    top = y - size * 0.4
    for index in range(9):
        turn = -90 + (index - 4) * 13 + c.between(-5, 5)
        length = size * c.between(0.34, 0.6)
        ex, ey = (
            x + length * math.cos(math.radians(turn)),
            top + length * math.sin(math.radians(turn)),
        )
        c.line([(x, top + 10), (ex, ey)], darker(p.leaf, 0.1), 4)
        if index % 2:
            sprig(c, x, top, length, turn=turn)
        else:
            flower(
                c,
                ex,
                ey,
                size * c.between(0.085, 0.12),
                mix(colour, p.paper, c.between(0, 0.35)),
                c.pick(5, 6),
            )
    half = size * 0.13
    c.shadow(x + half * 0.3, y, half * 1.8)
    c.path(
        f"M{x - half * 0.55:.0f} {top:.0f}H{x + half * 0.55:.0f}"
        f"C{x + half * 0.5:.0f} {top + size * 0.12:.0f}"
        f" {x + half * 1.4:.0f} {top + size * 0.14:.0f} {x + half * 1.1:.0f}"
        f" {y:.0f}H{x - half * 1.1:.0f}"
        f"C{x - half * 1.4:.0f} {top + size * 0.14:.0f} {x - half * 0.5:.0f}"
        f" {top + size * 0.12:.0f} {x - half * 0.55:.0f} {top:.0f}Z",
        c.turned(c.pick(p.third, p.paper, p.second)),
    )


def maple_leaf(c: Canvas, x: float, y: float, size: float, turn: float, colour: str) -> None:
    """Draw a maple leaf around x, y."""
    half = [
        (0, -1),
        (0.14, -0.68),
        (0.32, -0.76),
        (0.26, -0.34),
        (0.5, -0.52),
        (0.56, -0.38),
        (0.88, -0.42),
        (0.78, -0.18),
        (0.9, -0.08),
        (0.46, 0.24),
        (0.52, 0.4),
        (0.06, 0.32),
        (0.05, 0.8),
    ]
    points = [*half, *[(-px, py) for px, py in reversed(half[1:])]]
    with c.moved(x, y, turn=turn):
        c.shape([(px * size, py * size) for px, py in points], colour)
        c.shape(
            [(px * size, py * size) for px, py in half] + [(0, 0.3 * size)], darker(colour, 0.12)
        )
