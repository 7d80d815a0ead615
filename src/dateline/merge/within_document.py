"""Mentions of one event in one article become one record, its best sentence first (codebook §1, §3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from dateline.merge.linkage import linked
from dateline.merge.same_event import Told, learned_scores, names, pair_features, possible, told, types_of
from dateline.models.learned import LearnedModel
from dateline.models.linear import LinearModel, load_linear
from dateline.types import (
    Abstention,
    Actor,
    Analysis,
    Attribution,
    Document,
    Event,
    Evidence,
    Layer,
    Place,
    Quantity,
    Sentence,
    TimeInterval,
    Trace,
)  # fmt: skip

BACKGROUND = timedelta(days=366)
"""Codebook §3: over a year before publication is `historical`."""

REACH = 200
"""Sentences within which two candidates are compared: no news article is longer, and a collection taken for one stays affordable."""

KNOWN = {"explicit": 2, "publication": 2, "narrative": 1, "inherited": 0}
"""How far to trust the way an interval is known."""

PRECISE = {"instant": 3, "day": 3, "week": 2, "month": 1}
"""How far an interval pins its event down."""

PROVINCE = 2
"""Resolution of a first-order division (RECORD: 1 country, 2 province)."""

DIRECT = {
    "subject",
    "passive agent",
    "relative clause",
    "control",
    "object control",
    "object",
    "passive subject",
    "speaker",
    "complement subject",
}
"""Paths from a trigger to a side that seldom mislead."""


class WithinDocument:
    """Drop weak candidates, group the others, and write one event a group."""

    name = "merge.within_document"
    requires: ClassVar[frozenset[Layer]] = frozenset(
        {Layer.TOKENS, Layer.SENTENCES, Layer.CANDIDATES, Layer.INTERVALS, Layer.PLACES, Layer.SIDES, Layer.CONFIDENCES}
    )
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.EVENTS, Layer.ABSTENTIONS})

    def __init__(
        self,
        language: str = "en",
        learned: LearnedModel | None = None,
        preset: str = "balanced",
        threshold: float | None = None,
        model: LinearModel | None = None,
    ) -> None:
        if threshold is None:
            threshold = (learned.linear("confidence") if learned else load_linear(f"confidence-{language}")).threshold_for(preset)
        self.threshold = threshold
        self.model = model or (learned.linear("same-event") if learned else load_linear(f"same-event-{language}"))

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with events in the order of their first sentences."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        all_told = told(analysis)
        kept = [t for t in all_told if t.confidence >= self.threshold]
        weak = [
            Abstention(
                sentence=t.candidate.sentence,
                trigger=t.candidate.trigger.span,
                stage=self.name,
                why=f"{t.candidate.event_type} {t.candidate.trigger.text!r}: confidence {t.confidence:.2f} is under {self.threshold:.2f}",
            )
            for t in all_told
            if t.confidence < self.threshold
        ]
        kept, absorbed = self._beside(kept)
        groups = group(kept, self.model, analysis)
        events: list[Event] = []
        seen: dict[str, int] = {}
        for members, reasons in groups:
            event = assemble(members, reasons, analysis, self.name)
            event = replace(event, confidence=self.model.of_event(event.confidence))
            seen[event.id] = seen.get(event.id, 0) + 1
            events.append(event if seen[event.id] == 1 else replace(event, id=event_id(analysis.document, members[0], seen[event.id])))
        events.sort(key=lambda e: (e.evidence[0].span.start, e.evidence[0].trigger.start, e.event_type))
        return replace(analysis, events=tuple(events), abstentions=(*analysis.abstentions, *weak, *absorbed))

    def _beside(self, kept: list[Told]) -> tuple[list[Told], list[Abstention]]:
        """Leave out MOBILIZE beside an ASSAULT by the same force in the same sentence (codebook §2)."""
        fights = [t for t in kept if t.candidate.event_type == "ASSAULT"]
        dropped = [
            t
            for t in kept
            if t.candidate.event_type == "MOBILIZE"
            and any(f.candidate.sentence == t.candidate.sentence and names(f.actors) & names(t.actors) for f in fights)
        ]
        why = "MOBILIZE beside an ASSAULT by the same force is not coded (codebook §2)"
        return [t for t in kept if t not in dropped], [
            Abstention(sentence=t.candidate.sentence, trigger=t.candidate.trigger.span, stage=self.name, why=why) for t in dropped
        ]


def group(kept: Sequence[Told], model: LinearModel, analysis: Analysis) -> list[tuple[list[Told], list[str]]]:
    """Join candidates that tell of one event (`merge.linkage`); with each group, why its members were joined."""
    counts = types_of(kept)
    pairs: list[tuple[int, int]] = []
    for i, a in enumerate(kept):
        for j in range(i + 1, len(kept)):
            if kept[j].candidate.sentence - a.candidate.sentence > REACH:
                break
            if possible(a, kept[j]):
                pairs.append((i, j))
    learned = learned_scores(analysis, [(kept[i], kept[j]) for i, j in pairs])
    features = {
        (i, j): pair_features(kept[i], kept[j], counts[kept[i].candidate.event_type], score)
        for (i, j), score in zip(pairs, learned, strict=True)
    }
    likely = {pair: model.score(found) for pair, found in features.items()}

    def why(i: int, j: int) -> str:
        return f"{likely[i, j]:.2f} ({model.reasons(features[i, j])})"

    groups = linked(len(kept), likely, model.threshold)
    return [([kept[i] for i in found.members], [why(*pair) for pair in found.joined_by]) for found in groups]


def richness(t: Told) -> tuple[float, int]:
    """Order members by how much they tell: confidence, with a little for each field that is known."""
    filled = sum((any(a.text for a in t.actors), bool(t.recipients), t.interval is not None, bool(t.places)))
    return (t.confidence + 0.06 * filled - 0.05 * t.candidate.nominal, -t.number)


def event_id(document: Document, t: Told, ordinal: int) -> str:
    """Hash document, type, trigger span and ordinal: coding the same text again gives the same id."""
    trigger = t.candidate.trigger.span
    key = f"{document.id}\0{t.candidate.event_type}\0{trigger.start}\0{trigger.end}\0{ordinal}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def assemble(members: Sequence[Told], reasons: Sequence[str], analysis: Analysis, stage: str) -> Event:
    """Write one event from its mentions: each field from the richest mention that has it."""
    ordered = sorted(members, key=richness, reverse=True)
    best = ordered[0]
    interval = best_interval(ordered)
    auxiliary = list(best.candidate.auxiliary)
    if "historical" not in auxiliary and long_ago(interval, analysis.document):
        auxiliary.insert(0, "historical")
    voice = claim_of(ordered)
    actors = best_side(ordered, "actor")
    sentences = [analysis.sentences[t.candidate.sentence] for t in ordered]
    trace = [
        Trace(stage=note.partition(": ")[0], rule=best.candidate.rule, score=None, why=note.partition(": ")[2])
        for note in best.candidate.notes
    ]
    trace.append(Trace(stage=stage, rule="same_event", score=best.confidence, why=merge_note(ordered, reasons, analysis)))
    return Event(
        id=event_id(analysis.document, best, 1),
        document=analysis.document.id,
        event_type=best.candidate.event_type,
        modes=union(t.candidate.modes for t in ordered),
        contexts=union(t.candidate.contexts for t in ordered[:1]),
        auxiliary=tuple(auxiliary),
        event_text=best.candidate.trigger.text,
        evidence=evidence(ordered, sentences),
        actors=actors,
        recipients=without(best_side(ordered, "recipient"), actors),
        interval=interval,
        places=best_places(ordered),
        quantities=quantities(ordered),
        claim=voice[0],
        says=voice[1],
        confidence=best.confidence,
        coder=analysis.encoding.model if analysis.encoding is not None else "",
        trace=tuple(trace),
    )


def merge_note(ordered: Sequence[Told], reasons: Sequence[str], analysis: Analysis) -> str:
    """Say what was merged and why."""
    if len(ordered) == 1:
        return "told once"
    others = ", ".join(f"{t.candidate.trigger.text!r} in sentence {analysis.sentences[t.candidate.sentence].sequence}" for t in ordered[1:])
    return f"one event with {others} ({'; '.join(dict.fromkeys(reasons))})"


def evidence(ordered: Sequence[Told], sentences: Sequence[Sentence]) -> tuple[Evidence, ...]:
    """One span a sentence: the sentence that tells most first, then in text order."""
    seen: dict[int, Evidence] = {}
    for t, sentence in zip(ordered, sentences, strict=True):
        seen.setdefault(sentence.index, Evidence(span=sentence.span, sequence=sentence.sequence, trigger=t.candidate.trigger.span))
    first, *rest = seen.values()
    return (first, *sorted(rest, key=lambda e: e.span))


def union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Join tuples, first seen first."""
    return tuple(dict.fromkeys(x for part in parts for x in part))


