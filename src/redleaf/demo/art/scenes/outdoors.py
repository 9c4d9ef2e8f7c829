"""Mountains, water, parks and snow."""

import math
from typing import Final

from redleaf.demo.art.canvas import LEFT, RIGHT, Canvas
from redleaf.demo.art.colour import TONES, darker, lighter, mix
from redleaf.demo.art.props import animals, land, plants, town, vessels
from redleaf.demo.art.registry import scene

LATE: Final = TONES["dusk"] + TONES["mono"]


@scene("mountain-lake", "cool", "mint", "sun", "dusk")
def mountain_lake(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 800)
    land.peak(c, c.between(120, 250), 700, 640, c.between(380, 470), mix(p.third, p.wall, 0.25))
    land.peak(c, c.between(600, 760), 700, 760, c.between(430, 540), mix(p.third, p.ink, 0.1))
    land.peak(c, c.between(400, 480), 700, 460, c.between(240, 320), mix(p.third, p.wall, 0.4))
    land.ridge(c, 672, 24, mix(p.leaf, p.third, 0.35), step=120)
    for k in range(24):
        land.conifer(
            c,
            LEFT + k * 54 + c.between(-16, 16),
            716 + c.between(-6, 8),
            c.between(70, 150),
            mix(p.leaf, p.ink, c.between(0.1, 0.45)),
        )
    lake = mix("#3fa7a5", p.third, 0.35)
    land.water(c, 712, colour=lake, shine=c.between(250, 650))
    c.blob(
        [
            (-400, 1400),
            (-170, 1080),
            (140, 1060),
            (420, 1130),
            (760, 1090),
            (1070, 1130),
            (1400, 1400),
        ],
        mix(p.leaf, p.ink, 0.25),
    )
    for x, high in ((60, 420), (170, 300), (830, 470)):
        land.conifer(c, x, 1150, high, mix(p.leaf, p.ink, 0.3))
    canoe = c.pick(p.main, p.second)
    c.oval(470, 936, 120, 9, p.ink, alpha=0.3)
    c.form(
        "M-50 -16C-30 2 30 2 50 -16C40 14 -40 14 -50 -16Z",
        470,
        926,
        230,
        110,
        c.down(lighter(canoe, 0.2), darker(canoe, 0.2)),
    )
    for dx, tone in ((-36, p.third), (34, p.second)):
        c.form("M-30 0C-34 -60 34 -60 30 0Z", 470 + dx, 922, 50, 70, tone)
        c.dot(470 + dx, 872, 14, "#d9a888")


@scene("forest-trail", "mint", "warm", "cool", "sun")
def forest_trail(c: Canvas) -> None:
    p = c.palette
    c.rect(LEFT, 0, 1240, 1200, c.down(mix(p.glow, p.wall, 0.4), p.wall2))
    c.glow(450, 330, 460, p.glow, 0.9)
    autumn = c.chance(0.4)
    for layer in range(4):
        depth = layer / 3
        tone = mix(mix(p.leaf, p.second if autumn else p.third, 0.3), p.wall, 0.75 - depth * 0.6)
        _trunks(c, layer, tone, autumn)
        c.blob(
            [
                (-500, 1500),
                (LEFT, 740 + layer * 90),
                (300, 770 + layer * 90),
                (640, 760 + layer * 90),
                (RIGHT, 735 + layer * 90),
                (1400, 1500),
            ],
            mix(tone, p.ink, depth * 0.2),
        )
    path = c.tint("#dcb98a")
    c.blob(
        [
            (430, 756),
            (470, 756),
            (540, 860),
            (500, 960),
            (720, 1260),
            (190, 1260),
            (390, 960),
            (440, 850),
        ],
        c.down(lighter(path, 0.3), path),
    )
    for _ in range(60):
        x, y = c.between(LEFT, RIGHT), c.between(1000, 1200)
        plants.leaf(
            c,
            x,
            y,
            c.between(30, 60),
            c.between(200, 340),
            mix(p.leaf, c.pick(p.ink, p.second), 0.25),
            0.2,
        )
    town.person(c, 470, 930, 150, p.main, hat=p.second, back=True)


