"""`dateline where` and `dateline gazetteer`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.gazetteer_import import write_dump

from dateline.resolve.user_data import user_file
from tests.cli.conftest import Call

TEXT = "Miners marched in Oruro, Bolivia."


def test_a_text_gives_a_table(real: Call) -> None:
    done = real("where", TEXT)
    assert done.exit_code == 0
    assert "Oruro" in done.stdout
    assert "GeoNames" in done.stdout


def test_a_file_and_standard_input_are_read(real: Call, tmp_path: Path) -> None:
    path = tmp_path / "miners.txt"
    path.write_text(TEXT, encoding="utf-8")
    rows = [json.loads(line) for line in real("where", path, "--format", "jsonl").stdout.splitlines()]
    assert [(r["document"], r["text"], r["country_code"]) for r in rows] == [("miners", "Oruro", "BOL"), ("miners", "Bolivia", "BOL")]
    made = json.loads(real("where", "-", "--format", "geojson", stdin=TEXT).stdout)
    assert [f["properties"]["text"] for f in made["features"]] == ["Oruro", "Bolivia"]


def test_the_country_is_heeded_and_checked(real: Call) -> None:
    row = json.loads(real("where", "A fire broke out in Richmond.", "--country", "AU", "-f", "jsonl").stdout)
    assert row["country_code"] == "AUS"
    wrong = real("where", TEXT, "--country", "Ruritania")
    assert wrong.exit_code == 1
    assert "Ruritania" in wrong.stderr


def test_a_text_without_places_says_so(real: Call) -> None:
    assert real("where", "Nothing of note was said by them.").stdout == "no place names were found\n"


def test_a_dump_is_imported_used_and_removed(real: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    dump = write_dump(tmp_path / "BO.zip", 300)
    assert "ships with dateline" in real("gazetteer", "which").stdout
    done = real("gazetteer", "import", dump)
    assert done.exit_code == 0
    assert "300 places" in done.stdout
    assert user_file("gazetteer.bin").is_file()
    assert "300 places" in real("gazetteer", "which").stdout
    assert "your own gazetteer.bin is used" in real("info").stdout
    assert "is removed" in real("gazetteer", "remove").stdout
    assert "there is no imported" in real("gazetteer", "remove").stdout


def test_a_cut_dump_gives_one_line(real: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    (tmp_path / "cut.zip").write_bytes(write_dump(tmp_path / "whole.zip", 300).read_bytes()[:500])
    done = real("gazetteer", "import", tmp_path / "cut.zip")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "cut.zip" in done.stderr
    assert real("gazetteer", "import", tmp_path / "absent.zip").exit_code == 2


@pytest.mark.parametrize("command", [("where",), ("gazetteer",), ("gazetteer", "import")])
def test_help_has_examples(real: Call, command: tuple[str, ...]) -> None:
    shown = real(*command, "--help").stdout
    assert "Examples:" in shown
    assert f"dateline {command[0]}" in shown
