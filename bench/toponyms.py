"""The set ``toponyms``: place names in news with known points, scored by the shared ``score_context.py``.

Three figures a corpus: the share of all gold places with a point that are put within 161 km when their spans are given
(resolution alone) and from the raw text (end to end), and the overlap F1 of the spans found. On the dev part only the
articles are scored that the ranker's weights were not fitted on (`is_fitted`). Their errors were looked at while entries of
the gazetteer were added, so only the test part is unseen.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.coding import Coded
from bench.outcome import Outcome, f1
from bench.shared import Source, read_jsonl
from dateline.annotate.syntax import Syntax
from dateline.evaluate.bootstrap import intervals
from dateline.ingest.readers import document_from_dict
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Span, Toponym

CORPORA = ("lgl", "trnews", "geowebnews", "geovirus")
BATCH = 16
Row = Mapping[str, tuple[int, int, int]]
"""Hits, gold and predicted counts of one article, by the figure's name."""


def is_fitted(identity: str) -> bool:
    """Tell whether an article belongs to the half of dev that the ranker is fitted on."""
    return hashlib.sha256(f"toponyms:{identity}".encode()).digest()[0] % 2 == 0


def document_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a coder may see of an article."""
    published = str(row.get("date") or "")
    known = published if len(published) == 10 and published[4] == "-" else None
    return {key: row.get(key) or None for key in ("id", "text", "title", "publisher")} | {"published": known, "language": "en"}


def parsed(rows: Sequence[Mapping[str, Any]]) -> list[Analysis]:
    """Read and parse articles."""
    syntax = Syntax()
    made: list[Analysis] = []
    for at in range(0, len(rows), BATCH):
        made += syntax([Analysis(document=document_from_dict(document_of(row))) for row in rows[at : at + BATCH]])
    return made


def told(row: Mapping[str, Any], toponyms: Sequence[Toponym | None], spans: Sequence[Span]) -> dict[str, Any]:
    """Return one article's answer in the scorer's form; a span without an answer is kept without a point."""
    places = [toponym.place if toponym else None for toponym in toponyms]
    return {
        "id": row["id"],
        "toponyms": [
            {
                "start": span.start,
                "end": span.end,
                "lat": place.latitude if place else None,
                "lon": place.longitude if place else None,
                "geonamesid": place.geonameid if place else None,
            }
            for place, span in zip(places, spans, strict=True)
        ],
    }


def row_of(scorer: ModuleType, gold: Mapping[str, Any], given: Mapping[str, Any], raw: Mapping[str, Any]) -> Row:
    """Return one article's counts, made by the scorer itself."""
    counts: dict[str, tuple[int, int, int]] = {}
    for name, answer in (("given", given), ("text", raw)):
        block = scorer.toponym_block([(gold, answer)])
        placed = int(block["all_gold"]["n"])
        counts[f"{gold['corpus']}_{name}_161"] = (round(block["all_gold"]["acc161"] * placed), placed, 0)
        found = round(block["overlap"]["r"] * block["gold"])
        if name == "text":
            counts[f"{gold['corpus']}_overlap_f1"] = (found, int(block["gold"]), int(block["predicted"]))
    return counts


def figures_of(rows: Sequence[Row]) -> dict[str, float]:
    """Add up some articles' counts: every figure by corpus, and the mean of the corpora."""
    total: dict[str, list[int]] = {}
    for row in rows:
        for name, counts in row.items():
            kept = total.setdefault(name, [0, 0, 0])
            for i in range(3):
                kept[i] += counts[i]
    figures: dict[str, float] = {}
    for kind in ("given_161", "text_161", "overlap_f1"):
        values = []
        for corpus in CORPORA:
            hit, gold, predicted = total.get(f"{corpus}_{kind}", (0, 0, 0))
            values.append(f1(hit, gold, predicted) if kind == "overlap_f1" else hit / gold if gold else 0.0)
            figures[f"{corpus}_{kind}"] = values[-1]
        figures[f"mean_{kind}"] = sum(values) / len(values)
    return figures


def run(source: Source, limit: int | None) -> Outcome:
    """Find and resolve the places of a part, and score them."""
    scorer = source.scorer("score_context")
    rows = read_jsonl(source.gold("toponyms"))
    rows = [row for row in rows if source.part != "dev" or not is_fitted(row["id"])][:limit]
    begun = time.perf_counter()
    stage = Toponyms()
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    analyses = parsed(rows)
    found = stage(analyses)
    seconds = time.perf_counter() - begun
    given, raw = [], []
    for row, analysis in zip(rows, found, strict=True):
        spans = [Span(t["start"], t["end"]) for t in row["toponyms"]]
        given.append(told(row, stage.resolve(analysis, spans), spans))
        raw.append(told(row, analysis.toponyms, [t.span for t in analysis.toponyms]))
    counted = [row_of(scorer, *answers) for answers in zip(rows, given, raw, strict=True)]
    return Outcome(
        set_name="toponyms",
        part=source.part,
        scores={"given": scorer.score("toponyms", rows, given), "text": scorer.score("toponyms", rows, raw)},
        figures=intervals(counted, figures_of),
        coded=Coded(
            records=[{"document": answer["id"], **place} for answer in raw for place in answer["toponyms"]],
            results={},
            failures=(),
            documents=len(rows),
            seconds=seconds,
            start_up=start_up,
        ),
        gold_events=sum(len(row["toponyms"]) for row in rows),
        floor={},
    )
