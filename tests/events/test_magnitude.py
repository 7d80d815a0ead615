"""Counts tied to events, as ranges (codebook §3, §5.28)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support import candidate

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "numbers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_counts(case: dict[str, Any]) -> None:
    found = candidate(case["text"], case["trigger"])
    assert [[q.what, q.minimum, q.maximum] for q in found.quantities] == case["counts"]


def test_a_count_quotes_its_words() -> None:
    text = "Gunmen killed at least 12 villagers in Tarvo."
    (quantity,) = candidate(text, "killed").quantities
    assert quantity.span.of(text) == quantity.text == "at least 12 villagers"