def _trunks(c: Canvas, layer: int, tone: str, autumn: bool) -> None:
    """Trees of one depth, on both sides of the trail."""
    p = c.palette
    depth, count = layer / 3, 11 - layer * 2
    for k in range(count):
        x = LEFT + k * 1240 / count + c.between(-30, 60)
        if abs(x - 450) < 90 + layer * 70:
            continue
        wide = 16 + layer * 15
        c.rect(
            x,
            0,
            wide,
            760 + layer * 90,
            c.turned(mix(darker(p.table2, 0.2), p.wall, 0.7 - depth * 0.6), 0.6),
        )
        for _ in range(4):
            y = c.between(-40, 380)
            leafy = c.pick(p.main, p.second, tone) if autumn else tone
            c.blob(
                [
                    (
                        x + (60 + layer * 34) * c.between(0.7, 1.3) * math.cos(j),
                        y + (46 + layer * 24) * math.sin(j),
                    )
                    for j in range(6)
                ],
                mix(leafy, tone, 0.4),
                alpha=0.9,
            )


@scene("beach-sunset", "dusk", "sun", "warm", "rose")
def beach_sunset(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 640, light="none")
    x = c.between(320, 620)
    c.glow(x, 560, 620, p.glow, 0.9)
    c.dot(x, 560, 120, mix(p.glow, p.main, 0.25))
    for _ in range(4):
        land.cloud(c, c.between(-100, 760), c.between(120, 420), c.between(180, 380))
    land.ridge(c, 600, 22, mix(p.third, p.wall2, 0.3), step=240)
    land.water(c, 624, low=1000, colour=mix(p.third, p.main, 0.2), shine=x)
    sand = c.tint("#e6c490")
    c.blob(
        [(-500, 1600), (LEFT, 900), (200, 950), (500, 905), (800, 960), (RIGHT, 920), (1400, 1600)],
        mix("#ffffff", p.wall, 0.3),
        alpha=0.8,
    )
    c.blob(
        [(-500, 1600), (LEFT, 924), (200, 974), (500, 930), (800, 984), (RIGHT, 944), (1400, 1600)],
        c.down(lighter(sand, 0.2), darker(sand, 0.15)),
    )
    trunk = mix(p.table2, p.ink, 0.2)
    c.shadow(300, 1090, 260, 20)
    c.rect(90, 1040, 420, 52, c.down(lighter(trunk, 0.25), trunk), round=26)
    c.dot(512, 1066, 26, lighter(trunk, 0.35))
    for dx, tone in ((220, p.main), (310, p.third)):
        c.form("M-34 0C-40 -70 -20 -90 0 -90C20 -90 40 -70 34 0Z", dx, 1050, 120, 130, tone)
        c.dot(dx, 914, 34, "#2a1d1a")
        c.form("M-40 0C-44 -60 44 -60 40 0C46 60 -46 60 -40 0Z", dx, 920, 62, 60, "#2a1d1a")
    for _ in range(4):
        animals.bird(c, c.between(80, 820), c.between(160, 420), c.between(18, 34), p.ink)


@scene("maple-tree", "warm", "sun", "rose", "cool")
def maple_tree(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light=c.pick("clouds", "none"))
    land.ridge(c, 760, 40, mix(p.leaf, p.wall, 0.5), step=220)
    land.grass(c, 860, mix(p.leaf, p.second, 0.2))
    red = c.pick("#c8362c", "#d9622f", "#e08a2f", p.main)
    x = c.between(380, 520)
    if p in LATE:  # the leaves have fallen
        land.bare_tree(c, x, 1000, 900, mix(p.table2, p.ink, 0.5))
    else:
        land.tree(c, x, 1000, 860, c.tint(red, 0.06))
    c.oval(x, 1010, 330, 56, mix(red, p.second, 0.3), alpha=0.6)
    for _ in range(60):
        plants.maple_leaf(
            c,
            c.between(LEFT, RIGHT),
            c.between(930, 1190),
            c.between(12, 24),
            c.between(0, 360),
            c.pick(red, p.second, darker(red, 0.2)),
        )
    for _ in range(16):
        plants.maple_leaf(
            c,
            c.between(0, 900),
            c.between(150, 880),
            c.between(16, 34),
            c.between(0, 360),
            c.pick(red, p.second, lighter(red, 0.2)),
        )
    bx = x + c.pick(-230, 150)
    wood = darker(p.table2, 0.1)
    for k in range(3):
        c.rect(bx, 960 + k * 26, 220, 16, wood, round=4)
    for dx in (16, 190):
        c.rect(bx + dx, 950, 13, 140, p.ink)
    c.rect(bx - 8, 1040, 236, 18, lighter(wood, 0.15), round=4)
    town.person(c, 900 - bx, 1120, 230, p.third, hat=p.second, back=c.chance(0.5))


