"""Bottles, jars, cups and bowls. They stand on y, x is their middle; some are seen from above."""

from redleaf.demo.art.canvas import Canvas, disc, round_box
from redleaf.demo.art.colour import darker, lighter, mix


def bottle(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    colour: str,
    *,
    cap: str = "",
    kind: str = "screw",
) -> None:
    """Draw a bottle; `kind` is screw, dropper or pump."""
    p = c.palette
    cap = cap or p.ink
    half, body = wide / 2, high * (0.66 if kind != "screw" else 0.74)
    neck = wide * 0.34
    c.shadow(x + half * 0.5, y - 2, wide * 0.95)
    c.rect(x - neck / 2, y - body - high * 0.07, neck, high * 0.1, darker(colour, 0.12))
    c.path(
        f"M{x - half:.0f} {y - 10:.0f}V{y - body + wide * 0.22:.0f}C{x - half:.0f} {y - body:.0f}"
        f" {x - neck / 2:.0f} {y - body:.0f} {x - neck / 2:.0f}"
        f" {y - body - 2:.0f}H{x + neck / 2:.0f}"
        f"C{x + neck / 2:.0f} {y - body:.0f} {x + half:.0f} {y - body:.0f}"
        f" {x + half:.0f} {y - body + wide * 0.22:.0f}"
        f"V{y - 10:.0f}Q{x:.0f} {y + 8:.0f} {x - half:.0f} {y - 10:.0f}Z",
        c.turned(colour),
    )
    c.rect(
        x - half * 0.72,
        y - body + wide * 0.28,
        wide * 0.09,
        body * 0.62,
        "#ffffff",
        round=6,
        alpha=0.4,
    )
    label(c, x, y - body * 0.4, wide * 0.66, body * 0.38)
    _cap(c, x, y, wide, high, cap, kind)


def _cap(c: Canvas, x: float, y: float, wide: float, high: float, cap: str, kind: str) -> None:
    p = c.palette
    body = high * (0.66 if kind != "screw" else 0.74)
    neck, top = wide * 0.34, y - high
    collar = y - body - high * 0.04
    if kind == "pump":
        c.rect(
            x - neck * 0.7, collar - high * 0.07, neck * 1.4, high * 0.08, c.turned(cap), round=4
        )
        c.rect(x - neck * 0.16, collar - high * 0.17, neck * 0.32, high * 0.11, darker(cap, 0.1))
        c.path(
            f"M{x - wide * 0.52:.0f} {top + high * 0.05:.0f}L{x - wide * 0.46:.0f}"
            f" {top:.0f}H{x + neck * 0.6:.0f}"
            f"v{high * 0.06:.0f}H{x - wide * 0.3:.0f}Z",
            c.turned(cap),
        )
    elif kind == "dropper":
        c.rect(
            x - neck * 0.72, collar - high * 0.13, neck * 1.44, high * 0.14, c.turned(cap), round=5
        )
        c.rect(
            x - neck * 0.42,
            top,
            neck * 0.84,
            high * 0.19,
            c.turned(mix(cap, p.ink, 0.3)),
            round=neck * 0.4,
        )
    else:
        c.rect(x - neck * 0.8, top, neck * 1.6, high * 0.22, c.turned(cap), round=7)


def label(c: Canvas, x: float, y: float, wide: float, high: float, colour: str = "") -> None:
    """Draw a label without letters: a leaf or a bar, and lines."""
    p = c.palette
    c.rect(x - wide / 2, y - high / 2, wide, high, colour or p.paper, round=4, alpha=0.92)
    mark = c.pick(p.main, p.ink, p.third)
    kind = c.random.randrange(3)
    if kind == 0:
        c.dot(x, y - high * 0.18, min(wide, high) * 0.16, mark)
    elif kind == 1:
        c.rect(x - wide * 0.3, y - high * 0.26, wide * 0.6, high * 0.1, mark)
    else:
        c.path(
            f"M{x:.0f} {y - high * 0.38:.0f}q{wide * 0.22:.0f} {high * 0.18:.0f} 0"
            f" {high * 0.34:.0f}"
            f"q{-wide * 0.22:.0f} {-high * 0.16:.0f} 0 {-high * 0.34:.0f}Z",
            mark,
        )
    for row in range(2):
        c.rect(
            x - wide * (0.3 - row * 0.08),
            y + high * (0.12 + row * 0.14),
            wide * (0.6 - row * 0.16),
            max(2, high * 0.04),
            p.ink,
            alpha=0.45,
        )


