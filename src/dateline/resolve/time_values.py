"""What the functions that read temporal expressions share: the context of an expression, and its reading.

Each reading function (time_dates, time_relative, time_durations) takes the named groups of a match and a `Context`
(publication day, the date last spoken of, tense, neighbouring words) and returns a `Reading`, or None where the words
are not time after all ("may", "2000 people"). Values are TimeML TIMEX3 values; a reading without `period` is temporal
but names no days that could be worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_calendar import Period
from dateline.resolve.time_grammar import Grammar

Groups = Mapping[str, str | None]
_BEFORE_WORD = re.compile(r"([\w$£€]+\.?)[\s(\"“']*$")
_AFTER_WORD = re.compile(r"[\s]+([\w%]+)|^(%)")
TIME_UNITS = {"TS": "S", "TM": "M", "TH": "H"}
PAST_WHICH = frozenset({"last", "past", "this past", "the past"})
NEXT_WHICH = frozenset({"next", "coming", "this coming", "the coming"})
LONG_UNITS = {"E": 10, "C": 100}
"""Years of a decade and a century; as durations they are told in years."""
_SOON, _JUST_GONE, _LONG_AGO = 31, 60, 300
"""Days: a date so near ahead is ahead even beside a past tense, and one so lately gone is past even beside a future, where the other is
so far off."""
FOLLOWING = frozenset({"the following", "following", "the next", "the very next"})
PRECEDING = frozenset({"the previous", "previous", "the preceding", "preceding"})
SAME = frozenset({"the same", "that same", "that very", "that", "same"})


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds an expression; `focus` is the day last spoken of, `topic` the period last spoken of."""

    grammar: Grammar
    rule: str
    published: date | None
    focus: date | None
    topic: Period | None
    tense_of: Callable[[], str]
    before: str
    after: str
    text: str
    lower: bool
    """The whole text is written without capitals."""
    country: str | None = None
    """ISO 3166 alpha-2 of the country whose holidays are meant where the name does not say it."""
    sure: bool = False
    """The words are known to tell a time; it need not be shown by what stands around them."""

    def near(self, name: str) -> bool:
        """Tell whether the words before the expression match one of the language's contexts (`contexts` in dates.yaml)."""
        return self.grammar.contexts[name].search(self.before) is not None

    def then(self, name: str) -> bool:
        """Tell whether the words after the expression match one of the language's contexts."""
        return self.grammar.contexts[name].match(self.after) is not None

    @property
    def tense(self) -> str:
        """Return past, present or future: where the verb that governs the expression looks."""
        if self.near("ahead"):
            return "future"
        return self.tense_of()

    @property
    def previous_word(self) -> str:
        """Return the word before the expression, lower-cased, or an empty string."""
        found = _BEFORE_WORD.search(self.before)
        return found[1].lower() if found else ""

    @property
    def next_word(self) -> str:
        """Return the word right after the expression, lower-cased, or an empty string."""
        found = _AFTER_WORD.match(self.after)
        return (found[1] or found[2]).lower() if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Type and value after TimeML; the days; how they are known; and which day they were counted from.

    `moves` tells whether the narrative stands at this date afterwards.
    """

    type: str
    value: str | None
    period: Period | None = None
    known: str = "explicit"
    anchor: date | None = None
    earliest: date | None = None
    latest: date | None = None
    moves: bool = True
    mod: str | None = None
    """TimeML MOD: START, MID, END, APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS."""


def absolute(period: Period | None, **more: Any) -> Reading:
    """Return the reading of a date that needs no anchor."""
    return Reading(type="DATE", value=period.value if period else None, period=period, **more)


def relative(period: Period | None, anchor: date | None, known: str = "publication", **more: Any) -> Reading:
    """Return the reading of a date counted from an anchor; without one it has no value."""
    if period is None:
        anchor = None
    return Reading(type="DATE", value=period.value if period else None, period=period, known=known, anchor=anchor, **more)


def with_part(reading: Reading, part: str | None) -> Reading:
    """Return the reading of a day as one of a part of that day (TimeML TMO, TAF, TEV, TNI)."""
    if part is None:
        return reading
    return replace(reading, type="TIME", value=f"{reading.value}T{part}" if reading.value else None)


def with_edge(reading: Reading, edge: str | None) -> Reading:
    """Narrow earliest and latest of a reading to the first, middle or last third of its period."""
    if edge is None:
        return reading
    if reading.period is None:
        return replace(reading, mod=edge)
    start, length = reading.period.start, (reading.period.end - reading.period.start).days + 1
    third = max(1, length // 3)
    begin, end = {"START": (0, third - 1), "MID": (third, 2 * third - 1), "END": (2 * third, length - 1)}[edge]
    return replace(reading, earliest=cal.shift(start, begin), latest=cal.shift(start, end), mod=edge)


def number_of(g: Groups, c: Context) -> int | None:
    """Return the number that an expression counts with, or None where it is vague."""
    digits = g.get("num")
    if digits:
        return int(float(digits)) if digits.replace(".", "").isdigit() else None
    first, second = c.grammar.lookup("number", g.get("number")), c.grammar.lookup("number", g.get("number2"))
    if first is not None and second is not None:
        return int(first * second if second >= 100 else first + second)
    found = second if second is not None else first
    return None if found is None else int(found)


# --- dates -----------------------------------------------------------------------------------------------------------


def choose_year(make: Callable[[int], Period | None], c: Context, which: str = "") -> Period | None:
    """Return the reading of a day or month without a year that fits publication and tense, or "last" or "next" beside it.

    Past: the last one not after publication. Future: the first one not before. Present: the nearest (codebook §3).
    """
    if c.published is None:
        return None
    near = [p for y in (c.published.year - 1, c.published.year, c.published.year + 1) if 1 <= y <= 9999 and (p := make(y))]
    tense = "past" if which in PAST_WHICH else "future" if which in NEXT_WHICH else c.tense
    if tense == "present" and c.near("deadline") and not c.sure:
        tense = "future"  # "everyone has to leave by October 18"
    if tense == "past":
        past = [p for p in near if p.start <= c.published]
        soon = [p for p in near if 0 < (p.start - c.published).days <= _SOON]
        if soon and past and (c.published - past[-1].start).days >= _LONG_AGO:
            return soon[0]  # nearly a year ago would be told with its year
        return past[-1] if past else None
    if tense == "future":
        ahead = [p for p in near if p.end >= c.published]
        just = [p for p in near if 0 < (c.published - p.end).days <= _JUST_GONE]
        if just and ahead and (ahead[0].start - c.published).days >= _LONG_AGO:
            return just[-1]  # nearly a year ahead would be told with its year
        return ahead[0] if ahead else None
    here = c.published
    return min(near, key=lambda p: abs((p.start - here).days), default=None)


def which_of(g: Groups, name: str = "which") -> str:
    """Return a group of the match (in the machinery's own terms), or an empty string."""
    return g.get(name) or ""


def which_any(g: Groups) -> str:
    """Return what tells last, this or next, wherever it stands ("el pasado lunes", "el lunes pasado")."""
    return which_of(g) or which_of(g, "which2") or which_of(g, "after")


def span_value(count: str, unit: str) -> str:
    """Return the TimeML value of a duration: "P3D", "PT2H", "PXW"."""
    if unit in TIME_UNITS:
        return f"PT{count}{TIME_UNITS[unit]}"
    if unit == "F":
        return f"P{int(count) * 2}W" if count.isdigit() else "PXW"
    if unit in LONG_UNITS and count.isdigit():
        return f"P{int(count) * LONG_UNITS[unit]}Y"
    return f"P{count}{unit}"


def resolve_weekday(number: int, which: str, c: Context) -> tuple[date | None, date | None, str]:
    """Return the day of a weekday, the anchor and how it is known.

    "last": the last one before publication; bare and past: the last on or before it (codebook §3); "next": the first
    after it; bare and future: the first after it, "this" with the future: on or after it.
    """
    if which in FOLLOWING | PRECEDING | SAME and c.focus is not None:
        if which in FOLLOWING:
            return cal.weekday_after(c.focus, number, strictly=True), c.focus, "narrative"
        return cal.weekday_before(c.focus, number, strictly=which in PRECEDING), c.focus, "narrative"
    if c.published is None:
        return None, None, "publication"
    if which in PAST_WHICH or which in PRECEDING:
        return cal.weekday_before(c.published, number, strictly=True), c.published, "publication"
    if which in NEXT_WHICH or which in FOLLOWING:
        return cal.weekday_after(c.published, number, strictly=True), c.published, "publication"
    tense = c.tense
    if tense == "present" and c.near("deadline"):
        tense = "future"  # "the curfew holds until Sunday"
    if tense == "future" and not c.then("possessive"):  # "Wednesday's ruling" has been given
        return cal.weekday_after(c.published, number, strictly=False), c.published, "publication"
    return cal.weekday_before(c.published, number, strictly=False), c.published, "publication"
