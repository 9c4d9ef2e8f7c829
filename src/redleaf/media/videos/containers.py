"""What kind of film a file is, and whether all of it is there, from its outermost boxes.

FFmpeg guesses among hundreds of formats, some of which name other files or addresses to be read
(playlists, concatenations). It is only ever told one of the two that are meant here.
"""

import struct
from typing import IO, Any, Final

SECONDS_MAXIMUM: Final = 15 * 60
SIDE_MAXIMUM: Final = 4096
# The exit status of the process that makes a video anew, and the code of what went wrong.
FAILURES: Final = {2: "not_readable", 3: "too_long", 4: "no_picture", 5: "no_room"}

MOV: Final = "mov"
MATROSKA: Final = "matroska"
# What FFmpeg may read while it reads one of these: the file itself, and nothing that it names.
OPTIONS: Final = {"protocol_whitelist": "file"}

_BOXES: Final = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_BOXES_MAXIMUM: Final = 10_000
_EBML: Final = b"\x1aE\xdf\xa3"
_SEGMENT: Final = b"\x18S\x80g"


def kind_of(file: IO[bytes]) -> str | None:
    """Return "mov" for MP4 and MOV, "matroska" for WebM and its kin, None for all else."""
    file.seek(0)
    head = file.read(64)
    if head.startswith(_EBML):
        return MATROSKA
    if head[4:8] in _BOXES and not _is_still(head):
        return MOV
    return None


def is_complete(file: IO[bytes], kind: str, size: int) -> bool:
    """Return False when the outermost boxes say that the end of the file is missing."""
    return _has_whole_boxes(file, size) if kind == MOV else _has_whole_segment(file, size)


def moving_picture(container: Any) -> Any | None:
    """Return the first stream of pictures that is not the cover of a piece of music, or None."""
    from av.stream import Disposition

    found = container.streams.video
    return next((item for item in found if not item.disposition & Disposition.attached_pic), None)


def rotation_of(frame: Any) -> int:
    """Return by how many degrees, clockwise, a frame has to be turned to stand upright."""
    return round(-(getattr(frame, "rotation", 0) or 0) / 90) * 90 % 360


def _is_still(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"M4A "}


def _has_whole_boxes(file: IO[bytes], size: int) -> bool:
    place, found = 0, set()
    for _number in range(_BOXES_MAXIMUM):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            break
        length, name = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:])[0]
        elif length == 0:
            length = size - place  # to the end
        if length < 8:
            return b"moov" in found  # padding after the last box
        place += length
        if place > size:
            return False
        found.add(name)
    return b"moov" in found


def _has_whole_segment(file: IO[bytes], size: int) -> bool:
    file.seek(0)
    head = file.read(4096)
    at = head.find(_SEGMENT)
    if at < 0 or at + 12 > len(head):
        return at >= 0
    first = head[at + 4]
    width = 9 - first.bit_length()
    value = int.from_bytes(head[at + 4 : at + 4 + width], "big") & ((1 << 7 * width) - 1)
    if value == (1 << 7 * width) - 1:
        return True  # of unknown length, as browsers record
    return at + 4 + width + value <= size
