"""One pass over a film: decoded, turned upright, scaled, encoded as H.264 and AAC."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from redleaf.media.videos import containers, tones
from redleaf.media.videos.containers import (
    SECONDS_MAXIMUM,
    SIDE_MAXIMUM,
    moving_picture,
    rotation_of,
)

KEY_SECONDS = 2
RATE_MAXIMUM = 60
RATE_ASSUMED = 30
CLOCK = Fraction(1, 90_000)  # so fine that no two frames of a variable rate fall together
AUDIO_RATE = 48_000
DARK = 24  # a poster's mean luminance must be above it (0 to 255)
BT709 = 1  # as H.273 numbers it
SLACK = 5.0  # seconds by which a film may be longer than its header says


class TooLong(Exception):
    """The film goes on for longer than is taken, whatever its header says."""


@dataclass(frozen=True)
class _Shape:
    """What a filter is built for: the frames that go in, and the size that comes out."""

    width: int
    height: int
    format: str
    turn: int
    transfer: str  # "pq" or "hlg" of an HDR film, else ""


def encode(
    source: Path,
    target: Path,
    *,
    side: int,
    kind: str,
    report: Callable[[float], None],
    poster: Path | None = None,
) -> None:
    """Write `target`, the short side of its picture at most `side` pixels, and the poster.

    Raises av.FFmpegError, TooLong, LookupError when there is no picture.
    """
    first, size = _look(source, kind, side)
    with (
        av.open(
            str(source), format=kind, options=containers.OPTIONS, metadata_errors="ignore"
        ) as reader,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as writer,
    ):
        picture_in: Any = moving_picture(reader)
        picture_in.thread_type = "AUTO"
        sound_in = reader.streams.audio[0] if reader.streams.audio else None
        pictures = _Pictures(picture_in, writer, first, size, folder=target.parent, poster=poster)
        sound = _Sound(writer) if sound_in is not None else None
        total = float(reader.duration or 0) / 1_000_000
        pictures.poster_after = total / 10
        for packet in reader.demux([picture_in] if sound is None else [picture_in, sound_in]):
            frame: Any
            for frame in packet.decode():
                if frame.time is not None and frame.time > SECONDS_MAXIMUM + SLACK:
                    raise TooLong
                if isinstance(frame, av.VideoFrame):
                    pictures.take(frame)
                    report(min(1.0, frame.time / total) if total and frame.time else 0.0)
                elif sound is not None:
                    sound.take(frame)
        pictures.finish()
        if sound is not None:
            sound.finish()


def _look(source: Path, kind: str, side: int) -> tuple[_Shape, tuple[int, int]]:
    """Return the first frame's shape and the size to make: the streams of the file to be written
    have to be known before its first packet."""
    with av.open(
        str(source), format=kind, options=containers.OPTIONS, metadata_errors="ignore"
    ) as reader:
        stream = moving_picture(reader)
        frame = next(reader.decode(stream), None) if stream is not None else None
        if stream is None or frame is None:
            raise LookupError("no frame could be decoded")
        width, height = float(frame.width), float(frame.height)
        aspect = stream.sample_aspect_ratio
        if aspect and Fraction(1, 4) <= aspect <= 4:
            width *= float(aspect)
        shape = _shape(frame)
        if shape.turn in {90, 270}:
            width, height = height, width
        scale = min(1.0, side / min(width, height))
        across, down = (max(2, round(value * scale / 2) * 2) for value in (width, height))
        return shape, (across, down)


def _shape(frame: Any) -> _Shape:
    if max(frame.width, frame.height) > SIDE_MAXIMUM:
        raise ValueError("a frame is larger than its file said")
    transfer = tones.TRANSFERS.get(int(frame.color_trc), "")
    return _Shape(frame.width, frame.height, frame.format.name, rotation_of(frame), transfer)


def _escaped(path: Path) -> str:
    """Return a path as an option's value in the language of filters."""
    return re.sub(r"([\\':])", r"\\\1", str(path))


