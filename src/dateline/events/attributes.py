"""Modes, contexts, auxiliary flags and claim where the learned coder was taught them: its scores weighed with the rules' word.

One linear model a kind of attribute, over the learned score and what the rules of `events.classification`,
`events.modality` and `resolve.attribution` said. Without a learned coder the rules' word stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.encoding import Encoding
from dateline.models.learned import LearnedModel
from dateline.models.linear import LinearModel, levels
from dateline.types import Analysis, EventCandidate, Layer

KINDS = ("mode", "context", "aux", "claim")
FLAGS = ("historical", "future", "hypothetical", "negation")
MOST_CONTEXTS = 3
"""Codebook §3: an event has usually none to three contexts."""
MARGIN = 0.1
"""Attributes this far (probability) under the threshold of their kind are still looked at by the explanation."""


def said_by_rules(candidate: EventCandidate) -> frozenset[str]:
    """Return the attributes that the rules gave a candidate, by their names among the labels."""
    modes = {f"mode:{candidate.event_type}.{m}" for m in candidate.modes}
    rest = {f"aux:{f}" for f in candidate.auxiliary} | {f"context:{c}" for c in candidate.contexts}
    return frozenset(modes | rest | {f"claim:{candidate.claim}"})


def attribute_features(name: str, score: float, said: frozenset[str], candidate: EventCandidate) -> Iterator[str]:
    """Yield the features of one attribute of one candidate."""
    ruled = "rule" if name in said else "none"
    yield f"rule={ruled}"
    yield f"rule={ruled}+{name}"
    yield f"name={name}"
    yield from levels("learned", score)
    yield from levels(f"learned+{ruled}", score)
    yield f"source={'model' if '.model.' in candidate.rule else 'lexicon'}+{ruled}"
    if name.startswith(("aux:", "claim:")):
        yield f"{name}+{candidate.event_type}"
        yield f"{name}+{candidate.construction}"
        yield f"{name}+says={candidate.says is not None}"
        yield from levels(f"{name}", score)


def fitting(name: str, candidate: EventCandidate) -> bool:
    """Tell whether an attribute can belong to a candidate: a mode belongs to one type."""
    kind, _, value = name.partition(":")
    return kind != "mode" or value.partition(".")[0] == candidate.event_type


class Attributes:
    """Settle each candidate's attributes."""

    name = "events.attributes"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(self, learned: LearnedModel | None = None) -> None:
        self.models: dict[str, LinearModel] = {k: learned.linear(f"attribute-{k}") for k in KINDS} if learned else {}

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with settled attributes."""
        return [
            replace(a, candidates=tuple(self._settle(c, a, a.encoding) for c in a.candidates))
            if a.encoding is not None and self.models
            else a
            for a in batch
        ]

    def _settle(self, candidate: EventCandidate, analysis: Analysis, encoding: Encoding) -> EventCandidate:
        said = said_by_rules(candidate)
        scores = encoding.attribute_scores(analysis.tokens[candidate.trigger.head])
        found: dict[str, list[tuple[float, str]]] = {kind: [] for kind in KINDS}
        taught: set[str] = set()
        for name, score in zip(encoding.attributes, scores, strict=True):
            if not fitting(name, candidate):
                continue
            kind, _, value = name.partition(":")
            taught.add(name)
            model = self.models[kind]
            likely = model.score(list(attribute_features(name, score, said, candidate)))
            if likely >= model.threshold:
                found[kind].append((likely, value.rpartition(".")[2]))
        for kind in KINDS:
            found[kind].sort(key=lambda x: (-x[0], x[1]))
        # what the model was never taught keeps the rules' word
        kept = {m for m in candidate.modes if f"mode:{candidate.event_type}.{m}" not in taught}
        contexts = [c for _, c in found["context"]][:MOST_CONTEXTS]
        flags = {f for _, f in found["aux"]} | {f for f in candidate.auxiliary if f"aux:{f}" not in taught}
        claim = found["claim"][0][1] if found["claim"] else "asserted"
        told = "; ".join(f"{kind} {', '.join(f'{v} {p:.2f}' for p, v in found[kind]) or 'none'}" for kind in KINDS)
        return replace(
            candidate,
            modes=tuple(dict.fromkeys((*sorted(kept), *(m for _, m in found["mode"])))),
            contexts=tuple(contexts),
            auxiliary=tuple(f for f in FLAGS if f in flags),
            claim=claim,
            notes=(*candidate.notes, f"{self.name}: {told} (by {encoding.model} and the rules)"),
        )
