"""The furniture lexicon as data: every rule is well formed, sourced, and a broken file says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.ingest.furniture import LEXICON, Furniture, default_furniture, load_rules


def test_every_rule_has_an_id_of_its_own_and_a_reason() -> None:
    rules, words = load_rules()
    assert len({rule.id for rule in rules}) == len(rules) > 20
    assert all(rule.reason for rule in rules)
    assert {"the", "being", "however"} <= words


def test_no_rule_matches_an_empty_line() -> None:
    furniture = default_furniture()
    assert furniture.of_line("", start=True, end=True) is None
    assert furniture.of_line(" ", start=True, end=True) is None


def test_rules_for_the_end_hold_only_there() -> None:
    furniture = default_furniture()
    note = "The author is a lecturer at the University of Lome."
    assert furniture.of_line(note, start=False, end=False) is None
    rule = furniture.of_line(note, start=False, end=True)
    assert rule is not None
    assert rule.reason == "author note"


def test_long_lines_are_left_alone() -> None:
    assert default_furniture().of_line("Subscribe to " + "a" * 400, start=True, end=True) is None


@pytest.mark.parametrize("change", [("rules:", "rulez:"), ("scope: line", "scope: page"), ('pattern: "', 'pattern: "(')])
def test_a_damaged_lexicon_is_a_data_error(tmp_path: Path, change: tuple[str, str]) -> None:
    broken = tmp_path / "furniture.yaml"
    broken.write_text(LEXICON.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(DataError, match=r"furniture\.yaml"):
        Furniture(broken)
