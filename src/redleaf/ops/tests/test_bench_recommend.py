"""The recommender's bench: the formats it reads, what it refuses, and the figures it writes."""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import pytest

from redleaf.discovery.recommend import learning, sequences, transitions
from redleaf.discovery.recommend.rebuild import rebuild
from redleaf.discovery.recommend.recipe import Recipe
from redleaf.ops.bench import recommend
from redleaf.ops.bench.recommend import measuring, sets
from redleaf.ops.launch.environment import LaunchError


def steps(members: int = 90) -> list[list[str]]:
    chance = random.Random(2)
    starts = [chance.randrange(20) for _ in range(members)]
    return [[str((start + step) % 25 + 1) for step in range(7)] for start in starts]


def write_text(folder: Path, lists: list[list[str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = (" ".join([str(number + 1), *one]) for number, one in enumerate(lists))
    (folder / "any.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def options(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**{"data": None, "set": [], "only": [], "json": None, **given})


def test_a_member_on_each_line_is_read_with_what_items_are_about(tmp_path: Path) -> None:
    write_text(tmp_path, [["5", "6", "5", "7"], ["5", "6"]])
    (tmp_path / "any_item2attributes.json").write_text('{"5": [1, 2]}', encoding="utf-8")
    read = sets.read("x", tmp_path)
    assert read.lists == [["5", "6", "7"]]
    assert read.attributes == {"5": ["1", "2"]}


def test_a_table_is_read_in_time_order(tmp_path: Path) -> None:
    text = "user,item,time,rating\na,x,30,5\na,y,10,1\na,z,20,3\nb,x,1,1\n"
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    assert sets.read("x", tmp_path).lists == [["y", "z", "x"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ratings.csv", "userId,movieId,rating,timestamp\n1,9,5,3\n1,8,5,2\n1,7,5,1\n"),
        ("ratings.dat", "1::9::5::3\n1::8::5::2\n1::7::5::1\n"),
        ("u.data", "1\t9\t5\t3\n1\t8\t5\t2\n1\t7\t5\t1\n"),
        ("pairs.txt", "1 7\n1 8\n1 9\n"),
    ],
)
def test_other_usual_tables_are_read_too(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert sets.read("x", tmp_path).lists == [["7", "8", "9"]]


def test_a_feeds_log_is_read(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"user_id": [1, 2], "watch_seq": [[4, 4, 5, 6], [4]]})
    parquet.write_table(table, tmp_path / "user_sequences.parquet")
    read = sets.read("x", tmp_path)
    assert read.lists == [["4", "5", "6"]]
    assert not read.clicks


def test_a_folder_of_another_kind_is_not_a_set(tmp_path: Path) -> None:
    (tmp_path / "queries.csv").write_text("query,document,grade\na,b,3\n", encoding="utf-8")
    assert not sets.known(tmp_path)
    with pytest.raises(sets.NoSet, match="no known format"):
        sets.read("x", tmp_path)


@pytest.mark.parametrize("text", ["user,item,time\na,b,never\n", "user,item,time\n"])
def test_a_table_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    with pytest.raises(sets.NoSet):
        sets.read("x", tmp_path)


def test_a_missing_folder_or_none_is_told(tmp_path: Path) -> None:
    for given in (
        {"data": tmp_path / "none"},
        {"data": tmp_path},
        {"set": [f"x={tmp_path / 'none'}"]},
        {"set": ["x"]},
        {},
    ):
        with pytest.raises(LaunchError):
            recommend.run(options(**given))


def test_every_known_folder_and_those_named_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_text(tmp_path / "data" / "Steps", steps())
    (tmp_path / "data" / "other").mkdir()
    write_text(tmp_path / "more", steps(60))
    figures_file = tmp_path / "figures.json"
    given = options(data=tmp_path / "data", set=[f"more={tmp_path / 'more'}"], json=figures_file)
    assert recommend.run(given) == 0
    figures = json.loads(figures_file.read_text(encoding="utf-8"))
    for name in ("steps", "more"):
        assert figures[f"{name}.ndcg10"] > figures[f"{name}.popularity_ndcg10"]
        assert figures[f"{name}.recall10"] > 0.9
        assert figures[f"{name}.train_s"] > 0
        assert figures[f"{name}.request_us"] > 0
    assert all(isinstance(value, int | float) for value in figures.values())
    assert "item-kNN" in capsys.readouterr().out


def test_the_figures_are_those_of_what_the_site_would_serve() -> None:
    everything = sequences.sequences(steps())
    asked, targets = everything.without_last(), everything.last()
    by = Recipe(decay=0.5)
    rows = rebuild(everything.without_last(2), by)
    table = dict(rows)
    served = []
    for member, target in enumerate(targets):
        history = [everything.items[number] for number in asked.flat[asked.member == member]]
        newest = history[::-1][: by.reach]
        found = transitions.merge(newest, table, decay=by.decay, exclude=set(history))
        order = [one.item for one in found]
        key = everything.items[target]
        served.append(order.index(key) if key in order else len(everything.items))
    measured = measuring.foretold(rows.matrix, asked, targets, by)
    assert measured.ndcg == pytest.approx(learning.ndcg(np.array(served)), abs=0.02)


def test_the_last_two_items_are_not_counted_from() -> None:
    lists = steps()
    everything = sequences.sequences(lists)
    train = everything.without_last(2)
    assert len(train.flat) == sum(len(one) - 2 for one in lists)
    assert [everything.items[number] for number in train.flat[:5]] == lists[0][:5]
