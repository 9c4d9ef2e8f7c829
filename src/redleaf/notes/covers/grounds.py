"""What a cover's words stand on: the eight designs, drawn wide."""

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1200
HEIGHT: Final = 630
_LEAF: Final = (
    "M12 1.6l1.9 3.7 2.6-1.2-.5 4.5 4.1-.9-1.2 3 2.6 1.4-4.2 3.4.6 2.3-5-.8.3 4.4h-1.2l.3-4.4-5 .8"
    ".6-2.3-4.2-3.4 2.6-1.4-1.2-3 4.1.9-.5-4.5 2.6 1.2z"
)


@dataclass(frozen=True)
class Ground:
    """A drawing, and the box where the words go, in pixels.

    `face` is the kind of letters of the title, "serif" or "bold"; `middle` centres them; `foot` is
    the height of the line with the leaf.
    """

    art: str
    ink: str
    soft: str
    leaf: str = "#b8152b"
    left: int = 96
    top: int = 72
    width: int = 1008
    height: int = 430
    largest: int = 108
    face: str = "serif"
    foot: int = 556
    middle: bool = False


def svg(ground: Ground) -> str:
    """Return a ground as SVG without any text, with the leaf at its foot."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{ground.art}'
        f'<path transform="translate({ground.left - 4} {ground.foot - 18}) scale(1.5)"'
        f' fill="{ground.leaf}" d="{_LEAF}"/></svg>'
    )


def _paper(colour: str) -> str:
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}"/>'


def _lines(step: int, colour: str, *, also_down: bool = False) -> str:
    across = "".join(f"M0 {y}H{WIDTH}" for y in range(step, HEIGHT, step))
    down = "".join(f"M{x} 0V{HEIGHT}" for x in range(step, WIDTH, step)) if also_down else ""
    return f'<path d="{across}{down}" stroke="{colour}" stroke-width="2" fill="none"/>'


def _dots(places: str, colour: str) -> str:
    points = (point.split(",") for point in places.split())
    return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>' for x, y, r in points)


_RULED = (
    _paper("#fbf6ea")
    + _lines(63, "#c6d4e2")
    + '<path d="M116 0V630M126 0V630" stroke="#d8616c" stroke-width="3"/>'
    + _dots("56,120,15 56,510,15", "#e2d8c4")
)
_INK = (
    '<radialGradient id="g" cx=".85" cy="0" r="1.2"><stop stop-color="#cf2740"/>'
    '<stop offset=".55" stop-color="#a51228"/><stop offset="1" stop-color="#860c1f"/>'
    "</radialGradient>" + _paper("url(#g)") + '<circle cx="1050" cy="560" r="270" fill="none"'
    ' stroke="#ffe2cd" stroke-opacity=".15" stroke-width="60" stroke-dasharray="1270 430"'
    ' transform="rotate(-120 1050 560)"/>'
    '<rect x="96" y="62" width="92" height="10" fill="#ffd9a6"/>'
)
_COMMA = (
    "M88 178c0-66 34-112 96-130l12 26c-34 16-50 38-52 62 34 0 58 22 58 56 0 36-26 60-60 60-36 0-54"
    "-28-54-74z"
)
_QUOTE = (
    _paper("#f7f1e6") + f'<g fill="#e3b9ae" fill-opacity=".75"><path d="{_COMMA}"/>'
    f'<path transform="translate(132)" d="{_COMMA}"/></g>'
    + '<rect x="96" y="512" width="120" height="6" fill="#b8152b"/>'
)
_GRID = (
    _paper("#f4faf7")
    + _lines(42, "#d5e7e1", also_down=True)
    + '<path d="M500 -8l6 10-6 10 6 10-6 10 6 10 200-7-6-10 6-10-6-10 6-10z" fill="#f0be5a"'
    ' fill-opacity=".62"/>'
)
_POSTCARD = (
    '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#fdeccb"/>'
    '<stop offset=".6" stop-color="#f8c79c"/><stop offset=".85" stop-color="#ee9a7d"/>'
    "</linearGradient>" + _paper("url(#g)") + '<circle cx="960" cy="440" r="100" fill="#fff3d2"'
    ' fill-opacity=".4"/><circle cx="960" cy="440" r="74" fill="#fff3d2"/>'
    '<ellipse cx="560" cy="690" rx="620" ry="170" fill="#d98a78"/>'
    '<ellipse cx="1080" cy="690" rx="460" ry="190" fill="#c0716b"/>'
    '<rect x="14" y="14" width="1172" height="602" fill="none" stroke="#fffaf0" stroke-width="28"/>'
)
_TICKET = (
    _paper("#20565b")
    + '<path d="M84 60H1116a24 24 0 0 1 24 24V270a45 45 0 0 0 0 90V546a24 24 0 0 1-24 24H84a24 24'
    ' 0 0 1-24-24V360a45 45 0 0 0 0-90V84a24 24 0 0 1 24-24z" fill="#f3eddc"/>'
    '<path d="M150 480H1050" stroke="#8aa9a4" stroke-width="4" stroke-dasharray="14 14"/>'
)
_NIGHT = (
    '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#0f1530"/>'
    '<stop offset=".55" stop-color="#222a55"/><stop offset=".84" stop-color="#54487a"/>'
    '<stop offset="1" stop-color="#8d6683"/></linearGradient>'
    + _paper("url(#g)")
    + '<path d="M1090 130a70 70 0 1 1-88-68 56 56 0 1 0 88 68z" fill="#fbeec2"/>'
    + _dots(
        "150,50,4 420,40,3 640,60,3 860,46,4 1150,230,4 60,300,3 1120,380,3 700,30,3", "#ffffff"
    )
    + '<path d="M0 520H150V532H330V452H380V412H400V452H470V528H640V482H800V532H920V492H1080V522'
    'H1200V630H0z" fill="#0b0f22"/><path d="M345 478h16v20h-16zM430 478h16v20h-16zM690 504h16v20'
    'h-16zM980 512h16v20h-16z" fill="#ffd98a"/>'
)
_SEAL = (
    _paper("#f8f2e4")
    + '<rect x="34" y="34" width="1132" height="562" rx="8" fill="none" stroke="#b8152b"'
    ' stroke-width="5"/><rect x="46" y="46" width="1108" height="538" rx="4" fill="none"'
    ' stroke="#b8152b" stroke-width="3"/>'
)

GROUNDS: Final = {
    "ruled": Ground(_RULED, "#23375a", "#4d5d78", left=168, width=940),
    "ink": Ground(_INK, "#fff5ea", "#ffd9c4", leaf="#ffd9a6", top=96, height=410, width=960),
    "quote": Ground(_QUOTE, "#3a1d1a", "#6a4a44", top=96, height=390),
    "grid": Ground(_GRID, "#12332f", "#3d5f59", face="bold"),
    "postcard": Ground(_POSTCARD, "#4a1d1f", "#4a1d1f", leaf="#fff3d2", height=350),
    "ticket": Ground(
        _TICKET,
        "#173f43",
        "#3c6266",
        left=150,
        top=90,
        width=900,
        height=370,
        face="bold",
        foot=528,
    ),
    "night": Ground(_NIGHT, "#f6f1ff", "#d9d2ec", leaf="#ffd98a", top=64, width=860, height=330),
    "seal": Ground(_SEAL, "#2a1b18", "#6b5149", left=120, width=960, top=84, middle=True),
}
