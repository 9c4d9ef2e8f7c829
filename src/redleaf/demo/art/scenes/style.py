"""Clothes, shoes and what goes with them."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import clothes, ground, land, plants, things
from redleaf.demo.art.registry import scene


@scene("winter-coat", "cool", "rose", "warm", "mono")
def winter_coat(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "arch", "split", "panes", "sun")
    ground.floor(c, 1030)
    colour = c.pick(p.main, p.third, p.second, mix(p.table2, p.ink, 0.2), p.leaf)
    c.rect(60, 150, 780, 20, c.turned(p.table), round=10)
    c.line([(450, 166), (450, 190)], p.ink, 5)
    clothes.hanger(c, 450, 196, 320)
    if c.chance(0.5):
        clothes.quilted(c, 450, 590, 520, 660, colour)
    else:
        clothes.coat(c, 450, 600, 520, 700, colour, fur=c.chance(0.6))
    side = c.pick(-1, 1)
    scarf = c.pick(*[t for t in (p.main, p.paper, p.second, p.third) if t != colour])
    x = 450 + side * 310
    c.rect(x - 36, 160, 72, 420, c.turned(scarf, 0.6), round=14)
    for k in range(6):
        c.rect(x - 36, 210 + k * 60, 72, 20, lighter(scarf, 0.4), alpha=0.7)
        c.line([(x - 30 + k * 12, 580), (x - 30 + k * 12, 612)], scarf, 7)
    clothes.boot(c, 450 - side * 300, 1140, 170, 220, darker(p.table, 0.1))
    clothes.boot(c, 450 - side * 200, 1160, 170, 220, darker(p.table, 0.1))
    clothes.cap(c, 450 + side * 270, 1130, 180, scarf)


@scene("outfit-flatlay", "rose", "warm", "mint", "mono", "cool")
def outfit_flatlay(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "linen", "slabs", "boards", "veined")
    tones = c.shuffled(p.main, p.second, p.third, p.leaf, p.paper, mix(p.ink, p.third, 0.3))
    with c.moved(340, 360, turn=c.between(-12, 4)):
        clothes.sweater(c, 0, 0, 480, 480, tones[0])
    with c.moved(380, 840, turn=c.between(-6, 10)):
        c.pick(clothes.trousers, clothes.skirt)(c, 0, 0, 400, 560, tones[1])
    with c.moved(740, 850, turn=c.between(-8, 8)):
        clothes.sneaker(c, -10, 20, 230, tones[4], tones[2])
        clothes.sneaker(c, 10, 180, 230, tones[4], tones[2])
    with c.moved(730, 560, turn=8):
        things.tote(c, 0, 60, 210, 190, tones[3])
    clothes.glasses(c, 710, 200, 250, p.ink, p.third, c.between(-16, 12))
    c.ring(120, 690, 44, 44, c.pick(p.second, p.table), 10)
    c.rect(98, 660, 46, 58, p.paper, round=10)
    plants.sprig(c, 640, 1150, 250, turn=-24)


@scene("sneakers", "sun", "cool", "mono", "mint")
def sneakers(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "split", "stripes", "plain")
    ground.table(c, 830, "planks", "marble", "round")
    colour, accent = c.pick(
        (p.paper, p.main),
        (p.paper, p.third),
        (p.main, p.paper),
        (p.third, p.second),
        (p.second, p.ink),
    )
    ground.podium(c, 470, 800, 330, 170, mix(p.wall2, c.pick(p.third, p.main, p.second), 0.4))
    with c.moved(480, 800, turn=-9):
        clothes.sneaker(c, 0, -14, 470, colour, accent)
    clothes.sneaker(c, 380, 1090, 560, colour, accent)
    things.box(c, 760, 960, 170, 90, accent)


@scene("winter-boots", "cool", "warm", "mono", "rose")
def winter_boots(c: Canvas) -> None:
    p = c.palette
    if c.chance(0.5):
        ground.backdrop(c, "plain", "split", "arch", "panes")
        ground.floor(c, 820)
        ground.rug(c, 450, 1060, 430, 110, c.pick(p.main, p.third, p.second))
    else:
        land.sky(c, 800, light="clouds")
        for k in range(9):
            land.conifer(
                c, -100 + k * 140, 800, c.between(180, 380), mix(p.leaf, p.ink, 0.25), snow=True
            )
        land.snow_ground(c, 770)
    colour = c.pick(p.main, p.table, p.third, p.second, mix(p.ink, p.table, 0.4))
    clothes.boot(c, 330, 1030, 350, 480, darker(colour, 0.08))
    clothes.boot(c, 540, 1080, 370, 510, colour)
    land.snowfall(c, 50)


@scene("tote-bag", "mint", "warm", "sun", "mono")
def tote_bag(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "leaves", "stripes", "split")
    ground.table(c, 900, "planks", "cloth", "marble", "round")
    x, colour = 450, c.pick(p.paper, p.second, p.main, p.third)
    for k in range(5):
        plants.sprig(c, x - 120 + k * 30, 620, c.between(240, 340), turn=-90 + (k - 2) * 13)
        plants.flower(
            c, x - 130 + k * 50, 420 + (k % 2) * 60, 54, c.pick(p.main, p.second, p.paper)
        )
    with c.moved(x + 140, 620, turn=12):
        c.rect(-46, -240, 92, 320, c.turned(c.tint("#c9803a")), round=46)
        for k in range(4):
            c.line([(-28, -190 + k * 64), (26, -214 + k * 64)], "#f0cf98", 9)
    things.tote(c, x, 1060, 500, 480, colour)
    for k in range(2):
        c.dot(
            760 + k * 76, 1100 - k * 6, 44, c.ball(c.tint(c.pick("#e8883a", "#d8432f", "#8fae4a")))
        )


@scene("scarf", "warm", "cool", "rose", "mint")
def scarf(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs", "veined")
    colour = c.pick(p.main, p.third, p.second, p.leaf)
    second = c.pick(p.paper, lighter(colour, 0.5), p.second if colour != p.second else p.main)
    ways = [
        [
            (90, 180),
            (420, 130),
            (700, 300),
            (560, 520),
            (260, 600),
            (190, 800),
            (430, 960),
            (760, 900),
        ],
        [
            (780, 140),
            (460, 210),
            (170, 330),
            (240, 580),
            (560, 600),
            (730, 770),
            (560, 980),
            (180, 1010),
        ],
    ]
    way = c.pick(*ways)
    c.line([(x + 16, y + 22) for x, y in way], p.ink, 186, alpha=0.2)
    c.line(way, darker(colour, 0.18), 186)
    c.line([(x - 5, y - 8) for x, y in way], colour, 166)
    for shift in (-50, -16, 16, 50):
        c.line([(x + shift * 0.3, y + shift) for x, y in way], second, 11, alpha=0.8)
    for end, inward in ((way[0], way[1]), (way[-1], way[-2])):
        way_x = 1 if end[0] > inward[0] else -1
        for k in range(9):
            c.line(
                [
                    (end[0] + way_x * 60, end[1] - 80 + k * 20),
                    (end[0] + way_x * 140, end[1] - 86 + k * 21),
                ],
                colour,
                9,
            )
    for x, y in ((690, 560), (130, 690)):
        for turn in (0, 60, 120):
            with c.moved(x, y, turn=turn):
                c.line([(-44, 0), (44, 0)], p.paper, 6, alpha=0.8)
    clothes.cap(c, c.pick(190, 720), 1150, 230, second)
    for _ in range(4):
        plants.maple_leaf(
            c,
            c.between(60, 840),
            c.between(60, 1140),
            c.between(26, 44),
            c.between(0, 360),
            c.pick(p.second, p.main),
        )


@scene("sunglasses", "sun", "sun", "rose", "mint")
def sunglasses(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "linen", "specks", "checks")
    sand = c.tint("#efd7a8")
    c.blob(
        [(-400, 1500), (-170, 760), (180, 700), (480, 800), (800, 720), (1070, 780), (1400, 1500)],
        c.down(lighter(sand, 0.2), sand),
    )
    for _ in range(70):
        c.dot(c.between(-170, 1070), c.between(780, 1200), 3, darker(sand, 0.25), alpha=0.6)
    clothes.glasses(
        c,
        450,
        600,
        560,
        c.pick(p.ink, p.main, p.second, "#7a4a2a"),
        c.pick(p.third, p.main, p.ink, p.leaf),
        c.between(-14, 10),
    )
    c.form("M-50 30C-60 -30 60 -30 50 30Z", 250, 260, 420, 260, c.tint("#dcb676"))
    c.oval(250, 320, 270, 70, c.tint("#e6c588"))
    c.oval(250, 300, 118, 40, darker(c.tint("#dcb676"), 0.15))
    c.form(
        "M-27 0C-28 -20 28 -20 27 0C26 12 -26 12 -27 0Z",
        250,
        292,
        440,
        170,
        c.pick(p.main, p.third),
    )
    for x, y, r in ((700, 960, 60), (200, 1000, 46), (470, 1080, 54)):
        c.form(
            "M-50 0C-40 -70 40 -70 50 0C30 16 -30 16 -50 0Z",
            x,
            y,
            r * 2,
            r * 1.7,
            c.turned(c.pick(p.main, p.second, p.paper)),
        )
        for k in range(-2, 3):
            c.line([(x, y - 4), (x + k * r * 0.3, y - r * 0.85)], p.ink, 3, alpha=0.35)
    plants.branch_shade(c, 940, 30, 520, turn=150)


@scene("hanbok-rack", "rose", "mint", "dusk", "warm")
def hanbok_rack(c: Canvas) -> None:
    """A rack of clothes, some of them wide skirts under short jackets."""
    p = c.palette
    ground.backdrop(c, "plain", "arch", "panes", "stripes", "sun")
    ground.floor(c, 1000)
    wood = p.table2
    for x in (70, 820):
        c.rect(x, 180, 20, 900, c.turned(wood), round=8)
        c.rect(x - 50, 1066, 120, 18, c.turned(wood), round=8)
    c.rect(50, 176, 810, 18, c.turned(lighter(wood, 0.1)), round=8)
    tones = c.shuffled(p.main, p.second, p.third, p.leaf, p.paper, "#d98aa0")
    for index, x in enumerate((190, 390, 590, 740)):
        clothes.hanger(c, x, 194, 130)
        colour, other = tones[index], tones[(index + 2) % 6]
        if index % 2 == 0:
            c.form(
                "M-24 -100C-34 -60 -54 -14 -58 0Q0 12 58 0C54 -14 34 -60 24 -100Z",
                x,
                980,
                200,
                600,
                c.turned(colour, 0.5),
            )
            for k in range(-3, 4):
                c.line(
                    [(x + k * 13, 400), (x + k * 26, 690), (x + k * 31, 976)],
                    darker(colour, 0.2),
                    5,
                    alpha=0.4,
                )
            c.form(
                "M-20 -50L0 -30L20 -50L58 -8L46 12L28 -2V40H-28V-2L-46 12L-58 -8Z",
                x,
                330,
                190,
                240,
                c.turned(other, 0.5),
            )
            c.line([(x - 20, 220), (x + 4, 272), (x + 20, 220)], p.paper, 9, curved=False)
            c.line(
                [(x + 6, 300), (x + 16, 380), (x + 8, 470)],
                p.main if other != p.main else p.second,
                11,
            )
            c.line(
                [(x + 2, 300), (x - 14, 370), (x - 8, 430)],
                p.main if other != p.main else p.second,
                11,
            )
        else:
            clothes.coat(c, x, 480, 230, 460, colour)
    things.box(c, 200, 1150, 150, 90, p.main)
    plants.plant(c, 790, 1150, 260, "fern")
