"""Read full calendar dates as page furniture and file names write them.

Only dates that name day, month and year are read: a date with an order that cannot be told (03/04/2020) is None.
The dates that a sentence tells are not read here (that is resolve.timexes).
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""An English month, in full or as newspapers shorten it (AP Stylebook, "months")."""

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{MONTH}),?\s+(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<name>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
    )
)

_FILE_NAME = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-_.](?P<month>\d{2})[-_.](?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)


def find_date(text: str) -> dt.date | None:
    """Return the first full date in `text`, or None; the year lies in 1600 to 2200."""
    found: list[tuple[int, dt.date]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            day = _date(match)
            if day is not None:
                found.append((match.start(), day))
                break
    return min(found)[1] if found else None


def date_of_file_name(stem: str) -> dt.date | None:
    """Return the date that a file's name holds (2020-08-20, 2020_08_20, 20200820), or None."""
    for form in _FILE_NAME:
        for match in form.finditer(stem):
            day = _date(match)
            if day is not None:
                return day
    return None


def _date(match: re.Match[str]) -> dt.date | None:
    """Build the date of a match, or None where there is no such day or its order is open."""
    parts = match.groupdict()
    year = int(parts["year"])
    if not 1600 <= year <= 2200:
        return None
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        if first > 12:
            day, month = first, second
        elif second > 12:
            day, month = second, first
        elif first == second:
            day = month = first
        else:
            return None
    else:
        month = int(parts["month"]) if "month" in parts else _NUMBER[parts["name"][:3].lower()]
        day = int(parts["day"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
