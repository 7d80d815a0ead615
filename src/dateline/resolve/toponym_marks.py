"""Which words of an article name a place: entities of the parser, corrected by the gazetteer and by what stands around.

The parser's labels alone miss half of the villages and take people and bodies for places; the gazetteer alone takes
"Police" for a town. A name is marked where two of them agree, or where one of them and the syntax do ("in X",
"X district", "KHARTOUM, March 3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.resolve.countries import Countries
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_words import PlaceWords
from dateline.types import Analysis, Mention, Sentence, Span

LONGEST = 5
"""Tokens of the longest name that is looked up."""
ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}")
"""Abbreviations of places that keep their full stops: "U.S.", "N.C."."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LARGE = 100_000
"""Persons: a town of that size needs no locative word beside its name where the name is written as a name."""
HOME = 0.15
"""A country with that share of the article's votes is one of its own: its towns need less to be believed."""
HOME_TOWN, HOME_LARGE = 5_000, 50_000
"""Persons: sizes from which a town of such a country counts without, and against, the parser's label."""
LOWER_SHARE = 0.012
"""Below this share of capitals among the letters the article is taken as written without capitals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A name in the text: tokens `first` to `last` (exclusive), and what the text says around it."""

    first: int
    last: int
    sentence: int
    text: str
    demonym: str | None = None
    """Country code where the name is a people's."""
    known: bool = True
    """The gazetteer holds the name."""
    locative: bool = False
    asked: str = ""
    """GeoNames code that a noun beside the name asks for ("district": ADM2)."""
    dateline: bool = False
    regional: bool = False
    """An adjective or people's name of a region that is no country ("European")."""
    looked_up: str = ""
    """The name to look up where it is not the whole text."""
    exact: Span | None = None
    """The span where it was given, and need not fall on tokens."""

    def span(self, analysis: Analysis) -> Span:
        """Return the code points of the name."""
        return self.exact or Span(analysis.tokens[self.first].span.start, analysis.tokens[self.last - 1].span.end)


def is_lower(text: str) -> bool:
    """Tell whether an article is written without capitals."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) < LOWER_SHARE * letters


class Marker:
    """Finds the place names of one analysis. It holds the data of all, and nothing of the last article."""

    def __init__(self, gazetteer: Gazetteer, countries: Countries, words: PlaceWords) -> None:
        self._gazetteer = gazetteer
        self._countries = countries
        self._words = words

    def marks(self, analysis: Analysis, home: Mapping[str, float]) -> list[Mark]:
        """Return the marks in text order, without overlap. `home` is each country's share of the article (0-1)."""
        own = frozenset(code for code, share in home.items() if share >= HOME)
        reader = _Reader(analysis, self._gazetteer, self._countries, self._words, own)
        found: list[Mark] = []
        for sentence in analysis.sentences:
            found += reader.sentence_marks(sentence)
        return found

    def given(self, analysis: Analysis, spans: Sequence[Span]) -> list[Mark | None]:
        """Return a mark for each span that somebody else found; None where it holds no token that is read."""
        reader = _Reader(analysis, self._gazetteer, self._countries, self._words, frozenset())
        return [reader.given(span) for span in spans]


