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


def test_the_learned_coders_reading_is_told_beside_what_the_lexicon_would_have_said() -> None:
    import dateline

    analysis = dateline.load()(TEXT, language="en").analysis
    notes = next(c for c in analysis.candidates if c.event_type == "COERCE").notes
    (seen,) = [n for n in notes if n.startswith("events.encoding: coder-en ")]
    assert "reads the sentence as COERCE" in seen
    assert "COERCE carried by “arrested”" in seen
    assert any(n.startswith("events.confidence: lexicon and syntax alone would have said 0.") for n in notes)


def test_a_trigger_without_a_word_of_the_lexicon_has_the_mean_of_the_learned_scores() -> None:
    from dataclasses import replace
    from types import SimpleNamespace

    analysis = analysed(TEXT, "resolve.actors")
    encoding = SimpleNamespace(
        types=("COERCE",), attributes=(), model="toy",
        sentence_score=lambda *_: 0.9, trigger_score=lambda *_: 0.6, candidate_score=lambda *_: None,
        best_types=lambda *_: [("COERCE", 0.9)],
    )  # fmt: skip
    own = tuple(replace(c, rule="COERCE.model.v") for c in analysis.candidates[:1])
    changed = replace(
        analysis, candidates=own, intervals=analysis.intervals[:1], places=analysis.places[:1], sides=analysis.sides[:1], encoding=encoding
    )
    (scored_,) = Confidence()([changed])
    assert scored_.confidences == pytest.approx((0.75,))
    assert "no word of the lexicon" in scored_.candidates[0].notes[-3]
