"""Making a video anew: H.264 and AAC in an MP4 that starts at once, HLS, and a poster.

Runs as a process of its own (`python -m redleaf.media.videos.making SOURCE FOLDER PID`), so that a
codec that crashes or hangs takes nothing else along; it ends with the process PID, its parent.
Progress goes to standard output, a number a line; what was made is described in facts.json; the
exit status is one of containers.FAILURES.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import av

from redleaf.media.videos import containers
from redleaf.media.videos.encoding import TooLong, encode

LOW_SIDE = 480
SIDE = 1080  # the short side of the picture, at most
MEMORY = 3 * 1024**3
ORPHANED = 6


def make_all(source: Path, folder: Path, report: Callable[[int], None]) -> None:
    """Write video.mp4, hls/…, poster.png and facts.json (width, height, duration) into the folder.

    Raises av.FFmpegError, TooLong, LookupError without a picture, OSError.
    """
    with source.open("rb") as file:
        kind = containers.kind_of(file)
    if kind is None:
        raise ValueError("neither MP4 nor WebM")
    whole = folder / "video.mp4"
    encode(
        source, whole, side=SIDE, kind=kind, report=lambda part: report(int(part * 70)),
        poster=folder / "poster.png",
    )  # fmt: skip
    hls = folder / "hls"
    hls.mkdir(exist_ok=True)
    renditions = [("high", whole)]
    width, height, duration = _facts(whole)
    if min(width, height) > LOW_SIDE:
        low = folder / "low.mp4"
        encode(
            whole, low, side=LOW_SIDE, kind=containers.MOV,
            report=lambda part: report(70 + int(part * 25)),
        )  # fmt: skip
        renditions.append(("low", low))
    lines = ["#EXTM3U", "#EXT-X-VERSION:6"]
    for name, file_path in renditions:
        _segment(file_path, hls, name)
        across, down, seconds = _facts(file_path)
        rate = max(64_000, round(file_path.stat().st_size * 8 / max(seconds, 0.1) * 1.1))
        lines.append(f"#EXT-X-STREAM-INF:BANDWIDTH={rate},RESOLUTION={across}x{down}")
        lines.append(f"{name}.m3u8")
    (hls / "master.m3u8").write_text("\n".join(lines) + "\n", encoding="ascii")
    (folder / "low.mp4").unlink(missing_ok=True)
    facts = {"width": width, "height": height, "duration": round(duration, 2)}
    (folder / "facts.json").write_text(json.dumps(facts), encoding="ascii")
    report(99)


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


def _facts(file: Path) -> tuple[int, int, float]:
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height, float(container.duration or 0) / 1_000_000


def _limit_memory() -> None:
    """Let a hostile file fail in here instead of taking the machine's memory."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> int:
    os.nice(10)
    _limit_memory()
    worker = int(sys.argv[3])
    said = -1

    def report(percent: int) -> None:
        nonlocal said
        if os.getppid() != worker:
            os._exit(ORPHANED)  # the worker died, and its job will be done again by another
        if percent > said:
            said = percent
            print(percent, flush=True)

    try:
        make_all(Path(sys.argv[1]), Path(sys.argv[2]), report)
    except TooLong:
        return 3
    except LookupError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 4
    except (MemoryError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2 if isinstance(error, av.FFmpegError) else 5
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
