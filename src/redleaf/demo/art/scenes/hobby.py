"""Games, music, art, sport, and things with a plug."""

import math

from redleaf.demo.art.canvas import Canvas, round_box
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import (
    clothes,
    devices,
    gear,
    ground,
    interior,
    land,
    plants,
    things,
    town,
    vessels,
)
from redleaf.demo.art.registry import scene


@scene("guitar", "warm", "dusk", "sun", "mint")
def guitar(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "split", "leaves", "plain")
    ground.floor(c, 960)
    ground.rug(c, 450, 1090, 380, 90, c.pick(p.main, p.third, p.second))
    gear.guitar(
        c,
        470,
        1060,
        980,
        c.tint(c.pick("#c9803a", "#a8522c", "#e0a85a", "#3a2a28")),
        turn=c.between(-12, -4),
    )
    plants.plant(c, 140, 1060, 420, c.pick("monstera", "rubber", "snake"))
    things.book_pile(c, 760, 1110, 190, 3)


@scene("film-camera", "warm", "mono", "dusk", "mint")
def film_camera(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    gear.camera(
        c,
        440,
        520,
        560,
        c.pick(p.ink, darker(p.table2, 0.2), p.main, p.third),
        turn=c.between(-14, 8),
    )
    for k in range(3):
        with c.moved(200 + k * 240, 960 + (k % 2) * 50, turn=c.between(-18, 18)):
            c.rect(-92, -112, 210, 250, p.ink, alpha=0.2)
            c.rect(-105, -125, 210, 250, "#fffdf6")
            with c.inside(round_box(-90, -110, 180, 180, 1)):
                land.view(c, -90, -110, 180, 180)
    with c.moved(740, 240, turn=24):
        c.rect(-44, -66, 100, 150, p.ink, alpha=0.22, round=12)
        c.rect(-52, -76, 104, 150, c.turned(p.second), round=12)
        c.rect(-52, -30, 104, 54, p.ink)


@scene("camera", "mono", "cool", "warm")
def camera(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "plain", "split")
    ground.table(c, 800, "planks", "marble", "round")
    c.shadow(460, 1010, 380, 60)
    gear.camera(c, 450, 800, 640, mix(p.ink, "#2a2b30", 0.5), turn=0)
    c.stroke("M140 700C40 820 60 1060 260 1080", c.pick(p.main, p.table2), 24)
    for k in range(3):
        c.shadow(700 + k * 10, 1110, 90, 20)
    c.rect(650, 980, 130, 120, c.turned(p.ink), round=14)
    for k in range(3):
        c.rect(650, 1004 + k * 30, 130, 11, lighter(p.ink, 0.25))
    c.oval(715, 982, 62, 16, mix(p.third, p.ink, 0.3))


@scene("museum", "mono", "warm", "cool", "rose")
def museum(c: Canvas) -> None:
    p = c.palette
    wall = c.pick(p.wall, mix(p.third, p.wall, 0.3), mix(p.main, p.wall, 0.35))
    c.rect(-170, 0, 1240, 1200, c.down(lighter(wall, 0.1), darker(wall, 0.08)))
    ground.floor(c, 900)
    for k in range(3):
        x = 100 + k * 300
        c.shape(
            [(x - 20, 0), (x + 120, 0), (x + 260, 640), (x - 160, 640)], c.fading(p.glow, 0.45, 0)
        )
    for x, y, w, h in ((40, 230, 250, 330), (340, 180, 300, 420), (690, 240, 250, 310)):
        interior.frame(c, x, y, w, h)
    c.rect(350, 980, 260, 24, c.turned(p.table), round=8)
    for x in (370, 570):
        c.rect(x, 1000, 18, 90, p.ink)
    town.person(c, 250, 1090, 350, c.pick(p.main, p.third), back=True)
    town.person(c, 700, 1110, 370, c.pick(p.second, p.leaf), back=True)
    town.person(c, 610, 1100, 220, p.main, back=True)


@scene("board-game", "sun", "mint", "warm", "dusk")
def board_game(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs", "checks")
    with c.moved(450, 560, turn=c.between(-12, 12)):
        c.rect(-320, -320, 690, 700, p.ink, alpha=0.24, round=20)
        c.rect(-345, -345, 690, 690, c.down(lighter(p.second, 0.3), p.second), round=18)
        for k in range(7):
            tones = [p.main, p.third, p.leaf, p.paper]
            for x, y in (
                (-325 + k * 94, -325),
                (-325 + k * 94, 239),
                (-325, -325 + k * 94),
                (239, -325 + k * 94),
            ):
                c.rect(x + 3, y + 3, 86, 86, tones[(k + int(x + y)) % 4], round=10)
        c.dot(0, 0, 150, mix(p.third, p.paper, 0.5))
        plants.maple_leaf(c, 0, 4, 110, 0, p.main)
        for _ in range(7):
            px, py = c.between(-300, 300), c.pick(-280, 280)
            c.form(
                "M-40 0C-36 -30 -14 -34 -14 -56C-30 -70 -20 -100 0 -100C20 -100 30 -70"
                " 14 -56C14 -34 36 -30 40 0Z",
                px,
                py,
                60,
                84,
                c.turned(c.pick(p.ink, p.main, p.paper, p.third)),
            )
    for x, y in ((170, 1020), (300, 1080)):
        gear.die(c, x, y, 88, c.between(-30, 30))
    for k in range(4):
        with c.moved(620 + k * 52, 1040, turn=-16 + k * 11):
            c.rect(-50, -80, 120, 176, p.ink, alpha=0.18, round=12)
            c.rect(-60, -90, 120, 176, p.paper, round=12)
            c.dot(0, 0, 32, c.pick(p.main, p.third, p.leaf))


@scene("mahjong", "mint", "warm", "rose")
def mahjong(c: Canvas) -> None:
    p = c.palette
    felt = mix("#2f7a5e", c.pick(p.leaf, p.third, p.main), 0.25)
    c.rect(-170, 0, 1240, 1200, c.down(lighter(felt, 0.12), darker(felt, 0.12)))
    c.rect(-170, 0, 1240, 60, p.table2)
    for row in range(2):
        for k in range(9):
            gear.tile(c, 40 + k * 96, 150 + row * 128, 88, blank=True)
    for _ in range(11):
        with c.moved(c.between(150, 750), c.between(470, 820), turn=c.between(-40, 40)):
            gear.tile(c, -44, -60, 88)
    for k in range(8):
        gear.tile(c, 60 + k * 100, 960, 94)
    for x, y in ((700, 700), (190, 480)):
        gear.die(c, x, y, 54, c.between(-30, 30))
    vessels.dish(c, 820, 420, 84, p.paper, "#c98a35")


@scene("calligraphy", "mono", "warm", "mint")
def calligraphy(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs")
    c.rect(150, 110, 560, 860, p.ink, alpha=0.2)
    c.rect(130, 90, 560, 860, c.down("#fffaf0", "#f0e4cd"))
    ink = "#26211f"
    c.stroke("M410 820C400 700 380 560 420 430C450 330 440 260 400 200", ink, 20)
    for side, y, long in (
        (1, 690, 190),
        (-1, 600, 180),
        (1, 500, 170),
        (-1, 400, 150),
        (1, 310, 130),
    ):
        for turn in (-24, 10, 40):
            plants.leaf(
                c,
                410,
                y,
                long * c.between(0.7, 1.1),
                (turn - 20) if side > 0 else (200 - turn),
                ink if c.chance(0.7) else mix(ink, "#fffaf0", 0.35),
                0.13,
            )
    c.rect(590, 850, 62, 62, p.main, round=6)
    c.rect(602, 862, 14, 38, "#fffaf0")
    c.rect(624, 862, 16, 14, "#fffaf0")
    c.rect(624, 884, 16, 16, "#fffaf0")
    with c.moved(790, 560, turn=96):
        c.rect(-300, 12, 520, 30, p.ink, alpha=0.2, round=14)
        c.rect(-300, -15, 440, 30, c.down(lighter(p.table, 0.3), darker(p.table, 0.1)), round=14)
        c.rect(120, -20, 60, 40, c.turned(p.second), round=8)
        c.form("M0 -50C50 -66 80 -30 100 0C80 30 50 66 0 50Z", 180, 0, 150, 66, c.turned(ink))
    c.shadow(300, 1090, 200, 60)
    c.rect(130, 1010, 330, 150, c.down("#4a4648", "#2c292b"), round=30)
    c.oval(270, 1080, 104, 48, "#121013")
    c.oval(246, 1066, 46, 14, "#5a5860", alpha=0.7)
    c.rect(560, 1060, 190, 46, c.down("#3a3638", "#1d1b1d"), round=8)
    c.rect(580, 1070, 60, 26, p.second, round=4)


@scene("yoga-mat", "mint", "rose", "sun", "dusk")
def yoga_mat(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "panes", "arch", "sun", "leaves", "plain")
    ground.floor(c, 800)
    colour = c.pick(p.main, p.third, p.leaf, p.second)
    c.shadow(450, 1090, 480, 60)
    c.shape(
        [(210, 900), (760, 900), (890, 1110), (100, 1110)], c.down(lighter(colour, 0.2), colour)
    )
    c.shape([(250, 924), (720, 924), (820, 1086), (170, 1086)], lighter(colour, 0.14), alpha=0.5)
    if c.chance(0.5):
        c.rect(80, 1050, 810, 84, c.turned(colour, 0.5), round=42)
    skin, dark = c.pick("#e8b996", "#c98d66"), mix(p.ink, p.third, 0.3)
    x, y = 470, 1010
    c.form(
        "M-90 0C-70 -30 -30 -34 0 -26C30 -34 70 -30 90 0C60 14 -60 14 -90 0Z", x, y, 300, 300, dark
    )
    c.form(
        "M-22 0C-28 -50 -20 -84 0 -88C20 -84 28 -50 22 0Z",
        x,
        y - 60,
        300,
        300,
        c.turned(p.paper if colour == p.main else p.main, 0.7),
    )
    for side in (-1, 1):
        c.line(
            [(x + side * 56, y - 290), (x + side * 140, y - 170), (x + side * 170, y - 40)],
            skin,
            36,
        )
        c.dot(x + side * 172, y - 34, 22, skin)
    c.rect(x - 20, y - 350, 40, 50, darker(skin, 0.1))
    c.oval(x, y - 396, 64, 74, skin)
    c.form("M-50 6C-56 -70 56 -70 50 6C40 -30 -40 -30 -50 6Z", x, y - 410, 132, 120, "#2a1d1a")
    c.dot(x, y - 488, 34, "#2a1d1a")
    for side in (-1, 1):
        c.line(
            [
                (x + side * 26 - 11, y - 392),
                (x + side * 26, y - 386),
                (x + side * 26 + 11, y - 392),
            ],
            "#3a2624",
            5,
        )
    plants.plant(c, 110, 900, 430, "monstera")
    c.rect(770, 960, 76, 170, c.turned(p.second), round=24)


@scene("running-shoes", "sun", "mint", "cool", "dusk")
def running_shoes(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 720)
    town.skyline(c, 700, mix(p.third, p.wall, 0.6), low=60, high=220, lit=0.2)
    land.grass(c, 690)
    track = c.tint("#c9583c")
    c.shape(
        [(230, 760), (680, 760), (1300, 1210), (-400, 1210)], c.down(lighter(track, 0.1), track)
    )
    for t in (0.2, 0.4, 0.6, 0.8):
        c.line([(230 + 450 * t, 760), (-400 + 1700 * t, 1210)], p.paper, 8, alpha=0.85)
    accent = c.pick(p.third, p.main, p.leaf)
    clothes.sneaker(c, 330, 1000, 430, p.second, accent)
    clothes.sneaker(c, 560, 1110, 520, p.second, accent)


@scene("swimming", "cool", "mint", "sun")
def swimming(c: Canvas) -> None:
    p = c.palette
    pool = mix("#4ab4c8", p.third, 0.25)
    c.rect(-170, 0, 1240, 1200, c.down(lighter(pool, 0.3), darker(pool, 0.1)))
    for _ in range(46):
        x, y = c.between(-170, 1000), c.between(150, 1180)
        c.line(
            [(x, y), (x + 34, y - 12), (x + 70, y), (x + 104, y - 11)],
            "#ffffff",
            c.between(4, 8),
            alpha=c.between(0.25, 0.6),
        )
    c.rect(-170, 0, 1240, 130, c.down(p.paper, darker(p.paper, 0.12)))
    for k in range(12):
        c.rect(-170 + k * 104, 100, 98, 30, mix(p.third, p.paper, 0.35), round=4)
    for x in (150, 440, 730):
        for k in range(22):
            c.oval(x, 150 + k * 50, 17, 22, c.pick(p.main, p.paper) if k % 2 else p.main)
        c.rect(x - 190, 30, 90, 66, c.turned(p.second), round=8)
    for x, y, tone in ((300, 520, p.main), (590, 800, p.second)):
        c.oval(x, y + 90, 60, 190, "#ffffff", alpha=0.25)
        c.form("M-40 0C-44 -60 44 -60 40 0C30 70 -30 70 -40 0Z", x, y + 60, 110, 170, "#e0b08c")
        c.dot(x, y - 54, 44, c.ball(tone))
        c.line([(x - 34, y + 6), (x - 86, y - 60), (x - 66, y - 150)], "#e0b08c", 26)
        c.line([(x + 34, y + 6), (x + 70, y + 90), (x + 60, y + 150)], "#e0b08c", 26)
        for _ in range(12):
            c.dot(
                x + c.between(-90, 90),
                y + c.between(120, 260),
                c.between(6, 16),
                "#ffffff",
                alpha=0.75,
            )
    c.ring(770, 1060, 96, 96, p.paper, 54)
    for k in range(4):
        with c.moved(770, 1060, turn=k * 90):
            c.rect(68, -26, 56, 52, p.main)


@scene("badminton", "mint", "sun", "cool", "warm")
def badminton(c: Canvas) -> None:
    p = c.palette
    court = mix(c.pick(p.leaf, p.third), p.wall, 0.15)
    c.rect(-170, 0, 1240, 1200, c.down(lighter(court, 0.15), darker(court, 0.08)))
    for x in (120, 780):
        c.rect(x, -10, 10, 1220, p.paper, alpha=0.85)
    c.rect(-170, 560, 1240, 10, p.paper, alpha=0.85)
    gear.racket(c, 360, 560, 900, c.between(-34, -22), p.main)
    gear.racket(c, 560, 620, 900, c.between(20, 34), p.second)
    for x, y, size, turn in ((700, 240, 190, 30), (200, 1010, 170, -60), (600, 1060, 150, 100)):
        gear.shuttle(c, x, y, size, turn)


@scene("headphones", "dusk", "mono", "rose", "mint")
def headphones(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "plain", "stripes")
    ground.table(c, 860, "planks", "round", "marble")
    colour = c.pick(p.main, p.third, p.paper, p.ink, p.second)
    c.shadow(450, 1010, 320, 50)
    ground.podium(c, 450, 950, 220, 80, mix(p.wall2, p.table, 0.4))
    c.rect(434, 420, 32, 540, c.turned(p.table))
    c.form("M-50 0C-50 -30 50 -30 50 0Z", 450, 430, 180, 90, c.turned(p.table))
    c.stroke("M226 690C190 250 710 250 674 690", darker(colour, 0.12), 54)
    c.stroke("M228 676C196 262 704 262 672 676", lighter(colour, 0.12), 26)
    for side in (-1, 1):
        x = 450 + side * 226
        c.oval(x - side * 34, 740, 56, 116, c.turned(darker(mix(colour, p.ink, 0.4), 0.1)))
        c.oval(x, 740, 78, 126, c.ball(colour))
        c.oval(x + side * 8, 740, 46, 84, lighter(colour, 0.18), alpha=0.7)
        c.ring(x + side * 8, 740, 46, 84, darker(colour, 0.2), 4)
    for k in range(5):
        angle = -0.9 + k * 0.45
        px, py = 450 + 400 * math.sin(angle), 400 - 250 * math.cos(angle) + 40
        c.oval(px, py, 21, 16, p.ink, turn=-20)
        c.line([(px + 18, py), (px + 18, py - 78)], p.ink, 7)
        if k % 2:
            c.line([(px + 18, py - 78), (px + 50, py - 60)], p.ink, 10)
    devices.phone(c, 770, 1080, 120, 70)


@scene("laptop", "cool", "mint", "dusk", "warm")
def laptop(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "panes", "plain", "split", "arch", "leaves", "sun")
    if c.chance(0.5):
        interior.window(c, c.pick(60, 520), 90, 310, 400, view=c.pick("towers", "snow", "hills"))
    ground.table(c, 780, "planks", "marble", "round", "cloth")
    devices.laptop(c, 430, 1030, 600, screen=c.pick("code", "view"))
    vessels.cup(c, 800, 1090, 110, 100, c.pick(p.main, p.paper, p.second))
    vessels.steam(c, 800, 985, 170, 2)
    plants.plant(c, c.pick(90, 800), 850, 300)
    things.pen(c, 220, 1130, 230, -8, p.main)


@scene("phone", "sun", "rose", "cool", "mint")
def phone(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    devices.phone(c, 440, 590, 400, c.between(-12, 12), screen=c.pick("map", "tiles", "view"))
    vessels.dish(c, 760, 1020, 120, p.paper)
    vessels.dish(c, 760, 1020, 84, c.pick(p.main, p.third), "#6b3f26")
    for turn in (0, 45, 90):
        plants.leaf(c, 20, 30, 230, turn, mix(p.leaf, darker(p.leaf, 0.3), c.between(0, 1)))
    things.pen(c, 130, 930, 300, -70, p.second)


@scene("charger", "cool", "mint", "sun", "mono")
def charger(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "linen", "veined", "specks", "boards")
    colour = c.pick(p.main, p.third, p.second, p.paper)
    c.stroke(
        "M330 380C520 420 700 560 560 720S180 760 240 930S560 1090 640 960", p.ink, 24, alpha=0.18
    )
    c.stroke("M322 366C512 406 692 546 552 706S172 746 232 916S552 1076 632 946", colour, 22)
    with c.moved(260, 320, turn=18):
        c.rect(-118, -96, 250, 220, p.ink, alpha=0.22, round=30)
        c.rect(-130, -112, 250, 220, c.down("#fffdf8", "#dcd9d2"), round=30)
        for y in (-50, 30):
            c.rect(-176, y, 50, 18, "#b9bcc4", round=4)
        c.rect(104, -26, 18, 52, p.ink, round=6)
    with c.moved(640, 930, turn=-64):
        c.rect(-10, -24, 92, 48, c.turned(darker(p.paper, 0.06)), round=12)
        c.rect(80, -15, 50, 30, "#b9bcc4", round=6)
    devices.phone(c, 690, 330, 220, 14, screen="view")
    with c.moved(310, 1080, turn=-6):
        c.rect(-120, -56, 270, 140, p.ink, alpha=0.2, round=26)
        c.rect(-136, -72, 270, 140, c.down(lighter(p.third, 0.2), p.third), round=26)
        for k in range(4):
            c.dot(-90 + k * 34, 0, 9, p.glow if k < 3 else p.ink, alpha=0.9)
    c.form("M10 -60L-34 8H-4L-14 60L34 -14H4Z", 780, 800, 150, 170, p.second)
