"""From bytes that somebody sent to a picture that is safe to work with, or a refusal by name.

The kind is read from the content, never from the file's name or the browser's word.
"""

import io
import threading
import warnings
from typing import IO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from redleaf.core.errors import Invalid
from redleaf.core.text import clean_line

BYTES_MAXIMUM: Final = 30 * 1024 * 1024
PIXELS_MAXIMUM: Final = 64_000_000
SIDE_MINIMUM: Final = 64
RATIO_MAXIMUM: Final = 5.0
MASTER_SIDE: Final = 2160

KNOWN: Final = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "MPO", "GIF")
_decoding = threading.BoundedSemaphore(2)
_heif_lock = threading.Lock()
_heif_ready = False

Image.MAX_IMAGE_PIXELS = PIXELS_MAXIMUM


def shown_name(name: str) -> str:
    """Return a file's name as messages may show it: one clean line of up to 60 characters."""
    try:
        cleaned = clean_line(name.replace("/", " ").replace("\\", " "))
    except Invalid:
        cleaned = ""
    return (cleaned[:40] + "…" + cleaned[-15:]) if len(cleaned) > 60 else cleaned or _("the file")


def read_picture(file: IO[bytes], name: str) -> Image.Image:
    """Return the picture upright, in sRGB, without transparency or metadata, at most 2160 px long.

    Raises Invalid with a code for each rule, and words that name the file: empty_file,
    file_too_large, unsupported_type, not_a_picture, too_many_pixels, too_small, too_narrow,
    truncated, suspicious_file.
    """
    content = file.read(BYTES_MAXIMUM + 1)
    shown = shown_name(name)
    _check_bytes(content, shown)
    _load_heif()
    with _decoding, warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(content), formats=KNOWN)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _too_many_pixels(shown) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError):
            raise _refusal(
                "not_a_picture", _("“%(name)s” is not a picture that we can read."), shown
            ) from None
        _check_size(picture, shown)
        try:
            picture.draft("RGB", (MASTER_SIDE, MASTER_SIDE))
            picture.load()
            return _plain(picture)
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError, RuntimeError, TypeError):
            raise _refusal(
                "truncated", _("“%(name)s” is incomplete or damaged. Please send it again."), shown
            ) from None


def _check_bytes(content: bytes, shown: str) -> None:
    if not content:
        raise _refusal("empty_file", _("“%(name)s” is empty."), shown)
    if len(content) > BYTES_MAXIMUM:
        raise _refusal(
            "file_too_large",
            _("“%(name)s” is larger than 30 MB. Please send a smaller one."),
            shown,
        )
    head = content[:512].lstrip()
    for start, kind in _OTHER_KINDS:
        if head.startswith(start):
            raise _refusal(
                "unsupported_type",
                _("“%(name)s” is %(kind)s. Please send JPEG, PNG, WebP, AVIF or HEIC."),
                shown,
                kind=kind,
            )
    if head[:5].lower() == b"<?xml" or b"<svg" in head.lower():
        raise _refusal(
            "unsupported_type",
            _("“%(name)s” is %(kind)s. Please send JPEG, PNG, WebP, AVIF or HEIC."),
            shown,
            kind="SVG",
        )
    tail = content[-66_000:]
    if b"PK\x05\x06" in tail or b"<script" in tail[-4096:].lower():
        raise _refusal(
            "suspicious_file",
            _("“%(name)s” holds more than a picture. Save it again as a picture and resend."),
            shown,
        )


_OTHER_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"<html", "HTML"),
    (b"<!DOCTYPE", "HTML"),
    (b"<!doctype", "HTML"),
    (b"\x1aE\xdf\xa3", "WebM"),
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
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        ground = Image.new("RGB", upright.size, (255, 255, 255))
        ground.paste(upright, mask=upright.getchannel("A"))
        upright = ground
    if profile and upright.mode in {"RGB", "L", "CMYK"}:
        upright = _to_srgb(upright, profile)
    upright = upright.convert("RGB")
    upright.info.clear()
    return upright


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a damaged profile: the pixels are shown as they are
    return converted or picture


def _too_many_pixels(shown: str) -> Invalid:
    return _refusal(
        "too_many_pixels",
        _("“%(name)s” has more than 64 million pixels. Please send a smaller one."),
        shown,
    )


def _refusal(code: str, words: str, shown: str, **more: str) -> Invalid:
    return Invalid(code, words % {"name": shown, **more}, field="file")


def _load_heif() -> None:
    global _heif_ready  # noqa: PLW0603 - the decoder registers itself once for the process
    if not _heif_ready:
        with _heif_lock:
            if not _heif_ready:
                import pillow_heif

                pillow_heif.register_heif_opener(thumbnails=False)
                _heif_ready = True
