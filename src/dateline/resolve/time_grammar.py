"""The rules that find temporal expressions: read from data, compiled once.

A sentence is first reduced to the classes of its words (a month, a weekday, digits, ...); only the rules whose classes
are all there are tried. That keeps the tagger linear and quick: most sentences hold no class and are never searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError

LEXICONS = Path(__file__).parent.parent / "data" / "lexicons"
_WORD = re.compile(r"[^\W\d_]+|\d+")
_MACRO = re.compile(r"\{([a-z_]+)(?::([a-z0-9_]+))?\}")
_WORD_SETS = ("cased", "counted", "before_count", "ahead", "planning", "timetable")
_CANONICAL = ("which", "word", "fine", "way", "tail", "what", "half", "after", "which2")
"""The groups whose words are put into the machinery's own terms by `canonical` before a reading function sees them."""


def read_rules(language: str) -> dict[str, Any]:
    """Read the dates.yaml of a language (ISO 639-1).

    Raises:
        DataError: There is none, or it is not a table.
    """
    path = LEXICONS / language / "dates.yaml"
    if not path.is_file():
        raise DataError(f"no temporal rules for language {language!r}: {path.name} is missing")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise DataError(f"{path.name} of language {language!r} is not a table")
    return data


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, the word classes it needs, the function that reads a match, its pattern."""

    id: str
    keys: frozenset[str]
    make: str
    pattern: re.Pattern[str]
    given: Mapping[str, str]
    """Groups that the rule itself sets where the match leaves them empty (`set` in dates.yaml)."""
    sure: bool = False
    """Read only where the words are known to tell a time (`sure` in dates.yaml): "annual" seldom does."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a rule's pattern matched: offsets in the searched text, and the rule."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]


