"""The confidence of candidates, with small models of the tests' own and with the shipped one."""

from __future__ import annotations

import math

import pytest
from tests.support import analysed, stage

from dateline.errors import DataError
from dateline.events.confidence import Confidence
from dateline.models.linear import LinearModel
from dateline.types import Analysis, Document, Layer

TEXT = "Police arrested two students in Lenko. The mayor met the students."


def scored(model: LinearModel) -> Analysis:
    (analysis,) = Confidence(model=model)([analysed(TEXT, "resolve.actors")])
    return analysis


def model(bias: float = 0.0, **weights: float) -> LinearModel:
    return LinearModel(bias=bias, weights=weights, slope=1.0, shift=0.0, threshold=0.5)


def test_each_candidate_has_a_score_by_its_own_features() -> None:
    weights = {"type=COERCE": 2.0, "type=CONSULT": -2.0}
    analysis = scored(LinearModel(bias=0.0, weights=weights, slope=1.0, shift=0.0, threshold=0.5))
    assert [c.event_type for c in analysis.candidates] == ["COERCE", "CONSULT"]
    assert analysis.confidences == pytest.approx((1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2))))


def test_a_model_without_weights_gives_its_bias() -> None:
    assert set(scored(model(bias=0.0)).confidences) == {0.5}


def test_the_note_quotes_the_features_that_decided() -> None:
    note = scored(LinearModel(bias=0.0, weights={"type=COERCE": 2.0}, slope=1.0, shift=0.0, threshold=0.5)).candidates[0].notes[-1]
    assert note == "events.confidence: 0.88; for: type=COERCE +2.00; against: nothing"


def test_only_confidences_and_notes_change() -> None:
    before = analysed(TEXT, "resolve.actors")
    after = scored(model(bias=1.0))
    assert Confidence.provides == frozenset({Layer.CONFIDENCES, Layer.CANDIDATES})
    for old, new in zip(before.candidates, after.candidates, strict=True):
        assert new.notes[:-1] == old.notes
        assert (new.trigger, new.event_type, new.arguments) == (old.trigger, old.event_type, old.arguments)


def test_a_document_without_candidates_has_no_confidences() -> None:
    (empty,) = Confidence(model=model())([Analysis(document=Document(id="empty", text=""))])
    assert empty.confidences == ()


def test_a_language_without_weights_is_refused() -> None:
    with pytest.raises(DataError, match=r"confidence-cy\.json"):
        Confidence(language="cy")


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("Police in Lenko arrested three protesters on Monday.", "The book tells how police used to arrest people in fairy tales."),
        ("Gunmen killed four soldiers near the border on Sunday.", "The team was killed off by two late goals."),
    ],
)
def test_the_shipped_weights_tell_reports_from_figures_of_speech(likely: str, unlikely: str) -> None:
    def best(text: str) -> float:
        (analysis,) = stage("events.confidence")([analysed(text, "resolve.actors", "2024-03-06")])
        return max(analysis.confidences, default=0.0)

    assert all(0 <= x <= 1 for x in (best(likely), best(unlikely)))
    assert best(likely) > best(unlikely)
