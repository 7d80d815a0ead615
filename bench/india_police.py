"""The sets ``india-police-docs`` and ``india-police-sents``: what the police did, or failed to do, in the articles of 2002.

Zero-shot reads the labels off records with police among the actors. Head: one a label, cross-validated by document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.coding import code
from bench.heads import FOLDS, INNER, Features, Item, fitted, fold_of, item_of, labels_head, sectors, threshold
from bench.outcome import Outcome
from bench.shared import Source, present, read_jsonl
from bench.ways import analysis_of, head_answers, outcome_of
from dateline.types import Analysis, Event

FOLDER = "india-police"
LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
POLICE = frozenset({"COP"})
UNNAMED = frozenset({"UNK", ""})
NOT_DONE = frozenset({"future", "hypothetical"})
WORDS_ONLY = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE", "CONSULT"})
"""Types that are words: a statement of the police is no action of theirs (but an investigation is)."""


SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
"""Where the set's own sentences end, near enough."""

FORCES = re.compile(
    r"\b(?:police|policem[ae]n|cops?|constables?|inspectors?|commissioner|jawans?|troops|army|crpf|rpf|srp|rapid action force)\b", re.I
)


def item_of_text(text: str, analysis: Analysis | None, group: str) -> Item:
    """Return what the head sees: of the words only the sentences that name a force, as all else in an article is beside the question."""
    item = item_of(text, analysis, group)
    if analysis is None:
        return item
    told = [s.span.of(analysis.document.text) for s in analysis.sentences]
    return replace(item, words=" ".join(sentence for sentence in told if FORCES.search(sentence)))


def labels_of(event: Event) -> Iterator[str]:
    """Yield the labels that one record supports."""
    actors = set(sectors(event.actors))
    police = bool(POLICE & actors)
    kind = event.event_type
    if NOT_DONE & set(event.auxiliary):
        return
    if "negation" in event.auxiliary:
        # a named force said not to have acted is what the set calls a failure to intervene
        if police and kind in ("COERCE", "AID", "MOBILIZE", "ASSAULT"):
            yield "FAIL"
        return
    if kind == "ACCUSE" and POLICE & set(sectors(event.recipients)):
        yield "FAIL"
    if kind == "COERCE" and "arrest" in event.modes and (police or actors <= UNNAMED):
        yield from ("ARREST", "ANY_ACTION")
    elif police and kind == "ASSAULT":
        yield from ("FORCE", "ANY_ACTION")
        if any(q.what == "killed" for q in event.quantities):
            yield "KILL"
    elif police and (kind not in WORDS_ONLY or "investigate" in event.modes):
        yield "ANY_ACTION"


def zero_shot(analysis: Analysis | None) -> dict[str, Any]:
    """Return the labels of a text, each with its surest record's confidence as score."""
    scores = dict.fromkeys(LABELS, 0.0)
    for event in analysis.events if analysis else ():
        for label in labels_of(event):
            scores[label] = max(scores[label], event.confidence)
    return {"labels": [label for label in LABELS if scores[label] > 0.0], "scores": scores}


