"""What is in a file besides a picture: other kinds of file, alone or hidden behind one.

Nothing of an upload is ever stored as it came, so these are refusals on principle; they never need
to be complete, but must not refuse what phones make (which put films behind a JPEG).
"""

import struct
from typing import IO, Final

HEAD = 1024
TAIL = 66_000  # a ZIP's end record stands within 65,557 bytes of the end
PDF_TAIL = 2048
ZIP_END = struct.Struct("<4s4H2LH")

_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"8BPS", "PSD"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\x1aE\xdf\xa3", "WebM"),
)
_FILMS: Final = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"3gp")
_TEXTS: Final = (
    (b"<svg", "SVG"),
    (b"<html", "HTML"),
    (b"<!doctype html", "HTML"),
    (b"<?xml", "XML"),
)
_MARKUP: Final = (  # none so short that it stands in a picture's bytes by chance
    b"<script",
    b"</script",
    b"<html",
    b"</html",
    b"<!doctype html",
    b"www.w3.org/2000/svg",
    b"<?php",
)


def kind_of(file: IO[bytes]) -> str:
    """Return what the file is by its first bytes when it is none of our pictures, else ""."""
    file.seek(0)
    head = file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, kind in _KINDS:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp" and head[8:12].startswith(_FILMS):
        return "MP4"
    text = head.lower()
    if text.startswith(b"<"):
        return next((kind for mark, kind in _TEXTS if mark in text), "XML")
    return ""


def holds_more(file: IO[bytes], size: int) -> bool:
    """Return whether a document, an archive or a page's script hides in a picture."""
    file.seek(0)
    head = file.read(HEAD).lower()
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    if b"%pdf-" in head or b"startxref" in tail[-PDF_TAIL:]:
        return True
    text = tail.lower()
    return any(mark in head or mark in text for mark in _MARKUP) or _ends_as_zip(tail)


def _ends_as_zip(tail: bytes) -> bool:
    """Return whether a ZIP's end record is there and true: the four bytes alone come by chance."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + ZIP_END.size > len(tail):
        return False
    _mark, _disk, _start, _here, count, length, _offset, comment = ZIP_END.unpack_from(tail, at)
    if at + ZIP_END.size + comment > len(tail):
        return False
    if count == 0:
        return bool(length == 0)
    first = at - length
    return first < 0 or tail[first : first + 4] == b"PK\x01\x02"
