"""Cue words of modes and contexts: data files of lemmas and short phrases, looked up in a run of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.errors import DataError
from dateline.types import Token


class Cues:
    """A label for each of many words and short phrases (lemmas or words as written, lower case)."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}

    def add(self, label: str, phrase: str, weight: float = 1.0) -> None:
        """Register a cue for a label."""
        words = tuple(phrase.lower().split())
        if words:
            self._by_first.setdefault(words[0], []).append((words, label, weight))

    def find(self, tokens: Sequence[Token]) -> list[tuple[str, str, float, int]]:
        """Return (label, cue, weight, position) for each cue in a run of tokens, in text order."""
        out: list[tuple[str, str, float, int]] = []
        forms = [(t.lemma, t.text.lower()) for t in tokens]
        for i, (lemma, lower) in enumerate(forms):
            for key in dict.fromkeys((lemma, lower)):
                for words, label, weight in self._by_first.get(key, ()):
                    if len(words) == 1 or (i + len(words) <= len(forms) and all(w in forms[i + k] for k, w in enumerate(words))):
                        out.append((label, " ".join(words), weight, i))
        return out


def words_of(where: str, value: Any) -> Iterable[tuple[str, float]]:
    """Yield (word, weight) of a data entry: a list, or a mapping with `words`, or with `strong` and `weak`."""
    if isinstance(value, list):
        yield from ((str(w), 1.0) for w in value)
    elif isinstance(value, dict) and ("words" in value or "strong" in value or "weak" in value):
        yield from ((str(w), 1.0) for w in [*value.get("words", []), *value.get("strong", [])])
        yield from ((str(w), 0.4) for w in value.get("weak", []))
    else:
        raise DataError(f"{where}: give a list of words, or `words`, or `strong` and `weak`")
