"""Tokens, sentences and entities, and how their offsets come back to the stored text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import analysed, stage

from dateline.annotate import model_files
from dateline.annotate.model_files import ParserManifest, folder_digest, load_parser, manifest
from dateline.annotate.syntax import CHUNK, pieces, reading, readings
from dateline.errors import DataError
from dateline.ingest.readers import document_from_text
from dateline.types import Analysis, Block, Document, Span


def parsed(text: str) -> Analysis:
    return analysed(text, "annotate.syntax")


TEXTS = {
    "a broken line": "The miners blocked the\n   road to the mine on Sunday.\nNobody was hurt.",
    "NUL and other controls": "The miners\x00 blocked the road. Nobody\x00was hurt. " + "The mayor of the town said so on Sunday. " * 4,
    "emoji": "Two nurses 😀👩🏽‍⚕️ were freed in Lenko on Friday. Nobody said why 🎉.",
    "right-to-left": "The word שלום stood on the wall. Police painted it over, and مرحبا came up.",
    "no-break spaces": "The\u00a0union of\u202fbakers met in\u2009Sorel on 3\u00a0May. It voted.",
    "composed and decomposed letters": "Rene\u0301e Dupont met José Ruiz in Lenko. They spoke.",
    "Windows line ends": "The army left the town.\r\nVillagers came back\r\non Monday.",
    "a byte order mark": "\ufeffThe army left the town. Villagers came back.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_token_quotes_the_text(text: str) -> None:
    analysis = parsed(text)
    assert analysis.tokens
    for token in analysis.tokens:
        written = token.span.of(text)
        assert "".join(written.split()) == "".join(token.text.split())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_tokens_and_sentences_fit_together(text: str) -> None:
    analysis = parsed(text)
    assert [t.index for t in analysis.tokens] == list(range(len(analysis.tokens)))
    assert [s.index for s in analysis.sentences] == list(range(len(analysis.sentences)))
    for sentence in analysis.sentences:
        assert sentence.first < sentence.last
        for token in analysis.tokens_of(sentence):
            assert token.sentence == sentence.index
            assert sentence.span.covers(token.span)
            assert sentence.first <= token.head < sentence.last
    assert sum(s.last - s.first for s in analysis.sentences) == len(analysis.tokens)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_entities_quote_the_text_and_name_a_head_of_theirs(text: str) -> None:
    analysis = parsed(text)
    for entity in analysis.entities:
        assert entity.text == entity.span.of(text)
        assert entity.span.covers(analysis.tokens[entity.head].span)


def test_a_broken_line_does_not_break_the_sentence() -> None:
    broken, whole = parsed(TEXTS["a broken line"]), parsed("The miners blocked the road to the mine on Sunday. Nobody was hurt.")
    assert [t.text for t in broken.tokens] == [t.text for t in whole.tokens]
    assert [t.dep for t in broken.tokens] == [t.dep for t in whole.tokens]
    assert broken.sentences[0].span.of(TEXTS["a broken line"]).endswith("on Sunday.")


def test_a_reading_knows_where_each_of_its_characters_stands() -> None:
    text = "  Two\n\t men \x00came.  "
    made = reading(text, Span(0, len(text)), 0, "body")
    assert made.text == "Two men came."
    assert [text[at] for letter, at in zip(made.text, made.offsets, strict=True) if letter != " "] == list("Twomencame.")
    assert made.offsets == sorted(made.offsets)


def test_blocks_of_white_space_are_not_read() -> None:
    text = "One came.\n\n \x00 \n\nTwo left."
    blocks = [Block(span=Span(0, 9)), Block(span=Span(11, 14)), Block(span=Span(16, len(text)))]
    assert [(r.text, r.block) for r in readings(text, blocks)] == [("One came.", 0), ("Two left.", 2)]


def long_text(sentence: str, length: int) -> str:
    return (sentence * (length // len(sentence) + 1))[:length]


def joined(text: str, found: Iterator[Span]) -> list[str]:
    return [span.of(text) for span in found]


def test_a_long_block_is_cut_at_the_ends_of_sentences_and_nothing_is_lost() -> None:
    text = long_text("The bakers of Sorel met again on that day. ", 3 * CHUNK)
    cut = joined(text, pieces(text, Span(0, len(text))))
    assert len(cut) > 1
    assert "".join(cut) == text
    assert all(len(piece) <= CHUNK for piece in cut)
    assert all(piece.endswith("day. ") for piece in cut[:-1])


def test_a_long_block_without_sentences_is_cut_between_words() -> None:
    text = long_text("unending ", 2 * CHUNK)
    cut = joined(text, pieces(text, Span(0, len(text))))
    assert "".join(cut) == text
    assert all(piece.endswith("unending ") for piece in cut[:-1])


def test_a_long_block_without_spaces_is_cut_somewhere() -> None:
    text = "x" * (2 * CHUNK + 5)
    assert [len(piece) for piece in pieces(text, Span(0, len(text)))] == [CHUNK, CHUNK, 5]


def test_a_cut_block_is_read_as_one_run_of_sentences() -> None:
    text = long_text("The bakers of Sorel met on Monday. ", CHUNK + 400).rstrip()
    analysis = parsed(text)
    assert {s.block for s in analysis.sentences} == {0}
    starts = [s.span.start for s in analysis.sentences]
    assert starts == sorted(starts)
    assert "".join(t.span.of(text) for t in analysis.tokens) == text.replace(" ", "")


def test_the_result_does_not_depend_on_the_batch() -> None:
    made = [Analysis(document=document_from_text(text, id=name, language="en")) for name, text in TEXTS.items()]
    syntax = stage("annotate.syntax")
    alone = [syntax([analysis])[0] for analysis in made]
    assert list(syntax(made)) == alone
    assert list(syntax(made[::-1])) == alone[::-1]


def test_a_headline_is_marked_on_its_sentence() -> None:
    analysis = parsed("Bakers meet in Sorel\n\nThe bakers of Sorel met on Monday. They voted to strike.")
    assert [s.kind for s in analysis.sentences] == ["headline", "body", "body"]


def test_an_empty_document_has_no_tokens() -> None:
    (empty,) = stage("annotate.syntax")([Analysis(document=Document(id="empty", text=""))])
    assert (empty.tokens, empty.sentences, empty.entities) == ((), (), ())


# The parser's files


def test_a_parser_that_is_not_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = manifest("en")
    other = ParserManifest(package=pinned.package, version=pinned.version, licence=pinned.licence, sha256="0" * 64)
    monkeypatch.setattr(model_files, "manifest", lambda language: other)
    with pytest.raises(DataError, match=rf"{pinned.package}.*pinned 0000.*install {pinned.package}=={pinned.version}"):
        load_parser("en")


def test_a_parser_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ParserManifest(package="no_such_parser_package", version="1", licence="MIT", sha256="0" * 64)
    monkeypatch.setattr(model_files, "manifest", lambda language: missing)
    with pytest.raises(DataError, match="no_such_parser_package is not installed"):
        load_parser("en")


def test_a_language_without_a_parser_is_named() -> None:
    with pytest.raises(DataError, match="'cy'"):
        manifest("cy")


def test_the_digest_sees_names_and_contents_but_no_code(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"one")
    before = folder_digest(tmp_path)
    (tmp_path / "code.py").write_text("x = 1", encoding="utf-8")
    assert folder_digest(tmp_path) == before
    (tmp_path / "weights").write_bytes(b"two")
    changed = folder_digest(tmp_path)
    (tmp_path / "weights").rename(tmp_path / "other")
    assert len({before, changed, folder_digest(tmp_path)}) == 3
