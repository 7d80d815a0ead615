"""Read dates that name a day, month, season, year or decade of the calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_calendar import Period
from dateline.resolve.time_values import (
    FOLLOWING,
    MONTH_CONTEXT,
    NEXT_WHICH,
    PAST_WHICH,
    PRECEDING,
    Context,
    Groups,
    Reading,
    absolute,
    choose_year,
    relative,
    with_edge,
)

_DAY_CONTEXT = re.compile(r"\b(?:on|by|until|till|after|before|from|since|of|the)\s$", re.IGNORECASE)
_YEAR_CONTEXT = re.compile(
    r"\b(?:in|since|of|by|from|until|till|before|after|during|for|to|and|the|late|early|through|between)\s$|\($", re.IGNORECASE
)
_BEFORE_VERB_MAY = frozenset({"and", "or", "to", "for", "of", "this", "next", "after", "before"})


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


def numeric_date(g: Groups, _c: Context) -> Reading | None:
    """Read "22/07/2018"; where day and month could be either, only the year is sure."""
    one, two, digits = int(g["one"] or 0), int(g["two"] or 0), g["year"] or ""
    if len(digits) == 2 and g["sep"] != "/":
        return None  # "1.2.10" is a section number more often than a day
    year = int(digits) if len(digits) == 4 else (2000 if int(digits) < 50 else 1900) + int(digits)
    day_first, month_first = cal.day(year, two, one), cal.day(year, one, two)
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
    if not (_is_cased(g["month"], c) or c.lower or c.rule != "month-day" or _DAY_CONTEXT.search(c.before)):
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
    if c.published is None and c.topic and re.search(r"same\s+year$", c.text):
        return relative(make(c.topic.start.year), c.topic.start, "narrative")
    return replace(relative(choose_year(make, c), c.published), known="explicit")


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
    if not _is_cased(g["month"], c) and not MONTH_CONTEXT.search(c.before) and not c.lower:
        return None
    return with_edge(absolute(found), c.grammar.lookup("edge", g["edge"]))


def month_relative_year(g: Groups, c: Context) -> Reading | None:
    """Read "March last year", "March of this year"."""
    month, which = c.grammar.lookup("month", g["month"]), " ".join((g["which"] or "").lower().split())
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
    number, which = c.grammar.lookup("month", word), " ".join((g["which"] or "").lower().split())
    if number is None:
        return None
    hinted = bool(which or g["edge"] or MONTH_CONTEXT.search(c.before))
    if word in c.grammar.sets["cased"] and not hinted:
        return None
    capital = (g["month"] or "").istitle()
    if word == "may" and not capital and (not c.lower or c.previous_word in _BEFORE_VERB_MAY):
        return None
    if word == "march" and c.next_word in ("on", "by", "to", "against", "for", "in", "through") and not capital:
        return None
    short = len(word) < 5 and word not in ("may", "june", "july")
    if short and not (word.endswith(".") and capital):
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
    code, which = c.grammar.lookup("season", g["season"]), " ".join((g["which"] or "").lower().split())
    if (g["season"] or "").lower() == "fall" and which not in ("last", "this", "next"):
        return None
    if (g["season"] or "").lower() == "spring" and c.before.lower().endswith("arab "):
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
    if whole and not (g["year"] or g["which"] or re.search(r"\bin the $", c.before + "the ")):
        return None
    number = (2 if whole else 4) if which == -1 else which
    if number > (2 if whole else 4):
        return None
    make = cal.half if whole else cal.quarter
    if g["year"]:
        return absolute(make(int(g["year"]), number))
    if c.published is None:
        return relative(None, None)
    text = c.text.lower()
    if "-quarter" in text:  # "the third-quarter loss": the one that was reported last
        return relative(choose_year(lambda year: make(year, number), replace(c, tense_of=lambda: "past")), c.published)
    step = -1 if "last year" in text else 1 if "next year" in text else 0 if "this year" in text else None
    if step is not None:
        return relative(make(c.published.year + step, number), c.published)
    return relative(choose_year(lambda year: make(year, number), c), c.published)


def decade(g: Groups, c: Context) -> Reading | None:
    """Read "the 1990s", "the late 80s"."""
    if g["short"]:
        first = 1900 + 10 * int(g["short"])
    else:
        first = int(g["century"] or 0) * 100 + int(g["ten"] or 0) * 10
    return with_edge(absolute(cal.decade(first)), c.grammar.lookup("edge", g["edge"]))


def century(g: Groups, _c: Context) -> Reading | None:
    """Read "the 19th century"."""
    number = int(g["number"] or 0)
    return absolute(cal.years(max(1, number * 100 - 100), number * 100 - 1, "century", f"{number - 1:02d}")) if number else None


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
    if re.match(r"[,.:/]\d|\s?%|-(?!(?:[a-z]+ed\b))[a-z\d]|\s+(?:[a-z]+\s+)?(?:people|troops|soldiers|workers|police)\b|th\b", c.after):
        return None
    if re.search(r"[a-z,]\s[A-Z]\w+,?\s$", c.before) and not re.search(r"\b(?:In|Since|By|From|Until|The)\s$", c.before):
        return None  # "the Terrorism Act 2006"
    if re.search(r"[\d,.:/#]$|\b[A-Z]{1,5}[- ]$|-$|\d\s$", c.before[-8:]):
        return None
    explicit = "year" in c.text.lower() or _YEAR_CONTEXT.search(c.before)
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
        found = cal.holiday(year_number, name)
        return cal.of_day(found) if found else None

    if g["year"]:
        return absolute(make(int(g["year"])))
    if (g["which"] or "").lower() in ("last", "next") and c.published:
        around = [p for y in (-1, 0, 1) if (p := make(c.published.year + y))]
        last = (g["which"] or "").lower() == "last"
        fit = [p for p in around if (p.end < c.published if last else p.start > c.published)]
        return relative((fit[-1] if last else fit[0]) if fit else None, c.published)
    return relative(choose_year(make, c), c.published)
