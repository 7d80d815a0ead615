"""Who, to whom: the heads near a trigger that are its actors and recipients, each with the span of its phrase.

Two linear models over the features of `dateline.events.roles` decide, one a side; their weights are data. Codebook §3, §5.1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.events.conditions import PLACE_ENTITIES
from dateline.events.frames import Frames
from dateline.events.roles import Pair, RoleReader
from dateline.events.tree import Tree
from dateline.models.learned import LearnedModel
from dateline.models.linear import LinearModel, load_linear
from dateline.types import Analysis, Argument, EventCandidate, Layer, Span, Token


class Arguments:
    """Set the actors and recipients of each candidate."""

    name = "events.arguments"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.CHAINS, Layer.QUOTATIONS, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(
        self,
        language: str = "en",
        learned: LearnedModel | None = None,
        actor: LinearModel | None = None,
        recipient: LinearModel | None = None,
    ) -> None:
        self.frames = Frames(language)
        self.actor = actor or (learned.linear("actor") if learned else load_linear(f"actor-{language}"))
        self.recipient = recipient or (learned.linear("recipient") if learned else load_linear(f"recipient-{language}"))

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with actors and recipients on each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        tree = Tree(analysis)
        reader = RoleReader(analysis, self.frames, tree)
        return replace(analysis, candidates=tuple(self._fill(c, reader, tree) for c in analysis.candidates))

    def _fill(self, candidate: EventCandidate, reader: RoleReader, tree: Tree) -> EventCandidate:
        actors, recipients = self.sides(candidate, reader)
        trigger = tree.tokens[candidate.trigger.head]
        arguments = [argument("actor", p.head, p.actor_path or p.path, trigger, tree) for p in actors]
        arguments += [argument("recipient", p.head, p.recipient_path or p.path, trigger, tree) for p in recipients]
        arguments = outermost(arguments, tree, self.frames.classes.standing)
        if all(a.role != "actor" for a in arguments):
            sector = self.frames.lexicon.entry(candidate.rule).default_actor or "UNK"
            arguments.insert(0, Argument(role="actor", span=None, head=None, text="", path="unnamed", default_sector=sector))
        told = "; ".join(f"{a.role} {a.text!r} ({a.path}{heard(reader, trigger, a)})" for a in arguments)
        return replace(candidate, arguments=tuple(arguments), notes=(*candidate.notes, f"{self.name}: {told}"))

    def sides(self, candidate: EventCandidate, reader: RoleReader) -> tuple[list[Pair], list[Pair]]:
        """Return the heads that pass each model's threshold, one an entity; one that passes both takes the likelier side."""
        actors: list[tuple[float, Pair]] = []
        recipients: list[tuple[float, Pair]] = []
        for pair, features in reader.read(candidate):
            a = self.actor.score(features) - self.actor.threshold
            r = self.recipient.score(features) - self.recipient.threshold
            if a >= 0 and a >= r:
                actors.append((a, pair))
            elif r >= 0 and candidate.symmetric:
                actors.append((r, pair))
            elif r >= 0:
                recipients.append((r, pair))
        return once(actors, reader), once(recipients, reader)


def heard(reader: RoleReader, trigger: Token, found: Argument) -> str:
    """Return what the learned coder said of an argument, for the note; empty where there is none."""
    scores = reader.heard.get((trigger.index, -1 if found.head is None else found.head))
    return f", learned {scores[0 if found.role == 'actor' else 1]:.2f}" if scores else ""


def outermost(arguments: list[Argument], tree: Tree, standing: Collection[str]) -> list[Argument]:
    """Leave out a phrase that only says more about another.

    That is "Sorel" in "the mayor of Sorel", a name in apposition, and the place in "police in Harare": `standing` are
    the prepositions that say where somebody is.
    """
    spans = [a.span for a in arguments if a.span is not None]
    heads = {a.head for a in arguments}
    kept = []
    for a in arguments:
        inside = a.span is not None and any(len(s) > len(a.span) and s.covers(a.span) for s in spans)
        if not inside and (a.head is None or not _says_more(tree.tokens[a.head], heads, tree, standing)):
            kept.append(a)
    return kept


def _says_more(token: Token, heads: Collection[int | None], tree: Tree, standing: Collection[str]) -> bool:
    """Tell whether a head is an apposition of another argument's, or the place where that one is."""
    above = tree.head(token)
    if token.dep == "appos":
        return above.index in heads
    return token.dep == "pobj" and token.entity in PLACE_ENTITIES and above.lemma in standing and above.head in heads


def once(found: list[tuple[float, Pair]], reader: RoleReader) -> list[Pair]:
    """Keep of each entity the likeliest mention, in text order."""
    best: dict[int, tuple[float, Pair]] = {}
    for score, pair in found:
        chain = reader.chain_at.get(pair.head.index)
        key = -1 - chain.index if chain is not None else pair.head.index
        if key not in best or score > best[key][0]:
            best[key] = (score, pair)
    return sorted((pair for _, pair in best.values()), key=lambda p: p.head.index)


def argument(role: str, head: Token, path: str, trigger: Token, tree: Tree) -> Argument:
    """Turn a head into an argument with the span of its noun phrase, without a trigger that leads it ("detained protesters")."""
    span: Span = tree.phrase(head)
    if span.start <= trigger.span.start < head.span.start and trigger.dep == "amod":
        inside = tree.tokens[trigger.index + 1]
        span = Span(inside.span.start, span.end)
    return Argument(role=role, span=span, head=head.index, text=span.of(tree.analysis.document.text), path=path)
