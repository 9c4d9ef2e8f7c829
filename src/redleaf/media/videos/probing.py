"""What a video file is, read from its container before anything is decoded."""

from dataclasses import dataclass
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from redleaf.core.errors import Invalid
from redleaf.media.pictures.reading import shown_name

BYTES_MAXIMUM: Final = 500 * 1024 * 1024
SECONDS_MAXIMUM: Final = 15 * 60
SIDE_MAXIMUM: Final = 4096
CAPTIONS_MAXIMUM: Final = 512 * 1024
CONTAINERS: Final = {"mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm"}


@dataclass(frozen=True)
class VideoFacts:
    """Upright size in pixels and length in seconds."""

    width: int
    height: int
    duration: float


def probe(file: IO[bytes], name: str) -> VideoFacts:
    """Return a video's facts. Raises Invalid: empty_file, file_too_large, not_a_video,
    unsupported_type, no_picture, too_long, too_large, truncated."""
    import av

    shown = shown_name(name)
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise _refusal("empty_file", _("“%(name)s” is empty."), shown)
    if size > BYTES_MAXIMUM:
        raise _refusal("file_too_large", _("“%(name)s” is larger than 500 MB."), shown)
    try:
        with av.open(file, mode="r", metadata_errors="ignore") as container:
            if not CONTAINERS & set(container.format.name.split(",")):
                raise _refusal(
                    "unsupported_type",
                    _("“%(name)s” is not MP4, MOV or WebM. Please send one of these."),
                    shown,
                )
            return _facts(container, shown)
    except (av.FFmpegError, ValueError, EOFError):
        raise _refusal(
            "not_a_video", _("“%(name)s” is not a video that we can read."), shown
        ) from None


def _facts(container: Any, shown: str) -> VideoFacts:
    if not container.streams.video:
        raise _refusal("no_picture", _("“%(name)s” has no moving picture in it."), shown)
    stream = container.streams.video[0]
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
    frame = next(container.decode(stream), None)
    if frame is None:
        raise _refusal(
            "truncated", _("“%(name)s” is incomplete or damaged. Please send it again."), shown
        )
    if rotation_of(frame) in {90, 270}:
        width, height = height, width
    return VideoFacts(width, height, round(seconds, 2))


def rotation_of(frame: Any) -> int:
    """Return by how many degrees, clockwise, a frame has to be turned to stand upright."""
    return int(-(getattr(frame, "rotation", 0) or 0)) % 360


def read_captions(file: IO[bytes]) -> bytes:
    """Return a WebVTT file's content if it is one. Raises Invalid."""
    content = file.read(CAPTIONS_MAXIMUM + 1)
    if len(content) > CAPTIONS_MAXIMUM:
        raise Invalid("captions_too_large", _("Captions may have up to 512 kB."), field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.startswith("WEBVTT") or "\x00" in text:
        raise Invalid("not_captions", _("This is not a WebVTT file."), field="file")
    return text.encode()


def _refusal(code: str, words: str, shown: str) -> Invalid:
    return Invalid(code, words % {"name": shown}, field="file")
