"""Who is meant again: chains of names, short forms, pronouns and definite epithets.

Rules first and few: a link is made only where the text leaves little doubt. The order follows the sieves of Lee et
al. 2013 (exact name, acronym, surname, then pronouns), from the most to the least precise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from dateline.annotate import names
from dateline.annotate.offices import description, holder, offices_at
from dateline.annotate.pronouns import Antecedents
from dateline.types import Analysis, Chain, Layer, Mention, Span, Token

_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_INSIDE_NAMES = frozenset("of the and for in on de la del los las y e do da dos al das du des und to &".split())
_OPEN, _CLOSE = "([", ")]"
_FAR = 3
"""An epithet looks at most this many sentences back."""


@dataclass(slots=True)
class Draft:
    """A chain in the making; `keys` are the folded word tuples under which it is known."""

    label: str
    mentions: list[Mention] = field(default_factory=list)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    acronym: str | None = None
    number: int = 0

    def name(self) -> str | None:
        """Return the fullest name as the text writes it: the one of most words, the first of these."""
        named = [m for m in self.mentions if m.made_by != "pronoun" and m.made_by != "epithet" and m.label]
        if not named:
            return None
        best = max(named, key=lambda m: (len(_key(m.text, self.label)), -m.span.start))
        return _written(best.text, self.label)


class Coreference:
    """Link names, acronyms, surnames, pronouns and epithets of one document into chains."""

    name = "annotate.coreference"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CHAINS})

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with chains."""
        return [replace(analysis, chains=chains_of(analysis)) for analysis in batch]


def chains_of(analysis: Analysis) -> tuple[Chain, ...]:
    """Return all chains of a document in the order of their first mentions; lone common nouns make none."""
    mentions = _name_mentions(analysis)
    brackets = _acronyms(analysis, mentions)
    drafts = _clusters(mentions, brackets)
    _epithets(analysis, drafts)
    _offices(analysis, drafts)
    _pronouns(analysis, drafts)
    drafts.sort(key=lambda d: min(m.span for m in d.mentions))
    return tuple(
        Chain(
            index=i,
            mentions=tuple(sorted(d.mentions, key=lambda m: m.span)),
            name=d.name(),
            label=d.label,
            acronym=d.acronym,
        )
        for i, d in enumerate(drafts)
    )


def _key(text: str, label: str) -> tuple[str, ...]:
    return names.person_words(text) if label == "PERSON" else names.words_of(names.bare(text))


def _written(text: str, label: str) -> str:
    """Return a name without article, possessive and, for persons, titles; white space made single."""
    words = names.bare(text).split()
    if label == "PERSON":
        keep = len(names.person_words(text))
        while len(words) > 1 and len(names.words_of(" ".join(words))) > keep:
            words = words[1:]
    return " ".join(words)


def _name_mentions(analysis: Analysis) -> list[Mention]:
    """Return the recogniser's names, with surnames that it missed or mislabelled set right."""
    found = [m for m in analysis.entities if m.label in _NAME_LABELS and any(c.isalpha() for c in m.text)]
    found = [replace(m, label="PERSON") if m.label in ("ORG", "GPE") and _is_person(analysis, m) else m for m in found]
    surnames = {key[-1] for m in found if m.label == "PERSON" and len(key := names.person_words(m.text)) >= 2 and len(key[-1]) > 2}
    repaired = []
    for m in found:
        words = names.words_of(names.bare(m.text))
        if m.label != "PERSON" and len(words) == 1 and words[0] in surnames and m.text[:1].isupper():
            m = replace(m, label="PERSON")
        repaired.append(m)
    covered = {i for m in repaired for i in _tokens_within(analysis, m)}
    for token in analysis.tokens:
        if token.index in covered or token.pos not in ("PROPN", "NOUN") or not token.text[:1].isupper():
            continue
        folded = names.words_of(token.text)
        if len(folded) == 1 and folded[0] in surnames:
            repaired.append(_mention(token, "PERSON", "surname"))
    return sorted(repaired, key=lambda m: m.span)


def _is_person(analysis: Analysis, mention: Mention) -> bool:
    """Tell whether a "body" is a person: two to four capitalised words with a person's title, first name or apposition."""
    written = names.bare(mention.text).split()
    words = names.words_of(mention.text)
    if not 2 <= len(written) <= 4 or mention.text.lower().startswith("the ") or not all(w[:1].isupper() for w in written):
        return False
    if any(w.isupper() and len(w) > 2 for w in written) or names.BODY_NOUNS & set(words) or names.EPITHETS.keys() & set(words):
        return False
    tokens = analysis.tokens
    head = tokens[mention.head]
    first = _tokens_within(analysis, mention)
    before = tokens[min(first) - 1] if min(first) else None
    titled = before is not None and before.sentence == head.sentence and before.text.lower().rstrip(".") in names.TITLES
    above = head.dep == "appos" and tokens[head.head].lemma.lower() in names.PERSON_NOUNS
    below = any(c.dep == "appos" and c.lemma.lower() in names.PERSON_NOUNS for c in analysis.children(head))
    known = words[0] in (names.MALE | names.FEMALE) - names.TITLES - names.PERSON_NOUNS
    return titled or above or below or known


