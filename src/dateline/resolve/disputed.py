"""Territories over which states disagree: a place in one keeps a second reading, under the state that runs or claims it.

``data/places/disputed.yaml`` has one entry a territory, with sources and dates. A user's own ``disputed.yaml`` in the data
folder (see `user_data`) takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import yaml

from dateline.errors import DataError
from dateline.resolve.gazetteer import key
from dateline.resolve.user_data import users_own
from dateline.types import Place, PlaceCandidate

MOST = 3
"""Alternatives of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """One disputed territory: `iso` is the state under which ISO 3166 files it, `de_facto` who else runs or claims it."""

    name: str
    iso: str | None
    de_facto: tuple[str, ...]
    since: str | None
    until: str | None
    units: frozenset[tuple[str, str]]
    names: frozenset[str]
    note: str
    source: str

    def holds(self, place: Place) -> bool:
        """Tell whether a resolved place lies in the territory: by its first-level unit, or by its name and state."""
        if place.country_code and place.province and (place.country_code, key(place.province)) in self.units:
            return True
        states = {self.iso, *self.de_facto, None} if self.iso is None else {self.iso}
        return place.country_code in states and bool({key(place.text), key(place.name or "")} & self.names)

    def open_on(self, day: str | None) -> bool:
        """Tell whether the dispute stood on a day (ISO 8601); without a day, whether it stands now."""
        if day is None:
            return self.until is None
        # A year stands for all of its days: what begins in it has begun, what ends in it has not ended.
        return (self.since is None or self.since[: len(day)] <= day) and (self.until is None or day[: len(self.until)] <= self.until)


class Disputed:
    """The table of disputed territories. `path` may point at another file of the same form."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or users_own("disputed.yaml")
        self.territories = _read(self.path)

    def of(self, place: Place, day: str | None = None) -> Territory | None:
        """Return the first territory in which a place lies and whose status was open on the day."""
        if place.latitude is None:
            return None
        return next((t for t in self.territories if t.open_on(day) and t.holds(place)), None)

    def both_readings(self, place: Place, day: str | None = None) -> Place:
        """Return the place with its other states among the alternatives, before the other places of its name.

        They have the score of the place itself: it is the same place, under another state.
        """
        territory = self.of(place, day)
        if territory is None or place.latitude is None or place.longitude is None:
            return place
        other = [
            PlaceCandidate(
                geonameid=place.geonameid,
                name=place.name or place.text,
                country_code=code,
                latitude=place.latitude,
                longitude=place.longitude,
                score=place.confidence,
            )
            for code in (territory.iso, *territory.de_facto)
            if code and code != place.country_code
        ]
        return replace(place, alternatives=(*other, *place.alternatives)[: max(MOST, len(other))])


def _read(path: Path | None) -> Sequence[Territory]:
    shown = path or "disputed.yaml"
    try:
        source = path or resources.files("dateline").joinpath("data", "places", "disputed.yaml")
        rows = yaml.safe_load(source.read_text(encoding="utf-8"))["territories"]
        found = []
        for row in rows:
            if not row["source"]:
                raise ValueError(f"{row['name']} has no source")
            found.append(
                Territory(
                    name=str(row["name"]),
                    iso=row["iso"],
                    de_facto=tuple(map(str, row["de_facto"])),
                    since=None if row.get("since") is None else str(row["since"]),
                    until=None if row.get("until") is None else str(row["until"]),
                    units=frozenset((str(state), key(str(unit))) for state, unit in row.get("units") or ()),
                    names=frozenset(key(str(name)) for name in row["names"]),
                    note=str(row.get("note") or ""),
                    source=str(row["source"]),
                )
            )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        advice = "mend or remove the file" if path else "reinstall dateline"
        raise DataError(f"the table of disputed territories, {shown}, is missing or damaged ({error}): {advice}") from error
    return tuple(found)
