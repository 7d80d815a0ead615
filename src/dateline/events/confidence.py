"""How likely a candidate is an event: a linear model over named features, fitted on coded articles.

The weights are data (``data/models/confidence-<language>.json``) with a manifest that says what they were fitted on.
A score is a probability: of the candidates given 0.8, about 80 % report an event of their type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.encoding import Encoding
from dateline.events.features import all_features
from dateline.events.lexicon import MODEL_RULE
from dateline.models.learned import LearnedModel
from dateline.models.linear import LinearModel, load_linear
from dateline.types import Analysis, EventCandidate, Layer

SHOWN = 4
SHOWN_FROM = 0.1
"""Words that carry a trigger are quoted, up to so many, from this score (probability 0-1) on."""


class Confidence:
    """Score every candidate; the merge drops what stays under the threshold."""

    name = "events.confidence"
    requires: ClassVar[frozenset[Layer]] = frozenset(
        {Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES, Layer.CANDIDATES, Layer.INTERVALS, Layer.PLACES, Layer.SIDES}
    )
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CONFIDENCES, Layer.CANDIDATES})

    def __init__(self, language: str = "en", learned: LearnedModel | None = None, model: LinearModel | None = None) -> None:
        self.model = model or (learned.linear("confidence") if learned else load_linear(f"confidence-{language}"))
        self.alone = load_linear(f"confidence-{language}") if learned else None

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with a probability beside each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        features = all_features(analysis)
        scores = tuple(self._score(c, analysis.encoding, f) for c, f in zip(analysis.candidates, features, strict=True))
        noted = tuple(self._note(c, s, f) for c, s, f in zip(analysis.candidates, scores, features, strict=True))
        if analysis.encoding is not None:
            noted = tuple(
                replace(c, notes=(*c.notes, seen(c, analysis, analysis.encoding), self._alone(c, f)))
                for c, f in zip(noted, features, strict=True)
            )
        return replace(analysis, candidates=noted, confidences=scores)

    def _score(self, candidate: EventCandidate, encoding: Encoding | None, features: Sequence[str]) -> float:
        """Return the model's probability; where no word of the lexicon stands behind a candidate, the mean of the learned scores.

        Such candidates were not there when the weights were fitted.
        """
        if encoding is None or f".{MODEL_RULE}." not in candidate.rule:
            return self.model.score(features)
        kind, token = candidate.event_type, candidate.trigger.head
        scores = [encoding.sentence_score(candidate.sentence, kind), encoding.trigger_score(token, kind)]
        known = [s for s in (*scores, encoding.candidate_score(token, kind)) if s is not None]
        return sum(known) / len(known) if known else 0.0

    def _alone(self, candidate: EventCandidate, features: Sequence[str]) -> str:
        """Say what the lexicon and the syntax would have made of it without the learned coder."""
        if f".{MODEL_RULE}." in candidate.rule:
            return f"{self.name}: the lexicon would have said nothing: it has no word for it"
        if self.alone is None:
            return f"{self.name}: no weights for lexicon and syntax alone"
        score = self.alone.score([f for f in features if not f.startswith("learned.")])
        verdict = "an event" if score >= self.alone.threshold else "nothing"
        return f"{self.name}: lexicon and syntax alone would have said {score:.2f}, so {verdict} (threshold {self.alone.threshold:.2f})"

    def _note(self, candidate: EventCandidate, score: float, features: Sequence[str]) -> EventCandidate:
        own = f".{MODEL_RULE}." in candidate.rule
        why = "the mean of the learned scores, as no word of the lexicon stands behind it" if own else self.model.reasons(features)
        return replace(candidate, notes=(*candidate.notes, f"{self.name}: {score:.2f}; {why}"))


def seen(candidate: EventCandidate, analysis: Analysis, encoding: Encoding) -> str:
    """Say what the learned coder sees: its best three types for the sentence, and the words that carried the trigger."""
    types = ", ".join(f"{name} {p:.2f}" for name, p in encoding.best_types(candidate.sentence, 3))
    sentence = analysis.sentences[candidate.sentence]
    scored = [(encoding.trigger_score(t.index, candidate.event_type) or 0.0, t) for t in analysis.tokens_of(sentence)]
    words = sorted((x for x in scored if x[0] >= SHOWN_FROM), key=lambda x: (-x[0], x[1].index))[:SHOWN]
    carried = ", ".join(f"“{t.text}” {p:.2f}" for p, t in words) or "no word"
    own = encoding.candidate_score(candidate.trigger.head, candidate.event_type)
    told = f"{own:.2f}" if own is not None else "not read"
    return (
        f"events.encoding: {encoding.model} reads the sentence as {types}; {candidate.event_type} carried by {carried}; this trigger {told}"
    )
