"""The rules that find temporal expressions: read from data, compiled once.

A sentence is first reduced to the classes of its words (a month, a weekday, digits, ...); only the rules whose classes
are all there are tried. That keeps the tagger linear and quick: most sentences hold no class and are never searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError

_WORD = re.compile(r"[a-z]+|\d+")
_MACRO = re.compile(r"\{([a-z]+)(?::([a-z0-9]+))?\}")

# The class of words that no list holds: what a rule needs beside the lists.
_CLASSES: dict[str, tuple[str, ...]] = {
    "deictic": ("yesterday", "today", "tomorrow", "tonight"),
    "ago": ("ago", "back", "earlier"),
    "shift": ("later", "earlier", "afterwards", "beforehand", "after", "before", "previously", "on", "into", "since"),
    "every": ("every", "each"),
    "frequency": ("daily", "weekly", "monthly", "quarterly", "yearly", "annually", "annual", "hourly", "fortnightly", "nightly"),
    "weekdays": ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"),
    "clock": ("am", "pm", "noon", "midnight", "m"),
    "century": ("century",),
    "quarter": ("quarter", "half", "period"),
    "vague": tuple(
        "nowadays these moment present presently currently now recently lately previously formerly "
        "past future soon current recent time".split()
    ),
    "unit": ("year", "century", "end"),
}
_LISTS = ("month", "weekday", "season", "part", "unit", "ordinal", "holiday", "named")


def read_rules(language: str) -> dict[str, Any]:
    """Read the dates.yaml of a language (ISO 639-1).

    Raises:
        DataError: There is none, or it is not a table.
    """
    path = Path(__file__).parent.parent / "data" / "lexicons" / language / "dates.yaml"
    if not path.is_file():
        raise DataError(f"no temporal rules for language {language!r}: {path.name} is missing")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise DataError(f"{path.name} of language {language!r} is not a table")
    return data


def read_words(language: str, *names: str) -> tuple[frozenset[str], ...]:
    """Return plain word lists of a language's dates.yaml, for the choice of an event's time."""
    data = read_rules(language)
    try:
        return tuple(frozenset(data[name]["values"]) for name in names)
    except (KeyError, TypeError) as error:
        raise DataError(f"dates.yaml: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, the word classes it needs, the function that reads a match, its pattern."""

    id: str
    keys: frozenset[str]
    make: str
    pattern: re.Pattern[str]


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
            self.sets: dict[str, frozenset[str]] = {
                name: frozenset(str(v) for v in data[name]["values"]) for name in ("cased", "counted", "before_count", "ahead", "timetable")
            }
            self.rules = tuple(self._rule(entry) for entry in data["rules"])
        except (KeyError, TypeError, re.error) as error:
            raise DataError(f"dates.yaml: {error!r}") from error
        self._class_of = self._classes()

    @classmethod
    def load(cls, language: str = "en") -> Grammar:
        """Read the rules of a language (ISO 639-1) from the package's lexicons."""
        return cls(read_rules(language))

    def _rule(self, entry: Mapping[str, Any]) -> Rule:
        body = _MACRO.sub(self._macro, entry["pattern"]).replace(" ", r"\s+").replace(r"\s+?", r"\s*")
        pattern = re.compile(rf"(?<![\w$£€])(?:{body})(?!\w)", re.IGNORECASE)
        return Rule(entry["id"], frozenset(entry["keys"]), entry["make"], pattern)

    def _macro(self, match: re.Match[str]) -> str:
        words = sorted(self.words[match[1]], key=lambda w: (-len(w), w))
        body = "|".join(re.escape(w).replace(r"\ ", " ").replace("'", "['’]") + self._stop(match[1], w) for w in words)
        return f"(?P<{match[2] or match[1]}>{body})"

    @staticmethod
    def _stop(name: str, word: str) -> str:
        """Return the pattern of the full stop that an abbreviated month or weekday may carry."""
        return r"\.?" if name in ("month", "weekday") and len(word) <= 5 and word not in ("may", "june", "july", "march", "april") else ""

    def _classes(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name in _LISTS:
            for phrase in self.words[name]:
                for word in _WORD.findall(phrase):
                    found.setdefault(word, set()).add(name)
        for name, members in _CLASSES.items():
            for word in members:
                found.setdefault(word, set()).add(name)
        for word in ("eve", "day", "hours", "of", "new", "a", "s"):  # parts of phrases that say nothing alone
            if word in found:
                found[word] = found[word] - {"holiday", "part"}
        return {word: frozenset(classes) for word, classes in found.items() if classes}

    def lookup(self, name: str, text: str | None) -> Any:
        """Return the value of a matched word in one of the lists, or None."""
        if text is None:
            return None
        return self.words[name].get(" ".join(text.lower().replace("’", "'").split()).rstrip("."))

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
                if ":" in text:
                    found.add("clock")
        return frozenset(found)

    def search(self, text: str) -> Iterator[Found]:
        """Yield the matches of all rules in a text: leftmost first, then the longest, then the earlier rule."""
        classes = self.classes(text)
        if not classes:
            return
        found = [
            (m.start(), -m.end(), order, Found(m.start(), m.end(), rule, m))
            for order, rule in enumerate(self.rules)
            if rule.keys <= classes
            for m in rule.pattern.finditer(text)
        ]
        found.sort(key=lambda item: item[:3])
        for item in found:
            yield item[3]
