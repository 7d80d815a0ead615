"""The day on which a holiday falls: fixed days, days counted from Easter, and those that only the `holidays` package knows.

A holiday is named in dates.yaml by its month and day ("12-25"), by its days from Easter Sunday of the western churches
("easter-2"), or by a country and the package's English name ("US:Memorial Day"). "*" for the country stands for the
country that the caller names; without one the day is unknown.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date

from dateline.resolve import time_calendar as cal

_EASTER = re.compile(r"easter([+-]\d+)?\Z")


def day_of(year: int, name: str, country: str | None = None) -> date | None:
    """Return the first day of a holiday in a year, or None where it has none or its country is not known.

    Args:
        year: 1 to 9999.
        name: As dates.yaml writes it.
        country: ISO 3166 alpha-2, for holidays that differ by country.
    """
    if name[:1].isdigit():
        found = cal.day(year, int(name[:2]), int(name[3:]))
        return None if found is None else found.start
    moved = _EASTER.match(name)
    if moved is not None:
        sunday = cal.easter(year)
        return None if sunday is None else cal.shift(sunday, int(moved[1] or 0))
    place, _, title = name.partition(":")
    place = (country or "") if place == "*" else place
    return national(place.upper(), year).get(title.lower()) if place else None


@functools.lru_cache(maxsize=512)
def national(country: str, year: int) -> Mapping[str, date]:
    """Return the public holidays of a country and year, the first day of each by its English name in lower case.

    The table is empty for a country or year that the package does not know.
    """
    import holidays  # here, because only few texts name such a day, and the package takes a moment to load

    try:
        made = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    english = next((language for language in made.supported_languages if language.startswith("en")), None)
    found: dict[str, date] = {}
    for day, names in sorted(holidays.country_holidays(country, years=year, language=english).items()):
        for name in names.split("; "):
            if day.year == year:
                found.setdefault(name.lower(), day)
    return found
