"""Find temporal expressions and work out which days they name (TimeML TIMEX3; codebook §3, §5.4, §5.29).

Expressions are read in text order, because some lean on the date last spoken of ("the next day", "that night"): the
narrative stands at the last past day told. Nothing is counted from an anchor that is not known: without a day of
publication "on Monday" stays without value.
"""

from __future__ import annotations

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

_NEAR = 60
"""How far (code points) the rules may look to the left and right of an expression."""


@dataclass(slots=True, kw_only=True)
class Story:
    """Where the narrative stands while a text is read: the one thing here that changes."""

    published: date | None
    lower: bool
    country: str | None = None
    focus: date | None = None
    topic: Period | None = None
    focus_span: Span | None = None
    topic_span: Span | None = None

    def anchor_span(self, reading: Reading) -> Span | None:
        """Return the words that tell the day from which a reading was counted, or None where it is that of publication."""
        if reading.known != "narrative" or reading.anchor is None:
            return None
        if reading.anchor == self.focus:
            return self.focus_span
        return self.topic_span if self.topic is not None and reading.anchor == self.topic.start else None

    def follow(self, reading: Reading, span: Span) -> None:
        """Move on to the date just told, if it is past and definite."""
        period = reading.period
        if period is None or not reading.moves or reading.type not in ("DATE", "TIME"):
            return
        if self.published is not None and period.start > self.published:
            return
        self.topic, self.topic_span = period, span
        if period.precision in ("day", "span"):
            self.focus, self.focus_span = period.end, span
        elif period.precision in ("week",) and reading.known == "narrative":
            self.focus, self.focus_span = period.start, span


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

    def tag(self, text: str, published: date | None = None, country: str | None = None) -> tuple[TimeExpression, ...]:
        """Return the temporal expressions of a text, in order; a verb's tense is taken to be past.

        Args:
            text: Any text; it need not be split into sentences.
            published: The day from which relative expressions count; None leaves them without value.
            country: ISO 3166 alpha-2 of the country whose "Independence Day" is meant; None leaves such days without value.
        """
        story = Story(published=published, lower=without_capitals(text), country=country)
        found: list[TimeExpression] = []
        start = 0
        for number, line in enumerate(text.split("\n\n")):
            found += self.read(line, Span(start, start + len(line)), number, story, self._tense_nearby(line, start), lambda _: False)
            start += len(line) + 2
        return tuple(found)

    def normalise(self, phrases: Sequence[str], published: date | None = None) -> tuple[TimeExpression | None, ...]:
        """Return the reading of each phrase that is known to tell a time, or None where no rule reads it.

        Args:
            phrases: The expressions of one text in its order, without what stands around them. A tense is not known: of
                a date without a year the nearest is taken, of a weekday the last.
            published: The day from which relative expressions count.
        """
        story = Story(published=published, lower=False)
        return tuple(self._phrase(phrase, story) for phrase in phrases)

    def _phrase(self, phrase: str, story: Story) -> TimeExpression | None:
        best = None
        for found in self.grammar.search(phrase, sure=True):
            if best is not None and found.end - found.start <= best[0].end - best[0].start:
                continue
            reading = self._reading(found, phrase, Span(found.start, found.end), story, lambda _: "present", sure=True)
            if reading is not None:
                best = (found, reading)
        if best is None:
            return None
        found, reading = best
        story.follow(reading, Span(found.start, found.end))
        return expression(found, reading, Span(found.start, found.end), phrase[found.start : found.end], 0)

    def _tense_nearby(self, text: str, start: int) -> Callable[[Span], str]:
        """Return a reader of tense for text that is not parsed.

        A word like "will" before the expression, or after one that opens its sentence, looks ahead. A deadline ("by
        Friday") without a past form before it is told in the present; anything else is taken to be past.
        """
        contexts = self.grammar.contexts

        def tense(span: Span) -> str:
            before = text[max(0, span.start - start - _NEAR) : span.start - start]
            if contexts["will"].search(before):
                return "future"
            if contexts["opens"].search(before) and contexts["will_after"].match(text[span.end - start : span.end - start + 2 * _NEAR]):
                return "future"
            if contexts["deadline"].search(before) and not contexts["told"].search(before):
                return "present"
            return "past"

        return tense

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
            out.append(expression(found, reading, span, text[found.start : found.end], sentence, story.anchor_span(reading)))
            if not (quoted(span) and reading.known == "publication"):
                story.follow(reading, span)
        return close_ends(join_ranges(out, text, where, self.grammar), text, where, self.grammar, story.published)

    def _reading(
        self, found: Found, text: str, span: Span, story: Story, tense: Callable[[Span], str], *, sure: bool = False
    ) -> Reading | None:
        groups: defaultdict[str, str | None] = defaultdict(lambda: None, self.grammar.groups(found))
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
            country=story.country,
            sure=sure,
        )
        reading = MAKERS[found.rule.make](groups, context)
        if reading is None or reading.mod is not None or reading.type == "SET":
            return reading
        return replace(reading, mod=self._mod(reading, context))

    def _mod(self, reading: Reading, context: Context) -> str | None:
        """Return the TimeML MOD of a reading: "over" makes more of "two weeks", not of "the past two weeks" or "the weekend"."""
        inside = self.grammar.modifier(context.text, "")
        if inside is not None:
            return inside
        before = self.grammar.modifier("", context.before)
        counted = reading.type == "DURATION" and self.grammar.contexts["definite"].match(context.text) is None
        return before if counted or before in ("START", "MID", "END", "APPROX") else None


