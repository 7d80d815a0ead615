"""Arguments: a table of clauses and who stands on which side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support import candidate, side

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "arguments.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_sides(case: dict[str, Any]) -> None:
    found = candidate(case["text"], case["trigger"])
    assert found.event_type == case["type"]
    assert side(found, "actor") == case["actor"]
    assert side(found, "recipient") == case["recipient"]


def test_spans_quote_the_text() -> None:
    text = "Soldiers — 40 of them 😀 — attacked the  village\nof Marombe on Sunday."
    found = candidate(text, "attacked")
    for argument in found.arguments:
        assert argument.span is not None
        assert argument.span.of(text) == argument.text


def test_an_unnamed_actor_is_unknown() -> None:
    found = candidate("Two traders were kidnapped in Sorel.", "kidnapped")
    (actor,) = found.of_role("actor")
    assert actor.span is None
    assert actor.text == ""
    assert actor.default_sector in ("UNK", "UAF")


def test_the_speaker_is_the_actor_of_a_spoken_act() -> None:
    found = candidate('"The general should resign," opposition leader Anna Brodt said.', "should resign")
    assert found.event_type == "REQUEST"
    assert side(found, "actor") == ["opposition leader Anna Brodt"]
