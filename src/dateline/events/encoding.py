"""The learned coder's reading of a document, made once and used by the stages after it as features of their models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.models.learned import LearnedModel
from dateline.types import Analysis, Layer


class Reading:
    """Run the encoder over each document; without a model the stages after it keep to the lexicon."""

    name = "events.encoding"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.ENCODING})

    def __init__(self, learned: LearnedModel | None = None) -> None:
        self.learned = learned

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with encodings."""
        if self.learned is None:
            return batch
        return [replace(a, encoding=self.learned.encode(a.document.text, a.sentences, a.tokens)) for a in batch]
