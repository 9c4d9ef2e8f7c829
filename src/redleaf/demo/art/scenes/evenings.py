"""Evenings out: lights, fires, markets."""

from redleaf.demo.art.canvas import LEFT, RIGHT, Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import land, town, vessels
from redleaf.demo.art.registry import scene


@scene("skating-rink", "cool", "night", "dusk")
def skating_rink(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 700, light="none")
    behind = c.pick("towers", "houses", "mountains")
    if behind == "towers":
        lit = 0.7 if p.dark else 0.4
        town.skyline(c, 640, mix(p.third, p.wall2, 0.35), low=120, high=420, lit=lit)
    elif behind == "houses":
        for k in range(6):
            tone = mix(c.pick(p.main, p.table, p.second, p.third), p.wall2, 0.2)
            roof = c.pick("gable", "mansard")
            town.house(c, -160 + k * 206, 650, 200, c.between(230, 330), tone, roof=roof, snow=True)
    else:
        for k in range(4):
            high = c.between(280, 440)
            land.peak(c, -60 + k * 330, 660, 600, high, mix(p.third, p.wall2, 0.3))
    land.snow_ground(c, 620, 14)
    for k in range(9):
        land.conifer(
            c,
            LEFT + k * 146 + c.between(-20, 20),
            680,
            c.between(110, 190),
            mix(p.leaf, p.ink, 0.3),
            snow=True,
        )
    town.bulbs(c, LEFT, 240, 450, 210, 90, 16)
    town.bulbs(c, 450, 210, RIGHT, 250, 90, 16)
    ice = mix("#d6ecf5", p.wall, 0.35)
    c.oval(450, 950, 660, 270, mix("#ffffff", p.third, 0.25))
    c.oval(450, 946, 640, 256, c.down(mix(ice, p.third, 0.25), lighter(ice, 0.3)))
    for _ in range(16):
        x, y = c.between(20, 800), c.between(800, 1120)
        c.line(
            [(x, y), (x + 60, y + c.between(-14, 14)), (x + 140, y + c.between(-24, 24))],
            "#ffffff",
            4,
            alpha=0.8,
        )
    spots = [
        (170, 850, 130),
        (350, 830, 125),
        (620, 840, 130),
        (760, 930, 170),
        (270, 1000, 190),
        (520, 1080, 220),
    ]
    for x, y, high in spots:
        with c.moved(x, y, turn=c.between(-10, 10)):
            town.person(
                c,
                0,
                0,
                high,
                c.pick(p.main, p.second, p.third, p.leaf),
                hat=c.pick(p.main, p.paper, p.second),
                flip=c.chance(0.5),
            )
    land.snowfall(c, 70)


@scene("camping-tent", "night", "dusk", "mint", "cool")
def camping_tent(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light="moon" if p.dark else "clouds")
    if p.dark:
        land.stars(c, 700)
    for k in range(3):
        land.peak(
            c,
            60 + k * 400 + c.between(-50, 50),
            720,
            560,
            c.between(240, 360),
            mix(p.third, p.wall2, 0.4),
        )
    for k in range(22):
        land.conifer(
            c,
            LEFT + k * 58 + c.between(-16, 16),
            760,
            c.between(130, 290),
            mix(p.leaf, p.ink, c.between(0.3, 0.6)),
        )
    land.grass(c, 740, mix(p.leaf, p.ink, 0.25))
    tent = c.pick(p.second, p.main, p.third)
    c.glow(360, 860, 380, p.glow, 0.7)
    c.shape([(350, 600), (90, 940), (350, 960)], c.down(lighter(tent, 0.25), tent))
    c.shape([(350, 600), (640, 900), (690, 870), (420, 580)], darker(tent, 0.2))
    c.shape([(350, 600), (350, 960), (600, 940), (640, 900)], c.down(tent, darker(tent, 0.12)))
    c.shape(
        [(350, 660), (250, 952), (350, 960), (430, 954)], c.down(mix(p.glow, p.second, 0.3), p.glow)
    )
    c.shape([(350, 660), (316, 952), (250, 952)], darker(tent, 0.3))
    x, y = 700, 1040
    c.glow(x, y - 30, 300, "#ff9a3c", 0.75)
    for turn in (-18, 16, 90):
        with c.moved(x, y, turn=turn):
            c.rect(-80, -13, 160, 26, c.turned(darker(p.table2, 0.2)), round=12)
    for w, tone in ((100, "#e8502c"), (70, "#f59a34"), (38, "#ffe08a")):
        c.form(
            "M0 -100C30 -60 50 -40 44 -6C30 16 -30 16 -44 -6C-50 -40 -10 -50 0 -100Z",
            x,
            y - 6,
            w,
            w * 1.6,
            tone,
        )
    c.rect(480, 1060, 120, 40, c.turned(p.table2), round=18)
    vessels.cup(c, 545, 1056, 50, 44, p.main, saucer=False)


