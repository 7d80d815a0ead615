"""The set ``satp``: attack types of conflict summaries, several a text.

Zero-shot reads them off the modes of ASSAULT records; the set's four names were inferred by whoever prepared it. Head: one a label,
fitted on the set's train file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.heads import item_of, labels_head
from bench.outcome import Outcome
from bench.plv import coded_of
from bench.shared import Source, read_jsonl
from bench.ways import analysis_of, outcome_of
from dateline.types import Analysis, Event

SET = "satp"
LABELS = ("ARMED_ASSAULT", "BOMBING_EXPLOSION", "KIDNAPPING", "OTHER_ATTACK")
MODES = {
    "explosives": "BOMBING_EXPLOSION", "suicide-attack": "BOMBING_EXPLOSION", "heavy-weapons": "BOMBING_EXPLOSION",
    "abduct": "KIDNAPPING", "destroy": "OTHER_ATTACK", "beat": "OTHER_ATTACK", "torture": "OTHER_ATTACK", "primitive": "OTHER_ATTACK",
    "firearms": "ARMED_ASSAULT", "targeted": "ARMED_ASSAULT",
}  # fmt: skip


def labels_of(event: Event) -> set[str]:
    """Return the attack types of one record; an attack whose means are not told is an armed one in these reports."""
    if event.event_type != "ASSAULT" or "negation" in event.auxiliary:
        return set()
    return {MODES[m] for m in event.modes if m in MODES} or {"ARMED_ASSAULT"}


def zero_shot(analysis: Analysis | None) -> list[str]:
    """Return the attack types of a text's records."""
    found = {label for event in (analysis.events if analysis else ()) for label in labels_of(event)}
    return sorted(found)


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick the published figures."""
    return {"example_f1": scores["example_f1"], "macro_f1": scores["macro_f1"]}


def run(source: Source, limit: int | None) -> Outcome:
    """Code the summaries of a part, label them both ways and score them."""
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold(SET))[:limit]
    train = read_jsonl(source.open(SET, "train.jsonl"))
    coded, learned = coded_of(gold), coded_of(train)
    found = labels_head(
        [item_of(g["text"], analysis_of(learned, g["id"])) for g in train],
        [g["labels"] for g in train],
        [item_of(g["text"], analysis_of(coded, g["id"])) for g in gold],
        LABELS,
    )
    ways = {
        "zero_shot": [{"id": g["id"], "labels": zero_shot(analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], "labels": one["labels"]} for g, one in zip(gold, found, strict=True)],
    }
    return outcome_of(source, SET, scorer, gold, ways, coded, figures_of)
