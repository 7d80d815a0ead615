"""Triggers: which words fire, with which span, and which entry wins."""

from __future__ import annotations

import pytest
from tests.events.lexicons import found
from tests.support import analysed

from dateline.events.triggers import match_phrase
from dateline.types import Analysis


def triggers(analysis: Analysis) -> list[tuple[str, str]]:
    return [(c.trigger.text, c.rule) for c in analysis.candidates]


@pytest.mark.parametrize(
    ("text", "entries", "expected"),
    [
        # particles are part of the trigger
        ("Engineers blew up the bridge.", "- {verbs: [blow], particle: [up]}", [("blew up", "COERCE.blow.v")]),
        ("Engineers blew the bridge up.", "- {verbs: [blow], particle: [up]}", [("blew the bridge up", "COERCE.blow.v")]),
        ("A cold wind blew through the town.", "- {verbs: [blow], particle: [up]}", []),
        # phrases, with and without a gap
        ("The army laid siege to the town.", '- {phrases: ["lay siege to"]}', [("laid siege to", "COERCE.lay_siege_to.p")]),
        ("Rebels took hostage two priests.", '- {phrases: ["take * hostage"]}', [("took hostage", "COERCE.take_*_hostage.p")]),
        ("Rebels took a priest hostage.", '- {phrases: ["take * hostage"]}', [("took a priest hostage", "COERCE.take_*_hostage.p")]),
        ("Rebels took on Monday, in the north, a hostage.", '- {phrases: ["take * hostage"]}', []),
        ("Crowds took to the streets.", '- {phrases: ["take to * street"]}', [("took to the streets", "COERCE.take_to_*_street.p")]),
        # passives and participles
        ("Two men were arrested.", "- {verbs: [arrest]}", [("arrested", "COERCE.arrest.v")]),
        ("The arrested men were tired.", "- {verbs: [arrest]}", [("arrested", "COERCE.arrest.v")]),
        # nouns, singular and plural, but not as a modifier of another noun
        ("The raids went on.", "- {nouns: [raid]}", [("raids", "COERCE.raid.n")]),
        ("The raid leader fled.", "- {nouns: [raid]}", []),
        # a verb's entry does not fire at the noun, nor the other way round
        ("The raid went on.", "- {verbs: [raid]}", []),
        ("Police raided the shop.", "- {nouns: [raid]}", []),
    ],
)
def test_what_fires(text: str, entries: str, expected: list[tuple[str, str]]) -> None:
    assert triggers(found(text, entries)) == expected


def test_the_most_specific_entry_wins() -> None:
    entries = "- {verbs: [open], prior: 0.9}\n- {verbs: [open], object: [fire], prior: 0.2}\n"
    assert triggers(found("Soldiers opened fire.", entries)) == [("opened", "COERCE.open.v2")]
    assert triggers(found("Soldiers opened the gate.", entries)) == [("opened", "COERCE.open.v")]


def test_of_two_entries_that_ask_as_much_the_better_prior_wins() -> None:
    entries = "- {verbs: [open], object: [fire], prior: 0.2}\n- {verbs: [open], subject: [soldier], prior: 0.6}\n"
    assert triggers(found("Soldiers opened fire.", entries)) == [("opened", "COERCE.open.v2")]


def test_a_phrase_takes_up_its_words() -> None:
    entries = '- {verbs: [take]}\n- {nouns: [hostage]}\n- {phrases: ["take * hostage"]}\n'
    assert triggers(found("Rebels took a hostage in Lenko.", entries)) == [("took a hostage", "COERCE.take_*_hostage.p")]


def test_a_headline_makes_no_candidate_but_is_told() -> None:
    analysis = found("Police arrest two students\n\nTwo students were arrested in Lenko on Monday. They were tired.", "- {verbs: [arrest]}")
    assert [(c.sentence, c.trigger.text) for c in analysis.candidates] == [(1, "arrested")]
    (passed,) = analysis.abstentions
    assert passed.sentence == 0
    assert passed.trigger is not None
    assert passed.trigger.of(analysis.document.text) == "arrest"
    assert "headline" in passed.why


def test_days_are_no_triggers() -> None:
    entries = "- {nouns: [march, may]}"
    assert triggers(found("The talks were held in March, said the mayor.", entries)) == []
    assert triggers(found("The march was held in Lenko, said the mayor.", entries)) == [("march", "COERCE.march.n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested two men.", "active"),
        ("Two men were arrested.", "passive"),
        ("The arrested men were tired.", "participle"),
        ("The arrest of two men was a mistake.", "nominal"),
    ],
)
def test_how_a_trigger_stands(text: str, expected: str) -> None:
    (candidate,) = found(text, "- {verbs: [arrest]}\n- {nouns: [arrest]}\n").candidates
    assert candidate.construction == expected
    assert candidate.nominal == (expected == "nominal")


def test_a_candidate_carries_what_its_entry_says() -> None:
    entries = "- {verbs: [clash], symmetric: true, modes: [arrest], contexts: [military], prior: 0.4}"
    (candidate,) = found("The two sides clashed.", entries).candidates
    assert (candidate.event_type, candidate.modes, candidate.contexts) == ("COERCE", ("arrest",), ("military",))
    assert (candidate.prior, candidate.symmetric) == (0.4, True)
    assert candidate.notes == ("events.triggers: COERCE.clash.v (active, prior 0.40; a lexicon of the tests)",)


def test_candidates_are_in_text_order_and_quote_the_text() -> None:
    text = "Police raided a shop  and\narrested two men. They beat a third 😀 and arrested him."
    analysis = found(text, "- {verbs: [beat, arrest, raid]}")
    assert [c.trigger.text for c in analysis.candidates] == ["raided", "arrested", "beat", "arrested"]
    assert all(c.trigger.span.of(text) == c.trigger.text for c in analysis.candidates)
    assert [c.sentence for c in analysis.candidates] == [0, 0, 1, 1]


def test_a_phrase_does_not_run_past_the_sentence() -> None:
    tokens = analysed("They took three.", "annotate.syntax").tokens
    assert match_phrase(("take", "*", "hostage"), 1, tokens) is None
    assert match_phrase(("take", "three"), 1, tokens) == (1, 2)
