"""Coffee, tea, and tea with pearls."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import dishes, ground, interior, plants, things, vessels
from redleaf.demo.art.registry import scene


@scene("bubble-tea", "rose", "mint", "sun", "warm", "dusk")
def bubble_tea(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "stripes", "split", "leaves")
    ground.table(c, 880, "round", "marble", "planks", "cloth")
    flavours = [
        ("#c99a6b", "#e8cfa8"),
        ("#7fa25a", "#e6ead0"),
        ("#a98ac0", "#e9dff0"),
        ("#e08a7a", "#fbe3da"),
        ("#e8a23c", "#fbe9c0"),
    ]
    chosen = c.shuffled(*flavours)[:2]
    for index, (x, y, high) in enumerate(((300, 1010, 480), (590, 1060, 560))):
        low, top = chosen[index]
        wide = high * 0.46
        with c.moved(x + wide * 0.1, y - high, turn=9):
            c.rect(-15, -190, 30, 260, c.turned(c.pick(p.main, p.third, p.second)), round=4)
        vessels.glass(c, x, y, wide, high, [low, mix(low, top, 0.45), top], foot=0.74)
        cup_line = (
            f"M{x - wide / 2:.0f} {y - high:.0f}H{x + wide / 2:.0f}"
            f"L{x + wide * 0.37:.0f} {y:.0f}H{x - wide * 0.37:.0f}Z"
        )
        with c.inside(cup_line):
            for _ in range(34):
                bx, by = (
                    x + c.between(-0.4, 0.4) * wide,
                    y - 26 - abs(c.random.gauss(0, 0.5)) * high * 0.24,
                )
                c.dot(bx, by, wide * 0.07, c.ball("#33201c"))
            for _ in range(4):
                with c.moved(
                    x + c.between(-0.3, 0.3) * wide,
                    y - high * c.between(0.6, 0.8),
                    turn=c.between(-30, 30),
                ):
                    c.rect(-30, -28, 58, 54, "#ffffff", round=10, alpha=0.4)
        c.form(
            "M-54 0C-54 -60 -30 -100 0 -100C30 -100 54 -60 54 0Z",
            x,
            y - high,
            wide,
            high * 0.17,
            "#ffffff",
            alpha=0.42,
        )
        c.rect(x - wide * 0.55, y - high - 8, wide * 1.1, 20, lighter(p.paper, 0.3), round=10)
        plants.maple_leaf(c, x, y - high * 0.45, wide * 0.15, 0, c.pick(p.main, p.paper))
    for k in range(4):
        c.dot(760 + k * 34, 1120 - (k % 2) * 16, 15, c.ball("#33201c"))


@scene("coffee-cup", "warm", "mono", "cool", "dusk")
def coffee_cup(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "panes", "arch", "leaves", "split", "plain", "sun")
    if c.chance(0.5):
        interior.window(c, c.pick(60, 500), 80, 330, 430, view=c.pick("snow", "roofs", "hills"))
    ground.table(c, 800, "planks", "round", "marble")
    x, colour = c.between(400, 500), c.pick(p.paper, p.main, p.third, p.second, p.leaf)
    vessels.cup(c, x, 1000, 340, 290, colour, liquid="#5a3320")
    c.form("M0 -50C30 -66 66 -20 0 50C-66 -20 -30 -66 0 -50Z", x, 722, 130, 40, "#e8c9a0")
    vessels.steam(c, x, 690, 420, 3)
    side = c.pick(-1, 1)
    if c.chance(0.5):
        things.book_pile(c, x + side * 330, 900, 280, 3)
        plants.plant(c, x + side * 330, 800, 240)
    else:
        plants.bunch(c, x + side * 300, 880, 420)
    for _ in range(9):
        bx, by = x - side * c.between(170, 330), c.between(1070, 1140)
        c.oval(bx, by, 20, 14, c.ball("#4a2a1c"), turn=c.between(0, 90))
        c.line([(bx - 12, by + 2), (bx, by - 2), (bx + 12, by + 2)], "#2a1610", 3)


@scene("latte-art", "warm", "mono", "mint", "rose")
def latte_art(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    x, y = 450 + c.between(-50, 50), 600 + c.between(-60, 60)
    vessels.dish(
        c, x, y, 350, mix(p.paper, c.pick(p.third, p.main, p.second, p.wall2), c.pick(0.1, 0.8))
    )
    with c.moved(x, y, turn=c.between(-60, 60)):
        c.rect(200, -34, 130, 68, darker(p.paper, 0.14), round=30)
    cup = c.pick(p.paper, p.main, p.third, p.ink)
    vessels.dish(c, x, y, 236, cup, "#9a5a2e")
    _milk(c, x, y)
    vessels.spoon(c, x - 250, y + 330, 330, c.between(-24, 14))
    for dx, dy in ((-300, -430), (300, 450), (320, -430)):
        c.rect(x + dx, y + dy, 70, 64, c.down("#fffaf0", "#e2d4bd"), round=8)
    dishes.croissant(c, c.pick(140, 770), c.pick(150, 1080), 260, c.between(0, 180))


def _milk(c: Canvas, x: float, y: float) -> None:
    """What was poured into the coffee: a leaf, a heart or a tulip."""
    turn = c.between(-40, 20)
    kind = c.pick("leaf", "heart", "tulip")
    cream = "#f6e2c4"
    with c.moved(x, y, turn=turn):
        if kind == "leaf":
            for k in range(6):
                w = 150 - abs(k - 2.4) * 26
                c.form(
                    "M-50 0C-40 -60 -10 -30 0 10C10 -30 40 -60 50 0C30 40 10 40 0 60C-10 40"
                    " -30 40 -50 0Z",
                    0,
                    -110 + k * 44,
                    w * 1.8,
                    76,
                    cream,
                )
                c.form(
                    "M-40 4C-30 -40 -8 -10 0 20C8 -10 30 -40 40 4C24 30 8 30 0 46C-8 30 -24"
                    " 30 -40 4Z",
                    0,
                    -100 + k * 44,
                    w * 1.6,
                    50,
                    "#b87a48",
                )
            c.line([(0, -150), (0, 160)], cream, 7)
        else:
            for k in range(3 if kind == "tulip" else 1):
                size = 250 if kind == "heart" else 210 - k * 50
                c.form(
                    "M0 50C-70 0 -50 -60 -14 -48Q-4 -44 0 -30Q4 -44 14 -48C50 -60 70 0 0 50Z",
                    0,
                    10 + (40 - k * 74 if kind == "tulip" else 0),
                    size,
                    size,
                    cream,
                )
                c.form(
                    "M0 34C-46 0 -34 -40 -10 -34Q-2 -30 0 -20Q2 -30 10 -34C34 -40 46 0 0 34Z",
                    0,
                    14 + (40 - k * 74 if kind == "tulip" else 0),
                    size,
                    size,
                    "#c68a55",
                    alpha=0.45,
                )


@scene("tea-set", "mint", "warm", "mono", "dusk")
def tea_set(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "leaves", "plain")
    plants.sprig(c, c.pick(-20, 920), 90, 420, turn=c.pick(30, 150))
    ground.table(c, 800, "planks", "round", "cloth")
    wood = darker(p.table2, 0.12)
    c.shadow(460, 1090, 430, 60)
    c.shape([(90, 980), (810, 980), (880, 1080), (20, 1080)], c.down(lighter(wood, 0.25), wood))
    c.rect(20, 1080, 860, 36, darker(wood, 0.3), round=6)
    for k in range(7):
        c.rect(130 + k * 96, 996, 56, 8, darker(wood, 0.35), round=4)
    colour = c.pick(p.main, p.third, p.leaf, mix(p.table2, p.ink, 0.4), p.paper)
    vessels.teapot(c, 360, 1010, 330, colour)
    for k, (x, y) in enumerate(((620, 1040), (750, 1050), (520, 1075))):
        vessels.bowl(c, x, y, 116, 74, c.pick(colour, p.paper), mix("#c98a35", p.leaf, 0.2 * k))
    vessels.steam(c, 620, 950, 260, 2)
    for _ in range(14):
        plants.leaf(
            c,
            c.between(140, 300),
            c.between(1120, 1160),
            34,
            c.between(0, 360),
            darker(p.leaf, 0.3),
            0.2,
        )
