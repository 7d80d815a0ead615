"""Windows: every word is read once, sentences stay whole, and no window is too long."""

from __future__ import annotations

import pytest
from tests.support import analysed
from tests.tiny import tokenizer_file
from tokenizers import Tokenizer

from dateline.models.windows import CLS, LONGEST, NO_TOKEN, SEP, Window, windows
from dateline.types import Analysis

SENTENCE = "Police arrested two students in Lenko on Monday. "


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return Tokenizer.from_file(str(tokenizer_file(tmp_path_factory.mktemp("tokens"))))


def cut(analysis: Analysis, tokenizer: Tokenizer) -> list[Window]:
    return windows(analysis.document.text, analysis.sentences, analysis.tokens, tokenizer)


def test_a_short_text_is_one_window_with_a_mark_a_sentence(tokenizer: Tokenizer) -> None:
    (window,) = cut(analysed(SENTENCE * 2, "annotate.syntax"), tokenizer)
    assert window.ids[0] == CLS
    assert window.ids.count(SEP) == 2
    assert [t for i, t in zip(window.ids, window.tokens, strict=True) if i in (CLS, SEP)] == [NO_TOKEN] * 3


def test_every_token_is_read_in_order_and_once(tokenizer: Tokenizer) -> None:
    analysis = analysed(SENTENCE * 40, "annotate.syntax")
    found = cut(analysis, tokenizer)
    read = [t for w in found for t in w.tokens if t != NO_TOKEN]
    assert sorted(set(read)) == [t.index for t in analysis.tokens]
    assert read == sorted(read)
    assert max(len(w.ids) for w in found) <= LONGEST


def test_windows_are_of_like_size(tokenizer: Tokenizer) -> None:
    sizes = [len(w.ids) for w in cut(analysed(SENTENCE * 40, "annotate.syntax"), tokenizer)]
    assert len(sizes) > 2
    assert min(sizes) > 0.6 * max(sizes)


def test_the_end_of_an_endless_sentence_is_not_read(tokenizer: Tokenizer) -> None:
    analysis = analysed("police and " * 400 + "police", "annotate.syntax")
    read = {t for w in cut(analysis, tokenizer) for t in w.tokens}
    assert all(len(w.ids) <= LONGEST for w in cut(analysis, tokenizer))
    if len(analysis.sentences) == 1:
        assert len(analysis.tokens) - 1 not in read


def test_no_text_gives_no_window(tokenizer: Tokenizer) -> None:
    assert windows("", (), (), tokenizer) == []
