"""The stage table, how stages are checked against each other, and what becomes of a document that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline.errors import ConfigurationError, InputError, UnsupportedLanguageError
from dateline.pipeline import LANGUAGE_STAGE, STAGES, Config, Pipeline, checked, failure_of, languages
from dateline.types import Abstention, Analysis, Document, Failure, Layer, Sentence, Span


class Sentences:
    """Make the whole text one sentence; raise on a text with a bomb in it."""

    name = "annotate.sentences"
    requires: frozenset[Layer] = frozenset()
    provides = frozenset({Layer.SENTENCES})

    def __init__(self) -> None:
        self.batches: list[int] = []

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        self.batches.append(len(batch))
        done = []
        for analysis in batch:
            text = analysis.document.text
            if "bomb" in text:
                raise ValueError("cannot read\nthis")
            whole = Sentence(index=0, span=Span(0, len(text)), first=0, last=0, block=0)
            done.append(replace(analysis, sentences=(whole,)))
        return done


class Passed:
    """Abstain from every sentence."""

    name = "events.passed"
    requires = frozenset({Layer.SENTENCES})
    provides = frozenset({Layer.ABSTENTIONS})

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        why = Abstention(sentence=0, trigger=None, stage=self.name, why="a test")
        return [replace(analysis, abstentions=(why,)) for analysis in batch]


class Meddler(Passed):
    """Set a layer of another stage."""

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        return [replace(analysis, sentences=()) for analysis in super().__call__(batch)]


class Loser(Passed):
    """Lose a document."""

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        return list(batch)[1:]


def document(name: str, text: str = "Talks began.", language: str | None = "en") -> Document:
    return Document(id=name, text=text, language=language)


def test_the_stages_run_in_the_order_of_the_flow() -> None:
    assert [name for name, _ in STAGES] == [
        "annotate.syntax",
        "resolve.toponyms",
        "resolve.timexes",
        "annotate.coreference",
        "annotate.quotations",
        "events.encoding",
        "events.triggers",
        "events.classification",
        "events.arguments",
        "events.modality",
        "events.magnitude",
        "resolve.attribution",
        "events.attributes",
        "resolve.temporal",
        "resolve.places",
        "resolve.actors",
        "events.confidence",
        "merge.within_document",
    ]


def test_every_stage_carries_the_name_it_has_in_the_table() -> None:
    assert [stage.name for stage in Pipeline.build("en").stages] == [name for name, _ in STAGES]


def test_the_standard_pipeline_sets_only_its_own_layers() -> None:
    from dateline.ingest.readers import document_from_text

    standard = Pipeline.build("en")
    watched = Pipeline([checked(stage) for stage in standard.stages])
    text = "KHARTOUM, March 3 - Police arrested five activists in Khartoum on Monday, a lawyer said. The union called a strike."
    analysis = watched(document_from_text(text, published="2024-03-06"))
    assert len(analysis.sentences) == 2
    assert analysis.events


def test_a_missing_layer_is_named_with_the_stage_that_needs_it() -> None:
    with pytest.raises(ConfigurationError, match=r"events\.passed requires sentences"):
        Pipeline([Passed()])


def test_the_order_of_stages_counts() -> None:
    with pytest.raises(ConfigurationError, match="no earlier stage provides"):
        Pipeline([Passed(), Sentences()])


def test_a_stage_may_be_dropped_only_if_nothing_needs_it() -> None:
    with pytest.raises(ConfigurationError, match=r"annotate\.syntax|tokens"):
        Pipeline.build("en", Config(drop=("annotate.syntax",)))


def test_an_unknown_stage_in_the_config_is_named() -> None:
    with pytest.raises(ConfigurationError, match="annotate\\.sintax"):
        Pipeline.build("en", Config(drop=("annotate.sintax",)))


def test_a_language_without_data_files_cannot_be_built() -> None:
    with pytest.raises(ConfigurationError, match=r"Welsh|cy.*exist for: en"):
        Pipeline.build("cy")


def test_checked_catches_a_stage_that_sets_the_layer_of_another() -> None:
    with pytest.raises(AssertionError, match="changed the layer sentences"):
        Pipeline([Sentences(), checked(Meddler())])(document("a"))


def test_checked_lets_a_good_stage_pass() -> None:
    analysis = Pipeline([checked(Sentences()), checked(Passed())])(document("a"))
    assert analysis.abstentions[0].why == "a test"


def test_one_document_that_raises_becomes_a_failure_and_the_others_are_coded() -> None:
    documents = [document("a"), document("b", "a bomb"), document("c")]
    done = list(Pipeline([Sentences(), Passed()]).stream(documents))
    assert done[1] == Failure(document="b", stage="annotate.sentences", message="ValueError: cannot read this")
    assert [item.document.id for item in done if isinstance(item, Analysis)] == ["a", "c"]


def test_documents_are_tried_singly_only_in_a_batch_that_failed() -> None:
    sentences = Sentences()
    texts = ["one", "two", "three", "bomb", "five"]
    list(Pipeline([sentences]).stream([document(t, t) for t in texts], batch_size=3))
    assert sentences.batches == [3, 2, 1, 1]


def test_failures_among_the_input_keep_their_place() -> None:
    unread = Failure(document="x.html", stage="ingest", message="no article found in it")
    done = list(Pipeline([Sentences()]).stream([document("a"), unread, document("b")]))
    assert done[1] is unread
    assert len(done) == 3


def test_a_text_in_another_language_is_refused_with_what_there_is() -> None:
    refused = next(Pipeline([Sentences()]).stream([document("a", language="es")]))
    assert isinstance(refused, Failure)
    assert refused.stage == LANGUAGE_STAGE
    assert refused.message == f"the text is in Spanish (es); data files exist for: {', '.join(languages())}"


def test_a_text_in_another_language_raises_when_coded_alone() -> None:
    with pytest.raises(UnsupportedLanguageError, match="Arabic"):
        Pipeline([Sentences()])(document("a", language="ar"))


def test_a_text_of_unknown_language_is_read_in_the_language_of_the_pipeline() -> None:
    assert Pipeline([Sentences()])(document("a", language=None)).sentences


def test_an_error_in_a_single_document_says_where_it_was_raised() -> None:
    with pytest.raises(ValueError, match="cannot read") as caught:
        Pipeline([Sentences()])(document("b", "bomb"))
    assert caught.value.__notes__ == ["in the stage annotate.sentences, document b"]


def test_a_stage_that_loses_a_document_is_found_out() -> None:
    with pytest.raises(ConfigurationError, match="returned 0 analyses for 1"):
        Pipeline([Sentences(), Loser()])(document("a"))


def test_long_documents_close_a_batch_early() -> None:
    sentences = Sentences()
    list(Pipeline([sentences]).stream([document(str(n), "x" * 250_000) for n in range(4)], batch_size=16))
    assert sentences.batches == [2, 2]


def test_the_time_of_each_stage_is_kept() -> None:
    pipeline = Pipeline([Sentences(), Passed()])
    pipeline(document("a"))
    assert set(pipeline.seconds) == {"annotate.sentences", "events.passed"}
    assert all(seconds > 0 for seconds in pipeline.seconds.values())


def test_our_own_errors_speak_for_themselves_and_keep_their_line() -> None:
    assert failure_of(InputError("not JSON", line=3), "x.jsonl", "ingest") == Failure(
        document="x.jsonl", stage="ingest", message="not JSON", line=3
    )
