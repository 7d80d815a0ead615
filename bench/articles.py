"""The set ``articles``: whole articles, all fields, scored by the shared ``score_articles.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.coding import code
from bench.outcome import Outcome, f1
from bench.shared import AbsentError, Source, read_jsonl
from dateline.evaluate.bootstrap import intervals

Row = Mapping[str, tuple[int, int, int]]
"""Hits, gold and predicted counts of one article by the figure's name."""

INPUT = ("id", "text", "title", "published", "publisher")
"""What a coder may see of a document: the sentence spans are the scorer's."""


def documents_of(source: Source, folder: str, gold: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the gold articles' documents in gold order; they lie beside the gold, or with the open ones."""
    wanted = [g["id"] for g in gold]
    found: dict[str, dict[str, Any]] = {}
    for root in (source.root, source.shared / "benchmarks"):
        path = root / folder / "documents.jsonl"
        if path.exists() and not set(wanted) <= set(found):
            found = {d["id"]: d for d in read_jsonl(path)} | found
    missing = [name for name in wanted if name not in found]
    if missing:
        raise AbsentError(f"{folder}/documents.jsonl lacks {len(missing)} articles of the {source.part} part, e.g. {missing[0]}")
    return [found[name] for name in wanted]


def row_of(scorer: ModuleType, gold: Mapping[str, Any], predicted: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> Row:
    """Return one article's counts, made by the scorer itself."""
    tally = scorer.Tally()
    scorer.score_article(tally, gold, list(predicted), document)
    return {key: (int(hit), int(n), int(m)) for key, (hit, n, m) in tally.items()}


def rows_of(
    scorer: ModuleType,
    gold: Sequence[Mapping[str, Any]],
    records: Sequence[Mapping[str, Any]],
    documents: Sequence[Mapping[str, Any]],
) -> list[Row]:
    """Return every article's counts, in gold order."""
    by_document: dict[str, list[Mapping[str, Any]]] = {g["id"]: [] for g in gold}
    for record in records:
        by_document[record["document"]].append(record)
    return [row_of(scorer, g, by_document[g["id"]], d) for g, d in zip(gold, documents, strict=True)]


def figures_of(scorer: ModuleType, rows: Sequence[Row]) -> dict[str, float]:
    """Add up some articles' counts and return every figure: F1, or accuracy where the scorer says so."""
    total: dict[str, list[int]] = {}
    for row in rows:
        for key, counts in row.items():
            kept = total.setdefault(key, [0, 0, 0])
            for i in range(3):
                kept[i] += counts[i]
    figures: dict[str, float] = {}
    for key in scorer.F1:
        hit, gold, predicted = total.get(key, (0, 0, 0))
        figures[key] = f1(hit, gold, predicted)
    for key in scorer.ACCURACY:
        hit, gold, _ = total.get(key, (0, 0, 0))
        figures[key] = hit / gold if gold else 0.0
    return figures


def floor_of(scorer: ModuleType, gold: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Score a coder that writes one bare ASSAULT (the commonest type but one) at every sentence."""
    records = [
        {"document": d["id"], "event": ["ASSAULT"], "claim": "asserted", "evidence": [{"start": start, "end": end}]}
        for d in documents
        for start, end in d["sentences"][1:]
        if end > start
    ]
    figures = figures_of(scorer, rows_of(scorer, gold, records, documents))
    return {key: figures[key] for key in ("sentence", "quad", "event", "record")}


def measure(
    scorer: ModuleType,
    gold: Sequence[Mapping[str, Any]],
    documents: Sequence[Mapping[str, Any]],
    *,
    set_name: str,
    part: str,
    language: str | None = None,
    figures: Sequence[str] | None = None,
) -> Outcome:
    """Code and score documents against gold articles; `figures` leaves out those that mean nothing on the set."""
    extra = {"language": language} if language else {}
    coded = code([{key: d.get(key) for key in INPUT} | extra for d in documents])
    rows = rows_of(scorer, gold, coded.records, documents)
    found = intervals(rows, lambda some: figures_of(scorer, some))
    return Outcome(
        set_name=set_name,
        part=part,
        scores=scorer.score(list(gold), coded.records, list(documents), per_article=True),
        figures={key: value for key, value in found.items() if figures is None or key in figures},
        coded=coded,
        gold_events=sum(len(g["events"]) for g in gold),
        floor=floor_of(scorer, gold, documents),
    )


def run(source: Source, limit: int | None) -> Outcome:
    """Code the articles of a part and score them."""
    scorer = source.scorer("score_articles")
    gold = read_jsonl(source.gold("articles"))[:limit]
    return measure(scorer, gold, documents_of(source, "articles", gold), set_name="articles", part=source.part)
