"""What the documentation says of the program is held against the program."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import yaml

from dateline.events.conditions import WordClasses
from dateline.events.lexicon import KNOWN, Entry, TriggerLexicon, entries_of
from dateline.events.triggers import Triggers
from dateline.pipeline import STAGES
from dateline.types import Layer
from tests.support import analysed, stage

ROOT = Path(__file__).parents[1]
HOW_TO = (ROOT / "docs" / "how-to" / "add-a-lexicon-entry.md").read_text(encoding="utf-8")
PIPELINE = (ROOT / "docs" / "explanation" / "pipeline.md").read_text(encoding="utf-8")
MODELS = (ROOT / "docs" / "explanation" / "models.md").read_text(encoding="utf-8")


def rows(page: str) -> list[list[str]]:
    """Return the cells of all rows of all tables of a page."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| `")]


def test_the_stages_are_told_in_their_order_with_what_they_set() -> None:
    told = [cells for cells in rows(PIPELINE) if "." in cells[0]]
    assert [cells[0].strip("`") for cells in told] == [name for name, _ in STAGES]
    for cells in told:
        made = stage(cells[0].strip("`"))
        sets = {Layer(word) for word in re.findall("`([a-z]+)`", cells[2])}
        # A stage that also adds a line to the candidates' notes is told by the layer of its own.
        assert sets <= made.provides
        assert made.provides - sets <= {Layer.CANDIDATES}


def test_every_field_and_condition_of_the_lexicon_is_described() -> None:
    named = {word for cells in rows(HOW_TO) for word in re.findall(r"`([a-z_]+)[`:]", cells[0])}
    assert KNOWN - {"id"} <= named


def example() -> tuple[str, list[Entry]]:
    """Return the sentence of the worked example, and its entry."""
    (sentence,) = re.findall(r'^echo "(.+)" > article.txt$', HOW_TO, re.MULTILINE)
    block = next(block for block in re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL) if block.startswith("- verbs: [padlock]"))
    return sentence, entries_of("coerce.yaml", {"type": "COERCE", "source": "x", "entries": yaml.safe_load(block)})


def test_the_worked_example_fires_as_told() -> None:
    sentence, entries = example()
    (analysis,) = Triggers(lexicon=TriggerLexicon(tuple(entries)))([analysed(sentence, "annotate.syntax")])
    (candidate,) = analysis.candidates
    assert candidate.notes[0] in HOW_TO
    assert WordClasses("en").holds("$person", analysis.tokens[0])


def test_the_worked_example_is_not_in_the_lexicon_yet() -> None:
    sentence, _ = example()
    assert analysed(sentence, "events.triggers").candidates == ()


def test_the_cards_are_those_of_the_weight_files() -> None:
    spec = importlib.util.spec_from_file_location("write_model_cards", ROOT / "scripts" / "write_model_cards.py")
    assert spec is not None
    assert spec.loader is not None
    cards = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cards)
    assert cards.filled(MODELS) == MODELS, "the weights were fitted anew: run python scripts/write_model_cards.py"
