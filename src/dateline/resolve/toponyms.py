"""Place names of an article, each resolved to a place on earth.

Names are found by `toponym_marks`, their readings come from `gazetteer`, the choice is `toponym_ranking`'s. One name
means one place within an article (one sense per discourse, Gale et al. 1992), so what stands beside one of its
mentions ("Springfield, Illinois") counts for all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import ClassVar

from dateline.resolve import countries as country_table
from dateline.resolve import gazetteer as gazetteer_file
from dateline.resolve import place_words
from dateline.resolve.countries import Countries
from dateline.resolve.gazetteer import Entry, Gazetteer, key
from dateline.resolve.toponym_marks import Mark, Marker
from dateline.resolve.toponym_ranking import Context, place_of, rank, shared_countries, unplaced
from dateline.types import Analysis, Layer, Place, Span, Toponym

NAMED_VOTE, PEOPLE_VOTE, TOWN_VOTE, TITLE_VOTE, PUBLISHER_VOTE = 2.0, 1.5, 1.0, 2.0, 1.5
"""How much a country's name, its people's, a plain town, the title and the publisher say of the article's country."""
PLAIN = 0.9
"""A name is plain when its largest place has that share of the readings."""
STRANGER, STRANGER_SHARE = 50_000, 0.08
"""A town of fewer persons, in a country with less of the article's votes, is taken for a village no gazetteer has."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
UNPLACED_CONFIDENCE = 0.3
_TOP_LEVEL = re.compile(r"\.([a-z]{2})(?:[/:]|$)")


class Toponyms:
    """Find and resolve the place names of each document."""

    name = "resolve.toponyms"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.TOPONYMS})

    def __init__(self, gazetteer: Gazetteer | None = None, countries: Countries | None = None) -> None:
        self._gazetteer = gazetteer or gazetteer_file.shared()
        self._countries = countries or country_table.shared()
        self._marker = Marker(self._gazetteer, self._countries, place_words.shared())
        self._domains = {c.iso2.lower(): c.code for c in self._countries.all()} | {"uk": "GBR"}

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with toponyms, in text order."""
        return [replace(analysis, toponyms=self._toponyms(analysis)) for analysis in batch]

    def _toponyms(self, analysis: Analysis) -> tuple[Toponym, ...]:
        # The first pass takes what stands by itself; the second knows the article's countries, and believes more.
        sure = self._marker.marks(analysis, {})
        home = shared_countries(self._first_votes(analysis, sure, self._readings(sure)))
        marks = self._marker.marks(analysis, home)
        readings = self._readings(marks)
        beside, asked = self._surroundings(analysis, marks)
        votes = self._first_votes(analysis, marks, readings)
        spoken = {code for code, _ in votes}
        named = frozenset(key(m.text) for m in marks)
        chosen: dict[str, list[tuple[float, Entry]]] = {}
        # The second round knows the countries of the towns that the first one placed.
        for _ in range(2):
            best = [ranked[0][1] for ranked in chosen.values()]
            # A village in a country that nothing else speaks for has no vote: it may be a namesake.
            towns = [e.country for e in best if e.country and (e.country in spoken or e.population >= STRANGER)]
            context = Context(countries=shared_countries([*votes, *((c, TOWN_VOTE) for c in towns)]), named=named)
            chosen = {
                text: rank(entries, context, asked=asked.get(key(text), ""), beside=beside.get(key(text), ()))
                for text, entries in readings.items()
                if entries
            }
        main = max(context.countries.items(), key=lambda item: (item[1], item[0]), default=(None, 0.0))[0]
        return tuple(self._toponym(analysis, mark, chosen.get(mark.text), main, context) for mark in marks)

    def _readings(self, marks: Sequence[Mark]) -> dict[str, list[Entry]]:
        return {m.text: self._gazetteer.lookup(m.text) for m in marks if m.known and not m.demonym}

    def _surroundings(self, analysis: Analysis, marks: Sequence[Mark]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
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
            words = [w for w in gap if w not in {"the", "state", "province", "district", "of", "'s", "’s", "region", "county"}]
            if words in ([","], ["in"], ["("], [",", "in"]):
                country = self._countries.lookup(following.text)
                beside[key(mark.text)] += [key(following.text), *([country] if country else [])]
        return {name: tuple(names) for name, names in beside.items()}, asked

    def _first_votes(self, analysis: Analysis, marks: Sequence[Mark], readings: dict[str, list[Entry]]) -> list[tuple[str, float]]:
        """Return what the article says of its country before any town is placed."""
        votes: list[tuple[str, float]] = []
        for mark in marks:
            code = None if mark.demonym else self._countries.lookup(mark.text)
            # "Georgia" is both a country and a state: it has no vote on what it is itself.
            if code and all(e.feature_code not in {"ADM1", "PPLC"} or e.country == code for e in readings[mark.text]):
                votes.append((code, NAMED_VOTE))
            elif mark.demonym:
                votes.append((mark.demonym, PEOPLE_VOTE))
        for entries in readings.values():
            if entries and entries[0].country and entries[0].feature_code != "PCLI":
                sizes = [float(e.population) for e in entries]
                same = sum(e.population for e in entries if e.country == entries[0].country)
                if same >= PLAIN * sum(sizes) and same >= STRANGER:
                    votes.append((entries[0].country, TOWN_VOTE))
        document = analysis.document
        votes += [(code, TITLE_VOTE) for code in self._codes_in(document.title)]
        votes += [(code, PUBLISHER_VOTE) for code in self._codes_in(document.publisher)]
        for address in (document.url, document.publisher):
            host = (address or "").split("//")[-1].split("/")[0]
            ending = _TOP_LEVEL.search(host)
            if ending and ending.group(1) in self._domains:
                votes.append((self._domains[ending.group(1)], PUBLISHER_VOTE))
        return votes

    def _codes_in(self, text: str | None) -> list[str]:
        """Return the countries that a title or a publisher's name mentions ("Times of India", "timesofindia")."""
        words = re.findall(r"[^\W\d_]+", text or "")
        pairs = [" ".join(pair) for pair in pairwise(words)]
        found = [self._countries.lookup(w) or self._countries.demonym(w) for w in (*pairs, *words) if len(w) > 3 or w.isupper()]
        return [code for code in found if code]

    def _toponym(
        self, analysis: Analysis, mark: Mark, ranked: list[tuple[float, Entry]] | None, main: str | None, context: Context
    ) -> Toponym:
        tokens = analysis.tokens
        span = Span(tokens[mark.first].span.start, tokens[mark.last - 1].span.end)
        if mark.demonym:
            entry = self._gazetteer.country_entry(mark.demonym)
            ranked = [(0.0, entry)] if entry else None
        if ranked and not (self._is_stranger(ranked[0][1], context) and not mark.demonym):
            place = place_of(mark.text, span, ranked, self._country_name(ranked[0][1].country))
        else:
            place = unplaced(mark.text, span, main, self._country_name(main), UNPLACED_CONFIDENCE)
        return Toponym(
            span=span,
            text=mark.text,
            sentence=mark.sentence,
            place=place,
            demonym=mark.demonym is not None,
            metonymic=not mark.demonym and self._is_metonym(analysis, mark, place),
        )

    def _is_stranger(self, entry: Entry, context: Context) -> bool:
        """Tell whether a small place lies in a country of which the article says nothing: then it is a namesake."""
        if entry.feature_code == "PCLI" or entry.population >= STRANGER:
            return False
        strongest = max(context.countries.values(), default=0.0)
        return strongest >= 0.5 and context.countries.get(entry.country or "", 0.0) < STRANGER_SHARE

    def _country_name(self, code: str | None) -> str | None:
        return self._countries.name(code) if code else None

    def _is_metonym(self, analysis: Analysis, mark: Mark, place: Place) -> bool:
        """Tell whether a country or a seat of government acts: "Washington said", "talks between Paris and Rome"."""
        if place.feature_code != "PCLI" and self._countries.metonym(mark.text) is None:
            return False
        token = analysis.tokens[mark.last - 1]
        for inner in analysis.tokens[mark.first : mark.last]:
            if not mark.first <= inner.head < mark.last or inner.head == inner.index:
                token = inner
        while token.dep == "conj" and token.head != token.index:
            token = analysis.tokens[token.head]
        if token.dep in SUBJECTS:
            return True
        head = analysis.tokens[token.head]
        return token.dep == "pobj" and (head.dep == "agent" or (head.text.lower() == "between" and place.feature_code == "PCLI"))
