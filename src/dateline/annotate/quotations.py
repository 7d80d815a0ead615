"""Direct, indirect and mixed quotations: what is said, by whom, and the word of saying.

Found by syntax (a verb of saying with its clause; "according to"; passives of report) and by quotation marks, which
may run over several sentences. Verbs are in ``quotation_verbs.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import ClassVar

import yaml

from dateline.types import Analysis, Layer, Quotation, Sentence, Span, Token

QUOTED = re.compile(r"[“\"](?P<inner>[^“”\"]{12,2000})[”\"]")
END_MARKS = " .,;:!?…-–—"
"""What may stand between the last word of a quotation and its closing mark; found by syntax, its content ends before."""

SHORT = 10
"""A sentence of up to this many tokens after a quotation may be no more than who says it."""

EMPTY_SUBJECTS = {"it", "there"}
INVERTING = {"report", "say", "add", "write", "tell", "announce", "state", "declare"}
"""Verbs of saying that stand before their subject at the end of a sentence."""

SKIPPED = {"relcl", "appos", "acl", "conj", "cc", "punct", "advcl", "preconj"}


def phrase_span(head: Token, analysis: Analysis) -> Span:
    """The speaker's noun phrase: head, determiners, modifiers and of-phrases, without clauses and appositions."""
    keep = [head]
    queue = [head]
    while queue:
        for child in analysis.children(queue.pop()):
            if child.dep in SKIPPED or (child.dep == "prep" and child.lemma not in ("of", "for")):
                continue
            keep.append(child)
            queue.append(child)
    ordered = sorted(keep, key=lambda t: t.index)
    while len(ordered) > 1 and ordered[0].pos in ("DET", "PUNCT"):
        ordered = ordered[1:]
    while len(ordered) > 1 and ordered[-1].dep == "case":
        # "the union's claim that ...": the mark of the possessive is no part of the name.
        ordered = ordered[:-1]
    return Span(ordered[0].span.start, ordered[-1].span.end)


