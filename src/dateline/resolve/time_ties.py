"""Weigh how closely an expression of time is tied to a trigger in the parse of its sentence (codebook §3, §5.4, §5.26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dateline.errors import DataError
from dateline.resolve.time_grammar import read_rules
from dateline.resolve.time_tense import aspect, governor, head_of, is_verb
from dateline.resolve.timexes import parse_day
from dateline.types import Analysis, EventCandidate, Sentence, TimeExpression, TimeInterval, Token

UTTERED = frozenset({"AGREE", "CONCEDE", "THREATEN", "REQUEST"})
"""Types dated by when they were uttered: a later date is their content (codebook §5.4)."""
VERBAL = UTTERED | {"ACCUSE", "REJECT", "SUPPORT", "CONSULT"}
"""Types done in words or by meeting; the rest are deeds."""

# What it costs to cross the edge of a clause between trigger and time, going up from the trigger and down to the time.
# Source: how often such a time was the event's own in coded news (a cost of 1 is about even odds).
_UP = {"ccomp": 0.3, "conj": 0.5, "advcl": 0.4, "relcl": 0.8, "acl": 0.6, "xcomp": 0.2, "pcomp": 0.3, "csubj": 0.5, "parataxis": 0.6}
_DOWN = {"ccomp": 1.4, "conj": 0.8, "advcl": 0.8, "relcl": 1.0, "acl": 0.8, "xcomp": 0.7, "pcomp": 0.9, "csubj": 0.9, "parataxis": 0.9}
CLAUSES = frozenset(_DOWN)
_DEED_FROM_SAYING = 0.3
_LOOKS_BACK = 1.3
_EARLIER = 0.4
_AS_CLOSE = 0.3
LIMIT = 1.25
_STEPS = {"year": 0.25, "decade": 0.6, "century": 1.0, "season": 0.1, "quarter": 0.1, "half": 0.2}


@dataclass(frozen=True, slots=True)
class Words:
    """What opens a phrase that looks back ("after"), the verbs whose object happened before ("condemn"), and what a length hangs on."""

    background: frozenset[str]
    reactions: frozenset[str]
    hangs: Mapping[str, int]
    """What opens the event that a length is counted from: 1 after it, -1 before it."""
    units: Mapping[str, str]
    """Units of time and their TimeML letters."""

    terms: frozenset[str]
    """Verbs that set a term: "for two years" beside them is how long it will last."""

    comes: frozenset[str]
    """Verbs that put the news beside an earlier event: "it comes a week after the vote"."""

    @classmethod
    def read(cls, language: str) -> Words:
        """Read the lists of a language (ISO 639-1) from its dates.yaml.

        Raises:
            DataError: There is no such file, or it lacks a list.
        """
        data = read_rules(language)
        try:
            return cls(
                frozenset(data["background"]["values"]),
                frozenset(data["reactions"]["values"]),
                dict(data["hangs"]["values"]),
                dict(data["words"]["unit"]["values"]),
                frozenset(data["terms"]["values"]),
                frozenset(data["comes"]["values"]),
            )
        except (KeyError, TypeError) as error:
            raise DataError(f"dates.yaml: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Tie:
    """How closely an expression is tied to a trigger: the cost, and the path of clause edges."""

    time: TimeExpression
    cost: float
    path: str


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
    if any(t.dep == "poss" for t in down) and any(t.dep == "prep" and t.text.lower() in words.background for t in down):
        cost += _LOOKS_BACK  # "arrested before Friday's march": the march was on Friday
    opens_with = up[-1].dep == "relcl" and not down if up else False
    if opens_with and time.interval.precision == "day" and time.interval.enddate == analysis.document.published:
        # "since August 19, when rebels attacked": what the day itself saw did not go on
        time = replace(time, interval=replace(time.interval, enddate=None, latest=time.interval.earliest))
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
