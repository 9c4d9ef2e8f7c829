"""Dishes, most of them seen from above."""

import math

from redleaf.demo.art.canvas import Canvas, disc
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import dishes, foods, ground, plants, vessels
from redleaf.demo.art.registry import scene

SOY = "#5a2e1c"


@scene("hotpot", "warm", "warm", "dusk", "night")
def hotpot(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "slabs", "checks", "boards")
    x, y, r = 450 + c.between(-40, 40), 600 + c.between(-60, 60), 290
    kinds = c.shuffled("greens", "meat", "tofu", "mushroom", "balls", "egg")
    with c.about(c.between(-34, 34)):
        for dx, dy in ((-330, -390), (300, -420), (-350, 400), (330, 390)):
            dishes.side_dish(c, x + dx, y + dy, c.between(128, 158), kinds.pop())
        dishes.side_dish(c, x + 10, y + 490, 104, "sauce")
        dishes.side_dish(c, x - 20, y - 490, 110, kinds.pop())
        vessels.pot_above(c, x, y, r, mix("#b9b4ac", p.wall, 0.2), "#c9421f")
        with c.inside(disc(x + 3, y + 5, r * 0.87)):
            turn = c.between(-40, 40)
            with c.moved(x, y, turn=turn):
                c.path(
                    f"M0 {-r}A{r} {r} 0 0 0 0 {r}A{r / 2} {r / 2} 0 0 0 0 0A{r / 2} {r / 2}"
                    f" 0 0 1 0 {-r}Z",
                    c.ball("#f0dfb8"),
                )
                c.stroke(
                    f"M0 {-r}A{r / 2} {r / 2} 0 0 0 0 0A{r / 2} {r / 2} 0 0 1 0 {r}",
                    darker("#b9b4ac", 0.3),
                    14,
                )
            foods.float_in(c, x, y, r * 0.78, 30)
        vessels.chopsticks(c, x + 340, y + 60, 480, 78)
    vessels.steam(c, x - 60, y + 40, 420, 3, 0.4)


