"""Walls, tables and surfaces: what things stand on, lie on, and stand before."""

import math
from collections.abc import Callable

from redleaf.demo.art.canvas import HEIGHT, LEFT, RIGHT, SPAN, Canvas, round_box, smooth
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props.plants import branch_shade


def backdrop(c: Canvas, *kinds: str) -> None:
    """Paint a wall, of one of these kinds or of any."""
    p = c.palette
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(p.wall, p.wall2))
    WALLS[c.pick(*(kinds or tuple(WALLS)))](c)
    c.light(c.between(60, 260), c.between(60, 220), 860, p.glow, 0.2 if p.dark else 0.5)


def _plain(c: Canvas) -> None:
    c.glow(c.between(300, 620), 620, 560, c.palette.glow, 0.5)


def _arch(c: Canvas) -> None:
    p = c.palette
    x, wide = c.between(390, 520), c.between(270, 330)
    top = c.between(130, 260)
    colour = c.pick(
        mix(p.wall2, p.second, 0.4), mix(p.wall2, p.third, 0.3), mix(p.wall2, p.main, 0.3)
    )

    def niche(side: float) -> str:
        half = wide - side
        return (
            f"M{x - half:.0f} 1200V{top + wide:.0f}A{half:.0f} {half:.0f} 0 0 1"
            f" {x + half:.0f} {top + wide:.0f}V1200Z"
        )

    c.path(niche(0), darker(colour, 0.14))
    with c.moved(10, 12), c.inside(niche(14)):
        c.rect(LEFT, 0, SPAN, HEIGHT, c.down(lighter(colour, 0.12), colour))


def _sun(c: Canvas) -> None:
    p = c.palette
    x, y, r = c.between(300, 600), c.between(380, 520), c.between(250, 320)
    colour = c.pick(p.second, mix(p.wall2, p.main, 0.45), mix(p.wall, p.glow, 0.7))
    c.dot(x, y, r, c.down(mix(colour, p.glow, 0.3), mix(colour, p.wall2, 0.25)))
    if c.chance(0.5):
        c.ring(x, y, r + 34, r + 34, mix(colour, p.wall, 0.4), 7)


def _panes(c: Canvas) -> None:
    """Light from a window lies on the wall."""
    p = c.palette
    x0, y0, lean = c.between(180, 420), c.between(110, 200), c.between(60, 130)
    light = c.fading(p.glow, 0.75, 0.3)
    for column in range(2):
        for row in range(3):
            x, y = x0 + column * 168 - row * lean * 0.42, y0 + row * 200 + column * 34
            c.shape(
                [
                    (x, y),
                    (x + 150, y + 30),
                    (x + 150 - lean * 0.4, y + 212),
                    (x - lean * 0.4, y + 182),
                ],
                light,
            )
    if c.chance(0.6):
        branch_shade(c, 900, 40, 520, turn=c.between(150, 190))


def _leaves(c: Canvas) -> None:
    branch_shade(c, c.between(760, 940), c.between(-40, 60), 640, turn=c.between(140, 165))
    branch_shade(c, c.between(-60, 60), c.between(40, 160), 420, turn=c.between(20, 45))


def _split(c: Canvas) -> None:
    """A painted lower half of the wall with a rail."""
    p = c.palette
    y = c.between(430, 560)
    colour = c.pick(
        mix(p.wall2, p.third, 0.5), mix(p.wall2, p.main, 0.42), mix(p.wall2, p.leaf, 0.5)
    )
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(colour, darker(colour, 0.12)))
    c.rect(LEFT, y - 14, SPAN, 18, lighter(p.wall, 0.4))
    c.rect(LEFT, y + 4, SPAN, 8, darker(colour, 0.2), alpha=0.5)


def _tiles(c: Canvas) -> None:
    p = c.palette
    wide = c.pick(90.0, 130.0)
    high = c.pick(wide, wide / 2)
    seam = lighter(p.wall, 0.5)
    tinted = c.pick(p.third, p.second, p.leaf)
    row = 0
    y = 0.0
    while y < HEIGHT:
        x = LEFT - (wide / 2 if row % 2 and high < wide else 0)
        while x < RIGHT:
            tone = mix(mix(p.wall, p.wall2, y / HEIGHT), tinted, c.between(0.02, 0.16))
            c.rect(x + 2, y + 2, wide - 4, high - 4, tone, round=3)
            if c.chance(0.1):
                c.rect(x + 8, y + 7, wide - 30, 4, seam, alpha=0.7, round=2)
            x += wide
        y += high
        row += 1


