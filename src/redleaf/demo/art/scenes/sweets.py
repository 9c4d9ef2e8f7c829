"""Bread, cake, fruit, drinks, and where they are bought."""

import math

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import dishes, ground, plants, vessels
from redleaf.demo.art.registry import scene

CRUST = "#c9803a"


@scene("bakery-box", "rose", "warm", "sun", "mint")
def bakery_box(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    colour = c.pick(
        p.paper, mix(p.main, p.paper, 0.5), mix(p.third, p.paper, 0.4), mix(p.second, p.paper, 0.3)
    )
    with c.moved(450, 600, turn=c.between(-8, 8)):
        c.rect(-320, -240, 680, 640, p.ink, round=16, alpha=0.25)
        c.shape(
            [(-330, -260), (330, -260), (300, -520), (-300, -520)],
            c.down(darker(colour, 0.14), lighter(colour, 0.1)),
        )
        c.rect(-330, -260, 660, 640, c.down(lighter(colour, 0.2), darker(colour, 0.06)), round=10)
        c.rect(-296, -226, 592, 572, mix(p.table, p.paper, 0.6), round=6)
        for k in range(9):
            x, y = -196 + (k % 3) * 196, -130 + (k // 3) * 190
            c.dot(x + 6, y + 10, 84, p.ink, alpha=0.2)
            for j in range(16):
                a = j * math.tau / 16
                c.dot(x + 78 * math.cos(a), y + 78 * math.sin(a), 12, lighter(p.paper, 0.4))
            _bake(c, x, y, c.pick("tart", "choux", "donut", "berry", "bun"))
    plants.sprig(c, 110, 1130, 240, turn=-30)
    vessels.cup(c, 760, 1120, 150, 120, c.pick(p.third, p.main, p.paper), liquid="#7a4a2a")


def _bake(c: Canvas, x: float, y: float, kind: str) -> None:
    p = c.palette
    crust = c.tint(CRUST, 0.05)
    c.dot(x, y, 74, c.ball(crust))
    if kind == "tart":
        c.dot(x, y, 60, c.ball("#f4c34a"))
        c.oval(x - 14, y - 14, 20, 13, "#a8571f", alpha=0.5)
    elif kind == "donut":
        icing = c.pick("#e58a9a", "#6b3f2a", p.paper, "#9ac7a4")
        c.dot(x, y, 68, c.ball(icing))
        c.dot(x, y, 24, mix(p.table, p.paper, 0.5))
        for _ in range(18):
            a = c.between(0, math.tau)
            c.rect(
                x + 46 * math.cos(a),
                y + 46 * math.sin(a),
                11,
                5,
                c.pick(p.main, p.second, p.third),
                round=2,
            )
    elif kind == "berry":
        c.dot(x, y, 58, "#fbf0dc")
        for k in range(7):
            bx, by = (
                (x, y) if k == 6 else (x + 34 * math.cos(k * 1.05), y + 34 * math.sin(k * 1.05))
            )
            c.dot(bx, by, 19, c.ball(c.pick("#c8324a", "#4a3f7a", "#d8432f")))
        plants.leaf(c, x, y, 40, -40, "#6f9a4c")
    elif kind == "choux":
        c.dot(x, y, 62, c.ball(lighter(crust, 0.2)))
        c.dot(x, y, 36, c.ball("#fffaf0"))
        c.dot(x, y - 6, 14, c.ball("#c8324a"))
    else:
        for k in range(6):
            c.line(
                [(x - 52, y - 40 + k * 18), (x, y - 52 + k * 18), (x + 52, y - 40 + k * 18)],
                lighter(crust, 0.35),
                7,
                alpha=0.7,
            )


@scene("croissant", "warm", "sun", "rose", "cool")
def croissant(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    x, y = 430, 640 + c.between(-30, 30)
    vessels.dish(c, x, y, 350, c.pick(p.paper, p.third, mix(p.leaf, p.paper, 0.4), p.second))
    for dx, dy, turn in ((-40, -70, c.between(-24, -4)), (50, 110, c.between(150, 190))):
        dishes.croissant(c, x + dx, y + dy, 400, turn)
    for _ in range(24):
        a, d = c.between(0, math.tau), c.between(120, 330)
        c.rect(x + d * math.cos(a), y + d * math.sin(a), 14, 8, c.pick(CRUST, "#e8b06a"), round=3)
    vessels.dish(c, 740, 230, 140, c.pick(p.paper, p.main), "#6b3f26")
    c.form("M0 -50C30 -60 60 -20 0 40C-60 -20 -30 -60 0 -50Z", 740, 240, 130, 130, "#f0dcc0")
    with c.moved(190, 1080, turn=-24):
        c.rect(-150, -10, 330, 22, c.down("#dcdde0", "#a9acb2"), round=10)
    plants.sprig(c, 60, 120, 260, turn=40)


@scene("cake-slice", "rose", "mint", "warm", "sun")
def cake_slice(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "stripes", "leaves", "split")
    ground.table(c, 800, "round", "cloth", "marble", "gingham")
    x = 440 + c.between(-20, 20)
    vessels.plate(c, x, 960, 370, c.pick(p.paper, p.third, p.second))
    cream = mix("#fff6e8", c.pick(p.main, p.second, p.third, p.leaf), 0.12)
    sponge = c.pick("#f0cf8e", "#6b4030", "#a9b96a", "#c9586a")
    c.shape([(x - 210, 880), (x + 230, 800), (x + 230, 560), (x - 210, 620)], lighter(cream, 0.1))
    c.shape(
        [(x - 210, 960), (x + 230, 860), (x + 230, 560), (x - 210, 640)],
        c.across(lighter(sponge, 0.1), darker(sponge, 0.1)),
    )
    for k in range(4):
        t = k / 3
        y1, y2 = 640 + t * 300, 560 + t * 280
        c.shape([(x - 210, y1), (x + 230, y2), (x + 230, y2 + 28), (x - 210, y1 + 30)], cream)
        if 0 < k < 3:
            for j in range(5):
                bx = x - 160 + j * 88
                c.oval(
                    bx,
                    y1 + 14 - (bx - x + 210) * 0.18,
                    24,
                    15,
                    c.ball(c.pick("#d8324a", "#e8883a", "#c83a5a")),
                )
    c.shape(
        [(x - 210, 640), (x + 230, 560), (x + 120, 500), (x - 200, 610)],
        c.across(lighter(cream, 0.4), cream),
    )
    for k in range(3):
        sx, sy = x - 90 + k * 100, 596 - k * 22
        c.dot(sx, sy, 40, c.ball(lighter(cream, 0.4)))
        c.form(
            "M-40 0C-60 -60 60 -60 40 0C20 40 -20 40 -40 0Z", sx, sy - 34, 66, 78, c.ball("#d8324a")
        )
        plants.leaf(c, sx, sy - 74, 34, -60, "#6f9a4c")
    vessels.spoon(c, x - 230, 1080, 360, -8)
    plants.bunch(c, c.pick(110, 800), 850, 420)


@scene("bagel", "warm", "sun", "cool")
def bagel(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "arch", "split", "sun", "panes")
    ground.table(c, 780, "planks", "cloth", "gingham", "marble")
    c.shadow(450, 1060, 420, 60)
    c.rect(80, 1010, 740, 56, c.down(lighter(p.table, 0.3), darker(p.table, 0.05)), round=20)
    crust = c.tint("#b9722f", 0.04)
    for index, (x, y, size) in enumerate(((300, 950, 190), (590, 960, 196), (440, 790, 190))):
        c.dot(x + 10, y + 16, size * 0.82, p.ink, alpha=0.18)
        c.dot(x, y, size * 0.84, c.ball(mix(crust, "#d9944a", 0.2 * index)))
        c.oval(
            x + 4,
            y + 4,
            size * 0.24,
            size * 0.22,
            darker(p.wall2, 0.25) if index < 2 else mix(crust, p.ink, 0.4),
        )
        c.ring(x + 3, y + 3, size * 0.28, size * 0.26, darker(crust, 0.25), 9, alpha=0.7)
        for _ in range(70):
            a, d = c.between(0, math.tau), size * c.between(0.36, 0.78)
            seed = "#f8ecd0" if index != 1 else c.pick("#2a2420", "#f8ecd0")
            c.oval(x + d * math.cos(a), y + d * math.sin(a), 7, 4, seed, turn=c.between(0, 180))
    vessels.jar(c, 770, 1010, 170, 170, mix(p.paper, p.main, 0.1), open=True)
    vessels.glass(c, 130, 1000, 130, 250, ["#e8883a", "#f0a040"])
