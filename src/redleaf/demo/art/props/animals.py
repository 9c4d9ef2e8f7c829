"""Cats, dogs, and a few others."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix


def cat_curled(c: Canvas, x: float, y: float, wide: float, colour: str = "") -> None:
    """Draw a sleeping cat, its belly on y."""
    colour = colour or c.pick("#d98a45", "#8f8a88", "#3a3436", "#e8d2b0", "#b5713f")
    c.oval(x, y - wide * 0.2, wide * 0.5, wide * 0.26, c.ball(colour))
    c.stroke(
        f"M{x + wide * 0.44:.0f} {y - wide * 0.14:.0f}C{x + wide * 0.6:.0f}"
        f" {y + wide * 0.06:.0f} {x:.0f} {y + wide * 0.08:.0f}"
        f" {x - wide * 0.2:.0f} {y - wide * 0.02:.0f}",
        darker(colour, 0.08),
        wide * 0.1,
    )
    for side in (-1, 1):
        c.form(
            "M-20 0L0 -46L22 0Z",
            x - wide * 0.34 + side * wide * 0.11,
            y - wide * 0.3,
            wide * 0.5,
            wide * 0.42,
            colour,
        )
    c.oval(x - wide * 0.34, y - wide * 0.2, wide * 0.21, wide * 0.18, c.ball(lighter(colour, 0.1)))
    for side in (-1, 1):
        c.line(
            [
                (x - wide * 0.34 + side * wide * 0.1 - 8, y - wide * 0.2),
                (x - wide * 0.34 + side * wide * 0.1, y - wide * 0.17),
                (x - wide * 0.34 + side * wide * 0.1 + 8, y - wide * 0.2),
            ],
            "#2a2022",
            4,
        )
    c.dot(x - wide * 0.34, y - wide * 0.14, 5, "#c9787a")
    for k in range(4):
        c.line(
            [
                (x + wide * (-0.02 + k * 0.1), y - wide * 0.43),
                (x + wide * (0.02 + k * 0.1), y - wide * 0.3),
            ],
            darker(colour, 0.25),
            wide * 0.03,
            alpha=0.6,
        )


def cat_sitting(
    c: Canvas, x: float, y: float, high: float, colour: str = "", *, mark: str = ""
) -> None:
    """Draw a cat that looks at us, its paws on y."""
    colour = colour or c.pick("#d98a45", "#8f8a88", "#3f393c", "#efe2cd", "#b5713f")
    belly = lighter(colour, 0.55)
    c.shadow(x + high * 0.06, y, high * 0.42, high * 0.07)
    c.stroke(
        f"M{x + high * 0.2:.0f} {y - high * 0.08:.0f}C{x + high * 0.52:.0f}"
        f" {y - high * 0.02:.0f} {x + high * 0.5:.0f} {y - high * 0.34:.0f}"
        f" {x + high * 0.4:.0f} {y - high * 0.42:.0f}",
        darker(colour, 0.1),
        high * 0.075,
    )
    c.form(
        "M-24 0C-34 -22 -24 -52 -12 -60H12C24 -52 34 -22 24 0Q0 4 -24 0Z",
        x,
        y,
        high,
        high,
        c.turned(colour, 0.7),
    )
    c.form(
        "M-10 -4C-16 -22 -10 -44 0 -50C10 -44 16 -22 10 -4Z", x, y, high, high, belly, alpha=0.75
    )
    for side in (-1, 1):
        c.oval(x + side * high * 0.09, y - high * 0.03, high * 0.085, high * 0.045, c.ball(belly))
        c.form(
            "M-13 0L-9 -26L12 -10Z",
            x + side * high * 0.13,
            y - high * 0.82,
            side * high,
            high,
            colour,
        )
        c.form(
            "M-8 -4L-6 -18L6 -8Z",
            x + side * high * 0.13,
            y - high * 0.82,
            side * high,
            high,
            mix(colour, "#e8a0a0", 0.6),
        )
    _cat_face(c, x, y, high, colour)
    if mark:
        c.form("M-15 -57Q0 -50 15 -57V-53Q0 -46 -15 -53Z", x, y, high, high, mark)
        c.dot(x, y - high * 0.5, high * 0.025, "#f0c050")


def _cat_face(c: Canvas, x: float, y: float, high: float, colour: str) -> None:
    belly = lighter(colour, 0.55)
    c.oval(x, y - high * 0.72, high * 0.25, high * 0.21, c.ball(colour))
    c.oval(x, y - high * 0.655, high * 0.13, high * 0.09, belly, alpha=0.85)
    eye = c.pick("#7fae5a", "#e0b040", "#6fa8c0")
    for side in (-1, 1):
        c.oval(x + side * high * 0.1, y - high * 0.75, high * 0.047, high * 0.05, eye)
        c.oval(x + side * high * 0.1, y - high * 0.75, high * 0.019, high * 0.045, "#1d1518")
        c.dot(x + side * high * 0.1 - high * 0.012, y - high * 0.768, high * 0.011, "#ffffff")
        for k in (-1, 0, 1):
            c.line(
                [
                    (x + side * high * 0.1, y - high * 0.655 + k * high * 0.012),
                    (x + side * high * 0.3, y - high * 0.67 + k * high * 0.035),
                ],
                "#ffffff",
                3,
                alpha=0.7,
            )
    c.form("M-3 0H3L0 3Z", x, y - high * 0.69, high, high, "#c9686a")
    c.line(
        [
            (x - high * 0.03, y - high * 0.635),
            (x, y - high * 0.65),
            (x + high * 0.03, y - high * 0.635),
        ],
        darker(colour, 0.5),
        3,
    )
    for k in (-1, 0, 1):
        c.line(
            [(x + k * high * 0.05, y - high * 0.92), (x + k * high * 0.04, y - high * 0.85)],
            darker(colour, 0.3),
            high * 0.02,
            alpha=0.7,
        )


def dog_sitting(
    c: Canvas, x: float, y: float, high: float, colour: str = "", *, scarf: str = ""
) -> None:
    """Draw a dog that looks at us, its paws on y."""
    colour = colour or c.pick("#c98d50", "#e9d3ad", "#6b4a3a", "#d9a05a")
    light = lighter(colour, 0.5)
    c.shadow(x + high * 0.06, y, high * 0.46, high * 0.07)
    c.stroke(
        f"M{x + high * 0.22:.0f} {y - high * 0.1:.0f}C{x + high * 0.5:.0f}"
        f" {y - high * 0.1:.0f} {x + high * 0.44:.0f} {y - high * 0.36:.0f}"
        f" {x + high * 0.38:.0f} {y - high * 0.38:.0f}",
        colour,
        high * 0.09,
    )
    c.form(
        "M-26 0C-36 -24 -24 -54 -13 -62H13C24 -54 36 -24 26 0Q0 4 -26 0Z",
        x,
        y,
        high,
        high,
        c.turned(colour, 0.7),
    )
    c.form("M-12 -6C-18 -26 -10 -48 0 -54C10 -48 18 -26 12 -6Z", x, y, high, high, light, alpha=0.8)
    for side in (-1, 1):
        c.rect(
            x + side * high * 0.11 - high * 0.055,
            y - high * 0.34,
            high * 0.11,
            high * 0.33,
            c.turned(lighter(colour, 0.06)),
            round=high * 0.05,
        )
        c.oval(x + side * high * 0.11, y - high * 0.03, high * 0.085, high * 0.045, c.ball(light))
    _dog_face(c, x, y, high, colour)
    if scarf:
        c.form("M-17 -58Q0 -48 17 -58L18 -50Q0 -40 -18 -50Z", x, y, high, high, scarf)
        c.form("M4 -46L12 -24H0L-2 -44Z", x, y, high, high, darker(scarf, 0.12))


def _dog_face(c: Canvas, x: float, y: float, high: float, colour: str) -> None:
    dark, light = darker(colour, 0.28), lighter(colour, 0.5)
    c.oval(x, y - high * 0.74, high * 0.23, high * 0.22, c.ball(colour))
    for side in (-1, 1):
        c.form(
            "M-4 -16C14 -18 20 4 12 22C4 28 -8 12 -10 -6Z",
            x + side * high * 0.2,
            y - high * 0.76,
            side * high,
            high,
            dark,
        )
    c.oval(x, y - high * 0.66, high * 0.125, high * 0.1, c.ball(light))
    c.oval(x, y - high * 0.71, high * 0.045, high * 0.034, "#241a1c")
    c.line(
        [
            (x - high * 0.06, y - high * 0.635),
            (x, y - high * 0.615),
            (x + high * 0.06, y - high * 0.635),
        ],
        "#3a2624",
        5,
    )
    c.form("M-4 0C-5 10 5 10 4 0Z", x, y - high * 0.622, high, high * 0.9, "#e07a80")
    for side in (-1, 1):
        c.dot(x + side * high * 0.095, y - high * 0.775, high * 0.032, "#241a1c")
        c.dot(x + side * high * 0.095 - high * 0.01, y - high * 0.785, high * 0.01, "#ffffff")


def bird(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a bird in flight."""
    c.line(
        [(x - size, y - size * 0.3), (x - size * 0.4, y - size * 0.44), (x, y)], colour, size * 0.14
    )
    c.line(
        [(x, y), (x + size * 0.4, y - size * 0.44), (x + size, y - size * 0.3)], colour, size * 0.14
    )
