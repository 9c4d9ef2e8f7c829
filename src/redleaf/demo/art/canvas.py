"""What a scene draws on: an SVG of 900 by 1200 units, light from the upper left.

A scene may draw from LEFT to RIGHT, beyond the 900, so that the wide shape has more to show.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Final, NamedTuple, TypeVar

from redleaf.demo.art.colour import Palette, darker, lighter, mix

Points = Sequence[tuple[float, float]]
T = TypeVar("T")

LEFT: Final = -170.0
RIGHT: Final = 1070.0
SPAN: Final = RIGHT - LEFT
HEIGHT: Final = 1200.0
LARGE: Final = 120_000  # square units from which a gradient is painted in strips
STRIP: Final = 14.0
WINDOWS: Final = {  # what each shape shows: x, y, width, height
    "portrait": (0, 0, 900, 1200),
    "square": (0, 190, 900, 900),
    "wide": (-150, 190, 1200, 900),
}


class Light(NamedTuple):
    """A wide soft light, in the units of the canvas."""

    x: float
    y: float
    radius: float
    colour: str
    strength: float


class Canvas:
    """Collects shapes in order; its random numbers come from the seed alone."""

    def __init__(self, random: Random, palette: Palette) -> None:
        self.random = random
        self.palette = palette
        self._body: list[str] = []
        self._defs: list[str] = []
        self._known: dict[str, str] = {}
        self._downs: dict[str, tuple[str, str, str]] = {}
        self._view = ""
        self.lights: list[Light] = []

    def look(self, *, mirrored: bool, zoom: float) -> None:
        """Show the whole drawing mirrored, or a little nearer."""
        wide = -zoom if mirrored else zoom
        self._view = f"translate(450 640) scale({wide:.3f} {zoom:.3f}) translate(-450 -640)"

    def svg(self, shape: str = "portrait") -> str:
        """Return the whole document."""
        x, y, width, height = WINDOWS[shape]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}">'
            f"<defs>{''.join(self._defs)}</defs>"
            f'<rect x="{LEFT}" y="0" width="{SPAN}" height="{HEIGHT}" fill="{self.palette.wall2}"/>'
            f'<g transform="{self._view}">{"".join(self._body)}</g></svg>'
        )

    # --- Chance ----------------------------------------------------------------------------------
    def between(self, low: float, high: float) -> float:
        return self.random.uniform(low, high)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *options: T) -> T:
        return self.random.choice(options)

    def shuffled(self, *options: T) -> list[T]:
        return self.random.sample(options, len(options))

    # --- Shapes ----------------------------------------------------------------------------------
    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        round: float = 0,
        alpha: float = 1,
    ) -> None:
        if fill in self._downs and not round and alpha == 1 and width * height > LARGE:
            self._strips(x, y, width, height, self._downs[fill])
            return
        self._body.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}"'
            f' height="{max(height, 0):.1f}" rx="{round:.1f}" fill="{fill}"{_alpha(alpha)}/>'
        )

    def _strips(
        self, x: float, y: float, width: float, height: float, colours: tuple[str, str, str]
    ) -> None:
        """Paint a large gradient as strips of one colour: ten times as fast, and the grain
        hides the steps."""
        top, middle, bottom = colours
        count = max(2, round(height / STRIP))
        for index in range(count):
            at = index / (count - 1)
            colour = mix(top, middle, at * 2) if at < 0.5 else mix(middle, bottom, at * 2 - 1)
            below = height / count + (2 if index < count - 1 else 0)
            self.rect(x, y + index * height / count, width, below, colour)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: str,
        *,
        alpha: float = 1,
        turn: float = 0,
    ) -> None:
        turned = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
        self._body.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{max(rx, 0):.1f}" ry="{max(ry, 0):.1f}"'
            f' fill="{fill}"{_alpha(alpha)}{turned}/>'
        )

    def dot(self, x: float, y: float, radius: float, fill: str, *, alpha: float = 1) -> None:
        self.oval(x, y, radius, radius, fill, alpha=alpha)

    def ring(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: str,
        width: float,
        *,
        alpha: float = 1,
    ) -> None:
        self._body.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="none"'
            f' stroke="{colour}" stroke-width="{width:.1f}"{_alpha(alpha, "stroke")}/>'
        )

    def path(self, d: str, fill: str, *, alpha: float = 1) -> None:
        self._body.append(f'<path d="{d}" fill="{fill}"{_alpha(alpha)}/>')

    def form(
        self,
        d: str,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: str,
        *,
        alpha: float = 1,
        turn: float = 0,
    ) -> None:
        """Fill an outline given in hundredths of this width and height, its origin at x, y."""
        place = _placed(x, y, wide, high, turn)
        self._body.append(f'<path d="{d}" fill="{fill}"{_alpha(alpha)} transform="{place}"/>')

    def shape(self, points: Points, fill: str, *, alpha: float = 1) -> None:
        """Fill a polygon."""
        self.path(straight(points), fill, alpha=alpha)

    def blob(self, points: Points, fill: str, *, alpha: float = 1) -> None:
        """Fill the smooth closed curve through the points."""
        self.path(smooth(points, closed=True), fill, alpha=alpha)

    def stroke(self, d: str, colour: str, width: float, *, alpha: float = 1) -> None:
        self._body.append(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:.1f}"'
            f' stroke-linecap="round" stroke-linejoin="round"{_alpha(alpha, "stroke")}/>'
        )

    def line(
        self, points: Points, colour: str, width: float, *, alpha: float = 1, curved: bool = True
    ) -> None:
        """Draw a line through the points, with round ends."""
        d = smooth(points, closed=False) if curved and len(points) > 2 else straight(points, False)
        self.stroke(d, colour, width, alpha=alpha)

    # --- Paint -----------------------------------------------------------------------------------
    def down(self, top: str, bottom: str, middle: str = "") -> str:
        """Return a paint that changes from top to bottom."""
        stops = [(0.0, top, 1.0), (1.0, bottom, 1.0)]
        if middle:
            stops.insert(1, (0.5, middle, 1.0))
        paint = self._gradient("linearGradient", 'x2="0" y2="1"', stops)
        self._downs[paint] = (top, middle or mix(top, bottom, 0.5), bottom)
        return paint

    def across(self, left: str, right: str) -> str:
        return self._gradient("linearGradient", "", [(0, left, 1), (1, right, 1)])

    def turned(self, colour: str, depth: float = 1) -> str:
        """Return a paint that makes a flat shape look round: lit left, in shade right."""
        light, dark = lighter(colour, 0.22 * depth), darker(colour, 0.2 * depth)
        stops = [(0.0, colour, 1.0), (0.1, light, 1.0), (0.26, light, 1.0), (0.34, colour, 1.0)]
        stops += [(0.62, colour, 1.0), (0.74, dark, 1.0), (1.0, darker(colour, 0.3 * depth), 1.0)]
        return self._gradient("linearGradient", "", stops)

    def ball(self, colour: str) -> str:
        """Return a paint that makes a round thing: lit at the upper left."""
        stops = [(0.0, lighter(colour, 0.35), 1.0), (0.45, colour, 1.0)]
        stops.append((1.0, darker(colour, 0.28), 1.0))
        return self._gradient("radialGradient", 'cx=".35" cy=".3" r=".75"', stops)

    def fading(self, colour: str, top: float, bottom: float) -> str:
        """Return a paint of one colour whose strength changes from top to bottom."""
        stops = [(0.0, colour, top), (1.0, colour, bottom)]
        return self._gradient("linearGradient", 'x2="0" y2="1"', stops)

    def rising(self, colour: str, strength: float) -> str:
        """Return a paint that is strongest below the middle and gone at both ends."""
        stops = [(0.0, colour, 0.0), (0.6, colour, strength), (1.0, colour, 0.0)]
        return self._gradient("linearGradient", 'x2="0" y2="1"', stops)

    def halo(self, colour: str, strength: float = 1) -> str:
        stops = [(0.0, colour, strength), (0.45, colour, strength * 0.45), (1.0, colour, 0.0)]
        return self._gradient("radialGradient", "", stops)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> None:
        """Lay soft light over what is there."""
        self.dot(x, y, radius, self.halo(colour, strength))

    def light(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Let light fall on the whole picture; it is laid on when the drawing is done."""
        self.lights.append(Light(x, y, radius, colour, strength))

    def shadow(self, x: float, y: float, rx: float, ry: float = 0, strength: float = 0.42) -> None:
        """Lay the soft shadow of something that stands at x, y."""
        self.oval(x, y, rx, ry or rx * 0.2, self.halo(self.palette.ink, strength))

    def _gradient(self, kind: str, place: str, stops: list[tuple[float, str, float]]) -> str:
        inner = "".join(
            f'<stop offset="{at:.2f}" stop-color="{colour}"'
            + (f' stop-opacity="{strength:.2f}"' if strength < 1 else "")
            + "/>"
            for at, colour, strength in stops
        )
        text = f"{kind} {place} {inner}"
        if text not in self._known:
            name = f"p{len(self._known)}"
            self._known[text] = name
            start = 'x1="0" y1="0" ' if kind == "linearGradient" else ""
            self._defs.append(f'<{kind} id="{name}" {start}{place}>{inner}</{kind}>')
        return f"url(#{self._known[text]})"

    # --- Groups ----------------------------------------------------------------------------------
    @contextmanager
    def moved(
        self, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Draw with its own origin."""
        wide = -scale if flip else scale
        self._body.append(
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})'
            f' scale({wide:.3f} {scale:.3f})">'
        )
        yield
        self._body.append("</g>")

    @contextmanager
    def about(self, turn: float) -> Iterator[None]:
        """Draw turned about the middle, as things on a table can lie."""
        self._body.append(f'<g transform="rotate({turn:.1f} 450 600)">')
        yield
        self._body.append("</g>")

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        """Let only what is inside this outline be seen."""
        name = f"c{len(self._defs)}"
        self._defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        self._body.append(f'<g clip-path="url(#{name})">')
        yield
        self._body.append("</g>")

    @contextmanager
    def within(self, d: str, x: float, y: float, wide: float, high: float) -> Iterator[None]:
        """Let only what is inside this outline, in hundredths as for `form`, be seen."""
        name = f"c{len(self._defs)}"
        place = _placed(x, y, wide, high, 0)
        self._defs.append(f'<clipPath id="{name}"><path d="{d}" transform="{place}"/></clipPath>')
        self._body.append(f'<g clip-path="url(#{name})">')
        yield
        self._body.append("</g>")

    def tint(self, colour: str, share: float = 0.12) -> str:
        """Return a thing's own colour as it looks in this picture's light."""
        toward = self.palette.wall2 if self.palette.dark else self.palette.wall
        return mix(colour, toward, share * (1.6 if self.palette.dark else 1))


def _alpha(alpha: float, of: str = "fill") -> str:
    """Return the strength of one paint: cheaper to render than that of a whole element."""
    return "" if alpha >= 1 else f' {of}-opacity="{alpha:.2f}"'


def _placed(x: float, y: float, wide: float, high: float, turn: float) -> str:
    turned = f" rotate({turn:.1f})" if turn else ""
    return f"translate({x:.1f} {y:.1f}){turned} scale({wide / 100:.4f} {high / 100:.4f})"


def straight(points: Points, closed: bool = True) -> str:
    """Return a path of straight lines."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def smooth(points: Points, *, closed: bool) -> str:
    """Return a smooth path through the points (Catmull-Rom, as cubic curves)."""
    count = len(points)
    if count < 3:
        return straight(points, closed)

    def at(index: int) -> tuple[float, float]:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for index in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(index + step) for step in (-1, 0, 1, 2))
        parts.append(
            f"C{bx + (cx - ax) / 6:.1f} {by + (cy - ay) / 6:.1f}"
            f" {cx - (dx - bx) / 6:.1f} {cy - (dy - by) / 6:.1f} {cx:.1f} {cy:.1f}"
        )
    return "".join(parts) + ("Z" if closed else "")


def round_box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return the outline of a box with round corners."""
    r = min(radius, width / 2, height / 2)
    return (
        f"M{x + r:.1f} {y:.1f}h{width - 2 * r:.1f}a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {r:.1f}"
        f"v{height - 2 * r:.1f}a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {r:.1f}h{2 * r - width:.1f}"
        f"a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {-r:.1f}v{2 * r - height:.1f}"
        f"a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {-r:.1f}Z"
    )


def disc(x: float, y: float, rx: float, ry: float = 0) -> str:
    """Return the outline of an oval."""
    ry = ry or rx
    return (
        f"M{x - rx:.1f} {y:.1f}a{rx:.1f} {ry:.1f} 0 1 0 {2 * rx:.1f} 0"
        f"a{rx:.1f} {ry:.1f} 0 1 0 {-2 * rx:.1f} 0Z"
    )
