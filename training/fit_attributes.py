"""Fit the attribute models: ``python -m training.fit_attributes --shared ../shared --readers FOLDER``.

For each candidate that tells one gold event, every attribute that the learned coder knows and that fits the candidate's
type is an example: right where the event has it. Passages help with modes, flags and claims, at half the weight: they hold
most of the rare flags, but far more densely than news. Thresholds are chosen for the best F1 a kind over articles, out of fold.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from dateline.events.attributes import KINDS, Attributes, attribute_features, fitting, said_by_rules
from training.corpus import Coded, load_articles, load_passages, open_readers, where
from training.fit_roles import told_event
from training.lessons import ARTICLE_KINDS, PASSAGE_KINDS, attributes_of
from training.regression import Extra, fit, out_of_fold, platt, probabilities, write

BEFORE = Attributes.name
PASSAGE_WEIGHT = 0.5


def examples(corpus: Sequence[Coded], kinds: frozenset[str], first: int) -> Iterator[tuple[str, list[str], int, int]]:
    """Yield (kind, features, right, document) of every attribute of every candidate that tells an event."""
    for number, coded in enumerate(corpus, first):
        encoding = coded.analysis.encoding
        if encoding is None:
            raise SystemExit("the attribute models weigh a learned coder's scores: give --readers")
        for index, candidate in enumerate(coded.analysis.candidates):
            event = told_event(coded, index)
            if event is None:
                continue
            gold, said = attributes_of(event), said_by_rules(candidate)
            scores = encoding.attribute_scores(coded.analysis.tokens[candidate.trigger.head])
            for name, score in zip(encoding.attributes, scores, strict=True):
                kind = name.partition(":")[0]
                if kind in kinds and fitting(name, candidate):
                    yield kind, list(dict.fromkeys(attribute_features(name, score, said, candidate))), int(name in gold), number


def best_threshold(p: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return (F1, threshold)."""
    scored = []
    for threshold in np.arange(0.2, 0.61, 0.02):
        chosen = p >= threshold
        scored.append((2 * float((chosen & (y > 0)).sum()) / max(1.0, float(chosen.sum() + y.sum())), round(float(threshold), 2)))
    return max(scored)


def main() -> None:
    """Fit the models and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--readers", type=Path, required=True, help="learned coders by fold (training.fit_coder)")
    parser.add_argument("--c", type=float, default=0.2, help="inverse regularisation")
    options = parser.parse_args()
    options.out, _ = where(options.out, options.readers)
    folder = options.shared / "benchmarks" / "articles"
    if not folder.is_dir():
        print(f"skipped: no articles in {folder}")
        return
    readers = open_readers(options.readers)
    run(load_articles(folder, "train", BEFORE, readers), load_passages(None, BEFORE, readers), folder, options)


def run(articles: Sequence[Coded], passages: Sequence[Coded], folder: Path, options: argparse.Namespace) -> None:
    """Fit on analysed articles and passages."""
    found, helping = list(examples(articles, ARTICLE_KINDS, 0)), list(examples(passages, PASSAGE_KINDS, len(articles)))
    for kind in KINDS:
        rows = [features for k, features, _, _ in found if k == kind]
        y = np.array([right for k, _, right, _ in found if k == kind])
        groups = np.array([number for k, _, _, number in found if k == kind])
        more = [(features, right) for k, features, right, _ in helping if k == kind]
        extra = Extra([f for f, _ in more], np.array([r for _, r in more], dtype=int), np.full(len(more), PASSAGE_WEIGHT))
        ruled = np.array(["rule=rule" in row for row in rows])
        alone = 2 * float((ruled & (y > 0)).sum()) / max(1.0, float(ruled.sum() + y.sum()))
        raw = out_of_fold(rows, y, groups, options.c, extra)
        slope, shift = platt(raw, y)
        f1, threshold = best_threshold(probabilities(raw, slope, shift), y)
        manifest = {
            "task": f"probability that an event has an attribute of the kind {kind!r}",
            "fitted_on": f"{len(articles)} coded news articles (train part) and {len(passages)} marked passages of the project's own",
            "data_sha256": hashlib.sha256((folder / "train.jsonl").read_bytes()).hexdigest(),
            "rows": len(y),
            "regularisation_c": options.c,
            "out_of_fold_f1": round(f1, 4),
            "rules_alone_f1": round(alone, 4),
        }
        write(
            options.out / f"attribute-{kind}.json",
            replace(fit(rows, y, options.c, extra), slope=slope, shift=shift, threshold=threshold),
            manifest,
        )
        print(f"{kind}: {len(y)} rows, {y.mean():.3f} right; out-of-fold F1 {f1:.3f} at {threshold}; rules alone {alone:.3f}")


if __name__ == "__main__":
    main()
