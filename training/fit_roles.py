"""Fit the two role models: ``python -m training.fit_roles --shared ../shared``.

For each candidate that tells a gold event, every head near its trigger is an example: right for a side when its phrase, or the
name of its chain, is one of the gold entities of that side. Fitted on the training articles and the project's own passages;
out-of-fold scores (by document, over articles) choose the thresholds for the best F1 of each side. Dev files are not read.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dateline.events.arguments import Arguments, argument
from dateline.events.frames import Frames
from dateline.events.roles import RoleReader
from dateline.events.tree import Tree
from training.corpus import Coded, load_articles, load_passages, load_scorer, open_readers, sentences_of, where, words
from training.regression import Extra, fit, out_of_fold, platt, probabilities, write

BEFORE = Arguments.name
ROLES = ("actor", "recipient")
PASSAGE_WEIGHT = 0.5
"""What a head of a marked passage weighs beside one of an article."""

FLAT = 0.003
"""F1 differences smaller than this are taken for none."""


def told_event(coded: Coded, number: int) -> dict[str, Any] | None:
    """The one gold event of a candidate's type in its sentence; of several, the one whose trigger shares a word with it."""
    candidate = coded.analysis.candidates[number]
    at = sentences_of(coded, candidate)
    found = [e for e in coded.gold["events"] if e["type"] == candidate.event_type and at & set(e["sents"])]
    if len(found) > 1:
        found = [e for e in found if words(e["trigger"]) & words(candidate.trigger.text)]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Example:
    """A head near a candidate: its document, its candidate, the entity it mentions, and which gold entities it is, a role."""

    document: int
    candidate: int
    entity: int
    features: list[str]
    right: dict[str, frozenset[int]]
    gold: dict[str, int]


def examples(articles: Sequence[Coded], frames: Frames, scorer: ModuleType) -> Iterator[Example]:
    """Yield an example for each head near each candidate that tells an event."""
    serial = 0
    for number, coded in enumerate(articles):
        tree = Tree(coded.analysis)
        reader = RoleReader(coded.analysis, frames, tree)
        for index, candidate in enumerate(coded.analysis.candidates):
            event = told_event(coded, index)
            if event is None:
                continue
            serial += 1
            trigger = tree.tokens[candidate.trigger.head]
            gold = {role: scorer.named(event[role], "text") for role in ROLES}
            for pair, features in reader.read(candidate):
                chain = reader.chain_at.get(pair.head.index)
                phrase = argument("actor", pair.head, "", trigger, tree).text
                names = [phrase if pair.head.pos != "PRON" else None, chain.name if chain is not None else None]
                right = {r: frozenset(n for n, g in enumerate(gold[r]) if scorer.same_name([g["text"], g["name"]], names)) for r in ROLES}
                entity = -1 - chain.index if chain is not None else pair.head.index
                yield Example(number, serial, entity, features, right, {r: len(gold[r]) for r in ROLES})


def best_threshold(p: np.ndarray, found: Sequence[Example], role: str) -> tuple[float, float]:
    """Return (F1, threshold), an entity counting once a candidate.

    Of the thresholds whose F1 is within `FLAT` of the best the highest is taken: a side that is named should be right.
    """
    wanted = sum({x.candidate: x.gold[role] for x in found}.values())
    scored: list[tuple[float, float]] = []
    for threshold in np.arange(0.15, 0.61, 0.025):
        chosen: dict[tuple[int, int], tuple[float, frozenset[int]]] = {}
        for score, x in zip(p, found, strict=True):
            key = (x.candidate, x.entity)
            if score >= threshold and (key not in chosen or score > chosen[key][0]):
                chosen[key] = (score, x.right[role])
        hits = len({(candidate, n) for (candidate, _), (_, right) in chosen.items() for n in right})
        scored.append((round(2 * hits / max(1, len(chosen) + wanted), 4), round(float(threshold), 3)))
    best = max(f1 for f1, _ in scored)
    return max((x for x in scored if x[0] >= best - FLAT), key=lambda x: x[1])


def main() -> None:
    """Fit both models and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--readers", type=Path, help="learned coders by fold (training.fit_coder); without, lexicon and syntax alone")
    parser.add_argument("--c", type=float, default=0.2, help="inverse regularisation")
    options = parser.parse_args()
    options.out, options.suffix = where(options.out, options.readers)
    folder = options.shared / "benchmarks" / "articles"
    if not folder.is_dir():
        print(f"skipped: no articles in {folder}")
        return
    readers = open_readers(options.readers)
    run(load_articles(folder, "train", BEFORE, readers), load_passages(None, BEFORE, readers), folder, options)


def run(articles: Sequence[Coded], passages: Sequence[Coded], folder: Path, options: argparse.Namespace) -> None:
    """Fit on analysed articles, helped by marked passages."""
    scorer = load_scorer(options.shared / "benchmarks", "score_articles")
    frames = Frames("en")
    own, more = (list(examples(x, frames, scorer)) for x in (articles, passages))
    data_hash = hashlib.sha256((folder / "train.jsonl").read_bytes()).hexdigest()
    weight = np.full(len(more), PASSAGE_WEIGHT)
    rows, groups = [x.features for x in own], np.array([x.document for x in own])
    for role in ROLES:
        y = np.array([int(bool(x.right[role])) for x in own])
        extra = Extra([x.features for x in more], np.array([int(bool(x.right[role])) for x in more]), weight)
        raw = out_of_fold(rows, y, groups, options.c, extra)
        slope, shift = platt(raw, y)
        f1, threshold = best_threshold(probabilities(raw, slope, shift), own, role)
        model = replace(fit(rows, y, options.c, extra), slope=slope, shift=shift, threshold=threshold)
        manifest = {
            "task": f"probability that a head near a trigger is the event's {role}",
            "fitted_on": f"{len(articles)} coded news articles (train part) and {len(passages)} marked passages of the project's own",
            "data_sha256": data_hash,
            "rows": len(y),
            "regularisation_c": options.c,
            "out_of_fold_f1": f1,
        }
        write(options.out / f"{role}{options.suffix}.json", model, manifest)
        print(f"{role}: {len(y)} heads, {y.mean():.3f} right; out-of-fold F1 {f1:.3f} at {threshold}; {len(model.weights)} weights")


if __name__ == "__main__":
    main()