def _stripes(c: Canvas) -> None:
    p = c.palette
    step = c.between(56, 96)
    colour = c.pick(mix(p.wall, p.main, 0.16), mix(p.wall, p.third, 0.2), lighter(p.wall, 0.35))
    x = LEFT
    while x < RIGHT:
        c.rect(x, 0, step / 2, HEIGHT, colour, alpha=0.7)
        x += step


WALLS: dict[str, Callable[[Canvas], None]] = {
    "plain": _plain,
    "arch": _arch,
    "sun": _sun,
    "panes": _panes,
    "leaves": _leaves,
    "split": _split,
    "tiles": _tiles,
    "stripes": _stripes,
}


def table(c: Canvas, y: float, *kinds: str) -> None:
    """Paint a table whose far edge is at y, of one of these kinds or of any."""
    TABLES[c.pick(*(kinds or tuple(TABLES)))](c, y)
    c.rect(LEFT, y, SPAN, 60, c.fading(c.palette.ink, 0.16, 0))


def _planks(c: Canvas, y: float) -> None:
    p = c.palette
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(p.table, p.table2))
    c.rect(LEFT, y, SPAN, 9, lighter(p.table, 0.3))
    step, at = 50.0, y + 60
    while at < HEIGHT:
        c.rect(LEFT, at, SPAN, 4, darker(p.table2, 0.2), alpha=0.45)
        for _ in range(3):
            x = c.between(LEFT, 800)
            c.line(
                [(x, at + step * 0.4), (x + 90, at + step * 0.36), (x + 210, at + step * 0.46)],
                darker(p.table, 0.2),
                4,
                alpha=0.3,
            )
        at += step
        step *= 1.4


def _cloth(c: Canvas, y: float) -> None:
    p = c.palette
    colour = c.pick(p.paper, mix(p.paper, p.second, 0.35), mix(p.paper, p.third, 0.35))
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(colour, darker(colour, 0.13)))
    for _ in range(5):
        x = c.between(-100, 1000)
        c.line(
            [(x, y), (x + c.between(-60, 60), y + 200), (x + c.between(-140, 140), 1230)],
            darker(colour, 0.22),
            c.between(5, 16),
            alpha=0.25,
        )
    c.rect(LEFT, y, SPAN, 7, lighter(colour, 0.6))


def _gingham(c: Canvas, y: float) -> None:
    p = c.palette
    colour = c.pick(p.main, p.third, p.leaf)
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(p.paper, darker(p.paper, 0.1)))
    for index in range(-9, 20):
        near, far = 450 + (index * 96 - 450) * 1.5, 450 + (index * 96 - 450) * 0.9
        c.shape([(far, y), (far + 44, y), (near + 72, 1210), (near, 1210)], colour, alpha=0.4)
    at, step = y + 22, 34.0
    while at < HEIGHT:
        c.rect(LEFT, at, SPAN, step, colour, alpha=0.4)
        at += step * 2
        step *= 1.22
    c.rect(LEFT, y, SPAN, 6, darker(p.paper, 0.1))


def _marble(c: Canvas, y: float) -> None:
    p = c.palette
    colour = lighter(mix(p.paper, p.wall2, 0.22), 0.1)
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(colour, darker(colour, 0.12)))
    for _ in range(6):
        x, drift = c.between(LEFT, 1000), c.between(-160, 160)
        points = [
            (x + drift * k / 5 + c.between(-40, 40), y + (HEIGHT - y) * k / 5) for k in range(6)
        ]
        c.line(points, mix(p.ink, p.wall2, 0.6), c.between(2, 6), alpha=0.28)
    c.rect(LEFT, y, SPAN, 8, lighter(colour, 0.7))


