"""Short films from a scene: a slow move over the picture while snow falls or leaves drift."""

import io
import math
from random import Random
from typing import Final, NamedTuple

from PIL import Image

from redleaf.demo import art

WIDTH: Final = 720
HEIGHT: Final = 960
RATE: Final = 24
ROOM: Final = 1.16  # how much larger the picture is than the frame that moves over it
FLAKES: Final = 70
SNOWY: Final = frozenset(
    {"snow-street", "skating-rink", "ski-slope", "winter-boots", "northern-lights"}
)
LEAFY: Final = frozenset({"maple-tree", "cherry-blossom", "campus-building", "forest-trail"})


class _Flake(NamedTuple):
    """Something that falls: where it begins, how fast, how far it sways, and its picture."""

    x: float
    y: float
    speed: float
    sway: float
    phase: float
    picture: Image.Image


def film(scene: str, *, tone: str = "", seed: int = 0, seconds: float = 5.0) -> bytes:
    """Return an MP4 of 720 by 960 at 24 frames a second: H.264, no sound.

    The same scene, tone and seed give the same film. Raises KeyError as art.draw does.
    """
    import av

    random = Random(f"film {scene} {seed}")
    still = art.draw(scene, tone=tone, seed=seed, width=round(WIDTH * ROOM))
    falling = _falling(scene, random)
    frames = round(seconds * RATE)
    way = (random.choice((-1, 1)), random.choice((-1, 1)))
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": "26", "preset": "veryfast", "threads": "1"}
        for index in range(frames):
            picture = _frame(still, index / max(1, frames - 1), way)
            for flake in falling:
                _lay(picture, flake, index / RATE)
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call] # PyAV's own
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


def _frame(still: Image.Image, at: float, way: tuple[int, int]) -> Image.Image:
    """Return what the moving frame sees: from one side to the other, and a little nearer."""
    eased = (1 - math.cos(math.pi * at)) / 2
    nearer = 1 + (ROOM - 1) * 0.6 * (1 - eased)
    wide, high = WIDTH * nearer, HEIGHT * nearer
    room_x, room_y = still.width - wide, still.height - high
    share_x = eased if way[0] > 0 else 1 - eased
    share_y = eased if way[1] > 0 else 1 - eased
    left, top = room_x * share_x, room_y * share_y
    return still.resize(
        (WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=(left, top, left + wide, top + high)
    )


def _falling(scene: str, random: Random) -> list[_Flake]:
    if scene in SNOWY:
        pictures = [_dot(size, (255, 255, 255), 225) for size in (5, 8, 11, 16)]
        speed, sway, count = (60, 170), (8, 26), FLAKES
    elif scene in LEAFY:
        tones = ((214, 84, 48), (232, 160, 62), (236, 166, 176))
        pictures = [_petal(size, tone) for size in (14, 20) for tone in tones]
        speed, sway, count = (50, 110), (24, 60), FLAKES // 4
    else:
        pictures = [_dot(size, (255, 240, 205), 70) for size in (8, 14, 22)]
        speed, sway, count = (-34, -8), (10, 30), FLAKES // 3
    return [
        _Flake(
            random.uniform(-40, WIDTH),
            random.uniform(0, HEIGHT),
            random.uniform(*speed),
            random.uniform(*sway),
            random.uniform(0, math.tau),
            random.choice(pictures),
        )
        for _ in range(count)
    ]


def _lay(picture: Image.Image, flake: _Flake, seconds: float) -> None:
    x = flake.x + flake.sway * math.sin(flake.phase + seconds * 1.4)
    y = (flake.y + flake.speed * seconds) % (HEIGHT + 60) - 30
    picture.paste(flake.picture, (round(x), round(y)), flake.picture)


def _dot(size: int, colour: tuple[int, int, int], strength: int) -> Image.Image:
    dot = Image.new("RGBA", (size, size), (*colour, 0))
    mask = Image.radial_gradient("L").resize((size, size), Image.Resampling.BILINEAR)
    dot.putalpha(mask.point([max(0, strength - round(value * 1.3)) for value in range(256)]))
    return dot


def _petal(size: int, colour: tuple[int, int, int]) -> Image.Image:
    petal = Image.new("RGBA", (size, size), (*colour, 0))
    mask = Image.radial_gradient("L").resize((size, max(4, size // 2)), Image.Resampling.BILINEAR)
    alpha = Image.new("L", (size, size), 0)
    alpha.paste(mask.point([235 if value < 160 else 0 for value in range(256)]), (0, size // 4))
    petal.putalpha(alpha.rotate(30))
    return petal
