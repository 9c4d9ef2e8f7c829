"""Windows with something outside, curtains, pictures and lamps."""

from redleaf.demo.art.canvas import Canvas, round_box
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import land


def window(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    *,
    view: str = "",
    frame: str = "",
    curtain: str = "",
) -> None:
    """Draw a window with something outside; x, y is its upper left corner."""
    p = c.palette
    frame = frame or lighter(p.wall, 0.55)
    c.rect(x - 18, y - 18, wide + 36, high + 36, darker(p.wall2, 0.18))
    c.rect(x - 22, y - 24, wide + 36, high + 36, frame)
    with c.inside(round_box(x, y, wide, high, 2)):
        land.view(c, x, y, wide, high, view)
    c.rect(x + wide / 2 - 6, y, 12, high, frame)
    c.rect(x, y + high * 0.42, wide, 10, frame)
    c.shape(
        [
            (x + wide * 0.1, y + high),
            (x + wide * 0.42, y),
            (x + wide * 0.56, y),
            (x + wide * 0.24, y + high),
        ],
        "#ffffff",
        alpha=0.14,
    )
    c.rect(x - 40, y + high + 8, wide + 72, 26, c.down(lighter(frame, 0.3), darker(frame, 0.18)))
    if curtain:
        for side, cx in ((-1, x - 60), (1, x + wide + 60)):
            _curtain(c, cx, y - 60, 150, high + 200, curtain, side)


def _curtain(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, side: int
) -> None:
    left = x - wide / 2
    c.path(
        f"M{left:.0f} {y:.0f}h{wide:.0f}C{left + wide - side * 18:.0f}"
        f" {y + high * 0.4:.0f} {left + wide + side * 10:.0f}"
        f" {y + high * 0.7:.0f}"
        f" {left + wide:.0f} {y + high:.0f}h{-wide:.0f}C{left - side * 14:.0f}"
        f" {y + high * 0.7:.0f} {left + side * 12:.0f} {y + high * 0.4:.0f}"
        f" {left:.0f} {y:.0f}Z",
        c.across(lighter(colour, 0.2), colour),
    )
    for k in range(1, 5):
        fx = left + wide * k / 5
        c.line(
            [(fx, y), (fx + 6, y + high * 0.5), (fx - 4, y + high)],
            darker(colour, 0.22),
            9,
            alpha=0.4,
        )


def frame(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """Draw a picture on the wall; x, y is its upper left corner."""
    p = c.palette
    c.rect(x + 8, y + 12, wide, high, p.ink, alpha=0.2)
    c.rect(x, y, wide, high, c.pick(p.table2, p.paper, p.ink))
    edge = min(wide, high) * 0.08
    with c.inside(round_box(x + edge, y + edge, wide - 2 * edge, high - 2 * edge, 1)):
        if c.chance(0.5):
            land.view(c, x, y, wide, high, "hills")
        else:
            c.rect(x, y, wide, high, p.paper)
            c.dot(x + wide * 0.4, y + high * 0.42, wide * 0.22, p.main)
            c.rect(x + wide * 0.3, y + high * 0.5, wide * 0.45, high * 0.3, p.third, alpha=0.85)
            c.dot(x + wide * 0.64, y + high * 0.36, wide * 0.12, p.second)


def lamp(c: Canvas, x: float, y: float, high: float, colour: str, *, lit: bool = True) -> None:
    """Draw a lamp on a foot, standing on y."""
    p = c.palette
    wide, top = high * 0.5, y - high
    c.shadow(x + wide * 0.2, y, wide * 0.6)
    if lit:
        c.glow(x, top + high * 0.2, high * 0.95, p.glow, 0.85)
    c.rect(x - high * 0.016, top + high * 0.3, high * 0.032, high * 0.68, c.turned(p.table2))
    c.oval(x, y - 5, wide * 0.34, wide * 0.08, c.turned(p.table2))
    shade = mix(colour, p.glow, 0.55) if lit else colour
    c.path(
        f"M{x - wide * 0.3:.0f} {top:.0f}H{x + wide * 0.3:.0f}"
        f"L{x + wide * 0.56:.0f} {top + high * 0.34:.0f}Q{x:.0f}"
        f" {top + high * 0.39:.0f} {x - wide * 0.56:.0f} {top + high * 0.34:.0f}"
        "Z",
        c.down(colour, shade),
    )
    c.oval(x, top, wide * 0.3, wide * 0.05, lighter(colour, 0.3))
