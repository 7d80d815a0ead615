"""Files, folders, standard input, strings and objects become Documents, and failures are told."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.ingest.readers import (
    READERS,
    Defaults,
    document_from_dict,
    document_from_text,
    list_inputs,
    read_path,
    read_stdin,
)
from dateline.types import Document, Failure

TEXT = "Dockers walked out in three northern ports on Monday, the union said."
PAGE = (
    "<!DOCTYPE html><html><head><title>Ports shut</title></head><body><article>"
    + "".join(f"<p>{TEXT} The army sent {number} companies to the largest of them.</p>" for number in ("two", "three", "four"))
    + "</article></body></html>"
)


def one(path: Path, **known: str) -> Document:
    (document,) = read_path(path, **known)  # type: ignore[arg-type]
    assert isinstance(document, Document), document
    return document


def failed(path: Path) -> Failure:
    (failure,) = read_path(path)
    assert isinstance(failure, Failure), failure
    assert failure.stage == "ingest"
    assert "\n" not in failure.message
    return failure


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".TXT"])
def test_a_text_file_is_one_document(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"ports-2019-05-12{suffix}"
    file.write_bytes(TEXT.encode())
    document = one(file)
    assert (document.id, document.text, document.published, document.published_known) == (file.stem, TEXT, "2019-05-12", "file-name")
    assert document.bytes_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("suffix", [".html", ".htm", ".xhtml", ""])
def test_a_page_is_one_document(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"ports{suffix}"
    file.write_text(PAGE, encoding="utf-8")
    document = one(file, published="2019-05-12")
    assert document.text.startswith(TEXT)
    assert (document.title, document.published) == ("Ports shut", "2019-05-12")


@pytest.mark.parametrize("name", ["wire.jsonl", "wire.ndjson", "wire"])
def test_a_collection_is_many_documents(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("".join(json.dumps({"text": TEXT}) + "\n" for _ in range(3)), encoding="utf-8")
    assert [item.id for item in read_path(file) if isinstance(item, Document)] == ["wire:1", "wire:2", "wire:3"]


def test_a_folder_is_read_in_order_and_bad_files_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "two.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".notes.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / ".hidden" / "d.txt").write_text(TEXT, encoding="utf-8")
    found = list(read_path(tmp_path))
    assert [item.document if isinstance(item, Failure) else item.id for item in found] == ["a", "two", "c"]
    assert isinstance(found[0], Failure)
    inputs = list_inputs(tmp_path)
    assert len(inputs.files) == 3
    assert inputs.skipped == {"hidden": 2, "unknown suffix": 1}


def test_files_of_one_stem_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ports.txt").write_text(TEXT, encoding="utf-8")
    assert [item.id for item in read_path(tmp_path) if isinstance(item, Document)] == ["a/ports.txt", "b/ports.txt"]


def test_an_id_met_in_an_earlier_file_is_reported(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(json.dumps({"id": "x", "text": TEXT}) + "\n", encoding="utf-8")
    first, second = read_path(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert "a.jsonl line 1" in second.message


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(range(64)), "binary file"),
        ("noise.txt", bytes(range(256)) * 10, "binary file"),
        ("nothing.html", b"<html><body><nav>Home</nav></body></html>", "no article text"),
        ("bomb.html", b"<div>" * 100_000, "nests more than"),
        ("paper.pdf", b"%PDF-1.7", "files ending in .pdf are not read"),
    ],
)
def test_bad_files_are_failures(tmp_path: Path, name: str, raw: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    failure = failed(file)
    assert message in failure.message
    assert failure.document == file.stem


def test_a_text_of_twenty_megabytes_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as stream:
        stream.truncate(20_000_000)
    assert "20,000,000 bytes" in failed(file).message


def test_utf_16_is_read(tmp_path: Path) -> None:
    file = tmp_path / "wide.txt"
    file.write_bytes(TEXT.encode("utf-16"))
    assert one(file).text == TEXT


def test_what_is_not_there_is_a_failure(tmp_path: Path) -> None:
    assert "no such file" in failed(tmp_path / "absent.txt").message
    (tmp_path / "folder").mkdir()
    assert "no file to read" in failed(tmp_path / "folder").message


def test_a_bad_day_from_the_caller_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    (failure,) = read_path(file, published="next week")
    assert isinstance(failure, Failure)
    assert "YYYY-MM-DD" in failure.message


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "a-2031-01-01.txt"
    file.write_text(TEXT, encoding="utf-8")
    (document,) = read_path(file, defaults=Defaults(publisher="NP", author="AQ", language="en", today=dt.date(2024, 1, 1)))
    assert isinstance(document, Document)
    assert (document.publisher, document.author, document.language, document.published) == ("NP", "AQ", "en", None)
    (failure,) = read_path(file, defaults=Defaults(max_bytes=10))
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (TEXT.encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode(), ["stdin:1"]),
        ((json.dumps({"text": TEXT}) + "\n").encode() * 3000, [f"stdin:{number}" for number in range(1, 3001)]),
        (json.dumps({"id": "stdin", "text": TEXT}).encode(), ["stdin"]),
        (b"{Sola} " + TEXT.encode(), ["stdin"]),
    ],
)
def test_standard_input_is_told_by_its_look(raw: bytes, ids: list[str]) -> None:
    found = list(read_stdin(io.BytesIO(raw)))
    assert [item.id for item in found if isinstance(item, Document)] == ids
    assert all(item.text.strip().endswith(("said.", "them.")) for item in found if isinstance(item, Document))


def test_empty_and_endless_standard_input_are_failures() -> None:
    (failure,) = read_stdin(io.BytesIO(b""))
    assert isinstance(failure, Failure)
    (large,) = read_stdin(io.BytesIO(b"a " * 6_000_000))
    assert isinstance(large, Failure)
    assert "limit of 10,000,000" in large.message


def test_a_text_of_a_program_is_stored_verbatim() -> None:
    text = "  Dockers walked\r\nout 😀 on Monday.\n"
    document = document_from_text(text, published="2019-05-12", language="en")
    assert document.text == text
    assert document.id == hashlib.sha256(text.encode()).hexdigest()[:16]
    assert document == document_from_text(text, published="2019-05-12", language="en")
    assert document_from_text(text, id="a1", title="T", publisher="P", author="A", url="U").id == "a1"


def test_errors_of_a_program_are_raised() -> None:
    with pytest.raises(InputError, match="empty"):
        document_from_text("")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        document_from_text(TEXT, published="soon")
    with pytest.raises(InputError, match="not an object"):
        document_from_dict([TEXT])


def test_an_object_is_a_document() -> None:
    assert document_from_dict({"text": TEXT}, "f1").id == "f1"
    assert document_from_dict({"text": TEXT, "id": "a"}, "f1").id == "a"


def test_the_table_of_readers() -> None:
    assert set(READERS) == {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"}
