"""What is bought and cooked at home."""

import math

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import (
    ground,
    plants,
    town,
    vessels,
)
from redleaf.demo.art.registry import scene

CRUST = "#c9803a"


@scene("rice-cooker", "warm", "mint", "cool")
def rice_cooker(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "split", "stripes", "panes")
    ground.table(c, 820, "marble", "planks", "cloth")
    x, colour = 420, c.pick(p.paper, p.main, p.third, p.second)
    c.shadow(x + 60, 1030, 340, 70)
    c.form(
        "M-46 0C-52 -30 -52 -50 -50 -62H50C52 -50 52 -30 46 0Q0 8 -46 0Z",
        x,
        1030,
        520,
        560,
        c.turned(colour),
    )
    c.form(
        "M-50 0C-52 -50 -30 -100 0 -100C30 -100 52 -50 50 0Z",
        x,
        700,
        520,
        180,
        c.turned(lighter(colour, 0.15)),
    )
    c.rect(x - 266, 680, 532, 26, darker(colour, 0.25), round=12)
    c.rect(x - 60, 500, 120, 34, c.turned(p.ink), round=16)
    c.oval(x + 120, 566, 26, 9, p.ink, alpha=0.6)
    c.rect(x - 120, 800, 240, 150, p.ink, round=24, alpha=0.85)
    c.rect(x - 90, 822, 120, 60, mix(p.third, p.glow, 0.6), round=8)
    c.dot(x + 74, 850, 22, p.main)
    for k in range(4):
        c.rect(x - 90 + k * 48, 904, 34, 22, p.paper, round=8, alpha=0.85)
    vessels.steam(c, x + 120, 556, 380, 3)
    top = vessels.bowl(c, x + 330, 1100, 240, 120, c.pick(p.third, p.second, p.main), "#fbf7ec")
    for _ in range(60):
        c.oval(
            x + 330 + c.between(-90, 90),
            top - c.between(-10, 44),
            9,
            4.4,
            c.pick("#ffffff", "#f0e8d6"),
            turn=c.between(0, 180),
        )
    plants.plant(c, 110, 830, 260, "fern")