def _round(c: Canvas, y: float) -> None:
    p = c.palette
    c.rect(LEFT, y + 190, SPAN, HEIGHT, c.down(darker(p.wall2, 0.16), darker(p.wall2, 0.3)))
    colour = c.pick(p.table, mix(p.paper, p.table, 0.3))
    c.oval(450, y + 215, 640, 200, darker(colour, 0.32))
    c.oval(450, y + 192, 640, 198, c.down(lighter(colour, 0.1), darker(colour, 0.1)))
    c.ring(450, y + 192, 618, 186, lighter(colour, 0.3), 5, alpha=0.6)
    c.rect(LEFT, y, SPAN, 2, colour, alpha=0)


TABLES: dict[str, Callable[[Canvas, float], None]] = {
    "planks": _planks,
    "cloth": _cloth,
    "gingham": _gingham,
    "marble": _marble,
    "round": _round,
}


def surface(c: Canvas, *kinds: str) -> None:
    """Paint what things lie on, seen from above."""
    SURFACES[c.pick(*(kinds or tuple(SURFACES)))](c)
    c.light(120, 100, 960, c.palette.glow, 0.18 if c.palette.dark else 0.45)


def _boards(c: Canvas) -> None:
    p = c.palette
    wide, x = c.between(150, 210), LEFT
    while x < RIGHT:
        tone = mix(p.table, p.table2, c.between(0, 0.7))
        c.rect(x, 0, wide - 5, HEIGHT, tone)
        for _ in range(5):
            gx, gy = x + c.between(14, wide - 20), c.between(0, 1100)
            c.line(
                [(gx, gy), (gx + 7, gy + 90), (gx - 4, gy + 220)], darker(tone, 0.2), 4, alpha=0.4
            )
        c.rect(x + wide - 5, 0, 5, HEIGHT, darker(p.table2, 0.35))
        x += wide


def _linen(c: Canvas) -> None:
    p = c.palette
    colour = c.pick(
        mix(p.wall, p.paper, 0.4), mix(p.wall, p.second, 0.3), mix(p.wall2, p.third, 0.22)
    )
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(lighter(colour, 0.12), darker(colour, 0.06)))
    for _ in range(7):
        x, y = c.between(-100, 800), c.between(-50, 1150)
        c.line(
            [(x, y), (x + 180, y + c.between(-40, 60)), (x + 430, y + c.between(-80, 140))],
            darker(colour, 0.2),
            c.between(10, 30),
            alpha=0.14,
        )


def _slabs(c: Canvas) -> None:
    """Two colours meet in a slanting line."""
    p = c.palette
    one, two = c.pick(
        (p.wall, p.second),
        (p.wall2, p.paper),
        (p.wall, mix(p.wall2, p.main, 0.4)),
        (mix(p.wall, p.third, 0.3), p.paper),
    )
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(one, darker(one, 0.07)))
    y, lean = c.between(380, 820), c.between(-320, 320)
    c.shape(
        [(LEFT, y - lean), (RIGHT, y + lean), (RIGHT, 1210), (LEFT, 1210)],
        c.down(two, darker(two, 0.1)),
    )


def _veined(c: Canvas) -> None:
    p = c.palette
    colour = mix(p.paper, p.wall2, 0.18)
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(lighter(colour, 0.2), darker(colour, 0.07)))
    for _ in range(7):
        x, y, lean = c.between(LEFT, 900), c.between(-100, 900), c.between(0.3, 1.2)
        points = [(x + k * 90, y + k * 90 * lean + c.between(-34, 34)) for k in range(6)]
        c.line(points, mix(p.ink, p.wall2, 0.55), c.between(2, 7), alpha=0.22)


def _checks(c: Canvas) -> None:
    p = c.palette
    colour = c.pick(p.main, p.third, p.second, p.leaf)
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(p.paper, darker(p.paper, 0.08)))
    step = c.between(62, 96)
    with c.moved(450, 600, turn=c.pick(0.0, 8.0, -12.0, 45.0)):
        for index in range(-13, 14):
            c.rect(index * step, -1100, step / 2, 2200, colour, alpha=0.3)
            c.rect(-1100, index * step, 2200, step / 2, colour, alpha=0.3)


