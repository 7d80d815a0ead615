"""Modes by the cues of the clause, contexts by those of the sentence and the article."""

from __future__ import annotations

import pytest
from tests.support import analysed, candidate, stage

from dateline.errors import DataError
from dateline.events.classification import MOST
from dateline.events.cues import Cues, words_of
from dateline.ontology import load_ontology
from dateline.types import Layer

ONTOLOGY = load_ontology()


def modes(text: str, trigger: str) -> set[str]:
    return set(candidate(text, trigger, "events.classification").modes)


def contexts(text: str, trigger: str) -> tuple[str, ...]:
    return candidate(text, trigger, "events.classification").contexts


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("Rebels attacked the post with mortars.", "attacked", "heavy-weapons"),
        ("Rebels attacked the post with rifles.", "attacked", "firearms"),
        ("Police dispersed the crowd with water cannon.", "dispersed", "crowd-control"),
        ("Workers marched through Sofia and blocked two roads.", "marched", "demo"),
        ("An air strike killed nine people near Tarvo.", "killed", "aerial"),
        ("Police arrested two men.", "arrested", "arrest"),
        ("Gunmen abducted two priests in Lenko.", "abducted", "abduct"),
    ],
)
def test_the_clause_gives_the_mode(text: str, trigger: str, mode: str) -> None:
    assert mode in modes(text, trigger)


def test_a_cue_of_another_clause_gives_no_mode() -> None:
    text = "Rebels attacked the post, and policemen with batons guarded the market of the old capital."
    assert "beat" not in modes(text, "attacked")
    assert "beat" in modes("Rebels attacked the guards of the post with batons.", "attacked")


def test_the_modes_of_the_entry_come_first() -> None:
    found = candidate("Engineers blew up the bridge with artillery.", "blew", "events.classification")
    assert found.modes[0] == "explosives"
    assert "heavy-weapons" in found.modes


def test_verbal_acts_take_no_further_modes_where_the_trigger_gives_one() -> None:
    before = candidate("The president was criticised by the bishops.", "criticised", "events.triggers").modes
    assert before
    assert candidate("The president was criticised by the bishops.", "criticised", "events.classification").modes == before


@pytest.mark.parametrize(
    ("text", "trigger", "context"),
    [
        ("The army attacked a village with warplanes and artillery.", "attacked", "military"),
        ("Crowds marched against the ballot rigging in the election.", "marched", "election"),
        ("Bishops and imams condemned the attack on the mosque.", "condemned", "religion_ethnicity"),
    ],
)
def test_the_sentence_gives_the_context(text: str, trigger: str, context: str) -> None:
    assert context in contexts(text, trigger)


def test_a_sentence_without_cues_has_no_context() -> None:
    assert contexts("The two ministers met in Riga.", "met") == ()


def test_the_article_helps_a_weak_cue() -> None:
    alone = "Villagers attacked a driver in the ward on Monday."
    about = " ".join(["The epidemic of cholera has filled every hospital, and the clinics lack vaccine."] * 4)
    assert "health" not in contexts(alone, "attacked")
    assert "health" in contexts(f"{about} {alone}", "attacked")


def test_an_event_has_few_contexts_and_only_known_codes() -> None:
    text = (
        "Soldiers, bishops, judges and spies marched in the election over oil prices, refugees, vaccines, floods, drugs, "
        "hackers and the border, and the cabinet fell."
    )
    found = candidate(text, "marched", "events.classification")
    assert 0 < len(found.contexts) <= MOST
    assert set(found.contexts) <= set(ONTOLOGY.contexts)


def test_the_data_files_know_only_codes_of_the_ontology() -> None:
    made = stage("events.classification")
    for event_type, cues in made.modes.items():  # type: ignore[attr-defined]
        labels = {label for found in cues._by_first.values() for _, label, _ in found}
        assert labels <= set(ONTOLOGY.event_types[event_type].modes)
    labels = {label for found in made.contexts._by_first.values() for _, label, _ in found}  # type: ignore[attr-defined]
    assert labels <= set(ONTOLOGY.contexts)


def test_it_says_which_words_decided() -> None:
    note = candidate("Rebels attacked the post with mortars.", "attacked", "events.classification").notes[-1]
    assert note.startswith("events.classification: ")
    assert "heavy-weapons" in note
    assert "mortar" in note


def test_only_candidates_are_provided() -> None:
    assert stage("events.classification").provides == frozenset({Layer.CANDIDATES})


# The look-up of cues


def test_cues_are_found_as_lemmas_or_as_written_alone_or_in_phrases() -> None:
    cues = Cues()
    cues.add("a", "mortar")
    cues.add("b", "air strike", 0.4)
    cues.add("c", "Mortars")
    tokens = analysed("Mortars and an air strike hit the air base.", "annotate.syntax").tokens
    assert cues.find(tokens) == [("a", "mortar", 1.0, 0), ("c", "mortars", 1.0, 0), ("b", "air strike", 0.4, 3)]


def test_a_phrase_does_not_run_past_the_end() -> None:
    cues = Cues()
    cues.add("a", "air strike wave")
    assert cues.find(analysed("They feared an air strike", "annotate.syntax").tokens) == []


def test_a_data_entry_is_a_list_or_says_how_strong_its_words_are() -> None:
    assert list(words_of("x", ["a", "b"])) == [("a", 1.0), ("b", 1.0)]
    assert list(words_of("x", {"strong": ["a"], "weak": ["b"]})) == [("a", 1.0), ("b", 0.4)]
    with pytest.raises(DataError, match=r"^modes\.yaml: ASSAULT\.beat: give a list"):
        list(words_of("modes.yaml: ASSAULT.beat", "stick"))
