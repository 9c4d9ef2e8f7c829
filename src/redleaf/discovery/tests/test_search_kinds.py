"""Kinds of things by registration: a room adds its own, and the one search finds them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from redleaf.discovery.search import engine, finding, registry, writing
from redleaf.discovery.search.engine import Entry
from redleaf.discovery.search.words import cut_query

SHELF = UUID(int=11)
CREAM = UUID(int=12)


@pytest.fixture
def more_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "KINDS", registry.KINDS)
    before = dict(registry.KINDS)
    for name, by_text, entry in (
        ("circle", False, Entry(kind="circle", id=SHELF, title="读书会 Book circle")),
        ("product", True, Entry(kind="product", id=CREAM, title="Pine cream", by_text=True)),
    ):
        registry.register(
            registry.Kind(
                name,
                entries=lambda ids, entry=entry: [entry] if entry.id in ids else [],
                every=lambda entry=entry: iter([entry]),
                present=lambda entry=entry: {entry.id},
                draw=f"{name}s",
                by_text=by_text,
            )
        )
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


@pytest.mark.django_db
def test_a_registered_kind_is_built_marked_and_found(more_kinds: None) -> None:
    writing.rebuild()
    engine.forget_reader()
    found = finding.find_named(None, "dushuhui", {"circle": 3, "place": 3})
    assert found == {"circle": [SHELF], "place": []}
    question = engine.Question(cut_query("cream"), kind="product")
    assert engine.reader().texts(question) == [CREAM]
    assert engine.reader().texts(engine.Question(cut_query("cream"))) == []  # it is no note
    writing.mark("circle", [SHELF])
    writing.mark("product", [CREAM])
    assert writing.differences()["product"] == set()


@pytest.mark.parametrize("name", ["note", "Nobody knows", "immeasurable", ""])
def test_a_name_is_registered_once_and_is_a_short_word(name: str) -> None:
    kind: Any = registry.KINDS["person"]
    before = dict(registry.KINDS)
    with pytest.raises(ValueError, match=r"registered|no name"):
        registry.register(registry.Kind(name, kind.entries, kind.every, kind.present, "x"))
    assert before == registry.KINDS


@pytest.mark.django_db
def test_an_index_of_an_older_schema_is_not_read_and_is_built_anew() -> None:
    import contextlib

    home = engine.home()
    (home / "v1-old").mkdir(parents=True)
    (home / "v1-old" / "meta.json").write_text("{}")
    (home / "current").write_text("v1-old")
    assert engine.current() is None
    with pytest.raises(engine.Unavailable):
        engine.reader()
    with contextlib.closing(writing._Desk()) as desk:
        assert desk.open()
    name = str(engine.current())
    assert name.startswith(f"{engine.SCHEMA}-")
    assert not (home / "v1-old").exists()
