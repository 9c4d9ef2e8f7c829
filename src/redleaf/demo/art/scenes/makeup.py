"""Make-up."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, lighter, mix
from redleaf.demo.art.props import ground, plants, vessels
from redleaf.demo.art.registry import scene


@scene("lipstick-row", "rose", "rose", "warm", "mono")
def lipstick_row(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "stripes", "plain")
    ground.table(c, 880, "marble", "cloth", "round")
    reds = c.shuffled("#b3263a", "#d2453f", "#c2526a", "#8c2f3f", "#e07a62", "#a8483a", "#d88a8a")
    case = c.pick(p.ink, p.second, mix(p.paper, p.wall2, 0.3), p.third)
    count = c.pick(4, 5)
    for index in range(count):
        x = 450 + (index - (count - 1) / 2) * 158
        y, up = 1010 + (index % 2) * 26, c.between(80, 160)
        c.shadow(x + 30, y, 90)
        c.rect(x - 46, y - 190, 92, 190, c.turned(case), round=6)
        c.rect(x - 46, y - 198, 92, 16, lighter(p.second, 0.2))
        c.rect(x - 37, y - 260, 74, 66, c.turned(lighter(p.second, 0.15)))
        c.form(
            "M-50 0V-74C-46 -92 20 -104 50 -96V0Z", x, y - 256, 60, up + 60, c.turned(reds[index])
        )
        c.form(
            "M-50 -74C-46 -92 20 -104 50 -96C44 -80 -20 -62 -50 -74Z",
            x,
            y - 256,
            60,
            up + 60,
            lighter(reds[index], 0.3),
            alpha=0.7,
        )
    for k in range(3):
        sx = 210 + k * 130
        c.line([(sx, 1140), (sx + 50, 1126), (sx + 104, 1138)], reds[k], 26, alpha=0.85)


@scene("eye-makeup", "rose", "mono", "dusk", "warm")
def eye_makeup(c: Canvas) -> None:
    p = c.palette
    ground.surface(c, "slabs", "veined", "linen", "specks")
    with c.moved(430, 480, turn=c.between(-14, 10)):
        case = c.pick(p.ink, p.main, p.third, darker(p.table2, 0.2))
        c.rect(-258, -226, 540, 480, p.ink, round=24, alpha=0.24)
        c.rect(-270, -240, 540, 480, c.down(lighter(case, 0.12), case), round=22)
        tones = c.shuffled(
            "#c98b6f",
            "#8a4a3c",
            "#e8c3a5",
            "#b5656b",
            "#6b4a58",
            "#d9a86b",
            "#a05a44",
            "#f2dccb",
            "#7d6a62",
        )
        for k in range(9):
            x, y = -176 + (k % 3) * 176, -150 + (k // 3) * 150
            c.rect(x - 72, y - 62, 144, 124, darker(case, 0.4), round=10)
            c.rect(x - 66, y - 56, 132, 112, c.down(lighter(tones[k], 0.18), tones[k]), round=8)
            c.line(
                [(x - 40, y - 20), (x, y + 6), (x + 40, y - 14)],
                lighter(tones[k], 0.3),
                13,
                alpha=0.6,
            )
    for index in range(2):
        with c.moved(600 + index * 90, 930, turn=c.between(-60, -44)):
            c.rect(-260, 10, 520, 24, p.ink, alpha=0.2, round=12)
            c.rect(
                -250, -11, 330, 22, c.down(lighter(p.second, 0.3), darker(p.table, 0.1)), round=10
            )
            c.rect(80, -13, 80, 26, c.turned(p.second))
            c.form(
                "M0 -50C50 -60 90 -30 100 0C90 30 50 60 0 50Z", 160, 0, 110, 50, c.turned("#5a3a30")
            )
    with c.moved(250, 960, turn=20):
        c.rect(-80, -18, 240, 44, p.ink, alpha=0.2, round=20)
        c.rect(-90, -24, 240, 44, c.down(lighter(p.ink, 0.3), p.ink), round=20)
        c.rect(46, -24, 12, 44, p.second)
    for _ in range(26):
        c.dot(
            c.between(60, 840),
            c.between(800, 1150),
            c.between(3, 9),
            c.pick("#c98b6f", "#d9a86b", p.main),
            alpha=0.5,
        )


@scene("cushion-compact", "rose", "warm", "cool", "mono")
def cushion_compact(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "panes", "plain", "leaves")
    ground.table(c, 760, "marble", "cloth", "round")
    x, colour = 450 + c.between(-30, 30), c.pick(p.main, p.paper, p.third, p.second, p.ink)
    c.shadow(x + 40, 1010, 330, 80)
    c.rect(x - 60, 786, 120, 70, c.turned(darker(colour, 0.2)), round=12)
    c.dot(x, 560, 250, c.turned(colour))
    c.dot(x, 560, 216, c.down(mix(p.third, p.paper, 0.6), mix(p.wall, p.paper, 0.5)))
    with c.inside(f"M{x - 216} 560a216 216 0 1 0 432 0a216 216 0 1 0 -432 0Z"):
        c.shape(
            [(x - 180, 820), (x + 20, 320), (x + 110, 320), (x - 90, 820)], "#ffffff", alpha=0.4
        )
    c.oval(x, 932, 272, 88, darker(colour, 0.3))
    c.oval(x, 910, 272, 88, c.across(lighter(colour, 0.25), colour))
    c.oval(x, 904, 214, 64, darker(colour, 0.2))
    c.oval(x, 902, 202, 58, c.ball("#e9c2a0"))
    for _ in range(34):
        c.dot(x + c.between(-150, 150), 902 + c.between(-34, 34), 4, "#c79a78", alpha=0.5)
    c.shadow(x - 210, 1100, 150, 40)
    c.oval(x - 220, 1086, 124, 44, c.ball(mix(p.wall2, p.main, 0.3)))
    c.oval(x - 220, 1072, 124, 40, c.ball("#f3d7be"))
    plants.flower(c, x + 280, 1090, 54, p.main)
    plants.leaf(c, x + 320, 1100, 90, 10, p.leaf)


@scene("makeup-bag", "rose", "sun", "dusk", "warm")
def makeup_bag(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "plain", "arch", "panes", "stripes", "split")
    ground.table(c, 850, "marble", "cloth", "planks", "round")
    x, colour = 450, c.pick(p.main, p.second, p.third, p.leaf)
    for dx, turn, kind in (
        (-150, -14, "brush"),
        (-60, -5, "tube"),
        (30, 4, "brush"),
        (110, 9, "lip"),
        (180, 17, "brush"),
    ):
        with c.moved(x + dx, 760, turn=turn):
            if kind == "brush":
                c.rect(-12, -190, 24, 260, c.turned(lighter(p.table, 0.2)), round=10)
                c.rect(-16, -210, 32, 44, c.turned(p.second))
                c.form(
                    "M-50 0C-66 -50 -40 -100 0 -100C40 -100 66 -50 50 0Z",
                    0,
                    -206,
                    62,
                    92,
                    c.turned(c.pick("#6b4436", "#3a2a2a", p.main)),
                )
            elif kind == "tube":
                vessels.tube(c, 0, 60, 84, 280, p.paper, cap=p.third)
            else:
                c.rect(-24, -150, 48, 230, c.turned(p.ink), round=6)
                c.form("M-50 0V-74C-46 -92 20 -104 50 -96V0Z", 0, -148, 40, 80, c.turned("#c2324a"))
    c.shadow(x + 30, 1050, 390, 80)
    bag = (
        "M-44 -92C-30 -100 30 -100 44 -92C52 -60 54 -20 48 0C30 6 -30 6 -48 0"
        "C-54 -20 -52 -60 -44 -92Z"
    )
    c.form(bag, x, 1050, 620, 350, c.turned(colour, 0.6))
    with c.within(bag, x, 1050, 620, 350):
        kind = c.pick("dots", "checks", "none")
        for k in range(60):
            px, py = x - 300 + (k % 10) * 66, 740 + (k // 10) * 60
            if kind == "dots":
                c.dot(px + (k // 10 % 2) * 33, py, 12, lighter(colour, 0.4), alpha=0.8)
            elif kind == "checks":
                c.rect(px, py, 33, 30, lighter(colour, 0.3), alpha=0.6)
    c.line([(x - 270, 736), (x, 716), (x + 270, 736)], lighter(p.second, 0.2), 14)
    c.line([(x + 250, 736), (x + 286, 800)], p.second, 10)


@scene("nail-polish", "rose", "mint", "cool", "sun")
def nail_polish(c: Canvas) -> None:
    p = c.palette
    ground.backdrop(c, "arch", "sun", "split", "panes", "plain")
    ground.table(c, 820, "marble", "round", "cloth")
    colours = c.shuffled(p.main, p.second, p.third, p.leaf, "#c2526a", "#e5a19a", "#5a4a78")
    for index, (x, y) in enumerate(((210, 960), (420, 940), (650, 965), (310, 1085), (560, 1090))):
        colour = colours[index]
        c.shadow(x + 30, y, 110)
        c.rect(
            x - 34,
            y - 330,
            68,
            210,
            c.turned(c.pick(p.ink, p.ink, darker(colour, 0.4), p.paper)),
            round=10,
        )
        c.rect(x - 26, y - 136, 52, 26, "#d9d4cc")
        c.form(
            "M-50 -6V-84Q-48 -100 -24 -100H24Q48 -100 50 -84V-6Q0 6 -50 -6Z",
            x,
            y,
            150,
            128,
            c.turned(colour),
        )
        c.rect(x - 58, y - 100, 14, 78, "#ffffff", alpha=0.5, round=7)
    for k in range(4):
        c.form(
            "M-50 0C-50 -60 -30 -100 0 -100C30 -100 50 -60 50 0Q0 20 -50 0Z",
            690 + k * 52,
            1150 - k * 8,
            40,
            74,
            c.turned(colours[k]),
            turn=8,
        )
