"""Places by themselves: find those of a text, look up names, write GeoJSON. No event is coded.

::

    from dateline import places

    for toponym in places.find("Protesters marched in El Alto and La Paz.", country="BO"):
        print(toponym.text, toponym.place.latitude, toponym.place.longitude)

The gazetteer is GeoNames (geonames.org), CC BY 4.0: whoever passes its points on must name it, as `to_geojson` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from dateline.errors import ConfigurationError
from dateline.pipeline import DEFAULT_LANGUAGE, STAGES, Config, Pipeline
from dateline.resolve import countries as country_table
from dateline.resolve import gazetteer
from dateline.resolve.gazetteer import Entry
from dateline.resolve.toponyms import Toponyms
from dateline.types import Place, Toponym

__all__ = ["ATTRIBUTION", "Entry", "find", "lookup", "to_geojson"]

ATTRIBUTION = "places: GeoNames (geonames.org), CC BY 4.0, changed"
NEEDED = ("annotate.syntax", "resolve.toponyms")


def country_code(country: str | None) -> str | None:
    """Return the ISO 3166 alpha-3 code of a country given by a code of two or three letters, or by its name.

    Raises:
        ConfigurationError: There is no such country.
    """
    if country is None:
        return None
    table = country_table.shared()
    wanted = country.strip()
    by_code = {c.iso2: c.code for c in table.all()} | {c.code: c.code for c in table.all()}
    found = by_code.get(wanted.upper()) or table.lookup(wanted)
    if found is None:
        raise ConfigurationError(f'there is no country "{country}"; write its ISO 3166 code, for example BO or BOL')
    return found


@lru_cache(maxsize=8)
def _finder(country: str | None) -> Pipeline:
    def toponyms(_language: str) -> Any:
        return Toponyms(country=country)

    unneeded = tuple(name for name, _ in STAGES if name not in NEEDED)
    return Pipeline.build(DEFAULT_LANGUAGE, Config(drop=unneeded, replace={"resolve.toponyms": toponyms}))


def find(
    text: str,
    country: str | None = None,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
) -> tuple[Toponym, ...]:
    """Find the place names of an English text and where they lie, in text order.

    Args:
        text: The text; spans count its code points.
        country: The country that the text is about, if known: ISO 3166 code or name. It speaks for places of that country,
            and rules none out.
        title: The headline, which hints at the country.
        publisher: Name or address of the publisher, which does so too.
        published: Day of publication (YYYY-MM-DD), by which old names and disputed territories are read.

    Raises:
        ConfigurationError: There is no such country.
        InputError: The text can't be read.
    """
    # Imported late, as in `dateline.coder`: the readers pull in the language guesser.
    from dateline.ingest.readers import document_from_dict

    given = {"text": text, "title": title, "publisher": publisher, "published": published, "language": DEFAULT_LANGUAGE}
    document = document_from_dict({name: value for name, value in given.items() if value is not None}, None)
    return _finder(country_code(country))(document).toponyms


def lookup(names: Iterable[str], country: str | None = None) -> list[tuple[Entry, ...]]:
    """Look up many names at once; return, for each in order, the places so called, the largest first.

    Args:
        names: Names in any script and spelling that the gazetteer has.
        country: Keep only places of that country: ISO 3166 code or name.
    """
    code = country_code(country)
    found = gazetteer.shared()
    return [tuple(entry for entry in found.lookup(name) if code in (None, entry.country)) for name in names]


def to_geojson(toponyms: Iterable[Toponym]) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection (RFC 7946): a point a place name, with its span, or no geometry where there is none."""
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "features": [
            {
                "type": "Feature",
                "geometry": _geometry(toponym.place),
                "properties": properties(toponym),
            }
            for toponym in toponyms
        ],
    }


def _geometry(place: Place) -> Mapping[str, Any] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def properties(toponym: Toponym) -> dict[str, Any]:
    """Return all that is known of a place name as plain values, in one order."""
    place = toponym.place
    return {
        "text": toponym.text,
        "start": toponym.span.start,
        "end": toponym.span.end,
        "name": place.name,
        "geonameid": place.geonameid,
        "city": place.city,
        "district": place.district,
        "province": place.province,
        "country": place.country,
        "country_code": place.country_code,
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "resolution": place.resolution,
        "radius_km": place.radius_km,
        "confidence": place.confidence,
        "demonym": toponym.demonym,
        "metonymic": toponym.metonymic,
        "alternatives": [
            {
                "geonameid": other.geonameid,
                "name": other.name,
                "country_code": other.country_code,
                "latitude": other.latitude,
                "longitude": other.longitude,
                "score": other.score,
            }
            for other in place.alternatives
        ],
    }
