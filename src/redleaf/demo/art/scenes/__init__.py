"""The scenes, grouped by theme."""

import importlib
import pkgutil


def load() -> None:
    """Import every file of scenes, so that each registers its own."""
    for found in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{found.name}")
