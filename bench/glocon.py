"""The sets ``glocon-docs`` and ``glocon-sents``: does a report, or a sentence, tell of a past or ongoing contentious event?

Zero-shot follows the corpus' own kinds of events: demonstrations and strikes (PROTEST), and fights of groups and armed
militancy (ASSAULT by rebels, armed men, crowds or organised groups). Head: cross-validated by document on the open file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.coding import code
from bench.heads import Item, item_of, labels_head, sectors
from bench.outcome import Outcome
from bench.shared import Source, present, read_jsonl
from bench.ways import analysis_of, head_answers, outcome_of
from dateline.types import Analysis, Event

FOLDER = "glocon-sample"
NOT_YET = frozenset({"future", "hypothetical", "negation"})
GROUPS = frozenset({"REB", "UAF", "LAB", "EDU", "REL", "SOC", "OPP", "PTY"})
"""Sectors whose attacks the corpus counts as contentious; lone civilians and criminals are none."""


def is_contentious(event: Event) -> bool:
    """Tell whether an event is a protest or a fight of groups that has taken place."""
    if NOT_YET & set(event.auxiliary):
        return False
    return event.event_type == "PROTEST" or (event.event_type == "ASSAULT" and bool(GROUPS & set(sectors(event.actors))))


def zero_shot(analysis: Analysis | None) -> dict[str, Any]:
    """Return the label of a text and the confidence of its surest contentious event as score."""
    found = [e.confidence for e in analysis.events if is_contentious(e)] if analysis else []
    return {"label": int(bool(found)), "score": max(found, default=0.0)}


def answer(train: Sequence[Item], truths: Sequence[int], asked: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the head's label and score of each item asked."""
    found = labels_head(train, [["yes"] if t else [] for t in truths], asked, ("yes",))
    return [{"label": int("yes" in one["labels"]), "score": one["scores"]["yes"]} for one in found]


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick the figures of the protest class."""
    return {"precision": scores["p"], "recall": scores["r"], "f1": scores["f1"], "macro_f1": scores["macro_f1"]}


def measure(source: Source, limit: int | None, *, set_name: str, stem: str) -> Outcome:
    """Code, label and score one of the two files."""
    scorer = source.scorer("score")
    gold = read_jsonl(present(source.root / FOLDER / f"{source.part}_{stem}.jsonl"))[:limit]

    def items_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Any, list[Item], list[int]]:
        coded = code([{"id": r["id"], "text": r["text"], "published": None, "language": "en"} for r in rows], keep=True)
        items = [item_of(r["text"], analysis_of(coded, r["id"]), r.get("doc", r["text"])) for r in rows]
        return coded, items, [r["label"] for r in rows]

    coded, items, truths = items_of(gold)
    answers = head_answers(source, answer, items, truths, lambda: items_of(read_jsonl(source.open(FOLDER, f"dev_{stem}.jsonl")))[1:])
    ways = {
        "zero_shot": [{"id": g["id"], **zero_shot(analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], **a} for g, a in zip(gold, answers, strict=True)],
    }
    return outcome_of(source, set_name, scorer, gold, ways, coded, figures_of, group="doc" if stem == "sents" else "id")


def run_documents(source: Source, limit: int | None) -> Outcome:
    """Label the reports of a part."""
    return measure(source, limit, set_name="glocon-docs", stem="docs")


def run_sentences(source: Source, limit: int | None) -> Outcome:
    """Label the sentences of a part."""
    return measure(source, limit, set_name="glocon-sents", stem="sents")
