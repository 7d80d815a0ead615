"""Fitting a logistic regression over named features, and writing it as a weight file with its manifest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from dateline.models.linear import LinearModel

FOLDS = 5
LEAST = 4
"""A feature must stand in this many rows."""

SMALLEST = 0.01
"""Weights nearer to 0 than this are left out of the file."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Extra:
    """Further rows that help every fit and are never held out; `weight` says what each weighs beside a proper row (1)."""

    rows: Rows
    y: np.ndarray
    weight: np.ndarray


def matrix(rows: Rows, vocabulary: dict[str, int]) -> csr_matrix:
    """Turn feature lists into a sparse 0/1 matrix (rows x vocabulary)."""
    indptr, indices = [0], []
    for row in rows:
        indices += [vocabulary[f] for f in row if f in vocabulary]
        indptr.append(len(indices))
    return csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=(len(rows), len(vocabulary)))


def vocabulary_of(rows: Rows) -> dict[str, int]:
    """Number the features that are frequent enough, in alphabetical order."""
    count: dict[str, int] = {}
    for row in rows:
        for f in row:
            count[f] = count.get(f, 0) + 1
    return {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST))}


def fit(rows: Rows, y: np.ndarray, c: float, extra: Extra | None = None) -> LinearModel:
    """Fit the regression with inverse regularisation `c`; uncalibrated (slope 1, shift 0)."""
    weight = None
    if extra is not None and len(extra.y):
        weight = np.concatenate([np.ones(len(y)), extra.weight])
        rows, y = [*rows, *extra.rows], np.concatenate([y, extra.y])
    vocabulary = vocabulary_of(rows)
    model = LogisticRegression(C=c, max_iter=2000, solver="liblinear", random_state=0)
    model.fit(matrix(rows, vocabulary), y, sample_weight=weight)
    weights = {f: round(float(model.coef_[0][i]), 4) for f, i in vocabulary.items()}
    kept = {f: w for f, w in sorted(weights.items()) if abs(w) >= SMALLEST}
    return LinearModel(bias=round(float(model.intercept_[0]), 4), weights=kept, slope=1.0, shift=0.0, threshold=0.5)


def raw_scores(model: LinearModel, rows: Rows) -> np.ndarray:
    """Return the log odds of each row."""
    return np.array([model.bias + sum(model.weights.get(f, 0.0) for f in row) for row in rows])


def out_of_fold(rows: Rows, y: np.ndarray, groups: np.ndarray, c: float, extra: Extra | None = None) -> np.ndarray:
    """Return each row's log odds by a model that has not seen its document."""
    raw = np.zeros(len(y))
    for train, test in GroupKFold(n_splits=FOLDS).split(np.zeros(len(y)), y, groups):
        model = fit([rows[i] for i in train], y[train], c, extra)
        raw[test] = raw_scores(model, [rows[i] for i in test])
    return raw


def platt(raw: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return slope and shift that calibrate log odds (Platt 1999)."""
    model = LogisticRegression(C=1e6).fit(raw.reshape(-1, 1), y)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def probabilities(raw: np.ndarray, slope: float, shift: float) -> np.ndarray:
    """Turn log odds into calibrated probabilities."""
    return np.asarray(1 / (1 + np.exp(-(slope * raw + shift))))


def write(path: Path, model: LinearModel, manifest: dict[str, Any]) -> None:
    """Write a weight file: the manifest first, then the model, one weight a line."""
    data = {
        **manifest,
        "threshold": model.threshold,
        **({"presets": dict(model.presets)} if model.presets else {}),
        "bias": model.bias,
        **(
            {"event_slope": model.event_slope, "event_shift": model.event_shift}
            if (model.event_slope, model.event_shift) != (1.0, 0.0)
            else {}
        ),
        "slope": model.slope,
        "shift": model.shift,
        "weights": model.weights,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
