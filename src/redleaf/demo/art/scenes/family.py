"""Children and animals."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import animals, ground, interior, land, plants
from redleaf.demo.art.registry import scene


@scene("stroller", "mint", "rose", "sun", "cool")
def stroller(c: Canvas) -> None:
    p = c.palette
    land.sky(c, 800)
    land.ridge(c, 690, 34, mix(p.leaf, p.wall, 0.5), step=210)
    for x in (10, 250, 690, 900):
        land.tree(c, x, 790, c.between(260, 420), mix(p.leaf, p.second, c.between(0, 0.5)))
    land.grass(c, 790)
    c.blob(
        [
            (-400, 1010),
            (200, 970),
            (700, 1010),
            (1300, 980),
            (1300, 1190),
            (700, 1180),
            (200, 1170),
            (-400, 1200),
        ],
        mix(p.paper, p.second, 0.25),
    )
    colour = c.pick(p.main, p.third, p.second)
    c.shadow(450, 1110, 330, 34)
    metal = mix(p.ink, p.wall, 0.15)
    c.line([(700, 520), (560, 800), (330, 1050)], metal, 18, curved=False)
    c.line([(330, 800), (600, 1050)], metal, 18, curved=False)
    c.stroke("M660 540L742 480", p.ink, 24)
    c.form(
        "M-50 0C-48 60 -20 76 10 76C44 70 56 30 58 0Z", 410, 710, 430, 260, c.turned(colour, 0.6)
    )
    c.path("M216 710A216 216 0 0 1 432 494L432 710Z", c.turned(darker(colour, 0.12), 0.7))
    for k in range(1, 4):
        c.stroke(
            f"M432 710L{432 - 216 + k * 26} {710 - k * 58}", lighter(colour, 0.3), 6, alpha=0.7
        )
    c.dot(500, 690, 52, c.ball("#f0c8a8"))
    c.path(
        "M448 684A52 52 0 0 1 552 684Q500 650 448 684Z", p.second if colour != p.second else p.paper
    )
    c.dot(490, 692, 5, p.ink)
    c.dot(520, 692, 5, p.ink)
    c.stroke("M494 712Q506 722 518 712", p.ink, 4)
    c.form(
        "M-50 0C-20 -16 30 -14 56 0V34C20 44 -30 40 -50 30Z",
        460,
        740,
        330,
        130,
        c.down(p.paper, darker(p.paper, 0.14)),
    )
    for x in (330, 600):
        c.dot(x, 1050, 64, p.ink)
        c.dot(x, 1050, 44, "#c9ccd2")
        c.dot(x, 1050, 14, p.ink)
    for _ in range(5):
        animals.bird(c, c.between(80, 820), c.between(140, 360), c.between(14, 26), p.ink)


@scene("baby-bottle", "rose", "mint", "cool", "sun")
def baby_bottle(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "arch", "panes", "stripes", "plain", "split")
    ground.table(c, 830, "cloth", "round", "planks", "gingham")
    x = 340
    c.shadow(x + 30, 1040, 170, 36)
    c.rect(x - 105, 560, 210, 480, lighter(p.wall, 0.5), round=54, alpha=0.8)
    c.rect(x - 96, 700, 192, 332, c.across("#fffdf6", darker("#fbf1de", 0.1)), round=48)
    for k in range(6):
        c.rect(x + 20, 720 + k * 48, 56 if k % 2 else 36, 7, p.third, round=3)
    c.rect(x - 80, 600, 22, 380, "#ffffff", alpha=0.6, round=10)
    c.rect(x - 100, 490, 200, 84, c.turned(c.pick(p.main, p.third, p.second)), round=20)
    c.form(
        "M-50 0C-50 -40 -16 -44 -14 -80C-12 -104 12 -104 14 -80C16 -44 50 -40 50 0Z",
        x,
        494,
        150,
        140,
        c.turned(c.tint("#e8b98a")),
    )
    bear = c.pick("#b9804f", "#d9b48a", p.second)
    c.shadow(650, 1060, 220, 40)
    for dx in (-96, 96):
        c.oval(650 + dx, 1010, 62, 54, c.ball(bear))
        c.dot(650 + dx * 0.86, 590, 52, c.ball(bear))
        c.dot(650 + dx * 0.86, 590, 28, lighter(bear, 0.4))
        c.oval(650 + dx * 1.24, 850, 40, 78, c.ball(darker(bear, 0.06)), turn=dx * -0.2)
    c.oval(650, 890, 130, 160, c.ball(bear))
    c.oval(650, 920, 80, 100, lighter(bear, 0.35), alpha=0.8)
    c.oval(650, 670, 134, 118, c.ball(bear))
    c.oval(650, 710, 60, 46, lighter(bear, 0.5))
    c.oval(650, 692, 20, 14, p.ink)
    for dx in (-52, 52):
        c.dot(650 + dx, 650, 12, p.ink)
    c.form("M-50 -20L0 0L50 -20V26L0 6L-50 26Z", 650, 790, 130, 70, p.main)
    for k in range(3):
        tone = (p.main, p.second, p.third)[k]
        c.rect(
            90 + k * 88,
            1080 - (k % 2) * 8,
            76,
            76,
            c.down(lighter(tone, 0.15), darker(tone, 0.1)),
            round=12,
        )
        c.dot(128 + k * 88, 1118 - (k % 2) * 8, 19, p.paper)


@scene("kids-drawing", "sun", "rose", "mint", "cool")
def kids_drawing(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "boards", "slabs", "specks", "linen")
    with c.moved(440, 580, turn=c.between(-8, 8)):
        c.rect(-330, -390, 700, 800, p.ink, alpha=0.2, round=6)
        c.rect(-350, -410, 700, 800, "#fffdf6", round=6)
        c.line([(-320, 230), (-60, 250), (160, 226), (320, 240)], "#6fae52", 26)
        for k in range(9):
            c.line([(-300 + k * 74, 240), (-290 + k * 74, 206)], "#5a9a44", 8)
        c.line([(-200, 230), (-200, 20), (40, 20), (40, 230)], p.main, 13, curved=False)
        c.line([(-240, 30), (-80, -130), (80, 30)], "#d9622f", 17, curved=False)
        c.rect(-110, 120, 70, 110, "#8a5a3a", round=6)
        c.rect(-180, 60, 50, 50, "#f0c84a")
        c.rect(-30, 60, 50, 50, "#f0c84a")
        c.dot(-240, -290, 66, "#f4bf3a")
        for k in range(10):
            with c.moved(-240, -290, turn=k * 36):
                c.line([(84, 0), (118, 4)], "#f0a030", 9)
        for k in range(5):
            c.stroke(
                f"M{-60 - k * 4} {-90 + k * 24 - 60}A{210 - k * 24} {210 - k * 24} 0 0 1"
                f" {330 - k * 24} {-90 + 60}",
                ("#d8432f", "#f0a030", "#f4d24a", "#5a9a44", "#4a86c0")[k],
                20,
                alpha=0.85,
            )
        for x, high, tone in ((130, 150, "#c8508a"), (210, 170, "#4a86c0"), (285, 110, "#e8883a")):
            c.dot(x, 232 - high, 27, "#f2c9a4")
            c.shape([(x, 250 - high), (x + 36, 190), (x - 36, 190)], tone)
            for side in (-1, 1):
                c.line([(x + side * 12, 190), (x + side * 12, 228)], p.ink, 6)
                c.line([(x, 276 - high), (x + side * 42, 250 - high + 40)], p.ink, 6)
            c.stroke(f"M{x - 10} {236 - high}q10 10 20 0", p.ink, 4)
    for k, tone in enumerate(("#d8432f", "#f0a030", "#5a9a44", "#4a86c0", "#8a5ac0")):
        with c.moved(
            150 + k * 140 + c.between(-20, 20), 1080 + c.between(-30, 30), turn=c.between(-40, 40)
        ):
            c.rect(-86, -14, 190, 42, p.ink, alpha=0.18, round=10)
            c.rect(-96, -22, 160, 42, c.down(lighter(tone, 0.2), tone), round=8)
            c.shape([(64, -18), (104, -1), (64, 16)], tone)
            c.rect(-70, -22, 26, 42, darker(tone, 0.25))


@scene("cat", "warm", "mint", "rose", "dusk", "cool")
def cat(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "panes", "split", "stripes", "arch", "sun")
    if c.chance(0.45):
        interior.window(c, 160, 90, 560, 560, view=c.pick("snow", "towers", "hills"))
        c.rect(40, 880, 820, 60, c.down(p.paper, darker(p.paper, 0.15)))
        ground.table(c, 930, "planks")
        animals.cat_sitting(c, c.between(380, 520), 900, 560, mark=c.pick("", p.main, p.third))
        plants.plant(c, c.pick(120, 780), 890, 330)
    elif c.chance(0.6):
        ground.floor(c, 830)
        ground.rug(c, 450, 1050, 400, 120, c.pick(p.main, p.third, p.second))
        animals.cat_sitting(c, 450, 1060, 640, mark=c.pick(p.main, p.third, p.second))
        c.dot(720, 1080, 54, c.ball(p.second))
        c.stroke("M720 1130C640 1180 560 1120 500 1170", p.second, 6)
    else:
        ground.floor(c, 800)
        c.shadow(450, 1060, 420, 70)
        c.oval(450, 1010, 400, 130, c.ball(c.pick(p.third, p.main, p.second)))
        c.oval(450, 970, 320, 90, darker(p.paper, 0.1))
        animals.cat_curled(c, 450, 1000, 560)
        plants.plant(c, 130, 860, 420, "monstera")


@scene("dog", "sun", "mint", "warm", "cool")
def dog(c: Canvas) -> None:
    p = c.palette
    if c.chance(0.6):
        land.sky(c, 800)
        land.ridge(c, 690, 40, mix(p.leaf, p.wall, 0.5), step=210)
        for x in (20, 860):
            land.tree(c, x, 830, 440, mix(p.leaf, p.second, c.between(0, 0.6)))
        land.grass(c, 800)
    else:
        ground.backdrop(c, "arch", "sun", "split", "panes")
        ground.floor(c, 830)
        ground.rug(c, 450, 1070, 400, 110, c.pick(p.third, p.second))
    animals.dog_sitting(c, 450, 1080, 700, scarf=c.pick(p.main, p.third, p.second))
    c.dot(190, 1090, 50, c.ball(c.pick("#b8cf4a", p.main)))
    c.stroke("M146 1076Q190 1110 234 1076", p.paper, 6)
    with c.moved(730, 1110, turn=-16):
        c.rect(-60, -15, 120, 30, "#f6ead4", round=14)
        for x in (-62, 62):
            for y in (-14, 14):
                c.dot(x, y, 21, "#f6ead4")


@scene("cinema", "night", "dusk", "rose")
def cinema(c: Canvas) -> None:
    p = c.palette
    c.rect(-170, 0, 1240, 1200, c.down(mix(p.ink, p.wall2, 0.3), p.ink))
    with c.inside("M90 130H810V600H90Z"):
        land.view(c, 90, 130, 720, 470, c.pick("hills", "towers", "sea"))
    c.rect(78, 118, 744, 12, darker(p.ink, 0.3))
    c.glow(450, 360, 620, p.glow, 0.35)
    c.shape([(90, 600), (810, 600), (1070, 1200), (-170, 1200)], c.fading(p.glow, 0.25, 0))
    for side in (-1, 1):
        for k in range(4):
            x = 450 + side * (430 + k * 46)
            c.line(
                [(x, 60), (x + side * 20, 400), (x - side * 6, 720)],
                c.pick(p.main, darker(p.main, 0.2)),
                50,
            )
    for row in range(4):
        y, size = 740 + row * 120, 86 + row * 20
        count = 9 - row
        for k in range(count):
            px = 450 + (k - (count - 1) / 2) * size * 1.24
            seat = mix(p.main, p.ink, 0.15 + (3 - row) * 0.12)
            if c.chance(0.62):
                hair = c.pick("#2a1d1a", "#3a2620", "#5a3a28", "#1d1b22")
                c.form(
                    "M-40 0C-44 -70 44 -70 40 0Z",
                    px,
                    y - size * 0.2,
                    size,
                    size * 0.8,
                    c.pick(p.third, p.second, p.leaf, p.paper),
                )
                c.oval(px, y - size * 0.86, size * 0.28, size * 0.32, hair)
            c.rect(
                px - size * 0.55,
                y - size * 0.36,
                size * 1.1,
                size * 1.3,
                c.down(lighter(seat, 0.15), darker(seat, 0.2)),
                round=size * 0.3,
            )
