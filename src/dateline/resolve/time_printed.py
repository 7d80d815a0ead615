"""Read values that are already written as TimeML and ISO 8601 write them, so that what was printed can be read again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_calendar import Period
from dateline.resolve.time_values import Context, Groups, Reading, absolute

_CALENDAR = re.compile(
    r"(?P<year>\d{4})-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?)(?:T(?P<time>MO|MI|AF|EV|NI|DT|\d\d:\d\dZ?))?\Z"
)
_LENGTH = re.compile(r"P(?:T(?:[\dX.]+[HMS])+|(?:[\dX.]+[YQMWDEC])+|XX)\Z")
_REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})


def printed_value(g: Groups, _c: Context) -> Reading | None:
    """Read "2020-W32", "2020-Q3", "2020-08-11TNI", "P3D", "PAST_REF", "XXXX-WXX-1"; what is no such value is None."""
    text = (g["printed"] or "").upper()
    if _LENGTH.match(text):
        return Reading(type="DURATION", value=text, moves=False)
    if text in _REFERENCES:
        return Reading(type="DATE", value=text, moves=False)
    if text.startswith("XXXX"):
        return Reading(type="SET", value=text, moves=False)
    if len(text) <= 3 and text.isdigit():
        number = int(text)
        if len(text) == 3:
            return absolute(cal.decade(10 * number)) if number else None
        return absolute(cal.years(100 * number, 100 * number + 99, "century", text)) if number else None
    match = _CALENDAR.match(text)
    if match is None:
        return None
    period = _period(match)
    if period is None:
        return None
    reading = absolute(period)
    return reading if match["time"] is None else replace(reading, type="TIME", value=f"{period.value}T{match['time']}")


def _period(match: re.Match[str]) -> Period | None:
    """Return the days of a week, quarter, half, season, month or day written as in ISO 8601 and TimeML."""
    year = int(match["year"])
    if year == 0:
        return None
    if match["week"]:
        try:
            monday = date.fromisocalendar(year, int(match["week"]), 1)
        except ValueError:
            return None
        return cal.weekend(monday) if match["weekend"] else cal.week(monday)
    if match["quarter"]:
        return cal.quarter(year, int(match["quarter"]))
    if match["half"]:
        return cal.half(year, int(match["half"]))
    if match["season"]:
        return cal.season(year, match["season"])
    return cal.day(year, int(match["month"]), int(match["day"])) if match["day"] else cal.month(year, int(match["month"]))
