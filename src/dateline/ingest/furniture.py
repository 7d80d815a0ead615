"""Tell page furniture from the article, by the rules of ``data/lexicons/en/furniture.yaml`` (codebook §5.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError
from dateline.types import Masked, Span

LEXICON = Path(__file__).resolve().parent.parent / "data" / "lexicons" / "en" / "furniture.yaml"

MAX_LINE = 260
"""Longest line, in code points, that is tried against the line rules: furniture is short, and the bound keeps it linear."""

MAX_TAIL = 700
"""How much of a paragraph's end, in code points, the tail rules look at."""

_SCOPES = frozenset({"line", "head", "tail", "inline"})
_ZONES = frozenset({"any", "start", "end"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the lexicon: `pattern` is a regular expression with its flags inside."""

    id: str
    reason: str
    scope: str
    where: str
    section: bool
    pattern: str


def load_rules(path: Path = LEXICON) -> tuple[tuple[Rule, ...], frozenset[str]]:
    """Return the rules of the lexicon, in file order, and its continuation words."""
    try:
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        macros = {name: str(value).strip() for name, value in raw["macros"].items()}
        rules = tuple(_rule(entry, macros) for entry in raw["rules"])
        words = frozenset(raw["continuation_words"]["words"].split())
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
        raise DataError(f"{path.name} cannot be read ({error}): install the package again") from error
    return rules, words


def _rule(entry: dict[str, Any], macros: dict[str, str]) -> Rule:
    """Build one rule: macros put in, flags set, and the whole tried by compiling it."""
    pattern = str(entry["pattern"])
    for _ in range(3):  # macros may stand in macros, two deep
        for name, value in macros.items():
            pattern = pattern.replace("{" + name + "}", value)
    pattern = f"(?:{pattern})" if entry.get("case") else f"(?i:{pattern})"
    re.compile(pattern)
    if entry["scope"] not in _SCOPES or entry["where"] not in _ZONES or not entry["source"]:
        raise KeyError(f"rule {entry['id']}: scope, where or source")
    return Rule(
        id=str(entry["id"]),
        reason=str(entry["reason"]),
        scope=str(entry["scope"]),
        where=str(entry["where"]),
        section=bool(entry.get("section")),
        pattern=pattern,
    )


class Furniture:
    """The compiled rules; one instance serves any number of texts."""

    def __init__(self, path: Path = LEXICON) -> None:
        """Read the lexicon and compile, for each part of a text, one expression for all its line rules."""
        rules, self.continuation_words = load_rules(path)
        self._by_group = {f"r{number}": rule for number, rule in enumerate(rules)}
        self._line = {(start, end): self._compile("line", start=start, end=end) for start in (False, True) for end in (False, True)}
        self._tail = {end: self._compile("tail", start=False, end=end) for end in (False, True)}
        self._inline = self._compile("inline", start=True, end=True)
        self._head = self._compile("head", start=True, end=True)

    def _compile(self, scope: str, *, start: bool, end: bool) -> re.Pattern[str]:
        """Join the rules that hold in this part of a text into one expression, one named group a rule."""
        parts = [
            f"(?P<{group}>{rule.pattern})"
            for group, rule in self._by_group.items()
            if rule.scope == scope and (rule.where == "any" or (rule.where == "start" and start) or (rule.where == "end" and end))
        ]
        joined = "|".join(parts) or "(?!)"
        if scope == "tail":
            # After the end of a sentence, or of a quotation that ends one; the closing mark is not part of the match.
            return re.compile(rf"(?<=[.!?…”\"’'):])\s+(?:{joined})\s*\Z", re.DOTALL)
        return re.compile(joined)

    def of_line(self, line: str, *, start: bool, end: bool) -> Rule | None:
        """Return the rule that a whole (stripped) line matches; `start` and `end` tell where in the text it stands."""
        if not line or len(line) > MAX_LINE:
            return None
        match = self._line[start, end].fullmatch(line)
        return self._by_group[match.lastgroup] if match and match.lastgroup else None

    def within(self, text: str, span: Span, *, start: bool, end: bool) -> Iterator[Masked]:
        """Yield the furniture inside one paragraph, in no fixed order; spans may overlap."""
        head = self._head.match(text, span.start, span.end) if start else None
        if head is not None and head.lastgroup:
            yield Masked(span=Span(*head.span()), reason=self._by_group[head.lastgroup].reason)
        for match in self._inline.finditer(text, span.start, span.end):
            if match.lastgroup and match.end() > match.start():
                yield Masked(span=Span(*match.span()), reason=self._by_group[match.lastgroup].reason)
        stop = span.end
        for _ in range(3):  # a link list, an agency's name and a row of buttons may follow one another
            tail = self._tail[end].search(text, max(span.start, stop - MAX_TAIL), stop)
            if tail is None or not tail.lastgroup:
                return
            yield Masked(span=Span(tail.start(tail.lastgroup), stop), reason=self._by_group[tail.lastgroup].reason)
            stop = tail.start()


@cache
def default_furniture() -> Furniture:
    """Return the furniture rules that ship with the package, read once."""
    return Furniture()
