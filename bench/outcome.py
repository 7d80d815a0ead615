"""What a set's adapter hands back, in one shape for all sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.coding import Coded
from dateline.evaluate.bootstrap import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One set, coded and scored. `scores` is the scorer's own output; `figures` are its main figures by name."""

    set_name: str
    part: str
    scores: Mapping[str, Any]
    figures: Mapping[str, Interval]
    coded: Coded
    gold_events: int
    floor: Mapping[str, float]


def f1(hit: float, gold: float, predicted: float) -> float:
    """Return F1 from counts; nothing of nothing is 0."""
    return 2 * hit / (gold + predicted) if hit else 0.0
