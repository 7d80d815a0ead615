"""Date phrases that hang on an event: "two days after the vote", "the day before police entered the camp".

The phrase is a length or a unit, then a word that opens the event ("after"), then the event. The event's day comes from
a date in its own words ("the June 3 vote"), else from where the text tells of it elsewhere: a noun or verb of the same
lemma, or for a definite noun ("the attack") the act of the same type told last before. Where no such day is told, nothing
is counted. The other way round, an event that hangs on a dated clause gets its day from that ("resigned on Wednesday,
the day after prosecutors named him").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.resolve import time_calendar as cal
from dateline.resolve.time_tense import governor, head_of
from dateline.resolve.time_ties import LIMIT, Words, closest, tie
from dateline.types import Analysis, EventCandidate, Mention, Sentence, Span, TimeExpression, TimeInterval, Token

RULE = "counted-from-event"
"""The rule id of an interval that was counted from an event's day."""
_LENGTH = re.compile(r"P(?P<clock>T)?(?P<count>\d+|X)(?P<unit>[DWMYHS])\Z")
_WEEK_SLACK = 3
"""Days to either side that "a week after" may mean (as for "two weeks ago")."""
_DAY_HOURS = 24
_NAMES = ("NOUN", "PROPN")
_CONTENT = ("NOUN", "PROPN", "VERB")
BySentence = Mapping[int, list[TimeExpression]]


@dataclass(frozen=True, slots=True)
class Hung:
    """A phrase that hangs on an event: how far from it (`sign` 1 is after), and the token of the event."""

    time: TimeExpression
    sign: int
    count: int
    unit: str
    event: Token
    inside: frozenset[int]
    """Indices of the event's own words: these are no part of what the phrase dates."""


def hung(analysis: Analysis, time: TimeExpression, words: Words) -> Hung | None:
    """Return how an expression without days hangs on an event, or None where it does not."""
    if time.interval is not None or time.type not in ("DURATION", "DATE"):
        return None
    sentence = analysis.sentences[time.sentence]
    tokens = analysis.tokens_of(sentence)
    within = [t for t in tokens if t.span.overlaps(time.span)]
    if not within:
        return None
    opener = within[-1] if within[-1].text.lower() in words.hangs else _next(tokens, within[-1])
    if opener is None or opener.text.lower() not in words.hangs:
        return None
    length = _length(time, within, words)
    event = _event(analysis, opener)
    if length is None or event is None:
        return None
    inside = frozenset(t.index for t in analysis.subtree(event) if t.span.start > opener.span.start)
    return Hung(time, words.hangs[opener.text.lower()], *length, event, inside)


def _next(tokens: tuple[Token, ...], last: Token) -> Token | None:
    """Return the token right after another in its sentence."""
    place = last.index - tokens[0].index + 1
    return tokens[place] if place < len(tokens) else None


def _length(time: TimeExpression, within: list[Token], words: Words) -> tuple[int, str] | None:
    """Return count and unit (TimeML letter) of a length; hours and minutes are days by 24 hours, and vague ones the same day."""
    if time.type == "DATE":  # "the day after", "the week before"
        unit = next((u for t in within if (u := words.units.get(t.text.lower()))), None)
        return (1, unit) if unit in ("D", "W", "M", "Y") and time.value is None else None
    match = _LENGTH.match(time.value or "")
    if match is None:
        return None
    if match["clock"]:
        hours = int(match["count"]) if match["unit"] == "H" and match["count"].isdigit() else 0
        return hours // _DAY_HOURS, "D"
    return (int(match["count"]), match["unit"]) if match["count"].isdigit() else None


def _event(analysis: Analysis, opener: Token) -> Token | None:
    """Return the noun or verb that a word such as "after" opens."""
    found = next((t for t in analysis.children(opener) if t.dep in ("pobj", "pcomp")), None)
    if found is None and opener.dep == "mark":
        found = analysis.tokens[opener.head]
    return found if found is not None and found.pos in _CONTENT else None


def count_from_events(
    analysis: Analysis, by_sentence: dict[int, list[TimeExpression]], words: Words, story: TimeInterval | None = None
) -> tuple[dict[int, list[TimeExpression]], dict[Span, frozenset[int]]]:
    """Give the phrases that hang on dated events their days.

    Args:
        analysis: The document with its expressions and candidates.
        by_sentence: The expressions that have days already, by sentence.
        words: The word lists of the language.
        story: The day of the story's opening, at which what "comes a week after" an event stands.

    Returns:
        The expressions with days, these among them, and for each such phrase the tokens that it cannot date.
    """
    out = {number: list(times) for number, times in by_sentence.items()}
    barred: dict[Span, frozenset[int]] = {}
    for time in analysis.timexes:
        phrase = hung(analysis, time, words)
        if phrase is None:
            continue
        anchor = _told_in(analysis, phrase, by_sentence) or _told_elsewhere(analysis, phrase, by_sentence, words)
        if anchor is not None:
            dated, closed = _counted(phrase, anchor, phrase.sign), phrase.inside
        else:
            host = _host(analysis, phrase, by_sentence, words, story)
            dated = _counted(phrase, host, -phrase.sign) if host else None
            closed = frozenset(t.index for t in analysis.tokens_of(analysis.sentences[time.sentence])) - phrase.inside
        if dated is not None:
            # Weighed as a date, not as a length; it stands where the event's words stand when it dates the event.
            at = time.span if anchor is not None else phrase.event.span
            out.setdefault(time.sentence, []).append(replace(time, span=at, type="DATE", interval=dated))
            barred[at] = closed
    return out, barred


