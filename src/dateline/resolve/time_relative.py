"""Read dates that are counted from another day: from publication, or from the date last spoken of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_calendar import Period
from dateline.resolve.time_durations import duration
from dateline.resolve.time_values import (
    FOLLOWING,
    NEXT_WHICH,
    PAST_WHICH,
    PRECEDING,
    SAME,
    TIME_UNITS,
    Context,
    Groups,
    Reading,
    choose_year,
    number_of,
    relative,
    resolve_weekday,
    span_value,
    which_any,
    which_of,
    with_edge,
    with_part,
)

# --- weekdays --------------------------------------------------------------------------------------------------------


def _bare_abbreviation(word: str, c: Context) -> bool:
    """Tell whether a word is only the short form of a weekday, without "on" before it."""
    short = word.lower().rstrip(".") in c.grammar.sets["cased"]
    return short and not c.sure and not (word[:1].isupper() and c.near("day"))


def weekday(g: Groups, c: Context) -> Reading | None:
    """Read "Monday", "last Monday", "early on Monday", "Monday night"."""
    word = g["weekday"] or ""
    if _bare_abbreviation(word, c):
        return None
    found, anchor, known = resolve_weekday(c.grammar.lookup("weekday", word), which_of(g) or which_of(g, "after"), c)
    reading = relative(cal.of_day(found) if found else None, anchor, known)
    part = c.grammar.lookup("part", g["part"]) or c.grammar.lookup("part", g["part2"])
    return with_part(reading, part)


def weekday_of_week(g: Groups, c: Context) -> Reading | None:
    """Read "Monday of last week", "Tuesday next week"."""
    which = which_of(g)
    narrative = which in FOLLOWING | PRECEDING
    anchor = c.focus if narrative else c.published
    step = 1 if which in FOLLOWING or which == "next" else -1 if which in PRECEDING or which == "last" else 0
    moved = cal.shift(anchor, 7 * step) if anchor else None
    whole = cal.week(moved) if moved else None
    found = cal.shift(whole.start, c.grammar.lookup("weekday", g["weekday"]) - 1) if whole else None
    reading = relative(cal.of_day(found) if found else None, anchor, "narrative" if narrative else "publication")
    return with_part(reading, c.grammar.lookup("part", g["part"]))


# --- days near publication -------------------------------------------------------------------------------------------


def deictic_day(g: Groups, c: Context) -> Reading | None:
    """Read "yesterday", "today", "tonight", "tomorrow morning"."""
    step = int(c.grammar.lookup("deictic", g["deictic"]))
    found = cal.shift(c.published, step) if c.published else None
    reading = relative(cal.of_day(found) if found else None, c.published)
    part = g.get("told_part") or c.grammar.lookup("part", g.get("part"))
    if found is None and step == 0 and not part:
        return replace(reading, value="PRESENT_REF")
    return with_part(reading, part)


def last_night(g: Groups, c: Context) -> Reading | None:
    """Read "last night", "last evening"."""
    found = cal.shift(c.published, -1) if c.published else None
    return with_part(
        relative(cal.of_day(found) if found else None, c.published), c.grammar.lookup("part", g.get("part")) or g.get("told_part")
    )


def overnight(_g: Groups, c: Context) -> Reading | None:
    """Read "overnight": the night before the day of publication."""
    before = cal.shift(c.published, -1) if c.published else None
    if before is None or c.published is None:
        return None
    reading = relative(cal.days(before, c.published), c.published, moves=False)
    return replace(reading, type="TIME", value=f"{before.isoformat()}TNI")


def this_part(g: Groups, c: Context) -> Reading | None:
    """Read "this morning"."""
    return with_part(relative(cal.of_day(c.published) if c.published else None, c.published), c.grammar.lookup("part", g["part"]))


# --- counted from the narrative --------------------------------------------------------------------------------------


def narrative_day(g: Groups, c: Context) -> Reading | None:
    """Read "the next day", "that week", "the day before", counted from the date last spoken of."""
    which, tail = which_of(g), which_of(g, "tail")
    unit = c.grammar.lookup("unit", g["unit"])
    if which == "the":
        if not tail:
            return None
        if not c.then("ends_clause") and tail in ("before", "after"):
            return Reading(type="DATE", value=None, moves=False)  # "the day after the verdict": no day is named
        which = "the previous" if tail in ("before", "earlier") else "the following"
    if which in SAME and c.then("relative_clause"):
        return Reading(type="DATE", value=None, moves=False)
    base = c.focus if unit in ("D", "W", "WE") else (c.topic.start if c.topic else c.focus)
    if base is None:
        return Reading(type="DATE", value=None, moves=False)
    step = 1 if which in FOLLOWING else -1 if which in PRECEDING else 0
    moved = cal.move(base, step, unit)
    found = cal.containing(moved, unit) if moved else None
    return relative(found, base, "narrative", moves=step >= 0)


def narrative_part(g: Groups, c: Context) -> Reading | None:
    """Read "that night", "the following morning", counted from the date last spoken of."""
    which = which_of(g)
    step = 1 if which in FOLLOWING else -1 if which in PRECEDING else 0
    found = cal.shift(c.focus, step) if c.focus else None
    reading = relative(cal.of_day(found) if found else None, c.focus, "narrative", moves=step > 0)
    return with_part(reading, c.grammar.lookup("part", g["part"]))


def later(g: Groups, c: Context) -> Reading | None:
    """Read "two days later", "a week earlier", counted from the date last spoken of."""
    way, unit, count = which_of(g, "way"), c.grammar.lookup("unit", g["unit"]), number_of(g, c)
    if way == "on" and not re.match(r"\s*(?:$|[,.;])", c.after):
        return duration(g, c)
    sign = -1 if way in ("earlier", "beforehand", "before that", "previously") else 1
    base = c.focus if unit in ("D", "W", "F") else (c.topic.start if c.topic else c.focus)
    if count is None or base is None or unit in TIME_UNITS:
        return duration(g, c)  # only the length can be told
    moved = cal.move(base, sign * count, unit)
    of_quarter = unit == "Y" and c.topic is not None and c.topic.precision == "quarter"
    whole = cal.containing(moved, "Q" if of_quarter else unit if unit in ("M", "Y") else "D") if moved else None
    return relative(whole, base, "narrative", moves=sign > 0)


def distance(g: Groups, c: Context) -> Reading | None:
    """Read the length in "two days after the attack", which names no day by itself."""
    found = duration(g, c)
    return None if found is None else replace(found, moves=False)


# --- counted from publication ----------------------------------------------------------------------------------------


def ago(g: Groups, c: Context) -> Reading | None:
    """Read "two weeks ago", "more than 70 years ago"."""
    unit, count = c.grammar.lookup("unit", g["unit"]), number_of(g, c)
    if which_of(g, "way") in ("earlier", "back") and not re.match(r"\s*(?:$|[,.;)])", c.after):
        return duration(g, c)
    if count is None or c.published is None or unit in TIME_UNITS:
        return Reading(type="DATE", value="PAST_REF" if count is None else None, moves=False)
    moved = cal.move(c.published, -count, unit)
    if moved is None:
        return Reading(type="DATE", value=None, moves=False)
    if g["exact"] or unit == "D":
        return relative(cal.of_day(moved), c.published)
    if unit in ("W", "F"):
        whole = cal.week(moved)
        day = Period(moved, moved, "day", whole.value if whole else moved.isoformat())
        return relative(day, c.published, earliest=cal.shift(moved, -3), latest=cal.shift(moved, 3))
    if unit == "Y" and count == 1 and c.topic is not None and c.topic.precision == "quarter":
        moved = cal.shift_months(c.topic.start, -12) or moved  # a company report: the same quarter a year before
        return relative(cal.containing(moved, "Q"), c.topic.start, "narrative", moves=False)
    whole = cal.containing(moved, "M" if unit == "M" or (unit == "Y" and count == 1) else "Y" if unit == "Y" else unit)
    return relative(whole, c.published)


def year_earlier(_g: Groups, c: Context) -> Reading | None:
    """Read "year-earlier" in a company report: the same quarter a year before, or the year before."""
    anchor = c.topic.start if c.topic is not None and c.topic.precision == "quarter" else c.published
    moved = cal.shift_months(anchor, -12) if anchor else None
    unit = "Q" if anchor is not c.published else "Y"
    return relative(cal.containing(moved, unit) if moved else None, anchor, moves=False)


def week_of(g: Groups, c: Context) -> Reading | None:
    """Read "the week of March 6": the week that holds the day."""
    number, day = c.grammar.lookup("month", g["month"]), int(g["day"] or 0)

    def make(year: int) -> Period | None:
        found = cal.day(year, number, day)
        return cal.week(found.start) if found else None

    return relative(make(int(g["year"])) if g["year"] else choose_year(make, c), None if g["year"] else c.published)


def ago_vague(_g: Groups, _c: Context) -> Reading | None:
    """Read "years ago"."""
    return Reading(type="DATE", value="PAST_REF", moves=False)


def near_unit(g: Groups, c: Context) -> Reading | None:
    """Read "last week", "this year", "earlier this month", "the past year"."""
    which, unit, fine = which_of(g), c.grammar.lookup("unit", g["unit"]), which_of(g, "fine")
    if c.text.istitle() and " " in c.text and c.before.strip() and not c.sure:
        return None  # a title: the programme "This Week"
    if c.grammar.plural(g["unit"]):
        if which in ("this", "current", "the current"):
            return None
        if which in NEXT_WHICH or which == "the next" or unit in ("D", "W", "M"):
            return Reading(type="DURATION", value=span_value("X", unit), moves=False)
        return Reading(type="DATE", value="PAST_REF", moves=False)
    if unit in TIME_UNITS or (unit == "D" and which not in ("this past", "the last", "the past")):
        return None if unit == "D" else Reading(type="DURATION", value=f"PT1{TIME_UNITS[unit]}", moves=False)
    if c.published is None:
        return relative(None, None, moves=False)
    if which in ("the last", "the past", "the next", "the coming", "past") and unit not in ("C", "WE", "Q"):
        return _rolling(c.published, 1 if which in ("the next", "the coming") else -1, 1, unit)
    step = 1 if which in NEXT_WHICH or which == "the next" else 0 if which in ("this", "current", "the current") else -1
    moved = cal.move(c.published, step, unit)
    whole = cal.containing(moved, unit) if moved else None
    if whole is None:
        return relative(None, None, moves=False)
    if step == 0 and unit in ("W", "WE"):
        whole = _so_far(whole, c, fine)
    reading = relative(whole, c.published)
    if step == 0 and unit in ("M", "Y"):
        ahead = fine == "later" or c.tense == "future"
        return replace(reading, earliest=c.published if ahead else whole.start, latest=whole.end if ahead else c.published)
    return with_edge(reading, c.grammar.lookup("edge", g.get("fine")))


def _so_far(whole: Period, c: Context, fine: str) -> Period:
    """Cut "this week" at publication: what is told lies before it, what is announced after it."""
    here = c.published
    if here is None or not whole.start <= here <= whole.end:
        return whole
    if fine == "later" or c.tense == "future":
        return Period(here, whole.end, whole.precision, whole.value)
    return Period(whole.start, here, whole.precision, whole.value)


def _rolling(anchor: date, sign: int, count: int, unit: str) -> Reading:
    far = cal.move(anchor, sign * (count - 1 if unit == "D" and count > 1 else count), unit)
    period = None
    value = span_value(str(count), unit)
    if far is not None:
        period = Period(min(far, anchor), max(far, anchor), "span", value)
    return Reading(type="DURATION", value=value, period=period, known="publication", anchor=anchor, moves=False)


def report_quarter(g: Groups, c: Context) -> Reading | None:
    """Read "the quarter" of a company report: the one that ended last before publication, or the same a year earlier."""
    which = which_of(g)
    if (g["what"] == "period" and which not in ("year-ago", "year-earlier", "latest")) or c.published is None:
        return None
    ended = cal.shift_months(c.published, 0 if which == "current" else -3 if not which.startswith("year") else -15)
    return relative(cal.containing(ended, "Q") if ended else None, c.published, moves=not which.startswith("year"))


def past_span(g: Groups, c: Context) -> Reading | None:
    """Read "the last two weeks", "recent years", "the next three days"."""
    which, unit, count = which_any(g), c.grammar.lookup("unit", g["unit"]), number_of(g, c)
    if not c.grammar.plural(g["unit"]) or not isinstance(unit, str):
        return None
    if which == "recent" or (count is None and g["vague"] is None):
        if which in ("first", "final", "preceding", "the following", ""):
            return None
        if which == "recent" and unit not in ("D", "W", "M"):
            return Reading(type="DATE", value="PAST_REF", moves=False)
        return Reading(type="DURATION", value=span_value("X", unit), moves=False)
    if count is None:
        return Reading(type="DURATION", value=span_value("X", unit), moves=False)
    if which in ("first", "final", "preceding", "following", "previous") or c.published is None or unit in TIME_UNITS or unit == "WE":
        return Reading(type="DURATION", value=span_value(str(count), unit), moves=False)
    return _rolling(c.published, 1 if which in ("next", "coming") else -1, count, unit)


def year_edge(g: Groups, c: Context) -> Reading | None:
    """Read "the end of the year", "year-end"."""
    which = which_of(g)
    if "century" in which:
        return Reading(type="DATE", value=None, moves=False)
    if c.published is None:
        return relative(None, None, moves=False)
    whole = cal.containing(c.published, c.grammar.lookup("unit", g.get("unit")) or "Y")
    return with_edge(relative(whole, c.published, moves=False), c.grammar.lookup("edge", g.get("edge")) or "END")


def weekend(g: Groups, c: Context) -> Reading | None:
    """Read "last weekend", "over the weekend", "next weekend"."""
    which = which_of(g)
    narrative = which in FOLLOWING | PRECEDING | SAME
    anchor = c.focus if narrative else c.published
    if anchor is None:
        return relative(None, None, moves=False)
    step = 1 if which in FOLLOWING or which in NEXT_WHICH else 0 if which in ("this", "the") or which in SAME else -1
    if not narrative and anchor.isoweekday() >= 6 and which in PAST_WHICH:
        step = -1
    if which in ("this", "the") and c.tense != "future" and anchor.isoweekday() < 6:
        step = -1
    if which in NEXT_WHICH and not narrative and which != "next":
        step = 0
    moved = cal.shift(anchor, 7 * step)
    return relative(cal.weekend(moved) if moved else None, anchor, "narrative" if narrative else "publication")
