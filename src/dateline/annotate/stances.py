"""Attitudes that a text ascribes to somebody: wishes, plans, judgements, questions, beside what is said.

"The union demands a vote", "critics of the dam", "he called for talks": the frames are in ``stance_verbs.yaml``. Nothing
in the flow takes them for somebody's words: an event within a wish or a plan is judged by its own modality (codebook §3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

import yaml

from dateline.annotate.quotations import phrase_span
from dateline.types import Analysis, Quotation, Span, Token

CLAUSES = frozenset({"xcomp", "ccomp", "parataxis"})
OBJECTS = frozenset({"dobj", "dative", "oprd", "attr"})
PASSIVE = frozenset({"auxpass", "nsubjpass"})
SHORTEST = 2
"""Code points below which content is no content."""

RELATIVE = frozenset({"who", "which", "that"})
EMPTY = frozenset({"it", "there"})
SUBJECTLESS = frozenset({"appear", "seem"})
"""Verbs whose subject is part of what seems to be so; nobody is named to whom it seems."""


class Stances:
    """Find attitudes and whose they are, in the form of quotations."""

    def __init__(self, language: str = "en") -> None:
        path = files("dateline") / "data" / "lexicons" / language / "stance_verbs.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.clause = frozenset(data["clause"]["words"])
        self.object = frozenset(data["object"]["words"])
        self.preposition = {p: frozenset(words) for p, words in data["preposition"]["words"].items()}
        self.nouns = frozenset(data["nouns"]["words"])
        self.noun_prepositions = frozenset(data["nouns"]["prepositions"])

    def __call__(self, analysis: Analysis) -> tuple[Quotation, ...]:
        """Return a document's stances in text order; cues that are already those of quotations are left out."""
        taken = {q.cue for q in analysis.quotations}
        found = [
            attitude
            for token in analysis.tokens
            if token.span not in taken
            for attitude in (self._of_verb(token, analysis) if token.pos == "VERB" else self._of_noun(token, analysis))
        ]
        return tuple(sorted(found, key=lambda q: (q.content.start, -q.content.end)))

    def _of_verb(self, verb: Token, analysis: Analysis) -> Iterator[Quotation]:
        children = list(analysis.children(verb))
        passive = any(c.dep in PASSIVE for c in children)
        if verb.dep == "acl" and verb.tag == "VBN" and verb.lemma in self.object:
            # "a bridge proposed by the mayor": the noun is what was proposed
            yield from self._of_participle(verb, children, analysis)
            return
        parts = self._contents(verb, children, analysis, passive=passive)
        if not parts:
            return
        source = None if verb.lemma in SUBJECTLESS else speaker(verb, analysis)
        content = span_of(parts, analysis)
        if content is not None and (source is None or not content.covers(source.span)):
            yield stance(content, source, verb, analysis)

    def _of_participle(self, verb: Token, children: Iterable[Token], analysis: Analysis) -> Iterator[Quotation]:
        agent = next((c for c in children if c.dep == "agent"), None)
        source = next((c for c in analysis.children(agent) if c.dep == "pobj"), None) if agent is not None else None
        if source is not None:
            yield stance(phrase_span(analysis.tokens[verb.head], analysis), source, verb, analysis)

    def _contents(self, verb: Token, children: Iterable[Token], analysis: Analysis, *, passive: bool) -> list[Token]:
        """The dependents that hold what is wanted or judged: a clause first, then objects, then a phrase by a preposition."""
        children = list(children)
        if verb.lemma in self.clause and (clauses := [c for c in children if c.dep in CLAUSES]):
            return [max(clauses, key=lambda c: len(analysis.subtree(c)))]
        if verb.lemma in self.object:
            held = [
                c for c in children if (c.dep == "nsubjpass" and passive and c.lemma not in RELATIVE) or (not passive and c.dep in OBJECTS)
            ]
            if held:
                return held
        for child in children:
            if child.dep == "prep" and verb.lemma in self.preposition.get(child.lemma.lower(), ()):
                return [c for c in analysis.children(child) if c.dep in ("pobj", "pcomp")]
        return []

    def _of_noun(self, noun: Token, analysis: Analysis) -> Iterator[Quotation]:
        if noun.pos != "NOUN" or noun.lemma not in self.nouns:
            return
        children = list(analysis.children(noun))
        owner = next((c for c in children if c.dep == "poss"), None)
        clause = next(
            (c for c in children if c.dep in ("acl", "ccomp") and any(k.dep in ("mark", "aux") for k in analysis.children(c))), None
        )
        held = [clause] if clause is not None else []
        if not held and owner is not None:
            held = [
                c
                for p in children
                if p.dep == "prep" and p.lemma.lower() in self.noun_prepositions
                for c in analysis.children(p)
                if c.dep == "pobj"
            ]
        content = span_of(held[:1], analysis)
        governor = analysis.tokens[noun.head]
        if owner is None and noun.dep == "dobj" and governor.pos == "VERB":
            # "the party voiced fears that ...": whose fears they are is told by the verb
            owner = speaker(governor, analysis)
        if content is not None:
            yield stance(content, owner, noun, analysis)


def speaker(verb: Token, analysis: Analysis) -> Token | None:
    """Return the head of the phrase that the attitude is ascribed to; None where the text names nobody."""
    children = list(analysis.children(verb))
    if any(c.dep in PASSIVE for c in children):
        agent = next((c for c in children if c.dep == "agent"), None)
        return next((c for c in analysis.children(agent) if c.dep == "pobj"), None) if agent is not None else None
    subject = next((c for c in children if c.dep == "nsubj"), None)
    if subject is not None:
        if subject.lemma.lower() in RELATIVE and verb.dep == "relcl":
            return analysis.tokens[verb.head]
        return None if subject.lemma.lower() in EMPTY else subject
    governor = analysis.tokens[verb.head]
    if governor.index == verb.index:
        return None
    if verb.dep in ("conj", "xcomp", "advcl", "ccomp") and governor.pos in ("VERB", "AUX"):
        return speaker(governor, analysis)
    if verb.dep in ("acl", "relcl") and verb.tag == "VBG" and governor.pos in ("NOUN", "PROPN"):
        return governor
    return None


def span_of(heads: Iterable[Token], analysis: Analysis) -> Span | None:
    """Return the stretch from the first to the last word under some heads, outer punctuation left out."""
    inside = sorted({t.index for head in heads for t in analysis.subtree(head) if t.pos != "PUNCT"})
    if not inside:
        return None
    span = Span(analysis.tokens[inside[0]].span.start, analysis.tokens[inside[-1]].span.end)
    return span if len(span) >= SHORTEST else None


def stance(content: Span, source: Token | None, cue: Token, analysis: Analysis) -> Quotation:
    """Return an attitude in the form of a quotation."""
    return Quotation(
        content=content,
        source=phrase_span(source, analysis) if source is not None else None,
        source_head=source.index if source is not None else None,
        cue=cue.span,
        cue_lemma=cue.lemma,
        direct=False,
    )
