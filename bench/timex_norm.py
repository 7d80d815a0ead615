"""The sets ``timex_norm-en`` and ``timex_norm-es``: the value of given expressions, scored by the shared ``score_context.py``.

The expressions stand alone, without their sentence, so no tense is known.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.coding import Coded
from bench.outcome import Outcome
from bench.shared import Source, present, read_jsonl
from dateline import temporal
from dateline.evaluate.bootstrap import intervals

Row = Mapping[str, int]


def predicted_of(gold: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return type and value of each expression of one document; what no rule reads is left empty."""
    found = temporal.normalise([e["text"] for e in gold["expressions"]], gold["dct"][:10] or None, language)
    return {"id": gold["id"], "expressions": [{"type": t.type, "value": t.value or ""} if t else {} for t in found]}


def row_of(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Row:
    """Return how many expressions of a document there are, and how many have the right type and value."""
    pairs = list(zip(gold["expressions"], predicted["expressions"], strict=True))
    return {
        "n": len(pairs),
        "value": sum((p.get("value") or "").strip() == g["value"].strip() for g, p in pairs),
        "type": sum(p.get("type") == g["type"] for g, p in pairs),
    }


def figures_of(rows: Sequence[Row]) -> dict[str, float]:
    """Return the two accuracies over some documents."""
    n = sum(row["n"] for row in rows) or 1
    return {f"{key}_accuracy": sum(row[key] for row in rows) / n for key in ("value", "type")}


def measure(source: Source, limit: int | None, language: str) -> Outcome:
    """Normalise and score the expressions of a language."""
    scorer = source.scorer("score_context")
    gold = read_jsonl(present(source.root / "timex_norm" / f"{language}_{source.part}.jsonl"))[:limit]
    begun = time.perf_counter()
    temporal.normalise([], None, language)
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    predicted = [predicted_of(g, language) for g in gold]
    seconds = time.perf_counter() - begun
    rows = [row_of(g, p) for g, p in zip(gold, predicted, strict=True)]
    return Outcome(
        set_name=f"timex_norm-{language}",
        part=source.part,
        scores=scorer.score_timex_norm(list(zip(gold, predicted, strict=True))),
        figures=intervals(rows, figures_of),
        coded=Coded(
            records=[{"document": p["id"], **e} for p in predicted for e in p["expressions"]],
            results={},
            failures=(),
            documents=len(gold),
            seconds=seconds,
            start_up=start_up,
        ),
        gold_events=sum(len(g["expressions"]) for g in gold),
        floor={},
    )


def run_english(source: Source, limit: int | None) -> Outcome:
    """Normalise the English expressions."""
    return measure(source, limit, "en")


def run_spanish(source: Source, limit: int | None) -> Outcome:
    """Normalise the Spanish expressions."""
    return measure(source, limit, "es")
