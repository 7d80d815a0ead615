"""Made-up events and documents for tests of what is written out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.coder import Coder
from dateline.pipeline import Pipeline
from dateline.types import (
    Abstention,
    Actor,
    Analysis,
    Attribution,
    Document,
    Event,
    EventCandidate,
    Evidence,
    Layer,
    Mention,
    Place,
    PlaceCandidate,
    Quantity,
    Sentence,
    Span,
    TimeInterval,
    Trace,
)

TEXT = "On Monday about 40 miners blocked the road to Oruro, the mayor said. Police arrested nobody."


def span(words: str, text: str = TEXT) -> Span:
    """Return where the words stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def made_document(**changes: object) -> Document:
    """Return a document with the test text."""
    given: dict[str, object] = {"id": "oruro-1", "text": TEXT, "published": "2024-03-14", "language": "en", **changes}
    return Document(**given)  # type: ignore[arg-type]


def made_event(**changes: object) -> Event:
    """Return a full event of the test text, changed where asked for."""
    place = Place(
        text="Oruro", span=span("Oruro"), name="Oruro", geonameid=3909234, latitude=-17.983333333, longitude=-67.15, city="Oruro",
        district=None, province="Oruro", country="Bolivia", country_code="BOL", feature_class="P", feature_code="PPLA", resolution=4,
        radius_km=10.0, confidence=0.91234,
        alternatives=(PlaceCandidate(geonameid=1, name="Oruro", country_code="PER", latitude=-1.0, longitude=-0.0, score=0.25),),
    )  # fmt: skip
    given: dict[str, object] = {
        "id": "3f2a9c1e5b7d0011",
        "document": "oruro-1",
        "event_type": "PROTEST",
        "modes": ("obstruct",),
        "contexts": ("economic",),
        "auxiliary": (),
        "event_text": "blocked",
        "evidence": (Evidence(span=Span(0, TEXT.index(" Police")), sequence=1, trigger=span("blocked")),),
        "actors": (Actor(text="miners", span=span("miners"), code="BOL", sectors=("LAB",), confidence=0.81267),),
        "recipients": (),
        "interval": TimeInterval(
            date="2024-03-11", enddate=None, earliest="2024-03-11", latest="2024-03-11", precision="day", known="publication",
            span=span("On Monday"), text="On Monday", rule="weekday.past",
        ),
        "places": (place,),
        "quantities": (Quantity(what="participants", minimum=40, maximum=40, text="about 40 miners", span=span("about 40 miners")),),
        "claim": "reported",
        "says": Attribution(text="mayor", span=span("mayor"), kind="official", cue="say", cue_span=span("said")),
        "confidence": 0.71449,
        "trace": (Trace(stage="merge.within_document", rule="single", score=None, why="told once"),),
        **changes,
    }  # fmt: skip
    return Event(**given)  # type: ignore[arg-type]


class ArrestsOnly:
    """A whole coder in one small stage: every "arrested" is an event, every "protest" is passed over."""

    name = "events.arrests"
    requires: frozenset[Layer] = frozenset()
    provides = frozenset({Layer.SENTENCES, Layer.CANDIDATES, Layer.EVENTS, Layer.ABSTENTIONS})

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Code each document by its words alone."""
        return [self.code(analysis) for analysis in batch]

    def code(self, analysis: Analysis) -> Analysis:
        """Code one document; a text with "broken" in it raises."""
        text, name = analysis.document.text, analysis.document.id
        if "broken" in text:
            raise ValueError("a broken document")
        sentences = tuple(
            Sentence(index=number, span=Span(match.start(), match.end()), first=0, last=0, block=0)
            for number, match in enumerate(re.finditer(r"[^.\n]+\.?", text))
        )
        events, candidates, passed = [], [], []
        for sentence in sentences:
            for match in re.finditer("arrested|protest", sentence.span.of(text)):
                trigger = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
                if match.group() == "protest":
                    passed.append(Abstention(sentence=sentence.index, trigger=trigger, stage=self.name, why="no act by anyone"))
                    continue
                mention = Mention(kind="trigger", span=trigger, text=match.group(), head=0)
                candidates.append(
                    EventCandidate(
                        sentence=sentence.index, trigger=mention, event_type="COERCE", rule="coerce/arrest", notes=("a note of a stage",)
                    )
                )
                evidence = Evidence(span=sentence.span, sequence=sentence.sequence, trigger=trigger)
                events.append(
                    made_event(
                        id=hashlib.sha256(f"{name} {trigger.start}".encode()).hexdigest()[:16], document=name, event_type="COERCE",
                        modes=("arrest",), event_text="arrested", evidence=(evidence,), actors=(), recipients=(), interval=None, places=(),
                        quantities=(), says=None, claim="asserted",
                    )
                )  # fmt: skip
        return replace(analysis, sentences=sentences, candidates=tuple(candidates), events=tuple(events), abstentions=tuple(passed))


def small_coder() -> Coder:
    """Return a coder that loads no model."""
    return Coder(Pipeline([ArrestsOnly()]))