def answer(train: Sequence[Item], truths: Sequence[Sequence[str]], asked: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the head's labels of each item asked; deadly force is force, and each is an action, by the set's definition."""
    return implied(labels_head(train, truths, asked, LABELS))


def sentence_answer(train: Sequence[Item], truths: Sequence[Sequence[str]], asked: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the labels of each document asked, from a head fitted on labelled sentences.

    `train` holds sentences, `asked` holds documents, whose `names` are not looked at: their sentences are cut out of the text.
    The document has a label where its likeliest sentence does; the threshold is that which does best over the training
    documents when their sentences are crossed.
    """
    parts = [[s for s in SENTENCE_END.split(item.text) if s.strip()] or [item.text] for item in asked]
    flat = [Item(text=s, words=s, names={}, group=i.group) for i, own in zip(asked, parts, strict=True) for s in own]
    bare = [Item(text=i.text, words=i.words, names={}, group=i.group) for i in train]
    features = Features(bare)
    matrix, rows = features.matrix(bare), features.matrix(flat)
    groups = [i.group for i in train]
    where = np.array([fold_of(g, INNER, "inner:") for g in groups])
    out: list[dict[str, Any]] = [{"labels": [], "scores": {}} for _ in asked]
    for label in LABELS:
        said = ["yes" if label in t else "no" for t in truths]
        inner = np.zeros(len(said))
        for fold in range(INNER):
            inside, outside = np.flatnonzero(where == fold), np.flatnonzero(where != fold)
            inner[inside] = fitted(matrix[outside], [said[n] for n in outside], matrix[inside], ("no", "yes"))[:, 1]
        held: dict[str, tuple[float, bool]] = {}
        for group, score, yes in zip(groups, inner.tolist(), said, strict=True):
            best, any_yes = held.get(group, (0.0, False))
            held[group] = (max(best, score), any_yes or yes == "yes")
        least = threshold([yes for _, yes in held.values()], [score for score, _ in held.values()])
        scores = iter(fitted(matrix, said, rows, ("no", "yes"))[:, 1].tolist())
        for one, own in zip(out, parts, strict=True):
            one["scores"][label] = max(next(scores) for _ in own)
            if one["scores"][label] >= least:
                one["labels"].append(label)
    return implied(out)


def implied(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what a label implies: deadly force is force, and each is an action, by the set's definition."""
    for one in found:
        have = set(one["labels"])
        have |= {"FORCE"} if "KILL" in have else set()
        have |= {"ANY_ACTION"} if have & {"FORCE", "ARREST"} else set()
        one["labels"] = [label for label in LABELS if label in have]
    return found


def by_sentences(source: Source, gold: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Label documents by the head over sentences; on dev each by a head fitted on the sentences of the other folds."""
    rows = read_jsonl(source.open(FOLDER, "dev_sents.jsonl"))
    texts = {r["id"]: r["text"] for r in read_jsonl(source.open(FOLDER, "dev_docs.jsonl"))}
    train = [Item(text=r["text"], words=r["text"], names={}, group=texts.get(r["doc_id"], r["doc_id"])) for r in rows]
    truths = [r["labels"] for r in rows]
    asked = [Item(text=g["text"], words=g["text"], names={}, group=g["text"]) for g in gold]
    if source.part != "dev":
        return sentence_answer(train, truths, asked)
    out: list[dict[str, Any]] = [{} for _ in asked]
    for fold in range(FOLDS):
        mine = [n for n, i in enumerate(asked) if fold_of(i.group) == fold]
        others = [n for n, i in enumerate(train) if fold_of(i.group) != fold]
        found = sentence_answer([train[n] for n in others], [truths[n] for n in others], [asked[n] for n in mine]) if mine else []
        for n, one in zip(mine, found, strict=True):
            out[n] = one
    return out


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick the published figures and F1 by label."""
    found = {"macro_f1": scores["macro_f1"], "example_f1": scores["example_f1"]}
    return found | {f"{label.lower()}_f1": scores["by_label"].get(label, {"f1": 0.0})["f1"] for label in LABELS}


def measure(source: Source, limit: int | None, *, set_name: str, stem: str) -> Outcome:
    """Code, label and score one of the two files."""
    scorer = source.scorer("score")
    gold = read_jsonl(present(source.root / FOLDER / f"{source.part}_{stem}.jsonl"))[:limit]

    def items_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Any, list[Item], list[list[str]]]:
        coded = code([{"id": r["id"], "text": r["text"], "published": r.get("date"), "language": "en"} for r in rows], keep=True)
        items = [item_of_text(r["text"], analysis_of(coded, r["id"]), r.get("doc_id", r["text"])) for r in rows]
        return coded, items, [r["labels"] for r in rows]

    coded, items, truths = items_of(gold)
    answers = head_answers(source, answer, items, truths, lambda: items_of(read_jsonl(source.open(FOLDER, f"dev_{stem}.jsonl")))[1:])
    ways = {
        "zero_shot": [{"id": g["id"], **zero_shot(analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], **a} for g, a in zip(gold, answers, strict=True)],
    }
    if stem == "docs":
        ways["sentence_head"] = [{"id": g["id"], **a} for g, a in zip(gold, by_sentences(source, gold), strict=True)]
    return outcome_of(source, set_name, scorer, gold, ways, coded, figures_of, group="doc_id" if stem == "sents" else "id")


def run_documents(source: Source, limit: int | None) -> Outcome:
    """Label the articles of a part."""
    return measure(source, limit, set_name="india-police-docs", stem="docs")


def run_sentences(source: Source, limit: int | None) -> Outcome:
    """Label the sentences of a part."""
    return measure(source, limit, set_name="india-police-sents", stem="sents")
