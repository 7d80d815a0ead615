"""How many: dead, hurt, arrested, marching, as the clause of the event counts them (codebook §3 `counts`, §5.28)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.events.numbers import Number, NumberReader
from dateline.events.tree import Tree
from dateline.types import Analysis, EventCandidate, Layer, Quantity, Span, Token

COUNTED = {
    "ASSAULT": ("killed", "injured", "abducted"),
    "COERCE": ("arrested", "displaced", "killed"),
    "PROTEST": ("participants", "killed", "injured"),
    "MOBILIZE": ("participants",),
    "SANCTION": ("displaced", "arrested"),
    "RETREAT": (),
    "AID": (),
}
"""What the counts of a type can be; the first of COERCE, PROTEST and MOBILIZE is what its own side counts."""

OWN_SIDE = {
    ("PROTEST", "actor"): "participants",
    ("COERCE", "recipient"): "arrested",
    ("MOBILIZE", "actor"): "other",
    ("MOBILIZE", "recipient"): "other",
    ("RETREAT", "recipient"): "other",
}
UNSURE = {"shoot", "gun", "burn", "dead", "body", "death"}
"""Words that alone do not say whether anybody was killed or hurt."""

MODE_COUNTS = {"arrest": "arrested", "deport": "displaced", "abduct": "abducted"}


class Magnitude:
    """Tie the numbers of the sentence to the candidate whose clause they stand in."""

    name = "events.magnitude"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(self, language: str = "en") -> None:
        self.reader = NumberReader(language)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with quantities on each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        tree = Tree(analysis)
        numbers: dict[int, list[Number]] = {}
        for candidate in analysis.candidates:
            if candidate.sentence not in numbers:
                numbers[candidate.sentence] = self.reader.read(analysis.tokens_of(analysis.sentences[candidate.sentence]))
        return replace(analysis, candidates=tuple(self._count(c, numbers[c.sentence], tree) for c in analysis.candidates))

    def _count(self, candidate: EventCandidate, numbers: Sequence[Number], tree: Tree) -> EventCandidate:
        if candidate.event_type not in COUNTED:
            return candidate
        seen: dict[tuple[str, int], Quantity] = {}
        for quantity in self._quantities(candidate, numbers, tree):
            seen.setdefault((quantity.what, quantity.span.start), quantity)
        if not seen:
            seen = {(q.what, q.span.start): q for q in self._individuals(candidate, tree)}
        if not seen:
            return candidate
        told = "; ".join(f"{q.what} {q.minimum}–{q.maximum if q.maximum is not None else '…'} {q.text!r}" for q in seen.values())
        return replace(candidate, quantities=tuple(seen.values()), notes=(*candidate.notes, f"{self.name}: {told}"))

    def _individuals(self, candidate: EventCandidate, tree: Tree) -> list[Quantity]:
        """Count those named one by one ("killed the manager", "arrested Robinson"), where nothing else counts them."""
        trigger = tree.tokens[candidate.trigger.head]
        what = next((MODE_COUNTS[m] for m in candidate.modes if m in MODE_COUNTS), None)
        if what is None and candidate.event_type == "ASSAULT":
            what = next((w for w in ("killed", "injured") if trigger.lemma in self.reader.counts[w] and trigger.lemma not in UNSURE), None)
        heads = [(a, tree.tokens[a.head]) for a in candidate.of_role("recipient") if a.head is not None and a.span is not None]
        if what is None or not heads or not all(self._one(t) for _, t in heads):
            return []
        first, last = heads[0][0].span, heads[-1][0].span
        if first is None or last is None:
            return []
        span = Span(min(first.start, last.start), max(first.end, last.end))
        return [Quantity(what=what, minimum=len(heads), maximum=len(heads), text=span.of(tree.analysis.document.text), span=span)]

    def _one(self, token: Token) -> bool:
        """Tell whether a head names one person."""
        return token.entity == "PERSON" or (token.tag == "NN" and token.lemma in self.reader.individuals)

    def _quantities(self, candidate: EventCandidate, numbers: Sequence[Number], tree: Tree) -> Iterator[Quantity]:
        sentence = tree.analysis.sentences[candidate.sentence]
        tokens = tree.analysis.tokens_of(sentence)
        for number in numbers:
            counted = self.counted(tokens[number.last], tree)
            span = number.span(tokens)
            head = counted if counted is not None else tokens[number.last]
            if head.span.end > span.end and head.index - tokens[number.last].index <= 4:
                span = Span(span.start, head.span.end)
            what = self._what(candidate, tokens[number.last], counted, tree)
            if what is not None:
                yield Quantity(
                    what=what, minimum=number.minimum, maximum=number.maximum, text=span.of(tree.analysis.document.text), span=span
                )

    def counted(self, last: Token, tree: Tree) -> Token | None:
        """The noun that a number counts: its head, or what follows `of`; None where it stands alone."""
        if last.dep in ("nummod", "amod", "det", "quantmod", "compound", "nmod"):
            head = tree.head(last)
            return tree.head(head) if head.dep in ("nummod", "quantmod") else head
        inner = [obj for prep, _, obj in tree.prepositions(last) if prep == "of"]
        return inner[0] if inner else None

    def _what(self, candidate: EventCandidate, last: Token, counted: Token | None, tree: Tree) -> str | None:
        head = counted if counted is not None else last
        if counted is not None and counted.lemma not in self.reader.people and counted.entity not in ("NORP",) and counted.pos != "PROPN":
            return "sites" if candidate.event_type == "PROTEST" and counted.lemma in ("blockade", "road", "town", "city", "site") else None
        allowed = COUNTED[candidate.event_type]
        verb = self._verb_over(head, tree)
        if verb is not None:
            for what in allowed:
                if verb.lemma in self.reader.counts[what] and self._suffers(head, verb, tree):
                    return what
        for what in allowed:
            following = [t.lemma for t in tree.tokens[last.index + 1 : last.index + 3]]
            if what != "participants" and any(
                w in self.reader.counts[what] and w in ("dead", "injured", "wounded", "wound", "injure") for w in following
            ):
                return what
        return self._own_side(candidate, head)

    def _own_side(self, candidate: EventCandidate, head: Token) -> str | None:
        for argument in candidate.arguments:
            if argument.head == head.index or (argument.span is not None and argument.span.covers(head.span)):
                own = OWN_SIDE.get((candidate.event_type, argument.role))
                if candidate.event_type == "COERCE" and not set(candidate.modes) & MODE_COUNTS.keys():
                    return None
                for mode in candidate.modes:
                    own = MODE_COUNTS.get(mode, own)
                return own
        return None

    def _verb_over(self, head: Token, tree: Tree) -> Token | None:
        current = head
        while current.dep in ("conj", "appos", "nummod", "pobj", "prep") and current.head != current.index and current.pos != "VERB":
            current = tree.head(current)
        above = tree.head(current)
        if above.index != current.index and (
            above.pos in ("VERB", "AUX") or above.lemma in ("death", "arrest", "killing", "murder", "injury")
        ):
            return above
        participles = [t for t in tree.children(head, "acl", "amod", "relcl") if t.pos == "VERB"]
        return participles[0] if participles else None

    def _suffers(self, head: Token, verb: Token, tree: Tree) -> bool:
        """Tell whether the counted are those it is done to, or those who die, flee or march."""
        if verb.lemma in ("die", "flee", "perish") or verb.lemma in self.reader.counts["participants"]:
            return True
        objects = {f.token.index for f in tree.logical_objects(verb)}
        if not objects:
            return verb.tag in ("VBN", "NN", "NNS")
        chain = {head.index, *(t.index for t in tree.ancestors(head))}
        return bool(objects & chain)
