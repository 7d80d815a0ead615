"""Fit the two linear models on coded articles: ``python -m training.fit_linear --shared ../shared``.

*Confidence*: a candidate is right when a gold event of its type is told in its sentence. *Same event*: two right
candidates of one type are one when they tell the same gold event. Both are fitted on the training articles alone; folds by
document give the out-of-fold scores on which they are calibrated and on which both thresholds are chosen, for the best
mean of the figures of whole events and their fields after merging. Dev files are not read.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from dateline.events.features import all_features
from dateline.merge.same_event import learned_scores, pair_features, possible, told, types_of
from dateline.merge.within_document import WithinDocument
from dateline.models.linear import LinearModel
from dateline.record import event_to_dict
from training.corpus import Coded, gold_event, is_right, load_articles, load_passages, load_scorer, open_readers, where
from training.regression import FOLDS, Extra, fit, out_of_fold, platt, probabilities, raw_scores, write

BEFORE = "events.confidence"
FLAT = 0.002
"""Differences of the mean smaller than this are taken for none."""

PAIRED = 0.25
"""Candidates under this out-of-fold probability make no pairs: the merge will seldom see them."""

PASSAGE_WEIGHT = 0.5
"""What a candidate of a marked passage weighs beside one of an article: passages are short and denser in events than news."""

CHOSEN_BY = ("event", "quad", "sentence", "record", "actor", "recipient", "place")
"""Figures whose mean chooses the thresholds: events alone would join too much, at the cost of the fields."""


def with_confidences(articles: Sequence[Coded], p: np.ndarray) -> list[Coded]:
    """Set each candidate's probability."""
    out, at = [], 0
    for coded in articles:
        n = len(coded.analysis.candidates)
        out.append(replace(coded, analysis=replace(coded.analysis, confidences=tuple(float(x) for x in p[at : at + n]))))
        at += n
    return out


def pairs_of(articles: Sequence[Coded]) -> tuple[list[list[str]], np.ndarray, np.ndarray]:
    """Return features, labels and document numbers of all pairs of right candidates of one type."""
    rows, labels, groups = [], [], []
    for number, coded in enumerate(articles):
        kept = [t for t in told(coded.analysis) if t.confidence >= PAIRED]
        counts = types_of(kept)
        tells = {t.number: gold_event(coded, t.number) for t in kept}
        pairs = [(a, b) for a, b in combinations(kept, 2) if possible(a, b) and tells[a.number] is not None and tells[b.number] is not None]
        for (a, b), learned in zip(pairs, learned_scores(coded.analysis, pairs), strict=True):
            rows.append(pair_features(a, b, counts[a.candidate.event_type], learned))
            labels.append(int(tells[a.number] == tells[b.number]))
            groups.append(number)
    return rows, np.array(labels), np.array(groups)


def fold_models(rows: list[list[str]], y: np.ndarray, groups: np.ndarray, c: float, documents: int) -> dict[int, LinearModel]:
    """Return for each document a pair model that has not seen it."""
    everyone = np.arange(documents)
    out: dict[int, LinearModel] = {}
    for train, test in GroupKFold(n_splits=FOLDS).split(everyone, groups=everyone):
        chosen = np.isin(groups, train)
        model = fit([r for r, k in zip(rows, chosen, strict=True) if k], y[chosen], c)
        slope, shift = platt(raw_scores(model, rows), y)
        for number in test:
            out[int(number)] = replace(model, slope=slope, shift=shift)
    return out


def score_at(articles: Sequence[Coded], low: float, join: float, models: dict[int, LinearModel], scorer: ModuleType) -> dict[str, Any]:
    """Merge with two thresholds and score the events with the benchmark's scorer."""
    records = []
    for number, coded in enumerate(articles):
        stage = WithinDocument(threshold=low, model=replace(models[number], threshold=join))
        (coded_events,) = stage([coded.analysis])
        records += [event_to_dict(e, coded.analysis.document) for e in coded_events.events]
    result: dict[str, Any] = scorer.score([c.gold for c in articles], records, [c.document for c in articles])
    return result


