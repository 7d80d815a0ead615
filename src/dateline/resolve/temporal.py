"""Choose when each candidate happened (codebook §3, §5.4, §5.24, §5.26, §5.29).

The time is read from the candidate's own clause; else from the clauses that the tree ties most closely to it; else it
is inherited from the narrative, only where that is plainly the same thread; else it is None. The day of publication is
never taken unless the text says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.resolve.time_events import count_from_events
from dateline.resolve.time_spans import run_on, up_to_publication
from dateline.resolve.time_tense import aspect, governor, head_of, is_verb
from dateline.resolve.time_ties import CLAUSES, LIMIT, UTTERED, VERBAL, Words, closest, main_clause, may_date, tie
from dateline.resolve.timexes import in_quotation, parse_day
from dateline.types import Analysis, EventCandidate, Layer, TimeExpression, TimeInterval, Token

_STORY_DAYS = 8
"""How old (days before publication) the day of a news story may be for later sentences to inherit it."""
SPOKEN = UTTERED | {"REJECT", "ACCUSE"}
"""Types whose act is the speaking, even of what is to come ("we will not accept it")."""
NEWS = ("past", "perfect", "present")
_LEAD = 1
"""The last sentence (from 0, the headline counts) that may be a lead, which tells the day's news in the perfect."""
_STORY_SENTENCES = 3
"""In how many sentences of the body the day of the story is looked for."""
_STORY_REACH = 16
"""How many sentences after its opening a story's day still holds."""
_THREAD = 5
"""How many sentences back within a block the day of a thread may stand."""


class Temporal:
    """The stage that gives each candidate its interval."""

    name = "resolve.temporal"
    requires = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.TIMEXES, Layer.CANDIDATES})
    provides = frozenset({Layer.INTERVALS})

    def __init__(self, language: str = "en") -> None:
        """Read the word lists of a language (ISO 639-1)."""
        self._words = Words.read(language)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return each analysis with one interval (or None) a candidate."""
        return [replace(analysis, intervals=self._document(analysis)) for analysis in batch]

    def _document(self, analysis: Analysis) -> tuple[TimeInterval | None, ...]:
        by_sentence: dict[int, list[TimeExpression]] = {}
        for time in analysis.timexes:
            interval = time.interval or up_to_publication(analysis, time, self._words)
            if interval is not None:
                by_sentence.setdefault(time.sentence, []).append(replace(time, interval=interval))
        story = story_day(analysis, by_sentence)
        by_sentence, barred = count_from_events(analysis, by_sentence, self._words, story.interval if story else None)
        intervals = []
        for candidate in analysis.candidates:
            own = [t for t in by_sentence.get(candidate.sentence, []) if candidate.trigger.head not in barred.get(t.span, ())]
            intervals.append(self._candidate(analysis, candidate, own, by_sentence, story))
        return tuple(intervals)

    def _candidate(
        self,
        analysis: Analysis,
        candidate: EventCandidate,
        own: list[TimeExpression],
        by_sentence: dict[int, list[TimeExpression]],
        story: TimeExpression | None,
    ) -> TimeInterval | None:
        sentence = analysis.sentences[candidate.sentence]
        ties = [t for time in own if (t := tie(analysis, sentence, candidate, time, self._words)) is not None]
        ties.sort(key=lambda t: (t.cost, abs(t.time.span.start - candidate.trigger.span.start)))
        if ties and ties[0].cost <= LIMIT:
            chosen = closest(ties)
            return run_on(analysis, candidate, chosen, self._words) if chosen else None
        if any(may_date(analysis, candidate, time) for time in own):
            return None
        return inherited(analysis, candidate, by_sentence, story)


def story_day(analysis: Analysis, by_sentence: dict[int, list[TimeExpression]]) -> TimeExpression | None:
    """Return the day that the opening of a news story stands at: a day of the last week told in its first sentences."""
    published = parse_day(analysis.document.published)
    if published is None:
        return None
    oldest = (published - timedelta(days=min(_STORY_DAYS, (published - date.min).days))).isoformat()
    for sentence in [s for s in analysis.sentences if s.kind == "body"][:_STORY_SENTENCES]:
        for time in by_sentence.get(sentence.index, []):
            interval = time.interval
            if interval is None or interval.precision != "day" or interval.earliest is None or interval.enddate is not None:
                continue
            if interval.known != "publication" or not oldest <= interval.earliest <= published.isoformat():
                continue
            head = head_of(analysis, sentence, time.span)
            if head is not None and news_clause(analysis, head) and not in_quotation(analysis, sentence, time.span):
                return time
    return None


def news_clause(analysis: Analysis, token: Token) -> bool:
    """Tell whether a token stands where an opening tells its news.

    That is the main clause, the words of a report ("was killed on Friday, police said") and a participle that stands
    beside it ("speaking here on Friday, he said").
    """
    node = token
    for _ in range(300):
        if node.head == node.index:
            return True
        beside = node.dep == "advcl" and node.tag == "VBG" and not any(t.dep == "mark" for t in analysis.children(node))
        reported = node.dep == "ccomp" and aspect(analysis, node) in NEWS
        if is_verb(node) and node.dep in CLAUSES and node.dep != "conj" and not (beside or reported):
            return False
        node = analysis.tokens[node.head]
    return False


def inherited(
    analysis: Analysis,
    candidate: EventCandidate,
    by_sentence: dict[int, list[TimeExpression]],
    story: TimeExpression | None,
) -> TimeInterval | None:
    """Return the day of the thread for a candidate without a time of its own, where it plainly goes on telling that day.

    The nearest day told before it in the same block comes first, then the day of the story's opening, which only
    what was said inherits. A perfect ("has announced"), a pluperfect or a noun ("the decision") says nothing of when.
    """
    told = set(candidate.auxiliary) - ({"future"} if candidate.event_type in SPOKEN else set())
    if (candidate.nominal and candidate.construction != "light-verb") or {"historical", "future"} & told:
        return None
    verbal = candidate.event_type in VERBAL
    if not _goes_on(analysis, candidate, verbal):
        return None
    trigger = analysis.tokens[candidate.trigger.head]
    found = _thread(analysis, candidate, by_sentence)
    if found is None and (verbal or trigger.head == trigger.index) and story and not superseded(analysis, candidate, by_sentence, story):
        found = story
    if found is None or found.interval is None:
        return None
    return replace(found.interval, known="inherited")


def superseded(analysis: Analysis, candidate: EventCandidate, by_sentence: dict[int, list[TimeExpression]], story: TimeExpression) -> bool:
    """Tell whether the text has left the story's opening behind: by far, or for another past day told by its date."""
    if candidate.sentence - story.sentence > _STORY_REACH:
        return True
    day = story.interval.date if story.interval else None
    for number in range(story.sentence + 1, candidate.sentence):
        for time in by_sentence.get(number, []):
            interval = time.interval
            if interval is None or interval.precision != "day" or interval.known == "publication":
                continue
            if interval.date in (None, day) or not may_date(analysis, candidate, time):
                continue
            head = head_of(analysis, analysis.sentences[number], time.span)
            if head is not None and main_clause(analysis, head):
                return True
    return False


