"""Variants of a picture: widths and formats, with known sizes, and the colour that stands in."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image

WIDTHS: Final = (360, 720, 1080, 1440)
MASTER_WIDTH: Final = 0  # stands for the picture's own width
QUICK_WIDTH: Final = 720
QUALITY: Final = {"avif": 58, "webp": 78, "jpeg": 80}
TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Variant:
    """Encoded bytes of one size in one format."""

    format: str
    width: int
    height: int
    content: bytes


def make(picture: Image.Image, format: str, width: int, *, quality: int | None = None) -> Variant:
    """Return the picture at this width (never larger than it is), encoded without any metadata."""
    target = min(width or picture.width, picture.width)
    height = max(1, round(picture.height * target / picture.width))
    scaled = (
        picture
        if target == picture.width
        else picture.resize((target, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    )
    buffer = io.BytesIO()
    options: dict[str, int | bool] = {"quality": quality or QUALITY[format]}
    if format == "avif":
        options["speed"] = 8
    elif format == "webp":
        options["method"] = 3
    else:
        options |= {"optimize": True, "progressive": True}
    scaled.save(buffer, format.upper(), **options)
    return Variant(format, scaled.width, scaled.height, buffer.getvalue())


def widths_for(picture_width: int) -> list[int]:
    """Return the widths worth making: each that is smaller than the picture, and its own."""
    smaller = [width for width in WIDTHS if width < picture_width]
    return [*smaller, min(picture_width, WIDTHS[-1])] if len(smaller) < len(WIDTHS) else smaller


def average_colour(picture: Image.Image) -> str:
    """Return the mean colour in linear light as #rrggbb."""
    small = picture.resize((16, 16), Image.Resampling.BOX).convert("RGB")
    data = small.tobytes()
    channels = []
    for channel in range(3):
        linear = [_linear(value / 255) for value in data[channel::3]]
        channels.append(round(_gamma(sum(linear) / len(linear)) * 255))
    return "#{:02x}{:02x}{:02x}".format(*channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
