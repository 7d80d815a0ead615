"""The sets of attribution and factuality: adapters and their figures, on sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench import __main__ as command
from bench import factuality, polnear
from bench.linear_heads import Head, fit_logistic, fit_ridge
from bench.shared import REPOSITORY, AbsentError, Source

from dateline.annotate.stances import Stances
from dateline.events.modality import Modality
from tests.support import analysed

SCORER = """
def chars(spans):
    return {k for a, b in spans for k in range(a, b)}


def score_polnear(pairs):
    gold = [a for g, _ in pairs for a in g["attributions"]]
    found = [a for _, p in pairs for a in p["attributions"]]
    def hits(roles):
        return sum(any(all(chars(g[r]) & chars(f[r]) for r in roles) for f in found) for g in gold)
    def share(roles):
        return {"r": hits(roles) / len(gold) if gold else 0.0}
    return {
        **{role: {"overlap": share([role])} for role in ("source", "content")},
        "attribution": {"content_and_source_overlap": share(["content", "source"])},
        "gold": len(gold), "predicted": len(found),
    }


def score_factuality(pairs):
    return {"uw": {"n": sum(len(g["targets"]) for g, _ in pairs), "labels": [p["labels"] for _, p in pairs]}}
"""
TEXT = '"The bridge must stay," the mayor said. The union, which demanded a vote, did not answer.'


def span(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "benchmarks"
    (folder / "polnear").mkdir(parents=True)
    (folder / "factuality").mkdir()
    (folder / "score_context.py").write_text(SCORER, encoding="utf-8")
    told = [
        {"source": span("the mayor"), "cue": span("said"), "content": span("The bridge must stay")},
        {"source": span("which"), "cue": span("demanded"), "content": span("a vote")},
    ]
    row = {"id": "p", "date": "2021-06-16", "text": TEXT, "attributions": told}
    (folder / "polnear" / "dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    flat = {"corpus": "uw", "text": "Rebels attacked the town .", "targets": [{"tok": [1, 2], "label": 3.0}]}
    wished = {"corpus": "uw", "text": "Rebels may attack the town .", "targets": [{"tok": [2, 3], "label": 0.5}]}
    other = {"id": "o", "corpus": "meantime", "text": "Rebels fled .", "targets": [{"tok": [1, 2], "label": 3.0}]}
    rows = [{"id": f"{n}", **(flat if n % 2 else wished)} for n in range(8)] + [other]
    for name in ("train.jsonl", "dev.jsonl"):
        (folder / "factuality" / name).write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return tmp_path / "shared"


def values(out: str) -> dict[str, float]:
    names = ("content_", "source_", "head_", "rules_")
    return {line.split()[0]: float(line.split()[1]) for line in out.splitlines() if line.startswith(names)}


def test_quotations_and_stances_are_scored_together(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["polnear", "--shared", str(shared)]) == 0
    out = capsys.readouterr().out
    assert "polnear (dev): 1 articles, 2 gold attributions, 2 coded" in out
    assert values(out) == {"content_overlap": 1.0, "source_overlap": 1.0, "content_and_source": 1.0}


def test_what_is_nested_is_left_out_and_a_cue_counts_once() -> None:
    text = 'The mayor said the union wants a vote. "It is late," he said. "We must go home now."'
    analysis = analysed(text, "annotate.quotations")
    found = polnear.attributions(analysis, Stances()(analysis))
    cues = [text[a["cue"][0][0] : a["cue"][0][1]] for a in found]
    assert "wants" not in cues
    assert len({tuple(a["cue"][0]) for a in found}) == len(found)


def test_factuality_is_answered_by_rules_and_by_a_head(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn", reason="the head needs the extra [train]")
    assert command.main(["factuality", "--shared", str(shared)]) == 0
    out = capsys.readouterr().out
    assert "factuality (dev): 8 sentences, 8 gold events" in out
    assert values(out) == {"head_pearson": 1.0, "rules_pearson": 1.0}


@pytest.mark.parametrize(
    ("text", "word", "low", "high"),
    [
        ("Rebels attacked the town.", "attacked", 3.0, 3.0),
        ("Rebels did not attack the town.", "attack", -3.0, -1.0),
        ("Rebels might attack the town.", "attack", 0.0, 1.0),
        ("Rebels allegedly attacked the town.", "attacked", 0.5, 2.0),
    ],
)
def test_our_flags_are_put_on_the_scale(text: str, word: str, low: float, high: float) -> None:
    analysis = analysed(text, "annotate.syntax")
    token = next(t for t in analysis.tokens if t.text == word)
    assert low <= factuality.Cues(Modality(), analysis).by_rule(token) <= high


def test_pearson_is_the_correlation() -> None:
    assert factuality.pearson([factuality.sums_of([1.0, 2.0], [2.0, 4.0]), factuality.sums_of([3.0], [6.0])]) == pytest.approx(1.0)
    assert factuality.pearson([factuality.sums_of([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])]) == pytest.approx(-1.0)
    assert factuality.pearson([factuality.sums_of([1.0, 1.0], [2.0, 4.0])]) == 0.0


def test_heads_weigh_features() -> None:
    pytest.importorskip("sklearn", reason="the heads need the extra [train]")
    rows = [["a"], ["a"], ["b"], ["b"]]
    ridge = fit_ridge(rows, [3.0, 3.0, -3.0, -3.0], 0.1)
    assert ridge.total(["a"]) > 2.0 > -2.0 > ridge.total(["b"])
    logistic = fit_logistic(rows, [True, True, False, False], 10.0)
    assert logistic.probability(["a"]) > 0.5 > logistic.probability(["b"])
    assert fit_logistic(rows, [False] * 4, 1.0) == Head(-20.0, {})


def test_figures_are_those_of_the_shared_scorer() -> None:
    source = Source(shared=REPOSITORY.parent / "shared")
    try:
        outcome = polnear.run(source, 3)
    except AbsentError:
        pytest.skip("the shared benchmarks are not there")
    assert outcome.figures["content_overlap"].value == pytest.approx(outcome.scores["content"]["overlap"]["f1"], abs=1e-3)
    whole = outcome.scores["attribution"]["content_and_source_overlap"]["f1"]
    assert outcome.figures["content_and_source"].value == pytest.approx(whole, abs=1e-3)
