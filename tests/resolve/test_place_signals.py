"""What the kind of act, its sides and the article's emphasis say of a place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from dateline.annotate.syntax import Syntax
from dateline.resolve import place_words
from dateline.resolve.place_signals import EventScene, kind
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Argument, Block, Document, EventCandidate, Mention, Span


@cache
def stages() -> tuple[Syntax, Toponyms]:
    return Syntax(), Toponyms()


def read(text: str) -> Analysis:
    syntax, toponyms = stages()
    blocks = (Block(span=Span(0, len(text))),)
    return toponyms(syntax([Analysis(document=Document(id="test", text=text, blocks=blocks))]))[0]


def candidate_at(analysis: Analysis, word: str, event_type: str, actor: str | None = None) -> EventCandidate:
    text = analysis.document.text
    token = next(t for t in analysis.tokens if t.text == word)
    trigger = Mention(kind="trigger", span=token.span, text=word, head=token.index)
    at = text.find(actor) if actor else -1
    sides = (Argument(role="actor", span=Span(at, at + len(actor)), head=None, text=actor, path="test"),) if actor else ()
    return EventCandidate(sentence=token.sentence, trigger=trigger, event_type=event_type, arguments=sides)


def features(scene: EventScene, candidate: EventCandidate) -> dict[str, dict[str, float]]:
    return {g.place.name or "": f for g, f in zip(scene.groups, scene.features(candidate), strict=True)}


@pytest.mark.parametrize(("event_type", "expected"), [("REQUEST", "verbal"), ("AID", "soft"), ("ASSAULT", "hard")])
def test_kinds_of_acts(event_type: str, expected: str) -> None:
    assert kind(event_type) == expected


def test_the_nearest_place_and_the_country_of_the_actor_are_told() -> None:
    analysis = read("Bolivian miners marched in Oruro after a meeting in Lima.")
    scene = EventScene(analysis, place_words.shared())
    found = features(scene, candidate_at(analysis, "marched", "PROTEST", "Bolivian miners"))
    assert "nearest" in found["Oruro"]
    assert "nearest" not in found["Lima"]
    assert found["Oruro"]["actor_country"] == 1.0
    assert found["Lima"]["actor_elsewhere"] == 1.0
    assert found["Oruro"]["PROTEST:at_trigger"] == 1.0


def test_the_last_precise_place_before_the_sentence_is_told() -> None:
    analysis = read("Teachers met in Lima. Farmers rallied in Cusco, in Peru. Police arrested nine men.")
    scene = EventScene(analysis, place_words.shared())
    found = features(scene, candidate_at(analysis, "arrested", "COERCE"))
    assert found["Cusco"]["precise_last"] == 1.0
    assert "precise_last" not in found["Lima"]
    assert "nearest" not in found["Cusco"]


def test_absence_knows_modality_and_form() -> None:
    analysis = read("Police arrested nine men in Lima.")
    scene = EventScene(analysis, place_words.shared())
    plain = candidate_at(analysis, "arrested", "COERCE")
    told = replace(plain, auxiliary=("historical",), nominal=True, construction="nominal")
    assert "none:historical" not in scene.absence(plain)
    found = scene.absence(told)
    assert found["none:hard:historical"] == found["none:hard:nominal"] == found["none:construction:nominal"] == 1.0
    assert found["none:no_recipient"] == 1.0
