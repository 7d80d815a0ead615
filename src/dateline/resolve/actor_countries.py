"""Which country an actor belongs to: the words of its phrase, what else the article calls it, where the story is."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib import resources
from typing import Any

import yaml

from dateline.errors import DataError
from dateline.resolve.actor_lexicon import Match, is_cased
from dateline.resolve.actor_linking import INTERNATIONAL
from dateline.resolve.countries import Countries
from dateline.types import Analysis, Token

_NAME_WORDS = 5
"""The longest country name has this many words."""
_NAMED, _PEOPLE, _TOWN, _TITLE, _HOME, _BODY = 1.0, 1.0, 0.6, 1.0, 2.0, 0.7
"""What a country's name, its people's, a place in it, the title, the outlet's home and a body of it say of the story's country."""
_TOP_LEVEL = re.compile(r"\.([a-z]{2})(?:[/:]|$)")


def read_publishers() -> dict[str, str]:
    """Return the country of each outlet key of ``publishers.yaml``."""
    try:
        text = resources.files("dateline").joinpath("data", "actors", "publishers.yaml").read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError, UnicodeDecodeError) as error:
        raise DataError(f"the list of outlets cannot be read ({error}): reinstall dateline") from error
    table: dict[str, Any] = yaml.safe_load(text)
    return {key.lower(): code for code, keys in table["countries"].items() for key in keys}


class StoryCountries:
    """The countries of one article: which token names which, and where the story as a whole is."""

    def __init__(
        self, analysis: Analysis, countries: Countries, publishers: dict[str, str], domains: dict[str, str], matches: list[Match]
    ) -> None:
        self._analysis = analysis
        self._countries = countries
        self._cased = is_cased(analysis.tokens)
        self.named: dict[int, str] = {}
        """The country that a token names or adjoins, by token index."""
        self.people: set[int] = set()
        """Tokens that name a people ("Syrians", "Bolivian") rather than a place."""
        self.seats: set[int] = set()
        """Tokens that name a seat of government that can stand for it ("Moscow")."""
        self.places: dict[int, str] = {}
        """The country of any place name, by token index; without the countries themselves."""
        self._scan()
        self._take_toponyms()
        self.home = self._outlet(publishers, domains)
        self.told: set[str] = set(filter(None, (*self.named.values(), *self.places.values(), self.home)))
        """Codes that the article tells of without the help of persons' names: countries, places, bodies, the outlet's home."""
        self.votes = self._vote(matches)
        self.main = max(self.votes, key=lambda code: (self.votes[code], code)) if self.votes else None

    def _scan(self) -> None:
        """Find country names and peoples, the longest names first."""
        tokens = self._analysis.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            size = 1
            if token.text[:1].isalpha() and self._may_name(token):
                for size in range(min(_NAME_WORDS, len(tokens) - at), 0, -1):
                    words = tokens[at : at + size]
                    if words[-1].sentence != token.sentence:
                        continue
                    phrase = self._analysis.document.text[token.span.start : words[-1].span.end]
                    code = self._countries.lookup(self._spelt(phrase))
                    people = None if code else self._countries.demonym(self._spelt(phrase))
                    if code or people:
                        for word in words:
                            self.named[word.index] = code or people or ""
                            if people:
                                self.people.add(word.index)
                        break
                else:
                    size = 1
                    seat = self._countries.metonym(self._spelt(token.text))
                    if seat and self._cased:
                        self.seats.add(token.index)
                        self.places[token.index] = seat
            at += size

    def _may_name(self, token: Token) -> bool:
        if self._cased:
            return token.text[:1].isupper()
        if token.text == "us":
            # "us" in a text without capitals: the pronoun is no subject and modifies nothing.
            return token.pos == "PROPN" or token.dep in ("nsubj", "compound", "amod", "poss", "nmod", "nsubjpass")
        return token.pos in ("PROPN", "NOUN", "ADJ")

    def _spelt(self, phrase: str) -> str:
        if self._cased:
            return phrase
        return {"us": "US", "uk": "UK", "usa": "USA", "uae": "UAE", "eu": "EU"}.get(phrase, phrase.title())

    def _take_toponyms(self) -> None:
        starts = {t.span.start: t.index for t in self._analysis.tokens}
        for toponym in self._analysis.toponyms:
            code = toponym.place.country_code
            at = starts.get(toponym.span.start)
            if code is None or at is None:
                continue
            while at < len(self._analysis.tokens) and self._analysis.tokens[at].span.start < toponym.span.end:
                if at not in self.named:
                    if toponym.demonym:
                        self.named[at] = code
                        self.people.add(at)
                    elif toponym.place.resolution == 1:
                        self.named[at] = code
                    else:
                        self.places[at] = code
                if toponym.metonymic:
                    self.seats.add(at)
                at += 1

    def _outlet(self, publishers: dict[str, str], domains: dict[str, str]) -> str | None:
        document = self._analysis.document
        for name in filter(None, (document.publisher, document.url)):
            lower = name.lower()
            for key, code in publishers.items():
                if key in lower:
                    return code
            found = _TOP_LEVEL.search(lower)
            if found and found[1] in domains:
                return domains[found[1]]
        return None

    def _vote(self, matches: list[Match]) -> dict[str, float]:
        votes: defaultdict[str, float] = defaultdict(float)
        tokens = self._analysis.tokens
        for found, weight in ((self.named, _NAMED), (self.places, _TOWN)):
            last = -2
            for index in sorted(found):
                # A name of several tokens is one vote.
                if index != last + 1 or found.get(last) != found[index]:
                    headline = self._analysis.sentences[tokens[index].sentence].kind == "headline"
                    share = _PEOPLE if index in self.people else weight
                    votes[found[index]] += share + (_TITLE if headline else 0.0)
                last = index
        for match in matches:
            if match.entities and not match.generic and len({e.code for e in match.entities}) == 1:
                code = match.entities[0].code
                if code:
                    votes[code] += _BODY
                    if not match.entities[0].person:
                        self.told.add(code)
        if self.home:
            votes[self.home] += _HOME
        return {code: vote for code, vote in votes.items() if code not in INTERNATIONAL and code}

    def within(self, first: int, last: int, head: int, own: range = range(0)) -> str | None:
        """Return the country that the tokens name: what modifies the head from the left, then what follows, then places.

        `own` are the tokens of a person's name, which name no place even where one is called the same.
        """
        for source in (self.named, self.places):
            left = [i for i in range(head, first - 1, -1) if i in source and i not in own]
            right = [i for i in range(head + 1, last) if i in source and i not in own]
            if left or right:
                return source[(left or right)[0]]
        return None

    def province(self, code: str) -> str | None:
        """Return the province of a country that the article's places name most, or None."""
        counts: defaultdict[str, int] = defaultdict(int)
        for toponym in self._analysis.toponyms:
            if toponym.place.province and toponym.place.country_code == code:
                counts[toponym.place.province] += 1
        return max(sorted(counts), key=lambda name: counts[name]) if counts else None
