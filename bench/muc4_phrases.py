"""The phrases of a report that may fill a role of a MUC-4 template, and the features that a head reads off our analysis."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.types import Analysis, EventCandidate, Span, Token

DROPPED = frozenset({"det", "punct", "predet", "cc", "preconj", "case"})
CLAUSES = frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "ccomp"})
NUMBERED = re.compile(r"\d")
ARTICLE = re.compile(r"\b(a|an|the)\b")
KEYWORDS: dict[str, tuple[str, ...]] = {
    "bombing": ("bomb", "explo", "dynamit", "blast", "detonat", "grenade", "blew", "blow", "car-bomb"),
    "kidnapping": ("kidnap", "abduct", "hostage", "captor", "captive", "ransom"),
    "arson": ("burn", "fire", "arson", "torch", "set ablaze", "incendiar"),
    "robbery": ("rob", "stole", "steal", "loot", "theft"),
    "attack": (
        "attack",
        "kill",
        "murder",
        "assassinat",
        "shot",
        "shoot",
        "massacr",
        "ambush",
        "wound",
        "machinegun",
        "slain",
        "death",
        "dead",
    ),
}
"""Beginnings of words that tell of each type of incident."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may fill a role: its place, its words as the scorer compares them, its head, and what is known of it."""

    span: Span
    words: str
    head: int
    features: tuple[str, ...]


def plain(text: str) -> str:
    """Return a mention as the scorer compares it: small letters, no punctuation, no articles."""
    bare = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(ARTICLE.sub(" ", bare).split())


def kinds_of(word: str) -> list[str]:
    """Return the types of incident that a word tells of."""
    low = word.lower()
    return [kind for kind, beginnings in KEYWORDS.items() if low.startswith(beginnings)]


