"""Where and when the incidents of a report happened: our places and times, weighed by two heads fitted on the train part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.linear_heads import Head, fit_logistic
from bench.muc4_phrases import kinds_of
from dateline import places
from dateline.resolve import countries
from dateline.types import Analysis, Token

C = 0.5
"""Inverse regularisation."""

SECOND = 0.45
"""Probability (0 to 1) from which a second place is named beside the likeliest."""

LEAST_PLACE = 0.12
"""Probability (0 to 1) below which no place is named."""

NAMED = ("GPE", "LOC", "FAC")
HEADER = re.compile(r"^\s*([A-Z .'-]+?)\s*(?:\(([A-Z .]+)\)|,|$)")
NO_CITY = frozenset({"clandestine", "no city", ""})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a report offers: countries and places with features, and days by type of incident."""

    countries: tuple[tuple[str, tuple[str, ...]], ...]
    """English name and features."""
    places: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]
    """The name, its features, and the types of incident that its sentences tell of."""
    days: Mapping[str, tuple[str, str]]
    """First and last day by type of incident, ISO 8601."""
    day: str | None
    """The day of the report, ISO 8601."""


def header_of(dateline: str | None) -> tuple[str, str | None]:
    """Return the city that a report's header names, and the country's code where the header or the gazetteer knows it."""
    match = HEADER.match(dateline or "")
    if not match:
        return "", None
    city = match.group(1).strip().lower()
    table = countries.shared()
    if match.group(2):
        return city, table.lookup(match.group(2).strip().title())
    if city in NO_CITY:
        return city, None
    found = places.lookup([city.title()])[0]
    return city, found[0].country if found else None


def share(n: float, whole: float) -> str:
    """Return a share as a coarse word."""
    return str(round(4 * n / whole)) if whole else "0"


def scene_of(analysis: Analysis, dateline: str | None) -> Scene:
    """Read where and when off an analysis."""
    city, header_country = header_of(dateline)
    kinds = [frozenset(k for t in analysis.tokens_of(s) for k in kinds_of(t.text)) for s in analysis.sentences]
    return Scene(
        countries=tuple(country_rows(analysis, kinds, city, header_country)),
        places=tuple(place_rows(analysis, kinds, city, header_country)),
        days=days_of(analysis, kinds),
        day=analysis.document.published,
    )


