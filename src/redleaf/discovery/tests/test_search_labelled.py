"""What a search finds in the demo, against what people want: a floor for it."""

import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from redleaf.discovery.search import asking
from redleaf.discovery.search.engine import Question
from redleaf.discovery.search.tantivy_index import TantivyReader, TantivyWriter
from redleaf.discovery.search.words import cut_query
from redleaf.discovery.tests import labelling
from redleaf.ops.bench.search.measures import ndcg, recall

FLOORS = {  # a little below what was measured: NDCG@10, recall@20
    "en": (0.90, 0.91),
    "fr": (0.94, 0.96),
    "zh-hans": (0.92, 0.93),
    "zh-hant": (0.905, 0.92),
    "all": (0.92, 0.935),
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TantivyReader:
    folder: Path = tmp_path_factory.mktemp("demo")
    writer = TantivyWriter(folder, 15)
    writer.add_new(labelling.entries())
    writer.commit()
    writer.close()
    return TantivyReader(folder)


def test_the_labelled_queries_name_notes_that_there_are() -> None:
    queries = labelling.queries()
    known = set(labelling.notes())
    assert {key for query in queries for key in query.grades} <= known
    assert {grade for query in queries for grade in query.grades.values()} <= {1, 2, 3}
    spelt = [(query.language, query.text) for query in queries]
    assert len(spelt) == len(set(spelt)) >= 200


def test_search_finds_what_people_mean(
    reader: TantivyReader, record_property: Callable[[str, object], None]
) -> None:
    keys = {labelling.id_of(key): key for key in labelling.notes()}
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for query in labelling.queries():
        question = Question(cut_query(""))
        answer = asking.answer(reader, query.text, question, asking.Place(), 20)
        ranked = [keys[id] for id in answer.ids]
        measured = (ndcg(ranked, query.grades), recall(ranked, query.grades, 20))
        found[query.language].append(measured)
        found["all"].append(measured)
    below = []
    for language, floor in FLOORS.items():
        figures = tuple(statistics.fmean(column) for column in zip(*found[language], strict=True))
        record_property(
            "measured",
            f"search, {language}: {len(found[language])} labelled queries,"
            f" NDCG@10 {figures[0]:.3f}, recall@20 {figures[1]:.3f}",
        )
        if any(figure < least for figure, least in zip(figures, floor, strict=True)):
            below.append((language, figures, floor))
    assert below == []
