"""How much of a noun phrase says who: the words kept in an actor's text (codebook §3)."""

from __future__ import annotations

from dateline.types import Analysis, Argument, Span, Token

_LEFT = frozenset("compound amod nmod poss nummod quantmod advmod det predet punct case npadvmod conj cc".split())
_DROPPED = frozenset(
    "the a an this that these those its his her their our my your all both each every any such even only mostly nearly almost "
    "about around roughly approximately some certain various particularly especially including then".split()
)
_KEPT_PREPOSITIONS = frozenset({"of"})
_WIDE_PREPOSITIONS = frozenset({"of", "in", "from", "at", "against", "for", "on"})
_HEDGES = frozenset("more less fewer than at least most up to as many over under well".split())
_SAY_LITTLE = frozenset(
    "people person man woman member group resident authority official leader one those victim community court "
    "representative candidate unit police thousand hundred dozen family supporter citizen party forces activist "
    "million score number team part minister court branch inhabitant native secretary head coalition government".split()
)
"""Heads that name nobody without the phrase behind them."""
_GLUE = frozenset({"compound", "nummod", "nmod", "appos", "flat", "npadvmod", "dep"})
"""How the parser ties a later word of a name to its first ("Barrio 18"); a comma would stand before a true apposition."""
_SHORT = 4
"""A span of so many tokens is taken as it is."""
_STOPS = frozenset(", ; : ( – - —".split())
_BREAKS = frozenset(", ; : ( ) [ ] – — who which that".split())
_MOST = 12
"""No actor's text is longer than this many words."""


def bounds(analysis: Analysis, argument: Argument) -> tuple[int, int] | None:
    """Return the tokens (first, last exclusive) that say who an argument is, or None where it has no head."""
    if argument.head is None or argument.span is None or argument.head >= len(analysis.tokens):
        return None
    tokens = analysis.tokens
    head = tokens[argument.head]
    short = _short(analysis, argument.span, head)
    if short:
        return short
    first = _left(analysis, head, argument.span)
    last = _right(analysis, head, argument.span)
    first = _start(tokens, first, head.index)
    while last - 1 > head.index and tokens[last - 1].pos == "PUNCT" and tokens[last - 1].text not in ")]":
        last -= 1
    if last - 1 > head.index and tokens[last - 1].tag == "POS":
        last -= 1
    return first, min(last, first + _MOST) if head.index < first + _MOST else last


def _short(analysis: Analysis, span: Span, head: Token) -> tuple[int, int] | None:
    """Return the tokens of a span that is short already, without article and rim; None where it must be cut by the parse."""
    tokens = analysis.tokens
    first, last = head.index, head.index + 1
    while first > 0 and span.covers(tokens[first - 1].span):
        first -= 1
    while last < len(tokens) and span.covers(tokens[last].span):
        last += 1
    if last - first > _SHORT:
        return None
    if any(t.text in _BREAKS or (t.pos in ("VERB", "AUX", "SCONJ") and t.dep not in _LEFT) for t in tokens[first:last]):
        return None
    first = _start(tokens, first, head.index)
    while last - 1 > head.index and (tokens[last - 1].pos in ("PUNCT", "ADP", "CCONJ") or tokens[last - 1].tag == "POS"):
        last -= 1
    if any(t.dep == "cc" and t.head == head.index for t in tokens[first:last]):
        return None
    return first, last


def _start(tokens: tuple[Token, ...], first: int, head: int) -> int:
    """Return where a phrase begins behind its articles, possessives, hedges and, before a noun, large or hedged numbers."""
    hedged = False
    while first < head:
        token, after = tokens[first], tokens[first + 1]
        word = token.text.lower()
        if word == "all" and after.text.lower() in ("india", "-"):
            break
        if word == "a" and len(after.text) == 1 and after.text.isalpha():
            # An initial of a lower-cased name.
            break
        if word == "those" and after.pos == "VERB":
            break
        if word in _HEDGES:
            hedged = True
        elif not (_droppable(token) or (_is_number(token) and (hedged or token.text[:1].isdigit()) and after.text[:1] != "-")):
            break
        first += 1
    return first


def _is_number(token: Token) -> bool:
    return token.pos == "NUM" and token.dep in ("nummod", "quantmod", "compound")


def _droppable(token: Token) -> bool:
    if token.pos == "PUNCT":
        return token.text not in "(["
    return token.text.lower() in _DROPPED or token.dep in ("cc", "preconj")


def _left(analysis: Analysis, head: Token, span: Span) -> int:
    """Return the first token of the unbroken run of modifiers before the head."""
    tokens = analysis.tokens
    first = head.index
    while first > 0:
        before = tokens[first - 1]
        if before.sentence != head.sentence or before.span.start < span.start:
            break
        # A modifier hangs, over at most a few others, under the head.
        if before.dep not in _LEFT or not _hangs_under(tokens, before, head):
            break
        first -= 1
    return first


def _hangs_under(tokens: tuple[Token, ...], token: Token, head: Token) -> bool:
    at = token
    for _ in range(6):
        if at.head == head.index:
            return True
        if at.head == at.index:
            return False
        at = tokens[at.head]
    return False


def _right(analysis: Analysis, head: Token, span: Span) -> int:
    """Return the end of the phrases behind the head that belong to the name ("of Bolivia")."""
    tokens = analysis.tokens
    last = head.index + 1
    kept = _WIDE_PREPOSITIONS if head.lemma.lower() in _SAY_LITTLE else _KEPT_PREPOSITIONS
    for child in analysis.children(head):
        if child.index < last:
            continue
        glued = child.dep in _GLUE and child.index == last and child.pos in ("PROPN", "NUM")
        bracket = child.index == last and child.text == "("
        if glued:
            last = child.index + 1
        elif bracket:
            break
        elif child.dep == "prep" and child.text.lower() in kept and child.index == last:
            end = _phrase_end(analysis, child)
            if tokens[end - 1].span.end <= span.end:
                last = end
            # Further phrases say where and when rather than who.
            kept = _KEPT_PREPOSITIONS
        else:
            break
    return last


def _phrase_end(analysis: Analysis, preposition: Token) -> int:
    """Return the end of a prepositional phrase without relative clauses, participles and appositions."""
    tokens = analysis.tokens
    end = preposition.index + 1
    for token in analysis.subtree(preposition):
        if token.index < end:
            continue
        hyphen = token.text == "-" and tokens[token.index - 1].span.end == token.span.start
        if token.index != end or token.dep in ("relcl", "acl", "appos", "advcl") or (token.text in _STOPS and not hyphen):
            break
        if token.pos in ("VERB", "AUX") and token.dep not in ("amod", "compound"):
            break
        end = token.index + 1
    while end - 1 > preposition.index and tokens[end - 1].pos in ("PUNCT", "DET", "CCONJ", "ADP", "SCONJ", "PRON"):
        end -= 1
    return end if end - 1 > preposition.index else preposition.index
