"""The port between search and the engine behind it.

Everything that names Tantivy is in tantivy_index.py, schema.py and queries.py; another engine
provides the same Reader and Writer and is chosen in `reader` and `writer`. The index is derived
data in a folder of its own: `search/current` names the folder in use, so that a rebuilt index takes
over in one rename.
"""

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

import structlog
from django.conf import settings

from redleaf.core import ids
from redleaf.discovery.search.words import Cutting

log = structlog.get_logger(__name__)

SCHEMA = "v3"  # grows when what is indexed changes; an index of another schema is built anew
LOOK_SECONDS = 0.2  # between two looks whether the writer has committed


class Unavailable(Exception):
    """There is no index, or it is broken: the caller answers in another way."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one thing. `facts` are exact marks for filters: "language:fr".

    A thing `by_text` is ranked by title, topics, body and about; another is found by its title,
    which is its name, and by the words of `about`. `prior` multiplies its score.
    """

    kind: str
    id: UUID
    title: str
    topics: str = ""
    body: str = ""
    about: str = ""
    language: str = ""
    facts: tuple[str, ...] = ()
    published: int = 0  # seconds of Unix time
    by_text: bool = False
    prior: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted of the things of a kind by text: those with every unit of the cutting; with
    `partly` the others that have some of it; with `by_sound` those whose title reads so.

    Filters: all of `facts`, one of `among` (where there are any), none of `without`, published at
    or after `since`, in seconds of Unix time.
    """

    cutting: Cutting
    kind: str = "note"
    facts: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: int = 0
    newest_first: bool = False
    partly: bool = False
    by_sound: bool = False
    offset: int = 0
    limit: int = 24

    @property
    def is_filtered(self) -> bool:
        return bool(self.facts or self.among or self.since)


class Reader(Protocol):
    """Answers from the state of the last commit that it has seen; every method may raise
    Unavailable."""

    def texts(self, question: Question) -> list[UUID]:
        """Return the ids of the best things by text in order."""

    def named(
        self, cutting: Cutting, limits: Mapping[str, int], *, typed: bool = False
    ) -> dict[str, list[UUID]]:
        """Return for each of these kinds at most so many things by name, all in one search.

        The last word counts as a beginning too; Chinese names are also found by pinyin, and short
        ones by its first letters. With `typed` the last syllable may be unfinished.
        """

    def beginning(self, cutting: Cutting, limit: int, kind: str = "note") -> list[UUID]:
        """Return the newest things of a kind in whose titles these words (or, in pinyin, these
        syllables) follow each other, the last one perhaps unfinished."""

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Return the words that begin so, each with the number of texts that hold it."""

    def holders(self, word: str) -> int:
        """Return how many texts hold a word, or where none does, its stem."""

    def keys(self, kind: str) -> set[UUID]:
        """Return the ids of everything of a kind that is indexed."""


class Writer(Protocol):
    """Changes the index; there is one at a time, and nothing shows before commit."""

    folder: str

    def put(self, entries: Iterable[Entry]) -> None:
        """Store each entry in place of what had its kind and id."""

    def add_new(self, entries: Iterable[Entry]) -> None:
        """Store entries that cannot be there yet: the cheap way to fill an empty index."""

    def remove(self, keys: Iterable[tuple[str, UUID]]) -> None:
        """Take these (kind, id) out."""

    def commit(self) -> None:
        """Make everything since the last commit seen and durable."""

    def close(self) -> None:
        """Let go of the index; what is not committed is dropped."""


def home() -> Path:
    """Return the folder that holds every index of this deployment."""
    return Path(settings.REDLEAF_DATA_DIR) / "search"


def current() -> str | None:
    """Return the name of the index in use, or None where there is none of this schema."""
    try:
        name = (home() / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    if not name.startswith(f"{SCHEMA}-") or not name.replace("-", "").isalnum():
        return None
    return name if (home() / name / "meta.json").exists() else None


def new_folder() -> str:
    """Make an empty folder for an index and return its name."""
    name = f"{SCHEMA}-{ids.encode(ids.new_id())}"
    (home() / name).mkdir(parents=True, mode=0o700)
    return name


def take_over(name: str) -> None:
    """Make this index the one in use, in one step, and remove the others."""
    pointer = home() / f"current.{os.getpid()}"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(home() / "current")
    for path in home().iterdir():
        if path.is_dir() and path.name != name:
            shutil.rmtree(path, ignore_errors=True)


def writer(name: str, *, heap_mebibytes: int = 15) -> Writer:
    """Open an index for writing, creating it in an empty folder. Raises Unavailable."""
    from redleaf.discovery.search.tantivy_index import TantivyWriter

    with guarded():
        return TantivyWriter(home() / name, heap_mebibytes)


_lock = threading.RLock()  # a failure while opening forgets the reader
_opened: "tuple[str, Reader] | None" = None
_state: tuple[int, ...] = ()
_look_at = 0.0


def reader() -> Reader:
    """Return a reader of the index in use, at most 200 ms behind its writer. Raises Unavailable."""
    global _look_at, _opened, _state  # noqa: PLW0603 - the process has one reader
    if _opened is not None and time.monotonic() < _look_at:
        return _opened[1]
    with _lock:
        _look_at = time.monotonic() + LOOK_SECONDS
        name = current()
        if name is None:
            _opened = None
            raise Unavailable("there is no index")
        state = _state_of(name)
        if _opened is None or _opened[0] != name or _state != state:
            from redleaf.discovery.search.tantivy_index import TantivyReader

            with guarded():
                _opened = (name, TantivyReader(home() / name))
            _state = state
        return _opened[1]


def forget_reader() -> None:
    """Close the reader, for tests and after a failure."""
    global _opened, _look_at  # noqa: PLW0603 - the process has one reader
    with _lock:
        _opened = None
        _look_at = 0.0


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever the engine raises, a panic of its own included, into Unavailable."""
    try:
        yield
    except Unavailable:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as failure:  # a panic of the engine is no Exception
        # Its words may hold what somebody searched for, which is nobody's to read.
        log.warning("search_engine_failed", kind=type(failure).__name__)
        forget_reader()
        raise Unavailable(str(failure)) from None


def _state_of(name: str) -> tuple[int, ...]:
    try:
        found = (home() / name / "meta.json").stat()
    except OSError as failure:
        raise Unavailable(str(failure)) from None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def facts_of(**facts: str | Sequence[str]) -> tuple[str, ...]:
    """Return filters as an entry and a question write them; empty ones are left out."""
    made: list[str] = []
    for name, value in facts.items():
        values = (value,) if isinstance(value, str) else value
        made.extend(f"{name}:{item}" for item in values if item)
    return tuple(made)
