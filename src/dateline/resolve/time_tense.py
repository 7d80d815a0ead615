"""Where a verb looks: whether what it tells lies before or after publication.

Reads auxiliaries, tags and dependencies of the parse (spaCy's English labels, Penn tags). Needed because news writes
"on Monday" both for the Monday past and for the Monday to come.
"""

from __future__ import annotations

from collections.abc import Set

from dateline.types import Analysis, Sentence, Span, Token

_MODAL_AHEAD = frozenset({"will", "shall", "wo", "'ll", "’ll", "ll", "may", "can", "ca", "should", "must", "would", "'d", "might", "could"})
_PERFECT = frozenset({"have", "'ve", "has", "had"})


def is_verb(token: Token) -> bool:
    """Tell whether a token is a verb form (not a gerund used as a noun's compound)."""
    return token.pos in ("VERB", "AUX") or (token.tag.startswith("VB") and token.dep not in ("amod", "compound"))


def governor(analysis: Analysis, token: Token) -> Token | None:
    """Return the nearest verb at or above a token, or None in a sentence fragment without one."""
    node = token
    for _ in range(200):
        if is_verb(node):
            return node
        if node.head == node.index:
            return None
        node = analysis.tokens[node.head]
    return None


def head_of(analysis: Analysis, sentence: Sentence, span: Span) -> Token | None:
    """Return the token within a span whose head lies outside it, or None where the span holds no token."""
    inside = [t for t in analysis.tokens_of(sentence) if t.span.overlaps(span)]
    indices = {t.index for t in inside}
    for token in inside:
        if token.head == token.index or token.head not in indices:
            return token
    return inside[0] if inside else None


class TenseReader:
    """Tells the tense of an expression's clause."""

    def __init__(self, ahead: Set[str], timetable: Set[str], planning: Set[str]) -> None:
        """Keep the word lists.

        Args:
            ahead: Lemmas whose infinitive lies ahead ("plan to").
            timetable: Verbs that news writes in the present for fixed days to come ("talks begin").
            planning: Verbs whose object lies ahead ("scheduled a rally").
        """
        self._ahead = ahead
        self._timetable = timetable
        self._planning = planning

    def at(self, analysis: Analysis, sentence: Sentence, span: Span) -> str:
        """Return past, present or future for the expression at `span` (code points of the document)."""
        head = head_of(analysis, sentence, span)
        if head is None:
            return "past"
        verb = governor(analysis, head)
        return "past" if verb is None else self.of(analysis, verb)

    def of(self, analysis: Analysis, verb: Token, depth: int = 0) -> str:
        """Return past, present or future for a verb."""
        if depth > 20:
            return "past"
        helpers = [t for t in analysis.children(verb) if t.dep in ("aux", "auxpass")]
        if verb.dep == "conj" and not helpers and verb.tag in ("VB", "VBN", "VBG"):
            return self.of(analysis, analysis.tokens[verb.head], depth + 1) if verb.head != verb.index else "past"
        modal = next((t for t in helpers if t.text.lower() in _MODAL_AHEAD and t.tag == "MD"), None)
        perfect = any(t.lemma in _PERFECT or t.text.lower() in _PERFECT for t in helpers)
        if modal is not None:
            if modal.text.lower() == "could" and any(t.dep == "neg" for t in analysis.children(verb)):
                return "past"  # "could not be reached"
            return "past" if perfect and modal.text.lower() in ("would", "could", "should", "might", "must", "may") else "future"
        if verb.lemma in self._planning and verb.tag in ("VBD", "VBN") and any(t.dep == "dobj" for t in analysis.children(verb)):
            return "future"
        if any(t.text.lower() in ("was", "were", "did") or t.tag == "VBD" for t in helpers) or perfect:
            return "past"
        if any(t.tag == "TO" for t in helpers):
            return self._infinitive(analysis, verb, depth)
        if verb.tag == "VBD":
            return "past"
        if verb.tag in ("VBZ", "VBP"):
            due = verb.text.lower() in ("is", "are") and self._due(analysis, verb)
            return "future" if due or verb.lemma in self._timetable else "present"
        if verb.tag == "VBN":
            if any(t.lemma == "be" for t in helpers):
                return "future" if verb.lemma in self._ahead else "past"
            return "past"
        return self._bare(analysis, verb, helpers, depth)

    def _bare(self, analysis: Analysis, verb: Token, helpers: list[Token], depth: int) -> str:
        """Return the tense of a participle in -ing or a bare stem: mostly that of the clause above."""
        if verb.tag == "VBG" and any(t.text.lower() in ("is", "are", "'s", "'re", "am") for t in helpers):
            return "future" if verb.lemma in self._timetable | self._ahead else "present"
        if verb.head == verb.index:
            return "future" if verb.tag == "VB" and not any(t.text.lower() in ("do", "does") for t in helpers) else "past"
        if verb.tag == "VB" and verb.dep in ("ccomp", "conj") and not helpers:
            return "future"
        above = governor(analysis, analysis.tokens[verb.head])
        return "past" if above is None else self.of(analysis, above, depth + 1)

    def _infinitive(self, analysis: Analysis, verb: Token, depth: int) -> str:
        """Return the tense of "to meet": ahead under verbs and nouns of planning, else that of the clause above."""
        if verb.head == verb.index:
            return "future"
        head = analysis.tokens[verb.head]
        if any(t.text.lower() == "had" and t.dep == "aux" for t in analysis.children(head)):
            return "past"  # "had been due to expire on Friday"
        if head.lemma.lower() in self._ahead or head.text.lower() in ("is", "are", "plans", "due", "decision", "deal", "agreement"):
            return "future"
        above = governor(analysis, head)
        return "future" if above is None else self.of(analysis, above, depth + 1)

    def _due(self, analysis: Analysis, verb: Token) -> bool:
        return any(t.text.lower() in ("due", "likely", "set", "scheduled", "ready", "up") for t in analysis.children(verb))


def aspect(analysis: Analysis, verb: Token) -> str:
    """Return the form of a verb group: past, perfect, pluperfect, present, progressive, modal, infinitive, participle or bare."""
    helpers = [t for t in analysis.children(verb) if t.dep in ("aux", "auxpass")]
    words = {t.text.lower() for t in helpers}
    if any(t.tag == "MD" for t in helpers):
        return "modal"
    if "had" in words or "'d" in words:
        return "pluperfect"
    if words & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if any(t.tag == "TO" for t in helpers):
        return "infinitive"
    if words & {"was", "were", "did", "got"} or verb.tag == "VBD":
        return "past"
    if verb.tag == "VBG":
        return "progressive" if words & {"is", "are", "'s", "'re"} else "participle"
    if words & {"is", "are", "'s", "do", "does", "being", "be"} or verb.tag in ("VBZ", "VBP"):
        return "present"
    return "participle" if verb.tag == "VBN" else "bare"