@scene("cherry-blossom", "rose", "rose", "cool", "mint")
def cherry_blossom(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light=c.pick("clouds", "none"))
    town.skyline(c, 760, mix(p.third, p.wall, 0.7), low=60, high=190, lit=0.1)
    land.grass(c, 750)
    pink = "#eea7b5"
    for x, y, high in ((200, 830, 420), (690, 840, 460), (440, 800, 300)):
        land.tree(c, x, y, high, mix(pink, p.wall, 0.2), blooms=True)
    c.shape([(410, 840), (500, 840), (760, 1210), (140, 1210)], mix(p.paper, pink, 0.3))
    with c.moved(-40, 90, turn=8):
        c.line([(-80, -40), (260, 30), (520, 10), (760, 90)], mix(p.table2, p.ink, 0.4), 22)
        for _ in range(46):
            px = c.between(-60, 760)
            plants.flower(
                c,
                px,
                10 + c.between(-60, 110),
                c.between(24, 46),
                mix(pink, p.paper, c.between(0, 0.7)),
            )
    for _ in range(50):
        c.oval(
            c.between(0, 900),
            c.between(200, 1190),
            11,
            7,
            mix(pink, p.paper, c.between(0, 0.6)),
            turn=c.between(0, 180),
            alpha=0.9,
        )
    town.person(c, 400, 1040, 190, p.third, back=True)
    town.person(c, 490, 1046, 180, p.main, back=True)


@scene("picnic", "sun", "mint", "warm", "rose")
def picnic(c: Canvas) -> None:
    p = c.palette
    green = c.tint(p.leaf)
    c.rect(LEFT, 0, 1240, 1200, c.down(lighter(green, 0.25), green))
    for _ in range(130):
        x, y = c.between(LEFT, RIGHT), c.between(0, 1200)
        c.line(
            [(x, y), (x + c.between(-8, 8), y - 22)],
            c.pick(darker(green, 0.18), lighter(green, 0.25)),
            4,
        )
        if c.chance(0.16):
            plants.flower(c, x, y - 24, 13, c.pick(p.paper, p.second, p.main))
    with c.moved(450, 620, turn=c.between(-14, 14)):
        cloth = c.pick(p.main, p.third, p.second)
        c.rect(-350, -370, 740, 800, p.ink, alpha=0.2)
        c.rect(-370, -400, 740, 800, p.paper)
        for k in range(9):
            c.rect(-370 + k * 84, -400, 42, 800, cloth, alpha=0.45)
            c.rect(-370, -400 + k * 90, 740, 45, cloth, alpha=0.45)
    vessels.dish(c, 300, 470, 130, p.paper)
    for k in range(3):
        c.shape(
            [(230 + k * 50, 520), (280 + k * 50, 400), (330 + k * 50, 520)],
            c.down("#fbf3e2", "#e8cf9a"),
        )
        c.rect(236 + k * 50, 508, 90, 12, c.pick("#8fae4a", "#d8432f"), round=5)
    vessels.dish(c, 600, 700, 150, p.second, "#d8432f")
    for _ in range(14):
        c.form(
            "M0 40C-50 0 -40 -40 0 -30C40 -40 50 0 0 40Z",
            600 + c.between(-90, 90),
            700 + c.between(-90, 90),
            60,
            66,
            c.ball("#d8324a"),
            turn=c.between(0, 360),
        )
    c.shadow(330, 840, 190, 150)
    c.rect(180, 720, 300, 210, c.turned(c.tint("#cfa060")), round=20)
    for k in range(6):
        c.rect(186, 740 + k * 30, 288, 9, darker("#cfa060", 0.25), alpha=0.5)
    c.stroke("M200 740C200 620 460 620 460 740", darker("#cfa060", 0.2), 20)
    vessels.dish(c, 640, 400, 66, p.paper, "#e8a23c")
    vessels.dish(c, 740, 500, 66, p.paper, "#e8a23c")
    plants.branch_shade(c, 940, 20, 620, turn=150)


