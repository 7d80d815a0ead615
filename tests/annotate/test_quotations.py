"""What is put into whose mouth: a table of sentences, and what a table cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support import analysed

from dateline.annotate.quotations import Quotations
from dateline.types import Analysis, Document, Layer, Quotation

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotations.yaml").read_text(encoding="utf-8"))[
    "cases"
]

SEVERAL = '"We will not leave this square. They have lied to us for years. The army should go home," said Anna Brodt, a nurse.'


def quotations(text: str) -> tuple[Quotation, ...]:
    return analysed(text, "annotate.quotations").quotations


def shown(quotation: Quotation, text: str) -> list[Any]:
    source = quotation.source.of(text) if quotation.source else None
    return [quotation.content.of(text), source, quotation.cue.of(text), quotation.direct]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_quotations(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [shown(q, text) for q in quotations(text)]
    # The marks around the words, and the stop before them, may stand inside or outside.
    assert [[q[0].rstrip(" .,"), *q[1:]] for q in found] == [[q[0].rstrip(" .,"), *q[1:]] for q in case["quoted"]]


def test_one_speaker_says_all_sentences_between_the_marks() -> None:
    whole = max(quotations(SEVERAL), key=lambda q: len(q.content))
    assert whole.content.of(SEVERAL).startswith("We will not leave")
    assert whole.content.of(SEVERAL).endswith("should go home,")
    assert whole.direct
    assert {q.source.of(SEVERAL) for q in quotations(SEVERAL) if q.source} == {"Anna Brodt"}


def test_a_quotation_in_marks_is_found_once() -> None:
    for end in ('," the governor said.', '!" the governor said.'):
        assert len(quotations('"Soldiers entered the valley on Sunday' + end)) == 1


def test_the_next_sentence_names_the_speaker_only_where_that_is_all_it_does() -> None:
    speaks = 'The bridge fell on Sunday. "Nobody will ever repair this bridge!" the governor said.'
    tells = '"Nobody will ever repair this bridge!" The governor said on Monday that the soldiers had left and the road was open.'
    assert [q.content.of(speaks) for q in quotations(speaks)] == ["Nobody will ever repair this bridge!"]
    assert all("repair" not in q.content.of(tells) for q in quotations(tells))


def test_curved_marks_are_marks() -> None:
    text = "“Soldiers entered the valley on Sunday,” the governor said."
    (found,) = quotations(text)
    assert found.direct
    assert found.source is not None
    assert found.source.of(text) == "governor"


def test_the_head_of_the_source_lies_within_it() -> None:
    for case in CASES:
        analysis = analysed(case["text"], "annotate.quotations")
        for q in analysis.quotations:
            assert (q.source is None) == (q.source_head is None)
            if q.source is not None and q.source_head is not None:
                assert q.source.covers(analysis.tokens[q.source_head].span)


def test_quotations_are_in_text_order() -> None:
    text = "The mayor said that the bridge was safe. The union claimed that it was not. According to The Herald, it fell."
    starts = [q.content.start for q in quotations(text)]
    assert len(starts) == 3
    assert starts == sorted(starts)


def test_a_quotation_runs_over_a_broken_line() -> None:
    text = "The governor said that soldiers had\n   entered the valley."
    (found,) = quotations(text)
    assert found.content.of(text) == "that soldiers had\n   entered the valley"


def test_it_sets_its_own_layer_and_reads_an_empty_document() -> None:
    assert Quotations.provides == frozenset({Layer.QUOTATIONS})
    (empty,) = Quotations()([Analysis(document=Document(id="empty", text=""))])
    assert empty.quotations == ()
