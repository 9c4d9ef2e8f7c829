"""Making a video anew: H.264 and AAC in an MP4 that starts at once, HLS, and a poster.

Runs as a process of its own (`python -m redleaf.media.videos.making SOURCE FOLDER`), so that a codec
that crashes or hangs takes nothing else along. Progress goes to standard output, a number a line.
"""

import os
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

SIDE = 1080  # the short side of the picture, at most
LOW_SIDE = 480
KEY_SECONDS = 2
AUDIO_RATE = 48_000
DARK = 24  # a poster's mean luminance must be above it (0 to 255)


def make_all(source: Path, folder: Path, report: Callable[[int], None]) -> None:
    """Write video.mp4, hls/… and poster.png into the folder. Raises av.FFmpegError, ValueError."""
    _encode(source, folder / "video.mp4", SIDE, lambda part: report(round(part * 70)), folder)
    hls = folder / "hls"
    hls.mkdir(exist_ok=True)
    renditions = [("high", folder / "video.mp4")]
    width, height = _size(folder / "video.mp4")
    if min(width, height) > LOW_SIDE:
        low = folder / "low.mp4"
        _encode(folder / "video.mp4", low, LOW_SIDE, lambda part: report(70 + round(part * 25)))
        renditions.append(("low", low))
    lines = ["#EXTM3U", "#EXT-X-VERSION:6"]
    for name, file in renditions:
        _segment(file, hls, name)
        width, height = _size(file)
        rate = max(64_000, round(file.stat().st_size * 8 / max(_seconds(file), 0.1) * 1.1))
        lines.append(f"#EXT-X-STREAM-INF:BANDWIDTH={rate},RESOLUTION={width}x{height}")
        lines.append(f"{name}.m3u8")
    (hls / "master.m3u8").write_text("\n".join(lines) + "\n", encoding="ascii")
    (folder / "low.mp4").unlink(missing_ok=True)
    report(99)


def _encode(
    source: Path,
    target: Path,
    side: int,
    report: Callable[[float], None],
    poster_folder: Path | None = None,
) -> None:
    with (
        av.open(str(source), metadata_errors="ignore") as reader,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as writer,
    ):
        picture_in = reader.streams.video[0]
        picture_in.thread_type = "AUTO"
        sound_in = reader.streams.audio[0] if reader.streams.audio else None
        total = float(reader.duration or 0) / 1_000_000
        rate = picture_in.average_rate or Fraction(30)
        rate = Fraction(30) if rate > 60 or rate <= 0 else rate
        picture_out: Any = None
        graph: Any = None
        sound_out: Any = None
        resampler: Any = None
        if sound_in is not None:
            sound_out = writer.add_stream("aac", rate=AUDIO_RATE)
            sound_out.bit_rate = 128_000
            sound_out.layout = "stereo"
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=AUDIO_RATE)
        poster = _Poster(poster_folder, total)
        streams = [picture_in] if sound_in is None else [picture_in, sound_in]
        for packet in reader.demux(streams):
            for frame in packet.decode():
                if isinstance(frame, av.VideoFrame):
                    if picture_out is None:
                        graph, width, height = _graph(picture_in, frame, side)
                        picture_out = _picture_stream(writer, width, height, rate)
                    graph.push(frame)
                    for ready in _pull(graph):
                        poster.look(ready)
                        ready.pict_type = 0
                        writer.mux(picture_out.encode(ready))
                    if total and frame.time is not None:
                        report(min(1.0, frame.time / total))
                elif sound_out is not None:
                    for ready in resampler.resample(frame):
                        writer.mux(sound_out.encode(ready))
        if picture_out is None:
            raise ValueError("no frame could be decoded")
        writer.mux(picture_out.encode(None))
        if sound_out is not None:
            for ready in resampler.resample(None):
                writer.mux(sound_out.encode(ready))
            writer.mux(sound_out.encode(None))
        poster.finish()


def _picture_stream(writer: Any, width: int, height: int, rate: Fraction) -> Any:
    stream = writer.add_stream(
        "libx264",
        rate=rate,
        options={"preset": "veryfast", "crf": "23", "threads": "1", "profile": "high"},
    )
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.gop_size = max(1, round(float(rate) * KEY_SECONDS))
    stream.codec_context.max_b_frames = 2
    return stream


def _graph(stream: Any, frame: Any, side: int) -> tuple[Any, int, int]:
    """Return a filter that turns the frame upright and scales it, and the size that comes out."""
    turn = int(-(getattr(frame, "rotation", 0) or 0)) % 360
    width, height = frame.width, frame.height
    filters = {90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"]}
    steps = list(filters.get(turn, []))
    if turn in {90, 270}:
        width, height = height, width
    scale = min(1.0, side / min(width, height))
    width, height = (max(2, round(value * scale / 2) * 2) for value in (width, height))
    steps += [f"scale={width}:{height}:flags=bicubic", "format=yuv420p"]
    graph = Graph()
    last = graph.add_buffer(
        template=stream,
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=frame.time_base or stream.time_base,
    )
    for step in steps:
        name, _equals, arguments = step.partition("=")
        following = graph.add(name, arguments) if arguments else graph.add(name)
        last.link_to(following)
        last = following
    last.link_to(graph.add("buffersink"))
    graph.configure()
    return graph, width, height


def _pull(graph: Any) -> Any:
    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return


class _Poster:
    """Keeps the first frame past a tenth of the film that is not dark, else the first frame."""

    def __init__(self, folder: Path | None, total: float) -> None:
        self.folder = folder
        self.after = total / 10
        self.kept: Any = None
        self.is_good = folder is None

    def look(self, frame: Any) -> None:
        if self.is_good:
            return
        if self.kept is None:
            self.kept = frame.to_image()
        if frame.time is not None and frame.time >= self.after:
            image = frame.to_image()
            grey = image.convert("L").resize((8, 8)).tobytes()
            if sum(grey) / len(grey) > DARK:
                self.kept, self.is_good = image, True

    def finish(self) -> None:
        if self.folder is not None and self.kept is not None:
            self.kept.save(self.folder / "poster.png")


def _segment(source: Path, folder: Path, name: str) -> None:
    """Cut a finished MP4 into HLS segments without encoding it again."""
    options = {
        "hls_time": "4",
        "hls_playlist_type": "vod",
        "hls_segment_type": "mpegts",
        "hls_segment_filename": str(folder / f"{name}-%03d.ts"),
    }
    playlist = str(folder / f"{name}.m3u8")
    with (
        av.open(str(source)) as reader,
        av.open(playlist, "w", format="hls", options=options) as out,
    ):
        streams = {
            stream.index: out.add_stream_from_template(stream)
            for stream in (*reader.streams.video, *reader.streams.audio)
        }
        for packet in reader.demux():
            if packet.dts is not None and packet.stream.index in streams:
                packet.stream = streams[packet.stream.index]
                out.mux(packet)


def _size(file: Path) -> tuple[int, int]:
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height


def _seconds(file: Path) -> float:
    with av.open(str(file)) as container:
        return float(container.duration or 0) / 1_000_000


def main() -> int:
    os.nice(10)
    said = -1

    def report(percent: int) -> None:
        nonlocal said
        if percent > said:
            said = percent
            print(percent, flush=True)

    try:
        make_all(Path(sys.argv[1]), Path(sys.argv[2]), report)
    except (av.FFmpegError, ValueError, IndexError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