@scene("northern-lights", "night", "night", "dusk")
def northern_lights(c: Canvas) -> None:
    p = c.palette
    c.rect(LEFT, 0, 1240, 1200, c.down("#0c1730", mix(p.wall2, "#16324a", 0.6)))
    land.stars(c, 1000)
    for tone in c.shuffled("#5fe0a8", "#57c7d6", "#a67fe0", "#7ff0b8")[:3]:
        points = [(LEFT + k * 210, c.between(240, 520)) for k in range(7)]
        for step in range(24):
            t = step / 23 * 5.99
            index = int(t)
            share = t - index
            x = points[index][0] * (1 - share) + points[index + 1][0] * share
            y = points[index][1] * (1 - share) + points[index + 1][1] * share
            c.rect(x - 34, y - 260, 78, 300, c.fading(tone, 0.0, 0.3), round=30)
        c.line(points, tone, 12, alpha=0.4)
    for k in range(3):
        land.peak(c, 60 + k * 390 + c.between(-60, 60), 860, 560, c.between(180, 300), "#2a3f5c")
    land.snow_ground(c, 830, 20)
    for k in range(16):
        land.conifer(
            c,
            LEFT + k * 80 + c.between(-20, 20),
            900 + c.between(-10, 40),
            c.between(140, 330),
            "#15303a",
            snow=True,
        )
    c.shape([(330, 1060), (430, 980), (530, 1060)], mix("#ffffff", p.third, 0.2))
    c.rect(350, 1056, 160, 84, c.turned("#5a3a2a"))
    c.rect(372, 1074, 44, 40, p.glow)
    c.glow(400, 1094, 150, p.glow, 0.8)
    c.rect(446, 1072, 38, 68, "#38231a")


@scene("lantern-street", "night", "dusk", "warm")
def lantern_street(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light="none")
    _both_sides(c)
    c.shape(
        [(380, 800), (520, 800), (980, 1210), (-80, 1210)],
        c.down(mix(p.glow, p.table, 0.6), mix(p.ink, p.table2, 0.4)),
    )
    for x, y, high in (
        (420, 850, 90),
        (480, 860, 96),
        (400, 930, 140),
        (560, 950, 150),
        (300, 1090, 240),
        (610, 1130, 260),
    ):
        town.person(
            c,
            x,
            y,
            high,
            c.pick(p.main, p.third, p.second, p.leaf),
            back=c.chance(0.6),
            flip=c.chance(0.5),
        )
    _lantern_rows(c)


def _lantern_rows(c: Canvas) -> None:
    p = c.palette
    for row, (y, count, size) in enumerate(((420, 5, 40), (280, 5, 62), (110, 4, 96))):
        spread = 240 + row * 190
        c.stroke(
            f"M{450 - spread:.0f} {y - 60:.0f}Q450 {y + 20:.0f} {450 + spread:.0f} {y - 60:.0f}",
            p.ink,
            3,
        )
        for k in range(count):
            t = (k + 0.5) / count
            town.lantern(
                c,
                450 - spread + 2 * spread * t,
                y + 40 - 100 * (2 * t - 1) ** 2 * 0.4,
                size,
                c.tint("#d8382c", 0.02),
            )


