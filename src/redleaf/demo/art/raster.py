"""From SVG to a painted picture: pixels by resvg, then the tooth of the paper and the brush."""

import functools
import io
from random import Random
from typing import Final

from PIL import Image, ImageChops

from redleaf.demo.art.canvas import WINDOWS, Canvas, Light

SIZES: Final = {"portrait": (3, 4), "square": (1, 1), "wide": (4, 3)}
SHARP: Final = 700  # wider ones are drawn at three quarters: the grain hides it, in half the time
TILE: Final = 256
QUALITY: Final = 92


def rasterise(canvas: Canvas, *, shape: str, width: int, seed: int) -> Image.Image:
    """Return the drawing at this width as RGB, with its light, and grain that the seed turns."""
    import resvg_py

    across, up = SIZES[shape]
    size = (width, width * up // across)
    drawn = size if width < SHARP else (width * 3 // 4, size[1] * 3 // 4)
    data = resvg_py.svg_to_bytes(
        svg_string=canvas.svg(shape), width=drawn[0], height=drawn[1], skip_system_fonts=True
    )
    with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
        picture = opened.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    left, top, span, _high = WINDOWS[shape]
    for light in canvas.lights:
        _lay(picture, light, left, top, width / span)
    return _with_grain(picture, seed)


def _lay(picture: Image.Image, light: Light, left: float, top: float, scale: float) -> None:
    side = max(2, round(2 * light.radius * scale))
    mask = _spot(round(light.strength * 100)).resize((side, side), Image.Resampling.BILINEAR)
    place = (round((light.x - left) * scale - side / 2), round((light.y - top) * scale - side / 2))
    picture.paste(light.colour, place, mask)


@functools.lru_cache(maxsize=32)
def _spot(strength: int) -> Image.Image:
    """Return a mask that is strongest in the middle, of this many hundredths."""
    ring = Image.radial_gradient("L")
    return ring.point(
        [round(255 * strength / 100 * (1 - value / 255) ** 2) for value in range(256)]
    )


def jpeg(picture: Image.Image) -> bytes:
    """Return the picture as the file that a member would upload."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _with_grain(picture: Image.Image, seed: int) -> Image.Image:
    layer = _paper(*picture.size)
    if seed & 1:
        layer = layer.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if seed & 2:
        layer = layer.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return ImageChops.overlay(picture, layer)


@functools.lru_cache(maxsize=4)
def _paper(width: int, height: int) -> Image.Image:
    """Return a nearly grey layer: fine grain, broad strokes of a brush, cloudy pigment."""
    random = Random("paper")
    fine = _noise(random, TILE * 2, TILE * 2, 30)
    tiled = Image.new("L", (width, height))
    for x in range(0, width, fine.width):
        for y in range(0, height, fine.height):
            tiled.paste(fine, (x, y))
    brush = _noise(random, max(2, width // 70), max(2, height // 5), 22)
    cloud = _noise(random, max(2, width // 90), max(2, height // 90), 26)
    size = (width, height)
    strokes = brush.resize(size, Image.Resampling.BICUBIC)
    clouds = cloud.resize(size, Image.Resampling.BICUBIC)
    broad = Image.blend(strokes, clouds, 0.5)
    return Image.merge("RGB", [Image.blend(tiled, broad, 0.5)] * 3)


def _noise(random: Random, width: int, height: int, depth: int) -> Image.Image:
    """Return noise around the middle grey, from the sum of two throws."""
    one, two = random.randbytes(width * height), random.randbytes(width * height)
    low = 128 - depth
    values = bytes(low + (a + b) * depth // 255 for a, b in zip(one, two, strict=True))
    return Image.frombytes("L", (width, height), values)
