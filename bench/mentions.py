"""A head that picks the source and target mentions of a sentence among its noun phrases: fitted when the bench runs, never shipped.

Every noun that governs a phrase is asked whether it is the source, the target, one of parties that act on each other, or none of
these. What the phrase takes along on its right ("of ...", "in ...") is learned too, as annotators differ in how long they mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.heads import fitted, sklearn
from dateline.types import Analysis, Span, Token

ROLES = ("source", "target", "reciprocal")
NONE = "none"
CLASSES = (*ROLES, NONE)
LEAST = 0.3
"""A role is given from this probability on: the best of five in five-fold cross-validation on the set's train file."""
MORE = 0.6
"""A second mention in a role takes more."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
HEADING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr", "dative", "poss", "ROOT", "agent", "npadvmod", "oprd"})
"""Dependency labels (spaCy's English scheme) under which a noun heads a phrase of its own."""
LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "case", "punct"})
STEPS = 4
"""Governors that a feature looks up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase: its head, and where it may end: after the head, then after each preposition's complement, by preposition."""

    head: int
    start: int
    ends: tuple[tuple[str, int], ...]
    """The preposition that is taken along last ("" none) and the end in code points, from short to long."""
    tokens: tuple[int, int]
    """First token and one past the head's own last."""

    def span(self, kept: Mapping[str, bool]) -> Span:
        """Return the phrase as long as every preposition on the way is one that annotators keep."""
        end = self.ends[0][1]
        for preposition, longer in self.ends[1:]:
            if not kept.get(preposition, False):
                break
            end = longer
        return Span(self.start, end)

    @property
    def core(self) -> Span:
        """The phrase without what follows its head."""
        return Span(self.start, self.ends[0][1])


def phrase_of(analysis: Analysis, head: Token) -> Phrase:
    """Return a noun's phrase without clauses, appositions and coordinated nouns."""
    tokens = analysis.tokens
    first = last = head.index
    children = list(analysis.children(head))
    for child in children:
        if child.index < head.index and child.dep in LEFT:
            begin = analysis.subtree(child)[0].index
            first = min(first, begin)
    while first < head.index and tokens[first].pos == "PUNCT":
        first += 1
    for child in children:
        if child.index == last + 1 and child.dep == "case":
            last = child.index
    ends = [("", tokens[last].span.end)]
    stop = last
    for child in children:
        if child.dep != "prep" or child.index <= stop:
            continue
        if child.index != stop + 1:
            break
        below = [t for t in analysis.subtree(child) if t.dep != "punct"]
        if below[-1].index == child.index:
            break
        stop = below[-1].index
        ends.append((child.lemma.casefold(), tokens[stop].span.end))
    return Phrase(head=head.index, start=tokens[first].span.start, ends=tuple(ends), tokens=(first, last + 1))


def phrases(analysis: Analysis) -> list[Phrase]:
    """Return all phrases of a text, in text order."""
    return [phrase_of(analysis, t) for t in analysis.tokens if t.pos in NOMINAL and t.dep in HEADING]


def way_up(analysis: Analysis, token: Token) -> Iterator[str]:
    """Name the governors of a phrase: one by one, and as a path up to the first verb."""
    path, child = [], token
    for step in range(STEPS):
        if child.head == child.index:
            yield f"root+{step}"
            return
        parent = analysis.tokens[child.head]
        path.append(child.dep)
        if step == 0:
            yield f"governor={parent.lemma}"
            yield f"governor={child.dep}:{parent.lemma}"
        if child.dep == "pobj":
            path[-1] = f"pobj:{parent.lemma}"
        if parent.pos in ("VERB", "AUX"):
            way = "<".join(path)
            yield f"way={way}"
            yield f"verb={parent.lemma}"
            yield f"way={way}:{parent.lemma}"
            yield f"way={way}:{parent.dep}"
            yield f"passive={any(t.dep in ('auxpass', 'nsubjpass') for t in analysis.children(parent))}:{path[0]}"
            return
        child = parent
    yield "way=long"


def told(analysis: Analysis, phrase: Phrase) -> Iterator[tuple[str, float]]:
    """Name what Dateline's candidates make of a phrase, with their confidence (0 to 1)."""
    order = sorted(range(len(analysis.candidates)), key=lambda n: -analysis.confidences[n])
    for rank, number in enumerate(order):
        candidate, sides = analysis.candidates[number], analysis.sides[number]
        for role, actors in (("actor", sides.actors), ("recipient", sides.recipients)):
            spans = [a.span for a in actors if a.span] + [a.span for a in candidate.of_role(role) if a.span]
            if any(s.overlaps(phrase.core) for s in spans):
                sure = analysis.confidences[number]
                yield f"{role}:{'top' if rank == 0 else 'other'}", sure
                yield f"{role}:{candidate.event_type}", sure
                yield f"{role}:symmetric={candidate.symmetric}", sure
        if rank == 0:
            side = "before" if phrase.head < candidate.trigger.head else "after"
            yield f"{side} trigger", 1.0
            yield f"{side} trigger:{candidate.event_type}", 1.0
            yield f"{side} trigger:symmetric={candidate.symmetric}", 1.0


