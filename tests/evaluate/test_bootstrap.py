from __future__ import annotations

from collections.abc import Sequence

import pytest

from dateline.evaluate import bootstrap


def mean(rows: Sequence[float]) -> float:
    return sum(rows) / len(rows)


def means(rows: Sequence[float]) -> dict[str, float]:
    return {"mean": mean(rows)}


def test_percentile_lies_between_values() -> None:
    assert bootstrap.percentile([3, 1, 2], 0.5) == 2
    assert bootstrap.percentile([0, 10], 0.25) == 2.5
    assert bootstrap.percentile([7], 0.975) == 7


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        bootstrap.percentile([], 0.5)


def test_equal_documents_leave_no_doubt() -> None:
    found = bootstrap.intervals([0.5] * 20, means)["mean"]
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


def test_the_interval_is_about_as_wide_as_theory_says() -> None:
    rows = [0.0, 1.0] * 50  # standard error 0.05
    found = bootstrap.intervals(rows, means)["mean"]
    assert found.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)


def test_the_same_seed_gives_the_same_interval() -> None:
    rows = [0.1, 0.4, 0.9, 0.3, 0.7]
    assert bootstrap.intervals(rows, means) == bootstrap.intervals(rows, means)
    assert bootstrap.intervals(rows, means, seed=1) != bootstrap.intervals(rows, means, seed=2)


def test_no_documents_give_no_width() -> None:
    found = bootstrap.intervals([], lambda rows: {"mean": 0.0})["mean"]
    assert (found.low, found.high) == (0.0, 0.0)


def test_a_small_gain_on_every_document_is_sure_when_paired() -> None:
    first = [0.1, 0.9, 0.3, 0.8, 0.2, 0.7]
    found = bootstrap.paired_difference(first, [value + 0.05 for value in first], mean)
    assert found.value == pytest.approx(0.05)
    assert found.low == pytest.approx(0.05)
    assert found.not_better == 0.0


def test_no_gain_is_not_better() -> None:
    found = bootstrap.paired_difference([0.5, 0.2], [0.5, 0.2], mean)
    assert (found.value, found.not_better) == (0.0, 1.0)


def test_pairs_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="as many"):
        bootstrap.paired_difference([1.0], [], mean)
