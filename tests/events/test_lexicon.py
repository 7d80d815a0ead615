"""The trigger lexicon: what a file may say, what is refused, and that the shipped files keep to it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.errors import DataError
from dateline.events.lexicon import (
    LIST_FIELDS,
    NOUN_FRAME,
    SYMMETRIC_FRAME,
    VERB_FRAME,
    Entry,
    TriggerLexicon,
    WordLoader,
    entries_of,
    load_triggers,
    read_yaml,
)
from dateline.ontology import load_ontology

SLOTS = re.compile(r"subject|object|indirect|poss|amod|self|none|complement-subject|complement-object|prep:[a-z]+( [a-z]+)?")
CLASSES = {"$person", "$place", "$number"}


def read(text: str) -> list[Entry]:
    return entries_of("test.yaml", yaml.load(text, Loader=WordLoader))


def entry(fields: str) -> Entry:
    (made,) = read(f"type: COERCE\nsource: a test\nentries:\n- {{{fields}}}\n")
    return made


# What a file may say


def test_an_entry_of_a_verb_has_the_frame_of_a_verb() -> None:
    made = entry("verbs: [impound]")
    assert (made.kind, made.word, made.event_type, made.id) == ("verb", "impound", "COERCE", "COERCE.impound.v")
    assert (made.actor, made.recipient) == VERB_FRAME
    assert (made.modes, made.contexts, made.conditions) == ((), (), ())
    assert (made.prior, made.source) == (0.5, "a test")


def test_nouns_and_symmetric_verbs_have_frames_of_their_own() -> None:
    noun, both = entry("nouns: [raid]"), entry("verbs: [clash], symmetric: true")
    assert (noun.actor, noun.recipient) == NOUN_FRAME
    assert (both.actor, both.recipient) == SYMMETRIC_FRAME


def test_one_entry_is_made_for_each_word() -> None:
    made = read("type: COERCE\nsource: a test\nentries:\n- {verbs: [seize, Confiscate]}\n- {verbs: [seize], object: [book]}\n")
    assert [e.id for e in made] == ["COERCE.seize.v", "COERCE.confiscate.v", "COERCE.seize.v2"]


def test_own_source_and_frame_win_over_the_defaults() -> None:
    made = entry('verbs: [fire], recipient: ["prep:on", object], source: "seen in reports of police", prior: 0.8, default_actor: COP')
    assert made.recipient == ("prep:on", "object")
    assert (made.source, made.prior, made.default_actor) == ("seen in reports of police", 0.8, "COP")


@pytest.mark.parametrize("word", ["on", "off", "no", "yes", "Off", '"off"'])
def test_words_that_yaml_takes_for_truth_values_are_words(word: str) -> None:
    assert entry(f"verbs: [go], prep: [{word}]").conditions == (("prep", (word.strip('"'),)),)


def test_true_and_false_are_truth_values() -> None:
    made = entry("verbs: [go], symmetric: true, passive: false")
    assert (made.symmetric, made.passive) == (True, False)


def test_a_single_word_may_stand_without_brackets() -> None:
    assert entry("verbs: go, prep: into").word == "go"
    assert entry("verbs: go, prep: into").conditions == (("prep", ("into",)),)


def test_the_entry_that_asks_more_is_more_specific() -> None:
    plain, one, two = entry("verbs: [open]"), entry("verbs: [open], object: [fire]"), entry("verbs: [open], object: [fire], passive: false")
    phrase = entry('phrases: ["open * fire"]')
    assert [e.specificity for e in (plain, one, two, phrase)] == [0, 1, 2, 4]


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "has `type`, `source` and `entries`"),
        ("type: COERCE\nentries: []", "has `type`, `source` and `entries`"),
        ("type: COERCE\nsource: x\nentries: 5", "has `type`, `source` and `entries`"),
        ("type: COERCE\nsource: x\nentries: [word]", "entry 1: unknown fields"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a]}, {verbs: [b], colour: [red]}]", r"entry 2: unknown fields \['colour'\]"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a], nouns: [b]}]", "entry 1: give exactly one of verbs, nouns, phrases"),
        ("type: COERCE\nsource: x\nentries: [{object: [b]}]", "entry 1: give exactly one"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a], object: {b: c}}]", "entry 1: object must be a list of words"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a], modes: [[x]]}]", "entry 1: modes must be a list of words"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a], prior: often}]", "entry 1: prior must be a number from 0 to 1"),
        ("type: COERCE\nsource: x\nentries: [{verbs: [a], prior: 7}]", "entry 1: prior must be a number from 0 to 1"),
        ("type: COERCE\nsource: x\nentries: [{verbs: {run: x}}]", "entry 1: verbs must be a list of words"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_entry(text: str, said: str) -> None:
    with pytest.raises(DataError, match=rf"^test\.yaml: .*{said}"):
        read(text)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("type: [COERCE\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"^broken\.yaml: "):
        read_yaml(path)
    with pytest.raises(DataError, match=r"^gone\.yaml: "):
        read_yaml(tmp_path / "gone.yaml")


def test_a_language_without_triggers_is_named() -> None:
    with pytest.raises(DataError, match="'cy'"):
        load_triggers("cy")


# The shipped files


@pytest.fixture(scope="module")
def lexicon() -> TriggerLexicon:
    return load_triggers("en")


def wrong(lexicon: TriggerLexicon, holds: Any) -> list[str]:
    return [e.id for e in lexicon.entries if not holds(e)]


def test_every_type_of_the_ontology_has_entries(lexicon: TriggerLexicon) -> None:
    assert {e.event_type for e in lexicon.entries} == set(load_ontology().event_types)


def test_ids_are_distinct(lexicon: TriggerLexicon) -> None:
    assert [name for name, n in Counter(e.id for e in lexicon.entries).items() if n > 1] == []


def test_modes_are_those_of_the_type(lexicon: TriggerLexicon) -> None:
    types = load_ontology().event_types
    assert wrong(lexicon, lambda e: set(e.modes) <= set(types[e.event_type].modes)) == []


def test_contexts_and_sectors_are_known(lexicon: TriggerLexicon) -> None:
    ontology = load_ontology()
    assert wrong(lexicon, lambda e: set(e.contexts) <= set(ontology.contexts)) == []
    assert wrong(lexicon, lambda e: e.default_actor is None or e.default_actor in ontology.sectors) == []


def test_every_entry_has_a_source_and_a_prior(lexicon: TriggerLexicon) -> None:
    assert wrong(lexicon, lambda e: len(e.source) >= 8) == []
    assert wrong(lexicon, lambda e: 0 < e.prior <= 1) == []


def test_frames_name_places_that_the_matcher_knows(lexicon: TriggerLexicon) -> None:
    assert wrong(lexicon, lambda e: all(SLOTS.fullmatch(slot) for slot in (*e.actor, *e.recipient))) == []


def test_conditions_name_classes_that_the_matcher_knows(lexicon: TriggerLexicon) -> None:
    assert wrong(lexicon, lambda e: {n for n, _ in e.conditions} <= set(LIST_FIELDS)) == []
    assert wrong(lexicon, lambda e: {w for _, ws in e.conditions for w in ws if w.startswith("$")} <= CLASSES) == []
    assert wrong(lexicon, lambda e: e.complement in (None, "to", "that", "any") and e.passive in (None, True, False)) == []


def test_words_are_lower_case_and_one_word_unless_a_phrase(lexicon: TriggerLexicon) -> None:
    assert wrong(lexicon, lambda e: e.word == e.word.strip().lower()) == []
    assert wrong(lexicon, lambda e: e.kind == "phrase" or " " not in e.word) == []
    assert wrong(lexicon, lambda e: e.kind != "phrase" or e.word == e.word.strip("*")) == []


def test_the_index_holds_every_entry(lexicon: TriggerLexicon) -> None:
    indexed = [e for index in (lexicon.verbs, lexicon.nouns) for found in index.values() for e in found]
    indexed += [e for found in lexicon.phrases.values() for _, e in found]
    assert Counter(e.id for e in indexed) == Counter(e.id for e in lexicon.entries)
    assert lexicon.by_id["COERCE.arrest.v"].modes == ("arrest",)
