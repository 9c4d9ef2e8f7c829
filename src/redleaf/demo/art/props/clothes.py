"""Clothes, shoes and what one carries."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix

TOP = (
    "M-18 -50C-10 -42 10 -42 18 -50L34 -44L54 -12L36 0L30 -12L30 50H-30L-30"
    " -12L-36 0L-54 -12L-34 -44Z"
)
COAT = (
    "M-16 -50L0 -40L16 -50L34 -44C42 -20 46 4 48 24L36 28L30 0L36 50H-36"
    "L-30 0L-36 28L-48 24C-46 4 -42 -20 -34 -44Z"
)
TROUSERS = "M-28 -50H28L34 50H8L0 -18L-8 50H-34Z"
SKIRT = "M-22 -50H22L44 50Q0 60 -44 50Z"
SHOE = "M-50 0V-44C-44 -52 -30 -50 -24 -42C-10 -40 0 -34 12 -24C28 -20 46 -20 50 0Z"
BOOT = "M-36 0V-94C-30 -100 2 -100 8 -94L6 -40C20 -36 44 -34 48 -8V0Z"


def hanger(c: Canvas, x: float, y: float, wide: float) -> None:
    """Draw a hanger whose hook is at x, y."""
    wire = mix(c.palette.ink, c.palette.table, 0.3)
    c.stroke(
        f"M{x:.0f} {y:.0f}c{-14} {-20} {22} {-24} {16} {0}c{-2} {12} {-16} {10} {-16} {30}", wire, 6
    )
    c.stroke(
        f"M{x - wide / 2:.0f} {y + 62:.0f}L{x:.0f} {y + 28:.0f}L{x + wide / 2:.0f} {y + 62:.0f}",
        wire,
        9,
    )


def coat(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, *, fur: bool = False
) -> None:
    """Draw a coat whose middle is at x, y."""
    p = c.palette
    c.form(COAT, x + 12, y + 16, wide, high, p.ink, alpha=0.2)
    c.form(COAT, x, y, wide, high, c.turned(colour, 0.55))
    c.line([(x, y - high * 0.38), (x + 2, y), (x, y + high * 0.5)], darker(colour, 0.35), 5)
    for share in (-0.16, 0.0, 0.16, 0.3):
        c.dot(x + wide * 0.05, y + high * share, wide * 0.022, darker(colour, 0.4))
    for side in (-1, 1):
        c.line(
            [(x + side * wide * 0.14, y + high * 0.14), (x + side * wide * 0.25, y + high * 0.1)],
            darker(colour, 0.35),
            7,
        )
        c.form("M0 -10L20 -52L34 -44L12 -6Z", x, y, side * wide, high * 0.9, darker(colour, 0.12))
        c.line(
            [(x + side * wide * 0.3, y - high * 0.02), (x + side * wide * 0.27, y + high * 0.3)],
            darker(colour, 0.3),
            5,
            alpha=0.5,
        )
    if fur:
        for k in range(11):
            t = k / 10
            c.dot(
                x + wide * (t - 0.5) * 0.62,
                y - high * (0.42 + 0.1 * abs(t - 0.5) * 2 - 0.06),
                wide * 0.075,
                mix(p.paper, p.table, c.between(0.1, 0.35)),
            )


def quilted(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    """Draw a down jacket: bulging bands."""
    p = c.palette
    c.form(COAT, x + 12, y + 16, wide, high, p.ink, alpha=0.2)
    with c.within(COAT, x, y, wide, high):
        c.rect(x - wide, y - high, wide * 2, high * 2, darker(colour, 0.2))
        for k in range(9):
            c.rect(
                x - wide * 0.6,
                y - high * 0.5 + k * high * 0.115,
                wide * 1.2,
                high * 0.1,
                c.turned(colour, 0.7),
                round=high * 0.05,
            )
            c.rect(
                x - wide * 0.6,
                y - high * 0.49 + k * high * 0.115,
                wide * 1.2,
                high * 0.02,
                lighter(colour, 0.4),
                alpha=0.5,
            )
        c.rect(x - 5, y - high * 0.5, 10, high, darker(colour, 0.4))
    c.form(
        "M-26 -44C-30 -66 30 -66 26 -44C14 -36 -14 -36 -26 -44Z",
        x,
        y,
        wide,
        high,
        c.turned(lighter(colour, 0.1)),
    )


def sweater(
    c: Canvas, x: float, y: float, wide: float, high: float, colour: str, *, kind: str = ""
) -> None:
    """Draw a top laid flat; `kind` is knit, stripes or plain."""
    p = c.palette
    kind = kind or c.pick("knit", "stripes", "plain")
    c.form(TOP, x + 10, y + 14, wide, high, p.ink, alpha=0.22)
    c.form(TOP, x, y, wide, high, c.turned(colour, 0.45))
    with c.within(TOP, x, y, wide, high):
        if kind == "stripes":
            for k in range(7):
                c.rect(
                    x - wide,
                    y - high * 0.3 + k * high * 0.13,
                    wide * 2,
                    high * 0.05,
                    p.paper if colour != p.paper else p.third,
                )
        elif kind == "knit":
            for k in range(-7, 8):
                cx = x + k * wide * 0.075
                for row in range(12):
                    c.line(
                        [
                            (cx, y - high * 0.44 + row * high * 0.08),
                            (cx + 8, y - high * 0.41 + row * high * 0.08),
                            (cx + 16, y - high * 0.44 + row * high * 0.08),
                        ],
                        darker(colour, 0.2),
                        3,
                        alpha=0.5,
                    )
        c.rect(
            x - wide * 0.32,
            y + high * 0.42,
            wide * 0.64,
            high * 0.09,
            darker(colour, 0.18),
            alpha=0.6,
        )
    c.form(
        "M-18 -50C-10 -40 10 -40 18 -50L12 -52C6 -46 -6 -46 -12 -52Z",
        x,
        y,
        wide,
        high,
        darker(colour, 0.28),
    )


def trousers(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    c.form(TROUSERS, x + 10, y + 14, wide, high, c.palette.ink, alpha=0.22)
    c.form(TROUSERS, x, y, wide, high, c.turned(colour, 0.4))
    c.rect(x - wide * 0.29, y - high * 0.5, wide * 0.58, high * 0.06, darker(colour, 0.2))
    for side in (-1, 1):
        c.line(
            [(x + side * wide * 0.16, y - high * 0.3), (x + side * wide * 0.2, y + high * 0.44)],
            darker(colour, 0.25),
            4,
            alpha=0.5,
        )
        c.line(
            [(x + side * wide * 0.27, y - high * 0.42), (x + side * wide * 0.13, y - high * 0.36)],
            darker(colour, 0.3),
            5,
            alpha=0.7,
        )


def skirt(c: Canvas, x: float, y: float, wide: float, high: float, colour: str) -> None:
    c.form(SKIRT, x + 10, y + 14, wide, high, c.palette.ink, alpha=0.22)
    c.form(SKIRT, x, y, wide, high, c.turned(colour, 0.4))
    for k in range(-3, 4):
        c.line(
            [(x + k * wide * 0.05, y - high * 0.42), (x + k * wide * 0.12, y + high * 0.5)],
            darker(colour, 0.22),
            5,
            alpha=0.5,
        )
    c.rect(x - wide * 0.23, y - high * 0.5, wide * 0.46, high * 0.08, darker(colour, 0.25))


def sneaker(
    c: Canvas, x: float, y: float, wide: float, colour: str, accent: str, *, flip: bool = False
) -> None:
    """Draw a shoe from the side; its sole is at y."""
    p = c.palette
    c.shadow(x, y + 4, wide * 0.66, wide * 0.1)
    with c.moved(x, y, flip=flip):
        high = wide * 0.62
        c.form(
            "M-50 -14V-52C-46 -62 -34 -60 -26 -50L-22 -54L2 -40C14 -34 30 -32 42"
            " -26Q50 -22 50 -10Z",
            0,
            0,
            wide,
            high,
            c.down(lighter(colour, 0.12), darker(colour, 0.1)),
        )
        c.form("M-50 -14V-34Q-34 -38 -28 -14Z", 0, 0, wide, high, accent)
        c.form(
            "M16 -32C30 -30 44 -26 50 -12H24Q26 -24 16 -32Z",
            0,
            0,
            wide,
            high,
            mix(colour, accent, 0.35),
        )
        c.form(
            "M-26 -40C-12 -34 -2 -26 10 -18L4 -12C-8 -22 -18 -28 -28 -30Z", 0, 0, wide, high, accent
        )
        c.form(
            "M-52 -16H50Q56 -8 50 0H-48Q-54 -4 -52 -16Z",
            0,
            0,
            wide,
            high,
            c.down(p.paper, darker(p.paper, 0.16)),
        )
        c.form("M-51 -7H52Q52 -2 50 0H-48Q-51 -2 -51 -7Z", 0, 0, wide, high, accent, alpha=0.7)
        for k in range(4):
            c.line(
                [
                    (wide * (-0.2 + k * 0.07), -high * (0.5 - k * 0.055)),
                    (wide * (-0.12 + k * 0.07), -high * (0.43 - k * 0.055)),
                ],
                p.paper,
                wide * 0.022,
            )


def boot(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    colour: str,
    *,
    flip: bool = False,
    fur: bool = True,
) -> None:
    """Draw a winter boot from the side; its sole is at y."""
    p = c.palette
    c.shadow(x, y + 4, wide * 0.7, wide * 0.12)
    with c.moved(x, y, flip=flip):
        c.form(BOOT, 0, -high * 0.06, wide, high, c.turned(colour, 0.7))
        c.form("M-36 -14H49V-8L46 0H-34Z", 0, 0, wide, high, darker(p.table2, 0.3))
        c.form("M-36 -22H48V-12H-36Z", 0, 0, wide, high, lighter(p.table, 0.25))
        for k in range(4):
            c.line(
                [
                    (wide * 0.02, -high * (0.42 + k * 0.13)),
                    (wide * -0.16, -high * (0.46 + k * 0.13)),
                ],
                p.second,
                wide * 0.03,
            )
        c.line([(-wide * 0.32, -high * 0.34), (-wide * 0.1, -high * 0.3)], darker(colour, 0.3), 6)
        if fur:
            for k in range(7):
                c.dot(
                    -wide * 0.36 + k * wide * 0.075,
                    -high * (0.99 + 0.02 * (k % 2)),
                    wide * 0.075,
                    mix(p.paper, p.table, c.between(0, 0.25)),
                )


def cap(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a knitted hat, its brim at y."""
    p = c.palette
    c.shadow(x + 8, y + 8, size * 0.66, size * 0.16)
    c.form(
        "M-46 0C-50 -70 -20 -92 0 -92C20 -92 50 -70 46 0Z", x, y, size, size, c.turned(colour, 0.7)
    )
    for k in range(-3, 4):
        c.line(
            [(x + k * size * 0.12, y - size * 0.1), (x + k * size * 0.09, y - size * 0.8)],
            darker(colour, 0.22),
            4,
            alpha=0.5,
        )
    c.rect(
        x - size * 0.5,
        y - size * 0.2,
        size,
        size * 0.26,
        c.turned(lighter(colour, 0.12)),
        round=size * 0.08,
    )
    c.dot(x, y - size * 0.98, size * 0.17, c.ball(p.paper))


