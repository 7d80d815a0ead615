from __future__ import annotations

from typing import Any

import pytest

from dateline.evaluate import matching
from dateline.evaluate.gold import GoldEvent, GoldPlace, event_from
from tests.evaluate.examples import entity, gold_event


def event(**more: Any) -> GoldEvent:
    return event_from(gold_event("PROTEST", 1, "blocked", **more))


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        ("the harbour pilots", "Harbour Pilots", True),
        ("pilots", "harbour pilots of the river Scheldt", True),
        ("pilots", "pilots who had come by bus from three northern provinces", False),
        ("harbour pilots", "harbour police", False),
        ("the", "the", False),
        ("union of river pilots", "river pilots federation", True),
        ("police", None, False),
        ("São Tomé", "são tomé", True),
    ],
)
def test_same_name(gold: str, coded: str | None, same: bool) -> None:
    assert matching.same_name([gold], [coded]) is same


@pytest.mark.parametrize(
    ("gold", "end", "coded", "same"),
    [
        ("2021-05-03", None, "2021-05-03", True),
        ("2021-05", None, "2021-05-14", True),
        ("2021-05-14", None, "2021-05", False),
        ("2021-05-03", "2021-05-09", "2021-05-08", True),
        ("2021-05-03", "2021-05-09", "2021-05-10", False),
        ("2020", None, "2020-11", True),
        (None, None, None, True),
        (None, None, "2021-05-03", False),
        ("2021-05-03", None, None, False),
    ],
)
def test_date_match(gold: str | None, end: str | None, coded: str | None, same: bool) -> None:
    assert matching.date_match(event(date=gold, date_end=end), {"date": coded}) is same


def test_a_place_in_another_country_is_another_place() -> None:
    gold = GoldPlace(text="Cordoba", name="Córdoba", country="ARG")
    assert matching.place_match(gold, {"extracted_place": "Cordoba", "country_code": "ARG"})
    assert matching.place_match(gold, {"extracted_place": "Cordoba", "country_code": None})
    assert not matching.place_match(gold, {"extracted_place": "Cordoba", "country_code": "ESP"})


def test_each_item_is_paired_once() -> None:
    assert matching.pairs_of([1, 1, 2], [1, 2, 2], lambda a, b: a == b) == [(1, 1), (2, 2)]


@pytest.mark.parametrize(("start", "sentence"), [(0, 1), (10, 1), (11, 2), (12, 2), (30, None)])
def test_a_record_stands_where_its_first_evidence_begins(start: int, sentence: int | None) -> None:
    spans = [(0, 0), (0, 11), (12, 30)]
    assert matching.sentence_of({"evidence": [{"start": start, "end": 30}, {"start": 0, "end": 11}]}, spans) == sentence


def test_a_record_without_evidence_stands_nowhere() -> None:
    assert matching.sentence_of({"evidence": []}, [(0, 11)]) is None


def test_the_best_supported_pair_comes_first() -> None:
    gold = [event(actor=[entity("pilots")]), event(actor=[entity("Fishermen")], date="2021-05-01")]
    coded: list[dict[str, Any]] = [
        {"actor": [{"entity_text": "fishermen"}], "date": "2021-05-01"},
        {"actor": [{"entity_text": "pilots"}], "date": "2021-05-03"},
    ]
    assert sorted(matching.align(gold, coded, [1, 1], lambda g, p: True)) == [(0, 1), (1, 0)]


def test_records_of_other_sentences_are_no_pair() -> None:
    assert matching.align([event()], [{"date": "2021-05-03"}], [2], lambda g, p: True) == []


def test_unnamed_sides_are_left_out() -> None:
    unnamed = event(actor=[entity("", sectors=("UNK",))])
    assert matching.slots_of_gold(unnamed).actor == ()
    assert matching.slots_of_record({"actor": [{"entity_text": ""}], "says": None}).actor == []