@scene("ski-slope", "cool", "sun", "dusk")
def ski_slope(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light=c.pick("sun", "clouds"))
    land.peak(c, 240, 640, 700, 470, mix(p.third, p.wall, 0.3))
    land.peak(c, 720, 660, 620, 380, mix(p.third, p.wall, 0.4))
    white = mix("#f6f9fd", p.wall, 0.18)
    c.shape(
        [(LEFT, 640), (300, 560), (RIGHT, 820), (RIGHT, 1210), (LEFT, 1210)],
        c.down(white, mix(white, p.third, 0.16)),
    )
    c.shape(
        [(LEFT, 900), (420, 800), (RIGHT, 1010), (RIGHT, 1210), (LEFT, 1210)],
        c.down(lighter(white, 0.3), mix(white, p.third, 0.12)),
    )
    for x, y, high in (
        (40, 700, 190),
        (130, 670, 150),
        (800, 800, 250),
        (890, 830, 320),
        (700, 770, 160),
        (20, 1000, 380),
    ):
        land.conifer(c, x, y, high, mix(p.leaf, p.ink, 0.3), snow=True)
    c.line([(LEFT, 210), (RIGHT, 470)], p.ink, 5)
    for k in range(4):
        px = -40 + k * 270
        py = 210 + (px + 170) * 0.21
        c.line([(px, py), (px, py + 80)], p.ink, 5)
        c.rect(px - 44, py + 78, 88, 14, c.pick(p.main, p.second), round=6)
        for dx in (-20, 20):
            c.dot(px + dx, py + 34, 13, c.pick(p.main, p.third))
            c.rect(px + dx - 14, py + 46, 28, 36, c.pick(p.main, p.third, p.second), round=10)
    for x, y, high, tone in ((330, 960, 190, p.main), (600, 1090, 260, p.third)):
        c.line(
            [(x - high * 0.9, y - high * 0.42), (x - high * 0.3, y - high * 0.1), (x, y)],
            mix(white, p.third, 0.3),
            9,
        )
        with c.moved(x, y, turn=-14):
            c.line([(-high * 0.5, 6), (high * 0.46, 6), (high * 0.54, -6)], p.ink, 9)
            town.person(c, 0, 0, high, tone, hat=p.second)
            c.line([(high * 0.16, -high * 0.46), (high * 0.34, 0)], p.ink, 5)
        for _ in range(12):
            c.dot(
                x - c.between(10, 120),
                y - c.between(-10, 60),
                c.between(4, 13),
                "#ffffff",
                alpha=0.8,
            )


@scene("playground", "sun", "mint", "rose", "warm")
def playground(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 800)
    land.ridge(c, 700, 30, mix(p.leaf, p.wall, 0.45), step=200)
    for x in (-40, 300, 640, 940):
        land.tree(c, x, 780, c.between(230, 330), mix(p.leaf, p.second, c.between(0, 0.4)))
    land.grass(c, 770)
    c.oval(450, 1040, 560, 180, c.tint("#e8cf9c"))
    post = c.pick(p.main, p.third)
    for x in (520, 690):
        c.rect(x, 520, 22, 480, c.turned(post), round=8)
    c.rect(500, 720, 232, 24, c.turned(p.second), round=8)
    c.form("M-60 0L0 -60L60 0Z", 616, 530, 200, 190, p.second if post == p.main else p.main)
    for k in range(5):
        c.rect(526, 770 + k * 48, 180, 12, c.turned(p.paper), round=6)
    c.stroke("M510 740C420 800 400 960 250 1010", c.pick(p.third, p.leaf), 74)
    c.stroke("M510 734C420 794 400 954 250 1004", lighter(p.third, 0.35), 44)
    for x in (60, 250):
        c.line([(x, 640), (x - 40, 980)], p.ink, 12)
        c.line([(x, 640), (x + 40, 980)], p.ink, 12)
    c.line([(50, 640), (260, 640)], p.ink, 13)
    with c.moved(155, 640, turn=c.between(-18, 18)):
        for dx in (-30, 30):
            c.line([(dx, 0), (dx, 230)], p.ink, 5)
        c.rect(-42, 226, 84, 16, p.main, round=6)
        town.person(c, 0, 270, 130, p.second)
    town.person(c, 760, 1120, 150, p.main, hat=p.second)
    c.dot(640, 1120, 38, c.ball(p.main))
    c.form("M-50 0C-20 -20 20 -20 50 0C20 20 -20 20 -50 0Z", 640, 1120, 76, 76, p.paper)
