"""The trigger lexicon: data files of words and the syntax they need, read once and indexed by lemma.

The format is described in ``docs/how-to/add-a-lexicon-entry.md``. Conditions are tested by `dateline.events.conditions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, ClassVar

import yaml

from dateline.errors import DataError

VERB_FRAME = (("subject",), ("object",))
SYMMETRIC_FRAME = (("subject", "object", "prep:with"), ("none",))
NOUN_FRAME = (("prep:by", "poss", "amod"), ("prep:on", "prep:against", "prep:with"))
LIST_FIELDS = (
    "particle", "object", "object_not", "subject", "subject_not", "prep", "prep_object", "prep_object_not",
    "compound", "compound_not", "complement_verb", "of", "of_not",
)  # fmt: skip
KNOWN = {
    *LIST_FIELDS, "verbs", "nouns", "phrases", "complement", "passive", "actor", "recipient", "symmetric", "modes",
    "contexts", "default_actor", "prior", "source", "note", "id",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One word of the lexicon, in one sense. `kind` is verb, noun or phrase."""

    id: str
    event_type: str
    kind: str
    word: str
    """The lemma, or the lemmas of a phrase with spaces between and * for a short gap."""
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    symmetric: bool
    default_actor: str | None
    prior: float
    source: str
    complement: str | None
    passive: bool | None
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    """The list conditions that are set: name and lemmas or word classes."""

    @property
    def specificity(self) -> int:
        """The number of conditions: the entry that asks most wins."""
        own = (self.complement is not None) + (self.passive is not None) + len(self.conditions)
        return own + 2 * (len(self.word.split()) - 1)


class TriggerLexicon:
    """All entries of a language. Raises `DataError`, naming file and entry, where a file is not as it must be."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.verbs: dict[str, list[Entry]] = {}
        self.nouns: dict[str, list[Entry]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in entries:
            if entry.kind == "phrase":
                words = tuple(entry.word.split())
                self.phrases.setdefault(words[0], []).append((words, entry))
            else:
                index = self.verbs if entry.kind == "verb" else self.nouns
                index.setdefault(entry.word, []).append(entry)

    def entry(self, rule: str) -> Entry:
        """Return the entry of a candidate's rule."""
        return self.by_id.get(rule) or learned_entry(rule)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by their id."""
        return {e.id: e for e in self.entries}


MODEL_RULE = "model"
"""Second part of the rule of a candidate that only the learned coder found: "PROTEST.model.v"."""


def learned_entry(rule: str, prior: float = 0.5) -> Entry:
    """Return the entry that stands for a trigger found by the learned coder alone: the standard frame of its kind, no condition."""
    event_type, _, kind = rule.split(".")
    actor, recipient = NOUN_FRAME if kind == "n" else VERB_FRAME
    return Entry(
        id=rule,
        event_type=event_type,
        kind="noun" if kind == "n" else "verb",
        word="",
        modes=(),
        contexts=(),
        actor=actor,
        recipient=recipient,
        symmetric=False,
        default_actor=None,
        prior=prior,
        source="learned coder",
        complement=None,
        passive=None,
        conditions=(),
    )


# The C loader reads the same safe subset ten times faster; start-up would otherwise be mostly YAML.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TRUTH = re.compile(r"(?:true|false)\Z")


class WordLoader(_Safe):  # type: ignore[misc]
    """The safe loader, but only `true` and `false` are truth values: `on`, `off`, `yes` and `no` are words of a lexicon."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        first: [(tag, TRUTH if tag.endswith(":bool") else pattern) for tag, pattern in found]
        for first, found in _Safe.yaml_implicit_resolvers.items()
    }


def read_yaml(path: Traversable) -> Any:
    """Read a data file. Raises `DataError` naming it."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=WordLoader)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: {error}") from error


def lexicon_folder(language: str) -> Traversable:
    """The folder of a language's data files."""
    return files("dateline") / "data" / "lexicons" / language


@cache
def load_triggers(language: str) -> TriggerLexicon:
    """Read all trigger files of a language, in the order of their names."""
    folder = lexicon_folder(language) / "triggers"
    if not folder.is_dir():
        raise DataError(f"no trigger lexicon for language {language!r}")
    entries: list[Entry] = []
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name):
        entries.extend(entries_of(path.name, read_yaml(path)))
    return TriggerLexicon(tuple(entries))


def entries_of(name: str, data: Any) -> list[Entry]:
    """Return the entries of one file, one a word, each with a stable id."""
    if not isinstance(data, dict) or not {"type", "source", "entries"} <= data.keys() or not isinstance(data["entries"], list):
        raise DataError(f"{name}: a trigger file has `type`, `source` and `entries`, a list")
    out: list[Entry] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(data["entries"], 1):
        if not isinstance(raw, dict) or set(raw) - KNOWN:
            raise DataError(f"{name}: entry {number}: unknown fields {sorted(set(raw) - KNOWN) if isinstance(raw, dict) else raw!r}")
        kinds = [k for k in ("verbs", "nouns", "phrases") if k in raw]
        if len(kinds) != 1:
            raise DataError(f"{name}: entry {number}: give exactly one of verbs, nouns, phrases")
        where = f"{name}: entry {number}"
        for word in as_words(where, kinds[0], raw[kinds[0]]):
            out.append(entry_of(where, data, raw, kinds[0][:-1], word.lower(), seen))
    return out


def as_words(where: str, field: str, value: Any) -> tuple[str, ...]:
    """Return a field that holds one word or a list of them as a tuple."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(x, str) or type(x) is int for x in items):
        raise DataError(f"{where}: {field} must be a list of words")
    return tuple(str(x) for x in items)


def as_prior(where: str, value: Any) -> float:
    """Return a prior as a probability (0 to 1)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DataError(f"{where}: prior must be a number from 0 to 1, not {value!r}")
    return float(value)


def entry_of(where: str, data: dict[str, Any], raw: dict[str, Any], kind: str, word: str, seen: dict[str, int]) -> Entry:
    """Build one entry; its id is type, word and a number where the word has several senses."""
    event_type = data["type"]
    stem = f"{event_type}.{word.replace(' ', '_')}.{kind[0]}"
    seen[stem] = seen.get(stem, 0) + 1
    actor, recipient = NOUN_FRAME if kind == "noun" else SYMMETRIC_FRAME if raw.get("symmetric") else VERB_FRAME
    return Entry(
        id=stem if seen[stem] == 1 else f"{stem}{seen[stem]}",
        event_type=event_type,
        kind=kind,
        word=word,
        modes=as_words(where, "modes", raw.get("modes", [])),
        contexts=as_words(where, "contexts", raw.get("contexts", [])),
        actor=as_words(where, "actor", raw.get("actor", list(actor))),
        recipient=as_words(where, "recipient", raw.get("recipient", list(recipient))),
        symmetric=bool(raw.get("symmetric", False)),
        default_actor=raw.get("default_actor"),
        prior=as_prior(where, raw.get("prior", 0.5)),
        source=str(raw.get("source", data["source"])),
        complement=raw.get("complement"),
        passive=raw.get("passive"),
        conditions=tuple((f, as_words(where, f, raw[f])) for f in LIST_FIELDS if f in raw),
    )
