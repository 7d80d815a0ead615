"""Words that may report an event: the lexicon's entries wherever their syntax holds.

Recall matters here; what is too weak is dropped later by `events.confidence`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from dateline.events.conditions import WordClasses, satisfied
from dateline.events.lexicon import MODEL_RULE, Entry, TriggerLexicon, load_triggers
from dateline.events.tree import Tree
from dateline.types import Abstention, Analysis, EventCandidate, Layer, Mention, Sentence, Span, Token

GAP = 3
"""A `*` of a phrase stands for up to this many determiners, adjectives, numbers and possessives."""
FILLERS = {"DET", "ADJ", "PRON", "NUM", "PART", "ADV", "PUNCT"}
NOUN_PHRASE_FILLERS = FILLERS | {"NOUN", "PROPN"}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that holds at a token; `covered` are the indexes of the tokens that it takes up."""

    entry: Entry
    token: Token
    covered: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, float, str]:
        """Order of preference: the most conditions, then the best prior; the id settles ties."""
        return (self.entry.specificity, self.entry.prior, self.entry.id)


def match_phrase(words: tuple[str, ...], at: int, tokens: Sequence[Token]) -> tuple[int, ...] | None:
    """Return the indexes of the tokens of a phrase that begins at `at`, or None. A `*` spans a short gap."""
    covered: list[int] = []
    i = at
    for number, word in enumerate(words):
        if word == "*":
            following = words[number + 1]
            for _ in range(GAP):
                if i < len(tokens) and not same(tokens[i], following) and tokens[i].pos in NOUN_PHRASE_FILLERS:
                    i += 1
            continue
        if i >= len(tokens) or not same(tokens[i], word):
            return None
        covered.append(i)
        i += 1
    return tuple(covered)


def same(token: Token, word: str) -> bool:
    """Tell whether a token is the word, by lemma or as written."""
    return word in (token.lemma, token.text.lower())


