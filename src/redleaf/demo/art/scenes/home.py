"""Rooms, and what stands in them."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import (
    furniture,
    ground,
    interior,
    plants,
    things,
    vessels,
)
from redleaf.demo.art.registry import scene


@scene("apartment-room", "warm", "mint", "cool", "sun")
def apartment_room(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "split", "panes")
    ground.floor(c, 830)
    interior.window(
        c,
        130,
        150,
        380,
        450,
        view=c.pick("roofs", "towers", "snow", "hills"),
        curtain=c.pick(p.paper, p.second, mix(p.main, p.paper, 0.4)),
    )
    interior.frame(c, 660, 220, 150, 190)
    ground.rug(c, 430, 1040, 400, 120, c.pick(p.main, p.third, p.second))
    furniture.sofa(c, 420, 980, 560, c.pick(p.third, p.leaf, p.main, p.second))
    plants.plant(c, 790, 960, 460, c.pick("monstera", "rubber"))
    furniture.table_low(c, 420, 1120, 320)
    vessels.cup(c, 350, 1044, 70, 54, p.paper, saucer=False)
    things.book_pile(c, 480, 1044, 130, 2)
    furniture.pendant(c, 600, 300, 120, p.second)


@scene("bedroom", "dusk", "rose", "cool", "warm")
def bedroom(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "split", "stripes", "panes")
    ground.floor(c, 900)
    if c.chance(0.5):
        interior.window(
            c, 330, 110, 320, 380, view=c.pick("snow", "towers", "hills"), curtain=p.paper
        )
    else:
        interior.frame(c, 250, 200, 190, 240)
        interior.frame(c, 480, 240, 150, 190)
    furniture.bed(c, 430, 1080, 640, c.pick(p.main, p.third, p.second, p.leaf))
    c.rect(760, 830, 150, 190, c.turned(p.table), round=6)
    c.rect(776, 900, 118, 6, darker(p.table, 0.35))
    interior.lamp(c, 830, 830, 260, c.pick(p.paper, p.second, p.main))
    ground.rug(c, 420, 1160, 420, 70, c.pick(p.third, p.second, p.paper))
    furniture.bulb_string(c, 190)


@scene("desk-setup", "cool", "mono", "dusk", "mint")
def desk_setup(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "split", "panes", "sun")
    ground.shelf(c, 330, 480, 420)
    things.books(c, 500, 330, 180, 150)
    plants.plant(c, 790, 330, 180, c.pick("cactus", "fern"))
    interior.frame(c, 110, 170, 170, 210)
    top = 880
    c.rect(-170, top, 1240, 40, c.down(lighter(p.table, 0.25), p.table))
    c.rect(-170, top + 40, 1240, 300, c.down(darker(p.wall2, 0.2), darker(p.wall2, 0.32)))
    for x in (60, 800):
        c.rect(x, top + 40, 44, 300, darker(p.table2, 0.2))
    furniture.screen(c, 430, top, 560)
    interior.lamp(c, 800, top, 380, c.pick(p.main, p.second, p.third))
    vessels.cup(c, 120, top, 100, 90, c.pick(p.main, p.paper, p.second), saucer=False)
    c.rect(240, top - 16, 380, 20, c.down(p.paper, darker(p.paper, 0.2)), round=6)
    c.oval(690, top - 6, 34, 14, p.paper)
    furniture.chair_back(c, 440, 1210, 330, c.pick(p.third, p.main, p.ink))


@scene("bookshelf", "warm", "mono", "dusk", "mint")
def bookshelf(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "stripes", "split")
    wood = c.pick(p.table, p.table2, mix(p.paper, p.table, 0.3))
    c.rect(60, 70, 780, 1060, darker(wood, 0.45))
    ladder = c.chance(0.3)
    for row in range(5):
        y = 290 + row * 212
        c.rect(84, y - 196, 732, 196, c.down(darker(wood, 0.5), darker(wood, 0.35)))
        split = c.between(0.35, 0.65)
        kind = c.random.randrange(4)
        if kind == 0:
            things.books(c, 96, y, 700 * split, 178)
            plants.plant(c, 96 + 700 * (split + 1) / 2, y, 180)
        elif kind == 1:
            things.books(c, 96 + 700 * split, y, 700 * (1 - split), 178)
            things.book_pile(c, 96 + 350 * split, y, 700 * split * 0.7, 3)
        else:
            things.books(c, 96, y, 700, 178)
        c.rect(70, y, 760, 22, c.down(lighter(wood, 0.2), darker(wood, 0.1)))
    for x in (52, 820):
        c.rect(x, 60, 30, 1090, c.turned(wood))
    c.rect(40, 50, 820, 34, c.down(lighter(wood, 0.25), wood))
    if ladder:
        for dx in (0, 110):
            c.line([(560 + dx, 80), (640 + dx, 1190)], lighter(p.second, 0.1), 18)
        for k in range(8):
            c.line([(576 + k * 9, 190 + k * 130), (686 + k * 9, 190 + k * 130)], p.second, 14)


@scene("sofa", "mint", "warm", "cool", "rose")
def sofa(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "arch", "sun", "panes", "split", "leaves")
    ground.floor(c, 850)
    if c.chance(0.6):
        for k in range(3):
            interior.frame(c, 190 + k * 190, 240 + (k % 2) * 40, 150, 190)
    ground.rug(c, 450, 1070, 430, 110, c.pick(p.second, p.paper, p.main))
    colour = c.pick(p.main, p.third, p.leaf, p.second)
    furniture.sofa(c, 440, 1030, 680, colour, cat=c.chance(0.5))
    things_side = c.pick(60, 840)
    furniture.floor_lamp(c, things_side, 1020, 620, c.pick(p.paper, p.second))
    plants.plant(c, 900 - things_side, 1040, 420, c.pick("monstera", "rubber", "snake"))


@scene("moving-boxes", "warm", "sun", "cool")
def moving_boxes(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "panes", "split")
    ground.floor(c, 800)
    interior.window(c, c.pick(80, 480), 120, 320, 420, view=c.pick("roofs", "towers", "snow"))
    things.box(c, 250, 940, 330, 260)
    things.box(c, 270, 680, 260, 190)
    things.box(c, 600, 980, 300, 250, open=True)
    interior.lamp(c, 560, 740, 260, p.main, lit=False)
    plants.leaf(c, 660, 740, 190, -70, p.leaf)
    plants.leaf(c, 680, 740, 170, -40, darker(p.leaf, 0.15))
    things.box(c, 330, 1140, 260, 180)
    plants.plant(c, 790, 1150, 330, c.pick("snake", "monstera"))
    with c.moved(120, 1130, turn=-12):
        c.ring(0, 0, 54, 54, c.tint("#c9a86b"), 34)
    furniture.rolled_rug(c, 800, 900, 480, c.pick(p.third, p.main))


@scene("kitchen-counter", "mint", "warm", "sun", "cool")
def kitchen_counter(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "tiles", "split", "panes")
    ground.shelf(c, 330)
    for k in range(5):
        x = 110 + k * 170
        wide, high = c.between(84, 110), c.between(110, 190)
        colour = c.pick(p.paper, p.second, p.third, p.main)
        if c.chance(0.66):
            vessels.jar(c, x, 330, wide, high, colour)
        else:
            vessels.bottle(c, x, 330, wide, high, colour)
    for k in range(4):
        x = 200 + k * 150
        c.line([(x, 356), (x, 410)], p.ink, 5)
        furniture.utensil(c, x, 410, 190, k)
    ground.table(c, 850, "marble", "planks")
    c.rect(-170, 900, 1240, 300, c.down(mix(p.third, p.wall2, 0.4), mix(p.third, p.ink, 0.15)))
    for k in range(4):
        c.rect(-150 + k * 300, 930, 280, 260, lighter(mix(p.third, p.wall2, 0.4), 0.1), round=6)
        c.rect(-60 + k * 300, 960, 100, 12, p.second, round=6)
    furniture.cooking_pot(c, 240, 850, 250, c.pick(p.main, p.second, p.ink))
    vessels.steam(c, 240, 640, 250, 3)
    with c.moved(520, 850):
        c.rect(-110, -22, 230, 24, c.down(lighter(p.table, 0.2), p.table2), round=8)
        for k in range(4):
            c.dot(-70 + k * 48, -48, 30, c.ball(c.tint(c.pick("#d8432f", "#e8883a", "#8fae4a"))))
    vessels.bottle(c, 700, 850, 84, 260, "#a8873a", cap=p.main)
    plants.plant(c, 810, 850, 220, "fern")


@scene("plant-window", "mint", "sun", "warm", "cool")
def plant_window(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "split", "stripes")
    interior.window(
        c,
        150,
        130,
        600,
        700,
        view=c.pick("hills", "roofs", "snow", "sea"),
        curtain=c.pick("", "", p.paper),
    )
    c.rect(60, 850, 780, 44, c.down(lighter(p.paper, 0.2), darker(p.paper, 0.16)))
    c.rect(60, 894, 780, 60, c.fading(p.ink, 0.3, 0))
    kinds = c.shuffled("monstera", "snake", "fern", "rubber", "cactus")
    for k in range(4):
        plants.plant(c, 160 + k * 195, 856, c.between(260, 440), kinds[k])
    for x in (230, 680):
        c.line([(x, 0), (x, 150)], p.ink, 4)
        for _ in range(11):
            plants.leaf(
                c,
                x + c.between(-50, 50),
                200 + c.between(0, 170),
                74,
                90 + c.between(-50, 50),
                mix(p.leaf, darker(p.leaf, 0.3), c.between(0, 1)),
            )
        c.form("M-50 -60H50L36 0H-36Z", x, 236, 130, 150, c.turned(p.second))
    ground.table(c, 1080, "planks", "cloth")
    furniture.watering_can(c, 440, 1130, 240, c.pick(p.main, p.third, p.second))


@scene("bathroom-shelf", "mint", "cool", "rose", "mono")
def bathroom_shelf(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "tiles", "split", "arch")
    c.dot(450, 330, 232, c.pick(p.second, p.table, p.ink))
    c.dot(450, 330, 212, c.down(mix(p.third, p.paper, 0.65), mix(p.wall, p.paper, 0.4)))
    c.shape([(300, 440), (440, 140), (500, 130), (350, 490)], "#ffffff", alpha=0.35)
    ground.shelf(c, 740, 60, 780)
    x = 130.0
    while x < 720:
        kind, colour = (
            c.pick("pump", "jar", "dropper", "tube"),
            c.pick(p.main, p.paper, p.third, p.second, p.leaf),
        )
        if kind == "jar":
            vessels.jar(c, x, 740, 110, 90, colour)
        elif kind == "tube":
            vessels.tube(c, x, 740, 80, 180, colour)
        else:
            vessels.bottle(c, x, 740, 92, c.between(170, 230), colour, kind=kind)
        x += 140
    plants.plant(c, 770, 740, 210, "fern")
    c.rect(150, 800, 600, 14, p.second, round=7)
    furniture.towel(c, 320, 800, 220, 280, c.pick(p.main, p.third, p.second))
    furniture.towel(c, 600, 800, 190, 220, p.paper)
    ground.table(c, 1110, "marble")


@scene("laundry", "cool", "mint", "sun")
def laundry(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "split", "stripes")
    ground.floor(c, 1030, mix(p.table, p.wall, 0.4))
    ground.shelf(c, 330)
    for k in range(4):
        x = 150 + k * 160
        vessels.bottle(
            c,
            x,
            330,
            104,
            c.between(150, 220),
            c.pick(p.main, p.third, p.second, p.paper),
            kind=c.pick("screw", "pump"),
        )
    furniture.washer(c, 340, 1070, 460, c.pick(p.paper, mix(p.third, p.paper, 0.6)))
    furniture.basket(c, 730, 1090, 260, 230)
    for k in range(5):
        tone = c.pick(p.main, p.second, p.third, p.paper, p.leaf)
        c.blob(
            [
                (650 + k * 36, 880),
                (690 + k * 30, 800 - k % 2 * 30),
                (740 + k * 22, 860),
                (720 + k * 20, 900),
            ],
            c.ball(tone),
        )
    for _ in range(10):
        px, py, r = c.between(60, 860), c.between(360, 640), c.between(12, 34)
        c.ring(px, py, r, r, "#ffffff", 4, alpha=0.8)
        c.dot(px, py, r, "#ffffff", alpha=0.2)


@scene("lamp-corner", "dusk", "warm", "night", "mono")
def lamp_corner(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "stripes", "split")
    ground.floor(c, 880, p.table2)
    interior.window(c, c.pick(90, 520), 120, 290, 400, view=c.pick("towers", "snow"))
    furniture.floor_lamp(c, 660, 1010, 720, c.pick(p.second, p.paper, p.main))
    furniture.armchair(c, 370, 1060, 420, c.pick(p.main, p.third, p.leaf, p.second))
    ground.rug(c, 420, 1120, 380, 66, c.pick(p.paper, p.third, p.main))
    things.book_pile(c, 700, 1090, 190, 4)
    plants.plant(c, 90, 1050, 380, c.pick("monstera", "rubber"))
    c.glow(660, 420, 620, p.glow, 0.55)
