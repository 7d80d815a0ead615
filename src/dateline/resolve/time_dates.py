"""Read dates that name a day, month, season, year or decade of the calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_calendar import Period
from dateline.resolve.time_holidays import day_of
from dateline.resolve.time_values import (
    FOLLOWING,
    NEXT_WHICH,
    PAST_WHICH,
    PRECEDING,
    Context,
    Groups,
    Reading,
    absolute,
    choose_year,
    relative,
    which_any,
    which_of,
    with_edge,
)


def iso_date(g: Groups, c: Context) -> Reading | None:
    """Read "2018-07-22", "2018-07" or a day with a clock time."""
    year, month = int(g["year"] or 0), int(g["mon"] or 0)
    if g["day"] is None:
        if c.next_word in c.grammar.sets["counted"]:
            return None
        return absolute(cal.month(year, month))
    found = cal.day(year, month, int(g["day"]))
    if found is None:
        return None
    reading = absolute(found)
    return replace(reading, type="TIME", value=f"{found.value}T{g['clock']}") if g["clock"] else reading


def numeric_date(g: Groups, c: Context) -> Reading | None:
    """Read "22/07/2018"; where day and month could be either, only the year is sure."""
    one, two, digits = int(g["one"] or 0), int(g["two"] or 0), g["year"] or ""
    if len(digits) == 2 and g["sep"] != "/":
        return None  # "1.2.10" is a section number more often than a day
    year = int(digits) if len(digits) == 4 else (2000 if int(digits) < 50 else 1900) + int(digits)
    day_first, month_first = cal.day(year, two, one), cal.day(year, one, two)
    if c.grammar.day_first is not None:
        found = (day_first or month_first) if c.grammar.day_first else (month_first or day_first)
        return absolute(found) if found else None
    if day_first and month_first and one != two:
        # Both readings are days: only the year is sure; which comes first differs by country.
        whole = cal.year(year)
        return absolute(whole, earliest=min(day_first.start, month_first.start), latest=max(day_first.start, month_first.start))
    found = day_first or month_first
    return absolute(found) if found else None


def month_day(g: Groups, c: Context) -> Reading | None:
    """Read "July 28", "28 July 2018", "August 11 and 12", with or without the weekday."""
    month = c.grammar.lookup("month", g["month"])
    first = int(g["day"] or 0)
    second = int(g["day2"] or 0) or None
    if month is None:
        return None
    if not (_is_cased(g["month"], c) or c.lower or c.rule != "month-day" or c.near("day")):
        return None  # "they may 5" in a text that writes capitals

    def make(year: int) -> Period | None:
        start = cal.day(year, month, first)
        if start is None or second is None:
            return start
        end = cal.day(year, month, second)
        return cal.days(start.start, end.start) if end and end.start > start.start else start

    if g["year"]:
        found = make(int(g["year"]))
        return absolute(found) if found else None
    if make(2000) is None:
        return None
    if c.published is None and c.topic and g.get("same_year"):
        return relative(make(c.topic.start.year), c.topic.start, "narrative")
    return replace(relative(choose_year(make, c, which_any(g)), c.published), known="explicit")


def day_number(g: Groups, c: Context) -> Reading | None:
    """Read "el día 8": the day of the month of publication, or of the one before or after it."""
    if c.published is None or not (c.sure or g["said"]):
        return None
    number, here = int(g["day"] or 0), c.published
    around = [
        found.start
        for step in (-1, 0, 1)
        if (first := cal.shift_months(here.replace(day=1), step)) and (found := cal.day(first.year, first.month, number))
    ]
    which = which_any(g)
    if which in NEXT_WHICH or which in PAST_WHICH:
        fit = [d for d in around if (d >= here if which in NEXT_WHICH else d <= here)]
        chosen = (fit[0] if which in NEXT_WHICH else fit[-1]) if fit else None
    else:
        chosen = next((d for d in around if (d.year, d.month) == (here.year, here.month)), None)
    return relative(cal.of_day(chosen) if chosen else None, here)


def month_ordinal(g: Groups, c: Context) -> Reading | None:
    """Read "the last day of May", "the first week of June 2011"."""
    month, which = c.grammar.lookup("month", g["month"]), c.grammar.lookup("ordinal", g["ordinal"])
    if month is None or which is None or g["what"] is None:
        return None

    def make(year: int) -> Period | None:
        whole = cal.month(year, month)
        if whole is None:
            return None
        days = (whole.end - whole.start).days
        if g["what"] == "day":
            found = whole.end if which < 0 else cal.shift(whole.start, which - 1)
            return cal.of_day(found) if found else None
        start = cal.shift(whole.start, days - 6 if which < 0 else 7 * (which - 1))
        return cal.week(start) if start else None

    found = make(int(g["year"])) if g["year"] else choose_year(make, c)
    return absolute(found)


def _is_cased(word: str | None, c: Context) -> bool:
    return bool(word) and word is not None and (word[0].isupper() or word.lower().rstrip(".") not in c.grammar.sets["cased"])


def month_year(g: Groups, c: Context) -> Reading | None:
    """Read "March 2002", "early March of 2002"."""
    found = cal.month(int(g["year"] or 0), c.grammar.lookup("month", g["month"]))
    if not _is_cased(g["month"], c) and not c.near("month") and not c.lower:
        return None
    return with_edge(absolute(found), c.grammar.lookup("edge", g["edge"]))


def month_relative_year(g: Groups, c: Context) -> Reading | None:
    """Read "March last year", "March of this year"."""
    month, which = c.grammar.lookup("month", g["month"]), which_any(g)
    step = {"last": -1, "this": 0, "next": 1}.get(which)
    if step is not None:
        anchor, known = c.published, "publication"
    else:
        anchor, known = (c.topic.start if c.topic else None), "narrative"
        step = {"the following": 1, "the previous": -1}.get(which, 0)
    found = cal.month(anchor.year + step, month) if anchor else None
    return with_edge(relative(found, anchor, known), c.grammar.lookup("edge", g["edge"]))


def month(g: Groups, c: Context) -> Reading | None:
    """Read "March", "last March", "early March"; without a year the tense chooses it."""
    word = (g["month"] or "").lower()
    number, which = c.grammar.lookup("month", word), which_any(g)
    if number is None:
        return None
    hinted = bool(c.sure or which or g["edge"] or c.near("month"))
    if word in c.grammar.sets["cased"] and not hinted:
        return None
    capital = (g["month"] or "").istitle()
    if word in c.grammar.sets["cased"] and not capital and not c.sure and _is_verb(word, c):
        return None
    short = word.rstrip(".") in c.grammar.words["month_short"]
    if short and not c.sure and not (word.endswith(".") and capital):
        return None
    if which in FOLLOWING | PRECEDING:
        step = 1 if which in FOLLOWING else -1
        found = _month_from(c.focus, number, step)
        return relative(found, c.focus, "narrative")
    if which and c.published:
        step = -1 if which in PAST_WHICH else 1 if which in NEXT_WHICH else 0
        found = _month_from(c.published, number, step) if step else cal.month(c.published.year, number)
        return with_edge(relative(found, c.published), c.grammar.lookup("edge", g["edge"]))
    found = choose_year(lambda year: cal.month(year, number), c)
    return with_edge(relative(found, c.published), c.grammar.lookup("edge", g["edge"]))


def _is_verb(word: str, c: Context) -> bool:
    """Tell whether a lower-cased month that is also a verb or a noun ("may", "march") is that here."""
    contexts = c.grammar.contexts
    before, after = contexts.get(f"not_{word}_before"), contexts.get(f"not_{word}_after")
    if before is not None and (not c.lower or before.search(c.before)):
        return True
    return after is not None and after.match(c.after) is not None


def _month_from(anchor: date | None, number: int, step: int) -> Period | None:
    if anchor is None:
        return None
    if step < 0:
        return cal.month(anchor.year - (number >= anchor.month), number)
    return cal.month(anchor.year + (number <= anchor.month), number)


def month_range(g: Groups, c: Context) -> Reading | None:
    """Read "January to July 2011", "between 28 February and 3 March 2002"."""
    first, second = c.grammar.lookup("month", g["month"]), c.grammar.lookup("month", g["month2"])
    last_year = int(g["year"] or 0)
    year_number = last_year if first <= second else last_year - 1
    start = cal.day(year_number, first, int(g["day"])) if g["day"] else cal.month(year_number, first)
    end = cal.day(last_year, second, int(g["day2"])) if g["day2"] else cal.month(last_year, second)
    if start is None or end is None:
        return None
    precision = "span" if g["day"] or g["day2"] else "months"
    return absolute(Period(start.start, end.end, precision, f"{start.value}/{end.value}"))


def named_day(g: Groups, c: Context) -> Reading | None:
    """Read a day that news names without its year ("the September 11 attacks")."""
    found = c.grammar.lookup("named", g["named"])
    return absolute(cal.of_day(date.fromisoformat(found))) if found else None


def season_year(g: Groups, c: Context) -> Reading | None:
    """Read "the summer of 2015", "spring 2011"."""
    found = cal.season(int(g["year"] or 0), c.grammar.lookup("season", g["season"]))
    return absolute(found) if found else None


def season(g: Groups, c: Context) -> Reading | None:
    """Read "last summer", "this winter", "that spring"."""
    code, which = c.grammar.lookup("season", g["season"]), which_any(g)
    if c.near("not_season"):
        return None
    if which in FOLLOWING | PRECEDING | {"that"}:
        if c.topic is None:
            return relative(None, None, "narrative")
        step = 1 if which in FOLLOWING else -1 if which in PRECEDING else 0
        return relative(cal.season(c.topic.start.year + step, code), c.topic.start, "narrative")
    if c.published is None:
        return relative(None, None)
    seasons = [s for y in (-2, -1, 0, 1, 2) if (s := cal.season(c.published.year + y, code))]
    if which in PAST_WHICH:
        past = [s for s in seasons if s.end < c.published]
        return relative(past[-1] if past else None, c.published)
    if which in NEXT_WHICH:
        ahead = [s for s in seasons if s.start > c.published]
        return relative(ahead[0] if ahead else None, c.published)
    ahead = [s for s in seasons if s.end >= c.published]
    past = [s for s in seasons if s.start <= c.published]
    chosen = ahead if which == "this" or c.tense == "future" else past[-1:]
    return relative(chosen[0] if chosen else None, c.published)


def quarter(g: Groups, c: Context) -> Reading | None:
    """Read "the third quarter", "the first half of 2015"."""
    which, whole = c.grammar.lookup("ordinal", g["ordinal"]), g["what"] == "half"
    if whole and not (c.sure or g["year"] or g["which"] or c.near("half")):
        return None
    number = (2 if whole else 4) if which == -1 else which
    if number > (2 if whole else 4):
        return None
    make = cal.half if whole else cal.quarter
    if g["year"]:
        return absolute(make(int(g["year"]), number))
    if c.published is None:
        return relative(None, None)
    if g.get("reported"):  # "the third-quarter loss": the one that was reported last
        return relative(choose_year(lambda year: make(year, number), replace(c, tense_of=lambda: "past")), c.published)
    step = {"last": -1, "year-earlier": -1, "this": 0, "next": 1}.get(which_any(g))
    if step is not None:
        return relative(make(c.published.year + step, number), c.published)
    if c.tense == "present":  # what is now told of a quarter is of the last one begun
        c = replace(c, tense_of=lambda: "past")
    return relative(choose_year(lambda year: make(year, number), c), c.published)


def this_half(g: Groups, c: Context) -> Reading | None:
    """Read "this half", "este semestre": the half or quarter of the year that holds publication."""
    if c.published is None:
        return relative(None, None)
    month_number = c.published.month
    whole = g["what"] == "half"
    found = cal.half(c.published.year, (month_number + 5) // 6) if whole else cal.quarter(c.published.year, (month_number + 2) // 3)
    return relative(found, c.published)


def report_year(g: Groups, c: Context) -> Reading | None:
    """Read "the 1988 period", "the 1988 quarter": in a company report, that of the quarter reported on."""
    year_number = int(g["year"] or 0)
    which = c.grammar.lookup("ordinal", g["ordinal"])
    if which is not None and 1 <= which <= 4 and g["what"] == "quarter":
        return absolute(cal.quarter(year_number, which))
    if c.topic is not None and c.topic.precision == "quarter":
        return absolute(cal.quarter(year_number, (c.topic.start.month + 2) // 3), moves=False)
    return absolute(cal.year(year_number), moves=False)


def spelled_year(g: Groups, c: Context) -> Reading | None:
    """Read "nineteen ninety-six", "the year two thousand", "May nineteen ninety-six"."""
    if g["thousand"]:
        rest = c.grammar.lookup("number", g["number"])
        return absolute(cal.year(2000 + (rest if rest is not None and rest < 100 else 0)))
    hundreds, rest = c.grammar.lookup("number", g["century"]), c.grammar.lookup("number", g["rest"])
    if hundreds is None or rest is None or not 15 <= hundreds <= 20 or not 10 <= rest <= 99:
        return None
    number = int(hundreds * 100 + rest)
    named = c.grammar.lookup("month", g.get("month"))
    return absolute(cal.month(number, named) if named else cal.year(number))


def decade(g: Groups, c: Context) -> Reading | None:
    """Read "the 1990s", "the late 80s"."""
    if g.get("tens"):
        first = 1900 + int(c.grammar.lookup("tens", g["tens"]))
    elif g["short"]:
        first = 1900 + 10 * int(g["short"])
    else:
        first = int(g["century"] or 0) * 100 + int(g["ten"] or 0) * 10
    return with_edge(absolute(cal.decade(first)), c.grammar.lookup("edge", g["edge"]))


def century(g: Groups, c: Context) -> Reading | None:
    """Read "the 19th century", "el siglo XIX"."""
    if g.get("roman"):
        number = roman(g["roman"] or "")
    else:
        number = int(g["count"] or 0) if g.get("count") else c.grammar.lookup("ordinal", g["ordinal"])
    if number is None or not 0 < number <= 99:
        return None
    return absolute(cal.years(max(1, number * 100 - 100), number * 100 - 1, "century", f"{number - 1:02d}"))


def roman(text: str) -> int | None:
    """Return the number that a Roman numeral up to XXXIX writes, or None."""
    total = 0
    values = [{"I": 1, "V": 5, "X": 10}.get(letter, 0) for letter in text.upper()]
    for here, after in zip(values, [*values[1:], 0], strict=True):
        total += -here if here < after else here
    return total or None


def year_range(g: Groups, _c: Context) -> Reading | None:
    """Read "2011-12", "2004-2005"."""
    first, text = int(g["year"] or 0), g["year2"] or ""
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if last <= first or last - first > 60:
        return None
    found = cal.years(first, last, "span", f"{first:04d}/{last:04d}")
    return absolute(found)


def year(g: Groups, c: Context) -> Reading | None:
    """Read a bare year, unless it counts or names something ("2000 people", "Act 2006")."""
    number = int(g["year"] or 0)
    sets = c.grammar.sets
    if c.next_word in sets["counted"] or c.previous_word in sets["before_count"]:
        return None
    if re.match(r"[,.:/]\d|\s?%", c.after) or c.then("not_year_after"):
        return None
    if re.search(r"[a-z,]\s[A-Z]\w+,?\s$", c.before) and not c.near("year"):
        return None  # "the Terrorism Act 2006"
    if re.search(r"[\d,.:/#]$|\b[A-Z]{1,5}[- ]$|-$|\d\s$", c.before[-8:]):
        return None
    explicit = c.sure or (g["year"] or "") != c.text or c.near("year")
    newest = (c.published.year if c.published else 2030) + 30
    if not (1900 <= number <= newest) and not explicit:
        return None
    if number > newest or (number % 100 == 0 and number != 2000 and not explicit):
        return None
    return with_edge(absolute(cal.year(number)), c.grammar.lookup("edge", g["edge"]))


def holiday(g: Groups, c: Context) -> Reading | None:
    """Read "Christmas Day", "last Thanksgiving"."""
    name = c.grammar.lookup("holiday", g["holiday"])

    def make(year_number: int) -> Period | None:
        found = day_of(year_number, name, c.country)
        return cal.of_day(found) if found else None

    if g["year"]:
        return absolute(make(int(g["year"])))
    if which_of(g) in ("last", "next") and c.published:
        around = [p for y in (-1, 0, 1) if (p := make(c.published.year + y))]
        last = which_of(g) == "last"
        fit = [p for p in around if (p.end < c.published if last else p.start > c.published)]
        return relative((fit[-1] if last else fit[0]) if fit else None, c.published)
    return relative(choose_year(make, c), c.published)
