"""Which heads near a trigger are its actors and recipients: what a linear model sees of each.

The frame of the lexicon entry proposes; the model also sees the path through the tree, what the head is, who speaks, and
who was named in the sentences before, so that it can drop a filler that seldom holds and find a side the clause leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.events.frames import Filled, Frames, look_through
from dateline.events.tree import NOMINAL, Tree
from dateline.models.linear import levels
from dateline.types import Analysis, Chain, EventCandidate, Quotation, Token

BEFORE = 2
"""How many sentences back a side may be found."""

LONGEST = 5
"""Paths of more arcs than this all count as one."""

PREMODIFIERS = {"compound", "nummod", "det", "quantmod", "punct", "case"}
FOREGROUND = {"nsubj", "nsubjpass", "agent", "ROOT"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A head that may stand on a side of a candidate, with the frame's path to it for each role (None: not found so)."""

    head: Token
    actor_path: str | None
    recipient_path: str | None

    @property
    def path(self) -> str:
        """How the head was found, for the argument."""
        return self.actor_path or self.recipient_path or "named nearby"


def learned_features(candidate: EventCandidate, pair: Pair, scores: Sequence[float], best: Sequence[float]) -> Iterator[str]:
    """Yield what the learned coder says of a pair; `best` are its highest scores over the candidate's pairs."""
    for side, name in enumerate(("actor", "recipient")):
        yield from levels(f"learned.{name}", scores[side])
        yield f"learned.{name}.best={scores[side] == best[side]}+{scores[side] >= 0.3}"
    yield from levels(f"learned.actor+{'frame' if pair.actor_path else 'none'}", scores[0])
    yield from levels(f"learned.recipient+{'frame' if pair.recipient_path else 'none'}", scores[1])
    yield f"learned.side={'actor' if scores[0] >= scores[1] else 'recipient'}+{candidate.event_type}"