def jar(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    colour: str,
    *,
    cap: str = "",
    open: bool = False,
) -> None:
    """Draw a cream jar; an open one shows the cream."""
    cap = cap or c.palette.ink
    half, body = wide / 2, high * 0.62
    c.shadow(x + half * 0.4, y - 2, wide * 0.8)
    c.path(round_box(x - half, y - body, wide, body, wide * 0.12), c.turned(colour))
    c.rect(
        x - half * 0.8, y - body * 0.86, wide * 0.07, body * 0.66, "#ffffff", round=6, alpha=0.45
    )
    label(c, x, y - body * 0.46, wide * 0.5, body * 0.5)
    if open:
        c.oval(x, y - body, half * 0.96, half * 0.24, lighter(colour, 0.3))
        c.oval(
            x,
            y - body,
            half * 0.84,
            half * 0.19,
            c.across("#fffdf8", mix(c.palette.paper, c.palette.wall2, 0.3)),
        )
        c.path(
            f"M{x - half * 0.5:.0f} {y - body + 2:.0f}C{x - half * 0.4:.0f}"
            f" {y - body - high * 0.3:.0f}"
            f" {x + half * 0.1:.0f} {y - body - high * 0.36:.0f}"
            f" {x + half * 0.06:.0f} {y - body - high * 0.2:.0f}"
            f"C{x + half * 0.3:.0f} {y - body - high * 0.1:.0f} {x + half * 0.5:.0f}"
            f" {y - body - 6:.0f} {x + half * 0.5:.0f} {y - body + 4:.0f}Z",
            c.turned("#fffaf2", 0.5),
        )
    else:
        c.rect(x - half * 1.03, y - high, wide * 1.03, high * 0.4, c.turned(cap), round=9)
        c.oval(x, y - high + 5, half * 0.96, half * 0.1, lighter(cap, 0.3), alpha=0.8)


def tube(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, *, cap: str = ""
) -> None:
    """Draw a tube that stands on its cap."""
    cap = cap or c.palette.paper
    half = wide / 2
    c.shadow(x + half * 0.5, y - 2, wide * 0.9)
    c.path(
        f"M{x - half * 1.06:.0f} {y - high:.0f}H{x + half * 1.06:.0f}"
        f"L{x + half * 0.76:.0f} {y - high * 0.14:.0f}"
        f"H{x - half * 0.76:.0f}Z",
        c.turned(colour),
    )
    c.rect(x - half * 1.08, y - high - 4, wide * 1.08, high * 0.06, darker(colour, 0.16), round=3)
    c.rect(x - half * 0.78, y - high * 0.18, wide * 0.78, high * 0.18, c.turned(cap), round=6)
    c.shape(
        [
            (x - half * 0.8, y - high * 0.9),
            (x - half * 0.64, y - high * 0.9),
            (x - half * 0.5, y - high * 0.3),
            (x - half * 0.6, y - high * 0.3),
        ],
        "#ffffff",
        alpha=0.4,
    )
    label(c, x, y - high * 0.55, wide * 0.6, high * 0.34)


def cup(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    colour: str,
    *,
    liquid: str = "#6b3f26",
    saucer: bool = True,
) -> None:
    """Draw a cup with a handle; x is the middle of its body."""
    half, rim = wide / 2, wide * 0.14
    top = y - high
    if saucer:
        c.shadow(x + half * 0.4, y + 10, wide * 1.05)
        c.oval(x, y + 4, wide * 0.86, wide * 0.18, darker(colour, 0.2))
        c.oval(x, y - 4, wide * 0.86, wide * 0.18, c.across(lighter(colour, 0.3), colour))
        c.oval(x, y - 2, wide * 0.5, wide * 0.09, darker(colour, 0.18), alpha=0.6)
    else:
        c.shadow(x + half * 0.4, y, wide * 0.8)
    c.stroke(
        f"M{x + half * 0.86:.0f} {top + high * 0.24:.0f}c{half * 0.9:.0f}"
        f" {-high * 0.1:.0f} {half * 0.8:.0f}"
        f" {high * 0.56:.0f} {-half * 0.16:.0f} {high * 0.44:.0f}",
        darker(colour, 0.14),
        wide * 0.075,
    )
    c.path(
        f"M{x - half:.0f} {top:.0f}C{x - half:.0f} {y - high * 0.3:.0f}"
        f" {x - half * 0.7:.0f} {y - 4:.0f}"
        f" {x - half * 0.42:.0f} {y:.0f}H{x + half * 0.42:.0f}"
        f"C{x + half * 0.7:.0f} {y - 4:.0f} {x + half:.0f}"
        f" {y - high * 0.3:.0f} {x + half:.0f} {top:.0f}Z",
        c.turned(colour),
    )
    c.oval(x, top, half, rim, lighter(colour, 0.35))
    c.oval(x, top + 2, half * 0.9, rim * 0.82, darker(colour, 0.3))
    c.oval(x, top + rim * 0.28, half * 0.82, rim * 0.62, c.across(lighter(liquid, 0.16), liquid))