@scene("noodle-bowl", "warm", "cool", "sun", "mint")
def noodle_bowl(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    x, y, r = 440 + c.between(-30, 40), 620 + c.between(-40, 40), 335
    soup = c.pick("#d89a4a", "#b5522a", "#e8d3a0", "#8a4a26")
    vessels.dish(c, x, y, r, c.pick(p.paper, p.third, p.main, p.ink), soup)
    with c.inside(disc(x, y, r * 0.82)):
        foods.noodles(c, x, y + 20, r * 0.66)
        kinds = c.shuffled("beef", "egg", "shrimp", "greens", "mushrooms", "shred")
        with c.moved(x, y, turn=c.between(0, 360)):
            for dx, dy in ((-0.36, -0.4), (0.4, -0.3), (0.42, 0.36))[: c.pick(2, 3)]:
                foods.topping(c, r * dx, r * dy, r * 0.34, kinds.pop())
        foods.scatter(c, x, y, r * 0.6, 34, "#5f9a44", "#7db35a", "#c8402f")
        for _ in range(22):
            a, d = c.between(0, math.tau), r * c.between(0.3, 0.78)
            c.ring(
                x + d * math.cos(a), y + d * math.sin(a), 11, 11, lighter(soup, 0.4), 3, alpha=0.7
            )
    if c.chance(0.4):
        vessels.chopsticks(c, x + 40, y - 20, 760, c.between(-50, 50))
    else:
        vessels.chopsticks(c, x + 120, y + 420, 620, c.between(-22, -8))
    dishes.side_dish(c, c.pick(150, 730), 150, 110, c.pick("sauce", "pickle", "greens"))


@scene("dumplings", "warm", "mint", "sun", "cool")
def dumplings(c: Canvas) -> None:
    ground.surface(c)
    x, y, r = 420 + c.between(-20, 50), 560 + c.between(-30, 50), 330
    dishes.steamer(c, x, y, r)
    fill = c.tint("#f2e3c6", 0.06)
    if c.chance(0.5):
        dishes.bun(c, x, y, 88, fill)
        for k in range(6):
            a = k * math.tau / 6 + 0.3
            dishes.bun(c, x + 186 * math.cos(a), y + 186 * math.sin(a), 88, fill)
    else:
        for k in range(8):
            a = k * math.tau / 8
            dishes.crescent(
                c, x + 192 * math.cos(a), y + 192 * math.sin(a), 158, math.degrees(a) + 90, fill
            )
        for k in range(3):
            dishes.crescent(
                c, x + 62 * math.cos(k * 2.1), y + 62 * math.sin(k * 2.1), 140, k * 120 + 80, fill
            )
    vessels.steam(c, x, y, 400, 3, 0.4)
    dishes.side_dish(c, x + 260, y + 440, 118, "sauce")
    dishes.side_dish(c, x - 250, y + 470, 96, "chili")
    vessels.chopsticks(c, x + 10, y + 510, 420, c.between(-30, -10))


@scene("congee", "warm", "cool", "mint", "sun")
def congee(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "linen", "boards", "slabs", "checks")
    x, y, r = 440 + c.between(-20, 20), 590 + c.between(-30, 30), 310
    vessels.dish(c, x, y, r, c.pick(p.third, p.main, p.paper, p.leaf), "#f3ead6")
    with c.inside(disc(x, y, r * 0.82)):
        for _ in range(46):
            a, d = c.between(0, math.tau), r * 0.8 * math.sqrt(c.random.random())
            c.oval(
                x + d * math.cos(a),
                y + d * math.sin(a),
                13,
                6,
                "#ffffff",
                alpha=0.6,
                turn=c.between(0, 180),
            )
        one, two = c.shuffled("thousand", "shred", "shrimp", "egg", "greens")[:2]
        with c.moved(x, y, turn=c.between(0, 360)):
            foods.topping(c, -40, -60, 104, one)
            foods.topping(c, 80, 70, 88, two)
        foods.scatter(c, x, y, r * 0.5, 40, "#5f9a44", "#86b85c", "#d9a04a")
    vessels.spoon(c, x + 120, y - 30, 420, c.between(-60, 60), p.paper)
    sides = c.shuffled("pickle", "youtiao", "egg", "tofu", "greens", "chili")
    start = c.between(0, 360)
    for k, kind in enumerate(sides[: c.pick(2, 3, 4)]):
        angle = math.radians(start + k * 90 + c.between(-16, 16))
        wide, high = 430 * math.cos(angle), 500 * math.sin(angle)
        dishes.side_dish(c, x + wide, y + high, c.between(112, 150), kind)


@scene("bento", "mint", "warm", "rose", "cool")
def bento(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    with c.moved(450, 600, turn=c.between(-9, 9)):
        case = c.pick(p.ink, p.main, p.third, darker(p.table, 0.1))
        c.rect(-296, -390, 620, 820, p.ink, round=50, alpha=0.3)
        c.rect(-310, -410, 620, 820, c.down(lighter(case, 0.15), darker(case, 0.1)), round=46)
        for x, y, w, h in ((-284, -384, 568, 360), (-284, -4, 290, 388), (26, -4, 258, 388)):
            c.rect(x, y, w, h, darker(case, 0.4), round=26)
            c.rect(x + 8, y + 12, w - 14, h - 18, lighter(case, 0.1), round=22)
        foods.rice(c, -150, -204, 120, 150)
        foods.scatter(c, -150, -204, 90, 26, "#2b2620", "#4a3a2a")
        c.dot(-150, -204, 34, c.ball("#c83a4a"))
        foods.topping(c, 90, -280, 92, "egg")
        foods.topping(c, 110, -120, 100, "shrimp")
        foods.topping(c, 240, -200, 60, "greens")
        for k in range(3):
            for j in range(2):
                dishes.roll(c, -204 + j * 124, 76 + k * 120, 58)
        for k in range(5):
            foods.broccoli(c, 90 + (k % 2) * 110, 70 + (k // 2) * 110, 56)
        for k in range(4):
            c.dot(90 + k * 44, 330 - (k % 2) * 20, 32, c.ball("#d8432f"))
    vessels.chopsticks(c, 450, 1110, 640, c.between(-6, 6))


@scene("stir-fry", "warm", "sun", "dusk", "mint")
def stir_fry(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "slabs", "checks", "veined")
    x, y, r = 420, 580 + c.between(-30, 40), 320
    with c.moved(x, y, turn=c.pick(40.0, 140.0, -40.0, -140.0) + c.between(-14, 14)):
        c.rect(r * 0.9, -28, 420, 76, p.ink, round=34, alpha=0.25)
        c.rect(
            r * 0.9, -36, 400, 68, c.down(lighter(p.table, 0.1), darker(p.table2, 0.1)), round=30
        )
    c.shadow(x + 50, y + 60, 400, 400, 0.5)
    c.dot(x, y, r, c.ball("#4a4a4e"))
    c.dot(x, y, r * 0.92, c.ball("#2f2f33"))
    with c.inside(disc(x, y, r * 0.9)):
        foods.heap(c, x, y + 10, r * 0.7, c.pick("beef", "greens", "mix", "shrimp"))
    vessels.steam(c, x, y - 20, 380, 3, 0.4)
    dishes.side_dish(c, 720, 1010, 116, "sauce")
    foods.garlic(c, 190, 1060, 70)
    plants.leaf(c, 300, 1090, 120, -20, p.leaf, 0.24)
    for k in range(3):
        foods.chili(c, 460 + k * 60, 1090 - k * 14, 110, -30 + k * 20)


@scene("bbq-skewers", "dusk", "warm", "night", "warm")
def bbq_skewers(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "slabs")
    c.rect(30, 120, 880, 900, p.ink, round=30, alpha=0.3)
    c.rect(20, 100, 860, 880, c.down("#55565c", "#38393f"), round=26)
    c.rect(54, 134, 792, 812, "#1d1a1c", round=14)
    for _ in range(60):
        x, y = c.between(80, 820), c.between(160, 920)
        c.oval(
            x,
            y,
            c.between(24, 46),
            c.between(18, 34),
            c.pick("#33282a", "#4a2a26", "#2a2326"),
            turn=c.between(0, 180),
        )
        if c.chance(0.5):
            c.glow(x, y, c.between(30, 80), c.pick("#ff7a2a", "#e8432a"), 0.6)
    for k in range(14):
        c.rect(54, 160 + k * 56, 792, 9, c.down("#9a9a9f", "#5a5a60"))
    for k in range(5):
        dishes.skewer(
            c, 150 + k * 150, 560, 860, c.between(-5, 5), c.pick("lamb", "mixed", "shrimp", "lamb")
        )
    vessels.steam(c, 420, 620, 560, 4)
    dishes.side_dish(c, 170, 1080, 100, "chili")
    dishes.side_dish(c, 690, 1096, 110, "sauce")


@scene("mooncake", "dusk", "night", "warm", "rose")
def mooncake(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "plain", "leaves")
    moon = mix(p.glow, "#ffffff", 0.3)
    c.glow(640, 260, 340, p.glow, 0.7)
    c.dot(640, 260, 120, c.ball(moon))
    plants.sprig(c, -20, 120, 440, turn=24)
    ground.table(c, 820, "round", "planks", "cloth")
    vessels.plate(c, 430, 990, 410, c.pick(p.paper, p.third, p.second))
    crust = c.tint("#b8672c", 0.04)
    for x, y in ((250, 940), (560, 930)):
        dishes.mooncake(c, x, y, 320, crust)
    if c.chance(0.5):
        dishes.mooncake(c, 410, 830, 310, crust)
    dishes.mooncake(c, 400, 1060, 350, crust, cut=True)
    vessels.cup(
        c, 790, 1140, 130, 110, c.pick(p.third, p.paper, p.main), liquid="#b8812f", saucer=False
    )
    vessels.steam(c, 790, 1020, 180, 2)


@scene("poutine", "warm", "cool", "dusk")
def poutine(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "checks", "boards", "slabs")
    with c.moved(450, 610, turn=c.between(-10, 10)):
        c.rect(-306, -336, 660, 720, p.ink, round=50, alpha=0.25)
        tray = c.pick(p.paper, p.main, p.second, p.third)
        c.rect(-320, -350, 640, 700, c.down(lighter(tray, 0.1), darker(tray, 0.12)), round=44)
        c.rect(-282, -312, 564, 624, darker(tray, 0.3), round=34)
        for _ in range(90):
            x, y = c.between(-230, 230), c.between(-260, 260)
            with c.moved(x, y, turn=c.between(0, 180)):
                tone = c.pick("#e8b04a", "#d99a35", "#f2c86a", "#c98428")
                c.rect(-62, -6, 124, 30, darker(tone, 0.35), round=8, alpha=0.6)
                c.rect(-64, -14, 128, 28, c.down(lighter(tone, 0.2), tone), round=7)
        for _ in range(9):
            x, y = c.between(-190, 190), c.between(-220, 220)
            c.blob(
                [
                    (x + c.between(50, 96) * math.cos(k), y + c.between(40, 80) * math.sin(k))
                    for k in range(6)
                ],
                "#6b3a1c",
                alpha=0.82,
            )
        for _ in range(26):
            x, y, r = c.between(-200, 200), c.between(-230, 230), c.between(20, 36)
            c.blob(
                [
                    (x + r * c.between(0.8, 1.2) * math.cos(k), y + r * 0.85 * math.sin(k))
                    for k in range(6)
                ],
                c.ball("#f8efd8"),
            )
        foods.scatter(c, 0, 0, 210, 46, "#5f9a44", "#86b85c")
    with c.moved(760, 1020, turn=-58):
        c.rect(-40, -14, 420, 32, c.across(lighter(p.table, 0.4), p.table), round=12)
        for k in range(4):
            c.rect(-130, -34 + k * 20, 100, 9, lighter(p.table, 0.4), round=4)
        c.rect(-50, -36, 34, 72, lighter(p.table, 0.4), round=14)
