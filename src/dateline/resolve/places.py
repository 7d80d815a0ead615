"""Where each event happened: the most precise place that the text supports, several in a list, or none.

Each place of the article gets a score from the features of `place_features` and `place_signals`, the possibility that
no place is told gets one of its own, and the scores are made probabilities together (a conditional logit, McFadden 1974; weights fitted
by ``scripts/train_places.py``). The likeliest place is taken when it is likely enough, and with it the places that
stand in one list with it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import ClassVar

from dateline.errors import DataError
from dateline.models.learned import LearnedModel
from dateline.resolve import place_words
from dateline.resolve.place_features import Scene, lies_in, listed_together
from dateline.resolve.place_signals import EventScene
from dateline.types import Analysis, EventCandidate, Layer, Place, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceModel:
    """Weights by feature, and the probabilities (0-1) from which a place, and one listed beside it, are taken."""

    weights: Mapping[str, float]
    threshold: float
    listed_threshold: float

    @classmethod
    def load(cls, folder: Traversable | None = None) -> PlaceModel:
        """Read the weights of a learned coder's folder, or those that go without one; raise DataError where they cannot be read."""
        source = (folder or resources.files("dateline").joinpath("data", "places")) / "place_weights.json"
        try:
            data = json.loads(source.read_text(encoding="utf-8"))
            return cls(
                weights={str(name): float(weight) for name, weight in data["weights"].items()},
                threshold=float(data["threshold"]),
                listed_threshold=float(data["listed_threshold"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"the weights of the place model are missing or damaged ({error}): reinstall dateline") from error

    def probabilities(self, scene: Scene, candidate: EventCandidate) -> list[float]:
        """Return the probability (0-1) of each of the scene's groups; what is left is that no place is told."""
        scores = [self._score(found) for found in (scene.absence(candidate), *scene.features(candidate))]
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        total = math.fsum(parts)
        return [part / total for part in parts[1:]]

    def _score(self, found: Mapping[str, float]) -> float:
        return math.fsum(self.weights.get(name, 0.0) * value for name, value in found.items())


class Places:
    """Give each candidate its places."""

    name = "resolve.places"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES, Layer.TOPONYMS})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.PLACES})

    def __init__(self, model: PlaceModel | None = None, learned: LearnedModel | None = None) -> None:
        self._model = model or PlaceModel.load(learned.folder if learned else None)
        self._words = place_words.shared()

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with places, which run beside the candidates."""
        return [replace(analysis, places=self._places(analysis)) for analysis in batch]

    def _places(self, analysis: Analysis) -> tuple[tuple[Place, ...], ...]:
        if not analysis.toponyms or not analysis.candidates:
            return tuple(() for _ in analysis.candidates)
        scene = EventScene(analysis, self._words)
        return tuple(self._places_of(analysis, scene, candidate) for candidate in analysis.candidates)

    def _places_of(self, analysis: Analysis, scene: Scene, candidate: EventCandidate) -> tuple[Place, ...]:
        chances = self._model.probabilities(scene, candidate)
        if not chances:
            return ()
        best = max(range(len(chances)), key=lambda i: (chances[i], -i))
        if chances[best] < self._model.threshold:
            return ()
        chosen = [
            i
            for i, chance in enumerate(chances)
            if i == best
            or (
                chance >= self._model.listed_threshold
                and not lies_in(scene.groups[best].place, scene.groups[i].place)
                and not lies_in(scene.groups[i].place, scene.groups[best].place)
                and listed_together(analysis, scene.groups[best].stands, scene.groups[i].stands, candidate.sentence)
            )
        ]
        together = min(1.0, math.fsum(chances[i] for i in chosen))
        return tuple(self._told(scene, i, candidate, together) for i in chosen)

    def _told(self, scene: Scene, index: int, candidate: EventCandidate, chance: float) -> Place:
        """Return the place with the mention that stands nearest to the trigger, earlier ones first."""
        group = scene.groups[index]
        mentions = [stand.toponym for stand in group.stands] or group.peoples
        nearest = min(mentions, key=lambda t: (abs(t.sentence - candidate.sentence), gap(t.span, candidate.trigger.span), t.span))
        return replace(nearest.place, confidence=round(chance * nearest.place.confidence, 4))


def gap(one: Span, other: Span) -> int:
    """Return how many code points lie between two spans, 0 where they overlap."""
    return max(0, one.start - other.end, other.start - one.end)
