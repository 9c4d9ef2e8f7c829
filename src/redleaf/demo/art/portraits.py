"""Portraits by number: drawn heads, and what people take instead of a face."""

import math
from random import Random
from typing import Final

from PIL import Image

from redleaf.demo.art import raster
from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import TONES, darker, lighter, mix, palette_for
from redleaf.demo.art.props import animals, foods, land, plants

SIZE: Final = 480
SKINS: Final = ("#f3cda9", "#eabf98", "#e3b48c", "#f6d6b8", "#eec6a0", "#d39f76", "#a8744f")
HAIRS: Final = ("#1f1a1d", "#2b2021", "#3a2822", "#241d20", "#5b3a27")
STYLES: Final = (
    "bob",
    "long",
    "bun",
    "short",
    "side",
    "curly",
    "tails",
    "fringe",
    "crop",
    "beret",
    "cap",
)
INSTEAD: Final = ("cat", "plant", "mountain", "leaf", "dumpling", "dog", "moon", "flower")


def draw(number: int, *, width: int = SIZE) -> Image.Image:
    """Return the square portrait of this number, the same everywhere; one in four has no face."""
    random = Random(f"portrait {number}")
    tone = sorted(set(TONES) - {"night", "mono"})[number % (len(TONES) - 2)]
    c = Canvas(random, palette_for(tone, random))
    c.rect(-170, 0, 1240, 1200, c.down(c.palette.wall, c.palette.wall2))
    if number % 4 == 1:
        _instead(c, INSTEAD[(number // 4) % len(INSTEAD)])
    else:
        _person(c, STYLES[(number * 3 + number // 4) % len(STYLES)], number)
    c.light(160, 260, 700, c.palette.glow, 0.4)
    return raster.rasterise(c, shape="square", width=width, seed=number)


def _person(c: Canvas, style: str, number: int) -> None:
    """Draw a head and shoulders in the middle of the square, which begins at y = 190."""
    p = c.palette
    skin, hair = SKINS[(number * 3) % len(SKINS)], HAIRS[(number * 5 + 1) % len(HAIRS)]
    coat = c.pick(p.main, p.third, p.leaf, p.second, mix(p.ink, p.third, 0.3))
    _ground(c, number)
    _hair_behind(c, style, hair)
    c.form(
        "M-50 100C-50 20 -30 0 -14 -4H14C30 0 50 20 50 100Z",
        450,
        900,
        640,
        300,
        c.turned(coat, 0.6),
    )
    c.rect(396, 780, 108, 150, darker(skin, 0.14), round=46)
    c.form("M-50 0Q0 80 50 0L36 -24Q0 30 -36 -24Z", 450, 912, 190, 90, lighter(coat, 0.25))
    for side in (-1, 1):
        c.oval(450 + side * 168, 650, 30, 42, darker(skin, 0.08))
    c.form(
        "M-50 -20C-50 -72 50 -72 50 -20C50 40 26 66 0 66C-26 66 -50 40 -50 -20Z",
        450,
        660,
        340,
        300,
        skin,
    )
    _face(c, skin, hair, number)
    _hair_before(c, style, hair)
    if number % 5 == 2:
        _spectacles(c)


def _ground(c: Canvas, number: int) -> None:
    p = c.palette
    kind = number % 5
    if kind == 0:
        c.dot(450, 640, 350, mix(p.wall2, p.main, 0.35))
    elif kind == 1:
        for k in range(9):
            c.rect(k * 110 - 30, 0, 55, 1200, mix(p.wall2, p.second, 0.4), alpha=0.7)
    elif kind == 2:
        for turn in (-130, -100, -60, -30, 190, 330):
            plants.leaf(c, 450, 900, 560, turn, mix(p.leaf, p.wall2, 0.35), 0.16)
    elif kind == 3:
        c.shape([(-170, 700), (1070, 420), (1070, 1200), (-170, 1200)], mix(p.wall2, p.third, 0.5))
    else:
        for _ in range(26):
            c.dot(
                c.between(0, 900),
                c.between(190, 1090),
                c.between(12, 34),
                mix(p.wall, p.second, 0.6),
            )


def _face(c: Canvas, skin: str, hair: str, number: int) -> None:
    ink = "#2a2024"
    for side in (-1, 1):
        x = 450 + side * 76
        c.line([(x - 34, 604), (x, 592), (x + 34, 602)], darker(hair, 0.1), 11)
        if number % 6 == 3:
            c.line([(x - 26, 656), (x, 642), (x + 26, 656)], ink, 9)
        else:
            c.oval(x, 652, 15, 18, ink)
            c.dot(x - 5, 646, 5, "#ffffff")
        c.oval(450 + side * 104, 716, 38, 24, mix(skin, "#e0685a", 0.4), alpha=0.55)
    c.line([(450, 680), (440, 712), (456, 718)], darker(skin, 0.28), 7)
    if number % 3:
        c.line([(408, 762), (450, 786), (492, 762)], mix("#8a3034", ink, 0.2), 10)
    else:
        c.form("M-50 0Q0 16 50 0C40 60 -40 60 -50 0Z", 450, 756, 92, 62, "#8a3034")
        c.form("M-40 4Q0 18 40 4L34 18Q0 28 -34 18Z", 450, 756, 92, 62, "#fffaf2")


def _spectacles(c: Canvas) -> None:
    ink = c.pick("#2a2024", "#7a4a2a", c.palette.main)
    for side in (-1, 1):
        c.dot(450 + side * 78, 652, 56, "#ffffff", alpha=0.22)
        c.ring(450 + side * 78, 652, 56, 54, ink, 9)
    c.stroke("M428 644Q450 630 472 644", ink, 9)


def _hair_behind(c: Canvas, style: str, hair: str) -> None:
    dark = darker(hair, 0.2)
    if style in {"long", "fringe", "beret"}:
        c.form(
            "M-50 -40C-50 -90 50 -90 50 -40L58 70C30 90 -30 90 -58 70Z", 450, 700, 420, 400, dark
        )
    elif style == "bob":
        c.form(
            "M-50 -40C-50 -90 50 -90 50 -40L54 34C40 46 -40 46 -54 34Z", 450, 690, 420, 360, dark
        )
    elif style == "tails":
        for side in (-1, 1):
            c.oval(450 + side * 236, 760, 66, 150, hair, turn=side * -14)
            c.dot(450 + side * 200, 640, 24, c.palette.main)
    elif style == "curly":
        for k in range(17):
            angle = math.pi * (0.92 + k * 0.073)
            c.dot(
                450 + 210 * math.cos(angle), 640 + 220 * math.sin(angle), 84, mix(hair, dark, k % 2)
            )
        for side in (-1, 1):
            c.dot(450 + side * 196, 720, 74, dark)
    elif style == "bun":
        c.dot(450, 384, 92, c.ball(hair))


def _hair_before(c: Canvas, style: str, hair: str) -> None:
    light = lighter(hair, 0.12)
    shapes = {
        "bob": "M-52 10C-60 -80 60 -80 52 10C46 -20 36 -34 10 -40C-16 -34 -44 -24 -52 10Z",
        "long": "M-52 26C-62 -84 62 -84 52 26C50 -20 34 -40 0 -44C-34 -40 -50 -20 -52 26Z",
        "bun": "M-51 0C-58 -80 58 -80 51 0C42 -40 -42 -40 -51 0Z",
        "short": "M-51 -2C-62 -86 62 -86 51 -2C46 -22 40 -34 24 -38C0 -30 -30 -32 -40"
        " -38C-46 -28 -49 -14 -51 -2Z",
        "side": "M-51 6C-64 -88 58 -92 52 -6C44 -36 20 -46 -10 -42C-34 -36 -46 -20 -51 6Z",
        "curly": "M-50 -8C-54 -66 54 -66 50 -8C40 -44 -40 -44 -50 -8Z",
        "tails": "M-51 0C-60 -82 60 -82 51 0C40 -36 8 -44 0 -56C-8 -44 -40 -36 -51 0Z",
        "fringe": "M-52 20C-60 -84 60 -84 52 20L46 -20Q0 -30 -46 -20Z",
        "crop": "M-50 -14C-52 -76 52 -76 50 -14C46 -34 30 -42 0 -42C-30 -42 -46 -34 -50 -14Z",
        "beret": "M-52 20C-56 -50 56 -50 52 20C46 -24 30 -34 0 -34C-30 -34 -46 -24 -52 20Z",
        "cap": "M-51 0C-54 -50 54 -50 51 0C44 -26 -44 -26 -51 0Z",
    }
    c.form(shapes[style], 450, 620, 350, 300, hair)
    c.form(
        "M-30 -50C-20 -62 6 -66 20 -62C4 -60 -16 -54 -26 -40Z", 450, 620, 350, 300, light, alpha=0.7
    )
    if style == "beret":
        c.form(
            "M-60 4C-70 -50 40 -74 62 -18C66 6 30 10 0 8C-30 10 -54 14 -60 4Z",
            450,
            500,
            380,
            230,
            c.turned(c.palette.main),
        )
        c.rect(440, 356, 16, 40, c.palette.main, round=8)
    elif style == "cap":
        c.form("M-52 8C-54 -80 54 -80 52 8Z", 450, 540, 366, 230, c.turned(c.palette.main))
        c.rect(256, 524, 388, 66, c.turned(lighter(c.palette.main, 0.15)), round=26)
        c.dot(450, 340, 46, c.ball(c.palette.paper))


def _instead(c: Canvas, kind: str) -> None:
    """Draw what stands for a person, in the middle of the square."""
    p = c.palette
    if kind == "cat":
        animals.cat_sitting(c, 450, 1220, 900, mark=p.main)
    elif kind == "dog":
        animals.dog_sitting(c, 450, 1240, 900, scarf=p.main)
    elif kind == "plant":
        c.dot(450, 640, 330, mix(p.wall2, p.second, 0.4))
        plants.plant(c, 450, 1010, 640, c.pick("monstera", "snake", "cactus"), p.main)
    elif kind == "mountain":
        c.dot(640, 400, 80, p.second)
        land.peak(c, 330, 930, 800, 520, mix(p.third, p.ink, 0.15))
        land.peak(c, 690, 950, 640, 380, mix(p.third, p.wall, 0.2))
        c.rect(-170, 920, 1240, 300, mix(p.leaf, p.ink, 0.2))
        for x in (130, 250, 420, 600, 760):
            land.conifer(c, x, 1000, c.between(150, 240), mix(p.leaf, p.ink, 0.35))
    elif kind == "leaf":
        c.dot(450, 640, 340, p.paper)
        plants.maple_leaf(c, 450, 660, 270, c.between(-16, 16), p.main)
    elif kind == "flower":
        for turn in (40, 100, 150):
            plants.leaf(c, 450, 640, 420, turn, p.leaf)
        plants.flower(c, 450, 640, 300, p.main, 7)
    elif kind == "moon":
        land.stars(c, 1200)
        c.dot(450, 620, 250, c.ball(mix(p.glow, p.second, 0.3)))
        animals.cat_curled(c, 470, 880, 400, "#2f2a34")
    else:
        c.oval(450, 740, 330, 250, p.paper)
        foods.dumpling_face(c, 450, 700, 470)
