"""The command ``python -m bench SET...``: code benchmark sets and print their figures.

A set whose data is absent is skipped in one line; that is no error.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench import report
from bench.outcome import Outcome
from bench.sets import SETS
from bench.shared import REPOSITORY, AbsentError, Source


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Code benchmark sets and print their figures.")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"one or more of: {', '.join(SETS)} (none: all of them)")
    parser.add_argument("--data", type=Path, help="folder with one folder a set, as in the shared benchmarks (default: those)")
    parser.add_argument("--part", choices=("dev", "test"), default="dev", help="which part; the gold file is PART.jsonl")
    beside = REPOSITORY.parent / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="the shared folder with the scorers (default: ../shared)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N documents of a set")
    parser.add_argument("--json", action="store_true", help="print one JSON object a set, a line each")
    parser.add_argument("--readme", action="store_true", help="rewrite the README's table between its markers")
    parser.add_argument("--save", type=Path, metavar="DIR", help="also write the coded records to DIR/SET-PART.jsonl")
    chosen = parser.parse_args(argv)
    unknown = [name for name in chosen.sets if name not in SETS]
    if unknown:
        parser.error(f"unknown set {unknown[0]!r}; known are {', '.join(SETS)}")
    if chosen.limit is not None and chosen.limit < 1:
        parser.error("--limit must be 1 or more")
    return chosen


def save(folder: Path, outcome: Outcome) -> None:
    """Write the coded records as JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in outcome.coded.records]
    (folder / f"{outcome.set_name}-{outcome.part}.jsonl").write_text("".join(lines), encoding="utf-8")


def main(argv: list[str] | None = None, readme: Path = REPOSITORY / "README.md") -> int:
    """Run the chosen sets; return 0 also where data is absent, 1 where the README cannot be rewritten."""
    chosen = arguments(argv)
    source = Source(shared=chosen.shared.resolve(), data=chosen.data.resolve() if chosen.data else None, part=chosen.part)
    outcomes: list[Outcome] = []
    for name in chosen.sets or list(SETS):
        try:
            outcome = SETS[name].run(source, chosen.limit)
        except AbsentError as absent:
            line = json.dumps({"set": name, "part": chosen.part, "skipped": str(absent)}) if chosen.json else f"{name}: skipped: {absent}"
            sys.stdout.write(line + "\n")
            continue
        outcomes.append(outcome)
        if chosen.save:
            save(chosen.save, outcome)
        shown = json.dumps(report.as_json(outcome), ensure_ascii=False) if chosen.json else report.as_text(outcome) + "\n"
        sys.stdout.write(shown + "\n")
        sys.stdout.flush()
    if chosen.readme and outcomes:
        try:
            report.write_readme(readme, outcomes)
        except (OSError, ValueError) as error:
            sys.stderr.write(f"README not rewritten: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
