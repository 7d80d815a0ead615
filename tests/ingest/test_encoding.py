"""Bytes to text: marks, encodings, damage, and the refusal of what is no text."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, TooLargeError
from dateline.ingest.encoding import MAX_BYTES, check_size, decode

TEXT = "Polizei löst Sitzblockade in Köln auf – “ohne Gewalt”, so der Sprecher.\n" * 3


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_are_told_apart(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert (decoded.warning is not None) == (encoding == "cp1252")


def test_latin_1_letters_are_read() -> None:
    text = "Protesta en Bogotá: la policía detuvo a doce jóvenes."
    assert decode(text.encode("latin-1")).text == text


def test_cyrillic_in_a_legacy_encoding_is_not_taken_for_western() -> None:
    text = "Полиция задержала двенадцать участников митинга в центре города во вторник вечером. " * 5
    assert decode(text.encode("cp1251")).text == text


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    text = "Kravallpolis grep tolv personer i Łódź på måndagen"
    assert decode(text.encode("iso8859-2", errors="replace"), declared="iso-8859-2").encoding == "iso8859-2"
    assert decode("für".encode("cp1252"), declared="no-such-code").text == "für"


def test_damaged_utf_8_keeps_its_good_part_and_says_so() -> None:
    raw = "Köln – Zürich – Málaga – “ja”".encode() + b"\xff end"
    decoded = decode(raw)
    assert decoded.text.startswith("Köln – Zürich")
    assert decoded.warning is not None
    assert "damaged" in decoded.warning


def test_a_false_mark_is_refused() -> None:
    with pytest.raises(InputError, match="save it as UTF-8"):
        decode(codecs.BOM_UTF8 + b"caf\xe9")


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xd8\xff\xe0" + b"\x00" * 20,
        bytes(range(256)) * 8,
        b"\x00" * 1000,
    ],
)
def test_binary_files_are_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="binary file"):
        decode(raw, name="photo.txt")


def test_a_stray_nul_is_no_reason_to_refuse() -> None:
    assert decode(b"Rebels took the town\x00 of Sola on Monday, the army said.").text.count("\x00") == 1


def test_empty_bytes_are_an_empty_text() -> None:
    assert decode(b"").text == ""


def test_too_large_an_input_names_size_and_limit() -> None:
    with pytest.raises(TooLargeError, match=r"big\.txt has 20,000,000 bytes.*10,000,000"):
        check_size(2 * MAX_BYTES, "big.txt")
    with pytest.raises(TooLargeError):
        decode(b"abc", limit=2)
    check_size(MAX_BYTES, "fits.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_an_input_error(raw: bytes) -> None:
    with suppress(InputError):  # any other error fails the test
        assert isinstance(decode(raw).text, str)


@given(st.text(max_size=200).filter(lambda text: not any(character < " " and character not in "\n\t\r" for character in text)))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if text.startswith(("\ufeff", "%PDF", "PK\x03\x04", "{\\rtf", "GIF8")):
        return
    assert decode(text.encode("utf-8")).text == text


def test_a_broken_end_does_not_turn_utf_8_into_another_alphabet() -> None:
    decoded = decode("“The mayor of Córdoba resigned,” José Peña said.".encode() + b"\xff\xfe\xfa")
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("“The mayor of Córdoba")
