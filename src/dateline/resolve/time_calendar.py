"""Days and periods of the Gregorian calendar, as temporal expressions name them.

A `Period` is a run of whole days with the precision at which it was named. All functions return None where the
calendar ends (before the year 1, after the year 9999) or the day does not exist, instead of raising, because texts
name impossible days. Weeks run from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included, with TimeML value and precision (day, week, month, ...)."""

    start: date
    end: date
    precision: str
    value: str

    @property
    def begin_iso(self) -> str:
        """Return the ISO date of the period: as short as its precision, else its first day."""
        if self.precision == "year":
            return f"{self.start.year:04d}"
        if self.precision in ("month", "months"):
            return f"{self.start.year:04d}-{self.start.month:02d}"
        return self.start.isoformat()

    @property
    def end_iso(self) -> str | None:
        """Return the last day of a period that no single ISO date can name, else None."""
        if self.precision == "months":
            return f"{self.end.year:04d}-{self.end.month:02d}"
        return None if self.precision in ("year", "month", "day") else self.end.isoformat()


SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day(year: int, month: int, number: int) -> Period | None:
    """Return one day, or None where there is no such day (30 February)."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return of_day(found)


def of_day(when: date) -> Period:
    """Return the period of one day."""
    return Period(when, when, "day", when.isoformat())


def shift(when: date, days: int) -> date | None:
    """Return the day `days` days on, or None beyond the calendar."""
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(when: date, months: int) -> date | None:
    """Return the same day `months` months on, or the last day of that month where it is shorter."""
    count = when.year * 12 + when.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1]))


def month(year: int, number: int) -> Period | None:
    """Return one month of a year."""
    if not (1 <= year <= 9999 and 1 <= number <= 12):
        return None
    last = calendar.monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, last), "month", f"{year:04d}-{number:02d}")


def year(number: int) -> Period | None:
    """Return one year."""
    if not 1 <= number <= 9999:
        return None
    return Period(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04d}")


def years(first: int, last: int, precision: str, value: str) -> Period | None:
    """Return a run of years, a decade or a century."""
    if not 1 <= first <= last <= 9999:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), precision, value)


def week(when: date) -> Period | None:
    """Return the week, Monday to Sunday, that holds a day."""
    start = shift(when, -when.weekday())
    end = shift(when, 6 - when.weekday())
    if start is None or end is None:
        return None
    number = when.isocalendar()
    return Period(start, end, "week", f"{number.year:04d}-W{number.week:02d}")


def weekend(when: date) -> Period | None:
    """Return the Saturday and Sunday of the week that holds a day."""
    whole = week(when)
    start = None if whole is None else shift(whole.start, 5)
    if whole is None or start is None:
        return None
    return Period(start, whole.end, "week", whole.value + "-WE")


def season(number: int, code: str) -> Period | None:
    """Return a season of the northern half, by whole months; a winter is named by the year it begins in."""
    first = month(number, SEASON_MONTHS[code])
    if first is None:
        return None
    last_day = shift_months(first.start, 3)
    end = None if last_day is None else shift(last_day, -1)
    return None if end is None else Period(first.start, end, "season", f"{number:04d}-{code}")


def quarter(number: int, which: int) -> Period | None:
    """Return a quarter (1 to 4) of a calendar year."""
    first, last = month(number, 3 * which - 2), month(number, 3 * which)
    if first is None or last is None:
        return None
    return Period(first.start, last.end, "quarter", f"{number:04d}-Q{which}")


def half(number: int, which: int) -> Period | None:
    """Return a half (1 or 2) of a calendar year."""
    first, last = month(number, 6 * which - 5), month(number, 6 * which)
    if first is None or last is None:
        return None
    return Period(first.start, last.end, "half", f"{number:04d}-H{which}")


def days(start: date, end: date) -> Period:
    """Return a run of days named by its first and its last."""
    if start == end:
        return of_day(start)
    return Period(min(start, end), max(start, end), "span", start.isoformat())


def decade(first: int) -> Period | None:
    """Return the ten years from `first` on."""
    return years(first, first + 9, "decade", f"{first // 10:03d}")


def containing(when: date, unit: str) -> Period | None:
    """Return the day, week, weekend, month, quarter, year, decade or century (TimeML letter) that holds a day."""
    if unit == "D":
        return of_day(when)
    if unit == "W":
        return week(when)
    if unit == "WE":
        return weekend(when)
    if unit == "M":
        return month(when.year, when.month)
    if unit == "Q":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "Y":
        return year(when.year)
    if unit == "E":
        return decade(when.year - when.year % 10)
    if unit == "C":
        return years(when.year - when.year % 100, when.year - when.year % 100 + 99, "century", f"{when.year // 100:02d}")
    return None


_MONTHS_OF = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_DAYS_OF = {"D": 1, "W": 7, "WE": 7, "F": 14}


def move(when: date, count: int, unit: str) -> date | None:
    """Return the day `count` units (TimeML letters) on; None for units below the day and beyond the calendar."""
    if unit in _DAYS_OF:
        return shift(when, count * _DAYS_OF[unit]) if abs(count) < 4_000_000 else None
    if unit in _MONTHS_OF:
        return shift_months(when, count * _MONTHS_OF[unit])
    return None


def weekday_before(when: date, number: int, *, strictly: bool) -> date | None:
    """Return the last weekday `number` (Monday 1) on or before a day, or strictly before it."""
    back = (when.isoweekday() - number) % 7
    return shift(when, -(back or (7 if strictly else 0)))


def weekday_after(when: date, number: int, *, strictly: bool) -> date | None:
    """Return the first weekday `number` (Monday 1) on or after a day, or strictly after it."""
    on = (number - when.isoweekday()) % 7
    return shift(when, on or (7 if strictly else 0))


def easter(year_number: int) -> date | None:
    """Return Easter Sunday of the western churches (Meeus, Astronomical Algorithms, 1991, ch. 8)."""
    if not 1583 <= year_number <= 9999:
        return None
    a, (b, c) = year_number % 19, divmod(year_number, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    p, q = divmod(h - m + n + 90, 25)
    del q
    return date(year_number, p, (h - m + n + p + 19) % 32)