def country_rows(analysis: Analysis, kinds: Sequence[frozenset[str]], city: str, header: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """Return each country that the report or its header names, with features."""
    table = countries.shared()
    count: dict[str, float] = {}
    told: dict[str, float] = {}
    first: dict[str, int] = {}
    for toponym in analysis.toponyms:
        code = toponym.place.country_code
        if code is None:
            continue
        count[code] = count.get(code, 0) + 1
        if kinds[toponym.sentence]:
            told[code] = told.get(code, 0) + 1
        first.setdefault(code, toponym.sentence)
    if header:
        count.setdefault(header, 0)
    for code in ("SLV",) if city == "clandestine" else ():
        count.setdefault(code, 0)
    ranked = sorted(count, key=lambda c: (-count[c], c))
    rows = []
    for code in sorted(count):
        place = first.get(code, 99)
        features = [f"rank={min(3, ranked.index(code))}", f"share={share(count[code], sum(count.values()))}"]
        features += [f"told={share(told.get(code, 0), sum(told.values()))}", f"first={min(place, 4)}", f"prior={code}"]
        features += [f"header={code == header}", f"rank|header={min(3, ranked.index(code))}|{code == header}", f"header={city}|{code}"]
        rows.append((table.name(code), tuple(features)))
    return rows


def place_rows(
    analysis: Analysis, kinds: Sequence[frozenset[str]], city: str, header: str | None
) -> list[tuple[str, tuple[str, ...], frozenset[str]]]:
    """Return each place that the report or its header names, with features and the types told of beside it."""
    features: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    count: dict[str, int] = {}
    ours: dict[str, list[str]] = {}
    for candidate, found in zip(analysis.candidates, analysis.places, strict=True):
        for place in found:
            ours.setdefault(place.text.lower(), []).append(candidate.event_type)
    by_start = {t.span.start: t for t in analysis.tokens}
    named = {t.span: (t.text, t.sentence) for t in analysis.toponyms if not t.demonym}
    for mention in analysis.entities:
        if mention.label in NAMED and not any(mention.span.overlaps(s) for s in named):
            named[mention.span] = (mention.text, analysis.tokens[mention.head].sentence)
    kind_of = {t.span: f"{t.place.feature_class}:{t.place.resolution}" for t in analysis.toponyms}
    home = {t.span: t.place.country_code for t in analysis.toponyms}
    for span in sorted(named):
        text, sentence = named[span]
        name = " ".join(text.lower().split())
        mine = features.setdefault(name, set())
        count[name] = count.get(name, 0) + 1
        told.setdefault(name, set()).update(kinds[sentence])
        mine |= {f"at={min(sentence, 4)}", f"kind={kind_of.get(span, 'named')}", f"home={home.get(span) == header}"}
        mine |= {f"beside={k}" for k in kinds[sentence]} or {"beside nothing"}
        mine |= around(analysis, by_start.get(span.start), span.end)
    if city not in NO_CITY:
        features.setdefault(city, set()).add("header")
        count.setdefault(city, 0)
    for name, mine in features.items():
        mine |= {f"n={min(4, count[name])}", f"words={len(name.split())}", f"name={name}"} | {f"ours={t}" for t in ours.get(name, ())}
        if not ours.get(name):
            mine.add("not ours")
    return [(name, tuple(sorted(mine)), frozenset(told.get(name, ()))) for name, mine in sorted(features.items())]


def around(analysis: Analysis, token: Token | None, end: int) -> set[str]:
    """Return the words beside a place name, as features."""
    if token is None:
        return set()
    before = analysis.tokens[token.index - 1].text.lower() if token.index else "-"
    after = next((t.text.lower() for t in analysis.tokens[token.index : token.index + 8] if t.span.start >= end), "-")
    governor = analysis.tokens[token.head]
    above = analysis.tokens[governor.head].lemma.lower() if governor.dep == "prep" else governor.lemma.lower()
    return {f"before={before}", f"after={after}", f"dep={token.dep}", *(f"on={k}" for k in kinds_of(above))}


def days_of(analysis: Analysis, kinds: Sequence[frozenset[str]]) -> dict[str, tuple[str, str]]:
    """Return the first days that the report gives for each type of incident."""
    days: dict[str, tuple[str, str]] = {}
    for candidate, interval in zip(analysis.candidates, analysis.intervals, strict=True):
        if interval is None or not interval.earliest or not interval.latest or candidate.event_type != "ASSAULT" or interval.span is None:
            continue
        for kind in sorted(kinds[candidate.sentence]):
            days.setdefault(kind, (interval.earliest, interval.latest))
    return days


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The two heads."""

    country: Head
    place: Head

    def country_of(self, scene: Scene) -> str | None:
        """Return the likeliest country's English name."""
        return max(((self.country.total(f), name) for name, f in scene.countries), default=(0.0, None))[1]

    def places_of(self, scene: Scene, kind: str) -> list[str]:
        """Return one or two places for an incident of a type."""
        sure = sorted(((self.place.probability(for_type(f, told, kind)), name) for name, f, told in scene.places), reverse=True)
        return [name for i, (p, name) in enumerate(sure[:2]) if p >= (SECOND if i else LEAST_PLACE)]

    def fill(self, template: dict[str, Any], scene: Scene) -> dict[str, Any]:
        """Return a template with its country, places and day."""
        kind = template["incident_type"]
        start, end = scene.days.get(kind, (scene.day, scene.day))
        date = {"start": start, "end": end} if start and end else None
        return {**template, "country": self.country_of(scene), "place": self.places_of(scene, kind), "date": date}


def for_type(features: Sequence[str], told: frozenset[str], kind: str) -> list[str]:
    """Return a place's features as seen by an incident of a type."""
    return [*features, f"mine={kind in told}"]


def fit_setting(scenes: Sequence[Scene], gold: Sequence[Mapping[str, Any]]) -> Setting:
    """Fit both heads on reports that tell of an incident."""
    country_features: list[Sequence[str]] = []
    country_answers: list[bool] = []
    place_features: list[Sequence[str]] = []
    place_answers: list[bool] = []
    for scene, g in zip(scenes, gold, strict=True):
        lands = {a["country"].strip("(? ").lower() for t in g["templates"] for a in t["locations"] if a["country"]}
        if lands:
            country_features += [f for _, f in scene.countries]
            country_answers += [name.lower() in lands for name, _ in scene.countries]
        for template in g["templates"]:
            kind = template["incident_type"]
            names = {x["name"].lower() for a in template["locations"] for x in a["places"]}
            if names:
                place_features += [for_type(f, told, kind) for _, f, told in scene.places]
                place_answers += [name in names for name, _, _ in scene.places]
    return Setting(country=fit_logistic(country_features, country_answers, C), place=fit_logistic(place_features, place_answers, C))
