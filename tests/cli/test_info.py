"""`dateline info` and the options of the command itself."""

from __future__ import annotations

import hashlib
import re

import dateline
from dateline.cli.info import DATA, data_files
from tests.cli.conftest import Call


def test_versions_sources_and_the_network_are_named(call: Call) -> None:
    shown = call("info").stdout
    assert f"dateline {dateline.__version__}" in shown
    assert "network: never used" in shown
    assert "GeoNames" in shown
    assert "CC BY 4.0" in shown
    assert re.search(r"spacy 3\.8\.\d+", shown)
    assert re.search(r"weights sha256 [0-9a-f]{64}", shown)


def test_every_data_file_has_its_checksum(call: Call) -> None:
    shown = call("info", "--files").stdout
    listed = dict(reversed(line.split()) for line in shown.splitlines() if re.match(r"  [0-9a-f]{64}  ", line))
    assert list(listed) == [path.relative_to(DATA).as_posix() for path in data_files(DATA)]
    path = DATA / "ontologies" / "plover" / "modes.yaml"
    assert listed["ontologies/plover/modes.yaml"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_version_is_shown(call: Call) -> None:
    assert call("--version").stdout == f"dateline {dateline.__version__}\n"


def test_help_has_examples(call: Call) -> None:
    for command in ("code", "explain", "info"):
        done = call(command, "--help")
        assert done.exit_code == 0
        assert "Examples:" in done.stdout
        assert f"dateline {command}" in done.stdout
