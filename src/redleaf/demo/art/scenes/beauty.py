"""Skincare and make-up."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import ground, interior, plants, things, vessels
from redleaf.demo.art.registry import scene


def _wares(c: Canvas) -> list[str]:
    p = c.palette
    return c.shuffled(
        p.main, p.second, p.third, p.paper, mix(p.leaf, p.paper, 0.3), mix(p.wall2, p.ink, 0.35)
    )


@scene("skincare-shelf", "rose", "mint", "cool", "warm")
def skincare_shelf(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "tiles", "split", "leaves", "stripes")
    for y in (470, 840):
        ground.shelf(c, y)
    plants.plant(c, c.pick(150, 760), 470, 300, c.pick("fern", "rubber", "monstera"))
    for row, y in enumerate((470, 840, 1170)):
        if row == 2:
            ground.table(c, 1130, "planks", "marble")
        x, colours = (330.0 if row == 0 else 110.0), _wares(c) + _wares(c)
        while x < (620 if row == 0 else 840):
            wide, colour = c.between(76, 124), colours.pop()
            kind = c.pick("bottle", "dropper", "pump", "jar", "tube")
            cap = c.pick(p.ink, p.paper, p.second, darker(colour, 0.3))
            if kind == "jar":
                vessels.jar(c, x, y, wide * 1.25, wide * 0.92, colour, cap=cap)
            elif kind == "tube":
                vessels.tube(c, x, y, wide * 0.86, c.between(180, 230), colour, cap=cap)
            else:
                vessels.bottle(
                    c,
                    x,
                    y,
                    wide,
                    c.between(190, 270),
                    colour,
                    cap=cap,
                    kind="screw" if kind == "bottle" else kind,
                )
            x += wide + c.between(34, 62)


@scene("serum-bottle", "warm", "rose", "mint", "cool")
def serum_bottle(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "leaves", "split")
    ground.table(c, 830, "marble", "planks", "cloth", "round")
    x = c.between(400, 500)
    if c.chance(0.6):
        ground.podium(c, x, 930, 250, 90, mix(p.wall2, p.table, 0.4))
    plants.sprig(c, x + 120, 900, 380, turn=-62)
    plants.sprig(c, x - 60, 940, 260, turn=-148)
    colour = c.pick("#a8612b", p.third, p.main, mix(p.leaf, p.ink, 0.2))
    vessels.bottle(
        c, x, 940, 200, 560, colour, cap=c.pick(p.ink, p.paper, p.second), kind="dropper"
    )
    side = c.pick(-1, 1)
    vessels.jar(c, x + side * 250, 1020, 170, 130, p.paper, cap=p.second)
    for _ in range(5):
        dx = c.between(-330, 330)
        c.dot(
            x + dx,
            1060 + c.between(0, 60),
            c.between(8, 18),
            c.ball(mix(p.glow, p.second, 0.5)),
            alpha=0.9,
        )


@scene("cream-jar", "cool", "rose", "warm", "mint")
def cream_jar(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "leaves", "stripes", "plain")
    ground.table(c, 800, "marble", "cloth", "round", "planks")
    x = c.between(390, 510)
    colour = c.pick(p.third, p.main, p.paper, p.leaf, mix(p.wall2, p.ink, 0.3))
    ground.podium(
        c,
        x,
        900,
        280,
        120,
        c.pick(mix(p.wall2, p.second, 0.4), p.paper, mix(p.wall2, p.third, 0.4)),
    )
    side, beside = c.pick(-1, 1), c.pick("flowers", "twigs", "plant", "bottles")
    if beside == "flowers":
        plants.bunch(c, x + side * 240, 870, 480)
    elif beside == "twigs":
        for turn in (-110, -74, -50):
            plants.sprig(c, x + side * 150, 900, c.between(320, 460), turn=turn)
    elif beside == "plant":
        plants.plant(c, x + side * 300, 880, 420)
    else:
        tall = c.pick("dropper", "pump", "screw")
        vessels.bottle(
            c, x + side * 270, 890, 130, 350, c.pick(p.second, p.third, p.main), kind=tall
        )
        vessels.tube(c, x + side * 370, 930, 100, 270, p.paper, cap=colour)
    vessels.jar(c, x, 905, c.between(300, 360), c.between(230, 290), colour, open=c.chance(0.7))
    lid = c.pick(p.ink, p.second)
    c.shadow(x + 250, 1085, 150, 36)
    c.oval(x + 230, 1080, 130, 34, darker(lid, 0.3))
    c.oval(x + 230, 1064, 130, 34, c.across(lighter(lid, 0.35), lid))
    c.form(
        "M-50 0Q-20 -40 30 -20Q60 0 20 24Q-30 40 -50 0Z",
        x - 250,
        1080,
        170,
        90,
        c.turned("#fffaf2", 0.4),
    )
    with c.moved(x - 220, 1070, turn=-20):
        c.rect(-150, -9, 220, 18, c.down(lighter(p.table, 0.4), p.table), round=9)


@scene("sheet-mask", "rose", "mint", "cool")
def sheet_mask(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "linen", "slabs", "veined", "specks")
    colour = c.pick(p.main, p.third, p.leaf, p.second)
    for index, turn in enumerate((c.between(-24, -12), c.between(6, 16))):
        with c.moved(360 + index * 210, 520 + index * 90, turn=turn):
            tone = colour if index else mix(colour, p.paper, 0.55)
            c.rect(-158, -238, 340, 500, p.ink, alpha=0.22, round=10)
            c.rect(-170, -254, 340, 500, c.across(lighter(tone, 0.2), darker(tone, 0.08)), round=8)
            for y in (-254, 222):
                c.rect(-170, y, 340, 24, lighter(tone, 0.35))
            vessels.label(c, 0, -90, 200, 150)
            plants.leaf(c, -20, 140, 150, -50, p.leaf)
            plants.leaf(c, -10, 140, 120, -120, darker(p.leaf, 0.1))
    with c.moved(470, 850, turn=c.between(-14, 14)):
        white = mix("#ffffff", p.wall, 0.12)
        c.oval(14, 18, 205, 258, p.ink, alpha=0.2)
        c.oval(0, 0, 200, 255, c.ball(white))
        for side in (-1, 1):
            c.oval(side * 82, -62, 52, 26, mix(p.wall2, p.ink, 0.18), turn=side * 8)
        c.oval(0, 130, 66, 24, mix(p.wall2, p.ink, 0.18))
        c.form(
            "M0 -50C-20 0 -34 20 -16 34Q0 42 16 34C34 20 20 0 0 -50Z",
            0,
            40,
            110,
            110,
            darker(white, 0.1),
        )
    for _ in range(9):
        c.dot(
            c.between(90, 820),
            c.between(80, 1130),
            c.between(8, 20),
            c.ball(mix(p.paper, p.third, 0.3)),
            alpha=0.85,
        )


@scene("sunscreen-tube", "sun", "sun", "cool", "mint")
def sunscreen_tube(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "sun", "panes", "arch", "leaves")
    sand = c.tint("#ecd3a2")
    c.blob(
        [(-500, 1500), (-170, 880), (160, 850), (480, 900), (800, 850), (1070, 890), (1400, 1500)],
        c.down(lighter(sand, 0.2), darker(sand, 0.12)),
    )
    for _ in range(60):
        c.dot(
            c.between(-170, 1070),
            c.between(910, 1200),
            c.between(2, 4),
            darker(sand, 0.3),
            alpha=0.5,
        )
    x = c.between(390, 470)
    vessels.tube(
        c,
        x,
        1030,
        250,
        600,
        c.pick(p.second, p.main, p.paper, p.third),
        cap=c.pick(p.paper, p.main),
    )
    c.form(
        "M0 -60L10 -18L50 -34L22 0L58 24L16 22L4 60L-12 22L-54 30L-24 0L-50 -32L-10 -18Z",
        x + 270,
        1060,
        150,
        130,
        mix(p.main, p.second, 0.5),
    )
    c.dot(x + 268, 1060, 22, lighter(p.main, 0.4))
    things_x = x - 260
    c.form(
        "M-50 0C-40 -70 40 -70 50 0C30 16 -30 16 -50 0Z",
        things_x,
        1080,
        170,
        140,
        c.turned(lighter(p.wall2, 0.3)),
    )
    for k in range(-3, 4):
        c.line([(things_x, 1076), (things_x + k * 26, 1012)], darker(p.wall2, 0.2), 4, alpha=0.6)
    plants.branch_shade(c, 900, 700, 500, turn=165)


@scene("cleanser-foam", "mint", "cool", "rose")
def cleanser_foam(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "tiles", "arch", "panes", "split")
    ground.table(c, 860, "marble", "round", "cloth")
    x = c.between(300, 380)
    vessels.bottle(
        c, x, 1010, 220, 560, c.pick(p.third, p.main, p.second, p.leaf), cap=p.paper, kind="pump"
    )
    top = vessels.bowl(
        c,
        x + 300,
        1080,
        330,
        150,
        c.pick(p.paper, p.second, mix(p.third, p.paper, 0.5)),
        mix(p.third, p.paper, 0.7),
    )
    for _ in range(26):
        fx = x + 300 + c.between(-130, 130)
        r = c.between(24, 56)
        c.dot(
            fx,
            top - c.between(-6, 90) * (1 - abs(fx - x - 300) / 170),
            r,
            c.ball(mix("#ffffff", p.wall, 0.14)),
        )
    for _ in range(12):
        bx, by, r = c.between(80, 860), c.between(150, 780), c.between(12, 46)
        c.dot(bx, by, r, lighter(p.wall, 0.5), alpha=0.35)
        c.ring(bx, by, r, r, "#ffffff", 4, alpha=0.75)
        c.dot(bx - r * 0.4, by - r * 0.4, r * 0.18, "#ffffff", alpha=0.95)


@scene("humidifier", "cool", "dusk", "warm", "mint")
def humidifier(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "split", "panes", "stripes")
    interior.window(
        c,
        c.pick(70, 500),
        100,
        330,
        440,
        view=c.pick("snow", "snow", "towers"),
        curtain=c.pick("", p.paper),
    )
    ground.table(c, 880, "planks", "round", "cloth")
    x, colour = (
        c.between(400, 500),
        c.pick(
            p.paper,
            mix(p.main, p.paper, 0.4),
            mix(p.third, p.paper, 0.35),
            mix(p.second, p.paper, 0.3),
        ),
    )
    for k in range(5):
        c.glow(x + k * 34 - 20, 520 - k * 92, 120 + k * 26, "#ffffff", 0.5)
    vessels.steam(c, x, 640, 520, 2)
    c.shadow(x + 50, 1020, 260)
    c.form(
        "M-42 0C-56 -30 -50 -84 -10 -98L10 -98C50 -84 56 -30 42 0Q0 8 -42 0Z",
        x,
        1020,
        330,
        390,
        c.turned(colour),
    )
    c.oval(x, 640, 40, 12, darker(colour, 0.4))
    c.form(
        "M-46 0C-50 -12 -50 -20 -48 -28Q0 -16 48 -28C50 -20 50 -12 46 0Q0 8 -46 0Z",
        x,
        1020,
        330,
        390,
        c.turned(darker(colour, 0.12)),
    )
    c.dot(x, 962, 15, p.glow)
    c.glow(x, 962, 60, p.glow, 0.9)
    plants.plant(c, x + c.pick(-280, 280), 1010, 330)
    things.book_pile(c, x + c.pick(-250, 250), 1110, 210, 2)
