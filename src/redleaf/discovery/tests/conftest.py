"""The index of each test, in a folder of its own."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from redleaf.core import events
from redleaf.discovery.ranking import clicks, recipes, serving, versions
from redleaf.discovery.search import engine, writing
from redleaf.editions import selectors as editions
from redleaf.notes.selectors.cards import forget as forget_cards


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.REDLEAF_DATA_DIR = tmp_path
    engine.forget_reader()
    editions.forget()
    forget_cards()
    serving.forget()
    versions.forget()
    recipes.forget()
    clicks.forget()
    yield
    engine.forget_reader()


@pytest.fixture
def take_in(db: None) -> Callable[[], None]:
    """Deliver every event and bring the index up to date, as the worker's threads do."""

    def take() -> None:
        events.deliver_due(limit=10_000)
        name = engine.current() or writing.rebuild()
        with contextlib.closing(engine.writer(name)) as writer:
            while writing.write_due(writer):
                pass
        engine.forget_reader()

    return take
