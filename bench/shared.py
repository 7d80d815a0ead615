"""Find and read what a benchmark needs: the scorers, which are imported by path, and the data files."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent


class AbsentError(Exception):
    """The data or the scorer of a set is not there: the set is skipped, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the scorers and the data lie. `part` is "dev" or "test" and is the stem of the gold files' names.

    `data` is a folder laid out like the shared folder's ``benchmarks``; None means that folder itself.
    """

    shared: Path
    data: Path | None = None
    part: str = "dev"

    @property
    def root(self) -> Path:
        """The folder that holds one folder a set."""
        return self.data or self.shared / "benchmarks"

    def gold(self, folder: str) -> Path:
        """Return the gold file of a set's folder, or say that it is absent."""
        return present(self.root / folder / f"{self.part}.jsonl")

    def open_file(self, folder: str, name: str) -> Path:
        """Return a file that lies beside the gold, or with the open sets: train parts do, whichever part is measured."""
        beside = self.root / folder / name
        return beside if beside.exists() else present(self.shared / "benchmarks" / folder / name)

    def scorer(self, name: str) -> ModuleType:
        """Import ``benchmarks/NAME.py`` of the shared folder by its path."""
        return import_by_path(self.shared / "benchmarks" / f"{name}.py")


def present(path: Path) -> Path:
    """Return the path when the file exists; raise `AbsentError` otherwise."""
    if not path.exists():
        raise AbsentError(f"{shown(path)} is not there")
    return path


def shown(path: Path) -> str:
    """Return a path as messages show it: the last three parts are enough to know it again."""
    return "/".join(path.parts[-3:])


def import_by_path(path: Path) -> ModuleType:
    """Import one Python file that belongs to no package."""
    name = f"bench_scorer_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, present(path))
    if spec is None or spec.loader is None:
        raise AbsentError(f"{shown(path)} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickling look their module up here
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the shared folder may be read-only
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes_bytecode
    return module


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file; blank lines are passed over."""
    return [json.loads(line) for line in present(path).read_text(encoding="utf-8").split("\n") if line.strip()]
