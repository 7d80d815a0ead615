"""Pin the quality gate: ``python -m bench.pin`` codes ``tests/corpus`` and writes its figures to ``pinned.json``.

Without ``--write`` it only shows what would change.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import dateline
from bench.coding import code
from bench.shared import REPOSITORY
from dateline.evaluate import gate, gold, scores
from dateline.evaluate.bootstrap import intervals

CORPUS = REPOSITORY / "tests" / "corpus"


def main(argv: list[str] | None = None, corpus: Path = CORPUS, changelog: Path = REPOSITORY / "CHANGELOG.md") -> int:
    """Show the corpus's figures beside their pins and, if asked, pin them; return 1 while a fall is unexplained."""
    parser = argparse.ArgumentParser(prog="python -m bench.pin", description="Measure tests/corpus and pin its figures.")
    parser.add_argument("--write", action="store_true", help="write pinned.json (default: only show)")
    chosen = parser.parse_args(argv)
    documents = gold.load_documents(corpus / "documents.jsonl")
    articles = gold.load_gold(corpus / "gold.jsonl")
    coded = code([documents[a.id].to_input() for a in articles])
    rows = scores.tallies(articles, coded.records, documents)
    figures = scores.figures_of(rows)
    path = corpus / "pinned.json"
    pinned = gate.load_pinned(path) if path.exists() else None
    for name, interval in intervals(rows, scores.figures_of, resamples=200).items():
        pin = f"{pinned.pins.get(name, 0.0):.4f}" if pinned else "none"
        sys.stdout.write(f"{name:<24}{interval.value:.4f}  ({interval.low:.3f} to {interval.high:.3f})  pin {pin}\n")
    for failure in coded.failures:
        sys.stdout.write(f"not coded: {failure.document}: {failure.stage}: {failure.message}\n")
    if chosen.write:
        pinned = gate.repin(path, figures, dateline.__version__)
    if pinned is None:
        sys.stdout.write("nothing is pinned yet: run with --write\n")
        return 0
    said = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    message = gate.verdict(pinned, figures, said)
    sys.stdout.write(f"{message or 'the gate is passed'}\n")
    return 1 if message else 0


if __name__ == "__main__":
    sys.exit(main())