class _Reader:
    """One pass over one article."""

    def __init__(
        self,
        analysis: Analysis,
        gazetteer: Gazetteer,
        countries: Countries,
        words: PlaceWords,
        home: frozenset[str],
    ) -> None:
        self._analysis = analysis
        self._home = home
        self._tokens = analysis.tokens
        self._gazetteer = gazetteer
        self._countries = countries
        self._words = words
        self._all_lower = self._lower = is_lower(analysis.document.text)
        self._entity = _entity_of_tokens(analysis)
        self._surnames = self._last_names()

    def _last_names(self) -> frozenset[str]:
        """Return the words that end a person's name or follow a title somewhere in the article ("Jeanine Áñez")."""
        found = set()
        for first, last in pairwise(self._tokens):
            if not (first.pos == last.pos == "PROPN" and first.dep == "compound" and first.head == last.index):
                continue
            labels = {entity.label for i in (first.index, last.index) if (entity := self._entity.get(i)) is not None}
            named = self._gazetteer.known(self._quoted(first.index, last.index + 1)) or self._gazetteer.known(first.text)
            if not labels & PLACE_LABELS and (labels == {"PERSON"} or not named) and first.text.lower() not in self._words.directions:
                found.add(last.text)
        return frozenset(found)

    def given(self, span: Span) -> Mark | None:
        """Mark a span, looking up as much of it as the tables hold."""
        inside = [t for t in self._tokens if t.span.overlaps(span)]
        if not inside:
            return None
        first, last = inside[0].index, inside[-1].index + 1
        text = span.of(self._analysis.document.text)
        sentence = self._analysis.sentences[inside[0].sentence]
        country = self._countries.lookup(text)
        people = None if country or self._gazetteer.is_abbreviation(text) else self._countries.demonym(text)
        region = self._words.regional.get(text.lower(), "")
        if text and self._analysis.document.text[span.end : span.end + 1] == "." and self._gazetteer.is_abbreviation(f"{text}."):
            found = f"{text}."
        else:
            found = region or ("" if people else self._longest_known(text))
        mark = self._mark(first, last, sentence, demonym=people, known=bool(found))
        asked = mark.asked or next((code for word, code in self._words.nouns.items() if code and text.lower().endswith(" " + word)), "")
        return replace(mark, text=text, looked_up=found, regional=bool(region), exact=span, asked="" if people else asked)

    def _longest_known(self, text: str) -> str:
        """Return the longest part of a name that the tables hold and that begins or ends it, or an empty string."""
        words = re.sub(r"['’]s?$", "", text).split()
        parts = [words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        for part in sorted(parts, key=len, reverse=True):
            name = " ".join(part).strip(' ,;:"“”()')
            beginning = part[0][:1].isupper() or self._lower
            if beginning and name.lower() not in self._words.nouns and (len(part) == len(words) or self._stands_for(part, words)):
                for spelling in (name, name.rstrip(".")):
                    if self._gazetteer.known(spelling):
                        return spelling
        return ""

    def _stands_for(self, part: Sequence[str], words: Sequence[str]) -> bool:
        """Tell whether the rest of a name only says what kind of place it is, or which side of it."""
        rest = [w.lower().strip(",") for w in words if w not in part]
        return all(w in self._words.nouns or w in self._words.directions or w in {"of", "the", "and"} for w in rest)

    def sentence_marks(self, sentence: Sentence) -> Iterator[Mark]:
        """Yield the marks of one sentence, the longest name at each place first."""
        self._lower = self._all_lower or self._begins_small(sentence)
        at, previous = sentence.first, None
        while at < sentence.last:
            mark = self._mark_at(at, sentence, previous)
            if mark is None:
                at += 1
                continue
            yield mark
            previous, at = mark, mark.last

    def _begins_small(self, sentence: Sentence) -> bool:
        """Tell whether one sentence is written without capitals, as in pages whose furniture alone has them."""
        text = sentence.span.of(self._analysis.document.text)
        first = next((c for c in text if c.isalpha()), "A")
        return first.islower() and sum(map(str.isupper, text)) < 0.02 * len(text)

    def _mark_at(self, at: int, sentence: Sentence, previous: Mark | None) -> Mark | None:
        token = self._tokens[at]
        if not token.text[:1].isalpha() or not (self._lower or token.text[0].isupper()) or token.pos == "DET":
            return None
        for last in range(min(sentence.last, at + LONGEST), at, -1):
            final = self._tokens[last - 1]
            if not (final.text[-1].isalpha() or ABBREVIATED.fullmatch(final.text) or self._gazetteer.is_abbreviation(final.text)):
                continue
            if not self._lower and not final.text[0].isupper():
                continue
            mark = self._named(at, last, sentence, previous)
            if mark is not None:
                return mark
        return self._unknown(at, sentence)

    def _named(self, at: int, last: int, sentence: Sentence, previous: Mark | None) -> Mark | None:
        """Mark a name that the tables hold, if the text uses it for a place or a people."""
        text = self._quoted(at, last)
        country = self._countries.lookup(text)
        people = None if country else self._countries.demonym(text)
        folded = text.lower()
        if people and not self._within_other(at, last):
            return self._mark(at, last, sentence, demonym=people)
        if self._gazetteer.is_code(text):
            return self._mark(at, last, sentence) if previous and self._after_comma(at, previous) else None
        if text.endswith(".") and self._gazetteer.is_abbreviation(text):
            # "Miss." and "Ore." are words too: an abbreviation has a place before it, or two full stops.
            after = previous is not None and self._after_comma(at, previous)
            return self._mark(at, last, sentence) if after or ABBREVIATED.fullmatch(text) else None
        region = self._words.regional.get(folded) if not country else None
        if region and not self._within_other(at, last):
            kept = folded != region.lower()
            return replace(self._mark(at, last, sentence), looked_up=region, regional=kept)
        if not country and (folded in self._words.never or (self._lower and folded in self._words.never_lower)):
            return None
        if not country and not self._gazetteer.known(text):
            return None
        mark = self._mark(at, last, sentence)
        return mark if self._is_place(mark, country, previous) else None

    def _before_state(self, mark: Mark) -> bool:
        """Tell whether a comma and an abbreviated state follow: "Fargo, N.D."."""
        following = [t.text for t in self._tokens[mark.last : mark.last + 2]]
        return following[:1] == [","] and len(following) > 1 and self._gazetteer.is_abbreviation(following[1])

    def _after_comma(self, at: int, previous: Mark) -> bool:
        """Tell whether a name and a comma stand right before: "Fargo, ND"."""
        return previous.last == at - 1 and self._tokens[at - 1].text in {",", "("}

    def _is_place(self, mark: Mark, country: str | None, previous: Mark | None) -> bool:
        """Weigh the parser's label, the words around, and the size of the place."""
        if mark.text in self._surnames and not country and not (mark.locative or mark.dateline):
            return False
        entity = self._entity.get(mark.first)
        exact = entity is not None and self._covers(mark, entity)
        hinted = mark.locative or mark.dateline or bool(mark.asked) or self._listed(mark, previous)
        words = self._tokens[mark.first : mark.last]
        if self._lower:
            if country or (exact and entity is not None and entity.label in PLACE_LABELS):
                return entity is None or exact or entity.label in PLACE_LABELS
            noun = all(t.pos in {"PROPN", "NOUN", "ADJ", "X", "PUNCT"} for t in words)
            article = self._tokens[mark.first - 1].text.lower() in {"a", "an"} if mark.first else False
            size = self._home_size(mark.text)
            return (
                not article
                and (noun or mark.dateline)
                and ((hinted and (size > 0 or self._largest(mark.text) >= LARGE)) or size >= HOME_LARGE)
            )
        if self._before_state(mark):
            return True
        if entity is None:
            if not all(t.pos in {"PROPN", "ADP", "DET", "ADJ", "PART", "PUNCT", "X"} for t in words):
                return bool(country)
            large = self._largest(mark.text) >= LARGE or self._home_size(mark.text) >= HOME_TOWN
            return bool(country) or hinted or (large and not self._part_of_name(mark))
        if entity.label in PLACE_LABELS:
            return (exact and not self._leads_a_name(mark)) or self._leading_part(mark, entity)
        if exact and (hinted or (country and entity.label != "PERSON")):
            return True
        if exact and self._home_size(mark.text) >= HOME_LARGE and not self._part_of_name(mark):
            return True
        return mark.locative and self._leading_part(mark, entity)

    def _unknown(self, at: int, sentence: Sentence) -> Mark | None:
        """Mark a name that no table holds, where the parser takes it for a place or the text says what it is."""
        entity = self._entity.get(at)
        if entity is not None and entity.label in PLACE_LABELS:
            first, last = self._trimmed(entity, at)
            if first != at or last <= first:
                return None
            mark = self._mark(first, last, sentence, known=False)
            wanted = (entity.label == "GPE" or mark.locative) and not self._leads_a_name(mark)
            wanted = wanted and (mark.locative or mark.text not in self._surnames)
            return mark if wanted and mark.text.lower() not in self._words.never and len(mark.text) > 2 else None
        last = at
        while last < sentence.last and self._tokens[last].text[0].isupper() and self._tokens[last].pos in {"PROPN", "ADJ"}:
            last += 1
        if last == at or self._lower or (entity is not None and entity.label == "PERSON" and self._tokens[at].pos != "PROPN"):
            return None
        mark = self._mark(at, last, sentence, known=False)
        following = self._tokens[last].text.lower() if last < sentence.last else ""
        barred = any(word in self._words.never for word in mark.text.lower().split())
        named = following in {"area", "village", "town", "locality", "forest", "hamlet"} or mark.asked == "PPL"
        return mark if named and mark.locative and not barred else None

    def _mark(self, first: int, last: int, sentence: Sentence, *, demonym: str | None = None, known: bool = True) -> Mark:
        mark = Mark(first=first, last=last, sentence=sentence.index, text=self._quoted(first, last), demonym=demonym, known=known)
        if demonym:
            return mark
        locative, asked = self._before(first, sentence)
        return replace(mark, locative=locative, asked=self._after(last, sentence) or asked, dateline=self._is_dateline(mark, sentence))

    def _before(self, first: int, sentence: Sentence) -> tuple[bool, str]:
        """Tell whether a locative word leads to the name, and which noun stands before it ("in the city of")."""
        at, asked, noun_seen = first - 1, "", False
        while at >= sentence.first:
            word = self._tokens[at].text.lower()
            if word in self._words.prepositions:
                return True, asked
            if word in self._words.nouns:
                asked, noun_seen = asked or self._words.nouns[word], True
            elif word == "of" and at > sentence.first:
                above = self._tokens[at - 1].text.lower()
                if above not in self._words.nouns and above not in self._words.directions:
                    return noun_seen, asked
                noun_seen = True
            elif word not in self._words.directions and word not in {"the", "a", "an", "'s", "’s", "its", "their", "of"}:
                return noun_seen and self._tokens[first - 1].text.lower() == "of", asked
            at -= 1
        return False, asked

    def _after(self, last: int, sentence: Sentence) -> str:
        """Return the code that the noun right after the name asks for ("X district", "X, a town in"), or an empty string."""
        words = [t.text.lower() for t in self._tokens[last : min(last + 5, sentence.last)]]
        if not words:
            return ""
        if words[0] == "," and words[1:2] in (["a"], ["an"], ["the"]):
            return next((self._words.nouns[word] for word in words[2:] if self._words.nouns.get(word)), "")
        return self._words.nouns.get(words[0], "")

    def _listed(self, mark: Mark, previous: Mark | None) -> bool:
        """Tell whether the name goes on a list or chain of places: "Oruro, Potosí and Sucre", "Anand, Gujarat"."""
        if previous is None or previous.demonym:
            return False
        gap = [t.text.lower() for t in self._tokens[previous.last : mark.first]]
        return bool(gap) and len(gap) <= 2 and all(word in {",", "and", "or", "(", "/", "&"} for word in gap)

    def _is_dateline(self, mark: Mark, sentence: Sentence) -> bool:
        """Tell whether the name opens its block as the place of writing: "KHARTOUM, March 3 (Agency) -", "mumbai:"."""
        if mark.first != sentence.first:
            return False
        if sentence.index and self._analysis.sentences[sentence.index - 1].block == sentence.block:
            return False
        following = [t.text for t in self._tokens[mark.last : min(mark.last + 12, sentence.last)]]
        if not following:
            return False
        if following[0] in {":", "—", "–", "-", "--"}:
            return True
        closed = any(word in {"—", "–", "-", "--", ")", ":"} for word in following)
        return following[0] in {",", "(", "/"} and closed and (mark.text.isupper() or "(" in following)

    def _largest(self, text: str) -> int:
        return max((e.population for e in self._gazetteer.lookup(text) if e.preferred), default=0)

    def _leads_a_name(self, mark: Mark) -> bool:
        """Tell whether the parser cut a person's or thing's name short: "Paris" of "Paris Jackson"."""
        if mark.locative or mark.asked or mark.last >= len(self._tokens):
            return False
        last, following = self._tokens[mark.last - 1], self._tokens[mark.last]
        joined = last.dep == "compound" and last.head == following.index and following.pos == "PROPN"
        after = self._entity.get(mark.last)
        free = after is None or after.label == "PERSON"
        return joined and free and not self._countries.lookup(mark.text)

    def _home_size(self, text: str) -> int:
        """Return the persons of the largest place of that name in one of the article's own countries, or 0."""
        return max((max(e.population, 1) for e in self._gazetteer.lookup(text) if e.country in self._home), default=0)

    def _part_of_name(self, mark: Mark) -> bool:
        """Tell whether a capitalised word joins the name: "Rio Ferdinand", "Congressman Orlando"."""
        beside = [self._tokens[i] for i in (mark.first - 1, mark.last) if 0 <= i < len(self._tokens)]
        return any(t.pos == "PROPN" and t.sentence == mark.sentence and t.text[0].isupper() for t in beside)

    def _covers(self, mark: Mark, entity: Mention) -> bool:
        """Tell whether the name is the whole entity, but for an article, a direction or a possessive."""
        first, last = self._trimmed(entity, mark.first)
        return mark.first <= first and last <= mark.last

    def _leading_part(self, mark: Mark, entity: Mention) -> bool:
        """Tell whether the rest of the entity only says what kind of place it is ("Khyber Agency", "Gujarat and")."""
        first, last = self._trimmed(entity, mark.first)
        if mark.first > first or mark.last >= last:
            return False
        following = self._tokens[mark.last].text.lower()
        return following in self._words.nouns or following in {",", "and", "(", "-", "/"}

    def _trimmed(self, entity: Mention, near: int) -> tuple[int, int]:
        """Return the tokens of an entity without article, directions, nouns of place and possessive."""
        first = near
        while first > 0 and self._entity.get(first - 1) is entity:
            first -= 1
        last = near + 1
        while last < len(self._tokens) and self._entity.get(last) is entity:
            last += 1
        while first < last - 1 and self._drops(self._tokens[first].text):
            first += 1
        while last > first + 1 and (self._tokens[last - 1].text in {"'s", "’s", "'", "’"} or self._drops(self._tokens[last - 1].text)):
            last -= 1
        return first, last

    def _drops(self, word: str) -> bool:
        folded = word.lower()
        return folded in {"the", "of"} or folded in self._words.directions or (folded in self._words.nouns and word == folded)

    def _within_other(self, first: int, last: int) -> bool:
        """Tell whether the words are part of a longer name of a person or a thing ("Indian Ocean", "French Open")."""
        entity = self._entity.get(first)
        return (
            entity is not None
            and entity.label in {"PERSON", "LOC", "FAC", "WORK_OF_ART", "EVENT"}
            and (self._entity.get(first - 1) is entity or self._entity.get(last) is entity)
        )

    def _quoted(self, first: int, last: int) -> str:
        text = self._analysis.document.text
        return text[self._tokens[first].span.start : self._tokens[last - 1].span.end]


def _entity_of_tokens(analysis: Analysis) -> dict[int, Mention]:
    """Return the entity in which each token lies."""
    entities = sorted(analysis.entities, key=lambda m: m.span)
    found: dict[int, Mention] = {}
    at = 0
    for token in analysis.tokens:
        while at < len(entities) and entities[at].span.end <= token.span.start:
            at += 1
        if at < len(entities) and entities[at].span.covers(token.span):
            found[token.index] = entities[at]
    return found