class Triggers:
    """Find every token at which an entry of the lexicon holds; the most specific entry wins the token."""

    name = "events.triggers"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES, Layer.ABSTENTIONS})

    def __init__(self, language: str = "en", lexicon: TriggerLexicon | None = None) -> None:
        self.lexicon = lexicon or load_triggers(language)
        self.listed = {e.event_type for e in self.lexicon.entries}
        self.classes = WordClasses(language)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with candidates in text order."""
        return [self._find(analysis) for analysis in batch]

    def _find(self, analysis: Analysis) -> Analysis:
        tree = Tree(analysis)
        abstentions: list[Abstention] = []
        candidates: list[EventCandidate] = []
        for sentence in analysis.sentences:
            matches = self.matches(tree, analysis.tokens[sentence.first : sentence.last])
            if sentence.kind == "headline":
                abstentions += [
                    Abstention(
                        sentence=sentence.index,
                        trigger=m.token.span,
                        stage=self.name,
                        why="a headline makes no record of its own (codebook §1)",
                    )
                    for m in matches
                ]
                continue
            candidates += sorted(
                [*(candidate(m, tree) for m in matches), *proposals(sentence, self.listed, tree)],
                key=lambda c: (c.trigger.head, f".{MODEL_RULE}." in c.rule, c.event_type),
            )
        return replace(analysis, candidates=tuple(candidates), abstentions=(*analysis.abstentions, *abstentions))

    def matches(self, tree: Tree, tokens: Sequence[Token]) -> list[Match]:
        """Return the winning matches of one sentence, one a token, in text order."""
        found: list[Match] = []
        for position, token in enumerate(tokens):
            found += self._at(token, tree)
            found += self._phrases_at(position, tokens, tree)
        found.sort(key=lambda m: m.rank, reverse=True)
        taken: set[int] = set()
        kept: list[Match] = []
        for match in found:
            if taken.isdisjoint(match.covered):
                taken.update(match.covered)
                kept.append(match)
        return sorted(kept, key=lambda m: m.token.index)

    def _at(self, token: Token, tree: Tree) -> list[Match]:
        entries: list[Entry] = []
        if (
            token.pos == "VERB"
            or (token.tag in ("VBN", "VBG", "VBD") and token.pos != "AUX")
            or (token.pos == "ADJ" and token.dep == "acomp")
        ):
            entries = self.lexicon.verbs.get(token.lemma, [])
        elif token.pos in ("NOUN", "PROPN") and token.dep != "compound" and token.entity not in ("DATE", "TIME"):
            entries = self.lexicon.nouns.get(token.lemma) or self.lexicon.nouns.get(token.text.lower(), [])
        return [Match(e, token, (token.index,)) for e in entries if satisfied(e, token, tree, self.classes)]

    def _phrases_at(self, position: int, tokens: Sequence[Token], tree: Tree) -> list[Match]:
        token = tokens[position]
        keys = dict.fromkeys((token.lemma, token.text.lower()))
        out: list[Match] = []
        for words, entry in (pair for key in keys for pair in self.lexicon.phrases.get(key, [])):
            covered = match_phrase(words, position, tokens)
            if covered is None:
                continue
            span = [tokens[i] for i in covered]
            head = next((t for t in span if t.pos == "VERB"), None) or next(
                (t for t in reversed(span) if t.pos in ("NOUN", "PROPN")), span[-1]
            )
            if satisfied(entry, head, tree, self.classes):
                out.append(Match(entry, head, tuple(t.index for t in span)))
        return out


PROPOSED = 0.35
"""Probability (0 to 1) of a token from which the learned coder proposes a trigger that the lexicon does not have."""
PROPOSABLE = {"VERB", "NOUN", "PROPN", "ADJ"}


def proposals(sentence: Sentence, listed: Collection[str], tree: Tree) -> Iterator[EventCandidate]:
    """Yield the triggers that only the learned coder sees in a sentence, one a type.

    Only types of which the lexicon has no words (`listed` has those that it knows), as those of a user's own: for the others
    what the learned coder adds mostly tells of an event that is there already, and out of fold it cost more than it brought.
    """
    encoding = tree.analysis.encoding
    if encoding is None:
        return
    for event_type in encoding.types:
        if event_type in listed:
            continue
        scored = {t.index: encoding.trigger_score(t.index, event_type) or 0.0 for t in tree.analysis.tokens_of(sentence)}
        usable = [t for t in tree.analysis.tokens_of(sentence) if scored[t.index] >= PROPOSED and t.pos in PROPOSABLE]
        if not usable:
            continue
        best = max(usable, key=lambda t: (scored[t.index], -t.index))
        # of the words next to the best one the word that governs them, as the lexicon's triggers do
        inside = {best.index}
        while wider := {t.index for t in usable if t.index not in inside and inside & {t.index - 1, t.index + 1}}:
            inside |= wider
        heads = [t for t in usable if t.index in inside and (t.head not in inside or t.head == t.index)]
        yield proposal(event_type, heads[0] if heads else best, scored[best.index], encoding.model, tree)


def proposal(event_type: str, token: Token, score: float, model: str, tree: Tree) -> EventCandidate:
    """Make the candidate of a token that the learned coder takes for a trigger."""
    construction = construction_of(token, tree)
    text = token.span.of(tree.analysis.document.text)
    return EventCandidate(
        sentence=token.sentence,
        trigger=Mention(kind="trigger", span=token.span, text=text, head=token.index, made_by=model),
        event_type=event_type,
        rule=f"{event_type}.{MODEL_RULE}.{'n' if construction == 'nominal' else 'v'}",
        prior=0.5,
        construction=construction,
        nominal=construction == "nominal",
        notes=(f"events.triggers: no entry of the lexicon; {model} reads {event_type} here ({score:.2f})",),
    )


def construction_of(token: Token, tree: Tree) -> str:
    """Name how a trigger stands in its clause."""
    if token.pos in ("NOUN", "PROPN"):
        return "nominal"
    if token.dep == "amod":
        return "participle"
    return "passive" if tree.is_passive(token) else "active"


def candidate(match: Match, tree: Tree) -> EventCandidate:
    """Turn a match into a candidate that knows its trigger and type, and nothing else yet."""
    entry, token = match.entry, match.token
    words = [tree.tokens[i] for i in match.covered]
    words += [t for t in tree.children(token, "prt") if t.index > token.index]
    span = Span(min(t.span.start for t in words), max(t.span.end for t in words))
    construction = construction_of(token, tree)
    return EventCandidate(
        sentence=token.sentence,
        trigger=Mention(kind="trigger", span=span, text=span.of(tree.analysis.document.text), head=token.index, made_by="events.triggers"),
        event_type=entry.event_type,
        modes=entry.modes,
        contexts=entry.contexts,
        rule=entry.id,
        prior=entry.prior,
        construction=construction,
        nominal=construction == "nominal",
        symmetric=entry.symmetric,
        notes=(f"events.triggers: {entry.id} ({construction}, prior {entry.prior:.2f}; {entry.source})",),
    )
