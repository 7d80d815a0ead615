"""The reference of the command line is held against what the commands say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from dateline.cli import app, formats
from dateline.cli.code import Format
from tests.cli.conftest import Call

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
GROUP = typer.main.get_command(app)
COMMANDS = dict(GROUP.commands)  # type: ignore[attr-defined]


def section(command: str) -> str:
    """Return the part of the page on one command."""
    found = re.search(rf"^## dateline {command}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"the page has no section on dateline {command}"
    return found.group(1)


def options(command: str) -> set[str]:
    """Return the long options that a command takes."""
    return {o for p in COMMANDS[command].params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")} - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_described_and_none_beside(command: str) -> None:
    text = section(command)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) == options(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_short_forms_are_those_of_the_command(command: str) -> None:
    short = {o for p in COMMANDS[command].params for o in p.opts if re.fullmatch("-[a-zA-Z]", o)}
    assert set(re.findall(r"`(-[a-zA-Z])`", section(command))) == short


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert set(re.findall(r"^## dateline ([a-z]+)$", PAGE, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_shows_its_help(call: Call, command: str) -> None:
    done = call(command, "--help")
    assert done.exit_code == 0
    assert all(option in done.stdout for option in options(command))


def test_the_formats_are_those_of_the_command() -> None:
    row = next(line for line in section("code").splitlines() if line.startswith("| `--format`"))
    assert set(re.findall(r"`([a-z]+)`", row)) == {known.value for known in Format}


def test_every_column_of_the_csv_is_described() -> None:
    table = PAGE.split("### CSV columns")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named: set[str] = set()
    for cell in cells:
        columns = re.findall(r"`([a-z_]+)`", cell)
        if "…" in cell:
            first, last = columns[0], columns[-1]
            named |= {c for c in formats.COLUMNS if c.startswith(first.split("_")[0] + "_")}
            assert last in named
        named |= set(columns)
    assert named == set(formats.COLUMNS)
