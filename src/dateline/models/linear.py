"""A logistic regression over named features, read from a JSON file that says what it was fitted on.

The feature names are the model's only vocabulary, so a weight file can be read by eye and an explanation can quote it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from dateline.errors import DataError

FAINT = 1e-6
"""Probabilities nearer to 0 or 1 than this are taken for this."""

SHOWN = 3
"""How many features an explanation quotes for and against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """Bias, a weight a feature name, the slope and shift that calibrate the log odds, and the threshold to act on."""

    bias: float
    weights: dict[str, float]
    slope: float
    shift: float
    threshold: float
    """Probability (0 to 1) from which the answer is taken for yes."""
    presets: Mapping[str, float] = field(default_factory=dict)
    """Other thresholds (0 to 1) by name."""
    event_slope: float = 1.0
    event_shift: float = 0.0
    """What turns the log odds of an event's best candidate into those of the whole event, after joining."""

    def of_event(self, probability: float) -> float:
        """Return how likely an event is right (0 to 1), given how likely its best candidate is."""
        if (self.event_slope, self.event_shift) == (1.0, 0.0):
            return probability
        odds = math.log(max(probability, FAINT) / max(1.0 - probability, FAINT))
        return 1.0 / (1.0 + math.exp(-(self.event_slope * odds + self.event_shift)))

    def threshold_for(self, preset: str) -> float:
        """Return the threshold of a preset; that of the model where it has none of its own."""
        return self.presets.get(preset, self.threshold)

    def score(self, features: Sequence[str]) -> float:
        """Return the calibrated probability (0 to 1) for a list of features."""
        total = self.bias + sum(self.weights.get(f, 0.0) for f in features)
        return 1.0 / (1.0 + math.exp(-(self.slope * total + self.shift)))

    def reasons(self, features: Sequence[str]) -> str:
        """Name the features that weigh most, for and against."""
        weighed = sorted(((self.weights.get(f, 0.0), f) for f in features), key=lambda x: (x[0], x[1]))
        against = [f"{f} {w:+.2f}" for w, f in weighed[:SHOWN] if w < 0]
        favour = [f"{f} {w:+.2f}" for w, f in reversed(weighed[-SHOWN:]) if w > 0]
        return f"for: {', '.join(favour) or 'nothing'}; against: {', '.join(against) or 'nothing'}"


LEVELS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Probabilities at which `levels` cuts."""


def levels(name: str, probability: float | None) -> Iterator[str]:
    """Yield a probability as features: one for each of `LEVELS` that it reaches, so that the model can bend its answer."""
    if probability is None:
        yield f"{name}=none"
        return
    for level in LEVELS:
        if probability < level:
            break
        yield f"{name}>{level}"


@cache
def load_linear(name: str) -> LinearModel:
    """Read ``data/models/<name>.json``. Raises `DataError` where it is missing or damaged."""
    return read_linear(files("dateline") / "data" / "models" / f"{name}.json")


def read_linear(path: Traversable) -> LinearModel:
    """Read a weight file. Raises `DataError` where it is missing or damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(feature): number(weight) for feature, weight in data["weights"].items()}
        presets = {str(name): number(value) for name, value in data.get("presets", {}).items()}
        event = {k: number(data[k]) for k in ("event_slope", "event_shift") if k in data}
        return LinearModel(
            weights=weights, presets=presets, **event, **{k: number(data[k]) for k in ("bias", "slope", "shift", "threshold")}
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the weights {path.name} cannot be read: {error}") from error


def number(value: object) -> float:
    """Return a number of a weight file. Raises `TypeError` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)
