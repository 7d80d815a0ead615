"""What an article says of where it plays: votes for countries and provinces, and what stands beside each name.

A country's name, its people's, a town that is plain by itself, the title and the publisher each vote. One name means
one place within an article (one sense per discourse, Gale et al. 1992), so what stands beside one of its mentions
("Springfield, Illinois") counts for all of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest

from dateline.resolve.countries import Countries
from dateline.resolve.gazetteer import Entry, Gazetteer, key
from dateline.resolve.toponym_features import Asked, Context
from dateline.resolve.toponym_marks import Mark
from dateline.resolve.toponym_ranking import Ranker, shared_countries
from dateline.types import Analysis

NAMED_VOTE, PEOPLE_VOTE, TOWN_VOTE, TITLE_VOTE, PUBLISHER_VOTE = 2.0, 1.5, 1.0, 2.0, 1.5
"""How much a country's name, its people's, a plain town, the title and the publisher say of the article's country."""
PLAIN = 0.9
"""A name is plain when its largest place has that share of the readings."""
STRANGER = 50_000
"""A town of fewer persons, in a country that nothing else speaks for, has no vote: it may be a namesake."""
ROUNDS = 3
"""The names are ranked so often, each time knowing where the last round put the others."""
UNIT_WORDS = frozenset({"the", "state", "province", "district", "of", "'s", "’s", "region", "county"})
_TOP_LEVEL = re.compile(r"\.([a-z]{2})(?:[/:]|$)")

Ranked = list[tuple[float, Entry]]