def bowl(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, inside: str
) -> float:
    """Draw a bowl seen a little from above; return the y of its rim's middle."""
    half, rim = wide / 2, wide * 0.17
    top = y - high
    c.shadow(x + half * 0.3, y, wide * 0.66)
    c.path(
        f"M{x - half * 0.36:.0f} {y - 14:.0f}h{half * 0.72:.0f}"
        f"l{-half * 0.06:.0f} 16H{x - half * 0.3:.0f}Z",
        darker(colour, 0.2),
    )
    c.path(
        f"M{x - half:.0f} {top:.0f}C{x - half * 0.96:.0f} {y - high * 0.4:.0f}"
        f" {x - half * 0.6:.0f} {y - 8:.0f} {x - half * 0.36:.0f} {y - 8:.0f}"
        f"H{x + half * 0.36:.0f}C{x + half * 0.6:.0f} {y - 8:.0f}"
        f" {x + half * 0.96:.0f} {y - high * 0.4:.0f} {x + half:.0f} {top:.0f}Z",
        c.turned(colour),
    )
    c.oval(x, top, half, rim, lighter(colour, 0.4))
    c.oval(x, top + 3, half * 0.93, rim * 0.88, darker(colour, 0.26))
    c.oval(x, top + 8, half * 0.89, rim * 0.8, inside)
    return top


def glass(
    c: Canvas, x: float, y: float, wide: float, high: float, layers: list[str], *, foot: float = 0.8
) -> None:
    """Draw a glass with layers of drink, from the bottom up."""
    top, half = y - high, wide / 2
    low = half * foot
    c.shadow(x + half * 0.5, y - 2, wide * 0.9)
    d = (
        f"M{x - half:.0f} {top:.0f}H{x + half:.0f}L{x + low:.0f} {y - 12:.0f}"
        f"Q{x:.0f} {y + 10:.0f} {x - low:.0f} {y - 12:.0f}Z"
    )
    c.path(d, lighter(c.palette.wall, 0.4), alpha=0.5)
    with c.inside(d):
        level = high * 0.86 / max(1, len(layers))
        for index, colour in enumerate(layers):
            bottom = y + 10 - index * level
            c.rect(
                x - half,
                bottom - level - 14,
                wide,
                level + 16,
                c.across(lighter(colour, 0.1), darker(colour, 0.12)),
            )
            if index:
                c.oval(
                    x + half * 0.2, bottom, half * 0.9, level * 0.16, layers[index - 1], alpha=0.6
                )
        c.rect(x - half * 0.74, top, wide * 0.1, high, "#ffffff", alpha=0.35)
        c.rect(x + half * 0.56, top, wide * 0.05, high, "#ffffff", alpha=0.25)
    c.oval(x, top, half, half * 0.16, "#ffffff", alpha=0.35)


def plate(c: Canvas, x: float, y: float, rx: float, colour: str, flat: float = 0.3) -> None:
    """Draw a plate seen a little from above."""
    ry = rx * flat
    c.shadow(x + 12, y + ry * 0.5, rx * 1.15, ry * 1.1)
    c.oval(x, y + 9, rx, ry, darker(colour, 0.22))
    c.oval(x, y, rx, ry, c.across(lighter(colour, 0.35), colour))
    c.oval(x, y + 3, rx * 0.7, ry * 0.68, c.across(darker(colour, 0.06), lighter(colour, 0.2)))


def dish(c: Canvas, x: float, y: float, radius: float, colour: str, inside: str = "") -> None:
    """Draw a plate or bowl seen from above; with `inside` it is a bowl of that."""
    c.shadow(x + radius * 0.14, y + radius * 0.16, radius * 1.2, radius * 1.2, 0.5)
    c.dot(x, y, radius, c.ball(colour))
    c.ring(x, y, radius * 0.96, radius * 0.96, lighter(colour, 0.5), radius * 0.035)
    if inside:
        c.dot(x, y, radius * 0.87, darker(colour, 0.26))
        c.dot(x + radius * 0.02, y + radius * 0.03, radius * 0.83, c.ball(inside))
    else:
        c.dot(x, y, radius * 0.68, darker(colour, 0.08))
        c.dot(x + 3, y + 4, radius * 0.66, lighter(colour, 0.16))


