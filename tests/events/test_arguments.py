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


@pytest.mark.parametrize(
    ("text", "trigger", "recipient"),
    [
        ("The mayor of Sorel accused the ministry.", "accused", ["ministry"]),
        ("Police released the detained protesters.", "released", ["detained protesters"]),
    ],
)
def test_what_only_says_more_about_a_side_is_no_side_of_its_own(text: str, trigger: str, recipient: list[str]) -> None:
    found = candidate(text, trigger)
    assert side(found, "recipient") == recipient
    spans = [a.span for a in found.arguments if a.span is not None]
    assert not any(a is not b and a.covers(b) for a in spans for b in spans)


def test_each_argument_names_the_path_that_found_it_and_the_note_quotes_it() -> None:
    found = candidate("Two traders were kidnapped by gunmen in Sorel.", "kidnapped", "events.arguments")
    assert all(a.path for a in found.arguments)
    assert found.notes[-1].startswith("events.arguments: actor 'gunmen' (passive agent)")
