"""`redleaf bench search`: the formats it reads, what it says of others, and its measures."""

import argparse
import json
import zipfile
from pathlib import Path

import pytest

from redleaf.ops.bench import search as bench
from redleaf.ops.bench.search import sets
from redleaf.ops.bench.search.measures import ndcg, recall
from redleaf.ops.launch.environment import LaunchError


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    rows = [{"id": "a", "title": "Pine cream"}, {"id": "b", "title": "Cream jar", "topics": ["x"]}]
    (folder / "documents.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "queries.jsonl").write_text(json.dumps({"id": 1, "text": "pine cream"}) + "\n")
    (folder / "judgements.csv").write_text("query,document,grade\n1,a,3\n1,b,0\n1,unknown,2\n")
    return folder


def _options(**fields: object) -> argparse.Namespace:
    chosen = {"data": None, "set": [], "json": None, "no_baseline": False} | fields
    return argparse.Namespace(**chosen)


def test_a_plain_set_is_measured_and_written_as_json(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "TIMED", 20)
    file = tmp_path / "out.json"
    assert bench.run(_options(set=[f"shop={plain}"], json=file)) == 0
    figures = json.loads(file.read_text())
    assert figures["shop.ndcg10"] == figures["shop.recall100"] == 1.0
    assert {"shop.plain_ndcg10", "engine.p50_ms", "engine.p99_ms"} <= set(figures)


def test_chorus_and_titles_are_recognised_by_what_the_folder_holds(tmp_path: Path) -> None:
    chorus, titles = tmp_path / "chorus", tmp_path / "qbqtc"
    chorus.mkdir()
    titles.mkdir()
    with zipfile.ZipFile(chorus / "1.json.zip", "w") as packed:
        packed.writestr("1.json", json.dumps([{"id": "5", "title": "Fan", "supplier": "Acme"}]))
    (chorus / "some_rated.csv").write_text("query,docid,rating\nfan,5,3\nfan,6,1\n")
    row = {"query": "火锅", "title": "火锅底料", "label": "2"}
    (titles / "dev.json").write_text(f"{json.dumps(row)}\n{json.dumps(row | {'label': '1'})}\n")
    products = sets.read("chorus", chorus)
    assert products.judged == {"fan": {0: 3}}
    assert products.documents[0].topics.split() == ["Acme"]
    assert sets.read("zh", titles).judged == {"火锅": {0: 2}}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Say where"),
        ({"data": Path("/nowhere")}, "no folder /nowhere"),
        ({"set": ["shop"]}, "NAME=FOLDER"),
        ({"set": ["shop=/nowhere"]}, "no folder /nowhere"),
    ],
)
def test_what_is_missing_is_said(fields: dict[str, object], said: str) -> None:
    with pytest.raises(LaunchError, match=said):
        bench.run(_options(**fields))


@pytest.mark.parametrize("name", ["queries.jsonl", "judgements.csv", "documents.jsonl"])
def test_a_set_that_is_not_whole_is_refused(plain: Path, name: str) -> None:
    (plain / name).unlink()
    with pytest.raises(sets.NoSet):
        sets.read("shop", plain)


def test_a_broken_line_is_refused(plain: Path) -> None:
    (plain / "documents.jsonl").write_text("{")
    with pytest.raises(sets.NoSet, match="does not read"):
        sets.read("shop", plain)


def test_the_measures() -> None:
    assert ndcg([1, 2], {1: 3, 2: 1}) == 1.0
    assert ndcg([2, 1], {1: 3, 2: 1}) == pytest.approx((1 + 7 / 1.58496) / (7 + 1 / 1.58496), 1e-4)
    assert ndcg([], {1: 1}) == ndcg([1], {}) == 0.0
    assert recall([1, 9], {1: 1, 2: 3, 9: 0}) == 0.5
