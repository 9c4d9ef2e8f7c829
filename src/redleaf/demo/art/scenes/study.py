"""Study."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import desks, ground, plants, things, vessels
from redleaf.demo.art.registry import scene


@scene("library-desk", "warm", "dusk", "mono", "mint")
def library_desk(c: Canvas) -> None:
    p = c.palette
    c.rect(-170, 0, 1240, 1200, c.down(darker(p.wall2, 0.2), darker(p.wall2, 0.4)))
    for row in range(3):
        y = 230 + row * 220
        c.rect(-170, y - 200, 1240, 200, darker(p.table2, 0.45))
        things.books(c, -160, y, 1220, 180)
        c.rect(-170, y, 1240, 20, c.down(lighter(p.table, 0.1), p.table2))
    for x in (-20, 430, 880):
        c.rect(x, 0, 26, 700, c.turned(p.table2))
    ground.table(c, 800, "planks")
    x = c.pick(250, 640)
    green = mix("#2f7a5a", p.leaf, 0.4)
    c.glow(x, 760, 420, p.glow, 0.9)
    c.rect(x - 8, 700, 16, 250, c.turned(p.second))
    c.oval(x, 954, 90, 22, c.turned(p.second))
    c.form("M-50 0C-46 -50 46 -50 50 0Q0 12 -50 0Z", x, 720, 300, 180, c.turned(green))
    things.book_pile(c, 900 - x, 960, 240, 4)
    with c.moved(450, 1080):
        c.form(
            "M0 -10C-30 -30 -80 -30 -100 -16L-112 70C-80 56 -30 56 0 76Z",
            0,
            0,
            240,
            130,
            c.across(darker(p.paper, 0.1), p.paper),
        )
        c.form(
            "M0 -10C30 -30 80 -30 100 -16L112 70C80 56 30 56 0 76Z",
            0,
            0,
            240,
            130,
            c.across(darker(p.paper, 0.14), p.paper),
        )
        for k in range(5):
            for side in (-1, 1):
                c.line([(side * 40, k * 17 - 10), (side * 210, k * 17 - 16)], p.ink, 4, alpha=0.4)
    vessels.cup(c, 760, 1120, 110, 100, p.main, saucer=False)


@scene("lecture-notes", "mint", "rose", "cool", "sun")
def lecture_notes(c: Canvas) -> None:
    p = c.palette
    ground.surface(c)
    with c.moved(440, 610, turn=c.between(-9, 9)):
        c.rect(-340, -400, 740, 850, p.ink, alpha=0.2, round=14)
        for side in (-1, 1):
            c.rect(
                -360 if side < 0 else 0,
                -420,
                360,
                840,
                c.across(
                    *(
                        (p.paper, darker(p.paper, 0.1))
                        if side < 0
                        else (darker(p.paper, 0.1), p.paper)
                    )
                ),
                round=12,
            )
        for k in range(13):
            c.ring(0, -370 + k * 62, 18, 12, "#8a8d95", 6)
        for side in (-320, 44):
            c.rect(side, -380, 150, 22, c.pick(p.main, p.third), round=6)
            for row in range(13):
                y, long = -330 + row * 54, c.between(120, 270)
                if row == 5 and side > 0:
                    continue
                if c.chance(0.22):
                    c.rect(
                        side - 4,
                        y - 16,
                        long * 0.7,
                        32,
                        c.pick(p.second, "#e8a0b0", "#a8d8b0"),
                        alpha=0.6,
                        round=6,
                    )
                points = [(side + long * j / 8, y + c.between(-7, 7)) for j in range(9)]
                c.line(points, c.pick(p.ink, p.ink, p.third), 4, alpha=0.75)
        c.rect(150, 150, 170, 170, p.second, round=4)
        for k in range(4):
            c.line(
                [(172, 184 + k * 32), (172 + c.between(70, 124), 182 + k * 32)], p.ink, 4, alpha=0.6
            )
        c.ring(130, -20, 70, 46, p.main, 5)
    for k, tone in enumerate((p.main, p.second, p.third, p.leaf)):
        things.pen(c, 780 + k * 26, 880 + k * 40, 320, -74 + k * 6, tone)
    desks.corner(c)


@scene("graduation", "sun", "cool", "mint", "warm")
def graduation(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "plain", "leaves")
    for _ in range(60):
        with c.moved(c.between(0, 900), c.between(0, 900), turn=c.between(0, 180)):
            c.rect(-11, -6, 22, 12, c.pick(p.main, p.second, p.third, p.leaf, p.paper), round=3)
    ground.table(c, 880, "cloth", "planks", "marble", "round")
    top = things.book_pile(c, 440, 1050, 440, 4)
    cap = c.pick(p.ink, mix(p.ink, p.third, 0.4), mix(p.main, p.ink, 0.4))
    c.form("M-50 -50V10C-40 40 40 40 50 10V-50Z", 440, top - 40, 290, 150, c.turned(cap))
    c.shape(
        [(440, top - 250), (760, top - 150), (440, top - 50), (120, top - 150)],
        c.across(lighter(cap, 0.25), cap),
    )
    c.shape(
        [(120, top - 150), (440, top - 50), (760, top - 150), (440, top - 36)], darker(cap, 0.3)
    )
    c.line([(440, top - 150), (640, top - 110), (690, top - 20)], p.second, 9)
    c.rect(674, top - 30, 34, 110, c.turned(p.second), round=6)
    c.dot(440, top - 150, 15, p.second)
    with c.moved(640, 1090, turn=-12):
        c.rect(-170, -36, 340, 72, c.down(p.paper, darker(p.paper, 0.18)), round=14)
        c.oval(172, 0, 15, 36, darker(p.paper, 0.3))
        c.rect(-24, -40, 48, 80, p.main, round=4)
        c.dot(0, 0, 27, c.ball(p.main))
    plants.bunch(c, 130, 1060, 360)


@scene("backpack", "sun", "mint", "cool", "warm")
def backpack(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "split", "stripes", "leaves")
    ground.table(c, 930, "planks", "round", "cloth")
    colour = c.pick(p.main, p.third, p.leaf, p.second)
    dark = darker(colour, 0.22)
    for k, tone in enumerate((p.paper, p.second, p.third)):
        with c.moved(400 + k * 60, 420, turn=-6 + k * 8):
            c.rect(-60, -110, 120, 260, c.turned(tone if tone != colour else p.main), round=6)
    c.shadow(480, 1070, 340, 50)
    c.stroke("M370 330C380 230 520 230 530 330", dark, 30)
    for side in (-1, 1):
        c.stroke(
            f"M{450 + side * 230} 520C{450 + side * 330} 640 {450 + side * 320} 860"
            f" {450 + side * 240} 980",
            dark,
            40,
        )
    c.form(
        "M-44 0C-52 -40 -50 -90 -20 -98H20C50 -90 52 -40 44 0Q0 6 -44 0Z",
        450,
        1060,
        560,
        760,
        c.turned(colour, 0.7),
    )
    c.form("M-40 0C-44 -60 44 -60 40 0Q0 8 -40 0Z", 450, 560, 500, 380, lighter(colour, 0.12))
    c.stroke("M256 552Q450 590 644 552", dark, 9)
    c.rect(262, 680, 376, 310, c.turned(lighter(colour, 0.08), 0.6), round=44)
    c.line([(290, 740), (610, 740)], dark, 10)
    c.line([(590, 742), (600, 800)], p.second, 9)
    for x in (330, 540):
        c.rect(x, 540, 32, 170, c.turned(p.table2), round=8)
        c.rect(x - 4, 660, 40, 32, p.second, round=6)
    plants.maple_leaf(c, 450, 870, 64, 0, p.paper)
    c.rect(700, 870, 84, 200, c.turned(p.third if colour != p.third else p.main), round=26)
    c.rect(714, 840, 56, 44, c.turned(p.ink), round=10)