def _specks(c: Canvas) -> None:
    """Terrazzo."""
    p = c.palette
    colour = lighter(p.wall, 0.25)
    c.rect(LEFT, 0, SPAN, HEIGHT, c.down(colour, darker(colour, 0.05)))
    for _ in range(90):
        x, y, r = c.between(LEFT, RIGHT), c.between(0, HEIGHT), c.between(7, 24)
        points = [
            (
                x + r * c.between(0.6, 1.3) * math.cos(k * 1.26),
                y + r * c.between(0.5, 1.1) * math.sin(k * 1.26),
            )
            for k in range(5)
        ]
        c.shape(points, c.pick(p.main, p.second, p.third, p.table, p.leaf), alpha=0.45)


SURFACES: dict[str, Callable[[Canvas], None]] = {
    "boards": _boards,
    "linen": _linen,
    "slabs": _slabs,
    "veined": _veined,
    "checks": _checks,
    "specks": _specks,
}


def podium(c: Canvas, x: float, y: float, rx: float, height: float, colour: str) -> None:
    """Draw a round block whose top is at y."""
    ry = rx * 0.2
    c.shadow(x + rx * 0.2, y + height + 6, rx * 1.35, ry * 1.5)
    c.path(
        f"M{x - rx:.0f} {y:.0f}v{height:.0f}a{rx:.0f} {ry:.0f} 0 0 0 {2 * rx:.0f} 0v{-height:.0f}Z",
        c.turned(colour),
    )
    c.oval(x, y, rx, ry, c.across(lighter(colour, 0.42), lighter(colour, 0.16)))


def shelf(c: Canvas, y: float, x: float = LEFT, width: float = SPAN, colour: str = "") -> None:
    """Draw a board on the wall; things stand on y."""
    colour = colour or c.palette.table
    c.rect(x, y + 24, width, 46, c.fading(c.palette.ink, 0.32, 0))
    c.rect(x, y - 8, width, 10, lighter(colour, 0.25))
    c.rect(x, y, width, 26, c.down(colour, darker(colour, 0.25)))


def rug(c: Canvas, x: float, y: float, rx: float, ry: float, colour: str) -> None:
    c.oval(x, y, rx, ry, darker(colour, 0.12))
    c.oval(x, y - 4, rx, ry, colour)
    c.ring(x, y - 4, rx * 0.82, ry * 0.8, lighter(colour, 0.4), 9, alpha=0.8)
    c.ring(x, y - 4, rx * 0.6, ry * 0.56, darker(colour, 0.2), 5, alpha=0.7)


def floor(c: Canvas, y: float, colour: str = "") -> None:
    """Paint a room's floor from y down, with a skirting board."""
    p = c.palette
    colour = colour or p.table
    c.rect(LEFT, y, SPAN, HEIGHT - y, c.down(mix(colour, p.wall, 0.15), darker(colour, 0.1)))
    for index in range(-8, 17):
        near = 450 + (index * 90 - 450) * 2.1
        c.line([(index * 90, y), (near, 1210)], darker(colour, 0.25), 3, alpha=0.35)
    c.rect(LEFT, y - 26, SPAN, 28, lighter(p.wall, 0.4))
    c.rect(LEFT, y, SPAN, 40, c.fading(p.ink, 0.2, 0))


def cloth_fold(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a folded napkin or towel seen from above."""
    c.shadow(x + 14, y + 16, wide * 0.66, high * 0.66, 0.35)
    c.path(
        round_box(x - wide / 2, y - high / 2, wide, high, 16),
        c.down(lighter(colour, 0.15), darker(colour, 0.06)),
    )
    for share in (0.2, 0.26, 0.74, 0.8):
        c.rect(x - wide / 2, y - high / 2 + high * share, wide, 7, darker(colour, 0.25), alpha=0.4)
    c.stroke(
        smooth(
            [
                (x - wide * 0.5, y + high * 0.1),
                (x, y + high * 0.02),
                (x + wide * 0.5, y + high * 0.06),
            ],
            closed=False,
        ),
        darker(colour, 0.3),
        5,
        alpha=0.35,
    )
