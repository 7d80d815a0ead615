"""Choose when each candidate happened (codebook §3, §5.4, §5.24, §5.26, §5.29).

The time is read from the candidate's own clause; else from the clauses that the tree ties most closely to it; else it
is inherited from the narrative, only where that is plainly the same thread; else it is None. The day of publication is
never taken unless the text says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.resolve.time_grammar import read_words
from dateline.resolve.time_tense import aspect, governor, head_of, is_verb
from dateline.resolve.timexes import in_quotation, parse_day
from dateline.types import Analysis, EventCandidate, Layer, Sentence, TimeExpression, TimeInterval, Token

UTTERED = frozenset({"AGREE", "CONCEDE", "THREATEN", "REQUEST"})
"""Types dated by when they were uttered: a later date is their content (codebook §5.4)."""
VERBAL = UTTERED | {"ACCUSE", "REJECT", "SUPPORT", "CONSULT"}
"""Types done in words or by meeting; the rest are deeds."""

# What it costs to cross the edge of a clause between trigger and time, going up from the trigger and down to the time.
# Source: how often such a time was the event's own in coded news (a cost of 1 is about even odds).
_UP = {"ccomp": 0.3, "conj": 0.5, "advcl": 0.4, "relcl": 0.8, "acl": 0.6, "xcomp": 0.2, "pcomp": 0.3, "csubj": 0.5, "parataxis": 0.6}
_DOWN = {"ccomp": 1.4, "conj": 0.8, "advcl": 0.8, "relcl": 1.0, "acl": 0.8, "xcomp": 0.7, "pcomp": 0.9, "csubj": 0.9, "parataxis": 0.9}
_DEED_FROM_SAYING = 0.3
_LOOKS_BACK = 1.3
_EARLIER = 0.4
_AS_CLOSE = 0.3
_LIMIT = 1.25
_STEPS = {"year": 0.25, "decade": 0.6, "century": 1.0, "season": 0.1, "quarter": 0.1, "half": 0.2}
_STORY_DAYS = 8
"""How old (days before publication) the day of a news story may be for later sentences to inherit it."""
_LEAD = 1
"""The last sentence (from 0, the headline counts) that may be a lead, which tells the day's news in the perfect."""
_STORY_SENTENCES = 3
"""In how many sentences of the body the day of the story is looked for."""
_STORY_REACH = 16
"""How many sentences after its opening a story's day still holds."""
_THREAD = 5
"""How many sentences back within a block the day of a thread may stand."""


@dataclass(frozen=True, slots=True)
class Words:
    """What opens a phrase that looks back ("after"), and the verbs whose object happened before ("condemn")."""

    background: frozenset[str]
    reactions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """How closely an expression is tied to a trigger: the cost, and the path of clause edges."""

    time: TimeExpression
    cost: float
    path: str


