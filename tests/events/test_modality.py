"""Auxiliary flags, claims of doubt, and the types that change when the deed is yet to come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support import candidate

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "modality.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_flags(case: dict[str, Any]) -> None:
    found = candidate(case["text"], case["trigger"])
    assert found.event_type == case["type"]
    assert list(found.auxiliary) == case["auxiliary"]
    assert found.claim == case["claim"]
