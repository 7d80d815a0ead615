"""Fitting the linear models on a toy: what is learnt, what is left out, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="training needs the extra [train]: pip install -e '.[train]'")

import numpy as np
from training.regression import (
    FOLDS,
    LEAST,
    SMALLEST,
    Extra,
    fit,
    matrix,
    out_of_fold,
    platt,
    probabilities,
    raw_scores,
    vocabulary_of,
    write,
)

from dateline.models.linear import LinearModel

ROWS = [["good", "any"], ["bad", "any"]] * 20 + [["rare", "any"]]
LABELS = np.array([1, 0] * 20 + [1])
DOCUMENTS = np.arange(len(ROWS)) % 10


def test_a_feature_that_tells_gets_its_sign_and_one_that_does_not_gets_little() -> None:
    model = fit(ROWS, LABELS, c=1.0)
    assert model.weights["good"] > 1
    assert model.weights["bad"] < -1
    assert abs(model.weights.get("any", 0.0)) < 0.5
    assert (model.slope, model.shift) == (1.0, 0.0)


def test_the_fitted_model_scores_by_what_it_learnt() -> None:
    model = fit(ROWS, LABELS, c=1.0)
    assert model.score(["good", "any"]) > 0.8 > 0.2 > model.score(["bad", "any"])
    assert raw_scores(model, [["good"], ["bad"]])[0] > 0


def test_rare_features_and_tiny_weights_are_left_out() -> None:
    assert "rare" not in vocabulary_of(ROWS)
    assert "rare" in vocabulary_of([["rare"]] * LEAST)
    assert all(abs(w) >= SMALLEST for w in fit(ROWS, LABELS, c=1.0).weights.values())


def test_the_vocabulary_and_the_weights_are_in_alphabetical_order() -> None:
    assert vocabulary_of(ROWS) == {"any": 0, "bad": 1, "good": 2}
    assert list(fit(ROWS, LABELS, c=1.0).weights) == sorted(fit(ROWS, LABELS, c=1.0).weights)


def test_the_same_rows_give_the_same_model() -> None:
    assert fit(ROWS, LABELS, c=1.0) == fit(ROWS, LABELS, c=1.0)


def test_the_matrix_holds_a_one_for_each_known_feature() -> None:
    assert matrix([["b", "unknown"], [], ["a", "b"]], {"a": 0, "b": 1}).toarray().tolist() == [[0, 1], [0, 0], [1, 1]]


def test_further_rows_count_by_their_weight() -> None:
    against = [["good", "any"]] * 40
    zeros = np.zeros(len(against))
    light = fit(ROWS, LABELS, c=1.0, extra=Extra(against, zeros, np.full(len(against), 0.01)))
    heavy = fit(ROWS, LABELS, c=1.0, extra=Extra(against, zeros, np.full(len(against), 1.0)))
    assert light.weights["good"] > heavy.weights["good"]


def test_no_document_is_scored_by_a_model_that_has_seen_it() -> None:
    # Each document has a word of its own that says its label: of no use to a model that has not seen the document.
    documents = np.repeat(np.arange(2 * FOLDS), 6)
    y = documents % 2
    rows = [[f"document {d}"] for d in documents]
    seen = raw_scores(fit(rows, y, c=10.0), rows)
    held = out_of_fold(rows, y, documents, c=10.0)
    assert ((seen > 0) == y).all()
    assert np.allclose(held, held[0], atol=0.5)


def test_out_of_fold_scores_tell_what_holds_in_every_document() -> None:
    assert ((out_of_fold(ROWS, LABELS, DOCUMENTS, c=1.0) > 0) == LABELS)[:-1].all()


def test_calibration_makes_shares_of_scores() -> None:
    raw = np.array([2.0] * 100 + [-2.0] * 100)
    y = np.array([1] * 70 + [0] * 30 + [1] * 20 + [0] * 80)
    p = probabilities(raw, *platt(raw, y))
    assert p[0] == pytest.approx(0.7, abs=0.01)
    assert p[-1] == pytest.approx(0.2, abs=0.01)


def test_a_weight_file_begins_with_its_manifest_and_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "toy-en.json"
    model = fit(ROWS, LABELS, c=1.0)
    write(path, model, {"task": "a toy", "fitted_on": "made-up rows", "data_sha256": "0" * 64})
    data = json.loads(path.read_text(encoding="utf-8"))
    assert list(data)[:3] == ["task", "fitted_on", "data_sha256"]
    assert LinearModel(**{k: data[k] for k in ("bias", "weights", "slope", "shift", "threshold")}) == model
