"""The library: load, one text, a stream."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import dateline
from dateline.record import EventRecord
from dateline.types import Block, Document, Failure, Span
from tests.factories import small_coder

SAMPLE = Path(dateline.__file__).parent / "data" / "samples" / "sample-2024-03-14.txt"
RECORDS = TypeAdapter(EventRecord)
TEXT = "Police arrested five activists in the capital on Monday, a lawyer for the group said."


def test_the_public_names_are_these_and_all_are_there() -> None:
    assert set(dateline.__all__) == {
        "STAGES", "Analysis", "CodedDocument", "Coder", "Config", "ConfigurationError", "DataError", "DatelineError", "Document", "Event",
        "Failure", "InputError", "Layer", "Pipeline", "Span", "Stage", "TooLargeError", "UnsupportedLanguageError", "__version__",
        "languages", "load",
    }  # fmt: skip
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None


def test_a_text_gives_a_coded_document() -> None:
    coded = small_coder()(TEXT, published="2024-03-14", id="a-1", title="Arrests")
    assert [event.event_type for event in coded.events] == ["COERCE"]
    assert coded.document.text == TEXT
    assert (coded.document.id, coded.document.published, coded.document.title) == ("a-1", "2024-03-14", "Arrests")
    assert coded.to_dicts()[0]["document"] == "a-1"
    assert coded.analysis.document is coded.document


def test_the_day_of_publication_may_be_a_date() -> None:
    assert small_coder()(TEXT, published=date(2024, 3, 14)).document.published == "2024-03-14"


def test_a_text_without_an_id_is_named_by_its_hash_each_time_alike() -> None:
    first, second = small_coder()(TEXT), small_coder()(TEXT)
    assert first.document.id == second.document.id
    assert len(first.document.id) == 16


def test_abstentions_say_why_nothing_was_coded() -> None:
    coded = small_coder()("The protest was expected by nobody who had been asked about it, the mayor of the town said later.")
    assert coded.events == ()
    assert [passed.why for passed in coded.abstentions] == ["no act by anyone"]


def test_records_below_a_confidence_are_left_out() -> None:
    coded = small_coder()(TEXT)
    assert len(coded.to_dicts(min_confidence=0.7)) == 1
    assert coded.to_dicts(min_confidence=0.8) == []


def test_a_document_is_coded_as_it_is() -> None:
    document = Document(id="d", text=TEXT, language="en", blocks=(Block(span=Span(0, len(TEXT))),))
    assert small_coder()(document).document is document


def test_a_document_that_does_not_say_what_is_read_is_given_blocks() -> None:
    document = small_coder()(Document(id="d", text=TEXT, language="en")).document
    assert [block.span for block in document.blocks] == [Span(0, len(TEXT))]
    assert document.id == "d"


def test_a_document_and_arguments_beside_it_are_refused() -> None:
    with pytest.raises(dateline.ConfigurationError, match="published"):
        small_coder()(Document(id="d", text=TEXT), published="2024-03-14")


def test_an_empty_text_is_an_input_error() -> None:
    with pytest.raises(dateline.InputError):
        small_coder()("")


def test_a_stream_takes_texts_mappings_and_documents_in_order() -> None:
    unread = Failure(document="u", stage="ingest", message="not read")
    sources = [TEXT, {"id": "m", "text": TEXT, "published": date(2024, 3, 14)}, Document(id="d", text=TEXT), unread]
    done = list(small_coder().stream(sources))
    assert [item.document.id for item in done if isinstance(item, dateline.CodedDocument)][1:] == ["m", "d"]
    assert done[3] is unread


def test_a_bad_item_of_a_stream_is_a_failure_in_its_place() -> None:
    broken = "a broken text that raises, and that is long enough to be read"
    sources = [{"id": "a", "text": TEXT}, {"id": "b", "text": 5}, {"id": "c"}, {"id": "d", "text": broken}, None]
    done = list(small_coder().stream(sources))  # type: ignore[arg-type]
    assert isinstance(done[0], dateline.CodedDocument)
    assert [item.document for item in done if isinstance(item, Failure)] == ["b", "c", "d", "document-5"]
    assert done[3] == Failure(document="d", stage="events.arrests", message="ValueError: a broken document")


@pytest.fixture(scope="module")
def real() -> dateline.Coder:
    return dateline.load()


def test_the_place_where_somebody_stands_is_no_side(real: dateline.Coder) -> None:
    coded = real("Police in Harare arrested two union leaders on Monday.", published="2024-03-14")
    (record,) = coded.to_dicts()
    assert [actor["entity_text"] for actor in record["actor"]] == ["Police"]


def test_the_real_coder_reads_a_plain_report(real: dateline.Coder) -> None:
    (record,) = [r for r in real(TEXT, published="2024-03-14").to_dicts() if r["event"] == ["COERCE"]]
    assert record["mode"] == ["arrest"]
    assert record["date"] == "2024-03-11"
    assert [actor["sector"][0] for actor in record["actor"]] == ["COP"]


def test_the_same_text_gives_the_same_records_alone_and_in_a_batch(real: dateline.Coder) -> None:
    other = "The two presidents met in Nairobi on Friday and signed an agreement on fishing rights."
    alone = real(TEXT, published="2024-03-14", id="x").to_dicts()
    documents = [{"id": "y", "text": other}, {"id": "x", "text": TEXT, "published": "2024-03-14"}]
    batch = [item.to_dicts() for item in real.stream(documents) if isinstance(item, dateline.CodedDocument)]
    assert batch[1] == alone


def test_a_language_without_data_files_is_refused() -> None:
    with pytest.raises(dateline.ConfigurationError, match="exist for: en"):
        dateline.load("es")


def test_the_sample_article_gives_records_that_fit_the_schema_and_quote_the_text(real: dateline.Coder) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    records = real(text, id="sample").to_dicts()
    assert {"PROTEST", "ASSAULT", "COERCE"} <= {record["event"][0] for record in records}
    for record in records:
        RECORDS.validate_python(record, strict=True)
        trigger = record["evidence"][0]["trigger"]
        assert " ".join(text[trigger["start"] : trigger["end"]].split()) == " ".join(record["event_text"][0].split())
    days = {record["date"] for record in records}
    assert {"2024-03-13", "2024-03-08"} <= days


def test_page_furniture_gives_no_events(real: dateline.Coder) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    footer = text.index("Share this article")
    assert [record for record in real(text).to_dicts() if record["evidence"][0]["start"] >= footer] == []