def _both_sides(c: Canvas) -> None:
    """Shops along a street that leads away."""
    p = c.palette
    for side in (-1, 1):
        for k in range(4):
            wide, high = 190 - k * 32, 760 - k * 130
            x = 450 + side * (470 - k * 118)
            left = x - wide / 2
            tone = mix(c.pick(p.main, p.table, p.third, p.second), p.wall2, 0.25 + k * 0.1)
            c.rect(left, 960 - k * 50 - high, wide, high, c.down(tone, darker(tone, 0.2)))
            c.form(
                "M-60 0L-50 -30H50L60 0Z",
                x,
                960 - k * 50 - high + 10,
                wide,
                80,
                mix(p.ink, p.third, 0.3),
            )
            for row in range(3 - k // 2):
                c.rect(
                    left + wide * 0.18,
                    960 - k * 50 - high + 70 + row * 130,
                    wide * 0.64,
                    70,
                    p.glow,
                    alpha=0.85,
                    round=4,
                )
            c.rect(
                x - side * wide * 0.5 - 20,
                960 - k * 50 - high * 0.56,
                40,
                high * 0.26,
                c.pick(p.main, p.second, p.third),
                round=6,
            )
            c.rect(left + wide * 0.1, 900 - k * 50, wide * 0.8, 60, p.glow, alpha=0.7)


@scene("night-market", "night", "night", "dusk")
def night_market(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 900, light="moon")
    town.skyline(c, 640, mix(p.third, p.wall2, 0.5), low=80, high=260, lit=0.8)
    c.rect(LEFT, 640, 1240, 560, c.down(mix(p.table2, p.ink, 0.3), p.ink))
    for x, wide, y, high, tone in (
        (-120, 330, 800, 260, p.third),
        (250, 300, 790, 250, p.main),
        (580, 420, 800, 265, p.second),
    ):
        town.stall(c, x, y, wide, high, tone)
    town.bulbs(c, LEFT, 300, 450, 240, 110, 16)
    town.bulbs(c, 450, 240, RIGHT, 320, 110, 16)
    for x, y, high in (
        (120, 860, 150),
        (330, 850, 140),
        (470, 870, 160),
        (640, 850, 146),
        (780, 880, 165),
        (230, 980, 220),
        (560, 1000, 236),
        (730, 1130, 300),
        (120, 1150, 310),
    ):
        town.person(
            c,
            x,
            y,
            high,
            c.pick(p.main, p.third, p.second, p.leaf, p.paper),
            back=c.chance(0.7),
            flip=c.chance(0.5),
        )
    for x in (100, 420, 700):
        vessels.steam(c, x, 620, 220, 2)
        c.glow(x, 700, 200, p.glow, 0.5)


@scene("fireworks", "night", "night", "dusk")
def fireworks(c: Canvas) -> None:
    p = c.palette
    c.rect(LEFT, 0, 1240, 1200, c.down("#10162e", mix(p.wall2, "#33305c", 0.5)))
    land.stars(c, 800)
    colours = c.shuffled(p.main, p.second, p.glow, "#7fd0c4", "#c89ae0", "#f0869a")
    spots = c.shuffled(
        (280, 280, 210), (650, 220, 170), (520, 480, 230), (180, 540, 130), (770, 520, 140)
    )
    for index, (x, y, r) in enumerate(spots):
        c.line([(x, 820), (x + 8, y + r * 0.6), (x, y)], p.glow, 4, alpha=0.35)
        town.burst(c, x, y, r, colours[index])
    town.skyline(c, 880, mix(p.third, p.wall2, 0.7), low=60, high=260, lit=0.7)
    land.water(c, 880, colour=mix(p.wall2, p.third, 0.3), shine=c.between(300, 600))
    town.bridge_lights(c, 884, 46)
    for x, high in ((180, 210), (260, 190), (560, 220), (630, 160), (700, 215)):
        town.person(
            c, x, 1190, high, mix(c.pick(p.main, p.third, p.second), p.ink, 0.35), back=True
        )