def events_right(
    articles: Sequence[Coded], low: float, join: float, models: dict[int, LinearModel], scorer: ModuleType
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log odds of all events after merging, and whether each is a gold event's match: what confidence is calibrated on."""
    odds, right = [], []
    for number, coded in enumerate(articles):
        stage = WithinDocument(threshold=low, model=replace(models[number], threshold=join, event_slope=1.0, event_shift=0.0))
        (analysis,) = stage([coded.analysis])
        records = [event_to_dict(e, coded.analysis.document) for e in analysis.events]
        where = [scorer.sentence_of(r, coded.document["sentences"]) for r in records]
        matched = {j for _, j in scorer.align(coded.gold["events"], records, where, lambda g, p: g["type"] == p["event"][0])}
        odds += [float(np.log(max(e.confidence, 1e-6) / max(1 - e.confidence, 1e-6))) for e in analysis.events]
        right += [int(j in matched) for j in range(len(records))]
    return np.array(odds), np.array(right)


def main() -> None:
    """Fit both models, choose the thresholds, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--readers", type=Path, help="learned coders by fold (training.fit_coder); without, lexicon and syntax alone")
    parser.add_argument("--c", type=float, default=0.05, help="inverse regularisation of the confidence model")
    parser.add_argument("--pair-c", type=float, default=0.1, help="inverse regularisation of the same-event model")
    options = parser.parse_args()
    options.out, options.suffix = where(options.out, options.readers)
    folder = options.shared / "benchmarks" / "articles"
    if not folder.is_dir():
        print(f"skipped: no articles in {folder}")
        return
    readers = open_readers(options.readers)
    run(load_articles(folder, "train", BEFORE, readers), load_passages(None, BEFORE, readers), folder, options)


def precise(p: np.ndarray, y: np.ndarray, share: float = 0.9) -> float:
    """Return the lowest threshold from which on so large a share of candidates is right."""
    return next((round(float(t), 2) for t in np.arange(0.3, 0.95, 0.01) if y[p >= t].mean() >= share), 0.95)


def keeping(p: np.ndarray, y: np.ndarray, share: float = 0.9) -> float:
    """Return the highest threshold that keeps so large a share of the right candidates."""
    return round(float(np.floor(100 * np.quantile(p[y > 0], 1 - share)) / 100), 2)


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error (0 to 1) over bins of equal width (Guo et al. 2017)."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[at == b].mean() - y[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any()))


def examples(articles: Sequence[Coded]) -> tuple[list[list[str]], np.ndarray]:
    """Return features and labels of all candidates."""
    rows = [row for coded in articles for row in all_features(coded.analysis)]
    return rows, np.array([int(is_right(coded, c)) for coded in articles for c in coded.analysis.candidates])


def run(articles: list[Coded], passages: list[Coded], folder: Path, options: argparse.Namespace) -> None:
    """Fit on analysed articles, helped by marked passages."""
    scorer = load_scorer(options.shared / "benchmarks", "score_articles")
    rows, y = examples(articles)
    extra_rows, extra_y = examples(passages)
    more = Extra(extra_rows, extra_y, np.full(len(extra_y), PASSAGE_WEIGHT))
    groups = np.array([i for i, coded in enumerate(articles) for _ in coded.analysis.candidates])
    raw = out_of_fold(rows, y, groups, options.c, more)
    slope, shift = platt(raw, y)
    print(f"{len(articles)} articles, {len(y)} candidates, {y.mean():.3f} right")
    articles = with_confidences(articles, probabilities(raw, slope, shift))
    pair_rows, pair_y, pair_groups = pairs_of(articles)
    pair_raw = out_of_fold(pair_rows, pair_y, pair_groups, options.pair_c)
    agree = ((pair_raw > 0) == pair_y).mean()
    print(f"{len(pair_y)} pairs, {pair_y.mean():.3f} one event; out-of-fold accuracy {agree:.3f}")
    models = fold_models(pair_rows, pair_y, pair_groups, options.pair_c, len(articles))
    tried: list[tuple[float, float, float, float]] = []
    for low in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        for join in (0.4, 0.5, 0.6, 0.7):
            scores = score_at(articles, low, join, models, scorer)
            mean = sum(scores[k]["f1"] for k in CHOSEN_BY) / len(CHOSEN_BY)
            print(f"threshold {low:.2f} join {join:.2f}: mean {mean:.4f}, " + ", ".join(f"{k} {scores[k]['f1']:.3f}" for k in CHOSEN_BY))
            tried.append((mean, join, low, scores["event"]["f1"]))
    top = max(mean for mean, _, _, _ in tried)
    # of settings that are as good the one that joins least: what is joined wrongly loses the fields of two events
    _, join, low, event_f1 = max((x for x in tried if x[0] >= top - FLAT), key=lambda x: (x[1], x[0]))
    manifest = {
        "fitted_on": f"{len(articles)} coded news articles (train part) and {len(passages)} marked passages of the project's own",
        "data_sha256": hashlib.sha256((folder / "train.jsonl").read_bytes()).hexdigest(),
        "out_of_fold_event_f1": event_f1,
    }
    p = probabilities(raw, slope, shift)
    presets = {"precision": precise(p, y), "recall": keeping(p, y)}
    print(f"presets {presets}; expected calibration error, out of fold {calibration_error(p, y):.3f}")
    confidence = replace(fit(rows, y, options.c, more), slope=slope, shift=shift, threshold=low, presets=presets)
    task = "probability that a trigger candidate reports an event of its type"
    write(
        options.out / f"confidence{options.suffix}.json",
        confidence,
        {"task": task, "rows": len(y), "regularisation_c": options.c, **manifest},
    )
    pair_slope, pair_shift = platt(pair_raw, pair_y)
    pair = replace(fit(pair_rows, pair_y, options.pair_c), slope=pair_slope, shift=pair_shift, threshold=join)
    event_slope, event_shift = platt(*events_right(articles, low, join, models, scorer))
    pair = replace(pair, event_slope=event_slope, event_shift=event_shift)
    task = "probability that two trigger candidates of one article tell of one event"
    write(
        options.out / f"same-event{options.suffix}.json",
        pair,
        {"task": task, "rows": len(pair_y), "regularisation_c": options.pair_c, **manifest},
    )
    print(f"wrote {len(confidence.weights)} and {len(pair.weights)} weights; out-of-fold event F1 {event_f1:.3f} at {low} and {join}")


if __name__ == "__main__":
    main()
