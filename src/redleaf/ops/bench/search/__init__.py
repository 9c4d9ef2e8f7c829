"""`redleaf bench search`: what the product's own search finds in labelled sets, and how fast.

The engine, the cutting of text and the asking are those of the site; only where documents come from
differs. docs/search.md names the formats and shows figures.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from redleaf.discovery.search import asking
from redleaf.discovery.search.engine import Entry, Question
from redleaf.discovery.search.tantivy_index import TantivyReader, TantivyWriter
from redleaf.discovery.search.words import cut_query
from redleaf.ops.bench.search import sets
from redleaf.ops.bench.search.measures import ndcg, recall
from redleaf.ops.bench.search.plain import Plain
from redleaf.ops.launch.environment import LaunchError

KNOWN = {"chorus": "chorus", "qbqtc": "zh"}  # folders of the data folder, and names of figures
SIZE = 100
PAGE = 12
TIMED = 55_000  # documents
TIMED_QUERIES = 2000
ROUNDS = 3
SEED = 20_261_124


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--data", type=Path, help="a folder with chorus, qbqtc, or both")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=FOLDER", help="one more labelled set"
    )
    parser.add_argument("--no-baseline", action="store_true", help="leave the baseline out")


def run(options: argparse.Namespace) -> int:
    """Measure every set, then the speed; print a table and write the JSON."""
    try:
        labelled = [sets.read(name, folder) for name, folder in _folders(options)]
    except sets.NoSet as failure:
        raise LaunchError(str(failure)) from failure
    figures: dict[str, float] = {}
    for one in labelled:
        figures |= _quality(one, baseline=not options.no_baseline)
    figures |= _speed(labelled)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _folders(options: argparse.Namespace) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    if options.data is not None:
        if not options.data.is_dir():
            raise LaunchError(f"There is no folder {options.data}.")
        known = [(name, options.data / folder) for folder, name in KNOWN.items()]
        found = [(name, folder) for name, folder in known if folder.is_dir()]
        if not found:
            raise LaunchError(f"{options.data} holds none of: {', '.join(KNOWN)}.")
    for given in options.set:
        name, equals, folder = given.partition("=")
        if not equals or not name.isidentifier():
            raise LaunchError(f"--set takes NAME=FOLDER, not “{given}”.")
        found.append((name, Path(folder)))
    if not found:
        raise LaunchError("Say where the labelled sets are: --data DIR or --set NAME=FOLDER.")
    return found


def index(folder: Path, entries: Iterator[Entry] | list[Entry]) -> TantivyReader:
    """Return a reader of a new index of these entries, built as the site builds its own."""
    writer = TantivyWriter(folder, 60)
    writer.add_new(entries)
    writer.commit()
    writer.close()
    return TantivyReader(folder)


def ranked(reader: TantivyReader, text: str) -> list[int]:
    """Return the places of the first hundred documents that the site would list."""
    question = Question(cut_query(""), kind=sets.KIND)
    found = asking.answer(reader, text, question, asking.Place(), SIZE)
    return [id.int - 1 for id in found.ids]


def _quality(labelled: sets.LabelledSet, *, baseline: bool) -> dict[str, float]:
    asked = labelled.answerable
    with tempfile.TemporaryDirectory(prefix="redleaf-bench-") as folder:
        reader = index(Path(folder), labelled.documents)
        found = {text: ranked(reader, text) for text in asked}
    name = labelled.name
    figures = {
        f"{name}.ndcg10": statistics.fmean(ndcg(found[text], asked[text]) for text in asked),
        f"{name}.recall100": statistics.fmean(recall(found[text], asked[text]) for text in asked),
    }
    beside = ""
    if baseline:
        plain = Plain(labelled)
        simple = {text: plain.ranked(text) for text in asked}
        n = statistics.fmean(ndcg(simple[text], asked[text]) for text in asked)
        r = statistics.fmean(recall(simple[text], asked[text]) for text in asked)
        figures |= {f"{name}.plain_ndcg10": n, f"{name}.plain_recall100": r}
        beside = f"  (plain BM25, any word: {n:.4f}, {r:.4f})"
    print(
        f"{name}: {len(labelled.documents)} documents, {len(asked)} queries:"
        f" NDCG@10 {figures[f'{name}.ndcg10']:.4f}, recall@100"
        f" {figures[f'{name}.recall100']:.4f}{beside}"
    )
    return figures


def _speed(labelled: list[sets.LabelledSet]) -> dict[str, float]:
    """Time first pages over 55,000 documents: each query's middle time of three rounds, each round
    with a reader that has answered nothing yet."""
    source = random.Random(SEED)  # noqa: S311 - a repeatable benchmark, not a secret
    texts = sorted({text for one in labelled for text in one.judged})
    texts = source.sample(texts, min(TIMED_QUERIES, len(texts)))
    times: dict[str, list[float]] = {text: [] for text in texts}
    question = Question(cut_query(""), kind=sets.KIND)
    with tempfile.TemporaryDirectory(prefix="redleaf-bench-") as folder:
        index(Path(folder), _many(labelled))
        for _ in range(ROUNDS):
            reader = TantivyReader(Path(folder))
            for text in texts:
                began = time.perf_counter()
                asking.answer(reader, text, question, asking.Place(), PAGE)
                times[text].append(time.perf_counter() - began)
    ordered = sorted(statistics.median(each) * 1000 for each in times.values())
    figures = {
        "engine.p50_ms": ordered[len(ordered) // 2],
        "engine.p99_ms": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "engine.documents": float(max(TIMED, sum(len(one.documents) for one in labelled))),
    }
    print(
        f"engine: first pages of {len(texts)} queries over {figures['engine.documents']:.0f}"
        f" documents: p50 {figures['engine.p50_ms']:.2f} ms, p99 {figures['engine.p99_ms']:.2f} ms"
    )
    return figures


def _many(labelled: list[sets.LabelledSet]) -> Iterator[Entry]:
    """Yield the documents of all sets, and over again, with a word of their own, up to 55,000."""
    documents = [entry for one in labelled for entry in one.documents]
    for number in range(max(TIMED, len(documents))):
        entry = documents[number % len(documents)]
        again = f" again{number}" if number >= len(documents) else ""
        yield replace(entry, id=UUID(int=number + 1), title=entry.title + again)
