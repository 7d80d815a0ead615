"""Texts to Documents."""

from __future__ import annotations

import hashlib

import pytest

from dateline.errors import InputError, TooLargeError
from dateline.ingest.plain_text import Known, make_document, read_plain_text

TEXT = "Strike closes three ports in the north\n\n12 May 2019\n\nDockers walked out in three ports on Monday, the union said."


def test_a_document_holds_the_text_verbatim_and_what_is_known_of_it() -> None:
    document = make_document(TEXT, None, Known())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.text, document.id, document.text_sha256) == (TEXT, digest[:16], digest)
    assert (document.published, document.published_known, document.language) == ("2019-05-12", "dateline", "en")
    assert document.title == "Strike closes three ports in the north"
    assert [block.kind for block in document.blocks] == ["headline", "body"]
    assert [mask.reason for mask in document.masked] == ["byline"]


def test_the_given_title_is_not_put_before_the_text() -> None:
    document = make_document("Dockers walked out on Monday.", "a1", Known(title="Ports shut"))
    assert (document.title, document.text) == ("Ports shut", "Dockers walked out on Monday.")


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\x00"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        make_document(text, "a1", Known())


def test_one_character_is_a_document() -> None:
    document = make_document("a", "a1", Known())
    assert [block.span.of("a") for block in document.blocks] == ["a"]
    assert document.language is None


def test_nul_characters_stay_and_are_noted() -> None:
    text = "Rebels took the town\x00of Sola on Monday, the army said."
    document = make_document(text, "a1", Known())
    assert document.text == text
    assert [gap.of(text) for gap in document.blocks[0].breaks] == ["\x00"]
    assert any("control characters" in warning for warning in document.warnings)


def test_binary_text_and_half_characters_are_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        make_document("\x00\x01\x02ab" * 50, "a1", Known())
    with pytest.raises(InputError, match="surrogate"):
        make_document("Rebels \ud83d took Sola.", "a1", Known())


def test_a_text_of_twenty_megabytes_is_refused() -> None:
    with pytest.raises(TooLargeError, match=r"20,000,000 bytes.*10,000,000"):
        make_document("a" * 20_000_000, "a1", Known())
    with pytest.raises(TooLargeError, match=r"12,000,000 bytes"):
        make_document("é" * 6_000_000, "a1", Known())


def test_offsets_count_code_points() -> None:
    text = "😀😀 Dockers walked out 👩‍👩‍👧.\n\nThe army came."
    document = make_document(text, "a1", Known())
    assert document.blocks[1].span.of(text) == "The army came."
    assert document.blocks[1].span.start == text.index("The army")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("اعتقلت الشرطة ثلاثة من قادة النقابات في الميناء الشمالي بعد مسيرة يوم الثلاثاء.", "ar"),
        ("La policía detuvo a tres dirigentes sindicales en el puerto tras una marcha el martes.", "es"),
    ],
)
def test_other_languages_are_documents_too(text: str, language: str) -> None:
    document = make_document(text, "a1", Known())
    assert document.language == language
    assert document.blocks[0].span.of(text) == text


def test_furniture_alone_is_noted() -> None:
    document = make_document("Subscribe to our newsletter\n\nShare this article", "a1", Known())
    assert document.blocks == ()
    assert any("furniture" in warning for warning in document.warnings)


def test_line_ends_of_a_file_stay() -> None:
    assert read_plain_text(b"a\r\nb\rc\n", name="a.txt") == ("a\r\nb\rc\n", ())
