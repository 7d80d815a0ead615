"""Fit src/dateline/data/places/toponym_weights.json: python scripts/train_toponyms.py GOLD.jsonl [--write]

GOLD holds one article a line: id, corpus, text, date, title, publisher and toponyms [start, end, text, lat, lon,
geonamesid]. Articles whose id hashes to an even number (`is_fitted`) are fitted on; strength and threshold are chosen
on the others, whose figures are printed and are those to quote. Needs scipy. Writes numbers alone, no text.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from dateline.resolve import countries, gazetteer, place_words
from dateline.resolve.toponym_context import ContextReader
from dateline.resolve.toponym_features import features, kilometres
from dateline.resolve.toponym_marks import Marker
from dateline.resolve.toponym_ranking import Ranker
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Span

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.toponyms import is_fitted, parsed  # noqa: E402

OUTPUT = ROOT / "src/dateline/data/places/toponym_weights.json"
RIGHT_KM = 161.0
NEAR_KM = 20.0
PASSES = 4
"""How often the weights are fitted anew on contexts made with the last ones."""
PRIOR = {
    "kind:PCLI": 18.4, "kind:ADM1": -2.3, "kind:ADM2": -4.6, "kind:PPLC": 1.6, "size": 2.3, "country": 6.9, "beside": 10.0,
    "beside:not": -3.0, "asked": 5.0, "asked:half": 2.5, "other_name": -2.3, "eclipsed": -3.5, "province:named": 3.5,
    "name_past": -3.5, "town_of_unit": 1.0,
}  # fmt: skip
"""Weights set by hand, to which the fitted ones are pulled where the articles say little: natural log of odds."""
STRENGTHS = (0.3, 1.0, 3.0, 10.0)
"""How strongly."""
SAME = 0.003
"""Figures no further apart are taken for the same, and then the stronger pull is chosen."""


def groups_of(
    rows: Sequence[Mapping[str, Any]], analyses: Sequence[Analysis], ranker: Ranker
) -> list[tuple[list[dict[str, float]], list[bool], float]]:
    """Return, for each name of each article: the features of its readings, which are right, and what it weighs."""
    table, places = countries.shared(), gazetteer.shared()
    marker, contexts = Marker(places, table, place_words.shared()), ContextReader(places, table, ranker)
    mass = Counter(row["corpus"] for row in rows for t in row["toponyms"] if t["lat"] is not None)
    made = []
    for row, analysis in zip(rows, analyses, strict=True):
        gold = {Span(t["start"], t["end"]): t for t in row["toponyms"]}
        marks = sorted((m for m in marker.given(analysis, list(gold)) if m), key=lambda m: (m.first, m.last))
        if not marks:
            continue
        ranked, context = contexts.rank(analysis, marks)
        asked = contexts.surroundings(analysis, marks)
        truths: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for mark in marks:
            truth = gold[mark.span(analysis)]
            if mark.text in ranked and truth["lat"] is not None:
                truths[mark.text].append(truth)
        for text, mentions in truths.items():
            entries = [e for _, e in ranked[text]]
            truth = mentions[0]
            far = [kilometres(truth["lat"], truth["lon"], e.latitude, e.longitude) for e in entries]
            same = [str(e.geonameid) == str(truth.get("geonamesid")) for e in entries]
            right = same if any(same) else [f <= NEAR_KM for f in far]
            right = right if any(right) else [f <= RIGHT_KM for f in far]
            if any(right) and not all(right):
                made.append((features(entries, context, asked[text]), right, len(mentions) / mass[row["corpus"]]))
    return made


def fit(groups: Sequence[tuple[list[dict[str, float]], list[bool], float]], strength: float) -> dict[str, float]:
    """Fit a conditional logit in which any right reading counts; `strength` is that of the pull to `PRIOR`."""
    names = sorted({name for found, _, _ in groups for one in found for name in one} | set(PRIOR))
    column = {name: i for i, name in enumerate(names)}
    rows = [one for found, _, _ in groups for one in found]
    x = np.zeros((len(rows), len(names)))
    for i, one in enumerate(rows):
        for name, value in one.items():
            x[i, column[name]] = value
    starts = np.cumsum([0, *(len(found) for found, _, _ in groups)])[:-1]
    sizes = np.array([len(found) for found, _, _ in groups])
    right = np.array([r for _, rights, _ in groups for r in rights])
    weight = np.array([w for _, _, w in groups])
    weight = weight * (len(groups) / weight.sum())

    def logsum(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        top = np.maximum.reduceat(scores, starts)
        parts = np.exp(scores - np.repeat(top, sizes))
        sums = np.add.reduceat(parts, starts)
        return top + np.log(sums), parts / np.repeat(sums, sizes)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        every, share = logsum(scores)
        good, good_share = logsum(np.where(right, scores, -1e9))
        slope = x.T @ (np.repeat(weight, sizes) * (share - good_share))
        return float(weight @ (every - good) + strength * (w - prior) @ (w - prior) / 2), slope + strength * (w - prior)

    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(value), 3) for name, value in zip(names, found.x, strict=True)}


def accuracy(rows: Sequence[Mapping[str, Any]], analyses: Sequence[Analysis], ranker: Ranker) -> dict[str, float]:
    """Return, by corpus, the share of the gold places with a point that are put within 161 km, spans given."""
    stage = Toponyms(ranker=ranker)
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, analysis in zip(rows, analyses, strict=True):
        made = stage.resolve(analysis, [Span(t["start"], t["end"]) for t in row["toponyms"]])
        for truth, toponym in zip(row["toponyms"], made, strict=True):
            if truth["lat"] is None:
                continue
            total[row["corpus"]] += 1
            place = toponym.place if toponym else None
            if place and place.latitude is not None and place.longitude is not None:
                hits[row["corpus"]] += kilometres(truth["lat"], truth["lon"], place.latitude, place.longitude) <= RIGHT_KM
    return {corpus: round(hits[corpus] / total[corpus], 4) for corpus in sorted(total)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the ranker of place readings.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weight file (default: only show the figures)")
    chosen = parser.parse_args()
    rows = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines()]
    analyses = parsed(rows)
    run(rows, analyses, write=chosen.write)


def run(rows: Sequence[Mapping[str, Any]], analyses: Sequence[Analysis], *, write: bool) -> Ranker:
    pairs = list(zip(rows, analyses, strict=True))
    fitted = [pair for pair in pairs if is_fitted(pair[0]["id"])]
    other = [pair for pair in pairs if not is_fitted(pair[0]["id"])]
    tried: list[tuple[float, Ranker]] = []
    for strength in STRENGTHS:
        ranker = Ranker(weights=PRIOR, threshold=0.0)
        for _ in range(PASSES):
            ranker = Ranker(weights=fit(groups_of(*zip(*fitted, strict=True), ranker), strength), threshold=0.0)  # type: ignore[arg-type]
        found = accuracy(*zip(*other, strict=True), ranker)  # type: ignore[arg-type]
        mean = math.fsum(found.values()) / len(found)
        print(f"strength {strength}: mean {mean:.4f} {found}")
        tried.append((mean, ranker))
    enough = max(mean for mean, _ in tried) - SAME
    chosen = [ranker for mean, ranker in tried if mean >= enough][-1]
    ranker = Ranker(weights=chosen.weights, threshold=THRESHOLD)
    print("chosen, half not fitted on:", accuracy(*zip(*other, strict=True), ranker))  # type: ignore[arg-type]
    if write:
        source = "conditional logit fitted by scripts/train_toponyms.py on news articles with known places (SOURCE.md)"
        data = {"source": source, "threshold": THRESHOLD, "weights": dict(sorted(ranker.weights.items()))}
        OUTPUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return ranker


THRESHOLD = 0.2
"""Below this probability no reading is taken: the name is told without a point."""

if __name__ == "__main__":
    main()
