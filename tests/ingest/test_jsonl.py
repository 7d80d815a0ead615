"""Collections: one article a line, and a bad line costs itself only."""

from __future__ import annotations

import codecs
import io
import json
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.ingest.jsonl import document_of_object, read_jsonl
from dateline.ingest.plain_text import Known
from dateline.types import Document, Failure

TEXT = "Dockers walked out in three northern ports on Monday, the union said."


def read(raw: bytes, **known: Any) -> list[Document | Failure]:
    return list(read_jsonl(io.BytesIO(raw), name="wire.jsonl", stem="wire", defaults=Known(**known)))


def lines(*objects: object) -> bytes:
    return "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in objects).encode()


def test_fields_are_read() -> None:
    fields = {"id": "a1", "title": "Ports shut", "published": "2019-05-12", "publisher": "NP", "author": "AQ", "url": "u", "language": "en"}
    (document,) = read(lines({**fields, "text": TEXT, "extra": [1]}))
    assert isinstance(document, Document)
    assert {name: getattr(document, name) for name in fields} == fields
    assert (document.text, document.published_known) == (TEXT, "given")


def test_a_bad_third_line_of_five_is_the_only_loss() -> None:
    raw = lines(
        {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, '{"id": "c", "text": ', {"id": "d", "text": TEXT}, {"id": "e", "text": TEXT}
    )
    found = read(raw)
    assert [item.id for item in found if isinstance(item, Document)] == ["a", "b", "d", "e"]
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert (failure.line, failure.stage, failure.document) == (3, "ingest", "wire:3")
    assert "not valid JSON at character" in failure.message


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ([1], "a list"),
        ("3", "a number"),
        ("null", "null"),
        ({"id": "a"}, 'no "text"'),
        ({"text": ""}, "empty"),
        ({"text": ["x"]}, '"text" must be a string'),
        ({"text": TEXT, "title": 5}, '"title" must be a string or null, not a number'),
        ({"text": TEXT, "published": 2019}, '"published" must be a string'),
        ({"text": TEXT, "id": {}}, '"id" must be a string'),
        ({"text": TEXT, "id": True}, "true or false"),
        ('{"text": "\\ud800 x"}', "surrogate"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_wrong_lines_are_failures_that_say_what(item: object, message: str) -> None:
    (failure, document) = read(lines(item, {"text": TEXT}))
    assert isinstance(failure, Failure)
    assert message in failure.message
    assert "\n" not in failure.message
    assert isinstance(document, Document)


def test_ids_are_made_from_the_line_and_numbers_are_taken() -> None:
    found = read(lines({"text": TEXT}, "", {"text": TEXT, "id": 17}, {"text": TEXT, "id": ""}))
    assert [item.id for item in found if isinstance(item, Document)] == ["wire:1", "17", "wire:4"]


def test_a_repeated_id_is_reported() -> None:
    first, second = read(lines({"id": "a", "text": TEXT}, {"id": "a", "text": "Other words were told."}))
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert "wire.jsonl line 1" in second.message


def test_a_date_that_is_none_does_not_cost_the_article() -> None:
    (document,) = read(lines({"text": TEXT, "published": "2018-04-65"}))
    assert isinstance(document, Document)
    assert document.published is None
    assert '"2018-04-65"' in document.warnings[0]


def test_defaults_hold_where_the_line_is_silent() -> None:
    one, two = read(lines({"text": TEXT}, {"text": TEXT, "published": "2019-05-12"}), given="2020-01-01", publisher="NP")
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.published, two.published, two.publisher) == ("2020-01-01", "2019-05-12", "NP")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_unicode_encodings_are_read(encoding: str) -> None:
    raw = '{"text": "Huelga en Málaga 😀"}\n{"text": "Fin de la huelga"}\n'.encode(encoding)
    assert [item.text for item in read(raw) if isinstance(item, Document)] == ["Huelga en Málaga 😀", "Fin de la huelga"]


def test_a_line_in_a_legacy_encoding_is_read_with_a_warning() -> None:
    (document,) = read('{"text": "Huelga en Málaga por la tarde"}\n'.encode("latin-1"))
    assert isinstance(document, Document)
    assert "Málaga" in document.text
    assert "guess" in document.warnings[0]


def test_damaged_utf_16_is_one_failure() -> None:
    (failure,) = read(codecs.BOM_UTF16_LE + b"\x00\xd8\x00")
    assert isinstance(failure, Failure)


def test_a_line_beyond_the_limit_is_passed_over() -> None:
    found = read(lines({"text": "a " * 200_000}, {"id": "b", "text": TEXT}), limit=1000)
    assert isinstance(found[0], Failure)
    assert [item.id for item in found if isinstance(item, Document)] == ["b"]
    (failure, _) = read(lines({"text": "a " * 600}, {"id": "b", "text": TEXT}), limit=1000)
    assert isinstance(failure, Failure)
    assert "limit of 1,000" in failure.message


def test_json_over_several_lines_is_told_in_words() -> None:
    first = read(json.dumps({"text": TEXT}, indent=1).encode())[0]
    assert isinstance(first, Failure)
    assert "one object on one line" in first.message


def test_an_empty_file_has_no_documents() -> None:
    assert read(b"") == []
    assert read(b"\n\n") == []


def test_objects_raise_where_files_report() -> None:
    with pytest.raises(InputError, match="not an object"):
        document_of_object("text", None, Known())


def test_a_day_of_retrieval_bounds_the_day_of_publication() -> None:
    text = "LOME, May 14, 2019 (Reuters) - Dockers walked out on Monday, the union said."
    document = document_of_object({"text": text, "retrieved": "2019-05-02T10:00:00Z"}, "a", Known())
    assert document.published is None
    assert any("after the day of retrieval, 2019-05-02" in warning for warning in document.warnings)
    assert document_of_object({"text": text, "retrieved": "2019-05-14"}, "a", Known()).published == "2019-05-14"
    odd = document_of_object({"text": text, "retrieved": "lately"}, "a", Known())
    assert odd.published == "2019-05-14"
    assert any('"retrieved" is "lately"' in warning for warning in odd.warnings)