class Reader:
    """Reads one analysis: its phrases with features."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.children: dict[int, list[Token]] = {}
        for token in analysis.tokens:
            if token.head != token.index:
                self.children.setdefault(token.head, []).append(token)
        self.roles: dict[int, list[str]] = {}
        self.triggers: dict[int, list[EventCandidate]] = {}
        for candidate in analysis.candidates:
            self.triggers.setdefault(candidate.sentence, []).append(candidate)
            for argument in candidate.arguments:
                if argument.head is not None:
                    mode = candidate.modes[0] if candidate.modes else "-"
                    self.roles.setdefault(argument.head, []).append(f"{argument.role}:{candidate.event_type}:{mode}")
        self.count: dict[str, int] = {}
        for token in analysis.tokens:
            self.count[token.lemma.lower()] = self.count.get(token.lemma.lower(), 0) + 1
        self.sentence_features = [self._of_sentence(s.first, s.last, s.index) for s in analysis.sentences]
        self.label = {m.head: m.label for m in analysis.entities}
        self.quoted = {t.index for q in analysis.quotations for t in analysis.tokens if q.direct and q.content.covers(t.span)}

    def _of_sentence(self, first: int, last: int, index: int) -> list[str]:
        lemmas = sorted({t.lemma.lower() for t in self.analysis.tokens[first:last] if t.pos in ("VERB", "NOUN", "ADJ")})
        kinds = sorted({k for lemma in lemmas for k in kinds_of(lemma)})
        types = sorted({c.event_type for c in self.triggers.get(index, ())})
        place = "first" if index == 0 else "second" if index == 1 else "early" if index < 5 else "late"
        return [f"at={place}", *(f"sk={k}" for k in kinds), *(f"st={t}" for t in types)]

    def phrases(self) -> Iterator[Phrase]:
        """Yield every phrase: for each noun its base phrase, the noun alone, and the phrase with what hangs on by "of"."""
        for token in self.analysis.tokens:
            if token.pos not in ("NOUN", "PROPN") or (token.dep == "compound" and token.pos != "PROPN" and not kinds_of(token.lemma)):
                continue
            shared = self._of_head(token)
            seen: set[tuple[int, int]] = set()
            for kind, tokens in self._spans(token):
                key = (tokens[0].index, tokens[-1].index)
                if key in seen:
                    continue
                seen.add(key)
                span = Span(tokens[0].span.start, tokens[-1].span.end)
                words = plain(span.of(self.analysis.document.text))
                if words:
                    yield Phrase(span, words, token.index, (*shared, *self._of_span(kind, tokens, words)))

    def _left(self, token: Token) -> list[Token]:
        """The token and what stands before it in its phrase, without articles."""
        inside = [token]
        for child in self.children.get(token.index, ()):
            if child.index < token.index and child.dep not in CLAUSES:
                inside += self._down(child)
        chosen = sorted(inside, key=lambda t: t.index)
        first = chosen[0].index
        run = list(self.analysis.tokens[first : token.index + 1])
        while len(run) > 1 and (run[0].dep in DROPPED or run[0].pos in ("DET", "PUNCT")):
            run = run[1:]
        return run

    def _down(self, token: Token) -> list[Token]:
        found = [token]
        for child in self.children.get(token.index, ()):
            if child.dep not in CLAUSES:
                found += self._down(child)
        return found

    def _spans(self, token: Token) -> Iterator[tuple[str, Sequence[Token]]]:
        tokens = self.analysis.tokens
        base = self._left(token)
        yield "base", base
        first = token.index
        while first > base[0].index and tokens[first - 1].dep == "compound":
            first -= 1
        yield "compound", tokens[first : token.index + 1]
        if token.pos == "PROPN":
            first = token.index
            while first > base[0].index and tokens[first - 1].pos == "PROPN":
                first -= 1
            named = tokens[first : token.index + 1]
            yield "name", named
            while len(named) > 1 and not named[0].entity:
                named = named[1:]
            yield "entity", named
        yield "head", tokens[token.index : token.index + 1]
        bare = [t for t in base if t.pos != "NUM"]
        if bare and bare[-1].index - bare[0].index + 1 == len(bare):
            yield "uncounted", bare
        of = [c for c in self.children.get(token.index, ()) if c.dep == "prep" and c.index > token.index]
        for prep in of[:2]:
            last = max(t.index for t in self._down(prep))
            if last - base[0].index < 14:
                yield (
                    f"with-{prep.lemma.lower() if prep.lemma.lower() in ('of', 'from', 'in') else 'prep'}",
                    tokens[base[0].index : last + 1],
                )

    def _of_head(self, token: Token) -> list[str]:
        head = token.lemma.lower()
        governor, path = self._governor(token)
        verb = governor.lemma.lower() if governor is not None else "none"
        entity = self.label.get(token.index) or token.entity or "-"
        features = [
            f"h={head}",
            f"g={path}>{verb}",
            f"gp={path}",
            f"gv={verb}",
            f"e={entity}",
            f"hd={head}|{path}>{verb}",
            f"e|g={entity}|{path}>{verb}",
        ]
        features += [f"h3={head[-3:]}", f"pos={token.pos}", f"n={min(4, self.count[head])}"]
        features += [f"r={r}" for r in self.roles.get(token.index, ())]
        features += [f"e|r={entity}|{r}" for r in self.roles.get(token.index, ())]
        features += [f"gk={path}>{k}" for k in kinds_of(verb)] + [f"e|gk={entity}|{path}>{k}" for k in kinds_of(verb)]
        for child in self.children.get(token.index, ()):
            low = child.lemma.lower()
            features.append(f"c={child.dep}:{low}")
            if child.dep in ("relcl", "acl", "appos"):
                features += [f"ck={child.dep}:{k}" for k in kinds_of(low)]
        if token.index in self.quoted:
            features.append("quoted")
        for offset in (-2, -1, 1, 2):
            at = token.index + offset
            near = self.analysis.tokens[at].text.lower() if 0 <= at < len(self.analysis.tokens) else "-"
            features.append(f"w{offset}={near}")
        features += self.sentence_features[token.sentence]
        return features

    def _governor(self, token: Token) -> tuple[Token | None, str]:
        """What the phrase hangs on, through prepositions, conjunctions and appositions, and how."""
        path: list[str] = []
        current = token
        for _ in range(5):
            above = self.analysis.tokens[current.head]
            if above.index == current.index:
                return None, "/".join(path) or "root"
            if current.dep not in ("conj", "appos"):
                path.append(current.dep if current.dep != "pobj" else f"{above.lemma.lower()}")
            if above.dep in ("prep", "agent") or current.dep in ("conj", "appos"):
                current = above
                continue
            return above, "/".join(path[:3])
        return None, "far"

    def _of_span(self, kind: str, tokens: Sequence[Token], words: str) -> list[str]:
        parts = words.split()
        features = [f"k={kind}", f"len={min(6, len(parts))}", f"first={parts[0]}", f"last={parts[-1]}", f"s={words}"]
        features += [f"b={w}" for w in parts]
        features.append(f"shape={''.join(t.pos[0] for t in tokens[:6])}")
        features.append(f"k|e={kind}|{tokens[-1].entity}|{tokens[0].pos}|{tokens[0].entity}")
        start, end = tokens[0].index, tokens[-1].index
        left = self.analysis.tokens[start - 1] if start else None
        right = self.analysis.tokens[end + 1] if end + 1 < len(self.analysis.tokens) else None
        features.append(f"l={left.pos if left else '-'}:{left.entity if left else '-'}")
        features.append(f"lw={left.text.lower() if left else '-'}")
        features.append(f"rw={right.text.lower() if right else '-'}")
        if NUMBERED.search(words):
            features.append("digit")
        return features