class RoleReader:
    """Lists the heads near each trigger of one document and reads their features."""

    def __init__(self, analysis: Analysis, frames: Frames, tree: Tree) -> None:
        self.analysis = analysis
        self.frames = frames
        self.tree = tree
        self.triggers = {c.trigger.head for c in analysis.candidates}
        self.chain_at: dict[int, Chain] = {m.head: c for c in analysis.chains for m in c.mentions}
        self.heads: dict[int, list[Token]] = {}
        self.heard: dict[tuple[int, int], tuple[float, float]] = {}
        """What the learned coder said of trigger and head: actor, recipient (probabilities 0-1)."""

    def pairs(self, candidate: EventCandidate) -> list[Pair]:
        """Return the heads that may stand on a side, in text order, fillers of the frame among them."""
        filled: Filled = self.frames.fill(candidate, self.tree)
        actors = {f.token.index: f.path for f in filled.actors}
        recipients = {f.token.index: f.path for f in filled.recipients}
        trigger = candidate.trigger.head
        found = {t.index for t in self._heads_of(candidate.sentence) if t.index != trigger}
        for number in range(max(0, candidate.sentence - BEFORE), candidate.sentence):
            found |= {t.index for t in self._heads_of(number) if t.dep in FOREGROUND and t.pos != "PRON"}
        found |= actors.keys() | recipients.keys()
        return [Pair(self.tree.tokens[i], actors.get(i), recipients.get(i)) for i in sorted(found)]

    def _heads_of(self, number: int) -> list[Token]:
        """The heads of a sentence that name somebody."""
        if number not in self.heads:
            sentence = self.analysis.sentences[number]
            out = []
            for token in self.analysis.tokens_of(sentence):
                if token.pos not in NOMINAL or token.dep in PREMODIFIERS:
                    continue
                if token.dep == "pobj" and look_through(token, self.tree) is not token:
                    continue
                if self.frames.acts(token):
                    out.append(token)
            self.heads[number] = out
        return self.heads[number]

    def read(self, candidate: EventCandidate) -> list[tuple[Pair, list[str]]]:
        """Return each pair of a candidate with its feature names, without doubles."""
        pairs = self.pairs(candidate)
        encoding = self.analysis.encoding
        if encoding is None:
            return [(p, list(dict.fromkeys(self._features(candidate, p)))) for p in pairs]
        trigger = self.tree.tokens[candidate.trigger.head]
        scores = encoding.role_scores(trigger, candidate.event_type, [p.head for p in pairs])
        self.heard |= {(trigger.index, p.head.index): (s[0], s[1]) for p, s in zip(pairs, scores, strict=True)}
        best = tuple(max((s[side] for s in scores), default=0.0) for side in (0, 1))
        return [
            (p, list(dict.fromkeys((*self._features(candidate, p), *learned_features(candidate, p, s, best)))))
            for p, s in zip(pairs, scores, strict=True)
        ]

    def _features(self, candidate: EventCandidate, pair: Pair) -> Iterator[str]:
        head, trigger = pair.head, self.tree.tokens[candidate.trigger.head]
        kind, how = candidate.event_type, candidate.construction
        frame = f"{'A:' + pair.actor_path if pair.actor_path else ''}{'R:' + pair.recipient_path if pair.recipient_path else ''}" or "none"
        yield f"frame={frame}"
        yield f"frame={frame}+{how}"
        yield f"frame={frame}+{kind}"
        yield f"frame={frame}+{candidate.rule}"
        if candidate.symmetric:
            yield f"symmetric+frame={frame}"
            yield f"symmetric+dep={head.dep}"
        back = candidate.sentence - head.sentence
        yield f"back={back}"
        what = head.entity or head.pos
        yield f"what={what}"
        yield f"what={what}+{kind}"
        yield f"what={what}+frame={frame}"
        person = "person" if self.frames.classes.holds("$person", head) else "other"
        yield f"{person}+{kind}+{back}"
        if head.pos == "NOUN":
            yield f"lemma={head.lemma}"
            yield f"lemma={head.lemma}+{kind}"
        elif head.pos == "PRON":
            yield f"pronoun={head.text.lower()}"
        yield f"dep={head.dep}+{back}"
        chain = self.chain_at.get(head.index)
        yield f"chain={min(len(chain.mentions), 5) if chain else 0}"
        yield f"chain={min(len(chain.mentions), 5) if chain else 0}+{back}"
        if chain is not None:
            yield f"chain.label={chain.label}"
        yield from self._path(head, trigger, candidate, back)
        yield from self._speech(head, candidate)
        if head.index in self.triggers:
            yield "is-trigger"

    def _path(self, head: Token, trigger: Token, candidate: EventCandidate, back: int) -> Iterator[str]:
        kind = candidate.event_type
        if back:
            yield f"root={head.dep}:{self.tree.head(head).lemma}"
            return
        path = self.path(head, trigger)
        yield f"path={path}"
        yield f"path={path}+{candidate.construction}"
        yield f"path={path}+{kind}"
        yield f"{'before' if head.index < trigger.index else 'after'}+{min(abs(head.index - trigger.index) // 3, 6)}"
        yield f"{'before' if head.index < trigger.index else 'after'}+{kind}+{candidate.construction}"
        above = self.tree.head(head)
        if above.pos == "ADP":
            yield f"prep={above.lemma}"
            yield f"prep={above.lemma}+{kind}"
            yield f"prep={above.lemma}+over={'trigger' if above.head == trigger.index else self.tree.head(above).pos}"
        else:
            yield f"under={'trigger' if above.index == trigger.index else above.lemma}"

    def path(self, head: Token, trigger: Token) -> str:
        """The arcs from a head up to the common governor and down to the trigger."""
        ups = [head, *self.tree.ancestors(head)]
        downs = [trigger, *self.tree.ancestors(trigger)]
        below = {t.index: n for n, t in enumerate(downs)}
        meet = next((n for n, t in enumerate(ups) if t.index in below), None)
        if meet is None:
            return "apart"
        down = below[ups[meet].index]
        if meet + down > LONGEST:
            return "far"
        rising = [t.dep if t.dep != "conj" or t.pos not in NOMINAL else "" for t in ups[:meet]]
        return ">".join(r for r in rising if r) + "|" + "<".join(t.dep for t in reversed(downs[:down]))

    def _speech(self, head: Token, candidate: EventCandidate) -> Iterator[str]:
        quotation = self._quotation(candidate)
        if quotation is None:
            yield "told=own"
            return
        speaks = quotation.source_head == head.index
        yield f"speaker={speaks}+{candidate.event_type}"
        yield f"speaker={speaks}+direct={quotation.direct}"

    def _quotation(self, candidate: EventCandidate) -> Quotation | None:
        trigger = candidate.trigger.span
        held = [q for q in self.analysis.quotations if q.content.covers(trigger) and not q.cue.overlaps(trigger)]
        return min(held, key=lambda q: (len(q.content), q.content.start), default=None)
