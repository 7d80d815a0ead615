"""Place names of an article, each resolved to a place on earth.

Names are found by `toponym_marks`, their readings come from `gazetteer`, what the article says of them from
`toponym_context`, and the choice is `toponym_ranking`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from dateline.resolve import countries as country_table
from dateline.resolve import gazetteer as gazetteer_file
from dateline.resolve import place_words
from dateline.resolve.countries import Countries
from dateline.resolve.disputed import Disputed
from dateline.resolve.gazetteer import Entry, Gazetteer
from dateline.resolve.toponym_context import STRANGER, ContextReader, Ranked
from dateline.resolve.toponym_features import Context
from dateline.resolve.toponym_marks import Mark, Marker
from dateline.resolve.toponym_ranking import Ranker, place_of, shared_ranker, shares, unplaced
from dateline.types import Analysis, Layer, Place, Span, Toponym

STRANGER_SHARE = 0.08
"""A small town in a country with less of the article's votes is taken for a village that no gazetteer has."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
UNPLACED_CONFIDENCE = 0.3
LINKS = frozenset({",", "in", "of", "the", "(", "'s", "’s"})
LONGEST_LINK = 5
"""Tokens between a name and that of the region that holds it."""


class Toponyms:
    """Find and resolve the place names of each document.

    Args:
        gazetteer: Where names are looked up.
        countries: The table of countries.
        ranker: The weights by which one of several readings is chosen.
        country: ISO 3166 alpha-3 of the country that all texts are about, where the user knows it.
        disputed: The territories whose places keep two readings.
    """

    name = "resolve.toponyms"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.TOPONYMS})

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        countries: Countries | None = None,
        ranker: Ranker | None = None,
        country: str | None = None,
        disputed: Disputed | None = None,
    ) -> None:
        self._gazetteer = gazetteer or gazetteer_file.shared()
        self._countries = countries or country_table.shared()
        self._ranker = ranker or shared_ranker()
        self._country = country
        self._disputed = disputed or Disputed()
        self._words = place_words.shared()
        self._marker = Marker(self._gazetteer, self._countries, self._words)
        self._contexts = ContextReader(self._gazetteer, self._countries, self._ranker)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with toponyms, in text order."""
        return [replace(analysis, toponyms=self._toponyms(analysis)) for analysis in batch]

    def resolve(self, analysis: Analysis, spans: Sequence[Span]) -> tuple[Toponym | None, ...]:
        """Resolve names whose spans are known, in the order given; None where a span holds no word that is read."""
        marks = self._marker.given(analysis, spans)
        made = self._resolved(analysis, sorted((m for m in marks if m is not None), key=lambda m: (m.first, m.last)))
        by_span = {toponym.span: toponym for toponym in made}
        return tuple(by_span.get(mark.span(analysis)) if mark else None for mark in marks)

    def _toponyms(self, analysis: Analysis) -> tuple[Toponym, ...]:
        # The first pass takes what stands by itself; the second knows the article's countries, and believes more.
        sure = self._marker.marks(analysis, {})
        home = self._contexts.home(analysis, sure, self._country)
        return self._resolved(analysis, self._marker.marks(analysis, home))

    def _resolved(self, analysis: Analysis, marks: Sequence[Mark]) -> tuple[Toponym, ...]:
        chosen, context = self._contexts.rank(analysis, marks, self._country)
        main = max(context.countries.items(), key=lambda item: (item[1], item[0]), default=(None, 0.0))[0]
        made = [self._toponym(analysis, mark, chosen.get(mark.text), main, context) for mark in marks]
        for i, (one, other) in enumerate(pairwise(made)):
            if one.place.latitude is None and self._within(analysis, marks[i], marks[i + 1]):
                made[i] = replace(one, place=self._contained(one.place, other.place))
        return tuple(made)

    def _within(self, analysis: Analysis, mark: Mark, following: Mark) -> bool:
        """Tell whether the next name is where the first lies: "in Qarzubeh village in Helmand province"."""
        gap = [t.text.lower() for t in analysis.tokens[mark.last : following.first]]
        links = all(word in LINKS or word in self._words.nouns or word in self._words.directions for word in gap)
        return mark.sentence == following.sentence and 0 < len(gap) <= LONGEST_LINK and links and not following.demonym

    def _contained(self, place: Place, region: Place) -> Place:
        """Return a place without a point with the region that holds it, where that is a unit or a state."""
        if region.feature_class != "A":
            return place
        return replace(place, district=region.district, province=region.province, country=region.country, country_code=region.country_code)

    def _toponym(self, analysis: Analysis, mark: Mark, ranked: Ranked | None, main: str | None, context: Context) -> Toponym:
        span = mark.span(analysis)
        if mark.demonym:
            entry = self._gazetteer.country_entry(mark.demonym)
            ranked = [(0.0, entry)] if entry else None
        if ranked and (mark.demonym or self._is_taken(ranked, context)):
            place = place_of(mark.text, span, ranked, self._country_name(ranked[0][1].country))
        else:
            place = unplaced(mark.text, span, main, self._country_name(main), UNPLACED_CONFIDENCE)
        return Toponym(
            span=span,
            text=mark.text,
            sentence=mark.sentence,
            place=place if mark.demonym else self._disputed.both_readings(place, analysis.document.published),
            demonym=mark.demonym is not None or mark.regional,
            metonymic=not mark.demonym and not mark.regional and self._is_metonym(analysis, mark, place),
        )

    def _is_taken(self, ranked: Ranked, context: Context) -> bool:
        """Tell whether the best reading is likely enough to be told."""
        likely = shares([points for points, _ in ranked])[0] >= self._ranker.threshold
        return likely and not self._is_stranger(ranked[0][1], context)

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
