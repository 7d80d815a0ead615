"""Rules and word lists are compiled from data, and what is wrong with them is named."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from dateline.errors import DataError
from dateline.resolve.time_grammar import Grammar, read_rules
from dateline.resolve.timexes import TemporalTagger

RULES = read_rules("en")
DAY = date(2021, 6, 16)


def changed(**parts: Any) -> dict[str, Any]:
    return {**copy.deepcopy(RULES), **parts}


def with_rule(rule: dict[str, Any]) -> Grammar:
    return Grammar(changed(rules=[*RULES["rules"], rule]))


def tagged(grammar: Grammar, text: str) -> list[tuple[str, str | None, str]]:
    tagger = TemporalTagger()
    tagger.grammar = grammar
    return [(t.text, t.value, t.rule) for t in tagger.tag(text, DAY)]


def test_a_rule_that_does_not_compile_is_named() -> None:
    with pytest.raises(DataError, match="rule half-baked"):
        with_rule({"id": "half-baked", "keys": ["unit"], "make": "month", "pattern": "(?P<month"})


@pytest.mark.parametrize("part", ["words", "contexts", "classes", "rules", "number_joins"])
def test_a_part_that_is_missing_is_an_error(part: str) -> None:
    with pytest.raises(DataError, match="dates"):
        Grammar({key: value for key, value in RULES.items() if key != part})


def test_a_list_that_a_rule_names_must_be_there() -> None:
    with pytest.raises(DataError, match="planet"):
        with_rule({"id": "orbit", "keys": ["unit"], "make": "month", "pattern": "{planet}"})


def test_a_phrase_is_added_by_a_line_of_data() -> None:
    text = "A week ago on Friday the bridge reopened."
    assert [rule for _, _, rule in tagged(Grammar(RULES), text)] == ["ago-day", "weekday"]
    rule = {
        "id": "week-ago-weekday", "keys": ["weekday", "ago"], "make": "weekday_of_week",
        "set": {"which": "last"}, "pattern": "a week ago (?:on )?{weekday}",
    }  # fmt: skip
    assert tagged(with_rule(rule), text) == [("A week ago on Friday", "2021-06-11", "week-ago-weekday")]


def test_a_comma_may_stand_apart() -> None:
    assert [t[:2] for t in tagged(Grammar(RULES), "It opened on March 06 , 2008 in the port .")] == [("March 06 , 2008", "2008-03-06")]


@pytest.mark.parametrize(("word", "plural"), [("months", True), ("month", False), ("centuries", True), ("century", False), (None, False)])
def test_plurals_of_units_are_told(word: str | None, plural: bool) -> None:
    assert Grammar(RULES).plural(word) is plural


def test_a_singular_that_ends_like_a_plural_is_none() -> None:
    spanish = Grammar.load("es")
    assert spanish.plural("meses")
    assert not spanish.plural("mes")


@pytest.mark.parametrize(
    ("text", "before", "mod"),
    [
        ("about two weeks", "", "APPROX"),
        ("two weeks", "for more than ", "MORE_THAN"),
        ("early June", "", "START"),
        ("two weeks", "about the ", None),
        ("two weeks", "", None),
    ],
)
def test_modifiers_are_read_before_and_within(text: str, before: str, mod: str | None) -> None:
    assert Grammar(RULES).modifier(text, before) == mod


@pytest.mark.parametrize(("word", "number"), [("thirty-one", 31), ("forty two", 42), ("twelve", 12)])
def test_numbers_are_put_together(word: str, number: int) -> None:
    assert tagged(Grammar(RULES), f"The siege lasted {word} days.")[0][:2] == (f"{word} days", f"P{number}D")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_list_says_where_it_comes_from(language: str) -> None:
    data = read_rules(language)
    groups = [*data["words"].values(), *(v for k, v in data.items() if isinstance(v, dict) and k != "words")]
    assert all(group.get("source") for group in groups)
