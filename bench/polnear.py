"""The set ``polnear``: who is cited for what in political news, scored by the shared ``score_context.py``.

The set counts wishes, judgements and plans beside what is said, so quotations and stances are handed in together. It leaves
out what is nested within another attribution, counts a quotation that goes on after its speaker once, and takes "who" for the
source of a relative clause.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import dateline
from bench.coding import Coded
from bench.outcome import Outcome, f1
from bench.shared import Source, read_jsonl
from dateline.annotate.stances import Stances
from dateline.evaluate.bootstrap import intervals
from dateline.pipeline import STAGES, Config
from dateline.types import Analysis, Failure, Quotation, Span

NEEDED = ("annotate.syntax", "annotate.quotations")
RELATIVE = frozenset({"who", "which", "that"})
Row = Mapping[str, tuple[int, int, int]]
"""Hits, gold and predicted counts of one article by the figure's name."""


def source_of(quotation: Quotation, analysis: Analysis) -> Span | None:
    """Return the words that the set takes for the source: in a relative clause its pronoun."""
    if quotation.source is None or quotation.source.end > quotation.cue.start:
        return quotation.source
    verb = next((t for t in analysis.tokens if t.span.start == quotation.cue.start), None)
    if verb is None or verb.dep != "relcl":
        return quotation.source
    return next((c.span for c in analysis.children(verb) if c.dep == "nsubj" and c.lemma.lower() in RELATIVE), quotation.source)


def attributions(analysis: Analysis, stances: Sequence[Quotation]) -> list[dict[str, Any]]:
    """Return the attributions of an article in the scorer's form."""
    found = [*analysis.quotations, *stances]
    outer = [q for q in found if not any(o.cue != q.cue and o.content.covers(q.cue) for o in found)]
    by_cue: dict[Span, list[Quotation]] = {}
    for quotation in outer:
        by_cue.setdefault(quotation.cue, []).append(quotation)
    out: list[dict[str, Any]] = []
    for cue in sorted(by_cue):
        source = next((s for s in (source_of(q, analysis) for q in by_cue[cue]) if s is not None), None)
        contents = sorted({(q.content.start, q.content.end) for q in by_cue[cue]})
        out.append(
            {
                "source": [[source.start, source.end]] if source is not None else [],
                "cue": [[cue.start, cue.end]],
                "content": [list(content) for content in contents],
            }
        )
    return out


def row_of(scorer: ModuleType, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Row:
    """Return one article's counts, from the scorer's own precision and recall."""
    alone = scorer.score_polnear([(gold, predicted)])
    filled = {
        role: (sum(bool(a[role]) for a in gold["attributions"]), sum(bool(a[role]) for a in predicted["attributions"]))
        for role in ("content", "source")
    }
    counts = {}
    for role, (n, m) in filled.items():
        counts[f"{role}_overlap"] = (round(alone[role]["overlap"]["r"] * n), n, m)
    whole, n, m = alone["attribution"]["content_and_source_overlap"], alone["gold"], alone["predicted"]
    return {**counts, "content_and_source": (round(whole["r"] * n), n, m)}


def figures_of(rows: Sequence[Row]) -> dict[str, float]:
    """Return the F1 figures over some articles."""
    return {
        key: f1(*(sum(row[key][i] for row in rows) for i in range(3)))
        for key in ("content_overlap", "source_overlap", "content_and_source")
    }


def run(source: Source, limit: int | None) -> Outcome:
    """Find the attributions of a part and score them."""
    scorer = source.scorer("score_context")
    gold = read_jsonl(source.gold("polnear"))[:limit]
    begun = time.perf_counter()
    coder = dateline.load(config=Config(drop=tuple(name for name, _ in STAGES if name not in NEEDED)))
    stances = Stances()
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    given = [{"id": g["id"], "text": g["text"], "published": g["date"], "language": "en"} for g in gold]
    failures: list[Failure] = []
    predicted: list[dict[str, Any]] = []
    for g, result in zip(gold, coder.stream(given), strict=True):
        if isinstance(result, Failure):
            failures.append(result)
        found = [] if isinstance(result, Failure) else attributions(result.analysis, stances(result.analysis))
        predicted.append({"id": g["id"], "attributions": found})
    rows = [row_of(scorer, g, p) for g, p in zip(gold, predicted, strict=True)]
    return Outcome(
        set_name="polnear",
        part=source.part,
        scores=scorer.score_polnear(list(zip(gold, predicted, strict=True))),
        figures=intervals(rows, figures_of),
        coded=Coded(
            records=[{"document": p["id"], **a} for p in predicted for a in p["attributions"]],
            results={},
            failures=tuple(failures),
            documents=len(gold),
            seconds=time.perf_counter() - begun,
            start_up=start_up,
        ),
        gold_events=sum(len(g["attributions"]) for g in gold),
        floor={},
    )
