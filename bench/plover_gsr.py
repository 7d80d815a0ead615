"""The set ``plover-gsr``: one sentence, its events best first, scored by the shared ``score.py``.

Every sentence tells of an event, so the coder runs with the preset `recall`. The date in the set is a placeholder, so documents
are given without a day of publication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.coding import Coded, code
from bench.outcome import Outcome, f1
from bench.shared import Source, read_jsonl
from dateline.evaluate.bootstrap import intervals

ORGANISATIONS = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes of ours that are no country; the set leaves `country` null there."""
LEVEL_ARCS = frozenset({"ccomp", "conj"})
"""Labels of arcs (spaCy's English scheme) that lead to a part as weighty as its governor: what is said, what is coordinated."""
DEPTH_COST = 0.2
"""How much confidence (probability 0-1) each other arc outweighs: the set asks for the sentence's main event."""
TALLIES = ("source", "target", "actors", "country", "sector")
Row = Mapping[str, Any]


def depth_of(result: Any, record: Mapping[str, Any]) -> int:
    """Count the arcs between an event's trigger and the root of its sentence that lead down to something lesser."""
    tokens = result.analysis.tokens
    trigger = record["evidence"][0]["trigger"]
    token = next((t for t in tokens if t.span.start < trigger["end"] and trigger["start"] < t.span.end), None)
    depth = 0
    while token is not None and token.head != token.index:
        depth += token.dep not in LEVEL_ARCS
        token = tokens[token.head]
    return depth


def first_of(record: Mapping[str, Any]) -> int:
    """Return where a record's trigger begins, in code points."""
    return int(record["evidence"][0]["trigger"]["start"])


def sides_of(entities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Turn a record's actors or recipients into the set's form; sides that the text leaves unnamed are left out."""
    return [
        {
            "text": e["entity_text"],
            "span": [e["start"], e["end"]],
            "country": None if e["code"] in ORGANISATIONS else e["code"],
            "sector": e["sector"][0] if e["sector"] else None,
        }
        for e in entities
        if e["entity_text"] and e["start"] is not None
    ]


def predictions_of(gold: Sequence[Mapping[str, Any]], coded: Coded) -> list[dict[str, Any]]:
    """Turn records into one prediction a sentence; a sentence without events abstains."""
    by_document: dict[str, list[dict[str, Any]]] = {g["id"]: [] for g in gold}
    for record in coded.records:
        by_document[record["document"]].append(record)
    out: list[dict[str, Any]] = []
    for g in gold:
        result = coded.results.get(g["id"])
        mine = by_document[g["id"]]
        # the number of the record breaks ties, so that records themselves are never compared
        keyed = sorted((DEPTH_COST * depth_of(result, r) - r["confidence"], first_of(r), n) for n, r in enumerate(mine))
        events = [
            {
                "event": r["event"][0],
                "mode": r["mode"][0] if r["mode"] else None,
                "source": sides_of(r["actor"]),
                "target": sides_of(r["recipient"]),
            }
            for r in (mine[n] for _, _, n in keyed)
        ]
        out.append({"id": g["id"], "events": events} if events else {"id": g["id"], "event": None})
    return out


def row_of(scorer: ModuleType, gold: Mapping[str, Any], prediction: Mapping[str, Any]) -> Row:
    """Return what one sentence adds to every figure, by scoring it alone."""
    alone = scorer.score_plover_gsr([(gold, prediction)])
    tallies = {key: (round(alone[key]["r"] * alone[key]["gold"]), alone[key]["gold"], alone[key]["pred"]) for key in TALLIES}
    return {
        "gold": gold["event"],
        "predicted": scorer.first_event(prediction).get("event"),
        "record": alone["record_accuracy"],
        "any": alone["event_any_recall"],
        "lenient": alone["event_accuracy_lenient"],
        "mode": (round(alone["mode_accuracy"] * alone["mode_n"]), alone["mode_n"]),
        **tallies,
    }


def macro_f1(gold: Sequence[Any], predicted: Sequence[Any]) -> float:
    """Return the mean F1 over the labels present in gold."""
    labels = sorted(set(gold))
    scores = [
        f1(
            sum(g == p == label for g, p in zip(gold, predicted, strict=True)),
            sum(g == label for g in gold),
            sum(p == label for p in predicted),
        )
        for label in labels
    ]
    return sum(scores) / len(scores) if scores else 0.0


def figures_of(scorer: ModuleType, rows: Sequence[Row]) -> dict[str, float]:
    """Return the set's main figures over some sentences."""
    gold, predicted = [r["gold"] for r in rows], [r["predicted"] for r in rows]
    n = len(rows) or 1
    moded = sum(r["mode"][1] for r in rows)
    figures = {
        "event_accuracy": sum(g == p for g, p in zip(gold, predicted, strict=True)) / n,
        "event_macro_f1": macro_f1(gold, predicted),
        "event_accuracy_lenient": sum(r["lenient"] for r in rows) / n,
        "event_any_recall": sum(r["any"] for r in rows) / n,
        "quad_macro_f1": macro_f1([scorer.QUAD[g] for g in gold], [scorer.QUAD.get(p) for p in predicted]),
        "mode_accuracy": sum(r["mode"][0] for r in rows) / moded if moded else 0.0,
    }
    for key in TALLIES:
        figures[f"{key}_f1"] = f1(sum(r[key][0] for r in rows), sum(r[key][1] for r in rows), sum(r[key][2] for r in rows))
    figures["record_accuracy"] = sum(r["record"] for r in rows) / n
    return figures


def run(source: Source, limit: int | None) -> Outcome:
    """Code the sentences of a part and score them."""
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold("plover-gsr"))[:limit]
    coded = code([{"id": g["id"], "text": g["text"], "published": None, "language": "en"} for g in gold], keep=True, preset="recall")
    predictions = predictions_of(gold, coded)
    rows = [row_of(scorer, g, p) for g, p in zip(gold, predictions, strict=True)]
    return Outcome(
        set_name="plover-gsr",
        part=source.part,
        scores=scorer.rounded(scorer.score("plover-gsr", gold, predictions)),
        figures=intervals(rows, lambda some: figures_of(scorer, some)),
        coded=coded,
        gold_events=len(gold),
        floor={},
    )
