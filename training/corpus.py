"""Coded articles as training data: documents run through the stages, and what each candidate should have been."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from dateline.events.encoding import Reading
from dateline.ingest.readers import document_from_dict
from dateline.models.learned import LearnedModel
from dateline.pipeline import STAGES, Lazy
from dateline.types import Analysis, Document, EventCandidate, Stage
from training import markup

MODELS = Path("src/dateline/data/models")

KEPT = ("id", "text", "title", "published", "publisher")


@dataclass(frozen=True, slots=True)
class Coded:
    """An analysed article with its gold events and its gold sentences."""

    analysis: Analysis
    gold: dict[str, Any]
    document: dict[str, Any]


def load_scorer(folder: Path, name: str) -> ModuleType:
    """Import a scorer that lies beside the data, by its path."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer {name} in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def document(raw: dict[str, Any]) -> Document:
    """Turn a benchmark document into one of ours."""
    return document_from_dict({**{k: raw.get(k) for k in KEPT}, "language": "en"}, raw["id"])


@dataclass(frozen=True, slots=True)
class Readers:
    """The learned coders that read training documents: one a fold, each fitted without the documents that it reads.

    `whole` is the coder fitted on all, whose folder holds the linear models of the stages.
    """

    folds: tuple[LearnedModel, ...]
    whole: LearnedModel

    def reader(self, document: str) -> LearnedModel:
        """The coder that has not seen a document; the whole one for a document of no fold (dev)."""
        return self.folds[fold_of(document, len(self.folds))] if self.folds else self.whole


def where(out: Path | None, readers: Path | None) -> tuple[Path, str]:
    """Return the folder of the linear models, and what follows their names: those of a learned coder lie in its own folder."""
    return (out or readers / "whole", "") if readers else (out or MODELS, "-en")


def open_readers(folder: Path | None) -> Readers | None:
    """Open ``fold-0``, ``fold-1``, ... and ``whole`` in a folder; None for none: lexicon and syntax alone."""
    if folder is None:
        return None
    folds = sorted(folder.glob("fold-*"), key=lambda p: p.name)
    return Readers(tuple(LearnedModel(f) for f in folds), LearnedModel(folder / "whole"))


def fold_of(document: str, folds: int) -> int:
    """Return the fold of a document: by a hash of its name, passages of one stretch of a file together (they are often sets)."""
    stem, dash, number = document.rpartition("-")
    name = f"{stem}{dash}{int(number) // 8}" if (markup.PASSAGES / f"{stem}.txt").is_file() else document
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def stages_before(until: str, readers: Readers | None) -> list[tuple[str, Stage]]:
    """Build the stages before `until`, with the linear models of the learned coder where there is one."""
    learned = readers.whole if readers else None
    out: list[tuple[str, Stage]] = []
    for name, factory in STAGES:
        if name == until:
            break
        out.append((name, factory("en", learned) if isinstance(factory, Lazy) else factory("en")))
    return out


def run_stages(analysis: Analysis, stages: Sequence[tuple[str, Stage]], readers: Readers | None) -> Analysis:
    """Run stages over one document; its encoding comes from the learned coder that has not seen it."""
    batch: Sequence[Analysis] = [analysis]
    for name, stage in stages:
        if name == "events.encoding" and readers is not None:
            batch = Reading(readers.reader(analysis.document.id))(batch)
        else:
            batch = stage(batch)
    return batch[0]


def analyses(documents: Sequence[Document], until: str, readers: Readers | None = None) -> list[Analysis]:
    """Run all stages before `until`, one document at a time."""
    stages = stages_before(until, readers)
    out = []
    for number, one in enumerate(documents):
        out.append(run_stages(Analysis(document=one), stages, readers))
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{len(documents)}", end="", file=sys.stderr)
    return out


def load_articles(folder: Path, part: str, until: str, readers: Readers | None = None) -> list[Coded]:
    """Analyse one part of the coded articles up to a stage."""
    gold = read_jsonl(folder / f"{part}.jsonl")
    by_id = {d["id"]: d for d in read_jsonl(folder / "documents.jsonl")}
    found = analyses([document(by_id[g["id"]]) for g in gold], until, readers)
    return [Coded(a, g, by_id[g["id"]]) for a, g in zip(found, gold, strict=True)]


def load_passages(folder: Path | None, until: str, readers: Readers | None = None) -> list[Coded]:
    """Analyse the marked passages of a folder (None: the project's own), each as an article of its own."""
    pairs = [
        markup.as_article(f"{path.stem}-{number}", passage)
        for path in sorted((folder or markup.PASSAGES).glob("*.txt"))
        for number, passage in enumerate(markup.passages(path))
    ]
    found = analyses([document(raw) for _, raw in pairs], until, readers)
    return [Coded(a, gold, raw) for a, (gold, raw) in zip(found, pairs, strict=True)]


def gold_sentence(raw: dict[str, Any], position: int) -> int | None:
    """The gold sentence at or after a place in the text, as the scorer finds it."""
    return next((n for n, (a, b) in enumerate(raw["sentences"]) if b > a and position < b), None)


def sentences_of(coded: Coded, candidate: EventCandidate) -> set[int | None]:
    """The gold sentences in which a candidate's own sentence begins and its trigger stands."""
    start = coded.analysis.sentences[candidate.sentence].span.start
    return {gold_sentence(coded.document, start), gold_sentence(coded.document, candidate.trigger.span.start)}


def is_right(coded: Coded, candidate: EventCandidate) -> bool:
    """Tell whether a gold event of the candidate's type is told in its sentence."""
    at = sentences_of(coded, candidate)
    return any(e["type"] == candidate.event_type and at & set(e["sents"]) for e in coded.gold["events"])


def words(text: str | None) -> set[str]:
    """The longer words of a text, lower case."""
    return {w for w in (text or "").lower().split() if len(w) > 2}


def gold_event(coded: Coded, number: int) -> int | None:
    """The gold event that a candidate tells, by type, sentence, trigger, sides and date; None where none fits."""
    analysis, candidate = coded.analysis, coded.analysis.candidates[number]
    at = sentences_of(coded, candidate)
    sides, interval = analysis.sides[number], analysis.intervals[number]
    best: tuple[float, int] | None = None
    for index, event in enumerate(coded.gold["events"]):
        if event["type"] != candidate.event_type or not at & set(event["sents"]):
            continue
        score = 2.0 * bool(words(event["trigger"]) & words(candidate.trigger.text)) * (event["sents"][0] in at) + 0.5 * (
            event["sents"][0] in at
        )
        for role, ours, weight in (("actor", sides.actors, 2.0), ("recipient", sides.recipients, 1.5)):
            theirs = {w for x in event[role] for t in (x["text"], x["name"]) for w in words(t)}
            mine = {w for x in ours for t in (x.text, x.identifier_text) for w in words(t)}
            score += weight * bool(theirs & mine)
        if interval is not None and event["date"]:
            score += 1.0 if (interval.date or "")[:7] == event["date"][:7] else -0.5
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None
