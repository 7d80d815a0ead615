"""Read durations, sets, clock times and vague references: what names no days of its own."""

from __future__ import annotations

from dataclasses import replace

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_values import (
    Context,
    Groups,
    Reading,
    choose_year,
    number_of,
    relative,
    resolve_weekday,
    span_value,
    which_of,
)


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


def frequency(g: Groups, c: Context) -> Reading | None:
    """Read "daily", "weekly"."""
    if not c.sure and (g["frequency"] or "")[:1].isupper() and c.before.strip() and not c.lower:
        return None  # "the Daily Telegraph"
    return Reading(type="SET", value=c.grammar.lookup("frequency", g["frequency"]), moves=False)


def weekday_plural(g: Groups, c: Context) -> Reading | None:
    """Read "Mondays", "Tuesday nights"."""
    part = c.grammar.lookup("part", g.get("part"))
    return Reading(type="SET", value=f"XXXX-WXX-{c.grammar.lookup('weekday', g['weekday'])}{f'T{part}' if part else ''}", moves=False)


def clock(g: Groups, c: Context) -> Reading | None:
    """Read "10 a.m.", "14:30 GMT Monday", "noon", "5 p.m. EST Nov. 9", "yesterday at 3 p.m."."""
    hour, minute = _hour(g, c), int(g.get("minute") or g.get("minute24") or 0)
    if hour is None:
        return None
    day, anchor, known = None, None, "publication"
    if g.get("weekday"):
        day, anchor, known = resolve_weekday(c.grammar.lookup("weekday", g["weekday"]), which_of(g), c)
    elif g.get("month"):
        month, number = c.grammar.lookup("month", g["month"]), int(g["day"] or 0)
        found = cal.day(int(g["year"] or 0), month, number) if g.get("year") else choose_year(lambda year: cal.day(year, month, number), c)
        day, known = (found.start if found else None), "explicit"
    elif g.get("deictic"):
        day, anchor = (cal.shift(c.published, c.grammar.lookup("deictic", g["deictic"])) if c.published else None), c.published
    reading = relative(cal.of_day(day) if day else None, anchor, known)
    here = day or c.focus or c.published  # a bare hour is one of the day last told of; it names no day itself
    named = c.grammar.contexts["zone"].search(c.text)
    zone = "Z" if named else ""
    return replace(reading, type="TIME", value=f"{here.isoformat() if here else ''}T{hour:02d}:{minute:02d}{zone}", moves=day is not None)


def _hour(g: Groups, c: Context) -> int | None:
    """Return the hour, 0 to 24, that a clock time names."""
    if g.get("instant"):
        return int(c.grammar.lookup("instant", g["instant"]))
    if g.get("hour24"):
        return int(g["hour24"] or 0)
    hour = int(g["hour"] or 0) if (g.get("hour") or "").isdigit() else c.grammar.lookup("number", g.get("number"))
    if hour is None or not 1 <= hour <= 12:
        return None
    half = which_of(g, "half")
    if g.get("part"):
        half = "a" if c.grammar.lookup("part", g["part"]) == "MO" else "p"
    return int(hour % 12 + (12 if half.startswith("p") else 0))


def duration(g: Groups, c: Context) -> Reading | None:
    """Read "ten days", "a two-week", "several years"; ages and rates are none."""
    unit, count = c.grammar.lookup("unit", g["unit"]), number_of(g, c)
    if unit is None:
        return None
    if not c.sure:
        if count == 1 and not g.get("num") and c.near("rate"):
            return None  # "$5 a year", "four flights a week" are rates
        if c.then("age") or (unit == "TS" and not c.grammar.plural(g["unit"]) and (count == 1 or (count or 0) > 999)):
            return None  # an age; "a second attack", "the 1988 second quarter"
        if unit == "Q" and count is not None and c.then("share"):
            return None  # "three quarters of the voters"
    text = _count_text(g, count)
    value = span_value(text, unit)
    if g.get("unit2"):  # "two hours and 30 minutes"
        more = c.grammar.lookup("unit", g["unit2"])
        other = g.get("num2") or c.grammar.lookup("number", g.get("number3"))
        second = span_value(str(other), str(more))
        value += second[2:] if value.startswith("PT") and second.startswith("PT") else second[1:]
    return Reading(type="DURATION", value=value, moves=False)


def _count_text(g: Groups, count: int | None) -> str:
    """Return the number of a duration as its TimeML value writes it; halves are decimals."""
    text = str(g["num"]).replace(",", ".") if g.get("num") else "X" if count is None else str(count)
    return f"{text}.5" if g.get("plus_half") and text.isdigit() else text


def duration_vague(g: Groups, c: Context) -> Reading | None:
    """Read "weeks", "decades"."""
    unit = c.grammar.lookup("unit", g["unit"])
    if unit is None or (not c.sure and (c.near("not_span") or c.then("age"))):
        return None
    return Reading(type="DURATION", value=span_value("X", str(unit)), moves=False)


def whole_unit(g: Groups, c: Context) -> Reading | None:
    """Read "day-long", "the fiscal year", "all week": one unit without a number."""
    return Reading(type="DURATION", value=span_value("1", str(c.grammar.lookup("unit", g["unit"]))), moves=False)


def vague_reference(g: Groups, c: Context) -> Reading | None:
    """Read "now", "recently", "soon": TimeML PRESENT_REF, PAST_REF, FUTURE_REF, or a vague length ("a while")."""
    value = str(c.grammar.lookup("reference", g["reference"]))
    return Reading(type="DURATION" if value.startswith("P") and "_" not in value else "DATE", value=value, moves=False)
