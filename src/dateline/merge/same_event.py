"""Whether two candidates of one article tell of one event: what is compared, as features of a small linear model.

Hard rules come first: candidates of two types, or whose acts exclude each other, are never one event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.models.linear import levels
from dateline.types import Actor, Analysis, EventCandidate, Place, Quantity, TimeInterval

EXCLUSIVE = {
    "arrest", "curfew", "seize", "deport", "censor", "convict", "expel", "resign", "release", "investigate", "allege", "disapprove",
    "strike", "hunger", "abduct", "phone", "visit", "meet", "assist", "yield", "change", "obstruct", "restrict", "withdraw", "disarm",
    "targeted", "destroy", "explosives", "aerial",
}  # fmt: skip
"""Modes that name an act so distinctly that it matters whether two candidates share them."""

CROSSED = (
    ("actors", "recipients"), ("actors", "word"), ("recipients", "word"), ("dates", "places"), ("distance", "form"),
    ("distance", "actors"), ("distance", "recipients"), ("word", "form"), ("distance", "word"), ("actors", "dates"),
    ("dates", "word"), ("places", "word"), ("distance", "crowd"), ("distance", "dates"), ("distance", "places"),
    ("form", "definite"), ("modes", "word"), ("modes", "actors"),
)  # fmt: skip
"""Comparisons that are also read two at a time."""


@dataclass(frozen=True, slots=True)
class Told:
    """A candidate with what was resolved for it."""

    number: int
    candidate: EventCandidate
    lemma: str
    definite: bool
    block: int
    interval: TimeInterval | None
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    confidence: float


def told(analysis: Analysis) -> list[Told]:
    """Return the candidates of an analysis beside their resolutions."""
    definite = {
        t.head
        for t in analysis.tokens
        if t.dep in ("det", "poss") and t.lemma in ("the", "this", "that", "these", "those", "their", "his", "its")
    }
    return [
        Told(
            number,
            candidate,
            analysis.tokens[candidate.trigger.head].lemma,
            candidate.trigger.head in definite,
            analysis.sentences[candidate.sentence].block,
            analysis.intervals[number],
            analysis.places[number],
            analysis.sides[number].actors,
            analysis.sides[number].recipients,
            analysis.confidences[number],
        )
        for number, candidate in enumerate(analysis.candidates)
    ]


def names(actors: Sequence[Actor]) -> set[str]:
    """All words by which the named actors are called, lower case."""
    out: set[str] = set()
    for actor in actors:
        for text in (actor.text, actor.identifier_text):
            out |= {w for w in (text or "").lower().replace("’s", "").split() if len(w) > 2 and w not in ("the", "and", "for")}
    return out


def sides_agree(a: Sequence[Actor], b: Sequence[Actor]) -> str:
    """Compare two sides: shared names, the same kind of side, apart, or one of them unknown."""
    ours, theirs = names(a), names(b)
    if not ours or not theirs:
        return "unknown" if ours or theirs else "both-unknown"
    if ours & theirs:
        return "share"
    sectors = {s for x in a for s in x.sectors[:1]} & {s for x in b for s in x.sectors[:1]}
    codes = {x.code for x in a} & {x.code for x in b}
    named = any(x.identifier_text for x in a) and any(x.identifier_text for x in b)
    return "apart" if named or not (sectors and codes) else "alike"


def dates_agree(a: TimeInterval | None, b: TimeInterval | None) -> str:
    """Compare two intervals: the same begin, overlapping, apart, or one of them unknown."""
    if a is None or b is None or a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return "unknown" if a or b else "both-unknown"
    inherited = "inherited" in (a.known, b.known)
    if a.date is not None and a.date == b.date:
        return "same-inherited" if inherited else "same"
    if inherited:
        return "inherited"
    return "overlap" if a.earliest <= b.latest and b.earliest <= a.latest else "apart"


def places_agree(a: Sequence[Place], b: Sequence[Place]) -> str:
    """Compare two sets of places: one shared, one within the other, apart, or one of them unknown."""
    if not a or not b:
        return "unknown" if a or b else "both-unknown"
    if {x.name for x in a} & {y.name for y in b}:
        return "same"
    within = any(x.country_code == y.country_code and min(x.resolution or 1, y.resolution or 1) <= 2 for x in a for y in b)
    return "within" if within else "apart"


def counts_agree(a: Sequence[Quantity], b: Sequence[Quantity]) -> str:
    """Compare counts of one kind: equal, different, or none in common."""
    shared = {q.what for q in a} & {q.what for q in b}
    if not shared:
        return "none"
    return "equal" if any(x.what == y.what and x.minimum == y.minimum for x in a for y in b) else "different"


def possible(a: Told, b: Told) -> bool:
    """Tell whether the hard rules leave two candidates open to be one event."""
    return a.candidate.event_type == b.candidate.event_type and ("negation" in a.candidate.auxiliary) == (
        "negation" in b.candidate.auxiliary
    )


def pair_features(a: Told, b: Told, of_type: int, learned: float | None = None) -> list[str]:
    """Return the features of a pair, `a` standing before `b`.

    Args:
        a: The earlier candidate.
        b: The later one.
        of_type: How many candidates of their type the article has.
        learned: What the learned coder says (probability 0-1), where there is one.
    """
    found = list(_pair(a, b, of_type))
    if learned is not None:
        found += levels("learned.same", learned)
    return list(dict.fromkeys(found))


def learned_scores(analysis: Analysis, pairs: Sequence[tuple[Told, Told]]) -> Sequence[float | None]:
    """Return what the learned coder says of each pair; None where there is none."""
    if analysis.encoding is None:
        return [None] * len(pairs)
    at = analysis.tokens
    return analysis.encoding.same_scores([(at[a.candidate.trigger.head], at[b.candidate.trigger.head]) for a, b in pairs])


def _pair(a: Told, b: Told, of_type: int) -> Iterator[str]:
    kind = a.candidate.event_type
    apart = b.candidate.sentence - a.candidate.sentence
    distance = (
        "0" if apart == 0 else "1" if apart == 1 else "2" if apart == 2 else "3-5" if apart <= 5 else "6-10" if apart <= 10 else "far"
    )
    fields = {
        "actors": sides_agree(a.actors, b.actors),
        "recipients": sides_agree(a.recipients, b.recipients),
        "dates": dates_agree(a.interval, b.interval),
        "places": places_agree(a.places, b.places),
        "counts": counts_agree(a.candidate.quantities, b.candidate.quantities),
        "distance": distance,
        "word": "same" if a.lemma == b.lemma else "other",
        "form": f"{'noun' if a.candidate.nominal else 'verb'}-{'noun' if b.candidate.nominal else 'verb'}",
        "block": "same" if a.block == b.block else "other",
        "definite": str(b.definite),
        "auxiliary": "same" if a.candidate.auxiliary == b.candidate.auxiliary else "other",
        "crowd": str(min(of_type, 8)),
        "says": "both" if a.candidate.says and b.candidate.says else "one" if a.candidate.says or b.candidate.says else "none",
        "modes": modes_agree(a, b),
    }
    yield f"type={kind}"
    for name, value in fields.items():
        yield f"{name}={value}"
        yield f"type={kind}+{name}={value}"
    for left, right in CROSSED:
        yield f"{left}={fields[left]}+{right}={fields[right]}"


def modes_agree(a: Told, b: Told) -> str:
    """Compare the modes: shared, apart where both have distinct ones, or open."""
    ours, theirs = set(a.candidate.modes), set(b.candidate.modes)
    if ours & theirs:
        return "share"
    if (ours & EXCLUSIVE) and (theirs & EXCLUSIVE):
        return "apart"
    return "one" if ours or theirs else "none"


def types_of(found: Sequence[Told]) -> Counter[str]:
    """Count the candidates a type."""
    return Counter(t.candidate.event_type for t in found)
