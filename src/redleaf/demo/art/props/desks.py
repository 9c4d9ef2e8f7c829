"""What lies at the edges of a desk."""

from redleaf.demo.art.canvas import Canvas
from redleaf.demo.art.colour import darker, mix
from redleaf.demo.art.props import plants, vessels


def corner(c: Canvas) -> None:
    """Something at the edges of a desk."""
    p = c.palette
    if c.chance(0.5):
        vessels.dish(c, 770, 160, 130, p.paper)
        vessels.dish(c, 770, 160, 90, c.pick(p.main, p.third, p.second), "#6b3f26")
    else:
        for turn in (10, 60, 110, 150):
            plants.leaf(
                c,
                880,
                40,
                c.between(180, 260),
                turn + 40,
                mix(p.leaf, darker(p.leaf, 0.3), c.between(0, 1)),
            )
