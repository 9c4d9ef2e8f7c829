"""From bytes that somebody sent to a picture that is safe to work with, or a refusal by name.

The kind is read from the content, never from the file's name or the browser's word.
"""

import io
import threading
import warnings
from typing import IO, Any, Final

import structlog
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, UnidentifiedImageError

from redleaf.core.errors import Invalid
from redleaf.core.text import clean_line
from redleaf.media.pictures import foreign

log = structlog.get_logger(__name__)

BYTES_MAXIMUM: Final = 30 * 1024 * 1024
PIXELS_MAXIMUM: Final = 64_000_000
SIDE_MINIMUM: Final = 64
RATIO_MAXIMUM: Final = 5.0
MASTER_SIDE: Final = 2160

KNOWN: Final = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "MPO")
MOVING: Final = {"PNG", "WEBP", "AVIF"}  # a phone's HEIC and MPO hold several still pictures
_decoding = threading.BoundedSemaphore(2)
_heif_lock = threading.Lock()
_heif_ready = False

# Pillow refuses twice this; what lies between is refused by `_check_size`, before it is decoded.
Image.MAX_IMAGE_PIXELS = PIXELS_MAXIMUM
warnings.filterwarnings("ignore", module=r"PIL\.")  # about that, and about damaged tags


def shown_name(name: str) -> str:
    """Return a file's name as messages may show it: one clean line of up to 60 characters."""
    try:
        cleaned = clean_line(name[:500].replace("/", " ").replace("\\", " "))
    except Invalid:
        cleaned = ""
    return (cleaned[:40] + "…" + cleaned[-15:]) if len(cleaned) > 60 else cleaned or _("the file")


def read_picture(file: IO[bytes], name: str) -> Image.Image:
    """Return the picture upright, in sRGB, without transparency or metadata, at most 2160 px long.

    `file` can be sought. Not more than two pictures are decoded at a time. Raises Invalid with a
    code for each rule, and words that name the file: empty_file, file_too_large, unsupported_type,
    not_a_picture, too_many_pixels, too_small, too_narrow, moving, truncated, suspicious_file.
    """
    shown = shown_name(name)
    _check_file(file, shown)
    _load_heif()
    with _decoding:
        file.seek(0)
        picture = _opened(file, shown)
        _check_size(picture, shown)
        if picture.format in MOVING and getattr(picture, "is_animated", False):
            raise _refusal(
                "moving",
                _("“%(name)s” moves. Please send a still picture, or a video."),
                shown,
            )
        try:
            return _plain(picture)
        except Exception as error:  # decoders of hostile bytes raise anything
            log.info("picture_not_decoded", error=repr(error)[:200])
            raise _refusal(
                "truncated", _("“%(name)s” is incomplete or damaged. Please send it again."), shown
            ) from None


def _opened(file: IO[bytes], shown: str) -> Image.Image:
    try:
        return Image.open(file, formats=KNOWN)
    except Image.DecompressionBombError:
        raise _too_many_pixels(shown) from None
    except Exception as error:  # as above: a header can be hostile too
        if not isinstance(error, UnidentifiedImageError):
            log.info("picture_not_opened", error=repr(error)[:200])
        raise _refusal(
            "not_a_picture", _("“%(name)s” is not a picture that we can read."), shown
        ) from None


def _check_file(file: IO[bytes], shown: str) -> None:
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise _refusal("empty_file", _("“%(name)s” is empty."), shown)
    if size > BYTES_MAXIMUM:
        raise _refusal(
            "file_too_large",
            _("“%(name)s” is larger than 30 MB. Please send a smaller one."),
            shown,
        )
    kind = foreign.kind_of(file)
    if kind:
        raise _refusal(
            "unsupported_type",
            _("“%(name)s” is %(kind)s. Please send JPEG, PNG, WebP, AVIF or HEIC."),
            shown,
            kind=kind,
        )
    if foreign.holds_more(file, size):
        raise _refusal(
            "suspicious_file",
            _("“%(name)s” holds more than a picture. Save it again as a picture and resend."),
            shown,
        )


def _check_size(picture: Image.Image, shown: str) -> None:
    width, height = picture.size
    if width * height > PIXELS_MAXIMUM:
        raise _too_many_pixels(shown)
    if min(width, height) < SIDE_MINIMUM:
        raise _refusal(
            "too_small", _("“%(name)s” is smaller than 64 pixels. Please send a larger one."), shown
        )
    if max(width, height) / min(width, height) > RATIO_MAXIMUM:
        raise _refusal(
            "too_narrow",
            _("“%(name)s” is more than five times as long as wide. Please cut it first."),
            shown,
        )


def _plain(picture: Image.Image) -> Image.Image:
    """Return upright sRGB pixels and nothing else."""
    longest = max(picture.size)
    if longest > MASTER_SIDE:  # JPEG can be decoded at a half, a quarter or an eighth
        wanted = [max(1, side * MASTER_SIDE // longest) for side in picture.size]
        picture.draft(None, (wanted[0], wanted[1]))
    picture.load()
    profile = picture.info.get("icc_profile")
    turn = picture.getexif().get(_ORIENTATION, 1)
    plain = _eight_bits(picture)
    plain.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if plain.mode in {"RGBA", "LA"}:
        plain = _on_white(plain)
    if profile:
        plain = _to_srgb(plain, profile)
    plain = plain.convert("RGB")
    plain.info.clear()
    method = _TURNS.get(turn)
    return plain if method is None else plain.transpose(method)


_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return the picture in a mode that scales well: L, LA, RGB, RGBA or CMYK."""
    if picture.mode == "I" or picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode in {"P", "PA"} or "transparency" in picture.info:
        is_clear = picture.mode == "PA" or "transparency" in picture.info
        return picture.convert("RGBA" if is_clear else "RGB")
    if picture.mode == "1":
        return picture.convert("L")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    picture = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, (255, 255, 255))
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture  # a damaged profile: the pixels are shown as they are
    return converted or picture


def _too_many_pixels(shown: str) -> Invalid:
    return _refusal(
        "too_many_pixels",
        _("“%(name)s” has more than 64 million pixels. Please send a smaller one."),
        shown,
    )


def _refusal(code: str, words: str, shown: str, **more: Any) -> Invalid:
    return Invalid(code, words % {"name": shown, **more}, field="file")


def _load_heif() -> None:
    global _heif_ready  # noqa: PLW0603 - the decoder registers itself once for the process
    if not _heif_ready:
        with _heif_lock:
            if not _heif_ready:
                import pillow_heif

                pillow_heif.register_heif_opener(thumbnails=False)
                _heif_ready = True
