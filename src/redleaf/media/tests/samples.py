"""Pictures and videos for tests, made as phones and hostile people make them."""

import array
import io
import math
import struct
import tempfile
import zlib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import pillow_heif
from PIL import Image, ImageCms

PLACE = "43 deg 38' 33.24\" N"
CAMERA = "Fruit Phone 17 Pro"
SECRETS = (CAMERA.encode(), PLACE.encode(), b"XMP of a person", b"A comment of a person", b"Exif")


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left upper quarter is red, the rest blue, so that it has an upside."""
    made = Image.new("RGB", (width, height), (20, 40, 200))
    made.paste((220, 30, 30), (0, 0, width // 2, height // 2))
    return made.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """Return a picture full of detail, as a photograph is."""
    grain = [Image.effect_noise((width, height), spread) for spread in (20, 35, 50)]
    return Image.merge("RGB", grain)


def exif(orientation: int = 1) -> bytes:
    """Return what a phone writes about camera and place."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Fruit"
    found[0x0110] = CAMERA
    found[0x9286] = "A comment of a person"
    found.get_ifd(0x8825).update({1: "N", 2: (43.0, 38.0, 33.24), 3: "W", 4: (79.0, 23.0, 13.0)})
    found[0x010E] = PLACE
    return found.tobytes()


def encoded(
    format: str = "JPEG", image: Image.Image | None = None, *, orientation: int = 1, **options: Any
) -> bytes:
    """Return a file of this format with everything in it that should not be passed on."""
    image = picture() if image is None else image
    buffer = io.BytesIO()
    options = {"exif": exif(orientation), **options}
    if format in {"JPEG", "PNG", "WEBP", "AVIF"}:
        options.setdefault("icc_profile", ImageCms.ImageCmsProfile(srgb()).tobytes())
    if format in {"JPEG", "WEBP", "AVIF"}:
        options.setdefault(
            "xmp", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMP of a person</x:xmpmeta>"
        )
    if format == "JPEG":
        options.setdefault("comment", b"A comment of a person")
    if format == "HEIF":
        pillow_heif.register_heif_opener()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def srgb() -> Any:
    return ImageCms.createProfile("sRGB")


def animated(format: str) -> bytes:
    buffer = io.BytesIO()
    frames = [picture(), picture().rotate(90), picture().rotate(180)]
    frames[0].save(buffer, format, save_all=True, append_images=frames[1:], duration=100)
    return buffer.getvalue()


def bomb(width: int = 10_000, height: int = 10_000) -> bytes:
    """Return a PNG of 100 million pixels in some hundred kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    row = b"\0" * (width // 8 + 1)
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", content)
        + chunk(b"IEND", b"")
    )


@cache
def video(
    format: str = "mp4",
    codec: str = "libx264",
    *,
    width: int = 320,
    height: int = 180,
    seconds: float = 1.0,
    rate: int = 15,
    sound: str | None = "aac",
    sound_first: bool = False,
    turn: int = 0,
    times: tuple[float, ...] = (),
    faststart: bool = False,
) -> bytes:
    """Return a film, red in its left upper quarter, with the place where it was taken."""
    if faststart:  # the writer reads the file again, which only a real one allows
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "source", Path(folder) / "target.mp4"
            source.write_bytes(video())
            with (
                av.open(str(source)) as reader,
                av.open(str(target), "w", options={"movflags": "+faststart"}) as out,
            ):
                inner: Any = reader.streams.video[0]
                copied = out.add_stream_from_template(inner)
                for packet in reader.demux(inner):
                    if packet.dts is not None:
                        packet.stream = copied
                        out.mux(packet)
            return target.read_bytes()
    buffer = io.BytesIO()
    options = {"movflags": "+use_metadata_tags"}
    with av.open(
        buffer, "w", format=format, options=options if format in {"mp4", "mov"} else {}
    ) as out:
        out.metadata["location"] = PLACE
        out.metadata["com.apple.quicktime.location.ISO6709"] = PLACE
        out.metadata["model"] = CAMERA
        stream: Any = None
        heard: Any = None
        if not sound_first:
            stream = _stream(out, codec, rate, width, height)
        if sound:
            heard = out.add_stream(sound, rate=48_000)
        if stream is None:
            stream = _stream(out, codec, rate, width, height)
        if turn:
            stream.set_display_rotation(turn)
        moments = times or tuple(number / rate for number in range(round(seconds * rate)))
        for moment in moments:
            frame = av.VideoFrame.from_image(picture(width, height))
            frame.pts, frame.time_base = round(moment * 90_000), Fraction(1, 90_000)
            out.mux(stream.encode(frame))
        if heard is not None:
            out.mux(_sound(heard, seconds))
            out.mux(heard.encode(None))
        out.mux(stream.encode(None))
    return buffer.getvalue()


def _stream(out: Any, codec: str, rate: int, width: int, height: int) -> Any:
    stream = out.add_stream(codec, rate=rate)
    stream.width, stream.height = width, height
    odd = width % 2 or height % 2
    stream.pix_fmt = "yuv444p" if odd else "yuv420p"
    stream.codec_context.time_base = Fraction(1, 90_000)
    fast = {
        "libx264": {"preset": "ultrafast"},
        "libvpx-vp9": {"cpu-used": "8", "deadline": "realtime"},
    }
    stream.options = {
        **fast.get(codec, {}),
        **({"preset": "12"} if codec == "libsvtav1" else {}),
        **({"preset": "ultrafast", "x265-params": "log-level=none"} if codec == "libx265" else {}),
    }
    return stream


def _sound(stream: Any, seconds: float) -> list[Any]:
    packets = []
    for number in range(int(seconds * 48_000) // 1024):
        frame = av.AudioFrame("flt", "stereo", 1024)
        samples = (math.sin(place / 40) / 2 for place in range(2048))
        frame.planes[0].update(array.array("f", samples).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 1024, Fraction(1, 48_000)
        packets += stream.encode(frame)
    return packets


@cache
def sound_only() -> bytes:
    """Return a piece of music in an MP4."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as out:
        stream: Any = out.add_stream("aac", rate=48_000)
        out.mux(_sound(stream, 0.5))
        out.mux(stream.encode(None))
    return buffer.getvalue()


def hdr(transfer: int, left: float, right: float) -> bytes:
    """Return a grey HEVC film of 10 bits in BT.2020, two signals (0 to 1) side by side; `transfer`
    is 16 for PQ and 18 for HLG."""
    import numpy as np

    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mov") as out:
        stream = _stream(out, "libx265", 10, 128, 96)
        stream.pix_fmt = "yuv420p10le"
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace = 9, transfer, 9
        planes = np.full((144, 128), 512, dtype=np.uint16)
        planes[:96, :64], planes[:96, 64:] = (round(64 + 876 * value) for value in (left, right))
        for number in range(8):
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p10le")
            frame.pts, frame.time_base = number * 9_000, Fraction(1, 90_000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return buffer.getvalue()
