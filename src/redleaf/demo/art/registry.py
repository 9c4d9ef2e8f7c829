"""The scenes by name. A scene is a function that draws on a canvas; its file registers it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from redleaf.demo.art.canvas import Canvas

Draw = Callable[[Canvas], None]


class Scene(NamedTuple):
    """What draws it, and the tones it is drawn in when nobody asks for one."""

    draw: Draw
    tones: tuple[str, ...]


SCENES: Final[dict[str, Scene]] = {}


def scene(name: str, *tones: str) -> Callable[[Draw], Draw]:
    """Register a drawing function under this name."""

    def keep(draw: Draw) -> Draw:
        SCENES[name] = Scene(draw, tones or ("warm",))
        return draw

    return keep