def _tokens_within(analysis: Analysis, mention: Mention) -> list[int]:
    """Return the indices of the tokens of a mention, found from its head outward."""
    inside = [mention.head]
    for step in (-1, 1):
        at = mention.head + step
        while 0 <= at < len(analysis.tokens) and mention.span.overlaps(analysis.tokens[at].span):
            inside.append(at)
            at += step
    return inside


def _mention(token: Token, label: str, made_by: str) -> Mention:
    return Mention(kind="entity", span=token.span, text=token.text, head=token.index, label=label, made_by=made_by)


def _acronyms(analysis: Analysis, mentions: list[Mention]) -> dict[str, Mention]:
    """Return the acronyms that stand in brackets behind a name, adding names and acronyms that were missed."""
    found: dict[str, Mention] = {}
    tokens = analysis.tokens
    ends = {max(_tokens_within(analysis, m)): m for m in mentions}
    starts = {min(_tokens_within(analysis, m)): m for m in mentions}
    for at in range(1, len(tokens) - 2):
        if tokens[at].text not in _OPEN or not names.is_acronym(tokens[at + 1].text):
            continue
        if tokens[at + 2].text not in _CLOSE and tokens[at + 2].text not in {",", ";", "–", "-"}:
            continue
        full = ends.get(at - 1)
        if full is None or len(names.words_of(full.text)) < 2:
            full = _capital_run(analysis, at - 1)
            if full is None:
                continue
            mentions[:] = [m for m in mentions if not m.span.overlaps(full.span)] + [full]
        elif full.label != "ORG":
            changed = replace(full, label="ORG")
            mentions[mentions.index(full)] = changed
            full = changed
        short = starts.get(at + 1)
        if short in mentions:
            mentions.remove(short)
        mentions.append(_mention(tokens[at + 1], "ORG", "acronym"))
        found.setdefault(tokens[at + 1].text, full)
    mentions.sort(key=lambda m: m.span)
    return found


def _capital_run(analysis: Analysis, last: int) -> Mention | None:
    """Return the capitalised name of two or more words that ends at a token, or None."""
    tokens = analysis.tokens
    first = last
    sentence = tokens[last].sentence
    while first > 0 and tokens[first - 1].sentence == sentence:
        before = tokens[first - 1].text
        if not (before[:1].isupper() or before.lower() in _INSIDE_NAMES or before in "-’'"):
            break
        first -= 1
    while first < last and (tokens[first].text.lower() in _INSIDE_NAMES or not tokens[first].text[:1].isalpha()):
        first += 1
    if last - first < 1 or not tokens[last].text[:1].isupper():
        return None
    head = next((t.index for t in tokens[first : last + 1] if not first <= t.head <= last or t.head == t.index), last)
    span = Span(tokens[first].span.start, tokens[last].span.end)
    text = span.of(analysis.document.text)
    return Mention(kind="entity", span=span, text=text, head=head, label="ORG", made_by="acronym")


class _Index:
    """The chains in the making, found by the words of their names, so that long documents stay cheap."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}

    def with_word(self, *words: str) -> list[Draft]:
        """Return the chains in whose names one of the words stands, in the order in which they began."""
        return [self.drafts[i] for i in sorted({i for w in words for i in self._by_word.get(w, ())})]

    def with_initials(self, letters: str) -> list[Draft]:
        """Return the bodies that an acronym's letters (lower case) abbreviate."""
        return [self.drafts[i] for i in self._by_initials.get(letters, ())]

    def add(self, mention: Mention, key: tuple[str, ...], draft: Draft | None) -> Draft:
        """File a mention under its chain, or under a new one."""
        if draft is None:
            draft = Draft(label=mention.label)
            draft.number = len(self.drafts)
            self.drafts.append(draft)
        draft.mentions.append(mention)
        if key not in draft.keys:
            draft.keys.add(key)
            for word in set(key):
                self._by_word.setdefault(word, []).append(draft.number)
        if draft.label == "ORG":
            for letters in sorted(names.initials(mention.text)):
                numbers = self._by_initials.setdefault(letters, [])
                if draft.number not in numbers:
                    numbers.append(draft.number)
        return draft


