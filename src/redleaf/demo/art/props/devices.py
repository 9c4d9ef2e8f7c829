"""Screens to carry."""

from redleaf.demo.art.canvas import Canvas, round_box
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import land


def laptop(
    c: Canvas, x: float, y: float, wide: float, colour: str = "", *, screen: str = "view"
) -> None:
    """Draw an open laptop, its front edge at y."""
    p = c.palette
    colour = colour or mix("#c9ccd2", p.wall, 0.25)
    high = wide * 0.6
    c.shadow(x + 10, y + 4, wide * 0.72, wide * 0.1)
    c.path(round_box(x - wide / 2, y - high - wide * 0.14, wide, high, 16), darker(colour, 0.45))
    inner = round_box(x - wide / 2 + 14, y - high - wide * 0.14 + 14, wide - 28, high - 28, 4)
    with c.inside(inner):
        left, top = x - wide / 2, y - high - wide * 0.14
        if screen == "view":
            land.view(c, left, top, wide, high, "")
        else:
            c.rect(left, top, wide, high, c.down(mix(p.ink, p.third, 0.4), p.ink))
            for row in range(9):
                c.rect(
                    left + 40 + (row % 3) * 26,
                    top + 40 + row * high / 11,
                    wide * c.between(0.2, 0.6),
                    high * 0.03,
                    c.pick(p.second, p.glow, p.third, p.main),
                    alpha=0.85,
                    round=3,
                )
    c.shape(
        [
            (x - wide / 2, y - wide * 0.14),
            (x + wide / 2, y - wide * 0.14),
            (x + wide * 0.6, y - 12),
            (x - wide * 0.6, y - 12),
        ],
        c.down(lighter(colour, 0.2), colour),
    )
    c.shape(
        [
            (x - wide * 0.44, y - wide * 0.125),
            (x + wide * 0.44, y - wide * 0.125),
            (x + wide * 0.49, y - wide * 0.07),
            (x - wide * 0.49, y - wide * 0.07),
        ],
        darker(colour, 0.4),
        alpha=0.75,
    )
    c.shape(
        [
            (x - wide * 0.12, y - wide * 0.058),
            (x + wide * 0.12, y - wide * 0.058),
            (x + wide * 0.13, y - 17),
            (x - wide * 0.13, y - 17),
        ],
        darker(colour, 0.12),
    )
    c.path(round_box(x - wide * 0.6, y - 13, wide * 1.2, 14, 6), darker(colour, 0.2))


def phone(
    c: Canvas, x: float, y: float, wide: float, turn: float = 0, *, screen: str = "tiles"
) -> None:
    """Draw a phone from above, its middle at x, y."""
    p = c.palette
    high = wide * 2.05
    with c.moved(x, y, turn=turn):
        c.rect(-wide / 2 + 12, -high / 2 + 16, wide, high, p.ink, round=wide * 0.14, alpha=0.28)
        c.rect(-wide / 2, -high / 2, wide, high, "#23252b", round=wide * 0.14)
        left, top, w, h = (
            -wide / 2 + wide * 0.045,
            -high / 2 + wide * 0.045,
            wide * 0.91,
            high - wide * 0.09,
        )
        with c.inside(round_box(left, top, w, h, wide * 0.1)):
            c.rect(left, top, w, h, c.down(mix(p.wall, p.paper, 0.5), p.wall2))
            if screen == "map":
                land.street_map(c, left, top, w, h)
            elif screen == "view":
                land.view(c, left, top, w, h, "")
            else:
                _tiles(c, left, top, w, h)
        c.rect(
            -wide * 0.13,
            -high / 2 + wide * 0.09,
            wide * 0.26,
            wide * 0.06,
            "#15161a",
            round=wide * 0.03,
        )


def _tiles(c: Canvas, left: float, top: float, w: float, h: float) -> None:
    p = c.palette
    c.rect(left, top, w, h, p.paper)
    c.rect(left + w * 0.07, top + h * 0.08, w * 0.5, h * 0.03, p.ink, alpha=0.6, round=4)
    for row in range(3):
        for column in range(2):
            x, y = left + w * (0.07 + column * 0.45), top + h * (0.15 + row * 0.27)
            c.rect(
                x,
                y,
                w * 0.41,
                h * 0.19,
                c.pick(p.main, p.second, p.third, p.leaf, p.wall2),
                round=10,
            )
            c.dot(x + w * 0.2, y + h * 0.08, w * 0.09, p.paper, alpha=0.5)
            c.rect(x, y + h * 0.2, w * c.between(0.2, 0.38), h * 0.016, p.ink, alpha=0.5, round=3)
