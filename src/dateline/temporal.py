"""Temporal expressions alone: found, normalised and written as TimeML, without coding events.

>>> from dateline import temporal
>>> found = temporal.tag("Police came on Monday and left two days later.", "2021-06-16")
>>> [(t.text, t.value) for t in found]
[('Monday', '2021-06-14'), ('two days later', '2021-06-16')]

The text is read without a parse: a tense is told from words nearby ("will", "plans to"), else taken to be past. Inside
the flow (`dateline.load`) the parse tells it, which is a little more exact.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from dateline.errors import InputError
from dateline.resolve.time_grammar import LEXICONS
from dateline.resolve.timexes import TemporalTagger, parse_day
from dateline.types import TimeExpression


@functools.cache
def _tagger(language: str) -> TemporalTagger:
    """Build the tagger of a language once: its rules are compiled from data."""
    return TemporalTagger(language)


def _day(published: date | str | None) -> date | None:
    """Return the day of publication; a text that names no full day is refused."""
    if published is None or isinstance(published, date):
        return published if published is None else date(published.year, published.month, published.day)
    found = parse_day(published)
    if found is None:
        raise InputError(f'the publication date "{published[:40]}" is not a date: write it as YYYY-MM-DD', stage="resolve.timexes")
    return found


def languages() -> tuple[str, ...]:
    """Return the languages (ISO 639-1) for which there are rules of time, sorted."""
    return tuple(sorted(path.parent.name for path in LEXICONS.glob("??/dates.yaml")))


def tag(text: str, published: date | str | None = None, language: str = "en", country: str | None = None) -> tuple[TimeExpression, ...]:
    """Find and normalise the temporal expressions of a text, in its order.

    Args:
        text: Any text. Paragraphs are told by blank lines.
        published: The day (a date, or ISO 8601) that "yesterday" is counted from; None leaves such expressions without value.
        language: ISO 639-1; there must be a ``dates.yaml`` for it.
        country: ISO 3166 alpha-2 of the country whose "Independence Day" is meant; None leaves such days without value.

    Returns:
        Expressions with their span (code points), TimeML type, value and MOD, and the interval of days they name.

    Raises:
        InputError: `published` is no day.
        DataError: There are no rules for the language.
    """
    return _tagger(language).tag(text, _day(published), country)


def normalise(phrases: Sequence[str], published: date | str | None = None, language: str = "en") -> tuple[TimeExpression | None, ...]:
    """Read phrases that are known to tell a time, those of one text in its order; None where no rule reads one.

    Args:
        phrases: The words of each expression alone, such as "last Tuesday".
        published: As for `tag`.
        language: As for `tag`.
    """
    return _tagger(language).normalise(phrases, _day(published))


def to_timeml(text: str, expressions: Iterable[TimeExpression], published: date | str | None = None) -> str:
    """Return a text as a TimeML document with TIMEX3 tags (TimeML 1.2.1).

    Args:
        text: The text that was tagged. Characters that XML cannot hold become U+FFFD.
        expressions: Its expressions; of two that overlap the later is left out.
        published: The day of publication, written as the document creation time ``t0``.
    """
    day = _day(published)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n']
    if day is not None:
        given = f'value="{day}" temporalFunction="false" functionInDocument="CREATION_TIME"'
        parts.append(f'<DCT><TIMEX3 tid="t0" type="DATE" {given}>{day}</TIMEX3></DCT>\n')
    parts.append("<TEXT>")
    last = 0
    for number, expression in enumerate(sorted(expressions, key=lambda e: (e.span.start, e.span.end)), start=1):
        if expression.span.start < last:
            continue
        parts.append(_plain(text[last : expression.span.start]))
        parts.append(_tagged(expression, number, expression.span.of(text)))
        last = expression.span.end
    parts.append(f"{_plain(text[last:])}</TEXT>\n</TimeML>\n")
    return "".join(parts)


def _tagged(expression: TimeExpression, number: int, words: str) -> str:
    """Return one TIMEX3 element; an unknown value is written as TimeML's underspecified day or length."""
    unknown = "PXX" if expression.type == "DURATION" else "XXXX-XX-XX"
    given = {"tid": f"t{number}", "type": expression.type, "value": expression.value or unknown}
    if expression.mod:
        given["mod"] = expression.mod
    if expression.type == "SET":
        given["quant"] = "EVERY"
    if expression.interval is not None and expression.interval.anchor is not None:
        given["temporalFunction"] = "true"
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in given.items())
    return f"<TIMEX3 {attributes}>{_plain(words)}</TIMEX3>"


def _plain(text: str) -> str:
    """Escape a text for XML 1.0, which has no place for most control characters and for lone surrogates."""
    allowed = "".join(
        c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff") else "\ufffd" for c in text
    )
    return escape(allowed)


__all__ = ["TimeExpression", "languages", "normalise", "tag", "to_timeml"]