def glasses(
    c: Canvas, x: float, y: float, size: float, rim: str, lens: str, turn: float = 0
) -> None:
    """Draw sunglasses from the front, their bridge at x, y."""
    p = c.palette
    with c.moved(x, y, turn=turn):
        for side in (-1, 1):
            c.form(
                "M-40 -30C-44 20 -30 44 0 44C34 44 46 12 42 -34Q0 -44 -40 -30Z",
                side * size * 0.27 + 10,
                16,
                side * size * 0.5,
                size * 0.5,
                p.ink,
                alpha=0.25,
            )
            c.form(
                "M-40 -30C-44 20 -30 44 0 44C34 44 46 12 42 -34Q0 -44 -40 -30Z",
                side * size * 0.27,
                0,
                side * size * 0.5,
                size * 0.5,
                rim,
            )
            c.form(
                "M-32 -24C-36 16 -24 34 0 34C28 34 37 10 34 -26Q0 -34 -32 -24Z",
                side * size * 0.27,
                0,
                side * size * 0.5,
                size * 0.5,
                c.down(darker(lens, 0.3), lighter(lens, 0.25)),
            )
            c.form(
                "M-24 -18L-4 -22L-16 14L-28 6Z",
                side * size * 0.27,
                0,
                size * 0.5,
                size * 0.5,
                "#ffffff",
                alpha=0.35,
            )
        c.stroke(
            f"M{-size * 0.08:.0f} {-size * 0.08:.0f}Q0 {-size * 0.15:.0f}"
            f" {size * 0.08:.0f} {-size * 0.08:.0f}",
            rim,
            size * 0.04,
        )
