"""The sets ``tempeval3`` and ``tempeval3-meantime``: temporal expressions in running text, scored by the shared ``score_context.py``.

English is read by the flow's own stages (the parse tells the tense); a language without triggers by the tagger alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import dateline
from bench.coding import Coded
from bench.outcome import Outcome, f1
from bench.shared import Source, present, read_jsonl
from dateline import temporal
from dateline.evaluate.bootstrap import intervals
from dateline.pipeline import STAGES, Config
from dateline.types import Failure, TimeExpression

FIGURES = ("strict", "relaxed", "type", "value")
NEEDED = ("annotate.syntax", "resolve.timexes")
Row = Mapping[str, tuple[int, int, int]]
"""Hits, gold and predicted counts of one document by the figure's name."""


def prediction(document: Mapping[str, Any], found: Sequence[TimeExpression]) -> dict[str, Any]:
    """Return a document's expressions in the scorer's form; a value that is not known is empty."""
    timexes = [{"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value or ""} for t in found]
    return {"id": document["id"], "timexes": timexes}


def tag_all(gold: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], Coded]:
    """Tag the documents; return the predictions in gold order, and how the run went (its records are the expressions)."""
    begun = time.perf_counter()
    coder = dateline.load(config=Config(drop=tuple(name for name, _ in STAGES if name not in NEEDED)))
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    coded = [g["lang"] in dateline.languages() for g in gold]
    given = [
        {"id": g["id"], "text": g["text"], "published": g["dct"][:10] or None, "language": g["lang"]}
        for g, own in zip(gold, coded, strict=True)
        if own
    ]
    results = coder.stream(given)
    failures: list[Failure] = []
    out: list[dict[str, Any]] = []
    for g, own in zip(gold, coded, strict=True):
        if not own:
            out.append(prediction(g, temporal.tag(g["text"], g["dct"][:10] or None, g["lang"])))
            continue
        result = next(results)
        if isinstance(result, Failure):
            failures.append(result)
        out.append(prediction(g, () if isinstance(result, Failure) else result.analysis.timexes))
    return out, Coded(
        records=[{"document": p["id"], **t} for p in out for t in p["timexes"]],
        results={},
        failures=tuple(failures),
        documents=len(gold),
        seconds=time.perf_counter() - begun,
        start_up=start_up,
    )


def row_of(scorer: ModuleType, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Row:
    """Return one document's counts, from the scorer's own precision and recall."""
    alone = scorer.score_tempeval3([(gold, predicted)])
    n, m = alone["gold"], alone["predicted"]
    return {key: (round(alone[key]["r"] * n), n, m) for key in FIGURES}


def figures_of(rows: Sequence[Row]) -> dict[str, float]:
    """Return the F1 figures over some documents."""
    return {key: f1(*(sum(row[key][i] for row in rows) for i in range(3))) for key in FIGURES}


def measure(source: Source, limit: int | None, *, set_name: str, file: str) -> Outcome:
    """Tag and score one gold file of the folder."""
    scorer = source.scorer("score_context")
    gold = read_jsonl(present(source.root / "tempeval3" / file))[:limit]
    predicted, coded = tag_all(gold)
    rows = [row_of(scorer, g, p) for g, p in zip(gold, predicted, strict=True)]
    return Outcome(
        set_name=set_name,
        part=source.part,
        scores=scorer.score_tempeval3(list(zip(gold, predicted, strict=True))),
        figures=intervals(rows, figures_of),
        coded=coded,
        gold_events=sum(len(g["timexes"]) for g in gold),
        floor={},
    )


def run(source: Source, limit: int | None) -> Outcome:
    """Tag TimeBank and AQUAINT (dev) or the platinum documents (test)."""
    return measure(source, limit, set_name="tempeval3", file=f"{source.part}.jsonl")


def run_meantime(source: Source, limit: int | None) -> Outcome:
    """Tag the MEANTIME documents of a part."""
    return measure(source, limit, set_name="tempeval3-meantime", file=f"{source.part}_meantime.jsonl")
