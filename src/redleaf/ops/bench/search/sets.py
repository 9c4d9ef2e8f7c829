"""Sets of documents, queries and judgements, in three formats that a folder is recognised by.

- Chorus: `*.json.zip`, each a list of products, and `*_rated.csv` with query, docid, rating.
- QBQTC: `dev.json`, an object a line with query, title and label; all titles are the collection.
- Plain: `documents.jsonl` (id, title, and perhaps topics, body, about, language),
  `queries.jsonl` (id, text) and `judgements.csv` (query, document, grade; 0 is not relevant).
"""

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from redleaf.discovery.search.engine import Entry

KIND = "note"


class NoSet(Exception):
    """There is no set in the folder, or it cannot be read; says why."""


@dataclass(frozen=True)
class LabelledSet:
    """Documents, and for each query's text the grades of documents by their place in the list."""

    name: str
    documents: list[Entry]
    judged: dict[str, dict[int, int]]

    @property
    def answerable(self) -> dict[str, dict[int, int]]:
        """Return the queries that have at least one relevant document."""
        return {text: grades for text, grades in self.judged.items() if any(grades.values())}


def read(name: str, folder: Path) -> LabelledSet:
    """Return the set in a folder. Raises NoSet."""
    if not folder.is_dir():
        raise NoSet(f"There is no folder {folder}.")
    try:
        if (folder / "documents.jsonl").exists():
            return _plain(name, folder)
        if (folder / "dev.json").exists():
            return _titles(name, folder)
        if any(folder.glob("*.json.zip")) and any(folder.glob("*_rated.csv")):
            return _chorus(name, folder)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as failure:
        raise NoSet(f"{folder} does not read as a labelled set: {failure!r}") from failure
    raise NoSet(
        f"{folder} holds none of documents.jsonl, dev.json, or *.json.zip with *_rated.csv."
    )


def _entry(place: int, **fields: Any) -> Entry:
    return Entry(kind=KIND, id=UUID(int=place + 1), by_text=True, **fields)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _plain(name: str, folder: Path) -> LabelledSet:
    places: dict[str, int] = {}
    documents: list[Entry] = []
    for row in _lines(folder / "documents.jsonl"):
        places[str(row["id"])] = len(documents)
        fields = {key: str(row.get(key) or "") for key in ("title", "body", "about", "language")}
        topics = row.get("topics") or ""
        fields["topics"] = topics if isinstance(topics, str) else " ".join(map(str, topics))
        documents.append(_entry(len(documents), **fields))
    texts = {str(row["id"]): str(row["text"]) for row in _lines(folder / "queries.jsonl")}
    judged: dict[str, dict[int, int]] = {text: {} for text in texts.values()}
    with (folder / "judgements.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            place = places.get(row["document"])
            if place is not None and row["query"] in texts:
                judged[texts[row["query"]]][place] = int(float(row["grade"]))
    return LabelledSet(name, documents, judged)


def _titles(name: str, folder: Path) -> LabelledSet:
    places: dict[str, int] = {}
    judged: dict[str, dict[int, int]] = {}
    for row in _lines(folder / "dev.json"):
        place = places.setdefault(row["title"], len(places))
        grades = judged.setdefault(row["query"], {})
        grades[place] = max(int(row["label"]), grades.get(place, 0))
    documents = [_entry(place, title=title, language="zh-hans") for title, place in places.items()]
    return LabelledSet(name, documents, judged)


def _chorus(name: str, folder: Path) -> LabelledSet:
    places: dict[str, int] = {}
    documents: list[Entry] = []
    for path in sorted(folder.glob("*.json.zip")):
        with zipfile.ZipFile(path) as packed:
            for inner in packed.namelist():
                for product in json.loads(packed.read(inner)):
                    places[str(product["id"])] = len(documents)
                    documents.append(_product(len(documents), product))
    judged: dict[str, dict[int, int]] = {}
    for path in sorted(folder.glob("*_rated.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["docid"] in places:
                    judged.setdefault(row["query"], {})[places[row["docid"]]] = int(row["rating"])
    return LabelledSet(name, documents, judged)


def _product(place: int, product: dict[str, Any]) -> Entry:
    """Return a product as the catalogue will give it: maker and kind as topics, what it is in a few
    words as the body, model and attributes as the rest."""
    attributes = [
        str(value)
        for key, value in product.items()
        if key.startswith("attr_t_") and key != "attr_t_product_type"
    ]
    return _entry(
        place,
        title=str(product["title"]),
        topics=f"{product.get('supplier', '')} {product.get('attr_t_product_type', '')}",
        body=str(product.get("short_description", "")),
        about=" ".join([str(product.get("name", "")), *attributes]),
        language="en",
    )
