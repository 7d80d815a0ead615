"""How long an event went on: "have marched for three weeks", "more than 10 days of clashes", "on Monday for two days".

A length alone names no days. Beside a present perfect it ends on the day of publication, unless the verb sets a term
("has been jailed for three years"); beside a day it runs on from there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_tense import aspect, governor, head_of, is_verb
from dateline.resolve.time_ties import Words
from dateline.resolve.timexes import parse_day
from dateline.types import Analysis, EventCandidate, TimeExpression, TimeInterval, Token

RULE = "length-until-publication"
"""The rule id of an interval that was counted back from publication."""
_LENGTH = re.compile(r"P(?P<count>\d+)(?P<unit>[DWMY])\Z")
_PRECISION = {"D": "day", "W": "day", "M": "month", "Y": "year"}
_ISO_LENGTH = {"day": 10, "month": 7, "year": 4}
_DURING = ("for", "over", "during", "in")


def _counts(time: TimeExpression) -> tuple[int, str] | None:
    """Return count and TimeML unit of a length told in numbers."""
    match = _LENGTH.match(time.value or "") if time.type == "DURATION" and time.interval is None else None
    return (int(match["count"]), match["unit"]) if match else None


def _clause(analysis: Analysis, time: TimeExpression) -> tuple[Token, Token | None, str]:
    """Return the head of an expression, its verb, and the preposition that it stands under, or an empty string."""
    head = head_of(analysis, analysis.sentences[time.sentence], time.span)
    if head is None:
        raise ValueError("an expression holds no token")
    above = analysis.tokens[head.head]
    return head, governor(analysis, head), above.text.lower() if head.dep == "pobj" else ""


def up_to_publication(analysis: Analysis, time: TimeExpression, words: Words) -> TimeInterval | None:
    """Return the days of a length that a present perfect tells ("has seen ten days of clashes"), or None.

    Args:
        analysis: The document.
        time: An expression of it.
        words: The word lists of the language.
    """
    length, published = _counts(time), parse_day(analysis.document.published)
    if length is None or published is None or head_of(analysis, analysis.sentences[time.sentence], time.span) is None:
        return None
    head, verb, opener = _clause(analysis, time)
    if verb is None or aspect(analysis, verb) != "perfect" or (opener and opener not in _DURING):
        return None
    going_on = verb.tag == "VBG" or verb.lemma == "be"
    if opener in ("for", "in") and not going_on and verb.lemma in words.terms:
        return None
    if not opener and head.dep not in ("dobj", "attr", "npadvmod"):
        return None
    count, unit = length
    begun = cal.move(published, 1 - count if unit == "D" else -count, unit)
    if begun is None:
        return None
    precision = _PRECISION[unit]
    first = cal.containing(begun, unit if precision != "day" else "D")
    return TimeInterval(
        date=begun.isoformat()[: _ISO_LENGTH[precision]],
        enddate=published.isoformat(),
        earliest=(first.start if first else begun).isoformat(),
        latest=published.isoformat(),
        precision=precision,
        known="publication",
        span=time.span,
        text=time.text,
        rule=RULE,
        anchor=published.isoformat(),
    )


def run_on(analysis: Analysis, candidate: EventCandidate, interval: TimeInterval, words: Words) -> TimeInterval:
    """Give a single day the end that a length of the same clause tells ("on Monday for two days"), else return it as it is."""
    if interval.precision != "day" or interval.enddate is not None or interval.date is None:
        return interval
    trigger = analysis.tokens[candidate.trigger.head]
    own = governor(analysis, trigger)
    for time in analysis.timexes:
        length = _counts(time) if time.sentence == candidate.sentence else None
        if length is None or length[1] == "Y" or head_of(analysis, analysis.sentences[time.sentence], time.span) is None:
            continue
        _, verb, opener = _clause(analysis, time)
        if opener != "for" or verb is None or own is None or verb.index != own.index:
            continue
        if not is_verb(verb) or verb.lemma in words.terms or aspect(analysis, verb) == "perfect":
            continue
        stop = cal.move(date.fromisoformat(interval.date), *length)
        last = cal.shift(stop, -1) if stop else None
        if last is not None and last.isoformat() > interval.date:
            return replace(interval, enddate=last.isoformat(), latest=last.isoformat())
    return interval
