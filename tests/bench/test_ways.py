"""Scoring a set in several ways, and which texts a head may see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bench import cameo_spans
from bench.coding import Coded
from bench.heads import Item
from bench.shared import AbsentError, Source
from bench.ways import grouped, head_answers, outcome_of

from dateline.types import Actor, Analysis, Document, EventCandidate, Mention, Sides, Span, Token

NOTHING = Coded(records=[], results={}, failures=(), documents=0, seconds=0.0, start_up=0.0)


def accuracy(pairs: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    return {"accuracy": sum(g["label"] == p["label"] for g, p in pairs) / len(pairs)}


SCORER: Any = SimpleNamespace(
    SETS={"own": ("", accuracy)}, rounded=lambda x: x, score=lambda name, gold, predicted: accuracy(list(zip(gold, predicted, strict=True)))
)
GOLD = [{"id": str(n), "doc": "a" if n < 3 else "b", "label": 1} for n in range(4)]
WAYS = {"right": GOLD, "wrong": [g | {"label": 0} for g in GOLD], "first": [g | {"label": int(g["doc"] == "a")} for g in GOLD]}


def test_each_way_has_its_figures_and_documents_are_drawn_whole() -> None:
    source = Source(shared=Path("shared"))
    found = outcome_of(source, "own", SCORER, GOLD, WAYS, NOTHING, lambda scores: dict(scores), group="doc")
    assert {name: i.value for name, i in found.figures.items()} == {"right_accuracy": 1.0, "wrong_accuracy": 0.0, "first_accuracy": 0.75}
    # with both documents drawn whole, a draw of "b" twice gets nothing right and of "a" twice everything
    assert (found.figures["first_accuracy"].low, found.figures["first_accuracy"].high) == (0.0, 1.0)
    assert found.scores["wrong"] == {"accuracy": 0.0}
    assert grouped(GOLD, "doc") == [[0, 1, 2], [3]]


def test_rows_made_once_give_the_same_figures() -> None:
    source = Source(shared=Path("shared"))

    def figures(rows: Sequence[float]) -> dict[str, float]:
        return {"accuracy": sum(rows) / len(rows)}

    plain = outcome_of(source, "own", SCORER, GOLD, WAYS, NOTHING, lambda scores: dict(scores))
    by_row = outcome_of(
        source, "own", SCORER, GOLD, WAYS, NOTHING, lambda scores: dict(scores),
        row_of=lambda g, p: float(g["label"] == p["label"]), figures_of_rows=figures,
    )  # fmt: skip
    assert plain.figures == by_row.figures


def test_a_held_part_is_answered_by_a_head_fitted_on_all_of_the_open() -> None:
    items = [Item(text=str(n), words=str(n), names={}, group=f"text {n}") for n in range(20)]
    seen: list[int] = []

    def answer(train: Sequence[Item], truths: Sequence[int], asked: Sequence[Item]) -> list[int]:
        seen.append(len(train))
        assert len(train) == len(truths)
        return [0] * len(asked)

    head_answers(Source(shared=Path("shared"), part="test"), answer, items[:3], [1] * 3, lambda: (items, [1] * 20))
    assert seen == [20]
    seen.clear()
    head_answers(Source(shared=Path("shared")), answer, items, [1] * 20, lambda: pytest.fail("dev is never fitted on whole"))
    assert sum(20 - n for n in seen) == 20


def test_an_open_lies_beside_the_gold_or_in_the_shared_folder(tmp_path: Path) -> None:
    for folder in ("benchmarks", "own"):
        (tmp_path / folder / "plv").mkdir(parents=True)
    (tmp_path / "benchmarks" / "plv" / "train.jsonl").touch()
    source = Source(shared=tmp_path, data=tmp_path / "own")
    assert source.open("plv", "train.jsonl") == tmp_path / "benchmarks" / "plv" / "train.jsonl"
    (tmp_path / "own" / "plv" / "train.jsonl").touch()
    assert source.open("plv", "train.jsonl") == tmp_path / "own" / "plv" / "train.jsonl"
    with pytest.raises(AbsentError):
        source.open("plv", "more.jsonl")


def met(*, symmetric: bool) -> Analysis:
    """Two sides and one trigger, which is the root."""
    sides = [Actor(text="x", span=Span(n, n + 1), code=None, sectors=()) for n in (0, 4)]
    root = Token(index=0, sentence=0, span=Span(2, 3), text="m", lemma="m", pos="VERB", tag="VBD", dep="ROOT", head=0)
    candidate = EventCandidate(
        sentence=0,
        trigger=Mention(kind="trigger", span=Span(2, 3), text="m", head=0),
        event_type="CONSULT",
        symmetric=symmetric,
    )
    given = Sides(actors=tuple(sides)) if symmetric else Sides(actors=(sides[0],), recipients=(sides[1],))
    return Analysis(document=Document(id="d", text="x m x"), tokens=(root,), candidates=(candidate,), confidences=(0.2,), sides=(given,))


def test_sides_that_meet_are_reciprocal_and_no_event_is_neutral() -> None:
    scorer: Any = SimpleNamespace(QUAD={"CONSULT": "V-COOP"})
    one, other = {"span": [0, 1]}, {"span": [4, 5]}
    assert cameo_spans.zero_shot(scorer, met(symmetric=True)) == {
        "penta": "V-COOP", "source": [], "target": [], "reciprocal": [one, other],
    }  # fmt: skip
    assert cameo_spans.zero_shot(scorer, met(symmetric=False)) == {
        "penta": "V-COOP", "source": [one], "target": [other], "reciprocal": [],
    }  # fmt: skip
    assert cameo_spans.zero_shot(scorer, None)["penta"] == "NEUTRAL"


def test_span_counts_of_sentences_are_added_up() -> None:
    rows = [
        {"gold": "V-COOP", "predicted": "V-COOP", "span_overlap": (2, 2, 2), "span_exact": (1, 2, 2)},
        {"gold": "NEUTRAL", "predicted": "V-COOP", "span_overlap": (0, 1, 1), "span_exact": (0, 1, 1)},
    ]
    found = cameo_spans.figures_of_rows(rows)
    assert found["span_overlap_f1"] == pytest.approx(2 / 3)
    assert found["span_exact_f1"] == pytest.approx(1 / 3)
    assert found["penta_macro_f1"] == pytest.approx(1 / 3)
