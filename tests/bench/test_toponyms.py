"""The set of place names: counts and figures of small made-up answers."""

from __future__ import annotations

import pytest
from bench.toponyms import CORPORA, document_of, figures_of, is_fitted


def test_the_halves_are_about_equal_and_stable() -> None:
    fitted = [is_fitted(f"made-up-{n}") for n in range(2_000)]
    assert 900 < sum(fitted) < 1_100
    assert fitted[:5] == [is_fitted(f"made-up-{n}") for n in range(5)]


def test_counts_of_articles_are_added_up() -> None:
    rows = [
        {"lgl_given_161": (3, 4, 0), "lgl_text_161": (2, 4, 0), "lgl_overlap_f1": (2, 4, 2)},
        {"lgl_given_161": (1, 4, 0), "lgl_text_161": (0, 4, 0), "lgl_overlap_f1": (1, 2, 4)},
    ]
    found = figures_of(rows)
    assert found["lgl_given_161"] == pytest.approx(0.5)
    assert found["lgl_text_161"] == pytest.approx(0.25)
    assert found["lgl_overlap_f1"] == pytest.approx(0.5)
    assert found["mean_given_161"] == pytest.approx(0.5 / len(CORPORA))


def test_a_coder_sees_no_gold() -> None:
    row = {"id": "x", "corpus": "lgl", "text": "In Oruro.", "title": "", "publisher": "a.com", "date": "9:27 AM ET", "toponyms": [1]}
    assert document_of(row) == {"id": "x", "text": "In Oruro.", "title": None, "publisher": "a.com", "published": None, "language": "en"}
