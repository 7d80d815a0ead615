"""Logistic and ridge regressions over named features, fitted by the bench alone and never shipped.

A set whose task is not ours (templates of incidents, degrees of factuality) needs something that turns what Dateline says into its answers.
Such a head is fitted on the set's train part only, and its figures are reported apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.shared import AbsentError

LEAST = 2
"""A feature must stand in this many rows."""

Features = Sequence[str]


@dataclass(frozen=True, slots=True)
class Head:
    """Weights by feature name."""

    bias: float
    weights: Mapping[str, float]

    def total(self, features: Features) -> float:
        """Return bias and weights added up: log odds of a logistic head, the value itself of a ridge."""
        return self.bias + sum(self.weights.get(f, 0.0) for f in features)

    def probability(self, features: Features) -> float:
        """Return the probability (0 to 1) by a logistic head."""
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, self.total(features)))))


def sparse(rows: Sequence[Features]) -> tuple[Any, list[str]]:
    """Return the rows as a 0/1 matrix with the names of its columns."""
    try:
        from scipy.sparse import csr_matrix
    except ImportError as problem:  # scikit-learn brings scipy
        raise AbsentError("scikit-learn, with which the set's head is fitted, is not installed (pip install -e '.[train]')") from problem
    count = Counter(f for row in rows for f in set(row))
    names = sorted(f for f, n in count.items() if n >= LEAST)
    column = {f: i for i, f in enumerate(names)}
    pointers, indices = [0], []
    for row in rows:
        indices += sorted({column[f] for f in row if f in column})
        pointers.append(len(indices))
    return csr_matrix(([1.0] * len(indices), indices, pointers), shape=(len(rows), len(names))), names


def fit_logistic(rows: Sequence[Features], answers: Sequence[bool], c: float) -> Head:
    """Fit a logistic regression with inverse regularisation `c`; where all answers are one, that is always the answer."""
    if len(set(answers)) < 2:
        return Head(20.0 if any(answers) else -20.0, {})
    matrix, names = sparse(rows)
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, solver="liblinear", max_iter=300, random_state=0).fit(matrix, list(answers))
    return Head(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))


def fit_ridge(rows: Sequence[Features], values: Sequence[float], alpha: float) -> Head:
    """Fit a ridge regression with penalty `alpha`."""
    matrix, names = sparse(rows)
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=alpha, solver="sparse_cg", random_state=0).fit(matrix, list(values))
    return Head(float(model.intercept_), dict(zip(names, map(float, model.coef_), strict=True)))