@scene("grocery-bag", "mint", "warm", "sun", "cool")
def grocery_bag(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "split", "tiles", "sun", "arch", "panes", "stripes")
    ground.table(c, 900, "planks", "marble", "cloth", "round")
    x = 430 + c.between(-20, 40)
    loaves = c.chance(0.6)
    if not loaves:
        with c.moved(x + 140, 660, turn=6):
            milk = c.pick(p.third, p.main)
            c.rect(-70, -210, 140, 330, c.across(p.paper, darker(p.paper, 0.12)))
            c.shape([(-70, -210), (-36, -280), (36, -280), (70, -210)], milk)
            c.rect(-70, -150, 140, 60, milk)
    for dx, turn in ((120, 14), (170, 22)) if loaves else ():
        with c.moved(x + dx, 640, turn=turn):
            c.rect(-36, -330, 72, 460, c.turned(c.tint(CRUST)), round=36)
            for k in range(5):
                c.line([(-22, -270 + k * 70), (20, -300 + k * 70)], lighter(CRUST, 0.45), 9)
    for turn in (-34, -20, -6, 8):
        plants.leaf(
            c, x - 120, 660, c.between(260, 360), -100 + turn, mix(p.leaf, "#5d9448", 0.5), 0.17
        )
    for dx, dy, r, tone in (
        (-30, 0, 66, "#e8883a"),
        (60, -40, 60, "#d8432f"),
        (20, 20, 56, "#e8b63a"),
        (-190, 10, 50, "#8fae4a"),
    ):
        c.dot(x + dx, 610 + dy, r, c.ball(c.tint(tone)))
    vessels.bottle(c, x + 30, 700, 92, 330, mix("#7f9a5a", p.third, 0.3), cap=p.main)
    paper = c.tint("#cfa36b")
    c.shadow(x + 60, 1060, 360, 70)
    c.shape([(x + 236, 640), (x + 306, 616), (x + 276, 1034), (x + 218, 1060)], darker(paper, 0.3))
    top = "".join(f"l48 {rise}" for rise in (-14, 16, -18, 18, -16, 16, -18, 18, -16, 14))
    c.path(f"M{x - 240} 640{top}L{x + 220} 1060H{x - 226}Z", c.turned(paper, 0.5))
    for k in (-120, 40, 150):
        c.line(
            [(x + k, 690), (x + k + 10, 850), (x + k - 8, 1040)], darker(paper, 0.25), 7, alpha=0.4
        )
    plants.maple_leaf(c, x - 10, 860, 84, 0, c.pick(p.main, p.third, p.leaf))
    for k in range(3):
        c.dot(
            760 + (k % 2) * 70,
            1090 - (k // 2) * 62 - (k % 2) * 4,
            44,
            c.ball(c.tint("#e8883a" if k != 1 else "#d8432f")),
        )


@scene("market-stall", "sun", "warm", "mint", "dusk")
def market_stall(c: Canvas) -> None:
    p = c.palette
    c.rect(-170, 0, 1240, 1200, c.down(mix(p.third, p.wall, 0.6), p.wall))
    for x in (-150, 200, 560, 860):
        town.house(
            c,
            x,
            700,
            300,
            c.between(330, 520),
            mix(c.pick(p.wall2, p.second, p.third, p.main), p.wall, 0.45),
            roof=c.pick("flat", "mansard"),
        )
    town.street(c, 1000)
    town.stall(c, 90, 1060, 720, 600, c.pick(p.main, p.third, p.leaf))
    fruits = [
        ("#d8432f", 27),
        ("#e8883a", 27),
        ("#7fa23f", 24),
        ("#e8c23a", 25),
        ("#8a4a78", 20),
        ("#c83a5a", 18),
    ]
    for row in range(3):
        y = 700 + row * 66
        for box in range(3):
            x0 = 140 + box * 212
            tone, r = fruits[(row * 3 + box) % 6] if row else c.pick(*fruits)
            c.shape(
                [(x0, y - 10), (x0 + 200, y - 10), (x0 + 206, y + 62), (x0 - 6, y + 62)],
                c.down(lighter(p.table, 0.3), p.table),
            )
            for k in range(16):
                c.dot(
                    x0 + 24 + (k % 8) * 22,
                    y + 4 - (k // 8) * 20 + c.between(-5, 5),
                    r * 0.78,
                    c.ball(c.tint(tone, 0.08)),
                )
            c.rect(
                x0 - 4,
                y + 14,
                208,
                50,
                c.down(lighter(p.table, 0.16), darker(p.table, 0.1)),
                round=4,
            )
    for k in range(4):
        c.rect(160 + k * 160, 650, 60, 44, p.paper, round=4)
        c.rect(172 + k * 160, 662, 36, 7, p.ink, alpha=0.5)
    town.person(c, 760, 1150, 330, c.pick(p.third, p.second, p.main), back=True)
    for k in range(2):
        plants.plant(c, 40 + k * 60, 1150 + k * 20, 190, "fern")


@scene("fruit-bowl", "sun", "warm", "mint", "rose")
def fruit_bowl(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "split", "stripes", "leaves")
    ground.table(c, 820, "gingham", "planks", "cloth", "round")
    x = 440 + c.between(-20, 20)
    kinds = c.shuffled("#e8883a", "#d8432f", "#e8b63a", "#8fae4a", "#c83a5a", "#e8a05a")
    spots = [(-150, -10), (0, -40), (150, -6), (-80, -120), (80, -124), (0, -200)]
    for k in range(10):
        c.dot(x - 210 + (k % 4) * 32, 740 + (k // 4) * 30, 22, c.ball(c.tint("#6b3f78")))
    for (dx, dy), tone in zip(spots, kinds, strict=True):
        fx, fy = x + dx, 800 + dy
        c.dot(fx, fy, 88, c.ball(c.tint(tone, 0.06)))
        if tone in {"#d8432f", "#8fae4a", "#c83a5a"}:
            c.line([(fx + 4, fy - 76), (fx + 12, fy - 108)], darker(p.table2, 0.3), 8)
            plants.leaf(c, fx + 10, fy - 96, 70, -20, mix(p.leaf, "#5d9448", 0.5))
        else:
            for _ in range(14):
                c.dot(
                    fx + c.between(-50, 50),
                    fy + c.between(-50, 50),
                    3,
                    darker(tone, 0.2),
                    alpha=0.5,
                )
    bowl = c.pick(p.third, p.paper, p.main, p.second)
    top = 830
    c.shadow(x + 30, 1030, 330, 60)
    c.form(
        "M-50 -100C-48 -40 -30 -4 -18 -4H18C30 -4 48 -40 50 -100Q0 -78 -50 -100Z",
        x,
        1030,
        600,
        220,
        c.turned(bowl),
    )
    for k in range(9):
        a = (k - 4) * 0.2
        c.oval(
            x + 270 * math.sin(a * 1.1),
            top + 84 - 30 * (1 - math.cos(a)) * 6,
            18,
            26,
            lighter(bowl, 0.5),
            alpha=0.7,
        )
    c.form("M-18 -6H18L24 0H-24Z", x, 1040, 600, 240, darker(bowl, 0.25))
    with c.moved(x + 280, 1100):
        c.path("M-90 0A90 90 0 0 1 90 0Z", c.tint("#e8883a"))
        c.path("M-78 0A78 78 0 0 1 78 0Z", "#f8dca8")
        for k in range(5):
            with c.moved(0, 0, turn=-80 + k * 40):
                c.path("M0 -8L-20 -66Q0 -78 20 -66Z", "#f0a040")
