"""Attributions by themselves: the public module."""

from __future__ import annotations

from dateline import attribution

TEXT = 'The mayor said the road was open. "We will march," union leader Ana Rojas said.'


def test_a_text_gives_who_says_what() -> None:
    found = attribution.find(TEXT)
    assert [(s.source.cue, s.direct) for s in found] == [("said", False), ("said", True)]
    assert found[0].source.kind == "official"
    assert "the road was open" in found[0].content.of(TEXT)
    assert "We will march" in found[1].content.of(TEXT)
    assert all(s.source.span is not None and s.source.span.of(TEXT) == s.source.text for s in found)


def test_plain_values_have_spans_that_quote_the_text() -> None:
    for said in attribution.find(TEXT):
        row = attribution.properties(said, TEXT)
        assert TEXT[row["cue"]["start"] : row["cue"]["end"]] == row["cue"]["text"]
        assert TEXT[row["content"]["start"] : row["content"]["end"]] == row["content"]["text"]


def test_a_text_in_its_own_voice_gives_none() -> None:
    assert attribution.find("Police arrested two activists in Oruro.") == ()