def chopsticks(c: Canvas, x: float, y: float, length: float, turn: float, colour: str = "") -> None:
    """Draw a pair of chopsticks from above, their middle at x, y."""
    colour = colour or c.palette.main
    with c.moved(x, y, turn=turn):
        for gap, lean in ((-11, -1.2), (11, 1.4)):
            with c.moved(0, gap, turn=lean):
                c.line([(-length / 2 + 8, 9), (length / 2 + 8, 9)], c.palette.ink, 12, alpha=0.25)
                c.shape(
                    [(-length / 2, -4), (length / 2, -8), (length / 2, 8), (-length / 2, 4)], colour
                )
                c.shape(
                    [(length * 0.3, -7.4), (length / 2, -8), (length / 2, 8), (length * 0.3, 7.4)],
                    c.palette.second,
                )


def spoon(c: Canvas, x: float, y: float, length: float, turn: float, colour: str = "") -> None:
    """Draw a spoon from above, its bowl at x, y."""
    colour = colour or mix(c.palette.paper, c.palette.wall2, 0.3)
    with c.moved(x, y, turn=turn):
        c.line([(10, 10), (length, 12)], c.palette.ink, 14, alpha=0.22)
        c.line([(0, 0), (length, 0)], darker(colour, 0.12), 14)
        c.oval(0, 0, length * 0.2, length * 0.13, c.ball(colour))
        c.oval(-3, 2, length * 0.14, length * 0.085, darker(colour, 0.18))


def teapot(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a round teapot, its spout to the right."""
    r = size / 2
    c.shadow(x + r * 0.4, y, r * 1.7)
    c.stroke(
        f"M{x - r * 0.8:.0f} {y - size * 0.62:.0f}c{-r * 0.9:.0f} {-r * 0.1:.0f}"
        f" {-r * 0.8:.0f} {r * 0.95:.0f} {r * 0.1:.0f} {r * 0.9:.0f}",
        darker(colour, 0.2),
        size * 0.075,
    )
    c.path(
        f"M{x + r * 0.7:.0f} {y - size * 0.28:.0f}C{x + r * 1.3:.0f}"
        f" {y - size * 0.3:.0f} {x + r * 1.2:.0f} {y - size * 0.7:.0f}"
        f" {x + r * 1.62:.0f} {y - size * 0.74:.0f}"
        f"L{x + r * 1.66:.0f} {y - size * 0.66:.0f}C{x + r * 1.5:.0f}"
        f" {y - size * 0.5:.0f} {x + r * 1.4:.0f} {y - size * 0.14:.0f}"
        f" {x + r * 0.6:.0f} {y - size * 0.1:.0f}Z",
        c.turned(darker(colour, 0.1)),
    )
    c.oval(x, y - size * 0.4, r, size * 0.4, c.ball(colour))
    c.oval(x, y - size * 0.72, r * 0.52, r * 0.13, darker(colour, 0.22))
    c.oval(x, y - size * 0.76, r * 0.5, r * 0.17, c.turned(lighter(colour, 0.1)))
    c.dot(x, y - size * 0.88, r * 0.13, c.ball(colour))
    c.oval(x - r * 0.46, y - size * 0.56, r * 0.1, r * 0.26, "#ffffff", alpha=0.4, turn=24)


def steam(
    c: Canvas, x: float, y: float, high: float, count: int = 3, strength: float = 0.62
) -> None:
    """Let steam rise from x, y."""
    paint = c.rising("#ffffff", strength)
    for index in range(count):
        sx = x + (index - (count - 1) / 2) * high * 0.2
        h, w = high * c.between(0.75, 1.05), high * c.between(0.06, 0.09)
        way = c.pick(-1, 1)
        c.path(
            f"M{sx:.0f} {y:.0f}C{sx + way * w * 2:.0f} {y - h * 0.3:.0f}"
            f" {sx - way * w * 2:.0f} {y - h * 0.55:.0f} {sx + way * w:.0f}"
            f" {y - h:.0f}"
            f"C{sx - way * w * 0.4:.0f} {y - h * 0.55:.0f} {sx + way * w * 3.4:.0f}"
            f" {y - h * 0.3:.0f} {sx + w:.0f} {y:.0f}Z",
            paint,
        )


def pot_above(c: Canvas, x: float, y: float, radius: float, metal: str, soup: str) -> None:
    """Draw a pot with two handles from above."""
    for side in (-1, 1):
        c.rect(
            x + side * radius * 1.02 - radius * 0.17,
            y - radius * 0.2,
            radius * 0.34,
            radius * 0.4,
            darker(metal, 0.3),
            round=radius * 0.12,
        )
    c.shadow(x + radius * 0.12, y + radius * 0.16, radius * 1.25, radius * 1.25, 0.55)
    c.dot(x, y, radius, c.ball(metal))
    c.ring(x, y, radius * 0.97, radius * 0.97, lighter(metal, 0.5), radius * 0.03)
    c.dot(x, y, radius * 0.9, darker(metal, 0.35))
    c.path(disc(x + 3, y + 5, radius * 0.87), c.ball(soup))
