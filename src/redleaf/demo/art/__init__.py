"""Pictures made by code, in the manner of gouache: `draw("hotpot", tone="warm", seed=3)`.

The same scene, tone, seed and shape give the same picture everywhere; another seed gives another
arrangement and another palette of the tone. No letters are drawn: fonts differ between machines.
"""

from random import Random

from PIL import Image

from redleaf.demo.art import raster
from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import palette_for
from redleaf.demo.art.registry import SCENES
from redleaf.demo.art.scenes import load

load()


def compose(scene: str, *, tone: str = "", seed: int = 0) -> Canvas:
    """Return the drawn canvas. Raises KeyError for a scene or tone that is not there."""
    found = SCENES[scene]
    random = Random(f"{scene} {seed}")
    tone = tone or random.choice(found.tones)
    canvas = Canvas(random, palette_for(tone, random))
    found.draw(canvas)
    near = random.random() < 0.25
    zoom = random.uniform(1.14, 1.27) if near else random.uniform(1.0, 1.09)
    canvas.look(mirrored=random.random() < 0.4, zoom=zoom)
    return canvas


def draw(
    scene: str, *, tone: str = "", seed: int = 0, shape: str = "portrait", width: int = 1080
) -> Image.Image:
    """Return the picture, RGB, of this width; portrait is 3:4, square 1:1, wide 4:3.

    Raises KeyError for a scene, tone or shape that is not there.
    """
    canvas = compose(scene, tone=tone, seed=seed)
    return raster.rasterise(canvas, shape=shape, width=width, seed=seed)


def painted(scene: str, tone: str, seed: int, shape: str, width: int) -> bytes:
    """Return the picture as a file, as `draw` does; for a process that does nothing else."""
    return raster.jpeg(draw(scene, tone=tone, seed=seed, shape=shape, width=width))


__all__ = ["SCENES", "compose", "draw", "painted"]
