"""According to whom: the innermost quotation that holds an event's trigger gives its source.

Codebook §5.3: in an act done by speaking the speaker is the actor, so `says` is null and the claim asserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import ClassVar

import yaml

from dateline.types import Analysis, Attribution, EventCandidate, Layer, Quotation, Span

SPOKEN = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
"""Types whose act is done by speaking."""

KINDS = ("official", "party", "witness", "media", "expert")


class Attributions:
    """Set `says` and `claim` from the quotations."""

    name = "resolve.attribution"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.QUOTATIONS, Layer.CHAINS, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(self, language: str = "en") -> None:
        folder = files("dateline") / "data" / "lexicons" / language
        data = yaml.safe_load((folder / "quotation_verbs.yaml").read_text(encoding="utf-8"))
        self.alleged = set(data["alleged"]["words"])
        self.denied = set(data["denied"]["words"])
        kinds = yaml.safe_load((folder / "source_kinds.yaml").read_text(encoding="utf-8"))
        self.kinds = {word: kind for kind in KINDS for word in kinds[kind]["words"]}

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with sources on each candidate that the article does not tell in its own voice."""
        return [replace(a, candidates=tuple(self._attribute(c, a) for c in a.candidates)) for a in batch]

    def _attribute(self, candidate: EventCandidate, analysis: Analysis) -> EventCandidate:
        quotation = self._holding(candidate, analysis)
        if quotation is None:
            return candidate
        if self._speaks_itself(candidate, quotation, analysis):
            note = f"{self.name}: told by its own actor: no source beside (codebook §5.3)"
            return replace(candidate, notes=(*candidate.notes, note))
        says = self._source(quotation, analysis)
        claim = candidate.claim
        if claim == "asserted":
            claim = "denied" if quotation.cue_lemma in self.denied else "alleged" if quotation.cue_lemma in self.alleged else "reported"
        note = f"{self.name}: {claim} by {says.text or 'an unnamed source'} ({says.kind}), cue {says.cue!r}"
        return replace(candidate, says=says, claim=claim, notes=(*candidate.notes, note))

    def _holding(self, candidate: EventCandidate, analysis: Analysis) -> Quotation | None:
        trigger = candidate.trigger.span
        held = [q for q in analysis.quotations if q.content.covers(trigger) and not q.cue.overlaps(trigger)]
        return min(held, key=lambda q: (len(q.content), q.content.start), default=None)

    def _speaks_itself(self, candidate: EventCandidate, quotation: Quotation, analysis: Analysis) -> bool:
        if candidate.event_type not in SPOKEN or quotation.source is None:
            return False
        for actor in candidate.of_role("actor"):
            if actor.span is None:
                continue
            if actor.span.overlaps(quotation.source):
                return True
            if same_chain(actor.span, quotation.source, analysis):
                return True
            if actor.text.lower() in ("he", "she", "they", "it", "we", "i"):
                return True
        return False

    def _source(self, quotation: Quotation, analysis: Analysis) -> Attribution:
        text = analysis.document.text
        span = quotation.source
        head = analysis.tokens[quotation.source_head] if quotation.source_head is not None else None
        name = None
        if span is not None and head is not None and head.pos == "PRON":
            span = antecedent(span, analysis)
        if span is not None:
            name = next((c.name for c in analysis.chains for m in c.mentions if m.span.overlaps(span)), None)
        kind = "unnamed"
        if span is not None:
            words = [t.lemma for t in analysis.tokens if span.covers(t.span)]
            kind = next((self.kinds[w] for w in reversed(words) if w in self.kinds), "party" if name is None else "official")
        return Attribution(
            text=span.of(text) if span is not None else None,
            span=span,
            kind=kind,
            cue=quotation.cue.of(text),
            cue_span=quotation.cue,
            identifier_text=name,
        )


def same_chain(a: Span, b: Span, analysis: Analysis) -> bool:
    """Tell whether two spans mention one entity."""
    return any(any(m.span.overlaps(a) for m in c.mentions) and any(m.span.overlaps(b) for m in c.mentions) for c in analysis.chains)


def antecedent(span: Span, analysis: Analysis) -> Span | None:
    """Where the name stands that a pronoun is for; None where that is not known."""
    for chain in analysis.chains:
        if any(m.span == span for m in chain.mentions):
            named = [m for m in chain.mentions if m.label not in ("", "PRONOUN") and m.text == chain.name]
            named = named or [
                m for m in chain.mentions if m.text[:1].isupper() and m.text.lower() not in ("he", "she", "they", "it", "we", "i")
            ]
            if named:
                return named[0].span
    return None
