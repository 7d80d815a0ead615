"""Attributes: the learned score and the word of the rules, weighed; without a learned coder the rules' word stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.support import analysed

from dateline.events.attributes import Attributes, attribute_features, fitting, said_by_rules
from dateline.models.linear import LEVELS, LinearModel
from dateline.types import Analysis, EventCandidate

TEXT = "Police arrested two students in Lenko on Monday."
NAMES = ("aux:future", "aux:negation", "claim:alleged", "claim:reported", "context:crime", "mode:COERCE.arrest", "mode:PROTEST.strike")


class Encoding:
    """Says of every trigger what it was told to."""

    types, attributes, model = ("COERCE",), NAMES, "toy"

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = [scores.get(name, 0.0) for name in NAMES]

    def attribute_scores(self, _trigger: Any) -> Sequence[float]:
        return self.scores


def settled(scores: dict[str, float], weights: dict[str, float] | None = None) -> EventCandidate:
    analysis = replace(analysed(TEXT, "resolve.attribution"), encoding=Encoding(scores))  # type: ignore[arg-type]
    stage = Attributes()
    given = {f"learned>{level}": 1.0 for level in LEVELS} if weights is None else weights
    stage.models = dict.fromkeys(
        ("mode", "context", "aux", "claim"), LinearModel(bias=-6.5, weights=given, slope=1.0, shift=0.0, threshold=0.5)
    )
    (out,) = stage([analysis])
    return out.candidates[0]


def test_what_the_model_is_sure_of_is_taken() -> None:
    found = settled({"mode:COERCE.arrest": 0.99, "aux:negation": 0.99, "claim:alleged": 0.9, "context:crime": 0.95})
    assert found.modes == ("arrest",)
    assert found.auxiliary == ("negation",)
    assert found.claim == "alleged"
    assert found.contexts == ("crime",)


def test_what_it_doubts_is_dropped_even_where_a_rule_said_so() -> None:
    assert "arrest" in analysed(TEXT, "resolve.attribution").candidates[0].modes
    assert settled({}).modes == ()


def test_weights_can_leave_the_word_to_the_rules() -> None:
    found = settled({"aux:future": 0.99}, {"rule=rule": 9.0})
    assert found.modes == ("arrest",)
    assert found.auxiliary == ()


def test_of_two_claims_the_likelier_one_is_taken() -> None:
    assert settled({"claim:alleged": 0.7, "claim:reported": 0.99}).claim == "reported"


def test_a_mode_of_another_type_never_fits() -> None:
    found = settled({"mode:PROTEST.strike": 0.99})
    assert found.modes == ()
    assert not fitting("mode:PROTEST.strike", found)
    assert fitting("aux:future", found)


def test_what_the_model_was_not_taught_keeps_the_rules_word() -> None:
    analysis = analysed(TEXT, "resolve.attribution")
    odd = replace(analysis.candidates[0], modes=("arrest", "curfew"))
    stage = Attributes()
    stage.models = dict.fromkeys(
        ("mode", "context", "aux", "claim"), LinearModel(bias=-1.0, weights={}, slope=1.0, shift=0.0, threshold=0.5)
    )
    (out,) = stage([replace(analysis, candidates=(odd,), encoding=Encoding({}))])  # type: ignore[arg-type]
    assert out.candidates[0].modes == ("curfew",)


def test_without_a_learned_coder_nothing_changes() -> None:
    analysis = analysed(TEXT, "resolve.attribution")
    (out,) = Attributes()([analysis])
    assert out is analysis


@pytest.mark.parametrize("score", [0.0, 0.5, 1.0])
def test_features_name_the_rule_and_the_levels(score: float) -> None:
    analysis: Analysis = analysed(TEXT, "resolve.attribution")
    candidate = analysis.candidates[0]
    features = list(attribute_features("mode:COERCE.arrest", score, said_by_rules(candidate), candidate))
    assert "rule=rule+mode:COERCE.arrest" in features
    assert sum(f.startswith("learned>") for f in features) == sum(score >= level for level in LEVELS)