def best_interval(ordered: Sequence[Told]) -> TimeInterval | None:
    """The interval that is best known: explicit or from the day of publication before inherited, a day before a month."""
    known = [
        (KNOWN.get(t.interval.known, 0), PRECISE.get(t.interval.precision, 0), -i, t.interval) for i, t in enumerate(ordered) if t.interval
    ]
    return max(known, key=lambda x: x[:3])[3] if known else None


def best_side(ordered: Sequence[Told], role: str) -> tuple[Actor, ...]:
    """One side from the mention that ties it most directly to its trigger; the richest mention settles ties."""
    sides = [(t, t.actors if role == "actor" else t.recipients) for t in ordered]
    named = [(directness(t, role), -i, side) for i, (t, side) in enumerate(sides) if any(a.text for a in side)]
    if named:
        return max(named, key=lambda x: x[:2])[2]
    return next((side for _, side in sides if side), ())


def without(recipients: Sequence[Actor], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Leave out of one side who stands on the other: the two sides may come from different mentions (codebook §1)."""
    acting = {(a.identifier_text or a.text).casefold() for a in actors if a.text}
    return tuple(r for r in recipients if (r.identifier_text or r.text).casefold() not in acting)


def directness(t: Told, role: str) -> int:
    """How directly the syntax ties a side to its trigger: 2 as its own subject, object or agent, 1 otherwise."""
    paths = [a.path for a in t.candidate.arguments if a.role == role and a.span is not None]
    return 2 if paths and paths[0] in DIRECT and not t.candidate.nominal else 1


def best_places(ordered: Sequence[Told]) -> tuple[Place, ...]:
    """The richest mention's places, unless they are no more than a country or province and another tells more of that country."""
    ranked = [t.places for t in ordered if t.places]
    if not ranked or (ranked[0][0].resolution or 0) > PROVINCE:
        return ranked[0] if ranked else ()
    same_country = [p for p in ranked if p[0].country_code == ranked[0][0].country_code]
    return max(same_country, key=lambda p: p[0].resolution or 0)


def quantities(ordered: Sequence[Told]) -> tuple[Quantity, ...]:
    """All counts, one a kind and number; the first mention's words are kept."""
    seen: dict[tuple[str, int, int | None], Quantity] = {}
    for t in ordered:
        for q in t.candidate.quantities:
            seen.setdefault((q.what, q.minimum, q.maximum), q)
    return tuple(seen.values())


def claim_of(ordered: Sequence[Told]) -> tuple[str, Attribution | None]:
    """Codebook §5.3: where the article tells an event in its own voice too, its own voice wins."""
    own = [t for t in ordered if t.candidate.claim == "asserted"]
    told_by = ordered[0] if not own else own[0]
    return told_by.candidate.claim, told_by.candidate.says


def long_ago(interval: TimeInterval | None, document: Document) -> bool:
    """Tell whether an interval ended more than a year before publication."""
    if interval is None or interval.latest is None or document.published is None:
        return False
    try:
        return date.fromisoformat(interval.latest) < date.fromisoformat(document.published[:10]) - BACKGROUND
    except (ValueError, OverflowError):
        return False
