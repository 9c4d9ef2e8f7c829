"""Instruments, cameras, games and rackets."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix

BODY = (
    "M-22 -44C-34 -44 -38 -30 -32 -18C-28 -8 -30 -4 -38 6C-50 24 -36 50 0"
    " 50C36 50 50 24 38 6C30 -4 28 -8 32 -18C38 -30 34 -44 22 -44C10 -44"
    " -10 -44 -22 -44Z"
)


def guitar(c: Canvas, x: float, y: float, high: float, wood: str, *, turn: float = 0) -> None:
    """Draw a guitar that stands on y."""
    p = c.palette
    c.shadow(x, y, high * 0.24, 26)
    with c.moved(x, y - high * 0.25, turn=turn):
        size = high * 0.52
        c.form(BODY, 12, 16, size * 0.9, size, p.ink, alpha=0.25)
        c.form(BODY, 0, 0, size * 0.9, size, darker(wood, 0.4))
        c.form(BODY, 0, 0, size * 0.86, size * 0.96, c.down(lighter(wood, 0.22), wood))
        c.dot(0, -size * 0.08, size * 0.125, darker(wood, 0.7))
        c.ring(0, -size * 0.08, size * 0.145, size * 0.145, p.paper, 5)
        c.rect(-size * 0.17, size * 0.2, size * 0.34, size * 0.055, darker(wood, 0.5), round=6)
        c.rect(-size * 0.05, -high * 0.7, size * 0.1, high * 0.62, c.turned(darker(wood, 0.45)))
        for k in range(11):
            c.rect(-size * 0.05, -high * 0.66 + k * high * 0.05, size * 0.1, 4, p.second, alpha=0.8)
        c.form(
            "M-50 0L-40 -100H40L50 0Z", 0, -high * 0.69, size * 0.18, high * 0.11, darker(wood, 0.4)
        )
        for k in range(3):
            for side in (-1, 1):
                c.dot(side * size * 0.1, -high * (0.71 + k * 0.03), 9, "#d9dadf")
        for k in range(-2, 3):
            c.line([(k * size * 0.017, -high * 0.7), (k * size * 0.022, size * 0.22)], "#f3efe6", 2)


def camera(c: Canvas, x: float, y: float, wide: float, leather: str, *, turn: float = 0) -> None:
    """Draw a camera from the front, its middle at x, y."""
    p = c.palette
    high, metal = wide * 0.6, mix("#c9ccd2", p.wall, 0.2)
    with c.moved(x, y, turn=turn):
        c.rect(-wide / 2 + 14, -high / 2 + 20, wide, high, p.ink, alpha=0.22, round=36)
        c.form(
            "M-24 0L-16 -100H16L24 0Z",
            0,
            -high * 0.44,
            wide,
            high * 0.24,
            c.down(lighter(metal, 0.2), metal),
        )
        c.rect(-wide * 0.4, -high * 0.6, wide * 0.14, high * 0.14, c.turned(metal), round=8)
        c.rect(wide * 0.26, -high * 0.58, wide * 0.1, high * 0.12, c.turned(p.main), round=8)
        c.rect(
            -wide / 2,
            -high / 2,
            wide,
            high,
            c.down(lighter(metal, 0.25), darker(metal, 0.06)),
            round=34,
        )
        c.rect(
            -wide / 2,
            -high * 0.26,
            wide,
            high * 0.58,
            c.down(lighter(leather, 0.1), darker(leather, 0.15)),
        )
        c.rect(-wide * 0.07, -high * 0.6, wide * 0.14, high * 0.13, p.ink, round=8)
        for radius, paint in (
            (0.34, c.ball(metal)),
            (0.3, "#2a2b30"),
            (0.24, c.ball("#4a4c55")),
            (0.17, "#17181c"),
            (0.13, c.ball(mix(p.third, "#1d2340", 0.5))),
        ):
            c.dot(0, high * 0.04, wide * radius * 0.86, paint)
        c.oval(
            -wide * 0.05, -high * 0.05, wide * 0.04, wide * 0.025, "#ffffff", alpha=0.8, turn=-30
        )
        c.rect(
            wide * 0.3, -high * 0.42, wide * 0.12, high * 0.1, mix(p.glow, p.paper, 0.5), round=6
        )


def die(c: Canvas, x: float, y: float, size: float, turn: float) -> None:
    p = c.palette
    with c.moved(x, y, turn=turn):
        c.rect(-size / 2 + 8, -size / 2 + 12, size, size, p.ink, alpha=0.25, round=size * 0.2)
        c.rect(-size / 2, -size / 2, size, size, c.down("#fffdf6", "#e6dfd0"), round=size * 0.2)
        for dx, dy in c.pick(
            [(0, 0)],
            [(-1, -1), (1, 1)],
            [(-1, -1), (0, 0), (1, 1)],
            [(-1, -1), (1, -1), (-1, 1), (1, 1)],
        ):
            c.dot(
                dx * size * 0.25,
                dy * size * 0.25,
                size * 0.09,
                p.main if (dx, dy) == (0, 0) else p.ink,
            )


def tile(c: Canvas, x: float, y: float, wide: float, *, blank: bool = False) -> None:
    """Draw a mahjong tile with dots, canes or a flower; x, y is its upper left corner."""
    high = wide * 1.32
    c.rect(x + 8, y + 14, wide, high, "#12281f", alpha=0.35, round=12)
    c.rect(x, y + 10, wide, high, c.turned("#3f9a6e" if not blank else "#2f7a5a"), round=12)
    c.rect(
        x,
        y,
        wide,
        high,
        c.down("#fffdf4", "#ece2cd") if not blank else c.down("#4fae80", "#2f8a62"),
        round=12,
    )
    if blank:
        return
    cx, cy = x + wide / 2, y + high / 2
    kind = c.random.randrange(4)
    if kind == 0:
        count = c.pick(1, 2, 4, 6)
        for k in range(count):
            dx = 0.0 if count < 3 else (-0.22 if k % 2 else 0.22)
            dy = (
                0.0
                if count == 1
                else (k // (2 if count > 2 else 1) - (count / (2 if count > 2 else 1) - 1) / 2)
                * 0.34
            )
            r = wide * (0.3 if count == 1 else 0.14)
            tone = c.pick("#2f6fa8", "#c8382c", "#2f8a5a")
            c.dot(cx + dx * wide, cy + dy * high * 0.8, r, tone)
            c.dot(cx + dx * wide, cy + dy * high * 0.8, r * 0.5, "#fffdf4")
            c.dot(cx + dx * wide, cy + dy * high * 0.8, r * 0.22, tone)
    elif kind == 1:
        for k in range(c.pick(2, 3)):
            for row in (-1, 1):
                c.rect(
                    cx - wide * 0.3 + k * wide * 0.24,
                    cy + row * high * 0.19 - high * 0.15,
                    wide * 0.12,
                    high * 0.3,
                    c.pick("#2f8a5a", "#2f8a5a", "#c8382c"),
                    round=6,
                )
    elif kind == 2:
        c.rect(cx - wide * 0.26, cy - high * 0.3, wide * 0.52, high * 0.6, "#2f6fa8", round=4)
        c.rect(cx - wide * 0.19, cy - high * 0.25, wide * 0.38, high * 0.5, "#fffdf4", round=3)
    else:
        for k in range(5):
            with c.moved(cx, cy, turn=k * 72):
                c.oval(0, -wide * 0.18, wide * 0.11, wide * 0.15, "#c8382c")
        c.dot(cx, cy, wide * 0.09, "#f0c050")


def racket(c: Canvas, x: float, y: float, long: float, turn: float, colour: str) -> None:
    """Draw a badminton racket from above, its middle at x, y."""
    p = c.palette
    with c.moved(x, y, turn=turn):
        top, rx, ry = -long * 0.3, long * 0.15, long * 0.19
        c.ring(12, top + 18, rx, ry, p.ink, 16, alpha=0.2)
        c.oval(0, top, rx, ry, p.paper, alpha=0.22)
        for k in range(-6, 7):
            half_y = ry * (1 - (k / 7) ** 2) ** 0.5
            half_x = rx * (1 - (k / 7) ** 2) ** 0.5
            c.line(
                [(k * rx / 7, top - half_y), (k * rx / 7, top + half_y)], p.paper, 2.6, alpha=0.9
            )
            c.line(
                [(-half_x, top + k * ry / 7), (half_x, top + k * ry / 7)], p.paper, 2.6, alpha=0.9
            )
        c.ring(0, top, rx, ry, darker(colour, 0.1), 18)
        c.ring(-2, top - 2, rx, ry, lighter(colour, 0.25), 6)
        c.rect(-7, top + ry, 14, long * 0.32, c.turned("#4a4c55"))
        c.rect(-19, top + ry + long * 0.3, 38, long * 0.24, c.turned(colour), round=12)
        for k in range(6):
            c.line(
                [
                    (-18, top + ry + long * (0.33 + k * 0.034)),
                    (18, top + ry + long * (0.32 + k * 0.034)),
                ],
                darker(colour, 0.3),
                5,
                alpha=0.6,
            )


def shuttle(c: Canvas, x: float, y: float, size: float, turn: float) -> None:
    p = c.palette
    with c.moved(x, y, turn=turn):
        c.form("M-14 20L-50 -60H50L14 20Z", 10, 14, size, size, p.ink, alpha=0.18)
        for k in range(-3, 4):
            c.form(
                "M-6 20L-14 -60Q0 -74 14 -60L6 20Z",
                k * size * 0.055,
                0,
                size * 0.9,
                size,
                mix("#ffffff", p.wall, 0.1 + 0.07 * (k % 2)),
                turn=k * 9,
            )
        c.line(
            [(-size * 0.28, -size * 0.26), (0, -size * 0.3), (size * 0.28, -size * 0.26)], p.main, 5
        )
        c.form(
            "M-50 0C-50 60 50 60 50 0Z",
            0,
            size * 0.18,
            size * 0.34,
            size * 0.34,
            c.turned("#f3e6cf"),
        )
        c.rect(-size * 0.17, size * 0.13, size * 0.34, size * 0.07, p.third)
