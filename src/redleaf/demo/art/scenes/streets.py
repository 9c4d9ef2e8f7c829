"""Streets and ways through the city."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import land, plants, town
from redleaf.demo.art.registry import scene


@scene("snow-street", "cool", "dusk", "night", "mono")
def snow_street(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light="none")
    x = -150.0
    while x < 1050:
        wide = c.between(190, 250)
        town.house(
            c,
            x,
            870,
            wide,
            c.between(380, 560),
            mix(c.pick(p.main, p.table, p.second, p.third, p.leaf), p.wall2, 0.15),
            roof=c.pick("gable", "mansard", "flat"),
            snow=True,
        )
        x += wide + 6
    town.street(c, 860, snow=True)
    for k in range(2):
        town.street_lamp(c, 150 + k * 560, 960, 420)
        land.bare_tree(c, 430 + k * 420, 930, 420, mix(p.ink, p.table2, 0.4))
    for dx, high in ((330, 250), (430, 240)):
        town.person(
            c,
            dx + c.between(-30, 30),
            1100,
            high,
            c.pick(p.main, p.second, p.third),
            hat=c.pick(p.main, p.paper, p.third),
            back=c.chance(0.5),
        )
    for k in range(7):
        c.oval(280 + k * 34, 1130 + k * 10, 9, 4, mix(p.third, p.wall, 0.4), alpha=0.7)
    land.snowfall(c, 120)


@scene("streetcar", "warm", "cool", "dusk", "sun")
def streetcar(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 700, light="clouds")
    x = -150.0
    while x < 1050:
        wide = c.between(170, 240)
        town.house(
            c,
            x,
            760,
            wide,
            c.between(300, 520),
            mix(c.pick(p.table, p.second, p.third, p.wall2), p.wall, 0.25),
            roof=c.pick("flat", "flat", "gable"),
        )
        x += wide
    town.street(c, 760)
    for y in (1010, 1080):
        c.rect(-170, y, 1240, 9, darker(p.ink, 0.2))
        c.rect(-170, y, 1240, 3, lighter(p.third, 0.4))
    for y in (150, 190):
        c.line([(-170, y + 30), (450, y), (1070, y + 26)], p.ink, 4)
    red, y = c.tint("#c5342c", 0.05), 1030
    c.shadow(450, y + 12, 520, 50)
    c.line([(430, 470), (380, 320), (450, 176)], p.ink, 8, curved=False)
    c.rect(-110, 480, 1010, 520, c.turned(red, 0.3), round=50)
    c.rect(-110, 470, 1010, 60, c.down(p.paper, darker(p.paper, 0.15)), round=30)
    c.rect(-110, 770, 1010, 26, p.paper)
    c.rect(-110, 900, 1010, 90, darker(red, 0.25), round=20)
    _windows(c)
    c.rect(772, 560, 8, 400, red)
    c.dot(866, 850, 24, p.glow)
    c.glow(880, 850, 120, p.glow, 0.8)
    for wx in (60, 300, 620):
        c.dot(wx, y - 10, 46, p.ink)
        c.dot(wx, y - 10, 22, "#8a8a90")
    town.person(c, 110, 1170, 230, p.second, back=True)


def _windows(c: Canvas) -> None:
    """The windows, who sits behind them, and the door."""
    p = c.palette
    for k in range(4):
        c.rect(
            -70 + k * 190,
            560,
            160,
            190,
            c.down(mix(p.glow, p.third, 0.2), mix(p.third, p.paper, 0.3)),
            round=16,
        )
        if c.chance(0.75):
            town_x = 10 + k * 190
            c.oval(town_x, 690, 28, 32, c.pick("#e8b996", "#d99f78", "#b97f5a"))
            c.form(
                "M-50 0C-46 -60 46 -60 50 0Z",
                town_x,
                750,
                90,
                60,
                c.pick(p.main, p.leaf, p.second, p.ink),
            )
            c.form("M-36 0C-40 -60 40 -60 36 0Q0 -30 -36 0Z", town_x, 690, 80, 66, "#2a1d1a")
    c.rect(
        700, 560, 150, 400, c.down(mix(p.third, p.paper, 0.4), mix(p.third, p.ink, 0.2)), round=16
    )


@scene("metro", "cool", "mono", "dusk", "warm")
def metro(c: Canvas) -> None:
    p = c.palette
    c.rect(-170, 0, 1240, 1200, c.down(mix(p.wall2, p.ink, 0.2), p.wall2))
    for k in range(11):
        for j in range(7):
            c.rect(
                -170 + k * 114,
                150 + j * 62,
                108,
                56,
                mix(p.wall, p.second, c.between(0, 0.3)),
                round=4,
            )
    c.rect(-170, 370, 1240, 70, p.main)
    c.rect(-170, 380, 1240, 6, p.paper, alpha=0.7)
    c.rect(-170, 0, 1240, 130, darker(p.wall2, 0.35))
    for k in range(4):
        c.rect(-60 + k * 290, 70, 200, 22, p.glow, round=10)
        c.glow(40 + k * 290, 90, 170, p.glow, 0.6)
    body = mix("#c9ced6", p.third, 0.2)
    c.rect(-170, 480, 1240, 420, c.down(lighter(body, 0.25), darker(body, 0.15)))
    c.rect(-170, 800, 1240, 34, p.third)
    for k in range(4):
        x = -140 + k * 320
        c.rect(
            x, 530, 180, 180, c.down(mix(p.glow, p.paper, 0.3), mix(p.third, p.wall, 0.4)), round=20
        )
        c.rect(
            x + 200,
            510,
            100,
            380,
            c.down(mix(p.glow, p.paper, 0.2), mix(p.third, p.ink, 0.2)),
            round=10,
        )
        c.rect(x + 247, 510, 6, 380, darker(body, 0.3))
        _heads(c, x)
    c.rect(-170, 900, 1240, 300, c.down(lighter(p.table, 0.2), p.table2))
    c.rect(-170, 912, 1240, 34, p.second)
    for k in range(26):
        c.dot(-160 + k * 48, 929, 9, darker(p.second, 0.3))
    for x, high in ((190, 400), (560, 430), (720, 390)):
        town.person(
            c,
            x + c.between(-30, 30),
            1170,
            high,
            c.pick(p.main, p.third, p.second, p.leaf),
            back=True,
            hat=c.pick("", p.main),
        )


def _heads(c: Canvas, x: float) -> None:
    """Two people behind a window."""
    p = c.palette
    for j in range(2):
        px = x + 50 + j * 80
        c.oval(px, 640, 25, 29, c.pick("#e8b996", "#d99f78", "#b97f5a"))
        c.form(
            "M-50 0C-46 -70 46 -70 50 0Z",
            px,
            712,
            84,
            60,
            c.pick(p.main, p.leaf, p.second, p.third),
        )
        c.form(
            "M-36 0C-40 -60 40 -60 36 0Q0 -30 -36 0Z",
            px,
            638,
            70,
            56,
            c.pick("#2a1d1a", "#4a3020"),
        )


@scene("bicycle", "sun", "mint", "warm", "rose")
def bicycle(c: Canvas) -> None:
    p = c.palette
    wall = c.pick(p.wall, p.second, mix(p.third, p.wall, 0.5), mix(p.main, p.wall, 0.45))
    c.rect(-170, 0, 1240, 1200, c.down(lighter(wall, 0.15), darker(wall, 0.05)))
    for _ in range(46):
        c.rect(
            c.between(-170, 1000),
            round(c.between(0, 24)) * 38,
            76,
            32,
            darker(wall, 0.12),
            round=4,
            alpha=0.45,
        )
    c.rect(90, 110, 260, 360, p.paper)
    c.rect(108, 128, 224, 324, c.down(mix(p.third, p.paper, 0.4), mix(p.glow, p.third, 0.3)))
    c.rect(214, 128, 12, 324, p.paper)
    c.rect(70, 470, 300, 70, c.turned(p.table))
    for k in range(9):
        plants.flower(c, 92 + k * 32, 466 - (k % 3) * 18, 28, c.pick(p.main, p.second, p.paper))
    town.street(c, 940)
    frame = c.pick(p.main, p.third, p.leaf, p.second)
    lx, rx, y, r = 230, 680, 880, 172
    c.shadow(460, 1058, 420, 34)
    for x in (lx, rx):
        c.ring(x, y, r, r, p.ink, 17)
        c.ring(x, y, r - 16, r - 16, lighter(p.wall2, 0.3), 5)
        with c.moved(x, y):
            for k in range(8):
                with c.moved(0, 0, turn=k * 22.5):
                    c.line([(-r + 16, 0), (r - 16, 0)], p.paper, 2.4, alpha=0.8)
        c.dot(x, y, 16, "#8a8a90")
    for points in (
        [(lx, y), (400, 880)],
        [(lx, y), (360, 640)],
        [(340, 590), (420, 880)],
        [(358, 640), (590, 650)],
        [(420, 880), (596, 660)],
        [(580, 600), (rx, y)],
    ):
        c.line(points, frame, 20, curved=False)
    c.dot(412, 880, 44, "#8a8a90")
    c.line([(412, 880), (462, 950)], p.ink, 13)
    c.rect(436, 946, 60, 14, p.ink, round=6)
    c.form(
        "M-50 -20C-30 -60 40 -40 50 -10C20 10 -40 10 -50 -20Z",
        330,
        580,
        140,
        70,
        c.turned(p.table2),
    )
    c.line([(580, 600), (566, 520), (620, 500), (664, 520)], p.ink, 15)
    _flower_basket(c)


def _flower_basket(c: Canvas) -> None:
    p = c.palette
    basket = "M-50 -100H50L40 0H-40Z"
    for k in range(6):
        plants.flower(
            c, 650 + k * 26, 560 - (k % 3) * 26, 36, c.pick(p.main, p.second, p.paper, "#d88a9a")
        )
        plants.leaf(c, 650 + k * 26, 580, 70, -90 + c.between(-50, 50), p.leaf)
    c.form(basket, 712, 680, 190, 110, c.turned(c.tint("#cfa060")))
    for k in range(5):
        c.rect(630, 582 + k * 20, 164, 6, darker("#cfa060", 0.25), alpha=0.5)


@scene("ferry", "cool", "dusk", "sun", "mint")
def ferry(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 760)
    land.ridge(c, 620, 50, mix(p.third, p.wall, 0.55), step=200)
    land.ridge(c, 690, 30, mix(p.leaf, p.third, 0.4), step=150)
    land.water(c, 740, shine=c.between(200, 700))
    y = 900
    c.oval(450, y + 14, 470, 26, p.ink, alpha=0.3)
    c.form("M-50 -40H50L40 10H-44Z", 440, y, 780, 190, c.down(p.paper, darker(p.paper, 0.14)))
    c.form("M-46.6 -10H45L40 10H-44Z", 440, y, 780, 190, p.main)
    for row, (wide, top) in enumerate(((640, 740), (520, 660), (260, 590))):
        c.rect(
            440 - wide / 2 + row * 14,
            top,
            wide,
            84,
            c.down(lighter(p.paper, 0.2), darker(p.paper, 0.1)),
            round=12,
        )
        for k in range(int(wide / 58) - 1):
            c.rect(
                440 - wide / 2 + 34 + k * 58 + row * 14,
                top + 24,
                34,
                34,
                mix(p.third, p.glow, 0.5 if p.dark else 0.15),
                round=8,
            )
    c.rect(520, 510, 70, 100, c.turned(p.main), round=8)
    c.rect(520, 530, 70, 20, p.paper)
    for k in range(4):
        c.dot(560 + k * 60, 490 - k * 34, 30 + k * 12, "#ffffff", alpha=0.4 - k * 0.07)
    c.line([(250, 600), (250, 500)], p.ink, 5)
    c.form("M0 0H100L80 40L100 80H0Z", 250, 502, 70, 56, p.main)
    for k in range(5):
        c.oval(-10 + k * 26, y + 26 + k * 6, 110, 12, "#ffffff", alpha=0.5)
    for _ in range(6):
        land_x, land_y = c.between(80, 820), c.between(130, 480)
        c.line(
            [
                (land_x - 24, land_y - 8),
                (land_x - 9, land_y - 13),
                (land_x, land_y),
                (land_x + 9, land_y - 13),
                (land_x + 24, land_y - 8),
            ],
            p.paper if p.dark else p.ink,
            5,
        )


@scene("campus-building", "warm", "sun", "mint", "dusk")
def campus_building(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 800, light=c.pick("clouds", "sun"))
    stone = mix(c.pick(p.table, p.second, p.wall2), p.paper, 0.3)
    dark = darker(stone, 0.25)
    c.rect(60, 430, 780, 460, c.down(lighter(stone, 0.1), darker(stone, 0.1)))
    c.shape([(40, 436), (140, 350), (760, 350), (860, 436)], mix(p.third, p.ink, 0.3))
    c.rect(350, 190, 200, 700, c.down(lighter(stone, 0.2), stone))
    c.rect(486, 190, 64, 700, dark, alpha=0.35)
    c.form("M-50 0L0 -100L50 0Z", 450, 196, 236, 130, mix(p.third, p.ink, 0.2))
    c.rect(446, 30, 8, 60, p.ink)
    c.dot(450, 290, 54, p.paper)
    c.ring(450, 290, 54, 54, dark, 8)
    c.line([(450, 290), (450, 256)], p.ink, 6)
    c.line([(450, 290), (474, 300)], p.ink, 6)
    for k in range(3):
        for side in (0, 1):
            for row in range(2):
                x, y = 96 + k * 84 + side * 480, 480 + row * 190
                c.path(
                    f"M{x} {y + 120}V{y + 30}A26 30 0 0 1 {x + 52} {y + 30}V{y + 120}Z",
                    p.glow if p.dark else mix(p.third, p.paper, 0.25),
                )
                c.rect(x + 23, y, 6, 120, stone)
    c.path("M386 890V730A64 70 0 0 1 514 730V890Z", mix(p.table2, p.ink, 0.4))
    for x in (84, 790):
        for _ in range(40):
            c.dot(
                x + c.between(-40, 40),
                c.between(520, 880),
                c.between(8, 20),
                mix(p.leaf, p.main, c.between(0, 0.7)),
            )
    land.grass(c, 890)
    c.shape([(400, 890), (500, 890), (690, 1210), (210, 1210)], mix(p.paper, p.second, 0.25))
    land.tree(c, 60, 1010, 460, c.pick(p.main, p.second, p.leaf))
    land.tree(c, 850, 990, 420, c.pick(p.main, p.second, p.leaf))
    for x, y, high in ((400, 1030, 150), (500, 1070, 165), (330, 1140, 190)):
        town.person(c, x, y, high, c.pick(p.main, p.third, p.second, p.leaf), back=c.chance(0.5))
