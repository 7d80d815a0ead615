"""Find temporal expressions and work out which days they name (TimeML TIMEX3; codebook §3, §5.4, §5.29).

Expressions are read in text order, because some lean on the date last spoken of ("the next day", "that night"): the
narrative stands at the last past day told. Nothing is counted from an anchor that is not known: without a day of
publication "on Monday" stays without value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.resolve.time_calendar import Period
from dateline.resolve.time_grammar import Found, Grammar
from dateline.resolve.time_makers import MAKERS
from dateline.resolve.time_tense import TenseReader
from dateline.resolve.time_values import Context, Reading
from dateline.types import Analysis, Layer, Sentence, Span, TimeExpression, TimeInterval

_WILL = re.compile(
    r"\b(?:will|shall|won['’]t|plans? to|expects? to|expected to|scheduled|due|is to|are to|likely to|set to|going to|ready to)"
    r"\b[^.;!?\n]*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|up to)\s+(?:late |early |at least )?(?:on )?(?:the )?$", re.IGNORECASE)
_NEAR = 60
"""How far (code points) the rules may look to the left and right of an expression."""


@dataclass(slots=True, kw_only=True)
class Story:
    """Where the narrative stands while a text is read: the one thing here that changes."""

    published: date | None
    lower: bool
    focus: date | None = None
    topic: Period | None = None

    def follow(self, reading: Reading) -> None:
        """Move on to the date just told, if it is past and definite."""
        period = reading.period
        if period is None or not reading.moves or reading.type not in ("DATE", "TIME"):
            return
        if self.published is not None and period.start > self.published:
            return
        self.topic = period
        if period.precision in ("day", "span"):
            self.focus = period.end
        elif period.precision in ("week",) and reading.known == "narrative":
            self.focus = period.start


def parse_day(published: str | None) -> date | None:
    """Return the day of an ISO date or date and time, or None where it is no full day."""
    if published is None or len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def without_capitals(text: str) -> bool:
    """Tell whether a text is written in lower case but for a stray letter (fewer than 1 capital in 200 characters)."""
    return sum(map(str.isupper, text)) * 200 <= len(text) and any(map(str.islower, text))


def tense_nearby(text: str, start: int) -> Callable[[Span], str]:
    """Return a reader of tense for text that is not parsed: future after a word like "will" in the same sentence, else past."""

    def tense(span: Span) -> str:
        before = text[max(0, span.start - start - _NEAR) : span.start - start]
        return "future" if _WILL.search(before) else "past"

    return tense


class TemporalTagger:
    """Finds and normalises the temporal expressions of raw text or of single sentences."""

    def __init__(self, language: str = "en") -> None:
        """Compile the rules of a language.

        Args:
            language: ISO 639-1 code; only languages with a dates.yaml are served.

        Raises:
            DataError: There are no rules for the language.
        """
        self.grammar = Grammar.load(language)

    def tag(self, text: str, published: date | None = None) -> tuple[TimeExpression, ...]:
        """Return the temporal expressions of a text, in order; a verb's tense is taken to be past.

        Args:
            text: Any text; it need not be split into sentences.
            published: The day from which relative expressions count; None leaves them without value.
        """
        story = Story(published=published, lower=without_capitals(text))
        found: list[TimeExpression] = []
        start = 0
        for number, line in enumerate(text.split("\n\n")):
            found += self.read(line, Span(start, start + len(line)), number, story, tense_nearby(line, start), lambda _: False)
            start += len(line) + 2
        return tuple(found)

    def read(
        self,
        text: str,
        where: Span,
        sentence: int,
        story: Story,
        tense: Callable[[Span], str],
        quoted: Callable[[Span], bool],
    ) -> list[TimeExpression]:
        """Return the expressions of one sentence and move the story on.

        Args:
            text: The sentence.
            where: Its place in the document (code points).
            sentence: Its index.
            story: Where the narrative stands; is changed.
            tense: Tells past, present or future at a span of the document.
            quoted: Tells whether a span of the document stands in quotation marks.
        """
        out: list[TimeExpression] = []
        end = 0
        for found in self.grammar.search(text):
            if found.start < end:
                continue
            span = Span(where.start + found.start, where.start + found.end)
            reading = self._reading(found, text, span, story, tense)
            if reading is None:
                continue
            end = found.end
            out.append(expression(found, reading, span, text[found.start : found.end], sentence))
            if not (quoted(span) and reading.known == "publication"):
                story.follow(reading)
        return close_ends(join_ranges(out, text, where), text, where)

    def _reading(self, found: Found, text: str, span: Span, story: Story, tense: Callable[[Span], str]) -> Reading | None:
        groups: defaultdict[str, str | None] = defaultdict(lambda: None, found.match.groupdict())
        context = Context(
            grammar=self.grammar,
            rule=found.rule.id,
            published=story.published,
            focus=story.focus,
            topic=story.topic,
            tense_of=lambda: tense(span),
            before=text[max(0, found.start - _NEAR) : found.start],
            after=text[found.end : found.end + _NEAR],
            text=text[found.start : found.end],
            lower=story.lower,
        )
        return MAKERS[found.rule.make](groups, context)


def expression(found: Found, reading: Reading, span: Span, text: str, sentence: int) -> TimeExpression:
    """Return a reading as a record."""
    interval = None
    if reading.period is not None:
        period = reading.period
        interval = TimeInterval(
            date=period.begin_iso,
            enddate=period.end_iso,
            earliest=(reading.earliest or period.start).isoformat(),
            latest=(reading.latest or period.end).isoformat(),
            precision={"span": "day", "months": "month"}.get(period.precision, period.precision),
            known=reading.known,
            span=span,
            text=text,
            rule=found.rule.id,
            anchor=reading.anchor.isoformat() if reading.anchor else None,
        )
    return TimeExpression(span=span, text=text, type=reading.type, value=reading.value, interval=interval, sentence=sentence)


def join_ranges(found: list[TimeExpression], text: str, where: Span) -> list[TimeExpression]:
    """Give both expressions of "from 28 July to 3 August" the one interval that they tell together."""
    out = list(found)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        if first.interval is None or second.interval is None or first.interval.enddate is not None:
            continue
        between = text[first.span.end - where.start : second.span.start - where.start].lower().split()
        before = text[max(0, first.span.start - where.start - _NEAR) : first.span.start - where.start].lower().rstrip()
        between = [w for w in between if w not in ("the", "on")]
        ranged = before.endswith("between") and between == ["and"]
        ranged = ranged or (before.endswith("from") and between in (["to"], ["until"], ["through"], ["till"]))
        paired = between == ["and"] and first.type == second.type == "DATE" and _next_to(first.interval, second.interval)
        if not (ranged or paired or between in (["-"], ["–"], ["through"], ["until"], ["till"])):
            continue
        start, stop = first.interval, second.interval
        if start.earliest is None or stop.latest is None or start.earliest > stop.latest:
            continue
        whole = Span(first.span.start, second.span.end)
        words = text[whole.start - where.start : whole.end - where.start]
        joined = replace(start, enddate=stop.enddate or stop.date, latest=stop.latest, span=whole, text=words)
        out[i], out[i + 1] = replace(first, interval=joined), replace(second, interval=joined)
    return out


def close_ends(found: list[TimeExpression], text: str, where: Span) -> list[TimeExpression]:
    """Make "until Tuesday" an interval with an end and no begin, where no begin stands before it."""
    out = []
    for time in found:
        interval = time.interval
        before = text[max(0, time.span.start - where.start - _NEAR) : time.span.start - where.start]
        if interval is not None and interval.span == time.span and _UNTIL.search(before):
            ended = replace(interval, date=None, enddate=interval.enddate or interval.date, earliest=None)
            time = replace(time, interval=ended)
        out.append(time)
    return out


def _next_to(first: TimeInterval, second: TimeInterval) -> bool:
    """Tell whether two intervals are single days of which the second follows the first."""
    if first.precision != "day" or second.precision != "day" or first.date is None or second.date is None:
        return False
    return (date.fromisoformat(second.date) - date.fromisoformat(first.date)).days == 1


class Timexes:
    """The stage that finds and normalises the temporal expressions of each document."""

    name = "resolve.timexes"
    requires = frozenset({Layer.TOKENS, Layer.SENTENCES})
    provides = frozenset({Layer.TIMEXES})

    def __init__(self, language: str = "en") -> None:
        """Compile the rules of a language (ISO 639-1)."""
        self.tagger = TemporalTagger(language)
        sets = self.tagger.grammar.sets
        self._tense = TenseReader(sets["ahead"], sets["timetable"])

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return each analysis with its temporal expressions, in text order."""
        return [replace(analysis, timexes=self._document(analysis)) for analysis in batch]

    def _document(self, analysis: Analysis) -> tuple[TimeExpression, ...]:
        document = analysis.document
        story = Story(published=parse_day(document.published), lower=without_capitals(document.text))
        found: list[TimeExpression] = []
        for sentence in analysis.sentences:
            text = sentence.span.of(document.text)

            def tense(span: Span, sentence: Sentence = sentence) -> str:
                return self._tense.at(analysis, sentence, span)

            def quoted(span: Span, sentence: Sentence = sentence) -> bool:
                return in_quotation(analysis, sentence, span)

            found += self.tagger.read(text, sentence.span, sentence.index, story, tense, quoted)
        return tuple(found)


def in_quotation(analysis: Analysis, sentence: Sentence, span: Span) -> bool:
    """Tell whether a span stands between quotation marks of its block (of its sentence, where there are no blocks)."""
    blocks = analysis.document.blocks
    start = blocks[sentence.block].span.start if sentence.block < len(blocks) else sentence.span.start
    before = analysis.document.text[min(start, span.start) : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


__all__ = ["Story", "TemporalTagger", "Timexes", "in_quotation", "parse_day"]
