"""The set ``cameo-spans``: who acts on whom in a sentence, as spans, and the quad class of the act or NEUTRAL.

Zero-shot: the sides and type of the sentence's main event. Head: noun phrases and quad class learned from the set's train file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from bench.coding import Coded
from bench.heads import class_head, item_of
from bench.mentions import ROLES, MentionHead
from bench.outcome import Outcome, f1
from bench.plover_gsr import macro_f1
from bench.plv import coded_of, ranked
from bench.shared import Source, read_jsonl
from bench.ways import analysis_of, outcome_of
from dateline.types import Actor, Analysis

SET = "cameo-spans"
NEUTRAL = "NEUTRAL"
SPANS = ("span_overlap", "span_exact")


def mentions_of(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    """Return the spans of one side's actors that the text names."""
    return [{"span": [a.span.start, a.span.end]} for a in actors if a.span]


def zero_shot(scorer: ModuleType, analysis: Analysis | None) -> dict[str, Any]:
    """Return the sides of the main candidate and its quad class; where the analysis holds none the sentence is neutral."""
    order = ranked(analysis, (), ()) if analysis else []
    if not analysis or not order:
        return {"penta": NEUTRAL, "source": [], "target": [], "reciprocal": []}
    number = order[0][1]
    candidate, sides = analysis.candidates[number], analysis.sides[number]
    actors, recipients = mentions_of(sides.actors), mentions_of(sides.recipients)
    mutual = candidate.symmetric and len(actors) > 1
    return {
        "penta": scorer.QUAD[candidate.event_type],
        "source": [] if mutual else actors,
        "target": recipients,
        "reciprocal": actors if mutual else [],
    }


def head(train: Sequence[Mapping[str, Any]], learned: Coded, gold: Sequence[Mapping[str, Any]], coded: Coded) -> list[dict[str, Any]]:
    """Return the heads' spans and class of every sentence."""
    known, asked = [analysis_of(learned, g["id"]) for g in train], [analysis_of(coded, g["id"]) for g in gold]
    classes = class_head(
        [item_of(g["text"], a) for g, a in zip(train, known, strict=True)],
        [g["penta"] for g in train],
        [item_of(g["text"], a) for g, a in zip(gold, asked, strict=True)],
    )
    found = MentionHead(train, known).answers(asked)
    return [
        {"penta": penta} | {role: [{"span": [s.start, s.end]} for s in spans[role]] for role in ROLES}
        for penta, spans in zip(classes, found, strict=True)
    ]


def row_of(scorer: ModuleType, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one sentence adds to the figures, by scoring it alone: hits, gold and predicted spans, and both classes."""
    alone = scorer.score_cameo_spans([(gold, predicted)])
    tallies = {key: (round(alone[key]["r"] * alone[key]["gold"]), alone[key]["gold"], alone[key]["pred"]) for key in SPANS}
    return {"gold": gold["penta"], "predicted": predicted["penta"], **tallies}


def figures_of_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the figures of `figures_of` from sentences' rows."""
    found = {f"{key}_f1": f1(*(sum(row[key][i] for row in rows) for i in range(3))) for key in SPANS}
    return found | {"penta_macro_f1": macro_f1([r["gold"] for r in rows], [r["predicted"] for r in rows])}


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick the published figures."""
    return {
        "span_overlap_f1": scores["span_overlap"]["f1"],
        "span_exact_f1": scores["span_exact"]["f1"],
        "penta_macro_f1": scores["penta"]["macro_f1"],
    }


def run(source: Source, limit: int | None) -> Outcome:
    """Code the sentences of a part, label them both ways and score them."""
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold(SET))[:limit]
    train = read_jsonl(source.open(SET, "train.jsonl"))
    coded, learned = coded_of(gold), coded_of(train)
    ways = {
        "zero_shot": [{"id": g["id"], **zero_shot(scorer, analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], **found} for g, found in zip(gold, head(train, learned, gold, coded), strict=True)],
    }
    return outcome_of(source, SET, scorer, gold, ways, coded, figures_of, row_of=partial(row_of, scorer), figures_of_rows=figures_of_rows)
