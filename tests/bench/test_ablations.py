"""The tables of what each part adds, over scores of the tests' own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bench import ablations


def test_the_calibration_error_weighs_bins_by_their_events() -> None:
    sure = [(0.95, True)] * 19 + [(0.95, False)]
    assert ablations.calibration_error(sure) == pytest.approx(0.0)
    assert ablations.calibration_error([(0.95, False)] * 4) == pytest.approx(0.95)
    half = [(0.25, False)] * 2 + [(0.75, True)] * 2
    assert ablations.calibration_error(half) == pytest.approx(0.25)


def test_the_reliability_table_has_a_row_a_bin_that_is_used() -> None:
    table = ablations.calibration_table([(0.85, True), (0.85, False), (1.0, True)])
    assert "| 0.8 to 0.9 | 2 | 0.85 | 0.50 |" in table
    assert "| 0.9 to 1.0 | 1 | 1.00 | 1.00 |" in table
    assert "0.3 to 0.4" not in table
    assert "(3 events, ten bins)" in table


def test_events_are_right_where_they_are_matched() -> None:
    scorer: Any = SimpleNamespace(
        sentence_of=lambda record, spans: record["at"],
        align=lambda golds, preds, where, fits: [
            (i, j) for i, g in enumerate(golds) for j, p in enumerate(preds) if fits(g, p) and where[j] == g["at"]
        ],
    )
    gold = [{"id": "a", "events": [{"type": "PROTEST", "at": 1}]}]
    records = [{"document": "a", "event": ["PROTEST"], "at": n, "confidence": 0.5 + n / 10} for n in (1, 2)]
    found = ablations.calibration(scorer, gold, [{"id": "a", "sentences": []}], records)
    assert found == [(0.6, True), (0.7, False)]


def test_a_page_keeps_what_stands_around_its_markers() -> None:
    page = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n"
    assert ablations.fill(page, "x", "new") == "a\n<!-- x:begin -->\n\nnew\n\n<!-- x:end -->\nb\n"


def test_the_page_has_the_markers() -> None:
    page = ablations.PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- {name}:{end} -->" in page for name in ("ablations", "calibration") for end in ("begin", "end"))


def test_without_the_articles_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ablations.main(["--shared", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out
