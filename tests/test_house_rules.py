"""The house rules of CONTRIBUTING.md that no other tool checks."""

from __future__ import annotations

import ast
import builtins
import io
import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline
from dateline.pipeline import Pipeline

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "dateline"
DATA = SOURCE / "data"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FILE_LINES = 500
FUNCTION_LINES = 60

COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
"""Licences that would bind whoever passes Dateline on; the LGPL is none of these."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_a_file_is_no_longer_than_can_be_held_in_mind(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_fits_on_a_page(path: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno}
    assert {known: lines for known, lines in long.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", [path for path in MODULES if "cli" not in path.parts], ids=name)
def test_nothing_prints_outside_the_command_line(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_public_names_are_documented(path: Path) -> None:
    module = tree(path)
    missing = [] if ast.get_docstring(module) else ["the module"]
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            missing += [] if ast.get_docstring(node) else [node.name]
            inner = node.body if isinstance(node, ast.ClassDef) else []
            missing += [
                f"{node.name}.{each.name}"
                for each in inner
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_") and not ast.get_docstring(each)
            ]
    assert missing == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_are_absolute_and_reach_for_no_network(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots = {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Import):
            roots = {alias.name.split(".")[0] for alias in node.names}
        else:
            continue
        assert not roots & {"requests", "httpx", "urllib3", "socket", "ftplib", "smtplib", "aiohttp"}


def test_stages_read_no_files_when_they_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.ingest.readers import document_from_text

    pipeline = Pipeline.build("en")
    text = "GENEVA, March 3 - Two ministers met in Geneva on Friday, a spokesman said, and 40 protesters were arrested in Bern."
    document = document_from_text(text, published="2024-03-06", language="en")
    # The first call may import what the parser's libraries put off; every later one must work from memory.
    pipeline(document)

    def refuse(*arguments: Any, **_options: Any) -> None:
        raise AssertionError(f"a stage opened {arguments[0]}")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    assert pipeline(document).sentences


# Data


def sourced(node: Any, above: bool) -> Iterator[str]:
    """Yield how to reach every entry of a lexicon for which neither itself nor what holds it names a source."""
    if isinstance(node, dict):
        own = above or any(key in node for key in ("source", "sources", "reason"))
        if own:
            return
        for key, value in node.items():
            for path in sourced(value, own):
                yield f"{key}: {path}" if path else str(key)
    elif isinstance(node, list) and not above:
        for number, value in enumerate(node):
            for path in sourced(value, above) if isinstance(value, dict | list) else [""]:
                yield f"[{number}] {path}"
    elif not above:
        yield ""


LEXICONS = sorted([*DATA.rglob("*.yaml"), *DATA.rglob("*.yml")])


@pytest.mark.parametrize("path", LEXICONS, ids=name)
def test_every_entry_of_a_lexicon_has_a_source(path: Path) -> None:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(sourced(read, above=False))[:5] == []


def test_the_source_check_finds_an_entry_without_one() -> None:
    assert list(sourced({"entries": [{"verbs": ["meet"], "source": "x"}, {"verbs": ["visit"]}]}, above=False)) != []
    assert list(sourced({"source": "x", "entries": [{"verbs": ["meet"]}]}, above=False)) == []


@pytest.mark.parametrize("folder", ["ontologies/plover", "places", "countries", "samples"])
def test_data_made_from_others_data_says_so(folder: str) -> None:
    said = (DATA / folder / "SOURCE.md").read_text(encoding="utf-8")
    assert "licen" in said.lower()


WEIGHTS = [path for path in sorted(DATA.rglob("*.json")) if "weights" in json.loads(path.read_text(encoding="utf-8"))]
MODELS = [path for path in WEIGHTS if path.parent.name == "models"]


@pytest.mark.parametrize("path", WEIGHTS, ids=name)
def test_fitted_weights_say_where_they_come_from(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert len((data.get("source") or data["fitted_on"]).split()) >= 3


@pytest.mark.parametrize("path", MODELS, ids=name)
def test_a_weight_file_says_what_it_is_for_and_what_it_was_fitted_on(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert len(data["task"].split()) >= 3
    assert len(data["fitted_on"].split()) >= 3
    assert re.fullmatch("[0-9a-f]{64}", data["data_sha256"])
    assert list(data)[-1] == "weights"


def test_the_weight_files_are_found() -> None:
    assert {"actor-en.json", "recipient-en.json", "confidence-en.json", "same-event-en.json"} <= {path.name for path in MODELS}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    files = [*MODULES, *LEXICONS, *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "constraints.txt", ROOT / "Makefile"]
    found = [name(path) for path in files if re.search(r"(?<![\w.])/(home|root|Users|work)/\w", path.read_text(encoding="utf-8"))]
    assert found == []


# Project


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    said = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "\n## [Unreleased]\n" in said or f"\n## [{dateline.__version__}]" in said


def test_the_citation_names_this_version() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert said["version"] == dateline.__version__
    assert said["license"] == "Apache-2.0"


def test_scripts_are_short() -> None:
    for script in ("check", "test", "build-docs"):
        assert len((ROOT / "scripts" / script).read_text(encoding="utf-8").splitlines()) < 20


# Licences


def plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def core_packages() -> list[str]:
    """Return the names of all packages that coding needs, direct and in turn, as far as they are installed."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("\ndependencies = [")[1].split("\n]")[0]
    queue = re.findall(r'^\s*"([\w.-]+)', block, re.MULTILINE)
    found: dict[str, None] = {}
    while queue:
        package = plain(queue.pop())
        if package in found:
            continue
        try:
            needs = distribution(package).requires or []
        except PackageNotFoundError:
            continue
        found[package] = None
        queue += [match.group() for need in needs if "extra ==" not in need and (match := re.match(r"[\w.-]+", need))]
    return sorted(found)


def licences(package: str) -> list[str]:
    """Return the licences of an installed package, of which one may be chosen."""
    known = metadata(package)
    stated = known.get("License-Expression") or ""
    if stated:
        return re.split(r"\s+OR\s+", stated)
    classifiers = [c.split("::")[-1].strip() for c in known.get_all("Classifier") or [] if c.startswith("License ::")]
    return classifiers or [(known.get("License") or "unknown").split("\n")[0]]


def test_no_package_that_coding_needs_leaves_only_the_gpl() -> None:
    packages = core_packages()
    assert {"spacy", "trafilatura", "numpy", "lxml"} <= set(packages)
    bound = {package: licences(package) for package in packages if all(COPYLEFT.search(licence) for licence in licences(package))}
    assert bound == {}


def test_every_package_that_coding_needs_is_listed() -> None:
    listed = {plain(row) for row in re.findall(r"^\| ([\w.-]+) \|", (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"), re.MULTILINE)}
    assert [package for package in core_packages() if package not in listed] == []


def test_every_package_that_coding_needs_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {plain(line.split("==")[0]) for line in lines if "==" in line}
    assert [package for package in core_packages() if package not in pinned] == []
    assert [line for line in lines if "://" in line or "@" in line] == []
