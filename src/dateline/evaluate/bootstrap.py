"""Say how far a figure would move with other documents: the bootstrap over documents.

The document is the unit that is drawn, as events of one article are not independent (Efron and Tibshirani,
An Introduction to the Bootstrap, 1993, chapters 13 and 16). Two coders are compared on the same draws, so that the
difference is paired (Berg-Kirkpatrick et al. 2012, An Empirical Investigation of Statistical Significance in NLP).
Intervals are the 2.5th and 97.5th percentile. Every draw is seeded: the same input gives the same interval.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")

RESAMPLES = 1000
SEED = 20250101


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure (a fraction from 0 to 1) and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much better the second coder is than the first, with a 95 % interval.

    `not_better` is the share of draws (0 to 1) in which the second coder is not ahead.
    """

    value: float
    low: float
    high: float
    not_better: float


def draws(documents: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[list[int]]:
    """Yield, `resamples` times, the indices of as many documents drawn with replacement."""
    generator = random.Random(seed)  # noqa: S311 - repeatable draws are wanted, not secret ones
    everyone = range(documents)
    for _ in range(resamples):
        yield generator.choices(everyone, k=documents)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie, between two values in proportion."""
    if not values:
        raise ValueError("no values to take a percentile of")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def intervals(
    rows: Sequence[Row],
    statistics: Callable[[Sequence[Row]], Mapping[str, float]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Interval]:
    """Return every figure of `statistics` with its interval.

    Args:
        rows: what is known of each document, one item a document.
        statistics: from some documents' rows to the figures by name.
        resamples: how many draws.
        seed: of the draws.
    """
    values = statistics(rows)
    if not rows:
        return {name: Interval(value=value, low=value, high=value) for name, value in values.items()}
    drawn: dict[str, list[float]] = {name: [] for name in values}
    for indices in draws(len(rows), resamples, seed):
        figures = statistics([rows[i] for i in indices])
        for name, sample in drawn.items():
            sample.append(figures.get(name, 0.0))
    return {
        name: Interval(value=value, low=percentile(drawn[name], 0.025), high=percentile(drawn[name], 0.975))
        for name, value in values.items()
    }


def paired_difference(
    first: Sequence[Row],
    second: Sequence[Row],
    statistic: Callable[[Sequence[Row]], float],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Difference:
    """Compare two coders on the same documents, given in the same order; the difference is second less first."""
    if len(first) != len(second):
        raise ValueError(f"paired rows must be as many: {len(first)} and {len(second)}")
    value = statistic(second) - statistic(first)
    if not first:
        return Difference(value=value, low=value, high=value, not_better=1.0)
    found = [
        statistic([second[i] for i in indices]) - statistic([first[i] for i in indices]) for indices in draws(len(first), resamples, seed)
    ]
    return Difference(
        value=value,
        low=percentile(found, 0.025),
        high=percentile(found, 0.975),
        not_better=sum(d <= 0 for d in found) / len(found),
    )
