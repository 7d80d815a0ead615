"""Numbers in running text: "about 40", "more than 50", "tens of thousands", "23", as ranges (codebook §3, §5.28)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.events.lexicon import lexicon_folder, read_yaml
from dateline.types import Span, Token

DIGITS = re.compile(r"\d{1,3}(?:[,\u202f]\d{2,3})+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number or range and the tokens that say it. `maximum` None is open."""

    minimum: int
    maximum: int | None
    first: int
    last: int
    """Index of the last token (inclusive)."""

    def span(self, tokens: Sequence[Token]) -> Span:
        """The characters that say the number."""
        return Span(tokens[self.first].span.start, tokens[self.last].span.end)


class NumberReader:
    """Reads the numbers of a sentence with the words of ``numbers.yaml``."""

    def __init__(self, language: str) -> None:
        data = read_yaml(lexicon_folder(language) / "numbers.yaml")
        self.units: dict[str, int] = data["units"]["words"]
        self.scales: dict[str, int] = data["scales"]["words"]
        self.vague: list[tuple[tuple[str, ...], tuple[int, int]]] = sorted(
            ((tuple(k.split()), (int(v[0]), int(v[1]))) for k, v in data["vague"]["words"].items()), key=lambda x: -len(x[0])
        )
        self.at_least = [tuple(p.split()) for p in data["at_least"]["phrases"]]
        self.at_most = [tuple(p.split()) for p in data["at_most"]["phrases"]]
        self.counts: dict[str, frozenset[str]] = {k: frozenset(v["words"]) for k, v in data["counts"].items()}
        self.people = frozenset(data["people"]["words"])
        self.individuals = self.people | frozenset(data["individuals"]["words"])

    def read(self, tokens: Sequence[Token]) -> list[Number]:
        """Return the numbers of a run of tokens, in order; dates, money, percentages and ages are left out.

        `first` and `last` of the result are positions in `tokens`.
        """
        out: list[Number] = []
        i = 0
        while i < len(tokens):
            number = self._at(i, tokens)
            if number is None:
                i += 1
                continue
            if not self._other_kind(number, tokens):
                out.append(self._hedged(number, tokens))
            i = number.last + 1
        return out

    def _at(self, i: int, tokens: Sequence[Token]) -> Number | None:
        lower = [t.text.lower() for t in tokens[i : i + 6]]
        for words, (low, high) in self.vague:
            if tuple(lower[: len(words)]) == words:
                return Number(low, high, i, i + len(words) - 1)
        total, current, last = 0, None, None
        for offset, token in enumerate(tokens[i : i + 6]):
            word = token.text.lower()
            if DIGITS.fullmatch(word) and current is None:
                current = int(float(word.replace(",", "").replace("\u202f", "")))
            elif word in self.units:
                if current is not None and not (current % 10 == 0 and current >= 20 and self.units[word] < 10) and current % 100:
                    break
                current = (current or 0) + self.units[word]
            elif all(p in self.units for p in word.split("-")) and "-" in word:
                current = (current or 0) + sum(self.units[p] for p in word.split("-"))
            elif word in self.scales and (
                current is not None
                or (word in ("hundred", "thousand", "dozen", "million") and i > 0 and tokens[i - 1].text.lower() in ("a", "one"))
            ):
                value = (current or 1) * self.scales[word]
                total, current = (total + value, 0) if self.scales[word] >= 1000 else (total, value)
            elif (
                word == "-"
                and offset
                and current is not None
                and tokens[i + offset - 1].text.lower() in self.units
                and i + offset + 1 < len(tokens)
            ):
                if tokens[i + offset + 1].text.lower() in self.units:
                    continue
                break
            elif (
                word == "and"
                and current is not None
                and offset
                and tokens[i + offset - 1].text.lower() in self.scales
                and i + offset + 1 < len(tokens)
            ):
                if tokens[i + offset + 1].text.lower() in self.units or DIGITS.fullmatch(tokens[i + offset + 1].text):
                    continue
                break
            else:
                break
            last = i + offset
        if last is None or current is None:
            return None
        return Number(total + current, total + current, i, last)

    def _hedged(self, number: Number, tokens: Sequence[Token]) -> Number:
        """Open the range where the words before say so."""
        before = [t.text.lower() for t in tokens[max(0, number.first - 4) : number.first]]
        for phrases, low, high in ((self.at_least, number.minimum, None), (self.at_most, 0, number.maximum)):
            for phrase in phrases:
                if tuple(before[-len(phrase) :]) == phrase:
                    return Number(low, high, number.first - len(phrase), number.last)
        return number

    def _other_kind(self, number: Number, tokens: Sequence[Token]) -> bool:
        inside = tokens[number.first : number.last + 1]
        following_lemma = tokens[number.last + 1].lemma if number.last + 1 < len(tokens) else ""
        if following_lemma in self.people:
            return False
        if any(t.entity in ("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL") for t in inside):
            return True
        following = tokens[number.last + 1].text.lower() if number.last + 1 < len(tokens) else ""
        before = tokens[number.first - 1].text if number.first else ""
        return following in ("%", "percent", "per", "years", "-", "km", "miles", "kg", "metres", "a.m.", "p.m.") or before in (
            "$",
            "£",
            "€",
            "Rs",
            "aged",
        )
