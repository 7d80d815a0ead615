"""Measure the reading of time alone: ``python -m bench.when_speed`` prints characters a second on one core.

Dateline's tagger and normaliser run beside dateparser and recognizers-text where these are installed (they are no part of
the project), over the same text in one run. The text is that of ``tests/corpus``, repeated.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.shared import REPOSITORY, read_jsonl
from dateline import temporal

CORPUS = REPOSITORY / "tests" / "corpus" / "documents.jsonl"
PUBLISHED = "2021-06-16"
CHARACTERS = 300_000
"""How much text Dateline reads, in code points."""
SHARE = 60
"""The others read one part in so many: they are slower by more than that."""

Reader = Callable[[str], object]


def dateline_reader() -> Reader:
    """Return Dateline's own tagger, with its rules compiled."""
    temporal.tag("", PUBLISHED)
    return lambda text: temporal.tag(text, PUBLISHED)


def dateparser_reader() -> Reader | None:
    """Return dateparser's search, or None where it is not installed."""
    search: Any = _imported("dateparser.search")
    if search is None:
        return None
    settings = {"RELATIVE_BASE": datetime.fromisoformat(PUBLISHED)}
    return lambda text: search.search_dates(text, languages=["en"], settings=settings)


def recognizers_reader() -> Reader | None:
    """Return recognizers-text's recogniser of dates and times, or None where it is not installed."""
    found: Any = _imported("recognizers_date_time")
    if found is None:
        return None
    reference = datetime.fromisoformat(PUBLISHED)
    return lambda text: found.recognize_datetime(text, "en-us", reference=reference)


def _imported(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


READERS: dict[str, Callable[[], Reader | None]] = {
    "dateline": dateline_reader,
    "dateparser": dateparser_reader,
    "recognizers-text": recognizers_reader,
}


def paragraphs(corpus: Sequence[dict[str, Any]], characters: int) -> list[str]:
    """Return paragraphs of the corpus, again and again, until they hold so many code points."""
    source = [part for document in corpus for part in document["text"].split("\n\n") if part.strip()]
    out: list[str] = []
    held = 0
    while source and held < characters:
        out.append(source[len(out) % len(source)])
        held += len(out[-1])
    return out


def speed(read: Reader, texts: Sequence[str]) -> float:
    """Return the code points that a reader reads in a second of processor time."""
    begun = time.process_time()
    for text in texts:
        read(text)
    return sum(map(len, texts)) / max(time.process_time() - begun, 1e-9)


def main(argv: list[str] | None = None, corpus: Path = CORPUS) -> int:
    """Print the speed of each reader and how it compares with Dateline's."""
    parser = argparse.ArgumentParser(prog="python -m bench.when_speed", description="Measure characters a second of reading time alone.")
    parser.add_argument("--characters", type=int, default=CHARACTERS, help=f"how much text Dateline reads (default: {CHARACTERS:,})")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(argv)
    if not corpus.exists():
        sys.stdout.write("when_speed: skipped: tests/corpus/documents.jsonl is not there\n")
        return 0
    texts = paragraphs(read_jsonl(corpus), chosen.characters)
    part = texts[: max(1, len(texts) // SHARE)]
    figures: dict[str, float | None] = {}
    for name, make in READERS.items():
        read = make()
        figures[name] = None if read is None else speed(read, texts if name == "dateline" else part)
    if chosen.json:
        sys.stdout.write(json.dumps({name: None if value is None else round(value) for name, value in figures.items()}) + "\n")
        return 0
    own = figures["dateline"] or 0.0
    for name, value in figures.items():
        if value is None:
            sys.stdout.write(f"{name:<18}not installed\n")
        else:
            ratio = "" if name == "dateline" else f"   Dateline is {own / value:,.0f} times as fast"
            sys.stdout.write(f"{name:<18}{value:>12,.0f} characters/s{ratio}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
