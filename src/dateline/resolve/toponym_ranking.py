"""Which of the places of one name is meant: a weighed sum of features, made probabilities over the name's readings.

The weights are a conditional logit (McFadden 1974) over the features of `toponym_features`, fitted by
``scripts/train_toponyms.py`` on news articles with known places, and read from ``data/places/toponym_weights.json``.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dateline.errors import DataError
from dateline.resolve.gazetteer import Entry
from dateline.resolve.toponym_features import Asked, Context, features
from dateline.types import Place, PlaceCandidate, Span

RADIUS_KM = {"PCLI": 500.0, "ADM1": 100.0, "ADM2": 30.0, "ADM3": 15.0, "PPL": 10.0, "PPLC": 15.0}
RESOLUTION = {"PCLI": 1, "ADM1": 2, "ADM2": 3, "ADM3": 3, "RGN": 2, "PPLX": 5}
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Weights by feature, and the probability (0-1) below which no reading is taken."""

    weights: Mapping[str, float]
    threshold: float

    def score(self, found: Mapping[str, float]) -> float:
        """Return the log odds of a reading."""
        return math.fsum(self.weights.get(name, 0.0) * value for name, value in found.items())

    def rank(self, entries: Sequence[Entry], context: Context, asked: Asked) -> list[tuple[float, Entry]]:
        """Return the entries with their scores, best first; ties go to the larger, then the lower geonameid."""
        scored = [(self.score(found), e) for found, e in zip(features(entries, context, asked), entries, strict=True)]
        return sorted(scored, key=lambda pair: (-pair[0], -pair[1].population, pair[1].geonameid or 0, pair[1].name))


@lru_cache(maxsize=1)
def shared_ranker() -> Ranker:
    """Read the weights that ship with the package; raise DataError where they are missing or damaged."""
    source = resources.files("dateline").joinpath("data", "places", "toponym_weights.json")
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in data["weights"].items()}
        return Ranker(weights=weights, threshold=float(data["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the weights of the place ranker are missing or damaged ({error}): reinstall dateline") from error


def rank(entries: Sequence[Entry], context: Context, *, asked: str = "", beside: Sequence[str] = ()) -> list[tuple[float, Entry]]:
    """Return the entries with their scores by the shared ranker, best first."""
    return shared_ranker().rank(entries, context, Asked(kind=asked, beside=tuple(beside)))


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
        resolution=RESOLUTION.get(code, 4 if town else 5 if best.feature_class in {"R", "S"} else 2),
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
    """Return probabilities (0-1, sum 1) of scores that are log odds: the softmax."""
    top = max(points)
    parts = [math.exp(p - top) for p in points]
    total = math.fsum(parts)
    return [part / total for part in parts]


def shared_countries(votes: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return each country's share of the votes cast for it (0-1)."""
    sums: dict[str, float] = defaultdict(float)
    for code, weight in votes:
        sums[code] += weight
    total = math.fsum(sums.values())
    return {code: sums[code] / total for code in sorted(sums)} if total else {}