class ContextReader:
    """Ranks the readings of all names of an article together. It holds the data of all, and nothing of the last article."""

    def __init__(self, gazetteer: Gazetteer, countries: Countries, ranker: Ranker) -> None:
        self._gazetteer = gazetteer
        self._countries = countries
        self._ranker = ranker
        self._domains = {c.iso2.lower(): c.code for c in countries.all()} | {"uk": "GBR"}

    def home(self, analysis: Analysis, marks: Sequence[Mark], country: str | None = None) -> dict[str, float]:
        """Return each country's share (0-1) of what the article says before any town is placed."""
        return shared_countries([(code, weight) for _, code, weight in self._votes(analysis, marks, self.readings(marks), country)])

    def rank(self, analysis: Analysis, marks: Sequence[Mark], country: str | None = None) -> tuple[dict[str, Ranked], Context]:
        """Return the ranked readings of every name that has some, and the context of the last round.

        Args:
            analysis: The article, parsed.
            marks: Its place names.
            country: ISO 3166 alpha-3 of the country that the user says the text is about.
        """
        asked = self.surroundings(analysis, marks)
        readings = self.readings(marks)
        ranked: dict[str, Ranked] = {}
        for _ in range(ROUNDS):
            context = self.context(analysis, marks, ranked, country)
            ranked = {text: self._ranker.rank(entries, context, asked[text]) for text, entries in readings.items() if entries}
        return ranked, context

    def context(self, analysis: Analysis, marks: Sequence[Mark], ranked: Mapping[str, Ranked], country: str | None = None) -> Context:
        """Return what is known of the article's countries, provinces and points, given where its names were put so far."""
        said = self._votes(analysis, marks, self.readings(marks), country)
        spoken = {code for _, code, _ in said}
        counts = Counter(m.text for m in marks if m.text in ranked)
        best = [(text, ranked[text][0][1]) for text, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        for text, entry in best:
            if entry.country and (entry.country in spoken or entry.population >= STRANGER):
                said.append((key(text), entry.country, TOWN_VOTE))
        total = sum(weight for _, _, weight in said)
        own: dict[str, tuple[str, float]] = {}
        for name, code, weight in said:
            # A name has voted twice at most: as plain, and as placed. Where both differ the later counts.
            if name:
                before = own.get(name, (code, 0.0))
                own[name] = (code, weight / total + (before[1] if before[0] == code else 0.0))
        placed = {
            key(text): (e.country, key(e.admin1))
            for text, e in best
            if e.country and e.admin1 and (e.country in spoken or e.population >= STRANGER)
        }
        units = Counter(placed.values())
        placed_units = sum(units.values())
        publisher = self._publisher_codes(analysis)
        return Context(
            countries=shared_countries([(code, weight) for _, code, weight in said]),
            named=frozenset(name for m in marks for name in (key(m.text), *self._spelled_out(m.text))),
            provinces={unit: count / placed_units for unit, count in units.items()},
            points=[(key(text), e.latitude, e.longitude) for text, e in best if e.feature_code not in {"PCLI", "RGN", "SEA"}],
            own_names=placed,
            com=not publisher and _host(analysis.document.publisher).endswith(".com"),
            published=analysis.document.published,
            own_votes=own,
        )

    def readings(self, marks: Sequence[Mark]) -> dict[str, list[Entry]]:
        """Return what the gazetteer has for each name."""
        return {m.text: self._gazetteer.lookup(m.looked_up or m.text) for m in marks if m.known and not m.demonym}

    def surroundings(self, analysis: Analysis, marks: Sequence[Mark]) -> dict[str, Asked]:
        """Collect, over all mentions of a name, the places named right after it and the kind of place asked for."""
        beside: dict[str, list[str]] = defaultdict(list)
        asked: dict[str, str] = {}
        for mark, following in zip_longest(marks, marks[1:]):
            if mark.demonym:
                continue
            if mark.asked:
                asked.setdefault(key(mark.text), mark.asked)
            if following is None or following.sentence != mark.sentence or following.demonym:
                continue
            gap = [t.text.lower() for t in analysis.tokens[mark.last : following.first]]
            words = [w for w in gap if w not in UNIT_WORDS]
            if words in ([","], ["in"], ["("], [",", "in"]):
                country = self._countries.lookup(following.text)
                if country and self._is_only_country(mark.text):
                    continue
                beside[key(mark.text)] += [key(following.text), *self._spelled_out(following.text), *([country] if country else [])]
        return {
            m.text: Asked(plain=key(m.text), kind=asked.get(key(m.text), ""), beside=tuple(beside.get(key(m.text), ())))
            for m in marks
            if not m.demonym
        }

    def _spelled_out(self, text: str) -> list[str]:
        """Return the plain name that an abbreviation stands for ("Ala.": "alabama")."""
        if not self._gazetteer.is_abbreviation(text):
            return []
        return [key(e.name) for e in self._gazetteer.lookup(text) if e.name_note == "abbreviation"]

    def _is_only_country(self, text: str) -> bool:
        """Tell whether a country's name is no province's: in "borders with Colombia, Brazil" the second holds not the first."""
        return self._countries.lookup(text) is not None and all(e.feature_code != "ADM1" for e in self._gazetteer.lookup(text))

    def _votes(
        self, analysis: Analysis, marks: Sequence[Mark], readings: Mapping[str, list[Entry]], country: str | None
    ) -> list[tuple[str, str, float]]:
        """Return what the article says of its country before any town is placed: the plain name that speaks, code, weight."""
        votes: list[tuple[str, str, float]] = []
        for mark in marks:
            code = None if mark.demonym else self._countries.lookup(mark.text)
            # "Georgia" is both a country and a state: it has no vote on what it is itself.
            if code and all(e.feature_code not in {"ADM1", "PPLC"} or e.country == code for e in readings.get(mark.text, ())):
                votes.append((key(mark.text), code, NAMED_VOTE))
            elif mark.demonym:
                votes.append(("", mark.demonym, PEOPLE_VOTE))
        for text, entries in readings.items():
            if entries and entries[0].country and entries[0].feature_code != "PCLI":
                sizes = [float(e.population) for e in entries]
                same = sum(e.population for e in entries if e.country == entries[0].country)
                if same >= PLAIN * sum(sizes) and same >= STRANGER:
                    votes.append((key(text), entries[0].country, TOWN_VOTE))
        votes += [("", code, TITLE_VOTE) for code in self._codes_in(analysis.document.title)]
        votes += [("", code, PUBLISHER_VOTE) for code in self._publisher_codes(analysis)]
        if country:
            # What a user says weighs as much as all the article does.
            votes.append(("", country, max(NAMED_VOTE, sum(weight for _, _, weight in votes))))
        return votes

    def _publisher_codes(self, analysis: Analysis) -> list[str]:
        """Return the countries of which the publisher's name or address speaks."""
        document = analysis.document
        found = self._codes_in(document.publisher)
        for address in (document.url, document.publisher):
            ending = _TOP_LEVEL.search(_host(address))
            if ending and ending.group(1) in self._domains:
                found.append(self._domains[ending.group(1)])
        return found

    def _codes_in(self, text: str | None) -> list[str]:
        """Return the countries that a title or a publisher's name mentions ("Times of India", "timesofindia")."""
        words = re.findall(r"[^\W\d_]+", text or "")
        pairs = [" ".join(pair) for pair in pairwise(words)]
        found = [self._countries.lookup(w) or self._countries.demonym(w) for w in (*pairs, *words) if len(w) > 3 or w.isupper()]
        return [code for code in found if code]


def _host(address: str | None) -> str:
    return (address or "").split("//")[-1].split("/")[0]
