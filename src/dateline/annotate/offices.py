"""Definite descriptions by office: "the president" is the president whom the article named before.

High precision is asked for: the description must be bare ("the prime minister", no "of", no demonym that was not told of
the person), and the nearest person told to hold that office must stand close enough before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.names import TITLES
from dateline.types import Analysis, Token

FAR = 12
"""A description looks at most this many sentences back."""

MODIFIERS = {"compound", "amod", "nmod"}
DEFINITE = {"the", "this", "that"}


def offices_at(analysis: Analysis, head: Token) -> frozenset[str]:
    """The words that say what the person named at `head` is: titles before the name, nouns in apposition to it."""
    found = [t for t in analysis.children(head) if t.dep in MODIFIERS and t.index < head.index and t.entity != "PERSON"]
    around = [t for t in analysis.children(head) if t.dep == "appos" and t.pos == "NOUN"]
    if head.dep == "appos" and analysis.tokens[head.head].pos == "NOUN":
        around.append(analysis.tokens[head.head])
    for noun in around:
        found += [noun, *(t for t in analysis.children(noun) if t.dep in MODIFIERS)]
    sentence = analysis.sentences[head.sentence]
    for index in range(head.index - 1, max(sentence.first, head.index - 6) - 1, -1):
        # The parser at times hangs the words before a name elsewhere: read leftward while they are titles or names.
        token = analysis.tokens[index]
        if token.text.lower() in TITLES:
            found.append(token)
        elif token.pos != "PROPN":
            break
    return frozenset(t.text.lower() for t in found)


def description(analysis: Analysis, token: Token) -> frozenset[str] | None:
    """The words of a bare definite singular description by office, or None where the token heads no such phrase."""
    if token.tag not in ("NN", "NNP") or token.text.lower() not in TITLES:
        return None
    parts = [t for t in analysis.children(token) if t.dep not in ("case", "punct")]
    determiners = [t for t in parts if t.dep == "det" and t.text.lower() in DEFINITE]
    others = [t for t in parts if t not in determiners]
    if not determiners or any(t.dep not in MODIFIERS or t.entity == "PERSON" for t in others):
        return None
    return frozenset((token.text.lower(), *(t.text.lower() for t in others)))


def holder(described: frozenset[str], at: Token, held: Sequence[tuple[Token, frozenset[str], int]]) -> int | None:
    """Return the number of the person last told to hold the office, or None.

    Args:
        described: the words of the description.
        at: its head.
        held: (head of a name, words of office told there, number of the person), in text order.
    """
    before = [(t, number) for t, words, number in held if t.index < at.index and described <= words]
    if not before or at.sentence - before[-1][0].sentence > FAR:
        return None
    recent = {number for t, number in before if at.sentence - t.sentence <= FAR}
    return before[-1][1] if len(recent) == 1 or at.sentence - before[-1][0].sentence <= 1 else None