def _clusters(mentions: list[Mention], brackets: dict[str, Mention]) -> list[Draft]:
    """Group mentions of one name: full names first, then surnames and acronyms, whichever comes first in the text."""
    index = _Index()
    late: list[Mention] = []
    home: dict[Span, Draft] = {}
    for m in mentions:
        key = _key(m.text, m.label)
        if not key:
            continue
        if (m.label == "PERSON" and len(key) == 1) or (m.label != "PERSON" and names.is_acronym(m.text)):
            late.append(m)
        else:
            draft = next((d for d in index.with_word(key[0], key[-1]) if _same(d, m, key)), None)
            home[m.span] = index.add(m, key, draft)
    for m in late:
        key = _key(m.text, m.label)
        full = brackets.get(names.bare(m.text)) if m.label != "PERSON" else None
        bracketed = home.get(full.span) if full is not None else None
        draft = index.add(m, key, bracketed or _short_form(index, m, key))
        if m.label != "PERSON" and draft.acronym is None:
            draft.acronym = names.bare(m.text)
    return index.drafts


def _same(draft: Draft, mention: Mention, key: tuple[str, ...]) -> bool:
    if key in draft.keys and (draft.label == mention.label or "PERSON" not in (draft.label, mention.label)):
        return True
    if mention.label == draft.label == "PERSON":
        return any(names.same_person(key, known) for known in draft.keys if len(known) > 1)
    return False


def _short_form(index: _Index, mention: Mention, key: tuple[str, ...]) -> Draft | None:
    """Return the chain that a surname or an acronym belongs to: the one it fits, the nearest told before it."""
    near = index.with_word(key[0])
    if mention.label == "PERSON":
        people = [d for d in near if d.label == "PERSON"]
        fits = [d for d in people if any(known[-1] == key[0] for known in d.keys)]
        fits = fits or [d for d in people if any(key[0] in (known[0], *known[-2:]) for known in d.keys)]
    else:
        fits = [d for d in near if d.label != "PERSON" and key in d.keys]
        fits = fits or index.with_initials("".join(c for c in names.bare(mention.text).lower() if c.isalpha()))
    if not fits:
        return None

    def distance(draft: Draft) -> tuple[int, int]:
        before = [mention.span.start - m.span.end for m in draft.mentions if m.span.end <= mention.span.start]
        return (0, min(before)) if before else (1, min(m.span.start for m in draft.mentions))

    return min(fits, key=distance)


def _epithets(analysis: Analysis, drafts: list[Draft]) -> None:
    """Link "the union" and the like to the only fitting body that was named in the sentences just before."""
    tokens = analysis.tokens
    covered = {i for d in drafts for m in d.mentions for i in _tokens_within(analysis, m)}
    for token in tokens:
        fitting = names.EPITHETS.get(token.text.lower())
        if fitting is None or token.index in covered or token.pos not in ("NOUN", "PROPN"):
            continue
        parts = [t for t in analysis.children(token) if t.dep not in ("case", "punct", "relcl", "appos")]
        if not (len(parts) == 1 and parts[0].text.lower() in ("the", "this", "that")):
            continue
        near: list[tuple[int, Draft]] = []
        for draft in drafts:
            if draft.label == "PERSON" or not any(set(key) & fitting for key in draft.keys):
                continue
            before = [m for m in draft.mentions if m.span.end <= token.span.start]
            if before and token.sentence - tokens[before[-1].head].sentence <= _FAR:
                near.append((before[-1].span.end, draft))
        if len(near) == 1:
            near[0][1].mentions.append(_mention(token, "", "epithet"))
            near[0][1].mentions.sort(key=lambda m: m.span)


def _offices(analysis: Analysis, drafts: list[Draft]) -> None:
    """Link "the president" and the like to the person whom the article called so before."""
    tokens = analysis.tokens
    covered = {i for d in drafts for m in d.mentions for i in _tokens_within(analysis, m)}
    told = [
        (tokens[m.head], offices_at(analysis, tokens[m.head]), number)
        for number, draft in enumerate(drafts)
        if draft.label == "PERSON"
        for m in draft.mentions
    ]
    held = sorted((x for x in told if x[1]), key=lambda x: x[0].index)
    for token in tokens:
        described = description(analysis, token) if token.index not in covered else None
        number = holder(described, token, held) if described else None
        if number is not None:
            drafts[number].mentions.append(_mention(token, "", "epithet"))
            drafts[number].mentions.sort(key=lambda m: m.span)


def _pronouns(analysis: Analysis, drafts: list[Draft]) -> None:
    """Link each personal pronoun to its antecedent's chain; a common noun that is taken up makes a chain."""
    by_head = {m.head: d for d in drafts for m in d.mentions}
    antecedents = Antecedents(analysis, {head: (d.label, d.name()) for head, d in by_head.items()})
    for token in analysis.tokens:
        if token.text.lower() not in names.PRONOUNS or token.pos not in ("PRON", "DET"):
            continue
        head = antecedents.of(token)
        if head is None:
            continue
        draft = by_head.get(head)
        if draft is None:
            draft = Draft(label="GROUP" if antecedents.plural(analysis.tokens[head]) else "")
            draft.mentions.append(antecedents.noun_phrase(analysis.tokens[head]))
            drafts.append(draft)
            by_head[head] = draft
        draft.mentions.append(_mention(token, "", "pronoun"))
        by_head[token.index] = draft
        antecedents.link(token.index, head)