class Temporal:
    """The stage that gives each candidate its interval."""

    name = "resolve.temporal"
    requires = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.TIMEXES, Layer.CANDIDATES})
    provides = frozenset({Layer.INTERVALS})

    def __init__(self, language: str = "en") -> None:
        """Read the word lists of a language (ISO 639-1)."""
        background, reactions = read_words(language, "background", "reactions")
        self._words = Words(background, reactions)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return each analysis with one interval (or None) a candidate."""
        return [replace(analysis, intervals=self._document(analysis)) for analysis in batch]

    def _document(self, analysis: Analysis) -> tuple[TimeInterval | None, ...]:
        by_sentence: dict[int, list[TimeExpression]] = {}
        for time in analysis.timexes:
            if time.interval is not None:
                by_sentence.setdefault(time.sentence, []).append(time)
        story = story_day(analysis, by_sentence)
        return tuple(self._candidate(analysis, c, by_sentence, story) for c in analysis.candidates)

    def _candidate(
        self, analysis: Analysis, candidate: EventCandidate, by_sentence: dict[int, list[TimeExpression]], story: TimeExpression | None
    ) -> TimeInterval | None:
        sentence = analysis.sentences[candidate.sentence]
        own = by_sentence.get(candidate.sentence, [])
        ties = [t for time in own if (t := tie(analysis, sentence, candidate, time, self._words)) is not None]
        ties.sort(key=lambda t: (t.cost, abs(t.time.span.start - candidate.trigger.span.start)))
        if ties and ties[0].cost <= _LIMIT:
            return closest(ties)
        if any(may_date(analysis, candidate, time) for time in own):
            return None
        return inherited(analysis, candidate, by_sentence, story)


def tie(analysis: Analysis, sentence: Sentence, candidate: EventCandidate, time: TimeExpression, words: Words) -> Tie | None:
    """Return how an expression of the sentence is tied to a candidate, or None where it cannot be its time."""
    if time.interval is None or not may_date(analysis, candidate, time):
        return None
    head = head_of(analysis, sentence, time.span)
    if head is None:
        return None
    trigger = analysis.tokens[candidate.trigger.head]
    up, down = to_common(analysis, trigger, head)
    climbs = [t.dep for t in up if t.dep in _UP]
    falls = [t.dep for t in down if t.dep in _DOWN]
    cost = sum(_UP[d] for d in climbs) + sum(_DOWN[d] for d in falls) + _STEPS.get(time.interval.precision, 0.0)
    if "relcl" in falls and not candidate.nominal and any(t.dep == "relcl" and aspect(analysis, t) == "pluperfect" for t in down):
        cost += _EARLIER
    verbal = candidate.event_type in VERBAL
    if "ccomp" in climbs and not verbal:
        cost += _DEED_FROM_SAYING
    if up and not falls and (climbs or candidate.nominal):
        cost += background(analysis, [trigger, *up], candidate, words)
    if time.type == "DURATION":
        cost += 0.4
    return Tie(time, cost + 0.01 * (len(up) + len(down)), "/".join([*climbs, "^", *falls]))


def background(analysis: Analysis, path: list[Token], candidate: EventCandidate, words: Words) -> float:
    """Return the cost of a trigger that the sentence only looks back at ("after the attack", "condemned the riots")."""
    cost = 0.0
    for token in path:
        if token.dep == "prep" and token.text.lower() in words.background:
            cost += _LOOKS_BACK
        if token.dep in ("advcl", "pcomp", "relcl", "acl", "ccomp"):
            marks = {t.text.lower() for t in analysis.children(token) if t.dep in ("mark", "prep", "advmod")}
            if (token.dep == "advcl" and marks & words.background) or (
                is_verb(token) and aspect(analysis, token) in ("pluperfect", "perfect")
            ):
                cost += _LOOKS_BACK
    if candidate.nominal and candidate.event_type not in VERBAL:
        verb = governor(analysis, path[0])
        if verb is not None and verb.lemma in words.reactions:
            cost += _LOOKS_BACK
    return cost


def closest(ties: list[Tie]) -> TimeInterval | None:
    """Return the interval of the closest tie, or of one about as close that says the same more exactly ("the week after, on May 3")."""
    best = ties[0]
    chosen = best.time.interval
    for other in ties[1:]:
        inner = other.time.interval
        if other.cost > best.cost + _AS_CLOSE or inner is None or chosen is None or chosen.precision == "day":
            continue
        if None in (inner.earliest, inner.latest, chosen.earliest, chosen.latest):
            continue
        within = str(chosen.earliest) <= str(inner.earliest) and str(inner.latest) <= str(chosen.latest)
        if within and (inner.earliest, inner.latest) != (chosen.earliest, chosen.latest):
            chosen = inner
    return chosen


def to_common(analysis: Analysis, first: Token, second: Token) -> tuple[list[Token], list[Token]]:
    """Return the tokens climbed from each of two tokens up to, without, the lowest token above both."""
    above = [first]
    while above[-1].head != above[-1].index and len(above) < 300:
        above.append(analysis.tokens[above[-1].head])
    place = {t.index: i for i, t in enumerate(above)}
    path = [second]
    while path[-1].index not in place:
        if path[-1].head == path[-1].index or len(path) > 300:
            return above, path
        path.append(analysis.tokens[path[-1].head])
    return above[: place[path[-1].index]], path[:-1]


def may_date(analysis: Analysis, candidate: EventCandidate, time: TimeExpression) -> bool:
    """Tell whether a time can be the candidate's at all: what was uttered was uttered before publication."""
    interval = time.interval
    published = parse_day(analysis.document.published)
    if interval is None or published is None:
        return interval is not None
    ahead = (interval.earliest or interval.latest or "") > published.isoformat()
    planned = "future" in candidate.auxiliary or "hypothetical" in candidate.auxiliary
    return not ahead or (planned and candidate.event_type not in UTTERED)


def story_day(analysis: Analysis, by_sentence: dict[int, list[TimeExpression]]) -> TimeExpression | None:
    """Return the day that the opening of a news story stands at: a day of the last week told in its first sentences."""
    published = parse_day(analysis.document.published)
    if published is None:
        return None
    oldest = (published - timedelta(days=min(_STORY_DAYS, (published - date.min).days))).isoformat()
    for sentence in [s for s in analysis.sentences if s.kind == "body"][:_STORY_SENTENCES]:
        for time in by_sentence.get(sentence.index, []):
            interval = time.interval
            if interval is None or interval.precision != "day" or interval.earliest is None:
                continue
            if interval.known != "publication" or not oldest <= interval.earliest <= published.isoformat():
                continue
            head = head_of(analysis, sentence, time.span)
            if head is not None and main_clause(analysis, head) and not in_quotation(analysis, sentence, time.span):
                return time
    return None


def main_clause(analysis: Analysis, token: Token) -> bool:
    """Tell whether a token stands in the main clause: no clause edge between it and the root."""
    node = token
    for _ in range(300):
        if node.head == node.index:
            return True
        if node.dep in _DOWN and node.dep != "conj" and is_verb(node):
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
    if candidate.nominal or {"historical", "future"} & set(candidate.auxiliary):
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
            if time.interval is None or time.interval.precision != "day" or head is None:
                continue
            if main_clause(analysis, head) and may_date(analysis, candidate, time):
                return time
    return None
