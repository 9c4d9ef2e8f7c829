"""What a video file is, read from its container before more than a frame is decoded."""

from dataclasses import dataclass
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from redleaf.core.errors import Invalid
from redleaf.media.pictures.reading import shown_name
from redleaf.media.videos import containers
from redleaf.media.videos.containers import (
    SECONDS_MAXIMUM,
    SIDE_MAXIMUM,
    moving_picture,
    rotation_of,
)

BYTES_MAXIMUM: Final = 500 * 1024 * 1024
SIDE_MINIMUM: Final = 64
CAPTIONS_MAXIMUM: Final = 512 * 1024


@dataclass(frozen=True)
class VideoFacts:
    """Upright size in pixels and length in seconds, 0 where the file does not say it."""

    width: int
    height: int
    duration: float


def probe(file: IO[bytes], name: str) -> VideoFacts:
    """Return a video's facts. Raises Invalid: empty_file, file_too_large, unsupported_type,
    truncated, not_a_video, no_picture, too_long, too_large, too_small."""
    import av

    shown = shown_name(name)
    size = file.seek(0, 2)
    if size == 0:
        raise _refusal("empty_file", _("“%(name)s” is empty."), shown)
    if size > BYTES_MAXIMUM:
        raise _refusal("file_too_large", _("“%(name)s” is larger than 500 MB."), shown)
    kind = containers.kind_of(file)
    if kind is None:
        raise _refusal(
            "unsupported_type",
            _("“%(name)s” is not MP4, MOV or WebM. Please send one of these."),
            shown,
        )
    if not containers.is_complete(file, kind, size):
        raise _truncated(shown)
    file.seek(0)
    try:
        with av.open(
            file, mode="r", format=kind, options=containers.OPTIONS, metadata_errors="ignore"
        ) as container:
            return _facts(container, shown)
    except (av.FFmpegError, ValueError, EOFError, OverflowError):
        raise _refusal(
            "not_a_video", _("“%(name)s” is not a video that we can read."), shown
        ) from None


def _facts(container: Any, shown: str) -> VideoFacts:
    stream = moving_picture(container)
    if stream is None:
        raise _refusal("no_picture", _("“%(name)s” has no moving picture in it."), shown)
    seconds = float(container.duration or 0) / 1_000_000
    if not seconds and stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    if seconds > SECONDS_MAXIMUM:
        raise _refusal(
            "too_long", _("“%(name)s” is longer than 15 minutes. Please cut it first."), shown
        )
    width, height = stream.width, stream.height
    if not width or not height or max(width, height) > SIDE_MAXIMUM:
        raise _refusal("too_large", _("“%(name)s” is larger than 4096 pixels."), shown)
    if min(width, height) < SIDE_MINIMUM:
        raise _refusal(
            "too_small", _("“%(name)s” is smaller than 64 pixels. Please send a larger one."), shown
        )
    frame = next(container.decode(stream), None)
    if frame is None:
        raise _truncated(shown)
    if rotation_of(frame) in {90, 270}:
        width, height = height, width
    return VideoFacts(width, height, round(max(0.0, seconds), 2))


def read_captions(file: IO[bytes]) -> bytes:
    """Return a WebVTT file's content if it is one. Raises Invalid."""
    content = file.read(CAPTIONS_MAXIMUM + 1)
    if len(content) > CAPTIONS_MAXIMUM:
        raise Invalid("captions_too_large", _("Captions may have up to 512 kB."), field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text[:6] != "WEBVTT" or text[6:7] not in {"", " ", "\t", "\n", "\r"} or "\x00" in text:
        raise Invalid("not_captions", _("This is not a WebVTT file."), field="file")
    return text.encode()


def _truncated(shown: str) -> Invalid:
    return _refusal(
        "truncated", _("“%(name)s” is incomplete or damaged. Please send it again."), shown
    )


def _refusal(code: str, words: str, shown: str) -> Invalid:
    return Invalid(code, words % {"name": shown}, field="file")
