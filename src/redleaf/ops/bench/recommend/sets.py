"""Sets that a recommender is measured with: which format a folder holds, and how it is read.

docs/recommendation.md describes the formats.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redleaf.discovery.recommend.rules import Key

FEWEST = 3  # items of a member: one to learn from, one to choose by, one to be foretold
USERS = ("user", "user_id", "userid")
ITEMS = ("item", "item_id", "itemid", "movieid", "movie_id", "video_id")
TIMES = ("time", "timestamp", "time_ms")
DELIMITED = {".csv": ",", ".tsv": "\t", ".dat": "::", ".data": "\t"}
HEADLESS = (0, 1, 3)  # user, item, rating, time: the order of files that have no header
PAIR = 2

Attributes = Mapping[Key, Sequence[str]]


class NoSet(Exception):
    """The folder is not there or holds no known format; the text says what was looked for."""


@dataclass
class InteractionSet:
    """Members' items in time order, each once, and what items are about, if that is known."""

    name: str
    lists: list[list[str]]
    attributes: Attributes | None = None
    folder: Path | None = field(default=None, repr=False)
    clicks: bool = False  # a log of what was shown is there as well

    @property
    def interactions(self) -> int:
        """How many there are."""
        return sum(map(len, self.lists))


def read(name: str, folder: Path) -> InteractionSet:
    """Return the set in a folder, whichever format it has. Raises NoSet."""
    if not folder.is_dir():
        raise NoSet(f"There is no folder {folder}.")
    reader = _reader(folder)
    if reader is None:
        raise NoSet(
            f"{folder} holds no known format: user_sequences.parquet, a .txt with a member on each"
            " line, or a .csv with the columns user, item and time."
        )
    try:
        made = reader(name, folder)
    except (ValueError, KeyError, UnicodeDecodeError, StopIteration) as why:
        raise NoSet(f"{folder} cannot be read: {why}") from why
    if not made.lists:
        raise NoSet(f"{folder} holds nobody with {FEWEST} items or more.")
    return made


def known(folder: Path) -> bool:
    """Return whether a folder holds a format that `read` knows."""
    return _reader(folder) is not None


def kept(lists: Iterable[Iterable[str]]) -> list[list[str]]:
    """Return the lists with each item once, at its first place; those too short are left out."""
    made = [list(dict.fromkeys(one)) for one in lists]
    return [one for one in made if len(one) >= FEWEST]


def _reader(folder: Path) -> "Callable[[str, Path], InteractionSet] | None":
    if (folder / "user_sequences.parquet").is_file():
        return _parquet
    if _sequence_file(folder) is not None:
        return _text
    if _delimited_file(folder) is not None:
        return _delimited
    return None


def _files(folder: Path, *suffixes: str) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)


def _sequence_file(folder: Path) -> Path | None:
    for path in _files(folder, ".txt"):
        with path.open(encoding="utf-8", errors="replace") as lines:
            first = next(lines, "").split()
        if len(first) >= PAIR and all(len(word) <= 40 for word in first) and first[0].isalnum():
            return path
    return None


def _delimited_file(folder: Path) -> Path | None:
    for path in _files(folder, *DELIMITED):
        with path.open(encoding="utf-8", errors="replace") as lines:
            first = next(lines, "")
        if _columns(first, DELIMITED[path.suffix.lower()]) is not None:
            return path
    return None


def _columns(line: str, delimiter: str) -> tuple[tuple[int, int, int], bool] | None:
    """Return where user, item and time stand, and whether the line is a header."""
    names = [name.strip().strip('"').lower() for name in line.split(delimiter)]
    places = [
        next((names.index(name) for name in known if name in names), None)
        for known in (USERS, ITEMS, TIMES)
    ]
    user, item, time = places
    if user is not None and item is not None and time is not None:
        return (user, item, time), True
    if len(names) == len(HEADLESS) + 1 and all(
        name.replace(".", "", 1).isdigit() for name in names
    ):
        return HEADLESS, False
    return None


def _attributes(folder: Path) -> Attributes | None:
    for path in _files(folder, ".json"):
        if "attributes" in path.name.lower():
            read = json.loads(path.read_text(encoding="utf-8"))
            return {str(item): [str(one) for one in names] for item, names in read.items()}
    return None


def _text(name: str, folder: Path) -> InteractionSet:
    path = _sequence_file(folder)
    assert path is not None  # noqa: S101 - only called when there is one
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) >= PAIR]
    if Counter(len(row) for row in rows)[PAIR] == len(rows):
        lists: dict[str, list[str]] = {}
        for user, item in rows:
            lists.setdefault(user, []).append(item)
        return InteractionSet(name, kept(lists.values()), _attributes(folder), folder)
    return InteractionSet(name, kept(row[1:] for row in rows), _attributes(folder), folder)


def _delimited(name: str, folder: Path) -> InteractionSet:
    path = _delimited_file(folder)
    assert path is not None  # noqa: S101 - only called when there is one
    lists: dict[str, list[tuple[float, str]]] = {}
    for user, item, time in _rows(path):
        lists.setdefault(user, []).append((time, item))
    ordered = ([item for _, item in sorted(one, key=_time)] for one in lists.values())
    return InteractionSet(name, kept(ordered), _attributes(folder), folder)


def _rows(path: Path) -> Iterator[tuple[str, str, float]]:
    delimiter = DELIMITED[path.suffix.lower()]
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        first = next(lines)
        found = _columns(first, delimiter)
        if found is None:
            raise ValueError(f"{path.name} has no columns user, item and time")
        (user, item, time), header = found
        if not header:
            lines.seek(0)
        split = (
            (line.rstrip("\r\n").split(delimiter) for line in lines)
            if len(delimiter) > 1
            else csv.reader(lines, delimiter=delimiter)
        )
        for row in split:
            if len(row) > max(user, item, time):
                yield row[user], row[item], float(row[time])


def _time(entry: tuple[float, str]) -> float:
    return entry[0]


def _parquet(name: str, folder: Path) -> InteractionSet:
    try:
        from pyarrow import parquet
    except ImportError as why:
        raise NoSet("Reading parquet needs pyarrow (requirements/test.txt).") from why
    table = parquet.read_table(folder / "user_sequences.parquet", columns=["watch_seq"])
    lists = kept([str(item) for item in one] for one in table["watch_seq"].to_pylist())
    clicks = all((folder / file).is_file() for file in ("val.parquet", "test.parquet"))
    return InteractionSet(name, lists, None, folder, clicks)
