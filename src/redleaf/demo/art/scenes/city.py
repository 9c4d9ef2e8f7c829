"""Cities, by their outlines and their streets."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import land, town
from redleaf.demo.art.registry import scene


@scene("skyline-toronto", "dusk", "cool", "sun", "night")
def skyline_toronto(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 860, light=c.pick("sun", "clouds", "clouds"))
    lit = 0.7 if p.dark else 0.35
    town.skyline(c, 800, mix(p.third, p.wall, 0.62), low=140, high=330, lit=lit)
    x = c.between(290, 380)
    stone = mix(p.third, p.ink, 0.25)
    c.form("M-1.6 -100L-2.8 -18L-7 0H7L2.8 -18L1.6 -100Z", x, 800, 620, 640, c.turned(stone))
    c.rect(x - 4, 20, 8, 150, c.turned(lighter(stone, 0.2)))
    c.form(
        "M-50 0C-50 -40 -30 -60 -18 -66H18C30 -60 50 -40 50 0C40 40 20 60 12 80"
        "H-12C-20 60 -40 40 -50 0Z",
        x,
        236,
        120,
        66,
        c.turned(lighter(stone, 0.15)),
    )
    c.rect(x - 58, 230, 116, 14, p.glow if p.dark else p.paper, round=6)
    c.rect(x - 34, 150, 68, 12, c.turned(stone), round=5)
    town.skyline(c, 812, mix(p.third, p.ink, 0.12), low=90, high=240, lit=lit)
    dome = mix(p.paper, p.wall2, 0.35)
    c.form("M-50 0C-50 -70 50 -70 50 0Z", x + 150, 812, 200, 110, c.turned(dome))
    land.water(c, 806, shine=c.between(300, 600))
    town.bridge_lights(c, 810, 26)
    for k in range(2):
        _sail(c, 200 + k * 420 + c.between(-60, 60), 960 + k * 70, 110 + k * 30)


def _sail(c: Canvas, x: float, y: float, high: float) -> None:
    p = c.palette
    c.form("M0 -100L46 -8H4Z", x, y, high, high, p.paper)
    c.form("M-4 -86L-40 -8H-4Z", x, y, high, high, c.pick(p.main, p.second))
    c.form("M-50 0H54L36 20H-36Z", x, y, high, high, darker(p.table2, 0.2))
    c.oval(x, y + high * 0.26, high * 0.5, high * 0.05, p.ink, alpha=0.3)


@scene("skyline-vancouver", "cool", "mint", "dusk", "sun")
def skyline_vancouver(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 860)
    for k in range(4):
        land.peak(
            c,
            -60 + k * 340 + c.between(-40, 40),
            780,
            620,
            c.between(330, 480),
            mix(p.third, p.wall, 0.35),
        )
    land.ridge(c, 720, 26, mix(p.leaf, p.third, 0.4), step=130)
    town.skyline(
        c, 830, mix(p.third, p.paper, 0.45), low=130, high=360, lit=0.6 if p.dark else 0.45
    )
    town.skyline(c, 836, mix(p.wall2, p.ink, 0.15), low=50, high=150)
    c.blob(
        [(-500, 1500), (-170, 826), (300, 838), (800, 824), (1070, 836), (1400, 1500)],
        mix(p.leaf, p.ink, 0.15),
    )
    for k in range(20):
        land.conifer(
            c,
            -120 + k * 62 + c.between(-16, 16),
            866,
            c.between(60, 110),
            mix(p.leaf, p.ink, c.between(0.1, 0.4)),
        )
    land.water(c, 868, shine=c.between(300, 700))
    for k in range(3):
        x = 600 + k * 60
        c.form("M-50 0H50L40 26H-40Z", x - k * 200, 980 + k * 50, 110 + k * 26, 70, p.paper)


@scene("skyline-montreal", "warm", "dusk", "cool", "rose")
def skyline_montreal(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900)
    c.blob(
        [
            (-500, 1400),
            (-170, 640),
            (120, 470),
            (380, 400),
            (620, 440),
            (880, 560),
            (1070, 640),
            (1500, 1400),
        ],
        mix(p.leaf, p.wall, 0.4),
    )
    c.rect(396, 330, 8, 84, mix(p.ink, p.third, 0.3))
    c.rect(376, 350, 48, 8, mix(p.ink, p.third, 0.3))
    c.glow(400, 360, 70, p.glow, 0.7)
    town.skyline(c, 800, mix(p.third, p.wall, 0.35), low=120, high=330, lit=0.4)
    x = -160.0
    while x < 1060:
        wide = c.between(150, 210)
        town.house(
            c,
            x,
            930,
            wide,
            c.between(190, 260),
            c.pick(
                p.main, p.table, mix(p.paper, p.table, 0.4), p.second, mix(p.third, p.paper, 0.2)
            ),
            roof=c.pick("mansard", "flat", "gable"),
        )
        for k in range(6):
            c.line(
                [
                    (x + wide * 0.1 + k * 12, 930 - 100 + k * 17),
                    (x + wide * 0.24 + k * 12, 930 - 100 + k * 17),
                ],
                p.ink,
                5,
            )
        x += wide + 4
    town.street(c, 930)
    for k in range(3):
        land.tree(c, 60 + k * 390, 1010, 260, c.pick(p.leaf, p.second, p.main))
    town.person(c, 330, 1120, 190, p.main)
    town.person(c, 640, 1140, 200, p.third, flip=True)


@scene("skyline-calgary", "sun", "cool", "dusk", "warm")
def skyline_calgary(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900)
    for k in range(5):
        land.peak(
            c,
            -120 + k * 270 + c.between(-30, 30),
            690,
            460,
            c.between(140, 240),
            mix(p.third, p.wall, 0.5),
        )
    land.ridge(c, 680, 20, mix(p.second, p.wall, 0.45), step=200)
    town.skyline(c, 840, mix(p.third, p.table, 0.3), low=150, high=400, lit=0.5)
    x = c.between(480, 600)
    c.form("M-4 -100L-6 0H6L4 -100Z", x, 850, 420, 470, c.turned(mix(p.table, p.paper, 0.3)))
    c.form("M-30 0L-50 -40H50L30 0Z", x, 400, 150, 70, c.turned(p.main))
    c.rect(x - 60, 352, 120, 22, c.turned(p.paper), round=8)
    c.rect(x - 4, 280, 8, 76, p.ink)
    land.grass(c, 840, mix(p.leaf, p.second, 0.35))
    c.blob(
        [
            (-300, 960),
            (200, 930),
            (520, 1000),
            (1100, 950),
            (1300, 1060),
            (560, 1120),
            (100, 1040),
            (-400, 1080),
        ],
        c.down(mix(p.third, p.paper, 0.4), p.third),
    )
    c.stroke("M-170 930Q450 760 1070 930", p.main, 16)
    for k in range(13):
        t = k / 12
        y = 930 - 4 * 85 * t * (1 - t)
        c.line([(-170 + t * 1240, y), (-170 + t * 1240, 948)], p.paper, 6)
    c.rect(-170, 940, 1240, 14, p.main)
