"""Papers, cards, money and appointments; study too."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import desks, devices, ground, land, plants, things, vessels
from redleaf.demo.art.registry import scene


@scene("documents", "cool", "mono", "warm", "mint")
def documents(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs", "veined")
    folder = c.pick(p.second, p.third, p.main)
    with c.moved(430, 600, turn=c.between(-10, -3)):
        c.rect(-290, -370, 640, 820, p.ink, alpha=0.2, round=14)
        c.rect(-310, -400, 240, 60, folder, round=14)
        c.rect(-310, -390, 640, 820, c.down(lighter(folder, 0.15), darker(folder, 0.08)), round=14)
    things.sheet(c, 430, 560, 520, 680, c.between(-4, 3), kind="letter")
    things.sheet(c, 480, 680, 500, 660, c.between(4, 11), kind="form")
    c.dot(640, 900, 62, p.main, alpha=0.75)
    c.ring(640, 900, 48, 48, p.paper, 5, alpha=0.9)
    plants.maple_leaf(c, 640, 900, 30, 0, p.paper)
    things.pen(c, 220, 960, 380, -50, c.pick(p.ink, p.third))
    passport = mix(p.third, p.ink, 0.3)
    with c.moved(210, 250, turn=-14):
        c.rect(-86, -118, 200, 270, p.ink, alpha=0.22, round=12)
        c.rect(-100, -136, 200, 270, c.down(lighter(passport, 0.1), passport), round=12)
        plants.maple_leaf(c, 0, -30, 50, 0, p.second)
        c.rect(-50, 60, 100, 10, p.second, round=4)
    desks.corner(c)


@scene("bank-card", "cool", "dusk", "rose", "mint")
def bank_card(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "veined", "linen", "specks")
    tones = c.shuffled(p.main, p.third, mix(p.ink, p.third, 0.3), p.leaf, p.second)
    things.card(c, 420, 380, 560, c.between(-24, -12), tones[0])
    things.card(c, 500, 700, 580, c.between(4, 16), tones[1])
    for _ in range(7):
        x, y, r = c.between(100, 800), c.between(930, 1120), c.between(36, 54)
        c.shadow(x + 8, y + 10, r * 1.2, r * 1.2)
        tone = c.pick("#d9b35a", "#c9ccd2", "#c98a5a")
        c.dot(x, y, r, c.ball(tone))
        c.ring(x, y, r * 0.8, r * 0.8, darker(tone, 0.25), 4)
        plants.maple_leaf(c, x, y, r * 0.42, c.between(-20, 20), darker(tone, 0.3))
    desks.corner(c)


@scene("tax-form", "mono", "cool", "warm")
def tax_form(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs")
    things.sheet(c, 380, 520, 560, 760, c.between(-8, -2), kind="form")
    things.sheet(c, 470, 620, 560, 760, c.between(2, 7), kind="form")
    things.pen(c, 660, 900, 380, -44, p.main)
    with c.moved(250, 950, turn=c.between(-12, 6)):
        case = mix(p.ink, p.third, 0.25)
        c.rect(-146, -186, 320, 420, p.ink, alpha=0.25, round=26)
        c.rect(-160, -206, 320, 420, c.down(lighter(case, 0.15), case), round=26)
        c.rect(-130, -176, 260, 90, mix("#c8d8c0", p.glow, 0.2), round=10)
        for k in range(4):
            c.rect(20 + k * 24, -150, 14, 40, p.ink, alpha=0.7, round=4)
        for row in range(4):
            for column in range(4):
                tone = p.main if column == 3 and row == 3 else p.second if column == 3 else p.paper
                c.rect(
                    -130 + column * 68,
                    -60 + row * 64,
                    56,
                    50,
                    c.down(tone, darker(tone, 0.15)),
                    round=10,
                )
    desks.corner(c)


@scene("health-card", "mint", "cool", "rose")
def health_card(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "veined", "linen", "specks")
    things.sheet(c, 520, 340, 460, 540, c.between(4, 12), kind="form")
    things.card(c, 440, 640, 600, c.between(-14, -4), c.pick(p.leaf, p.third, p.main), kind="photo")
    c.stroke("M150 860C60 1100 330 1180 400 1020S560 820 660 960", p.ink, 17)
    c.stroke("M150 860C120 760 70 740 60 690M150 860C200 770 190 730 230 690", p.ink, 13)
    c.dot(690, 990, 64, c.ball("#c9ccd2"))
    c.dot(690, 990, 40, c.ball(p.main))
    things.pen(c, 240, 260, 300, -58, p.third)
    for k in range(5):
        with c.moved(770 + (k % 2) * 50, 760 + k * 30, turn=c.between(0, 180)):
            c.rect(-34, -15, 34, 30, p.main, round=15)
            c.rect(-6, -15, 40, 30, p.paper, round=15)


@scene("phone-plan", "cool", "sun", "mint", "rose")
def phone_plan(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "specks", "linen", "checks")
    devices.phone(c, 420, 580, 350, c.between(-14, -4))
    with c.moved(720, 420, turn=18):
        c.rect(-86, -66, 200, 160, p.ink, alpha=0.2, round=12)
        c.rect(-100, -80, 200, 160, p.paper, round=12)
        c.shape([(-50, -50), (30, -50), (56, -24), (56, 50), (-50, 50)], c.pick(p.main, p.third))
        c.rect(-26, -26, 58, 54, c.down("#f0d493", "#c99f50"), round=8)
        for k in range(3):
            c.line([(-26 + k * 20, -26), (-26 + k * 20, 28)], "#9a7632", 3)
    for k in range(4):
        c.rect(
            640 + k * 56,
            960 - 40 * (k + 1),
            38,
            40 * (k + 1) + 90,
            c.down(
                lighter(p.main, 0.2) if k < 3 else p.wall2,
                p.main if k < 3 else darker(p.wall2, 0.1),
            ),
            round=12,
        )
    c.stroke("M190 1080C280 1180 480 1020 590 1120", p.paper, 16)
    c.rect(130, 1030, 80, 70, c.turned(p.paper), round=14)
    desks.corner(c)


@scene("piggy-bank", "rose", "sun", "mint", "warm")
def piggy_bank(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "stripes", "plain", "split")
    ground.table(c, 840, "planks", "round", "marble", "cloth")
    pink = c.pick("#e8989a", p.main, p.second, p.third)
    c.shadow(470, 1060, 340, 60)
    for x in (290, 370, 530, 610):
        c.rect(x, 960, 64, 106, c.turned(darker(pink, 0.12)), round=20)
    c.stroke("M700 800C760 780 750 730 720 740", darker(pink, 0.1), 15)
    c.oval(460, 830, 270, 205, c.ball(pink))
    for x, turn in ((300, -26), (400, 10)):
        with c.moved(x, 640, turn=turn):
            c.form("M-40 30L-6 -70L44 20Z", 0, 20, 90, 100, darker(pink, 0.08))
    c.oval(236, 850, 66, 76, c.ball(lighter(pink, 0.12)))
    for x in (216, 256):
        c.oval(x, 850, 10, 18, darker(pink, 0.4))
    for x in (300, 380):
        c.dot(x, 770, 14, p.ink)
        c.dot(x - 4, 765, 5, "#ffffff")
    c.oval(340, 900, 34, 18, lighter(pink, 0.4), alpha=0.6)
    c.rect(430, 628, 120, 15, darker(pink, 0.5), round=7)
    for k, (x, y) in enumerate(((490, 560), (470, 420), (530, 300))):
        c.glow(x, y, 110, p.glow, 0.6)
        c.oval(x, y, 54 - k * 3, 56, c.ball("#e8b84a"))
        plants.maple_leaf(c, x, y, 26, 0, "#b07f28")
    for k in range(4):
        for j in range(4 - k):
            c.oval(770 + (k % 2) * 10, 1090 - j * 18 - k * 2, 56, 18, c.turned("#e0b04a"))


@scene("resume", "cool", "mono", "warm")
def resume(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "slabs", "veined", "linen")
    with c.moved(430, 600, turn=c.between(-7, 7)):
        c.rect(-286, -386, 600, 800, p.ink, alpha=0.22, round=5)
        c.rect(-300, -400, 600, 800, "#fffdf8", round=5)
        c.rect(-300, -400, 190, 800, mix(p.third, p.paper, 0.15))
        c.dot(-205, -280, 66, p.paper)
        c.dot(-205, -296, 27, p.table)
        c.form("M-50 0C-44 -76 44 -76 50 0Z", -205, -222, 92, 60, p.table)
        for k in range(9):
            c.rect(-276, -170 + k * 54, c.between(70, 140), 11, p.paper, alpha=0.85, round=4)
            if k % 2:
                c.rect(-276, -146 + k * 54, 140, 8, darker(p.third, 0.3), alpha=0.5, round=4)
                c.rect(-276, -146 + k * 54, c.between(60, 130), 8, p.second, round=4)
        c.rect(-80, -350, 290, 30, p.ink, round=5)
        c.rect(-80, -304, 180, 14, p.main, round=5)
        for block in range(3):
            y = -240 + block * 210
            c.rect(-80, y, 150, 18, p.third, round=4)
            for k in range(5):
                c.rect(-80, y + 40 + k * 28, c.between(220, 345), 10, p.ink, alpha=0.4, round=4)
    things.pen(c, 760, 860, 380, -66, c.pick(p.main, p.ink))
    desks.corner(c)


@scene("calendar", "sun", "rose", "mint", "cool")
def calendar(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "split", "stripes", "panes", "plain", "sun", "leaves")
    colour = c.pick(p.main, p.third, p.leaf)
    with c.moved(450, 560, turn=c.between(-4, 4)):
        c.rect(-290, -330, 640, 760, p.ink, alpha=0.2, round=20)
        c.rect(-320, -360, 640, 760, p.paper, round=20)
        outline = "M-320 -340Q-320 -360 -300 -360H300Q320 -360 320 -340V-110H-320Z"
        with c.inside(outline):
            land.view(c, -320, -360, 640, 260, c.pick("hills", "snow", "sea"))
        for k in range(9):
            c.rect(-266 + k * 64, -392, 14, 60, c.turned("#b9bcc4"), round=7)
        marked = c.random.sample(range(31), 6)
        for k in range(31):
            x, y = -270 + (k % 7) * 82, -70 + (k // 7) * 88
            tone = mix(p.paper, p.wall2, 0.35)
            if k in marked[:2]:
                tone = colour
            c.rect(x, y, 66, 68, tone, round=12)
            if k in marked[2:]:
                c.ring(x + 33, y + 34, 38, 34, p.main, 6)
            if c.chance(0.3):
                c.rect(x + 14, y + 42, c.between(20, 40), 8, p.ink, alpha=0.4, round=4)
    ground.table(c, 1050, "planks", "marble", "cloth")
    plants.plant(c, 770, 1130, 260)
    vessels.cup(c, 160, 1120, 130, 110, c.pick(p.main, p.paper, p.second))


@scene("keys", "warm", "mint", "sun", "rose")
def keys(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "linen", "slabs", "checks", "veined")
    x, y = 430, 420
    c.ring(x + 10, y + 14, 130, 130, p.ink, 18, alpha=0.2)
    c.ring(x, y, 130, 130, "#b9bcc4", 18)
    for turn, tone, long in ((62, "#d9b35a", 420), (96, "#c9ccd2", 460), (124, "#c98a5a", 400)):
        with c.moved(x, y, turn=turn):
            c.rect(130, -15, long, 40, p.ink, alpha=0.18, round=12)
            c.dot(190, 0, 76, c.ball(tone))
            c.dot(166, 0, 24, darker(tone, 0.5))
            c.rect(
                250, -18, long - 130, 36, c.down(lighter(tone, 0.25), darker(tone, 0.12)), round=10
            )
            for k in range(4):
                c.rect(long - 60 + k * 40 - 60, 14, 22, 18 + (k % 2) * 16, tone, round=3)
    with c.moved(x, y, turn=20):
        tag = c.pick(p.main, p.third, p.leaf)
        c.rect(150, -70, 280, 170, p.ink, alpha=0.2, round=26)
        c.rect(140, -84, 280, 170, c.down(lighter(tag, 0.15), tag), round=26)
        c.dot(176, 0, 16, p.paper)
        c.shape([(250, 10), (310, -50), (370, 10)], p.paper)
        c.rect(264, 6, 92, 54, p.paper)
        c.rect(300, 24, 24, 36, tag)
    things.sheet(c, 170, 1020, 420, 520, -18, kind="letter")
    desks.corner(c)
