"""Lessons: what is taught of a document, and where nothing is."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support import analysed
from tests.tiny import tiny_labels, tokenizer_file
from tokenizers import Tokenizer

from dateline.learn.lessons import Taught, batch_of, lesson_of, root_of
from dateline.models.heads import ROLES, Labels, distance_class
from dateline.types import Analysis

TEXT = "Police arrested two students in Lenko on Monday. The arrests shocked the town. The mayor met the students."
LABELS = tiny_labels()
COERCE, CONSULT = (LABELS.types.index(name) for name in ("COERCE", "CONSULT"))


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return Tokenizer.from_file(str(tokenizer_file(tmp_path_factory.mktemp("tokens"))))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analysed(TEXT, "events.classification")


def token(analysis: Analysis, word: str) -> int:
    return next(t.index for t in analysis.tokens if t.text == word)


@pytest.fixture
def arrest(analysis: Analysis) -> Taught:
    return Taught(
        event_type="COERCE",
        sentences=(0, 1),
        trigger=(token(analysis, "arrested"),),
        roles={"actor": frozenset({token(analysis, "Police")}), "recipient": frozenset({token(analysis, "students")})},
        attributes=frozenset({"mode:COERCE.arrest"}),
    )


def test_the_sentences_of_an_event_are_right_for_its_type(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    arrays = lesson_of(analysis, [arrest], LABELS, tokenizer).arrays
    assert arrays["sentence_target"][:, COERCE].tolist() == [1.0, 1.0, 0.0]
    assert arrays["sentence_target"].sum() == 2.0
    assert arrays["sentence_weight"].all()


def test_a_trigger_is_taught_in_the_first_sentence_alone(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    arrays = lesson_of(analysis, [arrest], LABELS, tokenizer).arrays
    at = token(analysis, "arrested")
    assert arrays["trigger_target"][at, COERCE] == 1.0
    assert arrays["trigger_target"].sum() == 1.0
    second = analysis.sentences[1]
    assert not arrays["trigger_weight"][second.first : second.last, COERCE].any()
    assert arrays["trigger_weight"][second.first : second.last, CONSULT].all()


def test_where_a_coder_may_have_meant_it_nothing_is_taught(analysis: Analysis, tokenizer: Tokenizer) -> None:
    event = Taught(event_type="COERCE", sentences=(0,), unsure=frozenset({1}), trigger=(token(analysis, "arrested"),))
    arrays = lesson_of(analysis, [event], LABELS, tokenizer).arrays
    assert arrays["sentence_weight"][:, COERCE].tolist() == [1.0, 0.0, 1.0]


def test_roles_are_taught_for_each_head_near_the_trigger(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    lesson = lesson_of(analysis, [arrest], LABELS, tokenizer)
    row = lesson.candidates.index((token(analysis, "arrested"), "COERCE"))
    told = {
        (analysis.tokens[h].text, role): (t, w)
        for r, h, target, weight in zip(
            *(lesson.arrays[k] for k in ("role_candidate", "role_head", "role_target", "role_weight")), strict=True
        )
        if r == row
        for role, t, w in zip(ROLES, target, weight, strict=True)
    }
    assert told["Police", "actor"] == (1.0, 1.0)
    assert told["Police", "recipient"] == (0.0, 1.0)
    assert told["students", "recipient"] == (1.0, 1.0)
    assert told["Police", "says"][1] == 0.0, "what was not coded is not taught"


def test_attributes_are_taught_for_the_kinds_that_were_coded(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    lesson = lesson_of(analysis, [arrest], LABELS, tokenizer, taught=frozenset({"mode"}))
    row = lesson.candidates.index((token(analysis, "arrested"), "COERCE"))
    own, other, flag = (LABELS.attributes.index(n) for n in ("mode:COERCE.arrest", "mode:PROTEST.strike", "aux:future"))
    weight = lesson.arrays["attribute_weight"][row]
    assert lesson.arrays["attribute_target"][row, own] == 1.0
    assert (weight[own], weight[other], weight[flag]) == (1.0, 0.0, 0.0)


def test_a_word_that_the_coder_did_not_mark_is_a_wrong_candidate(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    lesson = lesson_of(analysis, [arrest], LABELS, tokenizer)
    right = dict(zip(lesson.candidates, lesson.arrays["candidate_target"].tolist(), strict=True))
    assert right[token(analysis, "arrested"), "COERCE"] == 1.0
    assert right[token(analysis, "met"), "CONSULT"] == 0.0


def test_a_batch_counts_tokens_sentences_and_rows_through(analysis: Analysis, arrest: Taught, tokenizer: Tokenizer) -> None:
    one = lesson_of(analysis, [arrest], LABELS, tokenizer)
    batch = batch_of([one, one])
    tokens, sentences, rows = len(analysis.tokens), len(analysis.sentences), len(one.candidates)
    assert batch["tokens"] == 2 * tokens
    assert batch["token_sentence"][tokens] == sentences
    assert batch["candidate_token"][rows] == one.arrays["candidate_token"][0] + tokens
    assert batch["role_candidate"].max() < 2 * rows
    assert batch["sentence_document"].tolist() == [0] * sentences + [1] * sentences
    assert batch["piece_token"].max() == 2 * tokens, "the last number stands for marks and padding"


def test_the_root_of_a_stretch_is_governed_from_outside(analysis: Analysis) -> None:
    inside = [token(analysis, "two"), token(analysis, "students")]
    assert root_of(analysis.tokens, inside) == token(analysis, "students")


def test_distances_fall_into_classes_of_their_own() -> None:
    seen = [distance_class(s, t) for s, t in ((0, -1), (0, 1), (0, 40), (-1, -30), (-9, -300), (1, 20), (9, 300))]
    assert len(set(seen)) == len(seen)
    assert all(0 <= n < 24 for n in (distance_class(s, t) for s in range(-9, 10) for t in (-50, -1, 0, 1, 50)))


def test_an_empty_document_gives_an_empty_lesson(tokenizer: Tokenizer) -> None:
    arrays = lesson_of(analysed("Rain.", "events.classification"), [], LABELS, tokenizer).arrays
    assert arrays["role_target"].shape == (0, len(ROLES))
    assert np.array_equal(arrays["same_a"], [])


def test_a_type_without_words_in_the_lexicon_learns_what_is_none_of_its_triggers(analysis: Analysis, tokenizer: Tokenizer) -> None:
    labels = Labels(types=(*LABELS.types, "EVICT"), attributes=LABELS.attributes)
    event = Taught(event_type="EVICT", sentences=(0,), trigger=(token(analysis, "arrested"),))
    plain, told = (lesson_of(analysis, [event], labels, tokenizer, unlisted=u) for u in (frozenset[str](), frozenset({"EVICT"})))
    right = {t: y for (t, k), y in zip(told.candidates, told.arrays["candidate_target"].tolist(), strict=True) if k == "EVICT"}
    assert [t for t, kind in plain.candidates if kind == "EVICT"] == [token(analysis, "arrested")]
    assert right[token(analysis, "arrested")] == 1.0
    assert right[token(analysis, "met")] == 0.0
    assert token(analysis, "students") not in right, "a sentence that tells of it has no wrong triggers"
    assert len(told.arrays["role_candidate"]) == len(plain.arrays["role_candidate"]), "what is no event has no sides"
