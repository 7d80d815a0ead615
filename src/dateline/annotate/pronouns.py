"""What a pronoun stands for: the nearest fitting subject of its sentence or of the one before.

Preferences after Hobbs 1978 and Lappin and Leass 1994: subjects before objects, the clause above before the
sentence before, agreement in number, gender and kind throughout. Where nothing fits, no link is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate import names
from dateline.types import Analysis, Mention, Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "pobj", "dative", "agent"})
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "det", "nummod", "quantmod", "case", "punct"})
_BACK = 2
"""A pronoun looks at most this many sentences back."""


class Antecedents:
    """Find antecedents in one document; `known` gives label and name of the chains by the head token of a mention."""

    def __init__(self, analysis: Analysis, known: dict[int, tuple[str, str | None]]) -> None:
        self._analysis = analysis
        self._known = dict(known)
        self._resolved: dict[int, int] = {}
        self._nouns: list[list[Token]] = [
            [t for t in analysis.tokens_of(s) if t.pos in ("NOUN", "PROPN", "PRON") and t.dep not in ("compound", "amod")]
            for s in analysis.sentences
        ]

    def link(self, pronoun: int, antecedent: int) -> None:
        """Remember that a pronoun was resolved, so that the next can lean on it."""
        self._resolved[pronoun] = antecedent

    def plural(self, token: Token) -> bool:
        """Tell whether a noun is plural, coordinated, or a collective that "they" takes up."""
        if "Number=Plur" in token.morph or token.tag in ("NNS", "NNPS"):
            return True
        return token.lemma == "police" or any(c.dep == "conj" for c in self._analysis.children(token))

    def of(self, pronoun: Token) -> int | None:
        """Return the head token of what a pronoun stands for (never itself a pronoun), or None."""
        word = pronoun.text.lower()
        if word in names.IT and self._expletive(pronoun):
            return None
        for candidate in self._candidates(pronoun):
            head = self._resolved.get(candidate.index, candidate.index)
            noun = self._analysis.tokens[head]
            if noun.pos == "PRON":
                continue
            if self._agrees(word, noun):
                return head
            # A later subject that does not agree does not block an earlier one of the same sentence.
        return None

    def _candidates(self, pronoun: Token) -> Iterator[Token]:
        """Yield nouns before the pronoun, the likeliest first."""
        tokens = self._analysis.tokens
        own = [t for t in self._nouns[pronoun.sentence] if t.index < pronoun.index]
        above = self._subjects_above(pronoun)
        yield from above
        seen = {t.index for t in above}
        same_clause = self._clause(pronoun)
        reflexive_or_possessive = pronoun.dep == "poss" or pronoun.text.lower().endswith(("self", "selves"))
        for t in own:
            if t.dep in _SUBJECTS and t.index not in seen and (reflexive_or_possessive or self._clause(t) != same_clause):
                seen.add(t.index)
                yield t
        if reflexive_or_possessive:
            yield from (t for t in reversed(own) if t.dep in _OBJECTS and t.index not in seen)
        for back in range(1, _BACK + 1):
            number = pronoun.sentence - back
            if number < 0 or self._analysis.sentences[number].kind != self._analysis.sentences[pronoun.sentence].kind:
                return
            before = self._nouns[number]
            subjects = [t for t in before if t.dep in _SUBJECTS]
            # The subject of the main clause first: it is what the sentence is about.
            yield from sorted(subjects, key=lambda t: (tokens[t.head].dep != "ROOT", t.index))
            named = [t for t in before if t.dep in _OBJECTS and t.index in self._known]
            yield from reversed(named)

    def _clause(self, token: Token) -> int:
        """Return the verb over a token."""
        tokens = self._analysis.tokens
        at = token
        while at.head != at.index:
            at = tokens[at.head]
            if at.pos in ("VERB", "AUX"):
                break
        return at.index

    def _subjects_above(self, pronoun: Token) -> list[Token]:
        """Return the subjects of the clauses over the pronoun's own, innermost first ("X said he ...": X)."""
        tokens = self._analysis.tokens
        verb = tokens[self._clause(pronoun)]
        found: list[Token] = []
        possessive = pronoun.dep == "poss"
        for _ in range(6):
            if possessive or verb.index != self._clause(pronoun):
                found += [c for c in self._analysis.children(verb) if c.dep in _SUBJECTS and c.index < pronoun.index]
            if verb.head == verb.index:
                break
            verb = tokens[verb.head]
        return [t for t in found if t.index != pronoun.index]

    def _agrees(self, word: str, noun: Token) -> bool:
        label, name = self._known.get(noun.index, ("", None))
        lower = noun.lemma.lower()
        plural = self.plural(noun)
        if word in names.THEY:
            if label == "PERSON":
                return any(c.dep == "conj" for c in self._analysis.children(noun))
            return (plural and noun.pos in ("NOUN", "PROPN")) or label in ("ORG", "NORP") or lower in names.BODY_NOUNS
        if plural and label != "ORG":
            return False
        if word in names.IT:
            if label in ("ORG", "GPE"):
                return True
            return label == "" and lower in names.BODY_NOUNS
        gender = names.gender_of(name or "") or self._gender_near(noun)
        wanted = "m" if word in names.HE else "f"
        if gender is not None and gender != wanted:
            return False
        if label == "PERSON":
            return True
        if label:
            return False
        return lower in names.PERSON_NOUNS or gender == wanted

    def _gender_near(self, noun: Token) -> str | None:
        """Return the gender that the words before a name tell ("Mrs", "chairman")."""
        before = [c.text for c in self._analysis.children(noun) if c.dep == "compound"]
        return names.gender_of(" ".join([*before, noun.text]))

    def _expletive(self, pronoun: Token) -> bool:
        """Tell whether an "it" stands for nothing ("it is likely that", "it seems")."""
        verb = self._analysis.tokens[pronoun.head]
        if pronoun.dep == "poss":
            return False
        if verb.lemma in ("seem", "appear", "rain", "emerge", "happen", "take"):
            return True
        if verb.lemma == "be":
            return True
        return any(c.dep == "expl" for c in self._analysis.children(verb))

    def noun_phrase(self, noun: Token) -> Mention:
        """Return a common noun with what stands before it, without its article, as a mention."""
        tokens = self._analysis.tokens
        first = noun.index
        while first > 0 and tokens[first - 1].dep in _LEFT and noun.index >= tokens[first - 1].head >= first - 1:
            first -= 1
        while first < noun.index and (tokens[first].dep in ("det", "punct", "case") or tokens[first].pos in ("DET", "PUNCT")):
            first += 1
        span = Span(tokens[first].span.start, noun.span.end)
        text = span.of(self._analysis.document.text)
        return Mention(kind="entity", span=span, text=text, head=noun.index, label="", made_by="noun")
