"""Read durations, sets, clock times and vague references: what names no days of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_values import Context, Groups, Reading, number_of, relative, resolve_weekday, span_value, which_of


def every(g: Groups, c: Context) -> Reading | None:
    """Read "every day", "each Monday", "every two years"."""
    unit, count = c.grammar.lookup("unit", g["unit"]), 2 if g["num"] == "other" else number_of(g, c) or 1
    if unit:
        return Reading(type="SET", value=span_value(str(count), unit), moves=False)
    number = c.grammar.lookup("weekday", g["weekday"])
    if number:
        return Reading(type="SET", value=f"XXXX-WXX-{number}", moves=False)
    month_number = c.grammar.lookup("month", g["month"])
    if month_number:
        return Reading(type="SET", value=f"XXXX-{month_number:02d}", moves=False)
    part = c.grammar.lookup("part", g["part"])
    return Reading(type="SET", value=f"XXXX-XX-XXT{part}" if part else f"XXXX-{c.grammar.lookup('season', g['season'])}", moves=False)


_FREQUENCY = {
    **dict.fromkeys(("daily", "nightly"), "P1D"),
    **dict.fromkeys(("yearly", "annually"), "P1Y"),
    **{"weekly": "P1W", "monthly": "P1M", "hourly": "PT1H", "fortnightly": "P2W"},
}


def frequency(g: Groups, c: Context) -> Reading | None:
    """Read "daily", "weekly"."""
    if (g["word"] or "")[:1].isupper() and c.before.strip() and not c.lower:
        return None  # "the Daily Telegraph"
    return Reading(type="SET", value=_FREQUENCY[which_of(g, "word")], moves=False)


def weekday_plural(g: Groups, c: Context) -> Reading | None:
    """Read "Mondays"."""
    return Reading(type="SET", value=f"XXXX-WXX-{c.grammar.lookup('weekday', g['word'])}", moves=False)


def clock(g: Groups, c: Context) -> Reading | None:
    """Read "10 a.m.", "14:30 GMT Monday", "noon"."""
    if g["word"]:
        hour, minute = (12 if which_of(g, "word") == "noon" else 0), 0
    elif g["hour24"]:
        hour, minute = int(g["hour24"]), int(g["minute24"] or 0)
    else:
        hour, minute = int(g["hour"] or 0), int(g["minute"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if (g["half"] or "").lower().startswith("p") else 0)
    day, anchor, known = (None, None, "publication")
    if g["weekday"]:
        day, anchor, known = resolve_weekday(c.grammar.lookup("weekday", g["weekday"]), "", c)
    reading = relative(cal.of_day(day) if day else None, anchor, known)
    return replace(reading, type="TIME", value=f"{day.isoformat() if day else ''}T{hour:02d}:{minute:02d}", moves=day is not None)


def duration(g: Groups, c: Context) -> Reading | None:
    """Read "ten days", "a two-week", "several years"; ages and rates are none."""
    unit, count = c.grammar.lookup("unit", g["unit"]), number_of(g, c)
    if unit is None:
        return None
    if (g["number2"] or "").lower() in ("a", "an") and re.search(r"(?:\d|s|once|twice|month)\s$", c.before):
        return None  # "$5 a year", "four flights a week" are rates
    if re.match(r"[\s-]+olds?\b", c.after):
        return None  # an age
    if (g["unit"] or "").lower() == "second" and (count == 1 or (count or 0) > 999):
        return None  # "a second attack", "the 1988 second quarter"
    if unit == "Q" and count is not None:
        return None  # "three quarters"
    text = str(g["num"]) if g.get("num") else "X" if count is None else str(count)
    return Reading(type="DURATION", value=span_value(text, unit), moves=False)


def duration_vague(g: Groups, c: Context) -> Reading | None:
    """Read "weeks", "decades"."""
    unit = c.grammar.lookup("unit", g["plural"])
    if c.previous_word in ("these", "last", "first") or re.match(r"[\s-]+old\b", c.after):
        return None
    return Reading(type="DURATION", value=span_value("X", str(unit)), moves=False)


def vague_reference(g: Groups, c: Context) -> Reading | None:
    """Read "now", "recently", "soon": TimeML PRESENT_REF, PAST_REF, FUTURE_REF."""
    word = which_of(g, "word")
    if word == "the past" and c.next_word not in ("", "and", "or", "to", "but", "when", "he", "she", "it", "they"):
        return None
    if (word == "soon" and c.previous_word == "as") or (word == "now" and c.next_word == "that"):
        return None
    if word in ("recently", "lately", "previously", "formerly", "the past", "recent"):
        return Reading(type="DATE", value="PAST_REF", moves=False)
    if word in ("the future", "soon"):
        return Reading(type="DATE", value="FUTURE_REF", moves=False)
    return Reading(type="DATE", value="PRESENT_REF", moves=False)
