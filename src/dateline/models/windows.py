"""Windows of word pieces: whole sentences side by side, as many as fit, so that each sentence is read in its context.

Training and coding cut their texts with the same function, so that the weights meet what they were fitted on.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.types import Sentence, Token

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 192
"""Word pieces a window, its marks included; what a longer sentence has beyond that is not read."""

CLS, SEP = 101, 102
"""Ids of the marks that open a window and close a sentence (the BERT vocabulary)."""

NO_TOKEN = -1
"""Stands for the token of a mark."""


@dataclass(frozen=True, slots=True)
class Window:
    """Ids of word pieces, and beside each the index of its token in the document (`NO_TOKEN` for a mark)."""

    ids: tuple[int, ...]
    tokens: tuple[int, ...]


def windows(text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], tokenizer: Tokenizer) -> list[Window]:
    """Cut a document into windows of at most `LONGEST` pieces and like size, breaking between sentences only."""
    found = tokenizer.encode_batch([s.span.of(text) for s in sentences], add_special_tokens=False)
    starts = [t.span.start for t in tokens]
    total = sum(min(len(e.ids), LONGEST - 2) + 1 for e in found)
    wanted = total / math.ceil(total / (LONGEST - 1)) if total else 0.0
    out: list[Window] = []
    ids, at, read = [CLS], [NO_TOKEN], 0
    for sentence, encoded in zip(sentences, found, strict=True):
        pieces = [int(i) for i in encoded.ids[: LONGEST - 2]]
        if not pieces:
            continue
        # a sentence belongs to the window in whose share of the text its middle lies
        beyond = read + len(pieces) / 2 > wanted * (len(out) + 1)
        if len(ids) > 1 and (beyond or len(ids) + len(pieces) + 1 > LONGEST):
            out.append(Window(tuple(ids), tuple(at)))
            ids, at = [CLS], [NO_TOKEN]
        ids += pieces
        read += len(pieces) + 1
        # a piece of white space before the first token belongs to that token
        at += [
            min(max(sentence.first, bisect_right(starts, sentence.span.start + begin) - 1), sentence.last - 1)
            for begin, _ in encoded.offsets[: len(pieces)]
        ]
        ids.append(SEP)
        at.append(NO_TOKEN)
    if len(ids) > 1:
        out.append(Window(tuple(ids), tuple(at)))
    return out
