"""Colours as #rrggbb, and the limited palettes of each tone."""

from random import Random
from typing import Final, NamedTuple


class Palette(NamedTuple):
    """The colours of one picture: what surrounds things, what things are, and the light."""

    wall: str
    wall2: str
    table: str
    table2: str
    ink: str
    paper: str
    main: str
    second: str
    third: str
    leaf: str
    glow: str
    dark: bool = False


def _of(colours: str, dark: bool = False) -> Palette:
    wall, wall2, table, table2, ink, paper, *things, leaf, glow = (
        f"#{colour}" for colour in colours.split()
    )
    main, second, third = things
    return Palette(wall, wall2, table, table2, ink, paper, main, second, third, leaf, glow, dark)


TONES: Final[dict[str, tuple[Palette, ...]]] = {
    "warm": (
        _of("f4dfc4 e9c19a b8714b 8c4e34 472a22 fff6e6 c4402f e39a4b 5b8079 748a58 ffe2a8"),
        _of("f8e9d6 f0c6a4 d8a071 b27444 3f2b27 fffaf1 b6482f f1b45c 41707a 7f9150 fff0c6"),
        _of("e9b98f d4885c 7b4634 583026 35201c fdeeda a8332b f3c06a f2dcc0 66794e ffd793"),
        _of("efe3d0 dcc3a0 94684a 6f4a33 40302a fffaf0 d05a3c c99a4a 6c7f8c 8a9468 fff1cf"),
    ),
    "cool": (
        _of("dbe6ec aec8d6 6f8fa3 4d6c82 22364a f8fbfc d0563f e9b872 3f6f94 5f8f86 ffffff"),
        _of("cfe0e4 94bcc6 e6dccb c5b79d 1f3b45 fdfcf7 c44b3c f0c27a 2f6d7d 6d9a84 fbf6e4"),
        _of("b9cfe4 86a8cd f0e9e0 cfc3b8 25304f ffffff e0694f f4cd88 3d5a9a 6b9a8c ffffff"),
        _of("e6eaee c2ccd8 8d98ab 67738a 2b3347 fbfbfd bf4b52 d8b48c 53709c 7b978c ffffff"),
    ),
    "dusk": (
        _of("f2c4b3 b98aa8 6c4a72 4b3258 2f1f3f fdeee6 d2503f f3a25c 7d6aa8 6f7f78 ffcf9a", True),
        _of("f6b98f c7768a 54406b 3a2b52 281d3b ffefe0 e0563c ffc173 8a79b8 5f7a80 ffd9a0", True),
        _of("d9c3dc 9d8bbd e8cdbf c39d98 35294d fbf3f4 c4475a f0a878 6f62a3 73887f ffe0c2"),
    ),
    "mint": (
        _of("dcebdc aed1bb 6d9c85 4a7765 21423b fbfdf6 d95f49 f0bf6c 3f8379 4f8a5c fbffe6"),
        _of("cfe8df 8ec9b6 ecdfc6 ceb994 1f443f fffdf4 e2725b f4c978 2f7f78 5c9a63 fffbe0"),
        _of("e7ecd2 c0cf9d a67c54 7f5a3b 34402a fdfcf0 c9503d eab65a 5a8f85 6a8f49 fbf7d2"),
        _of("9fc9b4 6aa68f f3e9d8 d5c3a6 1c3a37 fffaf0 e56b52 f7d08a 2c6a69 3f7d55 fff6d6"),
    ),
    "rose": (
        _of("f8dcd9 eeb4b2 c9787f a1555f 4a2330 fff6f2 c43d4d f0b48f 8aa394 7f9a7a ffe9dc"),
        _of("f3d3d0 dd9b9f f2e3d8 d4b8ab 4d2735 fffaf6 b3364a e9a36f 6f8f8c 88a07d fff0e2"),
        _of("f1c2bf d77f8a 8c4a5e 683344 3a1a28 fdeee9 a92d43 f5c59a d9c0c9 7b9180 ffdccb"),
        _of("f9e6df f3c3ad dba48f b87b68 50302f fffaf4 d24f4c f3bd72 9cae9b 8ba279 fff2dd"),
    ),
    "mono": (
        _of("ece7de cfc8bb a39a8c 7a7267 2c2a28 fbf9f4 b8382c c7b89d 6d6a66 8a8f80 fffdf6"),
        _of("dcdcda b4b5b6 e9e6e0 c6c1b8 262a2e fbfbfa c0392f a9a39a 5d6469 87908a ffffff"),
        _of("c9c2b6 9a9184 4f4a45 383430 201e1d f4efe5 c23a2b d9c6a3 857d73 757b6c fff4dc"),
    ),
    "sun": (
        _of("fde6a6 f8c564 e9924a c46a30 4a3320 fffaea dc4a32 f6b13d 3f93a8 6f9a4c fff6c9"),
        _of("bfe3ee 7fc4dc f4d9a3 dcb271 1f4354 fffdf2 e4573d f9c14a 2f86a6 5f9f5a fff4bf"),
        _of("fbd9a0 f3a765 fff0d4 e9cda0 43302a fffbf0 d9472f fdc95a 4f9c94 7fa24f fff2b8"),
        _of("f9efc9 f2d489 7fb3a6 578c80 2f3f3c fffdf3 e0593f f4b942 3d83a0 6d9d57 fff8d6"),
    ),
    "night": (
        _of("23324f 151f38 3a3350 251f38 0e1426 f6e9cf e2553d f5b754 4f79a8 3f6b62 ffd58a", True),
        _of("2b2a4c 191734 4a3450 301f38 120f26 fbe8d6 ef6a4a ffc266 7f6fc0 4a6b70 ffcf8f", True),
        _of("12373f 0a232c 3c4640 252f2c 07171c f4ecd2 e8623f f2b04c 4f9a96 3f7a5c ffdc96", True),
    ),
}


def palette_for(tone: str, random: Random) -> Palette:
    """Return one of the palettes of a tone."""
    return random.choice(TONES[tone])


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """Return `one` with this share of `other` in it, from 0 to 1."""
    share = min(1.0, max(0.0, share))
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighter(colour: str, share: float = 0.2) -> str:
    return mix(colour, "#fff7e8", share)


def darker(colour: str, share: float = 0.2) -> str:
    return mix(colour, "#1d1420", share)
