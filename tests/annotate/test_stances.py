"""Attitudes that a text ascribes to somebody: a table of sentences."""

from __future__ import annotations

import pytest
from tests.support import analysed

from dateline.annotate.stances import Stances

CASES = [
    ("The union demanded a new vote on Monday.", "a new vote", "union"),
    ("The mayor called for an inquiry.", "an inquiry", "mayor"),
    ("The miners want to block the road.", "to block the road", "miners"),
    ("The bill was criticized by the governor.", "The bill", "governor"),
    ("The minister was urged to resign.", "to resign", None),
    ("He ignored a plan proposed by the mayor.", "plan", "mayor"),
    ("The party voiced fears that the bridge would fall.", "that the bridge would fall", "party"),
]


@pytest.mark.parametrize(("text", "content", "source"), CASES)
def test_an_attitude_has_content_and_holder(text: str, content: str, source: str | None) -> None:
    analysis = analysed(text, "annotate.quotations")
    found = [(q.content.of(text), q.source.of(text) if q.source else None) for q in Stances()(analysis)]
    assert any(content in c and (s or "").endswith(source or "") and (s is None) == (source is None) for c, s in found)


def test_deeds_are_no_attitudes() -> None:
    for text in ("Soldiers shelled the village on Monday.", "The mayor opened the bridge.", "The guards walked to the station."):
        assert Stances()(analysed(text, "annotate.quotations")) == ()


def test_what_is_said_is_left_to_the_quotations() -> None:
    text = "The mayor said that the bridge had fallen."
    analysis = analysed(text, "annotate.quotations")
    assert len(analysis.quotations) == 1
    assert Stances()(analysis) == ()
