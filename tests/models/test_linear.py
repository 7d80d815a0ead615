"""The linear model: its score, what it says of it, and files that are missing or damaged."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.models import linear
from dateline.models.linear import LinearModel, load_linear

MODEL = LinearModel(bias=-1.0, weights={"a": 2.0, "b": -0.5, "c": 0.25, "d": 0.75}, slope=1.0, shift=0.0, threshold=0.5)


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize(
    ("features", "odds"),
    [([], -1.0), (["a"], 1.0), (["a", "b"], 0.5), (["never seen"], -1.0), (["a", "never seen", "d"], 1.75)],
)
def test_the_score_is_the_logistic_of_the_sum_of_weights(features: list[str], odds: float) -> None:
    assert MODEL.score(features) == pytest.approx(logistic(odds))


def test_slope_and_shift_calibrate_the_log_odds() -> None:
    calibrated = LinearModel(bias=-1.0, weights={"a": 2.0}, slope=0.5, shift=-0.25, threshold=0.5)
    assert calibrated.score(["a"]) == pytest.approx(logistic(0.5 * 1.0 - 0.25))


def test_far_from_even_the_score_stays_a_probability() -> None:
    for weight in (600.0, -600.0):
        model = LinearModel(bias=0.0, weights={"a": weight}, slope=1.0, shift=0.0, threshold=0.5)
        assert 0.0 <= model.score(["a"]) <= 1.0


def test_the_heaviest_features_are_named_for_and_against() -> None:
    assert MODEL.reasons(["a", "b", "c", "d", "e"]) == "for: a +2.00, d +0.75, c +0.25; against: b -0.50"
    assert MODEL.reasons(["e"]) == "for: nothing; against: nothing"


def test_no_more_features_are_named_than_can_be_read() -> None:
    many = LinearModel(bias=0.0, weights={f"f{n}": n / 10 for n in range(1, 9)}, slope=1.0, shift=0.0, threshold=0.5)
    assert many.reasons(list(many.weights)).count("f") - len("for") // 3 == linear.SHOWN


GOOD = {"bias": 0.0, "weights": {"a": 1.0}, "slope": 1.0, "shift": 0.0, "threshold": 0.5, "task": "a test"}


def load(monkeypatch: pytest.MonkeyPatch, root: Path, text: str | None) -> LinearModel:
    folder = root / "data" / "models"
    folder.mkdir(parents=True)
    if text is not None:
        (folder / "toy-en.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(linear, "files", lambda package: root)
    return load_linear.__wrapped__("toy-en")


def test_a_weight_file_is_read_with_its_manifest_beside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load(monkeypatch, tmp_path, json.dumps(GOOD)).weights == {"a": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{not json",
        "[]",
        json.dumps({k: v for k, v in GOOD.items() if k != "weights"}),
        json.dumps({k: v for k, v in GOOD.items() if k != "threshold"}),
        json.dumps({**GOOD, "weights": ["a"]}),
        json.dumps({**GOOD, "weights": {"a": "heavy"}}),
        json.dumps({**GOOD, "bias": None}),
    ],
)
def test_weights_that_are_missing_or_damaged_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None) -> None:
    with pytest.raises(DataError, match=r"toy-en\.json cannot be read"):
        load(monkeypatch, tmp_path, text)


@pytest.mark.parametrize("name", ["confidence-en", "same-event-en", "actor-en", "recipient-en"])
def test_the_shipped_weights_can_be_read(name: str) -> None:
    model = load_linear(name)
    assert model.weights
    assert 0 < model.threshold < 1
    assert all(math.isfinite(w) for w in (model.bias, model.slope, model.shift, *model.weights.values()))
    assert model.slope > 0


def test_presets_name_other_thresholds() -> None:
    model = LinearModel(bias=0.0, weights={}, slope=1.0, shift=0.0, threshold=0.5, presets={"precision": 0.8})
    assert model.threshold_for("precision") == 0.8
    assert model.threshold_for("balanced") == 0.5


def test_the_likelihood_of_an_event_is_that_of_its_candidate_calibrated_anew() -> None:
    plain = LinearModel(bias=0.0, weights={}, slope=1.0, shift=0.0, threshold=0.5)
    assert plain.of_event(0.37) == 0.37
    shifted = LinearModel(bias=0.0, weights={}, slope=1.0, shift=0.0, threshold=0.5, event_slope=0.5, event_shift=-1.0)
    assert shifted.of_event(0.5) == pytest.approx(logistic(-1.0))
    assert shifted.of_event(0.9) > shifted.of_event(0.6)
    assert 0.0 <= shifted.of_event(0.0) < shifted.of_event(1.0) <= 1.0


@pytest.mark.parametrize(
    ("probability", "reached"),
    [(0.0, []), (0.02, [0.02]), (0.11, [0.02, 0.05, 0.1]), (1.0, list(linear.LEVELS))],
)
def test_levels_are_those_that_a_probability_reaches(probability: float, reached: list[float]) -> None:
    assert list(linear.levels("x", probability)) == [f"x>{level}" for level in reached]


def test_an_unknown_probability_has_a_feature_of_its_own() -> None:
    assert list(linear.levels("x", None)) == ["x=none"]


def test_presets_and_calibration_are_read_from_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = load(monkeypatch, tmp_path, json.dumps({**GOOD, "presets": {"recall": 0.2}, "event_slope": 0.9, "event_shift": -0.1}))
    assert (model.threshold_for("recall"), model.event_slope, model.event_shift) == (0.2, 0.9, -0.1)