def _told_in(analysis: Analysis, phrase: Hung, by_sentence: BySentence) -> TimeInterval | None:
    """Return the day told in the event's own words ("the June 3 vote", "after he was held on Monday")."""
    for time in by_sentence.get(phrase.time.sentence, []):
        head = head_of(analysis, analysis.sentences[phrase.time.sentence], time.span)
        if head is not None and head.index in phrase.inside and _exact(time.interval, phrase.unit):
            return time.interval
    return None


def _told_elsewhere(analysis: Analysis, phrase: Hung, by_sentence: BySentence, words: Words) -> TimeInterval | None:
    """Return the day of the event as the text tells it in another sentence: the nearest before, else the first after."""
    for token in _mentions(analysis, phrase):
        found = _day_of(analysis, token, by_sentence, words)
        if _exact(found, phrase.unit):
            return found
    return None


def _mentions(analysis: Analysis, phrase: Hung) -> Iterator[Token]:
    """Yield the tokens that may tell of the same event, the likeliest first."""
    here, lemma = phrase.time.sentence, phrase.event.lemma.lower()
    same = [t for t in analysis.tokens if t.sentence != here and t.pos in _CONTENT and t.lemma.lower() == lemma]
    yield from sorted(same, key=lambda t: (t.sentence > here, abs(t.sentence - here), t.index))
    act = next((c for c in analysis.candidates if c.trigger.head == phrase.event.index), None)
    definite = any(t.dep == "det" and t.lemma.lower() in ("the", "that", "this") for t in analysis.children(phrase.event))
    if act is None or not definite or phrase.event.pos not in _NAMES:
        return
    told = [c for c in analysis.candidates if c.sentence < here and c.event_type == act.event_type]
    yield from (analysis.tokens[c.trigger.head] for c in sorted(told, key=lambda c: (-c.sentence, c.trigger.span.start)))


def _day_of(analysis: Analysis, token: Token, by_sentence: BySentence, words: Words) -> TimeInterval | None:
    """Return the interval that the sentence of a noun or verb gives it, as if it were a candidate."""
    sentence = analysis.sentences[token.sentence]
    trigger = Mention(kind="trigger", span=token.span, text=token.text, head=token.index)
    # A vote to come may be counted from as well as one that was held.
    told = EventCandidate(sentence=token.sentence, trigger=trigger, event_type="", auxiliary=("future",), nominal=token.pos in _NAMES)
    ties = [t for time in by_sentence.get(token.sentence, []) if (t := tie(analysis, sentence, told, time, words)) is not None]
    ties.sort(key=lambda t: (t.cost, abs(t.time.span.start - token.span.start)))
    return closest(ties) if ties and ties[0].cost <= LIMIT else None


def _host(analysis: Analysis, phrase: Hung, by_sentence: BySentence, words: Words, story: TimeInterval | None) -> TimeInterval | None:
    """Return the day of the clause that the phrase stands in."""
    sentence: Sentence = analysis.sentences[phrase.time.sentence]
    head = head_of(analysis, sentence, phrase.time.span)
    verb = None if head is None else governor(analysis, head)
    while verb is not None and verb.index in phrase.inside:
        verb = None if verb.head == verb.index else governor(analysis, analysis.tokens[verb.head])
    if verb is None:
        return None
    outside = {
        sentence.index: [
            t
            for t in by_sentence.get(sentence.index, [])
            if (top := head_of(analysis, sentence, t.span)) is not None and top.index not in phrase.inside
        ]
    }
    found = _day_of(analysis, verb, outside, words)
    if found is None and verb.lemma in words.comes and verb.tag in ("VBZ", "VBP"):
        found = story  # "the arrest comes a week after the vote"
    return found if _exact(found, phrase.unit) else None


def _exact(interval: TimeInterval | None, unit: str) -> bool:
    """Tell whether days can be counted from an interval: a single day, or a month or year for as long a unit."""
    if interval is None or interval.date is None or interval.earliest is None:
        return False
    if interval.precision == "day":
        return True
    return (interval.precision == "month" and unit in ("M", "Y")) or (interval.precision == "year" and unit == "Y")


def _counted(phrase: Hung, anchor: TimeInterval, sign: int) -> TimeInterval | None:
    """Return the interval that lies `count` units after (1) or before (-1) an anchor; None beyond the calendar."""
    last = anchor.latest if sign > 0 and anchor.enddate and anchor.precision == "day" else anchor.earliest
    here = date.fromisoformat(last or anchor.earliest or "")
    moved = cal.move(here, sign * phrase.count, phrase.unit)
    whole = cal.containing(moved, phrase.unit if phrase.unit in ("M", "Y") else "D") if moved else None
    if whole is None:
        return None
    slack = timedelta(days=_WEEK_SLACK if phrase.unit == "W" and date.min.year < whole.start.year < date.max.year else 0)
    return TimeInterval(
        date=whole.begin_iso,
        enddate=whole.end_iso,
        earliest=(whole.start - slack).isoformat(),
        latest=(whole.end + slack).isoformat(),
        precision=whole.precision,
        known="narrative",
        span=phrase.time.span,
        text=phrase.time.text,
        rule=RULE,
        anchor=here.isoformat(),
        anchor_span=anchor.span,
    )