def names_of(analysis: Analysis, found: Sequence[Phrase], number: int) -> dict[str, float]:
    """Return a phrase's named features."""
    phrase = found[number]
    token = analysis.tokens[phrase.head]
    names = dict(told(analysis, phrase))
    nested = [n for n, p in enumerate(found) if n != number and p.start <= phrase.start and phrase.core.end <= p.ends[-1][1]]
    entities = {t.entity for t in analysis.tokens[slice(*phrase.tokens)] if t.entity}
    flat = [
        f"dep={token.dep}", f"pos={token.pos}", f"head={token.lemma.casefold()}", f"place={min(number, 5)}",
        f"from end={min(len(found) - number, 5)}", f"place={min(number, 5)}:{token.dep}", f"phrases={min(len(found), 6)}",
        f"nested={bool(nested)}", *(f"entity={e}" for e in entities or {"none"}), *way_up(analysis, token),
    ]  # fmt: skip
    flat += [f"modifier={t.lemma.casefold()}" for t in analysis.tokens[slice(*phrase.tokens)] if t.index != token.index]
    flat += [f"{token.dep}:{e}" for e in entities]
    return names | dict.fromkeys(flat, 1.0)


def role_of(phrase: Phrase, gold: Mapping[str, Any]) -> str:
    """Return the role of the gold mention that a phrase's head lies in and whose words it begins or covers, or none."""
    for role in ROLES:
        for mention in gold[role]:
            marked = Span(*mention["span"])
            if marked.overlaps(phrase.core) and abs(marked.start - phrase.start) <= len("the "):
                return role
    return NONE


class MentionHead:
    """The fitted head: which phrases fill which role, and which prepositions a mention keeps."""

    def __init__(self, gold: Sequence[Mapping[str, Any]], analyses: Sequence[Analysis | None]) -> None:
        self.rows: list[dict[str, float]] = []
        self.labels: list[str] = []
        counts: Counter[tuple[str, bool]] = Counter()
        for line, analysis in zip(gold, analyses, strict=True):
            if analysis is None or not line["has_spans"]:
                continue
            found = phrases(analysis)
            for number, phrase in enumerate(found):
                role = role_of(phrase, line)
                self.rows.append(names_of(analysis, found, number))
                self.labels.append(role)
                if role != NONE:
                    counts.update(kept_of(phrase, line[role]))
        self.kept = {p: counts[p, True] > counts[p, False] for p, _ in counts}
        self.vectors = sklearn("feature_extraction").DictVectorizer()
        self.matrix = self.vectors.fit_transform(self.rows)

    def answers(self, analyses: Sequence[Analysis | None]) -> list[dict[str, list[Span]]]:
        """Return each text's mentions by role."""
        found = [phrases(a) if a else [] for a in analyses]
        rows = [names_of(a, mine, n) for a, mine in zip(analyses, found, strict=True) if a for n in range(len(mine))]
        if not rows:
            return [{role: [] for role in ROLES} for _ in analyses]
        scores = fitted(self.matrix, self.labels, self.vectors.transform(rows), CLASSES, balanced=False)
        out, begin = [], 0
        for mine in found:
            out.append(self.choose(mine, scores[begin : begin + len(mine)]))
            begin += len(mine)
        return out

    def choose(self, found: Sequence[Phrase], scores: Any) -> dict[str, list[Span]]:
        """Give each role its likeliest phrases; no two mentions share a code point."""
        chosen: dict[str, list[Span]] = {role: [] for role in ROLES}
        order = sorted(
            ((float(scores[n][r]), -n, role) for n in range(len(found)) for r, role in enumerate(ROLES)),
            reverse=True,
        )
        taken: list[Span] = []
        for score, number, role in order:
            span = found[-number].span(self.kept)
            enough = MORE if chosen[role] and role != "reciprocal" else LEAST
            if score >= enough and not any(span.overlaps(other) for other in taken):
                chosen[role].append(span)
                taken.append(span)
        return {role: sorted(spans) for role, spans in chosen.items()}


def kept_of(phrase: Phrase, mentions: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield every preposition that follows a marked phrase's head, and whether the mark goes on beyond it."""
    marked = next((Span(*m["span"]) for m in mentions if Span(*m["span"]).overlaps(phrase.core)), None)
    for (_, before), (preposition, end) in zip(phrase.ends, phrase.ends[1:], strict=False):
        if marked is None:
            return
        yield preposition, marked.end > before + 1
        if marked.end < end:
            return
