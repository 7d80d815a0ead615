"""According to whom an event is told: sources, their kinds, claims, and speakers who are the actors themselves."""

from __future__ import annotations

import pytest
from tests.support import analysed, candidate, stage

from dateline.resolve.attribution import KINDS, antecedent
from dateline.types import EventCandidate, Layer, Span


def told(text: str, trigger: str) -> EventCandidate:
    return candidate(text, trigger, "resolve.attribution")


@pytest.mark.parametrize(
    ("telling", "source", "kind"),
    [
        ("police said", "police", "official"),
        ("a witness said", "witness", "witness"),
        ("the rebel group said", "rebel group", "party"),
        ("according to The Herald newspaper", "Herald newspaper", "media"),
        ("an analyst said", "analyst", "expert"),
        ("one man said", "one man", "party"),
        ("Anna Brodt said", "Anna Brodt", "official"),
    ],
)
def test_the_source_and_its_kind(telling: str, source: str, kind: str) -> None:
    text = f"Soldiers beat two teachers in Lenko, {telling}."
    says = told(text, "beat").says
    assert says is not None
    assert (says.text, says.kind) == (source, kind)
    assert says.span is not None
    assert says.span.of(text) == source
    assert says.cue_span.of(text) == says.cue


def test_the_articles_own_voice_has_no_source() -> None:
    found = told("Soldiers beat two teachers in Lenko.", "beat")
    assert (found.says, found.claim) == (None, "asserted")


def test_a_report_without_a_speaker_is_unnamed() -> None:
    found = told("It was reported that soldiers had beaten two teachers in Lenko.", "beaten")
    assert found.says is not None
    assert (found.says.text, found.says.span, found.says.kind, found.says.cue) == (None, None, "unnamed", "reported")
    assert found.claim == "reported"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The mayor said that soldiers had beaten two teachers in Lenko.", "reported"),
        ("The union alleged that soldiers had beaten two teachers in Lenko.", "alleged"),
        ("The colonel denied that soldiers had beaten two teachers in Lenko.", "denied"),
    ],
)
def test_the_verb_of_saying_decides_the_claim(text: str, claim: str) -> None:
    assert told(text, "beaten").claim == claim


def test_doubt_of_the_article_itself_stays() -> None:
    found = told("Soldiers allegedly beat two teachers in Lenko, police said.", "beat")
    assert found.claim == "alleged"
    assert found.says is not None
    assert found.says.text == "police"


def test_the_innermost_source_is_taken() -> None:
    found = told("The mayor told reporters that villagers said soldiers had beaten two teachers.", "beaten")
    assert found.says is not None
    assert found.says.text == "villagers"


def test_the_speaker_of_a_spoken_act_is_no_source_beside() -> None:
    found = told("President Ilona Varga said that she supported the strike.", "supported")
    assert (found.says, found.claim) == (None, "asserted")
    assert "codebook §5.3" in found.notes[-1]


def test_what_a_speaker_tells_of_another_is_reported() -> None:
    found = told("The mayor said that the union had accused the ministry of theft.", "accused")
    assert found.says is not None
    assert found.says.text == "mayor"
    assert found.claim == "reported"


def test_a_pronoun_is_replaced_by_the_name_it_stands_for() -> None:
    text = "Governor Mira Tolan arrived on Monday. She said that soldiers had beaten two teachers in Lenko."
    says = told(text, "beaten").says
    assert says is not None
    assert says.text is not None
    assert "Mira Tolan" in says.text
    assert says.span is not None
    assert says.span.of(text) == says.text
    assert says.identifier_text == "Mira Tolan"


def test_a_span_outside_all_chains_has_no_antecedent() -> None:
    analysis = analysed("She left on Monday.", "annotate.quotations")
    assert antecedent(Span(10, 16), analysis) is None


def test_only_candidates_change_and_the_kinds_are_those_of_the_record() -> None:
    made = stage("resolve.attribution")
    assert made.provides == frozenset({Layer.CANDIDATES})
    assert set(made.kinds.values()) == set(KINDS)  # type: ignore[attr-defined]