def expression(found: Found, reading: Reading, span: Span, text: str, sentence: int, anchor_span: Span | None = None) -> TimeExpression:
    """Return a reading as a record; `anchor_span` are the words of the day that it was counted from."""
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
            anchor_span=anchor_span,
        )
    return TimeExpression(
        span=span,
        text=text,
        type=reading.type,
        value=reading.value,
        interval=interval,
        sentence=sentence,
        mod=reading.mod,
        rule=found.rule.id,
    )


def join_ranges(found: list[TimeExpression], text: str, where: Span, grammar: Grammar) -> list[TimeExpression]:
    """Give both expressions of "from 28 July to 3 August" the one interval that they tell together."""
    out = list(found)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        if first.interval is None or second.interval is None or first.interval.enddate is not None:
            continue
        between = text[first.span.end - where.start : second.span.start - where.start]
        before = text[max(0, first.span.start - where.start - _NEAR) : first.span.start - where.start]
        also = grammar.contexts["and"].fullmatch(between) is not None
        ranged = also and grammar.contexts["between"].search(before) is not None
        ranged = ranged or (grammar.contexts["from"].search(before) is not None and grammar.contexts["to"].fullmatch(between) is not None)
        paired = also and first.type == second.type == "DATE" and _next_to(first.interval, second.interval)
        if not (ranged or paired or grammar.contexts["through"].fullmatch(between)):
            continue
        start, stop = first.interval, second.interval
        if start.earliest is None or stop.latest is None or start.earliest > stop.latest:
            continue
        whole = Span(first.span.start, second.span.end)
        words = text[whole.start - where.start : whole.end - where.start]
        joined = replace(start, enddate=stop.enddate or stop.date, latest=stop.latest, span=whole, text=words)
        out[i], out[i + 1] = replace(first, interval=joined), replace(second, interval=joined)
    return out


def close_ends(
    found: list[TimeExpression], text: str, where: Span, grammar: Grammar, published: date | None = None
) -> list[TimeExpression]:
    """Make "until Tuesday" and "by Tuesday" an interval with an end and no begin, and let "since Tuesday" last to publication."""
    out = []
    for time in found:
        interval = time.interval
        before = text[max(0, time.span.start - where.start - _NEAR) : time.span.start - where.start]
        if interval is not None and interval.span == time.span:
            after = text[time.span.end - where.start : time.span.end - where.start + _NEAR]
            owned = grammar.contexts["possessive"].match(after) is not None  # "by Friday's march": the march was on Friday
            if grammar.contexts["until"].search(before) or (time.type == "DATE" and grammar.contexts["by"].search(before) and not owned):
                interval = replace(interval, date=None, enddate=interval.enddate or interval.date, earliest=None)
            elif published is not None and interval.latest is not None and grammar.contexts["since"].search(before) and not owned:
                today = published.isoformat()
                if interval.latest < today or (interval.earliest or "") < today:
                    interval = replace(interval, enddate=today, latest=max(interval.latest, today))
            time = replace(time, interval=interval)
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
        self._tense = TenseReader(sets["ahead"], sets["timetable"], sets["planning"])

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return each analysis with its temporal expressions, in text order."""
        return [replace(analysis, timexes=self._document(analysis)) for analysis in batch]

    def _document(self, analysis: Analysis) -> tuple[TimeExpression, ...]:
        document = analysis.document
        story = Story(published=parse_day(document.published), lower=without_capitals(document.text), country=only_country(analysis))
        found: list[TimeExpression] = []
        for sentence in analysis.sentences:
            text = sentence.span.of(document.text)

            def tense(span: Span, sentence: Sentence = sentence) -> str:
                return self._tense.at(analysis, sentence, span)

            def quoted(span: Span, sentence: Sentence = sentence) -> bool:
                return in_quotation(analysis, sentence, span)

            found += self.tagger.read(text, sentence.span, sentence.index, story, tense, quoted)
        return tuple(found)


def only_country(analysis: Analysis) -> str | None:
    """Return the country (ISO 3166 alpha-3) of all places that were found, or None where there are none or several."""
    countries = {toponym.place.country_code for toponym in analysis.toponyms}
    return countries.pop() if len(countries) == 1 else None


def in_quotation(analysis: Analysis, sentence: Sentence, span: Span) -> bool:
    """Tell whether a span stands between quotation marks of its block (of its sentence, where there are no blocks)."""
    blocks = analysis.document.blocks
    start = blocks[sentence.block].span.start if sentence.block < len(blocks) else sentence.span.start
    before = analysis.document.text[min(start, span.start) : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


__all__ = ["Story", "TemporalTagger", "Timexes", "in_quotation", "parse_day"]
