"""What the confidence model sees of a candidate: named features, each with a value of 1 unless said.

The names are the model's only vocabulary, so a weight file can be read by eye and `dateline explain` can quote it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.events.tree import Tree
from dateline.models.linear import levels
from dateline.types import Analysis, EventCandidate, Token

CONTENT = {"NOUN", "VERB", "PROPN", "ADJ"}
SUBORDINATING = 3
"""Governors up to this many steps above a trigger are looked at for other triggers."""


class FeatureReader:
    """Reads the features of all candidates of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tree = Tree(analysis)
        self.at = {c.trigger.head: c for c in analysis.candidates}
        self.in_sentence = Counter(c.sentence for c in analysis.candidates)
        self.of_type = Counter(c.event_type for c in analysis.candidates)
        self.density = len(analysis.candidates) / max(1, len(analysis.sentences))
        states = sum(1 for m in analysis.entities if m.label in ("GPE", "NORP"))
        self.states = states / max(1, len(analysis.sentences))
        self.document_words = Counter(t.lemma for t in analysis.tokens if t.pos in CONTENT)

    def read(self, number: int) -> list[str]:
        """Return the feature names of the candidate at a position, in a fixed order, without doubles."""
        return list(dict.fromkeys(self._features(number)))

    def _features(self, number: int) -> Iterator[str]:
        candidate = self.analysis.candidates[number]
        trigger = self.tree.tokens[candidate.trigger.head]
        kind = candidate.event_type
        yield f"type={kind}"
        yield f"rule={candidate.rule}"
        yield f"prior={round(candidate.prior * 10)}"
        yield f"construction={candidate.construction}"
        yield f"type={kind}+construction={candidate.construction}"
        yield from self._form(candidate, trigger)
        yield from self._sides(candidate)
        yield from self._resolved(number, candidate)
        yield from self._around(candidate, trigger)
        yield from self._words(candidate, trigger)
        yield from self._learned(candidate)

    def _learned(self, candidate: EventCandidate) -> Iterator[str]:
        """What the learned coder says of the trigger and its sentence."""
        encoding = self.analysis.encoding
        if encoding is None:
            return
        kind, token = candidate.event_type, candidate.trigger.head
        scores = {
            "sentence": encoding.sentence_score(candidate.sentence, kind),
            "trigger": encoding.trigger_score(token, kind),
            "candidate": encoding.candidate_score(token, kind),
        }
        for name, score in scores.items():
            yield from levels(f"learned.{name}", score)
            if score is not None and score >= 0.5:
                yield f"learned.{name}+{kind}"
        known = [s for s in scores.values() if s is not None]
        if known:
            yield from levels("learned.mean", sum(known) / len(known))
        best = encoding.best_types(candidate.sentence, 2)
        yield f"learned.rank={next((n for n, (t, _) in enumerate(best) if t == kind), 'below')}"

    def _form(self, candidate: EventCandidate, trigger: Token) -> Iterator[str]:
        yield f"tag={trigger.tag}"
        yield f"dep={trigger.dep}"
        yield f"construction={candidate.construction}+dep={trigger.dep}"
        head = self.tree.head(trigger)
        if candidate.nominal:
            yield f"under={head.lemma}"
            dets = [t.lemma for t in self.tree.children(trigger, "det")]
            yield f"det={dets[0] if dets else 'none'}+{trigger.tag}"
        else:
            yield f"above={trigger.dep}:{head.lemma}" if head.index != trigger.index else "above=root"
        auxiliaries = "+".join(t.lemma for t in self.tree.children(trigger, "aux", "auxpass"))
        if auxiliaries:
            yield f"aux={auxiliaries}"
        for flag in candidate.auxiliary:
            yield f"flag={flag}"
            yield f"type={candidate.event_type}+flag={flag}"
        yield f"claim={candidate.claim}"
        if candidate.says is not None:
            yield f"says={candidate.says.kind}"
            yield f"type={candidate.event_type}+says"

    def _sides(self, candidate: EventCandidate) -> Iterator[str]:
        for role in ("actor", "recipient"):
            arguments = [a for a in candidate.of_role(role) if a.head is not None]
            yield f"{role}={min(len(arguments), 2)}"
            yield f"type={candidate.event_type}+{role}={min(len(arguments), 1)}"
            for argument in arguments[:1]:
                head = self.tree.tokens[argument.head or 0]
                yield f"{role}.path={argument.path}"
                yield f"{role}.entity={head.entity or head.pos}"
                yield f"{role}.lemma={head.lemma}" if head.pos != "PROPN" else f"{role}.name"

    def _resolved(self, number: int, candidate: EventCandidate) -> Iterator[str]:
        interval = self.analysis.intervals[number] if self.analysis.intervals else None
        yield f"date={interval.known if interval else 'none'}"
        places = self.analysis.places[number] if self.analysis.places else ()
        yield f"place={places[0].resolution if places else 'none'}"
        yield f"type={candidate.event_type}+date={interval is not None}+place={bool(places)}"
        sides = self.analysis.sides[number] if self.analysis.sides else None
        for role, actors in (("actor", sides.actors), ("recipient", sides.recipients)) if sides else ():
            for actor in actors[:1]:
                if actor.sectors:
                    yield f"{role}.sector={actor.sectors[0]}"
                    yield f"type={candidate.event_type}+{role}.sector={actor.sectors[0]}"
        for what in dict.fromkeys(q.what for q in candidate.quantities):
            yield f"counts={what}"

    def _around(self, candidate: EventCandidate, trigger: Token) -> Iterator[str]:
        for distance, above in enumerate(self.tree.ancestors(trigger)):
            if distance >= SUBORDINATING:
                break
            other = self.at.get(above.index)
            if other is not None:
                yield f"under.type={other.event_type}"
                yield f"type={candidate.event_type}+under.type={other.event_type}"
                break
        for below in self.tree.subtree(trigger):
            other = self.at.get(below.index)
            if other is not None and other is not candidate:
                yield f"over.type={other.event_type}"
                yield f"type={candidate.event_type}+over.type={other.event_type}"
        sequence = candidate.sentence
        yield f"position={'first' if sequence == 0 else 'early' if sequence < 4 else 'middle' if sequence < 12 else 'late'}"
        yield f"crowd={min(self.in_sentence[candidate.sentence], 5)}"
        yield f"density={min(int(self.density * 2), 5)}"
        yield f"states={min(int(self.states * 2), 5)}"
        yield f"of_type={min(self.of_type[candidate.event_type], 6)}"
        sentence = self.analysis.sentences[candidate.sentence]
        yield f"length={min((sentence.last - sentence.first) // 10, 5)}"
        text = sentence.span.of(self.analysis.document.text)
        if any(m in text for m in '“”"'):
            yield "marks"

    def _words(self, candidate: EventCandidate, trigger: Token) -> Iterator[str]:
        sentence = self.analysis.sentences[candidate.sentence]
        for token in self.analysis.tokens_of(sentence):
            if token.pos in CONTENT and token.index != trigger.index and not token.entity:
                yield f"near={token.lemma}"
        for token in self.tree.children(trigger):
            if token.pos in CONTENT or token.dep in ("prep", "prt", "agent"):
                yield f"child={token.dep}:{token.lemma}"
        for lemma, count in sorted(self.document_words.items()):
            if count >= 2:
                yield f"doc={lemma}"


def all_features(analysis: Analysis) -> Sequence[list[str]]:
    """Return the features of every candidate of a document."""
    reader = FeatureReader(analysis)
    return [reader.read(i) for i in range(len(analysis.candidates))]
