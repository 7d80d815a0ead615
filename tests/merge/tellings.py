"""Made-up candidates with what was resolved for them: one sentence a candidate, one trigger a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.models.linear import LinearModel
from dateline.types import (
    Actor,
    Analysis,
    Argument,
    Attribution,
    Block,
    Document,
    EventCandidate,
    Mention,
    Place,
    Quantity,
    Sentence,
    Sides,
    Span,
    TimeInterval,
    Token,
)

JOINER = LinearModel(
    bias=1.0,
    weights={"dates=apart": -4.0, "places=apart": -4.0, "actors=apart": -4.0, "counts=different": -4.0},
    slope=1.0,
    shift=0.0,
    threshold=0.5,
)
"""Joins whatever nothing keeps apart."""

KEEPER = LinearModel(bias=4.0, weights={}, slope=1.0, shift=0.0, threshold=0.5)
"""Joins whatever the hard rules let it join."""

PARTER = LinearModel(bias=-4.0, weights={}, slope=1.0, shift=0.0, threshold=0.5)
"""Joins nothing."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One candidate: its type and word, and what was resolved."""

    word: str = "arrested"
    event_type: str = "COERCE"
    confidence: float = 0.8
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    auxiliary: tuple[str, ...] = ()
    nominal: bool = False
    definite: bool = False
    same_sentence: bool = False
    interval: TimeInterval | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    arguments: tuple[Argument, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claim: str = "asserted"
    says: Attribution | None = None
    notes: tuple[str, ...] = field(default=("events.triggers: made up",))


def telling(word: str = "arrested", event_type: str = "COERCE", **given: object) -> Telling:
    """Return a telling."""
    return Telling(word=word, event_type=event_type, **given)  # type: ignore[arg-type]


def day(date: str, known: str = "explicit", precision: str = "day", latest: str | None = None) -> TimeInterval:
    """Return an interval of a day, or up to `latest`."""
    first = {"day": date, "month": f"{date}-01", "year": f"{date}-01-01"}[precision]
    return TimeInterval(
        date=date,
        enddate=None,
        earliest=first,
        latest=latest or first,
        precision=precision,
        known=known,
        span=None,
        text=None,
        rule="made up",
    )


def town(name: str, country: str = "BOL", resolution: int = 4) -> Place:
    """Return a place."""
    return Place(
        text=name, span=None, name=name, geonameid=None, latitude=None, longitude=None, city=name, district=None, province=None,
        country=None, country_code=country, feature_class="P", feature_code="PPL", resolution=resolution, radius_km=10.0,
    )  # fmt: skip


def who(text: str, code: str | None = None, sector: str = "COP", name: str | None = None) -> Actor:
    """Return a side."""
    return Actor(text=text, span=None, code=code, sectors=(sector,), identifier_text=name)


def argument(role: str, path: str, text: str = "police") -> Argument:
    """Return an argument found by a path."""
    return Argument(role=role, span=Span(0, len(text)), head=0, text=text, path=path)


def told_by(text: str | None = "mayor") -> Attribution:
    """Return a source."""
    return Attribution(text=text, span=None, kind="official", cue="said", cue_span=Span(0, 4))


def analysis(*tellings: Telling, name: str = "made-up", published: str | None = "2024-03-14") -> Analysis:
    """Return an analysis in which each telling stands in a sentence of its own, unless it shares the one before."""
    text, tokens, sentences, candidates = "", [], [], []
    for made in tellings:
        if not (made.same_sentence and sentences):
            sentences.append(Sentence(index=len(sentences), span=Span(len(text), len(text)), first=len(tokens), last=len(tokens), block=0))
        index = len(sentences) - 1
        if made.definite:
            tokens.append(
                Token(
                    index=len(tokens),
                    sentence=index,
                    span=Span(len(text), len(text) + 3),
                    text="the",
                    lemma="the",
                    pos="DET",
                    tag="DT",
                    dep="det",
                    head=len(tokens) + 1,
                )
            )
            text += "the "
        start, head = len(text), len(tokens)
        text += made.word + " "
        span = Span(start, start + len(made.word))
        tokens.append(
            Token(index=head, sentence=index, span=span, text=made.word, lemma=made.word, pos="VERB", tag="VBD", dep="ROOT", head=head)
        )
        old = sentences[index]
        sentences[index] = Sentence(index=index, span=Span(old.span.start, span.end), first=old.first, last=len(tokens), block=0)
        candidates.append(
            EventCandidate(
                sentence=index,
                trigger=Mention(kind="trigger", span=span, text=made.word, head=head),
                event_type=made.event_type,
                modes=made.modes,
                contexts=made.contexts,
                rule=f"{made.event_type}.{made.word}.v",
                nominal=made.nominal,
                arguments=made.arguments,
                quantities=made.quantities,
                auxiliary=made.auxiliary,
                claim=made.claim,
                says=made.says,
                notes=made.notes,
            )
        )
    document = Document(id=name, text=text, published=published, language="en", blocks=(Block(span=Span(0, len(text))),))
    return Analysis(
        document=document,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        candidates=tuple(candidates),
        intervals=tuple(t.interval for t in tellings),
        places=tuple(t.places for t in tellings),
        sides=tuple(Sides(actors=t.actors, recipients=t.recipients) for t in tellings),
        confidences=tuple(t.confidence for t in tellings),
    )
