"""Small lexicons of the tests' own, run over real parses."""

from __future__ import annotations

import yaml
from tests.support import analysed, stage

from dateline.events.conditions import satisfied
from dateline.events.lexicon import TriggerLexicon, WordLoader, entries_of
from dateline.events.tree import Tree
from dateline.events.triggers import Triggers
from dateline.types import Analysis


def lexicon(entries: str, event_type: str = "COERCE") -> TriggerLexicon:
    """Return a lexicon with the entries of one file."""
    read = yaml.load(f"type: {event_type}\nsource: a lexicon of the tests\nentries:\n{entries}", Loader=WordLoader)
    return TriggerLexicon(tuple(entries_of("test.yaml", read)))


def found(text: str, entries: str) -> Analysis:
    """Run the trigger stage with a small lexicon."""
    made = Triggers(lexicon=lexicon(entries))
    (analysis,) = made([analysed(text, "annotate.quotations")])
    return analysis


def holds(text: str, word: str, conditions: str, kind: str = "verbs") -> bool:
    """Tell whether the conditions of an entry hold at the first token with a lemma."""
    parsed = analysed(text, "annotate.syntax")
    token = next(t for t in parsed.tokens if t.lemma == word)
    (entry,) = lexicon(f"- {{{kind}: [{word}], {conditions}}}\n").entries
    classes = stage("events.triggers").classes  # type: ignore[attr-defined]
    return satisfied(entry, token, Tree(parsed), classes)
