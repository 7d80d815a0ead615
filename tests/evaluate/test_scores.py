from __future__ import annotations

import copy
import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.errors import DataError
from dateline.evaluate import gold, scores
from tests.evaluate import examples

CORPUS = Path(__file__).parent.parent / "corpus"
SHARED_SCORER = Path(__file__).parents[3] / "shared" / "benchmarks" / "score_articles.py"
Example = tuple[list[gold.GoldArticle], dict[str, gold.GoldDocument], list[dict[str, Any]]]


@pytest.fixture
def example(tmp_path: Path) -> Example:
    return loaded(tmp_path)


def loaded(folder: Path, events: list[dict[str, Any]] | None = None) -> Example:
    paths = examples.write(folder, events)
    articles, documents = gold.load_gold(paths[0]), gold.load_documents(paths[1])
    return articles, documents, gold.as_records(articles, documents)


def test_gold_against_itself_is_perfect(example: Example) -> None:
    articles, documents, records = example
    figures = scores.score(articles, records, documents)
    for name in ("event", "quad", "sentence", "record", "actor", "recipient", "size", "mode"):
        assert figures[name]["f1"] == 1.0, name
    assert figures["date_if_matched"] == {"accuracy": 1.0, "n": 2}


def test_nothing_coded_is_nothing_found(example: Example) -> None:
    articles, documents, _ = example
    assert scores.score(articles, [], documents)["event"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 2, "pred": 0}


def test_a_wrong_type_of_the_right_quad_class(example: Example) -> None:
    articles, documents, records = example
    records[1]["event"] = ["ASSAULT"]
    records.append(copy.deepcopy(records[0]) | {"event": ["REQUEST"]})
    figures = scores.score(articles, records, documents)
    assert (figures["event"]["p"], figures["event"]["r"], figures["event"]["f1"]) == (0.3333, 0.5, 0.4)
    assert figures["quad"]["r"] == 1.0
    assert (figures["actor"]["gold"], figures["actor"]["pred"], figures["actor"]["r"]) == (2, 3, 0.5)


def test_a_wrong_date_breaks_the_record_only(example: Example) -> None:
    articles, documents, records = example
    records[0]["date"] = "2021-05-01"
    figures = scores.score(articles, records, documents)
    assert (figures["event"]["f1"], figures["record"]["f1"], figures["date_if_matched"]["accuracy"]) == (1.0, 0.5, 0.5)


def test_a_made_up_recipient_breaks_the_record(example: Example) -> None:
    articles, documents, records = example
    records[0]["recipient"] = [{"entity_text": "lock keeper"}]
    assert scores.score(articles, records, documents)["record"]["f1"] == 0.5


def test_optional_events_are_neither_rewarded_nor_missed(tmp_path: Path) -> None:
    events = examples.gold_events()
    events[1]["optional"] = True
    articles, documents, records = loaded(tmp_path, events)
    assert scores.score(articles, records, documents)["event"]["f1"] == 1.0
    assert scores.score(articles, records[:1], documents)["event"]["f1"] == 1.0


def test_flags_count_where_they_say_something(tmp_path: Path) -> None:
    events = [examples.gold_event("PROTEST", 1, "blocked", aux=["future"], claim="alleged", says="Police")]
    articles, documents, records = loaded(tmp_path, events)
    full = scores.score(articles, records, documents)
    assert full["auxiliary_flags"]["f1"] == full["claim_flags"]["f1"] == full["says_if_matched"]["f1"] == 1.0
    records[0] |= {"auxiliary": [], "claim": "asserted", "says": None}
    none = scores.score(articles, records, documents)
    assert none["auxiliary_flags"]["f1"] == none["claim_flags"]["f1"] == none["says_if_matched"]["f1"] == 0.0


def test_any_of_the_gold_sectors_may_come_first(tmp_path: Path) -> None:
    events = [examples.gold_event("PROTEST", 1, "blocked", actor=[examples.entity("Harbour pilots", sectors=("LAB", "CVL"))])]
    articles, documents, records = loaded(tmp_path, events)
    records[0]["actor"][0]["sector"] = ["CVL", "LAB"]
    assert scores.score(articles, records, documents)["sector"]["accuracy"] == 1.0
    records[0]["actor"][0]["sector"] = ["BUS", "LAB"]
    assert scores.score(articles, records, documents)["sector"]["accuracy"] == 0.0


def test_a_record_of_an_unknown_document_is_refused(example: Example) -> None:
    articles, documents, records = example
    records[0]["document"] = "elsewhere"
    with pytest.raises(DataError, match="elsewhere"):
        scores.score(articles, records, documents)


def test_figures_are_the_f1_and_the_accuracies(example: Example) -> None:
    articles, documents, records = example
    figures = scores.figures_of(scores.tallies(articles, records[:1], documents))
    assert figures["event"] == 0.6667
    assert set(figures) == {*scores.F1_FIGURES, *scores.ACCURACY_FIGURES}


def perturbed(records: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Spoil records at random, the same way for the same seed."""
    draw = random.Random(seed)
    entities = [e for r in records for e in r["actor"] + r["recipient"]]
    out: list[dict[str, Any]] = []
    for record in copy.deepcopy([r for r in records if draw.random() > 0.15]):
        changes: dict[str, Any] = {
            "event": [draw.choice(sorted(scores.QUAD))],
            "date": draw.choice([None, "2020", "2018-02", record["date"]]),
            "actor": [*record["actor"][1:], draw.choice(entities)],
            "recipient": [draw.choice(entities)],
            "event_loc": draw.choice([[], [{"extracted_place": "Paris", "resolved_place": "Paris", "country_code": "FRA"}]]),
            "evidence": draw.choice([[], record["evidence"][::-1], [{"start": draw.randint(0, 900), "end": 901}]]),
            "claim": draw.choice(["asserted", "denied", None]),
            "auxiliary": draw.choice([["historical"], None]),
            "says": draw.choice([None, {"entity_text": "police"}, {"entity_text": ""}]),
            "size": [*record["size"], {"what": "killed", "min": draw.choice([1, None]), "max": None}],
        }
        out.append(record | {name: value for name, value in changes.items() if draw.random() < 0.2})
        out.extend([copy.deepcopy(out[-1])] * (draw.random() < 0.1))
    draw.shuffle(out)
    return out


@pytest.fixture(scope="module")
def shared_scorer() -> ModuleType:
    if not SHARED_SCORER.exists():
        pytest.skip("the shared benchmarks are not there: no scorer to compare with")
    spec = importlib.util.spec_from_file_location("shared_score_articles", SHARED_SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = writes
    return module


@pytest.mark.parametrize("seed", range(6))
def test_the_shared_scorer_gives_the_same_figures(shared_scorer: ModuleType, seed: int) -> None:
    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").split("\n") if line]

    articles, documents = gold.load_gold(CORPUS / "gold.jsonl"), gold.load_documents(CORPUS / "documents.jsonl")
    perfect = gold.as_records(articles, documents)
    records = perturbed(perfect, seed) if seed else perfect
    assert scores.score(articles, records, documents) == shared_scorer.score(lines("gold.jsonl"), records, lines("documents.jsonl"))
