"""Conditions of lexicon entries, each with a sentence in which it holds and one in which it does not."""

from __future__ import annotations

import pytest
from tests.events.lexicons import holds
from tests.support import analysed

from dateline.events.conditions import WordClasses, agent_heads, one
from dateline.events.lexicon import LIST_FIELDS
from dateline.events.tree import Tree

VERBS = [
    ("particle: [up]", "blow", "Engineers blew up the bridge.", "A cold wind blew through the town."),
    ("object: [fire]", "open", "Soldiers opened fire in Lenko.", "The mayor opened a school in Lenko."),
    ("object: [fire]", "open", "Fire was opened from the roof.", "The school was opened on Monday."),
    ("object: [$person]", "fire", "The company fired two nurses.", "The company fired the furnace."),
    ("object_not: [target, goal]", "meet", "The plan met the ministers.", "The plan met its target."),
    ("subject: [police]", "raid", "Police raided two shops.", "Foxes raided two barns."),
    ("subject: [police]", "raid", "Two shops were raided by police.", "Two shops were raided by foxes."),
    ("subject_not: [price]", "fall", "The town fell on Monday.", "Prices fell on Monday."),
    ("prep: [on]", "fire", "Police fired on the crowd.", "Police fired two officers."),
    ("prep: [on], prep_object: [$person]", "fire", "Police fired on the demonstrators.", "Police fired on Monday."),
    ("prep_object_not: [film]", "shoot", "A guard shot at the crowd.", "The crew shot in a film."),
    ("complement: to", "urge", "The union urged the mayor to resign.", "The union urged the mayor."),
    ("complement: that", "demand", "The union demanded that the mayor resign.", "The union demanded to see the mayor."),
    ("complement: any", "demand", "The union demanded to see the mayor.", "The union demanded bread."),
    ("complement_verb: [resign]", "urge", "The union urged the mayor to resign.", "The union urged the mayor to stay."),
    ("passive: true", "arrest", "Two men were arrested in Lenko.", "Police arrested two men in Lenko."),
    ("passive: false", "arrest", "Police arrested two men in Lenko.", "Two men were arrested in Lenko."),
    ("object: [$place]", "enter", "Troops entered Kenya on Monday.", "Troops entered the barn on Monday."),
    ("object: [$number]", "kill", "The raid killed 40 and hurt none.", "The raid killed the mayor."),
]

NOUNS = [
    ("compound: [air, drone]", "strike", "An air strike hit the barracks.", "A long strike hit the barracks."),
    ("compound_not: [hunger]", "strike", "A long strike hit the port.", "A hunger strike began in the port."),
    ("of: [arrest]", "wave", "A wave of arrests followed.", "A wave of heat followed."),
    ("of_not: [heat]", "wave", "A wave of arrests followed.", "A wave of heat followed."),
]


@pytest.mark.parametrize(("conditions", "word", "yes", "no"), VERBS, ids=lambda x: x[:40])
def test_conditions_of_verbs(conditions: str, word: str, yes: str, no: str) -> None:
    assert holds(yes, word, conditions)
    assert not holds(no, word, conditions)


@pytest.mark.parametrize(("conditions", "word", "yes", "no"), NOUNS, ids=lambda x: x[:40])
def test_conditions_of_nouns(conditions: str, word: str, yes: str, no: str) -> None:
    assert holds(yes, word, conditions, kind="nouns")
    assert not holds(no, word, conditions, kind="nouns")


def test_all_conditions_must_hold() -> None:
    text = "Police fired on the crowd in Lenko."
    assert holds(text, "fire", "prep: [on], subject: [police]")
    assert not holds(text, "fire", "prep: [on], subject: [army]")


def test_every_condition_of_the_format_has_a_test() -> None:
    tried = {word.split(":")[0].strip() for conditions, *_ in (*VERBS, *NOUNS) for word in conditions.split(", ")}
    assert set(LIST_FIELDS) <= tried


def test_an_unknown_condition_is_a_mistake_of_ours() -> None:
    parsed = analysed("Police raided two shops.", "annotate.syntax")
    with pytest.raises(AssertionError, match="colour"):
        one("colour", ("red",), parsed.tokens[1], Tree(parsed), WordClasses("en"))


def test_the_agents_lexicon_names_people_by_single_words() -> None:
    heads = agent_heads()
    assert {"police", "villager", "minister"} <= heads
    assert all(head == head.strip() and " " not in head for head in heads)


def test_a_class_that_does_not_exist_holds_nothing() -> None:
    parsed = analysed("Police raided two shops.", "annotate.syntax")
    assert not WordClasses("en").holds("$weather", parsed.tokens[0])
