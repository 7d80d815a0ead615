"""`dateline who`, `dateline says` and `dateline actors`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import actors
from tests.cli.conftest import Call

TEXT = "Evo Morales met miners in Oruro, Bolivia. The mayor said the road was open."


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    actors.reload()
    return tmp_path


def test_who_gives_a_table_and_lines(real: Call) -> None:
    done = real("who", TEXT, "--published", "2012-05-01")
    assert done.exit_code == 0
    assert "president" in done.stdout
    rows = [json.loads(line) for line in real("who", "-", "-f", "jsonl", "--published", "2012-05-01", stdin=TEXT).stdout.splitlines()]
    assert (rows[0]["name"], rows[0]["code"], rows[0]["sectors"], rows[0]["known"]) == ("Evo Morales", "BOL", ["GOV"], "listed")
    assert real("who", "It rained.").stdout == "no actors were found\n"


def test_says_gives_a_table_and_lines(real: Call) -> None:
    assert "official" in real("says", TEXT).stdout
    (row,) = [json.loads(line) for line in real("says", TEXT, "--format", "jsonl").stdout.splitlines()]
    assert (row["cue"]["text"], row["kind"]) == ("said", "official")
    assert real("says", "It rained.").stdout == "nobody is said to say anything\n"


def test_actors_are_imported_listed_shown_and_removed(real: Call, own: Path) -> None:
    table = own / "bakers.csv"
    table.write_text("name,country,sectors,id\nGuild of Quiet Bakers,BO,BUS,b-7\n")
    assert "bakers: 1 entry (table)" in real("actors", "import", table).stdout
    assert "bakers: 1 entry" in real("actors", "list").stdout
    assert "[b-7]: BOL BUS" in real("actors", "show", "guild of quiet bakers").stdout
    assert "former president" in real("actors", "show", "Evo Morales", "2021").stdout
    assert real("actors", "show", "Nobody At All").exit_code == 1
    assert "1 entry removed" in real("actors", "remove", "bakers").stdout
    assert real("actors", "remove", "bakers").exit_code == 1


def test_bad_files_and_rules_give_one_line(real: Call, own: Path) -> None:
    assert real("actors", "import", own / "absent.csv").exit_code == 2
    (own / "bad.csv").write_text("nom\nx\n")
    done = real("actors", "import", own / "bad.csv")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "bad.csv" in done.stderr
    assert "there are no rules" in real("actors", "rules").stdout
    (own / "data" / "actors").mkdir(parents=True, exist_ok=True)
    (own / "data" / "actors" / "rules.yaml").write_text("read: [1]")
    assert real("actors", "rules").exit_code == 1
    assert real("actors", "remove", "x").exit_code in (0, 1)


@pytest.mark.parametrize("command", [("who",), ("says",), ("actors",), ("actors", "import")])
def test_help_has_examples(real: Call, command: tuple[str, ...]) -> None:
    assert "Examples:" in real(*command, "--help").stdout
