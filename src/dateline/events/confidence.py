"""How likely a candidate is an event: a linear model over named features, fitted on coded articles.

The weights are data (``data/models/confidence-<language>.json``) with a manifest that says what they were fitted on.
A score is a probability: of the candidates given 0.8, about 80 % report an event of their type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.events.features import all_features
from dateline.models.linear import LinearModel, load_linear
from dateline.types import Analysis, EventCandidate, Layer


class Confidence:
    """Score every candidate; the merge drops what stays under the threshold."""

    name = "events.confidence"
    requires: ClassVar[frozenset[Layer]] = frozenset(
        {Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES, Layer.CANDIDATES, Layer.INTERVALS, Layer.PLACES, Layer.SIDES}
    )
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CONFIDENCES, Layer.CANDIDATES})

    def __init__(self, language: str = "en", model: LinearModel | None = None) -> None:
        self.model = model or load_linear(f"confidence-{language}")

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with a probability beside each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        features = all_features(analysis)
        scores = tuple(self.model.score(f) for f in features)
        noted = tuple(self._note(c, s, f) for c, s, f in zip(analysis.candidates, scores, features, strict=True))
        return replace(analysis, candidates=noted, confidences=scores)

    def _note(self, candidate: EventCandidate, score: float, features: Sequence[str]) -> EventCandidate:
        return replace(candidate, notes=(*candidate.notes, f"{self.name}: {score:.2f}; {self.model.reasons(features)}"))