class Quotations:
    """Find who is quoted as saying what."""

    name = "annotate.quotations"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.QUOTATIONS})

    def __init__(self, language: str = "en") -> None:
        path = files("dateline") / "data" / "lexicons" / language / "quotation_verbs.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.verbs = {w for group in ("reported", "alleged", "denied") for w in data[group]["words"]}
        self.nouns = set(data["nouns"]["words"])
        self.according = [tuple(p.split()) for p in data["according_to"]["phrases"]]

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with quotations in text order."""
        return [replace(a, quotations=tuple(sorted(self._find(a), key=lambda q: (q.content.start, -q.content.end)))) for a in batch]

    def _find(self, analysis: Analysis) -> list[Quotation]:
        found: list[Quotation] = []
        for sentence in analysis.sentences:
            tokens = analysis.tokens_of(sentence)
            for token in tokens:
                if token.lemma in self.verbs and token.pos == "VERB":
                    found += self._of_verb(token, sentence, analysis)
                elif token.lemma in self.nouns and token.pos == "NOUN":
                    found += self._of_noun(token, analysis)
            found += self._according(tokens, sentence, analysis)
        return found + list(self._marked(analysis, found))

    def _of_verb(self, verb: Token, sentence: Sentence, analysis: Analysis) -> list[Quotation]:
        children = list(analysis.children(verb))
        clauses = [c for c in children if c.dep in ("ccomp", "parataxis") or (c.dep == "xcomp" and self._passive(verb, analysis))]
        source = self._speaker(verb, analysis)
        content: Span | None = None
        if clauses:
            clause = max(clauses, key=lambda c: len(analysis.subtree(c)))
            inside = [t for t in analysis.subtree(clause) if t.pos != "PUNCT"]
            if inside:
                content = Span(inside[0].span.start, inside[-1].span.end)
        elif self._closes(verb, sentence, analysis):
            # "..., the governor said.": the parser at times hangs the verb of saying under what was said.
            start = min([verb, *([source] if source else [])], key=lambda t: t.index)
            content = Span(sentence.span.start, max(sentence.span.start, start.span.start))
        if content is None or len(content) < 4:
            return []
        return [self._quotation(content, source, verb, analysis, direct=self._has_marks(content, analysis))]

    def _closes(self, verb: Token, sentence: Sentence, analysis: Analysis) -> bool:
        later = [t for t in analysis.tokens_of(sentence) if t.index > verb.index and t.pos not in ("PUNCT",)]
        before = [t for t in analysis.tokens_of(sentence) if t.index < verb.index]
        return len(before) > 5 and len(later) <= 6 and any(t.text == "," for t in before[-6:]) and verb.lemma in INVERTING

    def _passive(self, verb: Token, analysis: Analysis) -> bool:
        return any(c.dep in ("auxpass", "nsubjpass") for c in analysis.children(verb))

    def _speaker(self, verb: Token, analysis: Analysis) -> Token | None:
        """The subject, or the by-phrase of a passive; that of the governing verb where it is shared."""
        passive = self._passive(verb, analysis)
        for child in analysis.children(verb):
            if passive and child.dep == "agent":
                return next((c for c in analysis.children(child) if c.dep == "pobj"), None)
            if not passive and child.dep == "nsubj":
                if child.lemma in ("who", "which", "that") and verb.dep == "relcl":
                    return analysis.tokens[verb.head]
                return None if child.lemma in EMPTY_SUBJECTS and child.lemma != "it" else child
        if not passive and verb.lemma in INVERTING:
            # "..., reports The Times": the parser takes the speaker after the verb for an object.
            after = [
                c
                for c in analysis.children(verb)
                if c.dep in ("dobj", "attr", "dative", "npadvmod") and 0 < c.index - verb.index <= 6 and c.pos in ("PROPN", "NOUN")
            ]
            if after and after[0].entity not in ("DATE", "TIME"):
                return after[0]
        governor = analysis.tokens[verb.head]
        if not passive and governor.index != verb.index:
            if verb.dep in ("conj", "xcomp", "advcl") and governor.pos == "VERB":
                return self._speaker(governor, analysis)
            if verb.dep in ("acl", "relcl") and governor.pos in ("NOUN", "PROPN") and verb.tag == "VBG":
                return governor
        return None

    def _of_noun(self, noun: Token, analysis: Analysis) -> list[Quotation]:
        children = list(analysis.children(noun))
        clauses = [c for c in children if c.dep in ("acl", "ccomp") and any(k.dep == "mark" for k in analysis.children(c))]
        if not clauses:
            return []
        inside = [t for t in analysis.subtree(clauses[0]) if t.pos != "PUNCT"]
        owner = next((c for c in children if c.dep == "poss"), None)
        if owner is None:
            by = [c for c in children if c.dep == "prep" and c.lemma in ("by", "from")]
            owner = next((c for p in by for c in analysis.children(p) if c.dep == "pobj"), None)
        return [self._quotation(Span(inside[0].span.start, inside[-1].span.end), owner, noun, analysis, direct=False)]

    def _according(self, tokens: Sequence[Token], sentence: Sentence, analysis: Analysis) -> Iterator[Quotation]:
        for i, token in enumerate(tokens):
            for phrase in self.according:
                if tuple(t.text.lower() for t in tokens[i : i + len(phrase)]) != phrase:
                    continue
                last = tokens[i + len(phrase) - 1]
                source = next((c for c in analysis.children(last) if c.dep == "pobj"), None)
                if source is None:
                    source = next((c for c in analysis.children(token) if c.dep == "pobj"), None)
                if source is None:
                    continue
                cue = Span(token.span.start, last.span.end)
                whole = analysis.subtree(source)
                end = max(whole[-1].span.end, cue.end)
                if i <= 2:
                    content = Span(min(end, sentence.span.end), sentence.span.end)
                else:
                    content = Span(sentence.span.start, token.span.start)
                if len(content):
                    yield Quotation(
                        content=content,
                        source=phrase_span(source, analysis),
                        source_head=source.index,
                        cue=cue,
                        cue_lemma=" ".join(phrase),
                        direct=False,
                    )

    def _marked(self, analysis: Analysis, found: Sequence[Quotation]) -> Iterator[Quotation]:
        """Quotation marks with a verb of saying in their own sentences or the next: its speaker says all of it."""
        text = analysis.document.text
        for block in analysis.document.blocks:
            for mark in QUOTED.finditer(text, block.span.start, block.span.end):
                inner = Span(mark.start("inner"), mark.end("inner"))
                words = Span(inner.start, inner.start + max(1, len(inner.of(text).rstrip(END_MARKS))))
                if any(q.content.covers(words) for q in found):
                    continue
                cue = self._cue_near(inner, analysis)
                if cue is not None:
                    yield self._quotation(inner, self._speaker(cue, analysis), cue, analysis, direct=True)

    def _cue_near(self, inner: Span, analysis: Analysis) -> Token | None:
        touched = [s for s in analysis.sentences if s.span.overlaps(inner)]
        if not touched:
            return None
        nearby = [t for s in touched for t in self._cues(s, analysis) if not inner.covers(t.span)]
        if not nearby and touched[-1].index + 1 < len(analysis.sentences):
            # '"Go home!" the mayor said.': the stop before the mark ends a sentence, and the speaker makes a short one.
            after = analysis.sentences[touched[-1].index + 1]
            if after.block == touched[-1].block and after.last - after.first <= SHORT:
                nearby = [t for t in self._cues(after, analysis) if not any(c.dep == "ccomp" for c in analysis.children(t))]
        return min(nearby, key=lambda t: (min(abs(t.span.start - inner.end), abs(inner.start - t.span.end)), t.index), default=None)

    def _cues(self, sentence: Sentence, analysis: Analysis) -> list[Token]:
        """The verbs of saying of a sentence that have a speaker."""
        verbs = [t for t in analysis.tokens_of(sentence) if t.pos == "VERB" and t.lemma in self.verbs]
        return [t for t in verbs if self._speaker(t, analysis) is not None]

    def _has_marks(self, content: Span, analysis: Analysis) -> bool:
        text = analysis.document.text
        return any(m in text[max(0, content.start - 1) : content.end + 1] for m in '“”"')

    def _quotation(self, content: Span, source: Token | None, cue: Token, analysis: Analysis, *, direct: bool) -> Quotation:
        return Quotation(
            content=content,
            source=phrase_span(source, analysis) if source is not None else None,
            source_head=source.index if source is not None else None,
            cue=cue.span,
            cue_lemma=cue.lemma,
            direct=direct,
        )
