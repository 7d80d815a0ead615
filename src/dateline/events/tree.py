"""Reading the parse: who does what in a clause, across passives, relatives, coordination, control and participles.

Labels are those of spaCy's English scheme (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.types import Analysis, Span, Token

RELATIVE = {"who", "which", "that", "whom", "whose"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}


@dataclass(frozen=True, slots=True)
class Found:
    """A head that fills a role, and the path that led to it."""

    token: Token
    path: str


class Tree:
    """A fast view over one analysis's dependency trees."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self._children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                self._children[token.head].append(token)

    def children(self, token: Token, *labels: str) -> list[Token]:
        """Direct dependents, in text order; only those with one of `labels` where any is given."""
        found = self._children[token.index]
        return [t for t in found if t.dep in labels] if labels else found

    def head(self, token: Token) -> Token:
        """The governor; a root governs itself."""
        return self.tokens[token.head]

    def subtree(self, token: Token) -> list[Token]:
        """The token and all under it, in text order."""
        out, queue = [token], [token]
        while queue:
            below = self._children[queue.pop().index]
            out += below
            queue += below
        return sorted(out, key=lambda t: t.index)

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The governors from the nearest up to the root."""
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and those coordinated with it further right ("miners, peasants and youth")."""
        out = [token]
        for child in self.children(token, "conj", "appos_conj"):
            if child.pos in NOMINAL or token.pos not in NOMINAL:
                out += self.conjuncts(child)
        return out

    def prepositions(self, token: Token) -> Iterator[tuple[str, Token, Token]]:
        """Yield (preposition, its token, its object) for each prepositional phrase, `according to` and the like as one word."""
        for prep in self.children(token, "prep", "agent", "dative"):
            name = prep.lemma
            inner = prep
            nested = [t for t in self.children(prep, "prep", "pcomp") if t.pos == "ADP"]
            if nested and not self.children(prep, "pobj"):
                name, inner = f"{prep.lemma} {nested[0].lemma}", nested[0]
            for pobj in self.children(inner, "pobj"):
                for each in self.conjuncts(pobj):
                    yield name, prep, each

    def is_passive(self, verb: Token) -> bool:
        """Tell whether a verb form is passive: "was arrested", "the arrested men"."""
        if any(t.dep in ("auxpass", "nsubjpass", "agent") for t in self._children[verb.index]):
            return True
        if verb.tag == "VBN" and verb.dep in ("acl", "amod"):
            return not self.children(verb, "dobj")
        if verb.dep == "conj" and verb.tag == "VBN" and not self.children(verb, "nsubj", "aux"):
            return self.is_passive(self.head(verb))
        return False

    def agents(self, verb: Token) -> list[Token]:
        """The by-phrase of a passive."""
        out = []
        for agent in self.children(verb, "agent", "prep"):
            if agent.lemma == "by":
                out += [c for p in self.children(agent, "pobj") for c in self.conjuncts(p)]
        return out

    def antecedent(self, relative: Token, clause: Token) -> Token | None:
        """The noun that a relative pronoun of a clause stands for."""
        head = self.head(clause) if clause.dep == "relcl" else None
        return head if head is not None and relative.lemma in RELATIVE else None

    def surface_subjects(self, verb: Token, depth: int = 0) -> list[Found]:
        """The grammatical subject of a clause, its own or shared, with the path by which it was found."""
        own = self.children(verb, "nsubj", "nsubjpass", "csubj")
        if own:
            subject = own[-1]
            if verb.dep == "relcl" and subject.lemma in RELATIVE and subject.tag in ("WP", "WDT", "WP$", "IN"):
                return [Found(t, "relative clause") for t in self.conjuncts(self.head(verb))]
            return [Found(t, "subject") for t in self.conjuncts(subject)]
        if depth > 6:
            return []
        head = self.head(verb)
        if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
            return [Found(f.token, "shared subject") for f in self.surface_subjects(head, depth + 1)]
        if verb.dep == "xcomp" and head.pos == "ADJ" and head.head != head.index:
            # "are likely to impose": the subject hangs on the copula.
            return [Found(f.token, "control") for f in self.surface_subjects(self.head(head), depth + 1)]
        if verb.dep == "xcomp" and head.index != verb.index:
            controller = [c for o in self.children(head, "dobj") for c in self.conjuncts(o)]
            if controller and head.lemma not in ("promise", "threaten", "vow"):
                return [Found(t, "object control") for t in controller]
            if self.is_passive(head) or not controller:
                return [Found(f.token, "control") for f in self.surface_subjects(head, depth + 1)]
        if verb.dep in ("acl", "relcl") and verb.tag in ("VBG", "VBN", "VB") and head.pos in NOMINAL:
            if verb.tag == "VB" or any(t.dep == "aux" and t.lemma == "to" for t in self._children[verb.index]):
                return [Found(t, "infinitive of noun") for t in self.owner_of(head)]
            return [Found(t, "participle") for t in self.conjuncts(head)]
        if verb.dep == "amod" and head.pos in NOMINAL:
            return [Found(head, "participle")]
        if verb.dep in ("advcl", "pcomp", "ccomp") or (verb.dep == "prep" and verb.tag in ("VBG", "VBN")):
            governor = head
            while governor.pos == "ADP" and governor.head != governor.index:
                governor = self.head(governor)
            if governor.pos in ("VERB", "AUX") and verb.tag in ("VBG", "VBN", "VB"):
                return [Found(f.token, "matrix subject") for f in self.surface_subjects(governor, depth + 1)]
            if governor.pos in NOMINAL and verb.dep == "pcomp":
                return [Found(t, "owner of noun") for t in self.owner_of(governor)]
        return []

    def possessors(self, noun: Token) -> list[Token]:
        """Whose a noun is, by the possessive case."""
        owners = [c for c in self.children(noun, "poss", "nmod") if c.dep == "poss" or self.children(c, "case")]
        return [t for o in owners for t in self.conjuncts(o)]

    def owner_of(self, noun: Token) -> list[Token]:
        """Whose the noun is: its possessor, or the subject of the verb that governs it ("made a promise to ...")."""
        owner = self.possessors(noun)
        if owner:
            return owner
        head = self.head(noun)
        if noun.dep in ("dobj", "attr") and head.pos == "VERB":
            return [f.token for f in self.logical_subjects(head)]
        return []

    def logical_subjects(self, verb: Token) -> list[Found]:
        """Who does it: the subject of an active clause, the by-phrase of a passive."""
        if self.is_passive(verb):
            return [Found(t, "passive agent") for t in self.agents(verb)]
        return [f for f in self.surface_subjects(verb) if f.token.index != verb.index]

    def logical_objects(self, verb: Token) -> list[Found]:
        """Whom it is done to: the object of an active clause, the subject of a passive."""
        if self.is_passive(verb):
            return [Found(f.token, f"passive {f.path}") for f in self.surface_subjects(verb)]
        out: list[Found] = []
        for child in self.children(verb, "dobj"):
            if child.lemma in RELATIVE and child.tag in ("WP", "WDT") and verb.dep == "relcl":
                out += [Found(t, "relative clause") for t in self.conjuncts(self.head(verb))]
            else:
                out += [Found(t, "object") for t in self.conjuncts(child)]
        if not out and verb.dep == "relcl" and not self.children(verb, "dobj"):
            # "the man police arrested": the gap is the object when the clause has its own subject.
            own = [s for s in self.children(verb, "nsubj") if s.lemma not in RELATIVE]
            if own:
                out += [Found(t, "relative gap") for t in self.conjuncts(self.head(verb))]
        if not out and verb.dep == "conj" and self.head(verb).pos == "VERB":
            # "attacked and burned the village": the object is shared leftward only when it follows both.
            later = [c for c in self.children(self.head(verb), "dobj") if c.index > verb.index]
            out += [Found(t, "shared object") for c in later for t in self.conjuncts(c)]
        if not out and verb.pos == "VERB":
            right = [c for c in self.children(verb, "conj") if c.pos == "VERB"]
            if right and not self.children(right[0], "nsubj") and self.children(right[0], "dobj") and not self.is_passive(right[0]):
                near = self.children(right[0], "dobj")[0]
                if right[0].index - verb.index <= 3:
                    out += [Found(t, "shared object") for t in self.conjuncts(near)]
        return out

    def complements(self, verb: Token) -> list[tuple[str, Token]]:
        """Clauses the verb governs: ("to", head) for infinitives, ("that", head) for finite ones."""
        out = []
        for child in self.children(verb, "xcomp", "ccomp"):
            infinitive = child.dep == "xcomp" or any(t.tag == "TO" for t in self._children[child.index])
            out.append(("to" if infinitive else "that", child))
        return out

    def clause_of(self, token: Token) -> Token:
        """The nearest verb (or root) that governs the token, the token itself when it is one."""
        current = token
        while current.head != current.index and current.pos not in ("VERB", "AUX"):
            current = self.head(current)
        return current

    def phrase(self, head: Token) -> Span:
        """The span of a noun phrase without what only adds to it: relative clauses, appositions, far conjuncts."""
        left = right = head
        for child in self._children[head.index]:
            if (
                child.dep == "appos"
                and self.near_subtree(child)[0].index > head.index
                and self.tokens[head.index + 1].pos == "PROPN"
                and head.pos != "PROPN"
            ):
                # "councillor Anna Brodt": a title with its name, no comma between.
                right = child if child.index > right.index else right
                continue
            if child.dep in ("relcl", "appos", "conj", "cc", "punct", "advcl", "preconj", "parataxis", "cop", "case"):
                continue
            if child.dep == "acl" and child.index > head.index:
                continue
            if child.dep == "prep" and (child.lemma not in ("of", "for") or self.children(child, "pcomp")):
                continue
            for token in self.near_subtree(child):
                left = token if token.index < left.index else left
                right = token if token.index > right.index else right
        return Span(left.span.start, right.span.end)

    def near_subtree(self, token: Token) -> list[Token]:
        """The subtree without clauses."""
        out = [token]
        for child in self._children[token.index]:
            if child.dep not in ("relcl", "acl", "appos", "advcl"):
                out += self.near_subtree(child)
        return out
