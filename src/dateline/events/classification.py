"""Modes and contexts: how an act was done, and what it was about, by cue words of data files (PLOVER).

A mode implied by the trigger word comes with its lexicon entry; the clause may add more. Contexts are those of the
sentence, helped by what the article is about (codebook §3: the event's own subject, usually none to three).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.events.cues import Cues, words_of
from dateline.events.lexicon import lexicon_folder, read_yaml
from dateline.events.tree import Tree
from dateline.types import Analysis, EventCandidate, Layer, Token

SENTENCE_WEIGHT = 1.0
ARTICLE_WEIGHT = 0.5
"""What a cue counts in the event's sentence, and per sentence of the article in which it stands."""

ENOUGH = 1.0
MOST = 3
"""The score a context needs, and how many an event may have (codebook §3)."""


class Classification:
    """Add the modes of the clause and the contexts of the sentence to each candidate."""

    name = "events.classification"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(self, language: str = "en") -> None:
        folder = lexicon_folder(language)
        self.modes: dict[str, Cues] = defaultdict(Cues)
        for event_type, modes in read_yaml(folder / "modes.yaml")["types"].items():
            for mode, value in modes.items():
                for word, weight in words_of(f"modes.yaml: {event_type}.{mode}", value):
                    self.modes[event_type].add(mode, word, weight)
        self.contexts = Cues()
        for context, value in read_yaml(folder / "contexts.yaml")["contexts"].items():
            for word, weight in words_of(f"contexts.yaml: {context}", value):
                self.contexts.add(context, word, weight)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with modes and contexts on each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        tree = Tree(analysis)
        by_sentence = [self._weights(analysis.tokens_of(s)) for s in analysis.sentences]
        article: dict[str, float] = defaultdict(float)
        for weights in by_sentence:
            for context, weight in weights.items():
                article[context] += min(weight, 1.0) / max(4, len(by_sentence))
        return replace(analysis, candidates=tuple(self._classify(c, tree, by_sentence[c.sentence], article) for c in analysis.candidates))

    def _weights(self, tokens: Sequence[Token]) -> dict[str, float]:
        out: dict[str, float] = defaultdict(float)
        for context, _, weight, _ in self.contexts.find(tokens):
            out[context] += weight
        return out

    def _classify(self, candidate: EventCandidate, tree: Tree, here: dict[str, float], article: dict[str, float]) -> EventCandidate:
        trigger = tree.tokens[candidate.trigger.head]
        cues = self.modes[candidate.event_type].find(self._clause(trigger, tree)) if candidate.event_type in self.modes else []
        modes = dict.fromkeys(candidate.modes)
        found: dict[str, str] = {}
        for mode, word, _, _ in cues:
            found.setdefault(mode, word)
        if not modes or candidate.event_type in ("ASSAULT", "PROTEST", "MOBILIZE", "CONSULT"):
            modes.update(dict.fromkeys(found))
        contexts = self._contexts(here, article)
        why = ", ".join(f"{m} by {found[m]!r}" if m in found else f"{m} by its trigger" for m in modes) or "no mode"
        return replace(
            candidate,
            modes=tuple(modes),
            contexts=tuple(dict.fromkeys((*candidate.contexts, *contexts))),
            notes=(*candidate.notes, f"{self.name}: {why}; contexts {', '.join(contexts) or 'none'}"),
        )

    def _clause(self, trigger: Token, tree: Tree) -> list[Token]:
        """The trigger's own clause: what hangs under its verb, other finite clauses left out."""
        verb = tree.clause_of(trigger)
        out, queue = [], [verb]
        while queue:
            token = queue.pop()
            out.append(token)
            for child in tree.children(token):
                other_clause = child.dep in ("ccomp", "relcl", "parataxis") or (
                    child.dep in ("conj", "advcl") and child.pos in ("VERB", "AUX") and tree.children(child, "nsubj", "nsubjpass")
                )
                if not other_clause or child.index == trigger.index:
                    queue.append(child)
        return sorted(out, key=lambda t: t.index)

    def _contexts(self, here: dict[str, float], article: dict[str, float]) -> list[str]:
        scores = {c: SENTENCE_WEIGHT * min(here.get(c, 0.0), 1.5) + ARTICLE_WEIGHT * 4 * article.get(c, 0.0) for c in {**here, **article}}
        strong = sorted((c for c, s in scores.items() if s >= ENOUGH), key=lambda c: (-scores[c], c))
        return strong[:MOST]