class _Pictures:
    """The way of a frame: turned, scaled, looked at for the poster, encoded."""

    def __init__(
        self,
        stream: Any,
        writer: Any,
        shape: _Shape,
        size: tuple[int, int],
        *,
        folder: Path,
        poster: Path | None,
    ) -> None:
        self.folder = folder  # for the table of an HDR film
        self.stream, self.writer, self.shape, self.size = stream, writer, shape, size
        rate = stream.average_rate or Fraction(RATE_ASSUMED)
        self.is_too_fast = rate > RATE_MAXIMUM
        self.rate = Fraction(RATE_ASSUMED) if rate <= 0 or self.is_too_fast else rate
        self.graph = self._graph(stream.time_base)
        self.out = self._output()
        self.last = -1
        self.poster = poster
        self.poster_after = 0.0
        self._kept: Any = None
        self._looked_at = float("-inf")
        self._is_kept = poster is None

    def take(self, frame: Any) -> None:
        """Take the next decoded frame; one of another size makes a new way to the same size."""
        shape = _shape(frame)
        if shape != self.shape:
            self._drain()
            self.shape = shape
            self.graph = self._graph(frame.time_base or self.stream.time_base)
        self.graph.push(frame)
        self._write()

    def finish(self) -> None:
        """Write what is still under way, and the poster. Raises LookupError without a frame."""
        self._drain()
        if self.last < 0:
            raise LookupError("no frame could be decoded")
        self.writer.mux(self.out.encode(None))
        if self.poster is not None and self._kept is not None:
            self._kept.save(self.poster)

    def _drain(self) -> None:
        self.graph.push(None)
        self._write()

    def _write(self) -> None:
        for frame in self._ready():
            if frame.pts is None:
                continue
            pts = round(frame.pts * frame.time_base / CLOCK)
            if pts <= self.last:
                continue  # broken timestamps, or two frames of one moment
            self._look(frame)
            frame.pts, frame.time_base, self.last = pts, CLOCK, pts
            frame.pict_type = 0
            self.writer.mux(self.out.encode(frame))

    def _ready(self) -> Iterator[Any]:
        while True:
            try:
                yield self.graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return

    def _output(self) -> Any:
        stream = self.writer.add_stream(
            "libx264",
            rate=self.rate,
            options={"preset": "veryfast", "crf": "23", "threads": "1", "profile": "high"},
        )
        stream.width, stream.height = self.size
        stream.pix_fmt = "yuv420p"
        stream.gop_size = max(1, round(float(self.rate) * KEY_SECONDS))
        stream.codec_context.max_b_frames = 2
        if self.shape.transfer:
            for name in ("color_primaries", "color_trc", "colorspace"):
                setattr(stream.codec_context, name, BT709)
        stream.codec_context.time_base = CLOCK
        stream.time_base = CLOCK
        return stream

    def _graph(self, time_base: Any) -> Graph:
        turns = {90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"]}
        steps = list(turns.get(self.shape.turn, []))
        if self.is_too_fast:
            steps.append(f"fps={RATE_ASSUMED}")
        steps.append(f"scale={self.size[0]}:{self.size[1]}:flags=bicubic{self._matrix()}")
        steps += [*self._toned(), "setsar=1", "format=yuv420p"]
        graph = Graph()
        last = graph.add_buffer(
            width=self.shape.width,
            height=self.shape.height,
            format=av.VideoFormat(self.shape.format, self.shape.width, self.shape.height),
            time_base=time_base,
        )
        for step in steps:
            name, _equals, arguments = step.partition("=")
            following = graph.add(name, arguments) if arguments else graph.add(name)
            last.link_to(following)
            last = following
        last.link_to(graph.add("buffersink"))
        graph.configure()
        return graph

    def _matrix(self) -> str:
        return ":in_color_matrix=bt2020" if self.shape.transfer else ""

    def _toned(self) -> list[str]:
        """Return the steps that make an HDR picture one for every screen."""
        if not self.shape.transfer:
            return []
        table = self.folder / f"{self.shape.transfer}.cube"
        if not table.exists():
            tones.write_table(self.shape.transfer, table)
        return [
            "format=gbrp10le",
            f"lut3d=file={_escaped(table)}:interp=tetrahedral",
            "scale=out_color_matrix=bt709:out_range=tv",
            "format=yuv420p",
            "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv",
        ]

    def _look(self, frame: Any) -> None:
        """Keep the first frame past a tenth of the film that is not dark, else the first frame."""
        if self._is_kept:
            return
        at = float(frame.pts * frame.time_base)
        if self._kept is None:
            self._kept = frame.to_image()
        if at >= self.poster_after and at - self._looked_at >= 1:
            self._looked_at = at
            image = frame.to_image()
            grey = image.convert("L").resize((8, 8)).tobytes()
            if sum(grey) / len(grey) > DARK:
                self._kept, self._is_kept = image, True


class _Sound:
    """The way of sound: stereo at 48 kHz, AAC."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer
        self.out = writer.add_stream("aac", rate=AUDIO_RATE)
        self.out.bit_rate = 128_000
        self.out.layout = "stereo"
        self.resampler = av.AudioResampler(format="fltp", layout="stereo", rate=AUDIO_RATE)

    def take(self, frame: Any) -> None:
        for ready in self.resampler.resample(frame):
            self.writer.mux(self.out.encode(ready))

    def finish(self) -> None:
        for ready in self.resampler.resample(None):
            self.writer.mux(self.out.encode(ready))
        self.writer.mux(self.out.encode(None))