class Grammar:
    """The compiled rules and word lists of one language."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Compile the rules.

        Args:
            data: The parsed dates.yaml.

        Raises:
            DataError: A list or rule is missing or does not compile.
        """
        try:
            self.words: dict[str, dict[str, Any]] = {name: dict(group["values"]) for name, group in data["words"].items()}
            self._compose_numbers(data["number_joins"]["values"])
            self.sets: dict[str, frozenset[str]] = {name: frozenset(str(v) for v in data[name]["values"]) for name in _WORD_SETS}
            self.contexts: dict[str, re.Pattern[str]] = {
                name: re.compile(pattern, re.IGNORECASE) for name, pattern in data["contexts"]["values"].items()
            }
            self._plain: dict[str, str] = {str(key): str(value) for key, value in data.get("canonical", {"values": {}})["values"].items()}
            self._listed: dict[str, Any] = data["classes"]
            self.day_first: bool | None = data.get("day_first")
            self.rules = tuple(self._rule(entry) for entry in data["rules"])
            self._class_of = self._classes()
            self._modifier = self._modifiers()
        except (KeyError, TypeError, AttributeError, re.error) as error:
            raise DataError(f"dates.yaml: {error!r}") from error

    @classmethod
    def load(cls, language: str = "en") -> Grammar:
        """Read the rules of a language (ISO 639-1) from the package's lexicons."""
        return cls(read_rules(language))

    def _rule(self, entry: Mapping[str, Any]) -> Rule:
        # A comma may stand apart from the word before it, as in text that was cut into tokens and joined again.
        body = _MACRO.sub(self._macro, entry["pattern"]).replace(",?", "(?: ?,)?")
        body = body.replace(" ?", r"\s*").replace(" ", r"\s+")
        try:
            pattern = re.compile(rf"(?<![\w$£€])(?:{body})(?!\w)", re.IGNORECASE)
        except re.error as error:
            raise DataError(f"dates.yaml: rule {entry['id']}: {error}") from error
        return Rule(
            entry["id"], frozenset(entry["keys"]), entry["make"], pattern, dict(entry.get("set", {})), bool(entry.get("sure", False))
        )

    def _compose_numbers(self, joins: Sequence[str]) -> None:
        """Add "thirty-one" and the like to the list of numbers: each ten with each unit, by the language's joining words."""
        numbers, plain = self.words["number"], set(self.words["number"])
        tens = [(word, value) for word, value in numbers.items() if value in range(20, 100, 10)]
        ones = [(word, value) for word, value in numbers.items() if value in range(1, 10) and len(word) > 2]
        for ten, value in tens:
            for one, more in ones:
                for join in joins:
                    numbers.setdefault(f"{ten}{join}{one}", value + more)
        # In a pattern the compounds stand as tens, join and ones: listed one by one they would slow every search.
        parts = ("|".join(sorted(re.escape(w) for w in words)) for words in (dict(tens), joins, dict(ones)))
        self._composed = frozenset(numbers) - plain
        self._composed_pattern = "(?:{})(?:{})(?:{})".format(*parts).replace(r"\ ", " ")

    def _macro(self, match: re.Match[str]) -> str:
        composed = self._composed if match[1] == "number" else ()
        words = sorted((w for w in self.words[match[1]] if w not in composed), key=lambda w: (-len(w), w))
        body = "|".join(re.escape(w).replace(r"\ ", " ").replace("'", "['’]") + self._stop(match[1], w) for w in words)
        if composed:
            body = f"{self._composed_pattern}|{body}"
        return f"(?:{body})" if match[2] == "_" else f"(?P<{match[2] or match[1]}>{body})"

    def _stop(self, name: str, word: str) -> str:
        """Return the pattern of the full stop that an abbreviated month or weekday may carry."""
        short = (name == "month" and word in self.words["month_short"]) or (name == "weekday" and word in self.sets["cased"])
        return r"\.?" if short else ""

    def _classes(self) -> dict[str, frozenset[str]]:
        """Return the classes of each word: the lists it stands in, and the classes that the data names beside these."""
        found: dict[str, set[str]] = {}
        for name in self._listed["lists"]:
            for phrase in self.words[name]:
                parts = _WORD.findall(phrase)
                for word in parts:
                    if len(parts) == 1 or word not in self._listed["alone"]:  # parts of phrases that say nothing by themselves
                        found.setdefault(word, set()).add(name)
        for name, members in self._listed["values"].items():
            for word in members:
                found.setdefault(str(word), set()).add(name)
        return {word: frozenset(classes) for word, classes in found.items()}

    def _modifiers(self) -> re.Pattern[str]:
        words = sorted(self.words["modifier"], key=lambda w: (-len(w), w))
        body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
        return re.compile(rf"(?:^|(?<=[\s-]))(?P<modifier>{body})[\s-]+", re.IGNORECASE)

    def modifier(self, text: str, before: str) -> str | None:
        """Return the TimeML MOD that the first words of an expression, or those right before it, give it."""
        found = self._modifier.match(text)
        if found is None:
            found = next((m for m in self._modifier.finditer(before) if m.end() == len(before)), None)
        return None if found is None else str(self.lookup("modifier", found["modifier"]))

    def plural(self, word: str | None) -> bool:
        """Tell whether a word of the list of units is a plural: a shorter word of the list begins alike and says the same."""
        if word is None:
            return False
        units, word = self.words["unit"], word.lower()
        return any(
            other != word and len(other) < len(word) and other[:3] == word[:3] and units[other] == units[word]
            for other in units
            if word in units
        )

    def groups(self, found: Found) -> dict[str, str | None]:
        """Return the named groups of a match, with what the rule sets itself, in the machinery's own terms."""
        groups: dict[str, str | None] = found.match.groupdict()
        for name, value in found.rule.given.items():
            if groups.get(name) is None:
                groups[name] = value
        for name in _CANONICAL:
            word = groups.get(name)
            if word is not None:
                word = " ".join(word.lower().split())
                groups[name] = self._plain.get(word, word)
        return groups

    def lookup(self, name: str, text: str | None) -> Any:
        """Return the value of a matched word in one of the lists, or None."""
        if text is None:
            return None
        plain = " ".join(text.lower().replace("’", "'").split())
        return self.words[name].get(plain, self.words[name].get(plain.rstrip(".")))

    def classes(self, text: str) -> frozenset[str]:
        """Return the word classes that a text holds."""
        words = set(_WORD.findall(text.lower()))
        found: set[str] = set()
        for word in words:
            found |= self._class_of.get(word, frozenset())
            if word.isdigit():
                found.add("digits")
                if len(word) == 4:
                    found |= {"year", "decade"} if word.endswith("0") else {"year"}
                elif len(word) == 2 and ("’" in text or "'" in text or "‘" in text):
                    found.add("decade")
                if ":" in text or "." in text:
                    found.add("clock")
        return frozenset(found)

    def search(self, text: str, *, sure: bool = False) -> Iterator[Found]:
        """Yield the matches of the rules in a text: leftmost first, then the longest, then the earlier rule.

        Args:
            text: Where to look.
            sure: The text is known to tell a time: also try the rules that need this.
        """
        classes = self.classes(text)
        if not classes and not sure:
            return
        found = [
            (m.start(), -m.end(), order, Found(m.start(), m.end(), rule, m))
            for order, rule in enumerate(self.rules)
            if rule.keys <= classes and (sure or not rule.sure)
            for m in rule.pattern.finditer(text)
        ]
        found.sort(key=lambda item: item[:3])
        for item in found:
            yield item[3]