def _goes_on(analysis: Analysis, candidate: EventCandidate, verbal: bool) -> bool:
    """Tell whether the clause of a trigger carries the narrative on: a simple past, or words spoken in one."""
    trigger = analysis.tokens[candidate.trigger.head]
    verb = governor(analysis, trigger)
    if verb is None:
        return False
    form = aspect(analysis, verb)
    if form == "past":
        return True
    if form == "perfect" and verbal:
        return verb.head == verb.index and candidate.sentence <= _LEAD  # the lead of a story tells its day in the perfect
    if not verbal or form in ("perfect", "pluperfect"):
        return False
    root = verb
    while root.head != root.index:
        root = analysis.tokens[root.head]
    if root.index != verb.index:
        return is_verb(root) and aspect(analysis, root) == "past"
    return form == "modal" and in_quotation(analysis, analysis.sentences[candidate.sentence], candidate.trigger.span)


def _thread(analysis: Analysis, candidate: EventCandidate, by_sentence: dict[int, list[TimeExpression]]) -> TimeExpression | None:
    """Return the last past day told in a main clause of the same block, at most `_THREAD` sentences back."""
    block = analysis.sentences[candidate.sentence].block
    for number in range(candidate.sentence - 1, max(-1, candidate.sentence - 1 - _THREAD), -1):
        sentence = analysis.sentences[number]
        if sentence.block != block:
            return None
        for time in reversed(by_sentence.get(number, [])):
            head = head_of(analysis, sentence, time.span)
            if time.interval is None or time.interval.precision != "day" or head is None or time.interval.enddate is not None:
                continue  # a span ("since August 19") is where the text comes from, not where it stands
            if main_clause(analysis, head) and may_date(analysis, candidate, time):
                return time
    return None
